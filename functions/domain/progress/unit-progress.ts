import type { Instant, IsoDate, Month } from '../time.ts';
import type { Pace } from './progress.ts';

/** As `Pace`; NO_PLAN: no plan is in force. */
export type PersonPace = Pace | 'NO_PLAN';

export const PERSON_PACES = [
  'NO_PLAN',
  'NOT_REPORTED',
  'BEHIND',
  'ON_PACE',
  'AHEAD',
  'NOT_COMPARABLE',
  'NOT_DUE',
  'TAKEN_OVER',
] as const satisfies readonly PersonPace[];

/** Where one person stands. */
export interface PersonProgress {
  readonly staffId: string;
  readonly pace: PersonPace;
  /** Months so far of which something that was due is missing. */
  readonly missing: number;
}

/** Where a unit's own staff stand, as of a day: the figures alone. */
export interface UnitProgress {
  readonly unitId: string;
  readonly year: number;
  /** The day by the region's clock on which it was taken. */
  readonly day: IsoDate;
  readonly at: Instant;
  readonly through: Month | null;
  /** People by pace. */
  readonly counts: Readonly<Record<PersonPace, number>>;
  /** Of how many people something that was due is missing; null: a look that did not count them yet. */
  readonly lacking: number | null;
  /** The unit's agreement. */
  readonly agreement: PersonPace;
}

const NONE = Object.fromEntries(PERSON_PACES.map((pace) => [pace, 0])) as Record<PersonPace, number>;

/** How many people stand at each pace. */
export const countPaces = (people: readonly PersonProgress[]): Readonly<Record<PersonPace, number>> => {
  const counts = { ...NONE };
  for (const { pace } of people) counts[pace] += 1;
  return counts;
};

/** Of how many people something is missing, whatever their pace by what they have reported. */
export const countLacking = (people: readonly Pick<PersonProgress, 'missing'>[]): number =>
  people.filter(({ missing }) => missing > 0).length;

/** Of several units together; null where one look did not count them yet. */
export const sumLacking = (units: readonly Pick<UnitProgress, 'lacking'>[]): number | null =>
  units.reduce<number | null>(
    (sum, { lacking }) => (sum === null || lacking === null ? null : sum + lacking),
    0,
  );

/** The figures of several units together. */
export const sumCounts = (
  units: readonly Pick<UnitProgress, 'counts'>[],
): Readonly<Record<PersonPace, number>> => {
  const counts = { ...NONE };
  for (const unit of units) for (const pace of PERSON_PACES) counts[pace] += unit.counts[pace];
  return counts;
};
