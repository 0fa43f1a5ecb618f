import { type FollowUp, isServed, LEADERS_MEASURES, waitsFrom } from '../domain/follow-up/follow-up.ts';
import { problem } from '../domain/problem.ts';
import { getItems } from './batch-get.ts';
import { entityCodec } from './codec.ts';
import type { FollowUpStore } from './contract/follow-up.ts';
import {
  auditName,
  followUpKey,
  followUpSort,
  followUpsOfPeriodPartition,
  followUpsWaitingPartition,
  followUpWaitingSort,
  measureServedSort,
  measuresServedPartition,
} from './keys.ts';
import { followUp } from './schemas/follow-up.ts';
import { getItem, queryAll, queryList, type Table } from './table.ts';
import { prepare } from './write.ts';

const codec = entityCodec<FollowUp>('FOLLOWUP#', followUp);

/** Its place among what is being served; nothing for what is not, or has no last day. */
const served = (followUp: FollowUp): Readonly<Record<string, string>> => {
  const until = isServed(followUp) ? (followUp.decision?.until ?? null) : null;
  return until === null
    ? {}
    : { gsi2pk: measuresServedPartition, gsi2sk: measureServedSort(until, followUp) };
};

/** Its place among what waits, or will; nothing for what never does. */
const waiting = (followUp: FollowUp): Readonly<Record<string, string>> => {
  const from = waitsFrom(followUp);
  if (from === undefined) return {};
  const isLeaders = LEADERS_MEASURES.includes(followUp.measure);
  return {
    gsi3pk: followUpsWaitingPartition(isLeaders ? followUp.unitId : null),
    gsi3sk: followUpWaitingSort(from, followUp),
  };
};

export function followUpStore(table: Table): FollowUpStore {
  const partition = (staffId: string) => followUpKey({ staffId, periodId: '', id: '' }).pk;
  return {
    get: async (key) => {
      const item = await getItem(table, followUpKey(key));
      return item === undefined ? null : codec.read(item);
    },
    getMany: async (keys) =>
      (await getItems(table, keys.map(followUpKey))).map((item) =>
        item === undefined ? null : codec.read(item),
      ),
    ofStaff: (staffId, page) => queryList(table, { pk: partition(staffId) }, page, codec.read),
    allOfStaff: async (staffId) => (await queryAll(table, { pk: partition(staffId) })).map(codec.read),
    ofPeriod: (periodId, unitId, page) =>
      queryList(
        table,
        {
          index: 'gsi1',
          pk: followUpsOfPeriodPartition(periodId),
          ...(unitId !== null && { prefix: followUpSort({ unitId }) }),
        },
        page,
        codec.read,
      ),
    servedUntil: (from, to, page) =>
      queryList(table, { index: 'gsi2', pk: measuresServedPartition, from, to }, page, codec.read),
    waiting: (unitId, before, page) =>
      queryList(
        table,
        { index: 'gsi3', pk: followUpsWaitingPartition(unitId), to: before },
        page,
        codec.read,
      ),
    save: (before, after) =>
      prepare({
        audit: auditName.followUp(after),
        key: followUpKey(after),
        ...codec.change(before, after),
        attributes: {
          gsi1pk: followUpsOfPeriodPartition(after.periodId),
          gsi1sk: followUpSort(after),
          ...served(after),
          ...waiting(after),
        },
        ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
      }),
  };
}
