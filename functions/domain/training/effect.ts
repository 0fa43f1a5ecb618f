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

/** Figures of a person by what they are of, micro-points. */
type Figures = ReadonlyMap<string, Micro>;

/**
 * The effect over those who completed the programme, from their results before and after (null: none). Of each person only what was
 * measured on both sides is compared: a value or an indicator that came or went would look like a change.
 */
export const programmeEffect = (
  course: Pick<Course, 'values' | 'indicatorIds'>,
  [before, after]: readonly [string, string],
  participants: readonly (readonly [before: Measured | null, after: Measured | null])[],
): ProgrammeEffect => {
  const changeOf = (figuresOf: (result: Measured) => Figures): Change | null => {
    const pairs = participants.flatMap(([earlier, later]) => {
      // Nothing follows from the figures of somebody who was away for too long.
      if (earlier === null || later === null || wasAway(earlier) || wasAway(later)) return [];
      const [one, other] = [figuresOf(earlier), figuresOf(later)];
      const both = [...one.keys()].filter((key) => other.has(key));
      const pair = [one, other].map((figures) => mean(both.flatMap((key) => figures.get(key) ?? [])));
      return [[pair[0] ?? null, pair[1] ?? null] as const].filter(isMeasured);
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
    values: changeOf(
      ({ behaviour }) =>
        new Map(
          behaviour.values
            .filter(({ value }) => course.values.includes(value))
            .map((each) => [each.value, each.mean]),
        ),
    ),
    lines: changeOf((result) => achievementsOf(ownLines(result), course.indicatorIds)),
  };
};

const wasAway = ({ presence }: Measured): boolean => presence?.evaluated === false;

const isMeasured = (pair: readonly [Micro | null, Micro | null]): pair is readonly [Micro, Micro] =>
  pair[0] !== null && pair[1] !== null;

/** The mean achievement of each indicator, over the lines that were measured by it. */
const achievementsOf = (lines: ReturnType<typeof ownLines>, indicatorIds: readonly string[]): Figures => {
  const byIndicator = Map.groupBy(
    lines.filter(({ indicatorId }) => indicatorIds.includes(indicatorId)),
    ({ indicatorId }) => indicatorId,
  );
  return new Map(
    [...byIndicator].flatMap(([indicatorId, of]) => {
      const achieved = mean(of.flatMap(({ achievement }) => achievement ?? []));
      return achieved === null ? [] : [[indicatorId, achieved] as const];
    }),
  );
};

const mean = (figures: readonly Micro[]): Micro | null =>
  figures.length === 0
    ? null
    : divideHalfUp(
        figures.reduce((sum, figure) => sum + figure, 0),
        figures.length,
      );
