import { decimalOfMicro } from '../decimal.ts';
import type { Evaluation, LineExplanation, NotMeasured, UnitAchievement } from '../evaluation/result.ts';
import { achievement as achievementOf } from '../indicator/achievement.ts';
import { buildUp } from '../indicator/build-up.ts';
import type { Micro } from '../rounding.ts';
import { divideHalfUp, MICRO } from '../rounding.ts';

/** What the lines of one indicator came to in a period, over all plans and agreements. */
export interface IndicatorFigures {
  readonly indicatorId: string;
  /** Lines of plans and agreements that use it. */
  readonly lines: number;
  /** Lines with an achievement. */
  readonly measured: number;
  /** Lines without one, by reason: a target that no figure can be compared with before a figure that is missing. */
  readonly notMeasured: Readonly<Partial<Record<NotMeasured, number>>>;
  /** Measured lines at the highest achievement that policy allows, and at zero. */
  readonly atCap: number;
  readonly atZero: number;
  /** Sum of the achievements, micro-percent. */
  readonly sum: Micro;
  /** Micro-percent; null: nothing was measured. */
  readonly lowest: Micro | null;
  readonly highest: Micro | null;
  /** The definitions that lines were agreed by, ascending. */
  readonly definitions: readonly number[];
}

/** Mean achievement, micro-percent, half-up; null: nothing was measured. */
export const meanAchievement = ({ sum, measured }: IndicatorFigures): Micro | null =>
  measured === 0 ? null : divideHalfUp(sum, measured);

const ofLine = (line: LineExplanation, capPercent: number): IndicatorFigures => {
  const { achievement } = line;
  const cap = capPercent * MICRO;
  return {
    indicatorId: line.indicatorId,
    lines: 1,
    measured: achievement === null ? 0 : 1,
    notMeasured:
      line.notMeasured === null
        ? {}
        : { [hasZeroTarget(line, capPercent) ? 'ZERO_TARGET' : line.notMeasured]: 1 },
    atCap: achievement === cap ? 1 : 0,
    atZero: achievement === 0 ? 1 : 0,
    sum: achievement ?? 0,
    lowest: achievement,
    highest: achievement,
    definitions: [line.definition],
  };
};

/** Whether the line's target would have no quotient if all that was due had been reported. */
const hasZeroTarget = ({ measure, months }: LineExplanation, capPercent: number): boolean => {
  const reported = months.map((month) => ({ ...month, realisation: decimalOfMicro(0), state: null }));
  const built = buildUp(measure, reported);
  if (typeof built === 'string') return false;
  const reached = achievementOf(measure, built.target, built.realisation, capPercent);
  return !reached.ok && reached.reason === 'ZERO_TARGET';
};

/** Two counts of one indicator taken together, whichever comes first. */
export const addFigures = (a: IndicatorFigures, b: IndicatorFigures): IndicatorFigures => ({
  indicatorId: a.indicatorId,
  lines: a.lines + b.lines,
  measured: a.measured + b.measured,
  notMeasured: addCounts(a.notMeasured, b.notMeasured),
  atCap: a.atCap + b.atCap,
  atZero: a.atZero + b.atZero,
  sum: a.sum + b.sum,
  lowest: extreme(Math.min, a.lowest, b.lowest),
  highest: extreme(Math.max, a.highest, b.highest),
  definitions: [...new Set([...a.definitions, ...b.definitions])].sort((one, other) => one - other),
});

type Counts = IndicatorFigures['notMeasured'];
const addCounts = (a: Counts, b: Counts): Counts => {
  const sum = { ...a };
  for (const [reason, count] of Object.entries(b) as [NotMeasured, number][])
    sum[reason] = (sum[reason] ?? 0) + count;
  return sum;
};

const extreme = (pick: (a: Micro, b: Micro) => Micro, a: Micro | null, b: Micro | null): Micro | null =>
  a === null || b === null ? (a ?? b) : pick(a, b);

/** Counts of several parts taken together, by indicator id. */
export const mergeFigures = (parts: Iterable<readonly IndicatorFigures[]>): IndicatorFigures[] => {
  const merged = new Map<string, IndicatorFigures>();
  for (const part of parts)
    for (const figures of part) {
      const known = merged.get(figures.indicatorId);
      merged.set(figures.indicatorId, known === undefined ? figures : addFigures(known, figures));
    }
  return [...merged.values()].sort((a, b) => (a.indicatorId < b.indicatorId ? -1 : 1));
};

/**
 * The figures of a shard: of its people's own plans and of its unit's agreement. What the head of a unit is measured by is the
 * unit's agreement, which counts once.
 * @param capPercent whole percent
 */
export const figuresOf = (
  evaluations: readonly Pick<Evaluation, 'workResult'>[],
  achievement: Pick<UnitAchievement, 'lines'> | null,
  capPercent: number,
): IndicatorFigures[] => {
  const lines = [
    ...evaluations.flatMap(({ workResult }) => (workResult.source === 'PLAN' ? workResult.lines : [])),
    ...(achievement?.lines ?? []),
  ];
  return mergeFigures(lines.map((line) => [ofLine(line, capPercent)]));
};
