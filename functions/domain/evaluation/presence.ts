import { addDays, daysBetween } from '../calendar.ts';
import type { Absence } from '../organisation/absence.ts';
import type { Assignment } from '../organisation/staff.ts';
import type { PolicyRules } from '../period/policy.ts';
import type { PeriodSpan } from '../period/span.ts';
import { WHOLE } from '../rounding.ts';
import type { IsoDate } from '../time.ts';

/** How much of a period a person was there, in calendar days. */
export interface Presence {
  /** Of the period. */
  readonly days: number;
  /** From when they served, if that was later than its first day, to its last. */
  readonly served: number;
  /** Of those, away in any way but STUDY. */
  readonly absent: number;
  /** Of those, away to study: counted as present. */
  readonly study: number;
  /** Whether that is enough to be evaluated (policy `minimumPresence`). */
  readonly evaluated: boolean;
}

/**
 * How much of a period somebody who serves on its last day was there; null: all of it, which needs no words.
 * @param servesFrom first day of the service without a gap
 */
export const presenceIn = (
  { servesFrom, absences }: { readonly servesFrom: IsoDate; readonly absences: readonly Absence[] },
  { start, end }: Pick<PeriodSpan, 'start' | 'end'>,
  rules: Pick<PolicyRules, 'minimumPresence'>,
): Presence | null => {
  const from = servesFrom > start ? servesFrom : start;
  if (from === start && absences.length === 0) return null;
  const [days, served] = [daysOf(start, end), daysOf(from, end)];
  let absent = 0;
  let study = 0;
  for (const { kind, from: first, to } of absences) {
    const begun = [first, from].sort().at(-1) ?? from;
    const within = daysOf(begun, to !== null && to < end ? to : end);
    if (kind === 'STUDY') study += within;
    else absent += within;
  }
  if (served === days && absent === 0 && study === 0) return null;
  return { days, served, absent, study, evaluated: isEnough({ days, served, absent }, rules) };
};

/** At least one day, and at least the policy's share of the period's days. */
export const isEnough = (
  { days, served, absent }: Pick<Presence, 'days' | 'served' | 'absent'>,
  { minimumPresence }: Pick<PolicyRules, 'minimumPresence'>,
): boolean => served > absent && (served - absent) * WHOLE >= minimumPresence * days;

const daysOf = (from: IsoDate, to: IsoDate): number => Math.max(0, daysBetween(from, to) + 1);

/** The first day of the service without a gap that includes the stay which began on a day. */
export const servesFrom = (stays: readonly Pick<Assignment, 'from' | 'to'>[], stayFrom: IsoDate): IsoDate => {
  let first = stayFrom;
  for (const { from, to } of stays.toReversed()) {
    if (from < first && to !== null && addDays(to, 1) >= first) first = from;
  }
  return first;
};
