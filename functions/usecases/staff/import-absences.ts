import type { Actor } from '../../domain/access-policy.ts';
import { type Absence, checkAbsences } from '../../domain/organisation/absence.ts';
import { isInterested } from '../../domain/organisation/leading.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { type Problem, problem } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { type ImportOutcome, type ImportRow, type PreparedRow, performImport } from '../import-rows.ts';
import { officerToday } from '../interest.ts';
import { findByNips } from './find-by-nips.ts';
import { withoutTrail } from './staff-change.ts';

export interface AbsenceRow {
  readonly nip: string;
  readonly kind: Absence['kind'];
  readonly from: IsoDate;
  readonly to?: IsoDate | null | undefined;
}

/** A row takes some eight items, as one of importStaff does; several absences of one person come one after the other. */
const ROWS_A_TRANSACTION = 7;

/**
 * Imports times of absence by NIP, a row each. One of the same kind that begins on the same day is the same one: its last day is
 * corrected. Others of the person stay as they are, and none may overlap. Nobody imports their own,
 * or those of who leads them.
 * @throws Rejection FORBIDDEN, REQUIRED, TOO_MANY
 */
export function importAbsences(
  deps: Deps,
  actor: Actor,
  input: readonly AbsenceRow[],
): Promise<ImportOutcome> {
  return performImport(deps, actor, 'Mutation.importAbsences', input, {
    named: { path: 'from', by: ({ nip, from }) => JSON.stringify([nip.trim(), from]) },
    rowsATransaction: ROWS_A_TRANSACTION,
    prepare: (together) => prepare(deps, actor, together),
  });
}

async function prepare(
  deps: Deps,
  actor: Actor,
  rows: readonly ImportRow<AbsenceRow>[],
): Promise<readonly PreparedRow[]> {
  const [{ organisation, officer, today }, staff] = await Promise.all([
    officerToday(deps, actor),
    findByNips(
      deps,
      rows.map(({ row }) => row.nip.trim()),
    ),
  ]);
  const changing = new Set<string>();
  return rows.map(({ index, row }): PreparedRow => {
    const before = staff.get(row.nip.trim());
    if (before === undefined) return { index, problems: [problem('NOT_FOUND', 'nip')] };
    if (isInterested(organisation, officer, [before.id], today))
      return { index, problems: [problem('FORBIDDEN', 'nip')] };
    // What it is to be compared with is known once the row before it is written.
    if (changing.has(before.id)) return { index, later: true };
    const absence: Absence = { kind: row.kind, from: row.from, to: row.to ?? null };
    const absences = withAbsence(before.absences, absence);
    const problems = checkRow(absence, absences, today);
    if (problems.length > 0) return { index, problems };
    if (JSON.stringify(absences) === JSON.stringify(before.absences)) return { index, unchanged: true };
    changing.add(before.id);
    const after: Staff = { ...withoutTrail(before), absences };
    return { index, write: deps.store.staff.save(before, after) };
  });
}

const withAbsence = (absences: readonly Absence[], added: Absence): Absence[] =>
  [...absences.filter(({ kind, from }) => kind !== added.kind || from !== added.from), added].sort((a, b) =>
    a.from < b.from ? -1 : 1,
  );

/** What is wrong with the row, and with what it does to the person's other absences. */
function checkRow({ from, to }: Absence, absences: readonly Absence[], today: IsoDate): readonly Problem[] {
  const check = checkInput();
  check.day('from', from, today);
  if (to !== null) check.day('to', to, today);
  if (to !== null && to < from) check.add('OUT_OF_RANGE', 'to', { minimum: from });
  else if (checkAbsences(absences).length > 0) check.add('OUT_OF_RANGE', 'from');
  return check.problems;
}
