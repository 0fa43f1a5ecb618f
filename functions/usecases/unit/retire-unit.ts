import type { Actor } from '../../domain/access-policy.ts';
import { addDays } from '../../domain/calendar.ts';
import { type Unit, withHeadFrom } from '../../domain/organisation/organisation.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { checkAssessors } from './assessors-kept.ts';
import { activeChildrenOf, readUnit, requireUnit } from './organisation-change.ts';

export interface RetireUnit {
  readonly id: string;
  readonly version: number;
  /** First day on which the unit exists no more. */
  readonly from: IsoDate;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Retires a unit from a day on; its headships end with it.
 * @throws Rejection UNIT_NOT_EMPTY while it has units below it, or somebody serves in it on or after that day; RETIRED,
 * NOT_FOUND, CONFLICT; FORBIDDEN and IN_USE as in `checkAssessors`
 */
export const retireUnit = (deps: Deps, actor: Actor, input: RetireUnit): Promise<Unit> =>
  perform(
    deps,
    { actor, operation: 'retireUnit', input },
    () => authorise(deps, actor, 'Mutation.retireUnit'),
    async (as) => {
      const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
      const before = requireUnit(organisation, input.id);
      expectVersion(before, input.version);
      const check = checkInput();
      if (before.retiredFrom !== null) check.add('RETIRED', 'id', { id: before.id });
      check.day('from', input.from, today);
      const units = activeChildrenOf(organisation, before.id, input.from).length;
      const rosterVersion = await deps.store.staff.rosterVersion(before.id);
      const staff = await staffServingFrom(deps, before, input.from);
      if (units > 0 || staff > 0)
        check.add('UNIT_NOT_EMPTY', 'id', { ...(units > 0 && { units }), ...(staff > 0 && { staff }) });
      const { auditHash: _, ...unit } = before;
      const heads = withHeadFrom(unit.heads, null, input.from, addDays(input.from, -1));
      const after: Unit = { ...unit, heads, retiredFrom: input.from };
      await checkAssessors(
        deps,
        { organisation, unit: after, from: input.from, today, by: actor },
        check,
        'id',
      );
      check.done();
      return {
        as,
        ref: unit.id,
        writes: [deps.store.organisation.save(organisation.version, before, after, { rosterVersion })],
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
