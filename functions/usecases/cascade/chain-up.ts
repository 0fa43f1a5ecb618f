import type { Actor } from '../../domain/access-policy.ts';
import type { Goal } from '../../domain/indicator/goal.ts';
import { assignmentOn } from '../../domain/organisation/staff.ts';
import type { CascadeRole, PlanLine } from '../../domain/plan/line.ts';
import type { Deps } from '../deps.ts';
import { findPlan, nullWhenRejected } from '../plan/plan-place.ts';
import { regionToday } from '../region-clock.ts';

/** A line above, as those whose work serves it may see it: its words and whose it is, no figure. */
export interface CascadeStep {
  readonly planId: string;
  readonly lineId: string;
  readonly title: string;
  /** How the line below serves it. */
  readonly role: CascadeRole;
  readonly unitId: string | null;
  /** Position of the plan's owner; null for a unit's agreement. */
  readonly position: string | null;
}

export interface CascadeChain {
  readonly steps: readonly CascadeStep[];
  /** The goal that the line belongs to, and those above it. */
  readonly goals: readonly Goal[];
}

/** Deeper than any organisation: a longer chain is a ring of lines. */
const MOST_STEPS = 10;
const MOST_GOALS = 12;

/**
 * What a line works for: the superior's line that it serves, that line's own, up to a unit's agreement, and the goal with its
 * objective, mission and vision. The goal is the line's own, else that of the nearest line above that names one.
 * Reads one plan a step. Without a login lines of people's plans are left out.
 */
export async function chainUp(deps: Deps, actor: Actor, line: PlanLine): Promise<CascadeChain> {
  const steps: CascadeStep[] = [];
  const seen = new Set<string>();
  let goalId = line.goalId;
  let serves = line.serves;
  while (serves !== null && seen.size < MOST_STEPS) {
    const { planId, lineId, role } = serves;
    const key = JSON.stringify([planId, lineId]);
    if (seen.has(key)) break;
    seen.add(key);
    const found = await findPlan(deps, planId).catch(nullWhenRejected);
    const above = found?.plan.agreed?.lines.find(({ id }) => id === lineId);
    if (found === null || above === undefined) break;
    const { place } = found;
    const assignment = place.staff && assignmentOn(place.staff, await regionToday(deps));
    if (place.staff === undefined || !actor.roles.has('PUBLIC')) {
      const unitId = place.staff === undefined ? place.unit.id : (assignment?.unitId ?? null);
      steps.push({
        planId,
        lineId,
        title: above.title,
        role,
        unitId,
        position: assignment?.position ?? null,
      });
    }
    goalId ??= above.goalId;
    serves = above.serves;
  }
  return { steps, goals: await goalsUp(deps, goalId) };
}

async function goalsUp({ store }: Deps, goalId: string | null): Promise<readonly Goal[]> {
  const goals: Goal[] = [];
  let next = goalId;
  while (next !== null && goals.length < MOST_GOALS) {
    const goal = await store.goals.get(next);
    if (goal === null || goals.some(({ id }) => id === goal.id)) break;
    goals.push(goal);
    next = goal.parentId;
  }
  return goals;
}
