import type { Policy } from '../domain/period/policy.ts';
import { problem } from '../domain/problem.ts';
import { entityCodec } from './codec.ts';
import { auditName, policiesPartition, policyKey } from './keys.ts';
import * as schemas from './schemas.ts';
import type { PolicyStore } from './store.ts';
import { getItem, queryAll, type Table } from './table.ts';
import { prepare } from './write.ts';

const codec = entityCodec<Policy>('POLICIES / policy', schemas.policy);

export function policyStore(table: Table): PolicyStore {
  return {
    get: async (id) => {
      const item = await getItem(table, policyKey(id));
      return item === undefined ? null : codec.read(item);
    },
    list: async () => (await queryAll(table, { pk: policiesPartition })).map(codec.read),
    save: (before, after) =>
      prepare({
        audit: auditName.policy(after.id),
        key: policyKey(after.id),
        ...codec.change(before, after),
        attributes: {},
        ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
      }),
  };
}
