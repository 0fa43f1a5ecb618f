import type { Actor } from '../../domain/access-policy.ts';
import type { Goal } from '../../domain/indicator/goal.ts';
import { isActiveOn } from '../../domain/organisation/organisation.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { checkYear } from '../plan/plan-place.ts';
import { agreementAddress } from '../work-address.ts';

/** Goals that no agreement names are looked up one by one, so many a page at most; then it ends early. */
const MOST_LOOKUPS = 100;

/** A page that may hold fewer than asked for, and says where to read on. */
export interface GoalPage extends Page<Goal> {
  readonly end: string | null;
}

/**
 * Objectives of a year that nobody has taken up: no line in force of an agreement or plan names them, nor any objective below
 * them. By code. Reads the goals, the agreements of all units in batches, and one item a goal that no agreement names.
 * @throws Rejection FORBIDDEN, UNAUTHENTICATED, OUT_OF_RANGE for an impossible year
 */
export async function goalsNotTakenUp(
  deps: Deps,
  actor: Actor,
  year: number,
  { first, after }: PageRequest,
): Promise<GoalPage> {
  await authorise(deps, actor, 'Query.goalsNotTakenUp');
  checkYear(year);
  const [goals, organisation] = await Promise.all([deps.store.goals.all(), deps.store.organisation.load()]);
  const units = [...organisation.units.values()].filter((unit) => isActiveOn(unit, `${year}-01-01`));
  const agreements = await deps.store.plans.getMany(
    units.map(({ id }) => ({ address: agreementAddress(id, year), planId: `unit:${id}:${year}` })),
  );
  const parents = new Map(goals.map(({ id, parentId }) => [id, parentId]));
  const taken = new Set<string>();
  const take = (goalId: string): void => {
    for (let at: string | null = goalId; at !== null && !taken.has(at); at = parents.get(at) ?? null)
      taken.add(at);
  };
  for (const plan of agreements)
    for (const line of plan?.agreed?.lines ?? []) if (line.goalId) take(line.goalId);

  const inForce = goals.filter(
    ({ level, retired, fromYear, toYear }) =>
      level === 'OBJECTIVE' && !retired && fromYear <= year && year <= toYear,
  );
  const open = inForce.filter(({ id }) => !taken.has(id));
  const rest = open.filter((goal) => after === null || positionOf(goal) > after);
  const looked = rest.slice(0, Math.min(MOST_LOOKUPS, Math.max(first, 1)));
  // Whether one below is served by a plan alone counts for those above it too.
  const below = open.filter(({ id }) => looked.some((goal) => isWithinGoal(parents, id, goal.id)));
  const served = await Promise.all(below.map(({ id }) => deps.store.cascade.isGoalServed(id, year)));
  below.forEach(({ id }, at) => {
    if (served[at]) take(id);
  });
  return {
    items: looked
      .filter(({ id }) => !taken.has(id))
      .map((goal) => ({ value: goal, position: positionOf(goal) })),
    hasMore: rest.length > looked.length,
    end: looked.map(positionOf).at(-1) ?? null,
  };
}

/** Goals come by code; two of different units may have the same one. */
const positionOf = ({ code, id }: Goal): string => `${code}\n${id}`;

const isWithinGoal = (
  parents: ReadonlyMap<string, string | null>,
  goalId: string,
  aboveId: string,
): boolean => {
  const seen = new Set<string>();
  for (let at: string | null = goalId; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
    if (at === aboveId) return true;
    seen.add(at);
  }
  return false;
};
