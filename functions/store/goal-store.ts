import type { Goal } from '../domain/indicator/goal.ts';
import { problem } from '../domain/problem.ts';
import { getItems } from './batch-get.ts';
import { entityCodec } from './codec.ts';
import { auditName, codeSort, goalCodeKey, goalKey, goalsPartition } from './keys.ts';
import * as schemas from './schemas.ts';
import type { GoalStore } from './store.ts';
import { getItem, queryAll, queryList, type Table } from './table.ts';
import { uniqueness } from './uniqueness.ts';
import { requireUnchanged } from './version-check.ts';
import { prepare } from './write.ts';

const codec = entityCodec<Goal>('GOAL# / GOAL', schemas.goal);

export function goalStore(table: Table): GoalStore {
  const get: GoalStore['get'] = async (id) => {
    const item = await getItem(table, goalKey(id));
    return item === undefined ? null : codec.read(item);
  };
  return {
    get,
    getMany: async (ids) =>
      (await getItems(table, ids.map(goalKey))).map((item) => (item === undefined ? null : codec.read(item))),
    byCode: async (unitId, code) => {
      const item = await getItem(table, goalCodeKey(unitId, code));
      return item === undefined ? null : get(String(item['id']));
    },
    list: (page) => queryList(table, { index: 'gsi2', pk: goalsPartition }, page, codec.read),
    all: async () => (await queryAll(table, { index: 'gsi2', pk: goalsPartition })).map(codec.read),
    save: (before, after, above = []) =>
      prepare(
        {
          audit: auditName.goal(after.id),
          key: goalKey(after.id),
          ...codec.change(before, after),
          attributes: { gsi2pk: goalsPartition, gsi2sk: codeSort(after.code, after.id) },
          ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
        },
        () => [
          ...uniqueness(table, {
            field: 'code',
            owner: after.id,
            before: before && { key: goalCodeKey(before.unitId, before.code) },
            after: { key: goalCodeKey(after.unitId, after.code), shown: after.code },
          }),
          ...above.map(({ id, version }) => requireUnchanged(table, goalKey(id), version)),
        ],
      ),
  };
}
