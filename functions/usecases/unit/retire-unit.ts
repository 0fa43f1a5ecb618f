import type { Actor } from '../../domain/access-policy.ts';
import type { Unit } from '../../domain/organisation.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { activeChildrenOf, readUnit, requireUnit } from './organisation-change.ts';

export interface RetireUnit {
  readonly id: string;
  readonly version: number;
  /** First day on which the unit exists no more. */
  readonly from: IsoDate;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Retires a unit from a day on.
 * @throws Rejection UNIT_NOT_EMPTY while it has units below it, or somebody serves in it on or after that day; RETIRED,
 * NOT_FOUND, CONFLICT
 */
export const retireUnit = (deps: Deps, actor: Actor, input: RetireUnit): Promise<Unit> =>
  perform(
    deps,
    { actor, operation: 'retireUnit', input },
    async () => {
      const as = await authorise(deps, actor, 'Mutation.retireUnit');
      const organisation = await deps.store.organisation.load();
      const before = requireUnit(organisation, input.id);
      expectVersion(before, input.version);
      const check = checkInput();
      if (before.retiredFrom !== null) check.add('RETIRED', 'id', { id: before.id });
      const [units, staff] = [
        activeChildrenOf(organisation, before.id).length,
        await staffServingFrom(deps, before, input.from),
      ];
      if (units > 0 || staff > 0)
        check.add('UNIT_NOT_EMPTY', 'id', { ...(units > 0 && { units }), ...(staff > 0 && { staff }) });
      check.done();
      const { auditHash: _, ...unit } = before;
      const after: Unit = { ...unit, retiredFrom: input.from };
      return {
        as,
        ref: unit.id,
        writes: [deps.store.organisation.save(organisation.version, before, after)],
      };
    },
    readUnit(deps),
  );

/** From the rosters, which are strongly consistent and know who comes later too. */
async function staffServingFrom({ store }: Deps, unit: Unit, from: IsoDate): Promise<number> {
  const shards = Array.from({ length: unit.shardCount }, (_, shard) => ({ unitId: unit.id, shard }));
  const rosters = await Promise.all(shards.map((collection) => store.staff.roster(collection)));
  return rosters.flat().filter(({ to }) => to === null || to >= from).length;
}
