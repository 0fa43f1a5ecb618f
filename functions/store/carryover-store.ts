import type { Carryover } from '../domain/evaluation/carryover.ts';
import { entityCodec } from './codec.ts';
import { conflict } from './commit.ts';
import type { CarryoverStore } from './contract/carryover.ts';
import { assessorRatingKey, auditName, carryoverKey, carryoverPrefix, workPartition } from './keys.ts';
import { carryover } from './schemas/carryover.ts';
import { getItem, queryAll, type Table } from './table.ts';
import { requireUnchanged } from './version-check.ts';
import { prepare } from './write.ts';

const codec = entityCodec<Carryover>('WORK# / CARRY#', carryover);

export function carryoverStore(table: Table): CarryoverStore {
  return {
    get: async (address, periodId, staffId) => {
      const item = await getItem(table, carryoverKey(address, periodId, staffId));
      return item === undefined ? null : codec.read(item);
    },
    ofCollection: async (address, periodId) =>
      (await queryAll(table, { pk: workPartition(address), prefix: carryoverPrefix(periodId) })).map(
        codec.read,
      ),
    save: (address, before, after, rating) =>
      prepare(
        {
          audit: auditName.carryover(after.periodId, after.staffId),
          key: carryoverKey(address, after.periodId, after.staffId),
          ...codec.change(before, after),
          attributes: {},
          ifPresent: conflict,
        },
        () => [
          requireUnchanged(
            table,
            assessorRatingKey(address, after.periodId, after.staffId),
            rating?.version ?? 0,
          ),
        ],
        [{ kind: 'OPEN', periodId: after.periodId }],
      ),
  };
}
