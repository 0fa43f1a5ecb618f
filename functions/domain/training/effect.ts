import type { Result } from '../evaluation/result.ts';
import type { Period } from '../period/period.ts';
import { periodOf } from '../period/span.ts';
import type { Micro } from '../rounding.ts';
import { divideHalfUp } from '../rounding.ts';
import type { Course, Programme } from './course.ts';
import { ownLines } from './needs.ts';

/** A figure of the participants before a programme and after it. */
export interface Change {
  /** Participants who have the figure in both periods. */
  readonly participants: number;
  /** Means, micro-points. */
  readonly before: Micro;
  readonly after: Micro;
}

/** What became of those who completed a programme. It tells a coincidence, not a cause: others may have changed as well. */
export interface ProgrammeEffect {
  readonly before: string;
  readonly after: string;
  /** Of the values that the course strengthens, on 1..5; null: too few to show. */
  readonly values: Change | null;
  /** Of the lines whose indicators it strengthens, percent; null: too few to show. */
  readonly lines: Change | null;
}

/** A mean of fewer people tells of one of them. */
export const LEAST_PARTICIPANTS = 3;

/**
 * The last period that was over when the programme began, and the first of the same kind that began after its end; both
 * published. The shortest kind that has both.
 */
export const periodsAround = (
  { startsOn, endsOn }: Pick<Programme, 'startsOn' | 'endsOn'>,
  periods: readonly Pick<Period, 'id' | 'publishedRun'>[],
): readonly [before: string, after: string] | null => {
  const published = periods.flatMap(({ id, publishedRun }) => {
    const span = periodOf(id);
    return span === null || publishedRun === null ? [] : [span];
  });
  for (const kind of ['MONTH', 'QUARTER', 'YEAR'] as const) {
    const ofKind = published
      .filter((span) => span.kind === kind)
      .sort((a, b) => (a.start < b.start ? -1 : 1));
    const before = ofKind.findLast(({ end }) => end < startsOn);
    const after = ofKind.find(({ start }) => start > endsOn);
    if (before !== undefined && after !== undefined) return [before.id, after.id];
  }
  return null;
};

type Measured = Pick<Result, 'workResult' | 'behaviour' | 'presence'>;

/** What a result says of one value, or of one line by its indicator. */
type Figure = readonly [of: string, figure: Micro];

/**
 * The effect over those who completed the programme, from their results before and after (null: none). Of each person only what
 * was measured in both is compared, and nothing of a period in which they were away for too long; a head's unit is not theirs alone.
 */
export const programmeEffect = (
  course: Pick<Course, 'values' | 'indicatorIds'>,
  [before, after]: readonly [string, string],
  participants: readonly (readonly [before: Measured | null, after: Measured | null])[],
): ProgrammeEffect => {
  const changeOf = (figuresOf: (result: Measured) => readonly Figure[]): Change | null => {
    const measured = (result: Measured | null): readonly Figure[] =>
      result !== null && isEvaluated(result) ? figuresOf(result) : [];
    const pairs = participants.flatMap((results) => {
      const [earlier, later] = [measured(results[0]), measured(results[1])];
      const pair = [meanOfShared(earlier, later), meanOfShared(later, earlier)] as const;
      return pair[0] === null || pair[1] === null ? [] : [[pair[0], pair[1]] as const];
    });
    if (pairs.length < LEAST_PARTICIPANTS) return null;
    return {
      participants: pairs.length,
      before: mean(pairs.map(([figure]) => figure)) ?? 0,
      after: mean(pairs.map(([, figure]) => figure)) ?? 0,
    };
  };
  return {
    before,
    after,
    values: changeOf(({ behaviour }) =>
      behaviour.values.flatMap(({ value, mean }): Figure[] =>
        course.values.includes(value) ? [[value, mean]] : [],
      ),
    ),
    lines: changeOf((result) =>
      ownLines(result).flatMap(({ indicatorId, achievement }): Figure[] =>
        achievement !== null && course.indicatorIds.includes(indicatorId) ? [[indicatorId, achievement]] : [],
      ),
    ),
  };
};

const isEvaluated = ({ presence }: Measured): boolean => presence?.evaluated !== false;

/** The mean of what the other period has as well; null: they share nothing. */
const meanOfShared = (figures: readonly Figure[], others: readonly Figure[]): Micro | null =>
  mean(figures.filter(([of]) => others.some(([other]) => other === of)).map(([, figure]) => figure));

const mean = (figures: readonly Micro[]): Micro | null =>
  figures.length === 0
    ? null
    : divideHalfUp(
        figures.reduce((sum, figure) => sum + figure, 0),
        figures.length,
      );
