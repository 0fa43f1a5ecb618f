import type { Evaluation, Fraction, UnitAchievement } from '../domain/evaluation/result.ts';
import type { Participant } from '../domain/joint/joint-activity.ts';
import type { LineDifference } from '../domain/plan/difference.ts';
import type { PlanLine } from '../domain/plan/line.ts';
import type { Plan, PlanContent } from '../domain/plan/plan.ts';
import type { WrittenLine } from '../domain/plan/written-line.ts';
import type { UnitProgress } from '../domain/progress/unit-progress.ts';
import type { Instrument, Rating } from '../domain/rating/rating.ts';

/** What resolvers of plans and results hand on where the domain's value alone does not say enough. */

/** Months of a line's targets have their year from the plan. */
export interface PlanLineModel extends PlanLine {
  readonly year: number;
}

export interface PlanContentModel extends PlanContent {
  readonly year: number;
}

/** `01` to `12`. */
export type MonthOfYearTargetModel = WrittenLine['monthlyTargets'][number];

/** A line that differs between two versions of a plan. */
export interface LineDifferenceModel {
  readonly year: number;
  readonly difference: LineDifference;
}

export interface AgreedLineModel {
  readonly plan: Plan;
  readonly line: PlanLine;
}

/** One's own rating with the instrument that its scores follow; null when the instrument is unknown. */
export interface RatingModel extends Rating {
  readonly instrument: Instrument | null;
}

/** A part in a joint activity of a year. */
export interface JointParticipantModel extends Participant {
  readonly year: number;
}

/** Every unit's progress in a year. */
export interface RegionProgressModel {
  readonly year: number;
  readonly units: readonly UnitProgress[];
}

export type FractionModel = Fraction;

export type UnitDecisionModel = NonNullable<UnitAchievement['decision']>;

export interface ProposalModel extends Evaluation {
  readonly periodId: string;
}
