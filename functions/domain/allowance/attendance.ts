import { lastDayOf } from '../calendar.ts';
import { type Problem, problem } from '../problem.ts';
import type { Micro } from '../rounding.ts';
import { divideHalfUp, MICRO } from '../rounding.ts';
import type { Month } from '../time.ts';

/** What the attendance system says of a person in a month (presensi); leave (cuti) and duty elsewhere are no absence. */
export interface Attendance {
  readonly staffId: string;
  readonly month: Month;
  /** Days on which the person had to work. */
  readonly workingDays: number;
  /** Of those, days of absence without leave. */
  readonly absentDays: number;
  /** Minutes lost on the other days, by coming late or leaving early. */
  readonly lostMinutes: number;
  readonly version: number;
}

export type AttendanceFigures = Pick<Attendance, 'workingDays' | 'absentDays' | 'lostMinutes'>;

/** What no month can hold: OUT_OF_RANGE at the field. @param minutesADay of the policy */
export const checkAttendance = (
  month: Month,
  { workingDays, absentDays, lostMinutes }: AttendanceFigures,
  minutesADay: number,
): Problem[] => {
  const within = (path: string, value: number, maximum: number): Problem[] =>
    value < 0 || value > maximum ? [problem('OUT_OF_RANGE', path, { minimum: 0, maximum })] : [];
  const days = Number(lastDayOf(month).slice(8));
  const present = Math.max(workingDays - absentDays, 0);
  return [
    ...within('workingDays', workingDays, days),
    ...within('absentDays', absentDays, Math.max(workingDays, 0)),
    ...within('lostMinutes', lostMinutes, present * minutesADay),
  ];
};

/**
 * Discipline: the share of the working time that was kept, without steps, so that one minute never costs a class.
 * @returns micro-percent, 0 to 100, half-up; null in a month without a working day: there was nothing to keep
 */
export const disciplineOf = (
  { workingDays, absentDays, lostMinutes }: AttendanceFigures,
  minutesADay: number,
): Micro | null => {
  if (workingDays === 0) return null;
  const required = workingDays * minutesADay;
  const kept = Math.max(required - absentDays * minutesADay - lostMinutes, 0);
  return divideHalfUp(kept * 100 * MICRO, required);
};
