import type { Feedback } from '../domain/feedback/feedback.ts';
import type { GuidanceNote } from '../domain/feedback/guidance.ts';
import { problem } from '../domain/problem.ts';
import { entityCodec } from './codec.ts';
import type { FeedbackStore, GuidanceStore } from './contract/feedback.ts';
import {
  auditName,
  feedbackByPartition,
  feedbackBySort,
  feedbackKey,
  feedbackPartition,
  guidanceKey,
  guidanceOpenPartition,
  guidanceOpenSort,
  guidancePartition,
  guidancePrefix,
  latestDayFirst,
} from './keys.ts';
import * as schemas from './schemas/feedback.ts';
import { getItem, queryList, type Table } from './table.ts';
import { prepare } from './write.ts';

const codec = entityCodec<Feedback>('FEEDBACK# / day', schemas.feedback);
const guidanceCodec = entityCodec<GuidanceNote>('GUIDANCE# / kind', schemas.guidanceNote);

export function feedbackStore(table: Table): FeedbackStore {
  return {
    get: async (id) => {
      const key = feedbackKey(id);
      const item = key && (await getItem(table, key));
      return item ? codec.read(item) : null;
    },
    ofStaff: (staffId, page, days) =>
      queryList(
        table,
        {
          pk: feedbackPartition(staffId),
          // The later the day, the smaller its key.
          ...(days && { from: latestDayFirst(days.to), to: latestDayFirst(days.from) }),
        },
        page,
        codec.read,
      ),
    byAuthor: (authorId, page) =>
      queryList(table, { index: 'gsi1', pk: feedbackByPartition(authorId) }, page, codec.read),
    save: (before, after) =>
      prepare({
        audit: auditName.feedback(after.id, after.signed),
        key: requireKey(feedbackKey(after.id)),
        ...codec.change(before, after),
        attributes: { gsi1pk: feedbackByPartition(after.authorId), gsi1sk: feedbackBySort(after.id) },
        ifPresent: () => problem('ALREADY_EXISTS', 'id'),
      }),
  };
}

export function guidanceStore(table: Table): GuidanceStore {
  return {
    get: async (id) => {
      const key = guidanceKey(id);
      const item = key && (await getItem(table, key));
      return item ? guidanceCodec.read(item) : null;
    },
    ofStaff: (staffId, kind, page) =>
      queryList(
        table,
        { pk: guidancePartition(staffId), prefix: guidancePrefix(kind) },
        page,
        guidanceCodec.read,
      ),
    open: (unitId, until, page) =>
      queryList(
        table,
        { index: 'gsi1', pk: guidanceOpenPartition(unitId), to: until },
        page,
        guidanceCodec.read,
      ),
    save: (before, after) =>
      prepare({
        audit: auditName.guidance(after.id),
        key: requireKey(guidanceKey(after.id)),
        ...guidanceCodec.change(before, after),
        attributes:
          after.unitId === null || after.followUp !== null
            ? {}
            : {
                gsi1pk: guidanceOpenPartition(after.unitId),
                gsi1sk: guidanceOpenSort(after.followUpOn, after.id),
              },
        ifPresent: () => problem('ALREADY_EXISTS', 'id'),
      }),
  };
}

function requireKey<Key>(key: Key | null): Key {
  if (key === null) throw new TypeError('an id that no rule made');
  return key;
}
