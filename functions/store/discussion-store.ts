import { type PlanComment, readCommentId } from '../domain/plan/discussion.ts';
import { problem } from '../domain/problem.ts';
import { entityCodec } from './codec.ts';
import type { DiscussionStore } from './contract/discussion.ts';
import { auditName, commentKey, commentPrefix } from './keys.ts';
import { planComment } from './schemas/discussion.ts';
import { getItem, queryList, type Table } from './table.ts';
import { prepare } from './write.ts';

const codec = entityCodec<PlanComment>('PLAN# / POST#', planComment);

export function discussionStore(table: Table): DiscussionStore {
  return {
    get: async (planId, commentId) => {
      const id = readCommentId(commentId);
      const item = id && (await getItem(table, commentKey(planId, id)));
      return item ? codec.read(item) : null;
    },
    list: (planId, page, lineId) =>
      queryList(
        table,
        { pk: commentKey(planId, { lineId: null, tail: '' }).pk, prefix: commentPrefix(lineId) },
        page,
        codec.read,
      ),
    save: (before, after) => {
      const id = readCommentId(after.id);
      if (id === null) throw new TypeError('not an id of a comment');
      return prepare({
        audit: auditName.planComment(after.planId, after.id),
        key: commentKey(after.planId, id),
        ...codec.change(before, after),
        attributes: {},
        ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
      });
    },
  };
}
