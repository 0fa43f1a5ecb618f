import type { Goal, GoalLevel } from '../../domain/indicator/goal.ts';
import type { Unit } from '../../domain/organisation/organisation.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';
import { activeChildrenOf } from '../unit/organisation-change.ts';

/** The region as it presents itself today: what it wants, and its units. */
export interface Region {
  readonly visions: readonly Goal[];
  readonly missions: readonly Goal[];
  readonly units: readonly Unit[];
}

/** The region's own vision and missions of this year, by code, and the roots of its organisation. */
export async function readRegion(deps: Deps): Promise<Region> {
  const [goals, organisation, today] = await Promise.all([
    deps.store.goals.all(),
    deps.store.organisation.load(),
    regionToday(deps),
  ]);
  const year = Number(today.slice(0, 4));
  const ofLevel = (level: GoalLevel): readonly Goal[] =>
    goals.filter(
      (goal) =>
        goal.level === level &&
        goal.unitId === null &&
        !goal.retired &&
        goal.fromYear <= year &&
        year <= goal.toYear,
    );
  return {
    visions: ofLevel('VISION'),
    missions: ofLevel('MISSION'),
    units: activeChildrenOf(organisation, null, today),
  };
}
