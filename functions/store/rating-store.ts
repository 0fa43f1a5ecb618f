import { periodOf } from '../domain/period/span.ts';
import { problem } from '../domain/problem.ts';
import { type AssessorRating, isAnonymousGroup, type Rating } from '../domain/rating/rating.ts';
import type { Instant } from '../domain/time.ts';
import { getItems } from './batch-get.ts';
import { bodyAlone, check, entityCodec, readText } from './codec.ts';
import { conflict, MalformedCommitError } from './commit.ts';
import type { WorkAddress } from './contract/stored.ts';
import {
  assessorRatingKey,
  assessorRatingPrefix,
  auditName,
  carryoverKey,
  participationKey,
  participationPrefix,
  participationSort,
  participationSortPrefix,
  raterPartition,
  ratingKey,
  ratingPrefix,
  workPartition,
} from './keys.ts';
import * as schemas from './schemas.ts';
import type { Participation, RatingStore } from './store.ts';
import { getItem, type Item, queryAll, type Table } from './table.ts';
import { requireUnchanged } from './version-check.ts';
import { type Action, accompany, prepare } from './write.ts';

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
      (
        await queryAll(table, {
          pk: workPartition(address),
          prefix: ratingPrefix(periodId),
          attributes: bodyAlone,
        })
      ).map(codec.readValue),
    ratedBy: async (staffId, periodId) =>
      (
        await queryAll(table, {
          index: 'gsi1',
          pk: raterPartition(staffId, periodId),
          prefix: participationSortPrefix,
        })
      ).map(readParticipation),
    participation: async (address, periodId) =>
      (
        await queryAll(table, {
          pk: workPartition(address),
          prefix: participationPrefix(periodId),
          attributes: ['rateeId', 'raterGroup'],
        })
      ).map(readParticipation),
    save: (address, before, after, staffId = null) => {
      const anonymous = isAnonymousGroup(after.group);
      if (anonymous && !PSEUDONYM.test(after.raterId))
        throw new MalformedCommitError('an anonymous rating under something else than a pseudonym');
      const rater = anonymous ? staffId : after.raterId;
      return prepare(
        {
          audit: auditName.rating(after),
          key: ratingKey(address, after),
          ...codec.change(before, after),
          attributes: {},
          ifPresent: conflict,
          // An import says who imported, and when: those are not the rater, nor the hour of rating.
          ...(anonymous && after.source === 'RATER' && { anonymousAt: startOf(after.periodId) }),
        },
        () => (rater === null ? [] : [noteParticipation(table, address, after, rater)]),
        [{ kind: 'OPEN', periodId: after.periodId }],
      );
    },
    requireNotRated: (address, { periodId, rateeId, group }, staffId) => {
      const key = participationKey(address, { periodId, rateeId, group }, staffId);
      return accompany(() => [
        {
          key,
          item: {
            ConditionCheck: {
              TableName: table.name,
              Key: key,
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
          refusal: () => problem('ALREADY_RATED', 'rateeId'),
        },
      ]);
    },
    assessorRating: async (address, periodId, staffId) => {
      const item = await getItem(table, assessorRatingKey(address, periodId, staffId));
      return item === undefined ? null : assessorCodec.read(item);
    },
    assessorRatingsOfCollection: async (address, periodId) =>
      (await queryAll(table, { pk: workPartition(address), prefix: assessorRatingPrefix(periodId) })).map(
        assessorCodec.read,
      ),
    saveAssessorRating: (address, before, after, carryover) =>
      prepare(
        {
          audit: auditName.assessorRating(after.periodId, after.staffId),
          key: assessorRatingKey(address, after.periodId, after.staffId),
          ...assessorCodec.change(before, after),
          attributes: {},
          ifPresent: conflict,
        },
        () =>
          carryover === undefined
            ? []
            : [
                requireUnchanged(
                  table,
                  carryoverKey(address, after.periodId, after.staffId),
                  carryover?.version ?? 0,
                ),
              ],
        [{ kind: 'OPEN', periodId: after.periodId }],
      ),
  };
}

const PSEUDONYM = /^[0-9a-f]{64}$/;

/** Stands for the time of an anonymous rating wherever there must be one. */
const startOf = (periodId: string): Instant => `${periodOf(periodId)?.start ?? '1970-01-01'}T00:00:00.000Z`;

/** The same item however often somebody rates: nothing in it tells when, or how often. */
function noteParticipation(
  table: Table,
  address: WorkAddress,
  { periodId, rateeId, group }: Rating,
  staffId: string,
): Action {
  const key = participationKey(address, { periodId, rateeId, group }, staffId);
  const index = { gsi1pk: raterPartition(staffId, periodId), gsi1sk: participationSort(rateeId, group) };
  return {
    key,
    item: { Put: { TableName: table.name, Item: { ...key, ...index, rateeId, raterGroup: group } } },
    refusal: () => null,
  };
}

const readParticipation = (item: Item): Participation => ({
  rateeId: readText(DONE, item, 'rateeId'),
  group: check(DONE, schemas.raterGroup, item['raterGroup']),
});
const DONE = 'WORK# / DONE#';
