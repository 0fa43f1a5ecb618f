import { type Goal, mayServe } from '../../domain/indicator/goal.ts';
import { ancestorsOf, type Organisation } from '../../domain/organisation/organisation.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { InputCheck } from '../check-input.ts';
import type { Deps } from '../deps.ts';

export const YEARS = { first: 2000, last: 2100 } as const;
/** Deepest chain of goals; a longer one is a mistake. */
const DEEPEST = 12;

/** @throws Rejection NOT_FOUND at `id` */
export async function requireGoal({ store }: Deps, id: string): Promise<Stored<Goal>> {
  const goal = await store.goals.get(id);
  if (goal === null) throw reject('NOT_FOUND', 'id', { id });
  return goal;
}

export const readGoal = (deps: Deps) => (id: string) => requireGoal(deps, id);

export const withoutTrail = ({ auditHash: _, ...goal }: Stored<Goal>): Goal => goal;

export function checkYears(goal: Pick<Goal, 'fromYear' | 'toYear'>, check: InputCheck): void {
  check.integer('fromYear', goal.fromYear, YEARS.first, YEARS.last);
  if (goal.toYear < goal.fromYear || goal.toYear > YEARS.last)
    check.add('OUT_OF_RANGE', 'toYear', { minimum: goal.fromYear, maximum: YEARS.last });
}

export function checkOwner(organisation: Organisation, unitId: string | null, check: InputCheck): void {
  if (unitId === null) return;
  const unit = organisation.units.get(unitId);
  if (unit === undefined) check.add('NOT_FOUND', 'unitId', { id: unitId });
  else if (unit.retiredFrom !== null) check.add('RETIRED', 'unitId', { id: unit.code });
}

/**
 * The goal above must exist, be in use, be of a level that this one may serve, and not lie below the goal itself.
 * @param known goals of the same request, which count before those of the table
 * @returns those of the table that were looked at: who saves by them asks that they stay as they are, for two who edit at once could
 * otherwise make a ring
 */
export async function checkParent(
  { store }: Deps,
  { id: goalId, parentId, level }: Pick<Goal, 'id' | 'parentId' | 'level'>,
  check: InputCheck,
  known: readonly Goal[] = [],
): Promise<readonly Stored<Goal>[]> {
  const looked: Stored<Goal>[] = [];
  let above = parentId;
  for (let depth = 0; above !== null; depth += 1) {
    if (above === goalId || depth === DEEPEST) {
      check.add(above === goalId ? 'INVALID_FORMAT' : 'TOO_MANY', 'parentId', { maximum: DEEPEST });
      return looked;
    }
    const next: string = above;
    const ofRequest = known.find(({ id }) => id === next);
    const stored = ofRequest === undefined ? await store.goals.get(next) : null;
    const goal: Goal | null = ofRequest ?? stored;
    if (goal === null) {
      check.add('NOT_FOUND', 'parentId', { id: above });
      return looked;
    }
    if (stored !== null) looked.push(stored);
    if (depth === 0 && goal.retired) check.add('RETIRED', 'parentId', { id: goal.code });
    if (depth === 0 && !mayServe(level, goal.level)) check.add('GOAL_LEVEL', 'level');
    above = goal.parentId;
  }
  return looked;
}

/**
 * The goal that a file means by a code: of that unit, else of the nearest unit above that has it, else of the region.
 * @param known goals of the same request, which the table does not have yet
 */
export async function findGoalByCode(
  { store }: Deps,
  organisation: Organisation,
  unitId: string | null,
  code: string,
  known: readonly Goal[] = [],
): Promise<Goal | null> {
  const owners =
    unitId === null ? [null] : [unitId, ...ancestorsOf(organisation, unitId).map(({ id }) => id), null];
  const found = await Promise.all(
    owners.map(
      async (owner) =>
        known.find((goal) => goal.unitId === owner && goal.code === code) ??
        (await store.goals.byCode(owner, code)),
    ),
  );
  return found.find((goal) => goal !== null) ?? null;
}

/** The goals below must still be of levels that may serve this one. @param known as of `checkParent` */
export async function checkChildren(
  { store }: Deps,
  { id, level }: Pick<Goal, 'id' | 'level'>,
  check: InputCheck,
  known: readonly Goal[] = [],
): Promise<void> {
  const said = new Set(known.map((goal) => goal.id));
  const goals = [...(await store.goals.all()).filter((goal) => !said.has(goal.id)), ...known];
  const children = goals.filter(({ parentId }) => parentId === id);
  if (children.some((child) => !mayServe(child.level, level))) check.add('GOAL_LEVEL', 'level');
}
