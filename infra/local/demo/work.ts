import type { RaterGroup } from '../../../functions/domain/rating/rating.ts';
import { type DemoPerson, people, repeatableNumbers, subordinatesOf, superiorOf } from './people.ts';
import { planTemplates } from './region/plan-templates.ts';
import type { DemoIndicator } from './region/shapes.ts';
import { indicators, units } from './region.ts';

/** A line of a demo plan or agreement. */
export interface DemoLine {
  readonly id: string;
  readonly indicator: DemoIndicator;
  readonly weight: number;
}

/** A reported figure of one month. */
export interface DemoFigure {
  readonly line: DemoLine;
  /** `2026-01` */
  readonly month: string;
  readonly value: string;
}

export interface DemoRating {
  readonly ratee: DemoPerson;
  readonly rater: DemoPerson;
  readonly group: RaterGroup;
  readonly scores: readonly number[];
}

const indicatorOf = (code: string): DemoIndicator => {
  const found = indicators.find((indicator) => indicator.code === code);
  if (found === undefined) throw new Error(`The demo has no indicator ${code}`);
  return found;
};

/** Equal weights in basis points; the first lines carry what does not divide. */
export const linesOf = (codes: readonly string[]): readonly DemoLine[] => {
  const share = Math.floor(10_000 / codes.length);
  const rest = 10_000 - share * codes.length;
  return codes.map((code, at) => ({
    id: `L${at + 1}`,
    indicator: indicatorOf(code),
    weight: share + (at < rest ? 1 : 0),
  }));
};

export const agreementOf = (unitCode: string): readonly DemoLine[] =>
  linesOf(units.find(({ code }) => code === unitCode)?.agreement ?? []);

/** One person starts without a plan, so that the demo shows what the system says then. */
const withoutPlan = people.findLast(({ unit, jobGroup }) => unit === '1.02.11' && jobGroup === 'pelaksana');

export const planOf = (person: DemoPerson): readonly DemoLine[] =>
  person === withoutPlan ? [] : linesOf(planTemplates[person.jobGroup] ?? []);

/** Months in which a line expects something. */
export const targetMonthsOf = ({ releasedIn }: DemoIndicator): readonly string[] =>
  releasedIn === undefined
    ? Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'))
    : [releasedIn];

const seedOf = (text: string): number =>
  [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7);

/** How well somebody or some unit works: about 1.04, mostly 0.9 to 1.2. */
const strengthOf = (owner: string): number => {
  const next = repeatableNumbers(seedOf(owner));
  return 0.78 + (0.52 * (next() + next() + next())) / 3;
};

const reportedValue = (
  { target, polarity, decimals, unitOfMeasure }: DemoIndicator,
  strength: number,
  noise: number,
): string => {
  const [low, high] = typeof target === 'number' ? [target, target] : target;
  const middle = (low + high) / 2;
  const effort = strength + 0.1 * (noise - 0.5);
  const value =
    polarity === 'MINIMIZE'
      ? middle === 0
        ? effort < 0.93
          ? 1
          : 0
        : middle * (2 - effort)
      : polarity === 'STABILIZE' || polarity === 'RANGE'
        ? middle * (1 + (effort - 1) * 0.8)
        : middle * effort;
  const bounded =
    unitOfMeasure === 'persen' && polarity === 'MAXIMIZE' ? Math.min(100, value) : Math.max(0, value);
  return String(Number(bounded.toFixed(decimals)));
};

/** What is reported on some lines in some months (`01` to `12`) of a year; one in forty figures is missing, as in life. */
export const figuresOf = (
  owner: string,
  lines: readonly DemoLine[],
  year: number,
  months: readonly string[],
): readonly DemoFigure[] =>
  lines.flatMap((line) =>
    months
      .filter((ofYear) => targetMonthsOf(line.indicator).includes(ofYear))
      .flatMap((ofYear) => {
        const month = `${year}-${ofYear}`;
        const next = repeatableNumbers(seedOf(`${owner}/${line.indicator.code}/${month}`));
        if (next() < 1 / 40) return [];
        return [{ line, month, value: reportedValue(line.indicator, strengthOf(owner), next()) }];
      }),
  );

const score = (quality: number, severity: number, noise: number): number =>
  Math.max(1, Math.min(5, Math.round(3.9 + 6 * (quality - 1.04) + severity + 1.2 * (noise - 0.5))));

/** What a rater gives somebody on the seven values. */
export const scoresOf = (ratee: DemoPerson, rater: DemoPerson, periodId: string): readonly number[] => {
  const severity = repeatableNumbers(seedOf(`severity/${rater.nip}`))() - 0.5;
  const next = repeatableNumbers(seedOf(`${periodId}/${ratee.nip}/${rater.nip}`));
  return Array.from({ length: 7 }, () => score(strengthOf(`behaviour/${ratee.nip}`), severity, next()));
};

/** Ratings of a person in a period: by the superior, up to four peers, up to five subordinates, and by oneself. */
export const ratingsOf = (ratee: DemoPerson, periodId: string): readonly DemoRating[] => {
  const superior = superiorOf(ratee);
  const colleagues = superior === null ? [] : subordinatesOf(superior).filter((other) => other !== ratee);
  const start = colleagues.length === 0 ? 0 : seedOf(ratee.nip + periodId) % colleagues.length;
  const peers = Array.from(
    { length: Math.min(4, colleagues.length) },
    (_, at) => colleagues[(start + at) % colleagues.length] as DemoPerson,
  );
  const raters: readonly (readonly [DemoPerson, RaterGroup])[] = [
    ...(superior === null ? [] : [[superior, 'SUPERIOR'] as const]),
    ...peers.map((peer) => [peer, 'PEER'] as const),
    ...subordinatesOf(ratee)
      .slice(0, 5)
      .map((subordinate) => [subordinate, 'SUBORDINATE'] as const),
    [ratee, 'SELF'],
  ];
  return raters.map(([rater, group]) => ({ ratee, rater, group, scores: scoresOf(ratee, rater, periodId) }));
};
