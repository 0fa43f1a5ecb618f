/** Vision, mission, objective (sasaran strategis): the levels of a region's plan, from the root down. */
export const GOAL_LEVELS = ['VISION', 'MISSION', 'OBJECTIVE'] as const;
export type GoalLevel = (typeof GOAL_LEVELS)[number];

/** Whether a goal may serve one of that level: a mission only the vision, an objective everything, a vision nothing. */
export const mayServe = (level: GoalLevel, parent: GoalLevel): boolean =>
  level === 'OBJECTIVE' || (level === 'MISSION' && parent === 'VISION');

/** What the region's vision and mission ask of a unit (sasaran strategis). Goals form a tree. */
export interface Goal {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly level: GoalLevel;
  /** The unit that answers for the goal; null: the region. */
  readonly unitId: string | null;
  readonly parentId: string | null;
  readonly fromYear: number;
  readonly toYear: number;
  readonly retired: boolean;
  readonly version: number;
}
