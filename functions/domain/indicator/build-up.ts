import { type Decimal, decimalOfMicro, microOf, sumDecimals } from '../decimal.ts';
import type { MonthFigure, NotMeasured } from '../evaluation/result.ts';
import type { Measure, Target } from './indicator.ts';

/** The target and the realisation of a whole period, to be compared with each other. */
export interface BuiltUp {
  readonly target: Target;
  readonly realisation: Decimal;
}

/**
 * Whether a month's realisation counts. A rejected one does not; one that the superior has not looked at does, because a
 * superior's silence is not held against the staff member [D].
 */
export const counts = (month: MonthFigure): boolean =>
  month.realisation !== null && month.state !== 'REJECTED';

/**
 * Builds a period's figure up from its months (practice, domain section 3):
 * - SUM: ΣR against ΣT over the months that have both;
 * - LATEST: the last month that has both;
 * - RELEASED: a published index; only its month of release counts (a line has one, plan.ts), and until its figure is there
 *   the line waits. Never averaged, never in instalments.
 *
 * A realisation in a month without target is not compared. Order of `months` does not matter.
 * @returns the figures, or why there are none: NO_TARGET, NO_REALISATION, WAITING_RELEASE.
 */
export const buildUp = (
  measure: Pick<Measure, 'buildUp'>,
  months: readonly MonthFigure[],
): BuiltUp | NotMeasured => {
  if (measure.buildUp === 'SUM') return summed(months);
  return measure.buildUp === 'LATEST' ? latest(months) : released(months);
};

const summed = (months: readonly MonthFigure[]): BuiltUp | NotMeasured => {
  let expected = false;
  let only: MonthFigure | null = null;
  let filled = 0;
  let reached = 0;
  let value = 0;
  let high = 0;
  for (const month of months) {
    if (month.target === null) continue;
    expected = true;
    if (month.realisation === null || month.state === 'REJECTED') continue;
    filled++;
    only = month;
    reached += microOf(month.realisation);
    if ('value' in month.target) value += microOf(month.target.value);
    else {
      value += microOf(month.target.low);
      high += microOf(month.target.high);
    }
  }
  if (!expected) return 'NO_TARGET';
  if (only === null || only.target === null || only.realisation === null) return 'NO_REALISATION';
  if (filled === 1) return { target: only.target, realisation: only.realisation };
  if (!Number.isSafeInteger(reached) || !Number.isSafeInteger(value) || !Number.isSafeInteger(high)) {
    return summedBig(months);
  }
  const realisation = decimalOfMicro(reached);
  return 'value' in only.target
    ? { target: { value: decimalOfMicro(value) }, realisation }
    : { target: { low: decimalOfMicro(value), high: decimalOfMicro(high) }, realisation };
};

/** The same sums where they need more than 53 bits, as budgets in rupiah do. */
const summedBig = (months: readonly MonthFigure[]): BuiltUp => {
  const values: Decimal[] = [];
  const lows: Decimal[] = [];
  const highs: Decimal[] = [];
  const reached: Decimal[] = [];
  for (const { target, realisation, state } of months) {
    if (target === null || realisation === null || state === 'REJECTED') continue;
    reached.push(realisation);
    if ('value' in target) values.push(target.value);
    else {
      lows.push(target.low);
      highs.push(target.high);
    }
  }
  const target: Target =
    lows.length > 0 ? { low: sumDecimals(lows), high: sumDecimals(highs) } : { value: sumDecimals(values) };
  return { target, realisation: sumDecimals(reached) };
};

const latest = (months: readonly MonthFigure[]): BuiltUp | NotMeasured => {
  let expected = false;
  let last: MonthFigure | null = null;
  for (const month of months) {
    if (month.target === null) continue;
    expected = true;
    if (counts(month) && (last === null || month.month > last.month)) last = month;
  }
  if (last !== null && last.target !== null && last.realisation !== null) {
    return { target: last.target, realisation: last.realisation };
  }
  return expected ? 'NO_REALISATION' : 'NO_TARGET';
};

const released = (months: readonly MonthFigure[]): BuiltUp | NotMeasured => {
  let release: MonthFigure | null = null;
  for (const month of months) {
    if (month.target !== null && (release === null || month.month > release.month)) release = month;
  }
  if (release === null || release.target === null) return 'NO_TARGET';
  if (release.realisation === null || !counts(release)) return 'WAITING_RELEASE';
  return { target: release.target, realisation: release.realisation };
};
