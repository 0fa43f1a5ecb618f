import type { Instant, IsoDate, Month } from './time.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

const millisecondsOf = (date: IsoDate): number => Date.parse(`${date}T00:00:00.000Z`);
const dateOf = (milliseconds: number): IsoDate => new Date(milliseconds).toISOString().slice(0, 10);

/** Whether the text is a day that exists: `2026-02-30` is none. */
export const isDate = (text: string): text is IsoDate => {
  if (!DATE.test(text)) return false;
  const at = millisecondsOf(text);
  return !Number.isNaN(at) && dateOf(at) === text;
};

export const isMonth = (text: string): text is Month => MONTH.test(text);

/** Whether the text is an instant in the one form that compares as text. */
export const isInstant = (text: string): text is Instant =>
  INSTANT.test(text) && isDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));

/** The day `days` later (earlier when negative). */
export const addDays = (date: IsoDate, days: number): IsoDate => dateOf(millisecondsOf(date) + days * DAY);

/** How many days later the second day is; negative when it is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number =>
  (millisecondsOf(to) - millisecondsOf(from)) / DAY;

/** The last day of a month. */
export const lastDayOf = (month: Month): IsoDate =>
  dateOf(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0));

/** The day that the region's clock shows. @param utcOffsetMinutes minutes east of UTC (WIB 420) */
export const localDateOf = (instant: Instant, utcOffsetMinutes: number): IsoDate =>
  dateOf(Date.parse(instant) + utcOffsetMinutes * MINUTE);

/** The instant at which a day begins in the region. */
export const startOfLocalDay = (date: IsoDate, utcOffsetMinutes: number): Instant =>
  new Date(millisecondsOf(date) - utcOffsetMinutes * MINUTE).toISOString();

/** Monday to Friday, less public holidays and collective leave. */
export const isWorkingDay = (date: IsoDate, holidays: ReadonlySet<IsoDate>): boolean => {
  const weekday = new Date(millisecondsOf(date)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(date);
};

/**
 * The n-th working day after a day, which itself does not count: the last day of a term of n working days.
 * @param n from 0 up; 0 is the day itself
 */
export const addWorkingDays = (
  date: IsoDate,
  n: number,
  holidays: ReadonlySet<IsoDate> | readonly IsoDate[],
): IsoDate => {
  const free = holidays instanceof Set ? holidays : new Set(holidays);
  let day = date;
  for (let left = n; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, free)) left--;
  }
  return day;
};

/** The months from one to another, both included, in order. */
export const monthsBetween = (from: Month, to: Month): Month[] => {
  const months: Month[] = [];
  let year = Number(from.slice(0, 4));
  let month = Number(from.slice(5));
  for (let next = from; next <= to; ) {
    months.push(next);
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year++;
    next = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
  }
  return months;
};

/**
 * Indonesia's public holidays that fall on the same date every year: New Year, Labour Day, Pancasila Day, Independence Day,
 * Christmas. The movable ones and collective leave are decreed each year; a region adds them to its policy.
 */
export const fixedHolidays = (fromYear: number, toYear: number): IsoDate[] => {
  const dates: IsoDate[] = [];
  for (let year = fromYear; year <= toYear; year++) {
    for (const day of ['01-01', '05-01', '06-01', '08-17', '12-25']) dates.push(`${year}-${day}`);
  }
  return dates;
};
