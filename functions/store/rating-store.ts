import type { AssessorRating, RaterGroup, Rating } from '../domain/rating.ts';
import { getItems } from './batch-get.ts';
import { entityCodec, readBody } from './codec.ts';
import { conflict } from './commit.ts';
import {
  assessorRatingKey,
  assessorRatingPrefix,
  auditName,
  ratedByPartition,
  ratedBySort,
  ratingKey,
  ratingPrefix,
  workPartition,
} from './keys.ts';
import * as schemas from './schemas.ts';
import type { RatingStore } from './store.ts';
import { getItem, queryAll, type Table } from './table.ts';
import { prepare } from './write.ts';

const codec = entityCodec<Rating>('WORK# / RATE#', schemas.rating);
const assessorCodec = entityCodec<AssessorRating>('WORK# / SET#', schemas.assessorRating);

export function ratingStore(table: Table): RatingStore {
  return {
    get: async (address, key) => {
      const item = await getItem(table, ratingKey(address, key));
      return item === undefined ? null : codec.read(item);
    },
    getMany: async (address, keys) =>
      (
        await getItems(
          table,
          keys.map((key) => ratingKey(address, key)),
        )
      ).map((item) => (item === undefined ? null : codec.read(item))),
    ofRatee: async (address, periodId, rateeId) =>
      (await queryAll(table, { pk: workPartition(address), prefix: ratingPrefix(periodId, rateeId) })).map(
        codec.read,
      ),
    ofCollection: async (address, periodId) =>
      (await queryAll(table, { pk: workPartition(address), prefix: ratingPrefix(periodId) })).map(codec.read),
    ratedBy: async (raterId, periodId) =>
      (
        await queryAll(table, {
          index: 'gsi1',
          pk: ratedByPartition(raterId, periodId),
          attributes: ['body'],
        })
      ).map((item): { readonly rateeId: string; readonly group: RaterGroup } => {
        const { rateeId, group } = readBody(codec.pattern, schemas.rating, item['body']);
        return { rateeId, group };
      }),
    save: (address, before, after) =>
      prepare(
        {
          audit: auditName.rating(after),
          key: ratingKey(address, after),
          versionBefore: before?.version ?? 0,
          hashBefore: before?.auditHash ?? null,
          text: codec.toText(after, (before?.version ?? 0) + 1),
          // The people served leave no mark of whom they rated.
          attributes:
            after.group === 'PUBLIC'
              ? {}
              : {
                  gsi1pk: ratedByPartition(after.raterId, after.periodId),
                  gsi1sk: ratedBySort(after.rateeId, after.group),
                },
          ifPresent: conflict,
        },
        undefined,
        [{ kind: 'OPEN', periodId: after.periodId }],
      ),
    assessorRating: async (address, periodId, staffId) => {
      const item = await getItem(table, assessorRatingKey(address, periodId, staffId));
      return item === undefined ? null : assessorCodec.read(item);
    },
    assessorRatingsOfCollection: async (address, periodId) =>
      (await queryAll(table, { pk: workPartition(address), prefix: assessorRatingPrefix(periodId) })).map(
        assessorCodec.read,
      ),
    saveAssessorRating: (address, before, after) =>
      prepare(
        {
          audit: auditName.assessorRating(after.periodId, after.staffId),
          key: assessorRatingKey(address, after.periodId, after.staffId),
          versionBefore: before?.version ?? 0,
          hashBefore: before?.auditHash ?? null,
          text: assessorCodec.toText(after, (before?.version ?? 0) + 1),
          attributes: {},
          ifPresent: conflict,
        },
        undefined,
        [{ kind: 'OPEN', periodId: after.periodId }],
      ),
  };
}
