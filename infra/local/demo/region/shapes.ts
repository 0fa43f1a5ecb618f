import type { GoalLevel } from '../../../../functions/domain/indicator/goal.ts';
import type {
  AboveRange,
  Aspect,
  BuildUp,
  Polarity,
} from '../../../../functions/domain/indicator/indicator.ts';

export interface DemoUnit {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly parent: string | null;
  readonly mission: string;
  /** Positions and how many hold each; the first one heads the unit. */
  readonly positions: readonly (readonly [position: string, jobGroup: string, count: number])[];
  /** Codes of the indicators of the unit's agreement, equally weighted. */
  readonly agreement: readonly string[];
}

export interface DemoIndicator {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly formula: string;
  readonly source: string;
  readonly unit: string;
  readonly goal: string;
  readonly unitOfMeasure: string;
  readonly polarity: Polarity;
  readonly aboveRange?: AboveRange;
  readonly buildUp: BuildUp;
  readonly aspect: Aspect;
  /** A month's target: a value, or for RANGE both ends. */
  readonly target: number | readonly [low: number, high: number];
  /** Decimals of reported values. */
  readonly decimals: number;
  /** Month of release (RELEASED only), `01` to `12`. */
  readonly releasedIn?: string;
}

export interface DemoGoal {
  readonly code: string;
  readonly title: string;
  /** An objective if left out. */
  readonly level?: GoalLevel;
  readonly unit: string | null;
  readonly parent: string | null;
}

/** What most indicators are: a share of which more is better, of which the last figure counts. */
export const percent = {
  unitOfMeasure: 'persen',
  polarity: 'MAXIMIZE',
  buildUp: 'LATEST',
  decimals: 1,
} as const;
