import type { PeriodRun } from '../evaluation/basis.ts';
import type { IndicatorDefinition } from '../indicator/indicator.ts';
import type { Period } from '../period/period.ts';
import { type PeriodSpan, periodOf } from '../period/span.ts';
import { MICRO } from '../rounding.ts';
import type { IsoDate } from '../time.ts';
import { type IndicatorFigures, meanAchievement } from './figures.ts';

/** What speaks against an indicator: it misleads whoever is measured by it, and goes to review. */
export type IndicatorFinding =
  /** No line was measured, though one was due. */
  | 'NOBODY_MEASURED'
  /** Every measured line is at the highest achievement. */
  | 'ALL_AT_CAP'
  /** Every measured line is at zero. */
  | 'ALL_AT_ZERO'
  /** Every measured line has the same achievement, between zero and the highest. */
  | 'NO_SPREAD'
  /** The mean lies far above the target, several periods in a row. */
  | 'TARGET_TOO_EASY'
  /** A target is zero where it has no quotient. */
  | 'ZERO_TARGET'
  /** Lines of the period follow different definitions, or one that began after the period had. */
  | 'DEFINITION_CHANGED';

/** From how many measured lines on it means something that all are alike. */
export const LINES_TO_COMPARE = 3;
/** A target is too easy when the mean achievement reaches this, micro-percent, … */
export const EASY_MEAN = 110 * MICRO;
/** … so many periods of one kind in a row. */
export const EASY_PERIODS = 3;

export interface FindingInputs {
  readonly period: Pick<PeriodSpan, 'start' | 'end'>;
  readonly figures: IndicatorFigures;
  /** Of the periods of the same kind just before, the latest first; null: not published, or not used. */
  readonly before: readonly (IndicatorFigures | null)[];
  /** The definitions that the lines follow. */
  readonly definitions: readonly Pick<IndicatorDefinition, 'definition' | 'effectiveFrom'>[];
}

/** Everything that speaks against an indicator after a period; empty: nothing. */
export const findingsOf = ({ period, figures, before, definitions }: FindingInputs): IndicatorFinding[] => {
  const { lines, measured, atCap, atZero, lowest, highest } = figures;
  const found: IndicatorFinding[] = [];
  const comparable = measured >= LINES_TO_COMPARE;
  if (measured === 0 && lines > notDue(figures)) found.push('NOBODY_MEASURED');
  if (comparable && atCap === measured) found.push('ALL_AT_CAP');
  else if (comparable && atZero === measured) found.push('ALL_AT_ZERO');
  else if (comparable && lowest === highest) found.push('NO_SPREAD');
  const latest = [figures, ...before].slice(0, EASY_PERIODS);
  if (latest.length === EASY_PERIODS && latest.every(isEasy)) found.push('TARGET_TOO_EASY');
  if ((figures.notMeasured.ZERO_TARGET ?? 0) > 0) found.push('ZERO_TARGET');
  if (
    figures.definitions.length > 1 ||
    definitions.some(({ effectiveFrom }) => beganIn(effectiveFrom, period))
  )
    found.push('DEFINITION_CHANGED');
  return found;
};

/** Lines of which nothing was due in the period: an index that comes out later, or what the leader has taken over. */
const notDue = ({ notMeasured }: IndicatorFigures): number =>
  (notMeasured.NO_TARGET ?? 0) + (notMeasured.TAKEN_OVER ?? 0);

/** Whether a mean is so high that the figures before it matter. */
export const isEasy = (figures: IndicatorFigures | null): boolean =>
  figures !== null && (meanAchievement(figures) ?? 0) >= EASY_MEAN;

const beganIn = (day: IsoDate, { start, end }: FindingInputs['period']): boolean => day > start && day <= end;

/** The periods of the same kind just before one, the latest first. */
export const periodsBefore = (period: Pick<Period, 'id'>, count: number): string[] => {
  const ids: string[] = [];
  let id: string | null = period.id;
  while (ids.length < count) {
    id = periodBefore(id);
    if (id === null) return ids;
    ids.push(id);
  }
  return ids;
};

/** The published runs of the periods with which the figures of a period are compared. */
export const runsBefore = (
  period: Pick<Period, 'id'>,
  periods: readonly Pick<Period, 'id' | 'publishedRun'>[],
): PeriodRun[] => {
  const runs = new Map(periods.map(({ id, publishedRun }) => [id, publishedRun]));
  return periodsBefore(period, EASY_PERIODS - 1).flatMap((periodId) => {
    const run = runs.get(periodId) ?? null;
    return run === null ? [] : [{ periodId, run }];
  });
};

const periodBefore = (id: string): string | null => {
  const span = periodOf(id);
  if (span === null) return null;
  const { kind, year, start } = span;
  const month = Number(start.slice(5, 7));
  if (kind === 'YEAR') return `${year - 1}`;
  if (kind === 'QUARTER') return month === 1 ? `${year - 1}-Q4` : `${year}-Q${(month - 1) / 3}`;
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
};
