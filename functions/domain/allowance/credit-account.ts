import { lastDayOf } from '../calendar.ts';
import type { Predicate } from '../evaluation/predicate.ts';
import { type Assignment, assignmentOn, type Staff } from '../organisation/staff.ts';
import { monthsOf, type PeriodKind, periodOf } from '../period/span.ts';
import type { Micro } from '../rounding.ts';
import type { IsoDate, Month } from '../time.ts';
import { creditMonths, creditOf, type FunctionalLevel, sharePercent, yearlyCredit } from './credit.ts';

/** Months in a row at one level, and what they earned. */
export interface CreditSpan {
  readonly level: FunctionalLevel;
  readonly from: Month;
  readonly to: Month;
  readonly months: number;
  /** Percent of the year's credits that the predicate gives. */
  readonly share: number;
  /** Credits of a year at full share. */
  readonly yearly: Micro;
  readonly credit: Micro;
}

/** What a person's published predicate of a period is worth in credits. */
export interface PeriodCredit {
  readonly periodId: string;
  readonly predicate: Predicate | null;
  readonly spans: readonly CreditSpan[];
  /** The sum of the spans; null with `notEarned`. */
  readonly credit: Micro | null;
  readonly notEarned: 'NO_PREDICATE' | 'NO_FUNCTIONAL_LEVEL' | null;
  /** Whether it counts in the account, or a longer period that covers it does. */
  readonly counts: boolean;
}

/** A person's credits (angka kredit) from all periods that have a result. */
export interface CreditAccount {
  /** Oldest first. */
  readonly periods: readonly PeriodCredit[];
  /** Of the periods that count, by level, in the order in which the levels were first held. */
  readonly levels: readonly { readonly level: FunctionalLevel; readonly credit: Micro }[];
  /** Null: no period counts. */
  readonly total: Micro | null;
}

type Career = Pick<Staff, 'assignments' | 'retiredFrom'>;

/**
 * Credits of a period: its months by the level that was held, each stretch converted by the predicate (BKN 3/2023). A month
 * belongs to the level held on its first day, or on the first day of the month on which the person served.
 */
export const creditOfPeriod = (
  staff: Career,
  periodId: string,
  predicate: Predicate | null,
): Omit<PeriodCredit, 'counts'> => {
  const span = periodOf(periodId);
  const months = span === null ? [] : monthsOf(span);
  if (predicate === null) return { periodId, predicate, spans: [], credit: null, notEarned: 'NO_PREDICATE' };
  const spans: { level: FunctionalLevel; from: Month; to: Month }[] = [];
  let open = false;
  for (const month of months) {
    const level = levelInMonth(staff, month);
    const last = spans.at(-1);
    if (level === null) open = false;
    else if (open && last?.level === level) last.to = month;
    else {
      spans.push({ level, from: month, to: month });
      open = true;
    }
  }
  const earned = spans.map(({ level, from, to }): CreditSpan => {
    const length = creditMonths(from, to);
    return {
      level,
      from,
      to,
      months: length,
      share: sharePercent(predicate),
      yearly: yearlyCredit(level),
      credit: creditOf(level, predicate, length),
    };
  });
  return earned.length === 0
    ? { periodId, predicate, spans: [], credit: null, notEarned: 'NO_FUNCTIONAL_LEVEL' }
    : {
        periodId,
        predicate,
        spans: earned,
        credit: earned.reduce((sum, { credit }) => sum + credit, 0),
        notEarned: null,
      };
};

const LONGEST_FIRST: readonly PeriodKind[] = ['YEAR', 'QUARTER', 'MONTH'];

/**
 * The account over all published results. A month counts once: with its year where the year has credits, else with its
 * quarter, else by itself, so that a year's conversion takes the place of its quarters'.
 */
export const creditAccount = (
  staff: Career,
  results: readonly { readonly periodId: string; readonly predicate: Predicate | null }[],
): CreditAccount => {
  const credits = results.map(({ periodId, predicate }) => creditOfPeriod(staff, periodId, predicate));
  const taken = new Set<Month>();
  const counting = new Set<string>();
  for (const kind of LONGEST_FIRST) {
    for (const { periodId, credit } of credits) {
      const span = periodOf(periodId);
      if (span === null || span.kind !== kind || credit === null) continue;
      const months = monthsOf(span);
      if (months.some((month) => taken.has(month))) continue;
      counting.add(periodId);
      for (const month of months) taken.add(month);
    }
  }
  const levels = new Map<FunctionalLevel, Micro>();
  const periods = credits
    .map((each) => ({ ...each, counts: counting.has(each.periodId) }))
    .sort((a, b) => (startOf(a.periodId) < startOf(b.periodId) ? -1 : 1));
  for (const { counts, spans } of periods)
    if (counts) for (const { level, credit } of spans) levels.set(level, (levels.get(level) ?? 0) + credit);
  return {
    periods,
    levels: [...levels].map(([level, credit]) => ({ level, credit })),
    total: levels.size === 0 ? null : [...levels.values()].reduce((sum, credit) => sum + credit, 0),
  };
};

/** Shorter periods before the longer ones that they begin. */
const startOf = (periodId: string): string => {
  const span = periodOf(periodId);
  return span === null ? periodId : `${span.start} ${span.end}`;
};

const levelInMonth = (staff: Career, month: Month): FunctionalLevel | null =>
  assignmentInMonth(staff, month)?.functionalLevel ?? null;

const assignmentInMonth = (staff: Career, month: Month): Assignment | null => {
  const first: IsoDate = `${month}-01`;
  const onFirst = assignmentOn(staff, first);
  if (onFirst !== null) return onFirst;
  const joined = staff.assignments.find(({ from }) => from > first && from <= lastDayOf(month));
  return joined === undefined ? null : assignmentOn(staff, joined.from);
};
