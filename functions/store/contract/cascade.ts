import type { PlanLink } from '../../domain/plan/cascade.ts';
import type { Page, PageRequest } from './stored.ts';

/** The cascade as it is asked from above. Links follow from plans in force and are written with them (PlanStore.save). */
export interface CascadeStore {
  /** Plans with lines that name the goal in a year: agreements of units first, then plans of staff, where wanted. */
  servingGoal(
    goalId: string,
    year: number,
    page: PageRequest,
    owners: 'UNITS' | 'ALL',
  ): Promise<Page<PlanLink>>;
  /** Whether any plan in force names the goal in a year. */
  isGoalServed(goalId: string, year: number): Promise<boolean>;
  /** Plans with lines that serve a line, of units alone or of everybody. */
  servingLine(
    planId: string,
    lineId: string,
    page: PageRequest,
    owners: 'UNITS' | 'ALL',
  ): Promise<Page<PlanLink>>;
  /** All that serves any line of a plan. */
  servingPlan(planId: string): Promise<readonly PlanLink[]>;
}
