import { lastDayOf, monthsBetween } from '../calendar.ts';
import type { IsoDate, Month } from '../time.ts';

export type PeriodKind = 'MONTH' | 'QUARTER' | 'YEAR';

/** What a period's id says. */
export interface PeriodSpan {
  readonly id: string;
  readonly kind: PeriodKind;
  readonly year: number;
  readonly start: IsoDate;
  readonly end: IsoDate;
}

const ID = /^([12]\d{3})(?:-(0[1-9]|1[0-2])|-Q([1-4]))?$/;

/** Reads `2026-01`, `2026-Q1` or `2026`; null when the text is none of them. */
export const periodOf = (id: string): PeriodSpan | null => {
  const match = ID.exec(id);
  if (match === null) return null;
  const [, year = '', month, quarter] = match;
  const span = (kind: PeriodKind, first: string, last: string): PeriodSpan => ({
    id,
    kind,
    year: Number(year),
    start: `${year}-${first}-01`,
    end: lastDayOf(`${year}-${last}`),
  });
  if (month !== undefined) return span('MONTH', month, month);
  if (quarter === undefined) return span('YEAR', '01', '12');
  const lastMonth = Number(quarter) * 3;
  return span('QUARTER', twoDigits(lastMonth - 2), twoDigits(lastMonth));
};

const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** The months of a period, in order. */
export const monthsOf = ({ start, end }: Pick<PeriodSpan, 'start' | 'end'>): Month[] =>
  monthsBetween(start.slice(0, 7), end.slice(0, 7));

/** Ids of the month's own period, of its quarter and of its year. */
export const periodsCovering = (month: Month): [monthId: string, quarterId: string, yearId: string] => {
  const year = month.slice(0, 4);
  return [month, `${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`, year];
};
