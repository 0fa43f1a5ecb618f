import type { LineExplanation, Result } from '../evaluation/result.ts';
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

type Line = Pick<LineExplanation, 'lineId' | 'title' | 'indicatorId' | 'achievement'>;

/** A head is measured by the unit's agreement: its lines are not theirs alone to learn for. */
export const ownLines = ({ workResult }: Pick<Result, 'workResult'>): readonly Line[] =>
  workResult.source === 'PLAN' ? workResult.lines : [];

/**
 * The lines of the periods that a result builds on, each with the half-up mean of its measured achievements and in its latest
 * words. Periods in which the person was away for too long are left out, as in the result.
 */
const linesOfPeriods = (parts: readonly BasisPart[]): Line[] => {
  const counted = parts
    .filter(({ presence }) => presence?.evaluated !== false)
    .toSorted((a, b) => (a.periodId < b.periodId ? -1 : 1));
  return [...Map.groupBy(counted.flatMap(ownLines), ({ lineId }) => lineId).values()].flatMap((lines) => {
    const latest = lines.at(-1);
    const measured = lines.flatMap(({ achievement }) => achievement ?? []);
    if (latest === undefined || measured.length === 0) return [];
    const sum = measured.reduce((total, achievement) => total + achievement, 0);
    return [{ ...latest, achievement: divideHalfUp(sum, measured.length) }];
  });
};

/** A result of a period that another result builds on. */
type BasisPart = Pick<Result, 'periodId' | 'workResult' | 'presence'>;

/**
 * What a result falls short in: values below 4 on 1..5, as (4 − mean) / 3 of 100 points, and measured lines below 100 %, as
 * what they lack. Missing is no need. The greatest gap first.
 * @param parts the results of the periods that it builds on, whose lines count; a result with lines of its own has none
 */
export const gapsOf = (result: Measured, parts: readonly BasisPart[] = []): readonly NeedReason[] => {
  const { workResult, behaviour, presence } = result;
  // Nothing follows from the figures of somebody who was away for too long.
  if (presence?.evaluated === false) return [];
  const values = behaviour.values
    .filter(({ mean }) => mean < VALUE_WITHOUT_NEED)
    .map(({ value, mean }): NeedReason => {
      const gap = divideHalfUp((VALUE_WITHOUT_NEED - mean) * 100, 3);
      return { kind: 'VALUE', value, mean, gap };
    });
  const measured = workResult.source === 'PERIODS' ? linesOfPeriods(parts) : ownLines(result);
  const lines = measured.flatMap((line): NeedReason[] => {
    const { lineId, title, indicatorId, achievement } = line;
    if (achievement === null || achievement >= 100 * MICRO) return [];
    return [{ kind: 'LINE', lineId, title, indicatorId, achievement, gap: 100 * MICRO - achievement }];
  });
  return [...values, ...lines].sort((a, b) => b.gap - a.gap);
};

/** The courses of the catalogue that would help, the most needed first; of equal need by code. */
export const trainingNeeds = (
  result: Measured,
  courses: readonly Course[],
  parts: readonly BasisPart[] = [],
): readonly TrainingNeed[] => {
  const gaps = gapsOf(result, parts);
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
