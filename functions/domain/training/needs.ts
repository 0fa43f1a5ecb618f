import type { Result } from '../evaluation/result.ts';
import type { CoreValue } from '../rating/core-values.ts';
import type { Micro } from '../rounding.ts';
import { divideHalfUp, MICRO } from '../rounding.ts';
import type { Course } from './course.ts';

/** From this mean on 1..5 on, a value is no need: it is lived, and guarded in others. */
export const VALUE_WITHOUT_NEED = 4 * MICRO;

/** What a need comes from: a value or a line of the person's result, and how far it is from where it should be. */
export type NeedReason =
  | { readonly kind: 'VALUE'; readonly value: CoreValue; readonly mean: Micro; readonly gap: Micro }
  | {
      readonly kind: 'LINE';
      readonly lineId: string;
      readonly title: string;
      readonly indicatorId: string;
      readonly achievement: Micro;
      readonly gap: Micro;
    };

/** A course that would help a person, and how much they need it. */
export interface TrainingNeed {
  readonly courseId: string;
  /** The sum of the gaps that the course works on, micro-points; 100 points is one value or line at the bottom. */
  readonly need: Micro;
  readonly reasons: readonly NeedReason[];
}

type Measured = Pick<Result, 'workResult' | 'behaviour' | 'jobGroup' | 'presence'>;

/**
 * What a result falls short in: values below 4 on 1..5, as (4 − mean) / 3 of 100 points, and measured lines below 100 %, as
 * what they lack. Missing is no need. The greatest gap first.
 */
export const gapsOf = ({ workResult, behaviour, presence }: Measured): readonly NeedReason[] => {
  // Nothing follows from the figures of somebody who was away for too long.
  if (presence?.evaluated === false) return [];
  const values = behaviour.values
    .filter(({ mean }) => mean < VALUE_WITHOUT_NEED)
    .map(({ value, mean }): NeedReason => {
      const gap = divideHalfUp((VALUE_WITHOUT_NEED - mean) * 100, 3);
      return { kind: 'VALUE', value, mean, gap };
    });
  // A head is measured by the unit's agreement: its lines are not theirs alone to learn for.
  const lines = (workResult.source === 'PLAN' ? workResult.lines : []).flatMap((line): NeedReason[] => {
    const { lineId, title, indicatorId, achievement } = line;
    if (achievement === null || achievement >= 100 * MICRO) return [];
    return [{ kind: 'LINE', lineId, title, indicatorId, achievement, gap: 100 * MICRO - achievement }];
  });
  return [...values, ...lines].sort((a, b) => b.gap - a.gap);
};

/** The courses of the catalogue that would help, the most needed first; of equal need by code. */
export const trainingNeeds = (result: Measured, courses: readonly Course[]): readonly TrainingNeed[] => {
  const gaps = gapsOf(result);
  return courses
    .flatMap((course): TrainingNeed[] => {
      const need = needFor(course, result.jobGroup, gaps);
      return need === null ? [] : [need];
    })
    .sort((a, b) => b.need - a.need || (a.courseId < b.courseId ? -1 : 1));
};

/** How much a person needs one course; null: not at all, or it is not for their job group. */
export const needFor = (
  { id, values, indicatorIds, jobGroups, retired }: Course,
  jobGroup: string,
  gaps: readonly NeedReason[],
): TrainingNeed | null => {
  if (retired || (jobGroups.length > 0 && !jobGroups.includes(jobGroup))) return null;
  const reasons = gaps.filter((gap) =>
    gap.kind === 'VALUE' ? values.includes(gap.value) : indicatorIds.includes(gap.indicatorId),
  );
  const need = reasons.reduce((sum, { gap }) => sum + gap, 0);
  return need === 0 ? null : { courseId: id, need, reasons };
};
