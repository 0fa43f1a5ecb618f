import type { Actor } from '../../domain/access-policy.ts';
import { childrenOf, headOn, type Unit, unitsHeadedOn } from '../../domain/organisation.ts';
import type { CascadeRole } from '../../domain/plan.ts';
import { type CascadeWarning, cascadeWarnings, type Plan, type PlanLine } from '../../domain/plan.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';
import { agreementAddress } from '../work-address.ts';
import { nullWhenRejected, placeOfStaffPlan } from './plan-place.ts';
import { readServedPlans } from './served-plans.ts';

/** A warning with the line of the plan that it is about, by its place in the plan. */
export interface PlacedWarning {
  readonly warning: CascadeWarning;
  readonly index: number;
}

const CARRIES: CascadeRole = 'CARRIES';

/** Units whose plans are read to add up shares; more would make a draft slow, and the head of so many sees it at the close. */
const MOST_UNITS = 10;

/**
 * Compares the lines of a plan that carry shares of a superior's figure with that figure and with everybody else's shares, as
 * far as they are in force: what others discuss is theirs. Reads nothing for a plan that carries none.
 */
export async function cascadeOf(deps: Deps, actor: Actor, plan: Plan): Promise<readonly PlacedWarning[]> {
  const lines = (plan.proposal ?? plan.agreed)?.lines ?? [];
  const served = await readServedPlans(
    deps,
    actor,
    plan.owner,
    lines.flatMap(({ serves }) => (serves?.role === CARRIES ? serves.planId : [])),
  );
  const warnings = await Promise.all(
    [...served].map(async ([planId, { plan: superior, agreed }]): Promise<readonly PlacedWarning[]> => {
      const others = (await plansBelow(deps, superior)).filter(({ id }) => id !== plan.id);
      const carriers: PlanLine[] = [...lines, ...others.flatMap((other) => other.agreed?.lines ?? [])];
      return cascadeWarnings({ planId, lines: agreed.lines }, carriers).flatMap((warning) => {
        const index = lines.findIndex(
          ({ serves }) =>
            serves?.planId === planId && serves.lineId === warning.lineId && serves.role === CARRIES,
        );
        return index < 0 ? [] : [{ warning, index }];
      });
    }),
  );
  return warnings.flat();
}

/** The plans of those whom the owner of a plan leads, and the agreements of the units below. */
async function plansBelow(deps: Deps, superior: Plan): Promise<readonly Plan[]> {
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  const { owner, year } = superior;
  const led: readonly Unit[] =
    owner.kind === 'STAFF'
      ? unitsHeadedOn(organisation, owner.staffId, today)
      : [organisation.units.get(owner.unitId)].filter((unit) => unit !== undefined);
  const units = led.slice(0, MOST_UNITS);
  const children = units.flatMap((unit) => childrenOf(organisation, unit.id)).slice(0, MOST_UNITS);
  const collections = units.flatMap(({ id, shardCount }) =>
    Array.from({ length: shardCount }, (_, shard) => ({ unitId: id, shard })),
  );
  const heads = [...new Set(children.flatMap((child) => headOn(child, today) ?? []))];
  const [ofUnits, agreements, ofHeads] = await Promise.all([
    Promise.all(collections.map((collection) => deps.store.plans.ofCollection({ collection, year }))),
    deps.store.plans.getMany(
      children.map(({ id }) => ({ address: agreementAddress(id, year), planId: `unit:${id}:${year}` })),
    ),
    Promise.all(
      heads.map(async (staffId) => {
        const place = await placeOfStaffPlan(deps, staffId, year).catch(nullWhenRejected);
        return place && deps.store.plans.get(place.address, place.planId);
      }),
    ),
  ]);
  const byId = new Map(
    [...ofUnits.flat(), ...agreements, ...ofHeads].flatMap((plan) =>
      plan === null ? [] : [[plan.id, plan]],
    ),
  );
  byId.delete(superior.id);
  return [...byId.values()];
}
