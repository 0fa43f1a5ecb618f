import { awaitsExplanation, isOpen, type Objection, objectionOf } from '../domain/objection/objection.ts';
import type { Verdict } from '../domain/objection/verdict.ts';
import { problem } from '../domain/problem.ts';
import { getItems } from './batch-get.ts';
import { entityCodec } from './codec.ts';
import { conflict } from './commit.ts';
import type { ObjectionStore } from './contract/objection.ts';
import {
  auditName,
  deciderPartition,
  explainerPartition,
  objectionKey,
  objectionPartition,
  objectionSort,
  objectionStateSort,
  objectionsOfPeriodPartition,
  verdictKey,
  verdictPrefix,
  workPartition,
} from './keys.ts';
import { readRegister, registerAction } from './objection-register.ts';
import * as schemas from './schemas/objection.ts';
import { getItem, queryAll, queryList, type Table } from './table.ts';
import { prepare } from './write.ts';

const codec = entityCodec<Objection>('OBJECTION# / period#attempt', schemas.objection);
const verdictCodec = entityCodec<Verdict>('WORK# / VERDICT#', schemas.verdict);

export function objectionStore(table: Table): ObjectionStore {
  return {
    get: async (id) => {
      const of = objectionOf(id);
      const item = of && (await getItem(table, objectionKey(of)));
      return item == null ? null : codec.read(item);
    },
    getMany: async (ids) => {
      const known = ids.map(objectionOf);
      const items = await getItems(
        table,
        known.flatMap((of) => (of === null ? [] : [objectionKey(of)])),
      );
      const found = items.values();
      return known.map((of) => {
        const item = of === null ? undefined : found.next().value;
        return item === undefined ? null : codec.read(item);
      });
    },
    ofStaff: (staffId, page) => queryList(table, { pk: objectionPartition(staffId) }, page, codec.read),
    ofPeriod: (periodId, state, page) =>
      queryList(
        table,
        {
          index: 'gsi1',
          pk: objectionsOfPeriodPartition(periodId),
          ...(state !== null && { prefix: `${state}#` }),
        },
        page,
        codec.read,
      ),
    toDecide: (deciderId, page) =>
      queryList(table, { index: 'gsi2', pk: deciderPartition(deciderId) }, page, codec.read),
    toExplain: (assessorId, page) =>
      queryList(table, { index: 'gsi3', pk: explainerPartition(assessorId) }, page, codec.read),
    save: (before, after) =>
      prepare(
        {
          audit: auditName.objection(after),
          key: objectionKey(after),
          ...codec.change(before, after),
          attributes: indexed(after),
          ifPresent: () => problem('ALREADY_EXISTS', '', { id: after.id }),
        },
        () => [registerAction(table, before, after)],
      ),
    register: (periodId, attempt) => readRegister(table, periodId, attempt),

    verdict: async (address, periodId, staffId) => {
      const item = await getItem(table, verdictKey(address, periodId, staffId));
      return item === undefined ? null : verdictCodec.read(item);
    },
    verdictsOfCollection: async (address, periodId) =>
      (await queryAll(table, { pk: workPartition(address), prefix: verdictPrefix(periodId) })).map(
        verdictCodec.read,
      ),
    saveVerdict: (address, before, after) =>
      prepare(
        {
          audit: auditName.verdict(after.periodId, after.staffId),
          key: verdictKey(address, after.periodId, after.staffId),
          ...verdictCodec.change(before, after),
          attributes: {},
          ifPresent: conflict,
        },
        undefined,
        [{ kind: 'YEAR', year: address.year }],
      ),
  };
}

/** In the lists of those who have to act only as long as they have to. */
const indexed = (objection: Objection): Readonly<Record<string, string>> => {
  const { periodId, state, filedAt, assessorId, explainBy, deciderId, decideBy } = objection;
  return {
    gsi1pk: objectionsOfPeriodPartition(periodId),
    gsi1sk: objectionStateSort(state, filedAt, objection),
    ...(isOpen(objection) && {
      gsi2pk: deciderPartition(deciderId),
      gsi2sk: objectionSort(decideBy, objection),
    }),
    ...(awaitsExplanation(objection) &&
      assessorId !== null &&
      explainBy !== null && {
        gsi3pk: explainerPartition(assessorId),
        gsi3sk: objectionSort(explainBy, objection),
      }),
  };
};
