import type { Actor } from '../../domain/access-policy.ts';
import { type Attendance, checkAttendance } from '../../domain/allowance/attendance.ts';
import { isMonth, lastDayOf } from '../../domain/calendar.ts';
import { isInterested } from '../../domain/organisation/leading.ts';
import { assignmentOn, type Staff } from '../../domain/organisation/staff.ts';
import { policyOn } from '../../domain/period/policy.ts';
import { type Problem, problem } from '../../domain/problem.ts';
import type { Month } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { type ImportOutcome, type ImportRow, type PreparedRow, performImport } from '../import-rows.ts';
import { officerToday } from '../interest.ts';
import { findByNips } from '../staff/find-by-nips.ts';

export interface AttendanceRow {
  readonly nip: string;
  readonly month: Month;
  readonly workingDays: number;
  readonly absentDays: number;
  readonly lostMinutes: number;
}

/** A row takes two items, the attendance and its audit entry; DynamoDB takes a hundred. */
const ROWS_A_TRANSACTION = 50;

/**
 * Imports attendance by NIP and month; other figures correct the earlier ones, the same change nothing. Nobody imports their
 * own, or that of who leads them. @throws Rejection FORBIDDEN, REQUIRED, TOO_MANY
 */
export function importAttendance(
  deps: Deps,
  actor: Actor,
  input: readonly AttendanceRow[],
): Promise<ImportOutcome> {
  return performImport(deps, actor, 'Mutation.importAttendance', input, {
    named: { path: 'month', by: ({ nip, month }) => JSON.stringify([nip.trim(), month]) },
    rowsATransaction: ROWS_A_TRANSACTION,
    prepare: (together) => prepareAttendance(deps, actor, together),
  });
}

async function prepareAttendance(
  deps: Deps,
  actor: Actor,
  rows: readonly ImportRow<AttendanceRow>[],
): Promise<readonly PreparedRow[]> {
  const [{ organisation, officer, today }, policies, staff] = await Promise.all([
    officerToday(deps, actor),
    deps.store.policies.list(),
    findByNips(
      deps,
      rows.map(({ row }) => row.nip.trim()),
    ),
  ]);
  const known = await attendanceOf(deps, rows, staff);
  return rows.map(({ index, row }): PreparedRow => {
    const person = staff.get(row.nip.trim());
    const { month, workingDays, absentDays, lostMinutes } = row;
    const problems: Problem[] = [];
    if (person === undefined) problems.push(problem('NOT_FOUND', 'nip'));
    else if (isInterested(organisation, officer, [person.id], today))
      problems.push(problem('FORBIDDEN', 'nip'));
    if (!isMonth(month)) problems.push(problem('INVALID_FORMAT', 'month', { value: month }));
    else {
      if (month > today.slice(0, 7))
        problems.push(problem('OUT_OF_RANGE', 'month', { maximum: today.slice(0, 7) }));
      if (person !== undefined && !servedIn(person, month)) problems.push(problem('NOT_MEMBER', 'month'));
      const { minutesADay } = policyOn(policies, lastDayOf(month)).rules.allowance;
      problems.push(...checkAttendance(month, row, minutesADay));
    }
    if (person === undefined || problems.length > 0) return { index, problems };
    const before = known.get(keyOf(person.id, month)) ?? null;
    if (
      before?.workingDays === workingDays &&
      before.absentDays === absentDays &&
      before.lostMinutes === lostMinutes
    )
      return { index, unchanged: true };
    const after: Attendance = {
      staffId: person.id,
      month,
      workingDays,
      absentDays,
      lostMinutes,
      version: before?.version ?? 0,
    };
    return { index, write: deps.store.attendance.save(before, after) };
  });
}

/** Whether the person served on some day of the month. */
const servedIn = (staff: Staff, month: Month): boolean =>
  assignmentOn(staff, lastDayOf(month)) !== null ||
  staff.assignments.some(
    ({ from, to }) =>
      from <= lastDayOf(month) &&
      (to === null || to >= `${month}-01`) &&
      (staff.retiredFrom === null || staff.retiredFrom > `${month}-01`),
  );

const keyOf = (staffId: string, month: Month): string => `${staffId} ${month}`;

async function attendanceOf(
  { store }: Deps,
  rows: readonly ImportRow<AttendanceRow>[],
  staff: ReadonlyMap<string, Staff>,
): Promise<ReadonlyMap<string, Stored<Attendance>>> {
  const keys = new Map(
    rows.flatMap(({ row }) => {
      const person = staff.get(row.nip.trim());
      if (person === undefined || !isMonth(row.month)) return [];
      return [[keyOf(person.id, row.month), { staffId: person.id, month: row.month }] as const];
    }),
  );
  const found = await store.attendance.getMany([...keys.values()]);
  return new Map(found.flatMap((each) => (each === null ? [] : [[keyOf(each.staffId, each.month), each]])));
}
