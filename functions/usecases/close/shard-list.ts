import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { WorkCollection } from '../../domain/organisation/staff.ts';

/** Every shard of every unit, in the order of unit id and shard: the same list for the same organisation. */
export function shardsOf(organisation: Organisation): readonly WorkCollection[] {
  return [...organisation.units.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, shardCount }) =>
      Array.from({ length: shardCount }, (_, shard) => ({ unitId: id, shard })),
    );
}
