/**
 * What a close must come to, computed from the description of a region in the plainest way there is: exact fractions of bigints,
 * everybody compared with everybody. It shares no code with the product and knows only the default policy.
 */
import type { LineSpec, PersonSpec, RegionSpec } from './region.ts';

export interface NaiveResult {
  readonly unit: string;
  readonly jobGroup: string;
  readonly workResult: bigint | null;
  readonly behaviour: bigint | null;
  readonly score: bigint | null;
  readonly predicate: string | null;
  /** In the unit, the job group and the region; null without a score. */
  readonly ranks: readonly [unit: number, jobGroup: number, region: number] | null;
}

/** Rational number: [numerator, denominator above 0]. */
type Q = readonly [bigint, bigint];

const q = (text: string): Q => {
  const [whole = '0', decimals = ''] = text.split('.');
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
};
const plus = (a: Q, b: Q): Q => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const minus = (a: Q, b: Q): Q => plus(a, [-b[0], b[1]]);
const times = (a: Q, b: Q): Q => [a[0] * b[0], a[1] * b[1]];
const over = (a: Q, b: Q): Q => (b[0] < 0n ? [-a[0] * b[1], a[1] * -b[0]] : [a[0] * b[1], a[1] * b[0]]);
const less = (a: Q, b: Q): boolean => a[0] * b[1] < b[0] * a[1];
const abs = (a: Q): Q => [a[0] < 0n ? -a[0] : a[0], a[1]];
const int = (n: number | bigint): Q => [BigInt(n), 1n];
const sum = (values: readonly Q[]): Q => values.reduce(plus, int(0));
/** Half-up to a whole number; for values from 0 up. */
const round = ([n, d]: Q): bigint => (2n * n + d) / (2n * d);

function achievementOf(line: LineSpec): bigint | null {
  const filled = line.reached.flatMap((value) => (value === null ? [] : [q(value)]));
  const last = filled.at(-1);
  if (last === undefined) return null;
  const months = line.buildUp === 'LATEST' ? int(1) : int(filled.length);
  const reached = line.buildUp === 'LATEST' ? last : sum(filled);
  let quotient: Q;
  if (typeof line.target !== 'string') {
    const [low, high] = [times(q(line.target[0]), months), times(q(line.target[1]), months)];
    if (less(reached, low)) quotient = over(reached, low);
    else if (!less(high, reached)) quotient = int(1);
    else if (line.aboveRange === 'MORE_IS_BETTER') quotient = over(reached, high);
    else quotient = over(minus(times(int(2), high), reached), high);
  } else {
    const target = times(q(line.target), months);
    if (target[0] === 0n) return null;
    if (line.polarity === 'MINIMIZE') quotient = over(minus(times(int(2), target), reached), target);
    else if (line.polarity === 'STABILIZE')
      quotient = minus(int(1), over(abs(minus(reached, target)), abs(target)));
    else quotient = over(reached, target);
  }
  if (less(quotient, int(0))) return 0n;
  return round(times(less(quotient, [12n, 10n]) ? quotient : [12n, 10n], int(100_000_000)));
}

function workResultOf(lines: readonly LineSpec[]): { score: bigint; rating: string } | null {
  const measured = lines.flatMap((line) => {
    const achievement = achievementOf(line);
    return achievement === null ? [] : [{ ...line, achievement }];
  });
  const main = measured.filter(({ kind }) => kind !== 'ADDITIONAL');
  if (main.length === 0) return null;
  const weighted = main
    .map(({ weight, achievement }) => BigInt(weight) * achievement)
    .reduce((a, b) => a + b);
  const weights = main.map(({ weight }) => BigInt(weight)).reduce((a, b) => a + b);
  const above = measured.filter(({ achievement }) => achievement > 100_000_000n).length;
  const below = measured.filter(({ achievement }) => achievement < 90_000_000n).length;
  const mainBelow = main.filter(({ achievement }) => achievement < 90_000_000n).length;
  let rating = 'BELOW';
  if (above > measured.length / 2 && mainBelow === 0) rating = 'ABOVE';
  else if (measured.length - below > measured.length / 2 && mainBelow <= main.length / 3) rating = 'MEETS';
  return { score: round([weighted, weights]), rating };
}

function pointsOf(marks: readonly number[]): bigint {
  const mean: Q = [BigInt(marks.reduce((a, b) => a + b)), BigInt(marks.length)];
  const points = less(mean, int(3))
    ? plus(int(50), times(minus(mean, int(1)), int(20)))
    : plus(int(90), times(minus(mean, int(3)), int(15)));
  return round(times(points, int(1_000_000)));
}

function behaviourOf(rated: PersonSpec['rated']): { score: bigint; colleagues: boolean } | null {
  const marks = (groups: readonly string[]) =>
    (rated ?? []).filter(([group]) => groups.includes(group)).map(([, , mark]) => mark);
  const superior = marks(['SUPERIOR']);
  const colleagues = marks(['PEER', 'SUBORDINATE']);
  const pools: [weight: bigint, points: bigint][] = [];
  if (superior.length > 0) pools.push([60n, pointsOf(superior)]);
  if (colleagues.length >= 3) pools.push([40n, pointsOf(colleagues)]);
  if (pools.length === 0) return null;
  const weights = pools.reduce((total, [weight]) => total + weight, 0n);
  const weighted = pools.reduce((total, [weight, points]) => total + weight * points, 0n);
  return { score: round([weighted, weights]), colleagues: colleagues.length >= 3 };
}

const QUADRANT: Record<string, string> = {
  'ABOVE ABOVE': 'EXCELLENT',
  'ABOVE MEETS': 'GOOD',
  'ABOVE BELOW': 'POOR',
  'MEETS ABOVE': 'GOOD',
  'MEETS MEETS': 'GOOD',
  'MEETS BELOW': 'POOR',
  'BELOW ABOVE': 'NEEDS_IMPROVEMENT',
  'BELOW MEETS': 'NEEDS_IMPROVEMENT',
  'BELOW BELOW': 'VERY_POOR',
};

export function naiveClose(region: RegionSpec): ReadonlyMap<string, NaiveResult> {
  const rows = region.people.map((person) => {
    // The last of the units that the person heads going upwards; in the fixtures everybody heads at most one.
    const headed = region.units.find(({ head, lines }) => head === person.id && lines !== undefined);
    const work = workResultOf(headed?.lines ?? person.lines ?? []);
    let workRating = work?.rating;
    if (headed !== undefined && work !== null) {
      workRating = work.score >= 110_000_000n ? 'ABOVE' : work.score >= 90_000_000n ? 'MEETS' : 'BELOW';
    }
    const behaviour = behaviourOf(person.rated);
    let behaviourRating: string | undefined;
    if (behaviour !== null) {
      behaviourRating =
        behaviour.score >= 110_000_000n ? 'ABOVE' : behaviour.score >= 90_000_000n ? 'MEETS' : 'BELOW';
    }
    const [a, b] = behaviour?.colleagues ? [60n, 40n] : [70n, 30n];
    return {
      id: person.id,
      unit: person.movesTo?.unit ?? person.unit,
      jobGroup: person.movesTo?.jobGroup ?? person.jobGroup,
      workResult: work?.score ?? null,
      behaviour: behaviour?.score ?? null,
      score: work && behaviour && round([work.score * a + behaviour.score * b, 100n]),
      predicate:
        QUADRANT[`${person.set?.workResult ?? workRating} ${person.set?.behaviour ?? behaviourRating}`] ??
        null,
    };
  });
  return new Map(
    rows.map(({ id, ...row }): [string, NaiveResult] => {
      const { score } = row;
      if (score === null) return [id, { ...row, ranks: null }];
      const rankAmong = (others: typeof rows): number =>
        1 + others.filter((other) => other.score !== null && other.score > score).length;
      return [
        id,
        {
          ...row,
          ranks: [
            rankAmong(rows.filter(({ unit }) => unit === row.unit)),
            rankAmong(rows.filter(({ jobGroup }) => jobGroup === row.jobGroup)),
            rankAmong(rows),
          ],
        },
      ];
    }),
  );
}
