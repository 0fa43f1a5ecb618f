import type { Actor } from '../../domain/access-policy.ts';
import type { FunctionalLevel } from '../../domain/allowance/credit.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { isLedByFrom } from '../../domain/organisation/leading.ts';
import { checkNip } from '../../domain/organisation/nip.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import {
  type Assignment,
  type Employment,
  type Staff,
  unitsHeadedAndLeft,
} from '../../domain/organisation/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { checkInput, type InputCheck, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { type ImportOutcome, type PreparedRow, performImport } from '../import-rows.ts';
import { importedId } from '../new-id.ts';
import { regionToday } from '../region-clock.ts';
import { unitByCode } from '../unit/organisation-change.ts';
import { findByNips } from './find-by-nips.ts';
import {
  type Delegations,
  delegationsFrom,
  LED,
  leftBehind,
  readEmail,
  readPositionClass,
  shardOf,
  withNextAssignment,
  withoutTrail,
} from './staff-change.ts';

export interface StaffRow {
  readonly nip: string;
  readonly name: string;
  readonly employment: Employment;
  readonly grade?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly unitCode: string;
  readonly position: string;
  readonly jobGroup: string;
  readonly assessorNip?: string | null | undefined;
  readonly functionalLevel?: FunctionalLevel | null | undefined;
  readonly positionClass?: number | null | undefined;
  readonly from: IsoDate;
}

/**
 * A person takes up to thirteen items (themselves, audit entry, the unit that they join, the stay that ends, the new one, one to
 * come, three that ended, two for the assessor whom they name, two for whom they assess and a return from a retirement), rarely more,
 * and all rows together one gate and the organisation's version. DynamoDB takes a hundred.
 */
const ROWS_A_TRANSACTION = 7;

/**
 * Adds or completes staff by NIP. A row that would take the head of a unit, or a named assessor, away from it is refused as a transfer
 * is: another head, or nobody, is named first, and another assessor. FORBIDDEN for a row that would change one's own service; name and
 * address one may import.
 * @throws Rejection FORBIDDEN, REQUIRED, TOO_MANY
 */
export function importStaff(deps: Deps, actor: Actor, input: readonly StaffRow[]): Promise<ImportOutcome> {
  /** Rows whose NIP turned out to belong to somebody who was registered by hand. */
  const registered = new Set<number>();
  return performImport(deps, actor, 'Mutation.importStaff', input, {
    named: { path: 'nip', by: ({ nip }) => nip },
    rowsATransaction: ROWS_A_TRANSACTION,
    prepare: async (together) => {
      const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
      const assessors = await findByNips(
        deps,
        together.flatMap(({ row }) => row.assessorNip?.trim() || []),
      );
      /** Whether only the repetition of what is so already may name the row's assessor: then whom the row means must be known. */
      const repeats = ({ assessorNip }: StaffRow) => {
        const assessor = assessors.get(assessorNip?.trim() ?? '');
        return assessor != null && (assessor.retiredFrom !== null || assessor.id === actor.staffId);
      };
      const known = await knownStaff(
        deps,
        together.map(({ index, row }) => ({
          nip: row.nip.trim(),
          byHand: registered.has(index) || repeats(row),
        })),
      );
      /** People as the rows so far leave them: only these and who is known already can be somebody's assessor. */
      const growing = new Map<string, Staff>();
      const idInRows = new Map<string, string>();
      const prepared: (PreparedRow & { readonly change?: Change })[] = [];
      for (const { index, row } of together) {
        const check = checkInput();
        const before = known.get(row.nip.trim()) ?? null;
        const assessorNip = row.assessorNip?.trim() || null;
        const same = before?.assignments.find(({ from }) => from === row.from);
        const kept = row.assessorNip === undefined ? (same?.assessorId ?? null) : null;
        const assessorId =
          assessorNip === null ? kept : (assessors.get(assessorNip)?.id ?? idInRows.get(assessorNip));
        if (assessorId === undefined) check.add('NOT_FOUND', 'assessorNip');
        const assessor = assessorNip === null ? undefined : assessors.get(assessorNip);
        // What was imported while the assessor served is still known, and repeating it changes nothing.
        const unitId = unitByCode(organisation, row.unitCode.trim())?.id;
        const named = before?.assignments.some(
          (one) => one.from === row.from && one.assessorId === assessorId && one.unitId === unitId,
        );
        if (assessor !== undefined && assessor.retiredFrom !== null && named !== true)
          check.add('RETIRED', 'assessorNip');
        if (assessorNip !== null && assessorId === actor.staffId && named !== true)
          check.add('FORBIDDEN', 'assessorNip');
        const staff = staffOf({ organisation, today }, before, row, assessorId ?? null, check);
        const names = assessorNip !== null && assessorId !== undefined && named !== true;
        const led = names ? (growing.get(assessorId ?? '') ?? assessor) : undefined;
        if (led !== undefined && isLedByFrom(organisation, led, staff.id, row.from))
          check.add('NOT_APPLICABLE', 'assessorNip', LED);
        // Who leaves a unit heads it no more, and is named assessor by nobody who knew them there.
        const leaves =
          before !== null && before.assignments.at(-1)?.unitId !== staff.assignments.at(-1)?.unitId;
        let assessed: Delegations | null = null;
        if (before !== null && (leaves || names) && check.problems.length === 0) {
          assessed = await delegationsFrom(deps, before.id, row.from);
          for (const id of leftBehind(assessed, before, staff, row.from))
            check.add('IN_USE', 'unitCode', { id });
        }
        if (before !== null && before.id === actor.staffId && isServiceChanged(before, staff))
          check.add('FORBIDDEN', 'nip');
        if (check.problems.length > 0) prepared.push({ index, problems: check.problems });
        else if (before !== null && canonicalJson(withoutTrail(before)) === canonicalJson(staff))
          prepared.push({ index, unchanged: true });
        else {
          growing.set(staff.id, staff);
          idInRows.set(staff.nip, staff.id);
          // A head is named on the organisation's version: whoever leaves a unit, or names an assessor, holds it still.
          const conditions =
            assessed === null
              ? {}
              : { organisationVersion: organisation.version, delegationVersion: assessed.version };
          const write = deps.store.staff.save(before, staff, conditions);
          prepared.push({ index, write, change: { staff, leaves, isHeld: assessed !== null } });
        }
      }
      return apart(prepared);
    },
    reconsider: (index, refusal) => {
      if (refusal.code !== 'ALREADY_EXISTS' || registered.has(index)) return false;
      registered.add(index);
      return true;
    },
  });
}

/** What a row writes. */
interface Change {
  readonly staff: Staff;
  readonly leaves: boolean;
  /** Only while nobody else names the person as assessor. */
  readonly isHeld: boolean;
}

/**
 * The rows that go into one transaction. Who is held and who names them do not go together: whoever leaves a unit comes first, the
 * other later.
 */
function apart(rows: readonly (PreparedRow & { readonly change?: Change })[]): readonly PreparedRow[] {
  const kept: Change[] = [];
  const later = new Set<number>();
  const names = (one: Change, other: Change): boolean =>
    other.isHeld && one.staff.assignments.some(({ assessorId }) => assessorId === other.staff.id);
  const changes = rows.flatMap(({ index, change }) => (change === undefined ? [] : [{ index, change }]));
  for (const { index, change } of changes.sort((a, b) => Number(b.change.leaves) - Number(a.change.leaves))) {
    if (kept.some((each) => names(each, change) || names(change, each))) later.add(index);
    else kept.push(change);
  }
  return rows.map((row) => (later.has(row.index) ? { index: row.index, later: true } : row));
}

async function knownStaff(
  deps: Deps,
  wanted: readonly { readonly nip: string; readonly byHand: boolean }[],
): Promise<ReadonlyMap<string, Stored<Staff>>> {
  const found = await deps.store.staff.getMany(wanted.map(({ nip }) => importedId('s', nip)));
  const known = new Map<string, Stored<Staff>>();
  for (const staff of found) if (staff !== null) known.set(staff.nip, staff);
  const others = await Promise.all(
    wanted
      .filter(({ nip, byHand }) => byHand && !known.has(nip))
      .map(({ nip }) => deps.store.staff.findByNip(nip)),
  );
  for (const staff of others) if (staff !== null) known.set(staff.nip, staff);
  return known;
}

function staffOf(
  { organisation, today }: { readonly organisation: Organisation; readonly today: IsoDate },
  before: Stored<Staff> | null,
  row: StaffRow,
  assessorId: string | null,
  check: InputCheck,
): Staff {
  const nip = row.nip.trim();
  check.addAll(checkNip(nip, row.employment, today));
  check.day('from', row.from, today);
  const id = before?.id ?? importedId('s', nip);
  const unit = unitByCode(organisation, row.unitCode.trim());
  if (unit === null) check.add('NOT_FOUND', 'unitCode', { id: row.unitCode.trim() });
  else if (unit.retiredFrom !== null) check.add('RETIRED', 'unitCode', { id: unit.code });
  if (assessorId === id) check.add('SELF_AS_OTHER', 'assessorNip');
  // A file without a column says nothing about it: what is known holds, of the same stay; an empty cell clears it.
  const same = before?.assignments.find(({ from }) => from === row.from);
  const next: Assignment = {
    unitId: unit?.id ?? '',
    shard: shardOf(id, unit?.shardCount ?? 1),
    position: check.line('position', row.position, LENGTHS.name),
    jobGroup: check.line('jobGroup', row.jobGroup, LENGTHS.kind),
    assessorId,
    functionalLevel:
      (row.functionalLevel === undefined ? same?.functionalLevel : row.functionalLevel) ?? null,
    positionClass:
      row.positionClass === undefined
        ? (same?.positionClass ?? null)
        : readPositionClass('positionClass', row.positionClass, check),
    from: row.from,
    to: null,
  };
  const written = {
    nip,
    name: check.line('name', row.name, LENGTHS.name),
    employment: row.employment,
    grade:
      row.grade === undefined
        ? (before?.grade ?? null)
        : check.optionalLine('grade', row.grade, LENGTHS.kind),
    email: row.email === undefined ? (before?.email ?? null) : readEmail(row.email, check),
  };
  if (before === null)
    return { id, ...written, assignments: [next], retiredFrom: null, homes: {}, absences: [], version: 0 };
  const staff: Staff = { ...withoutTrail(before), ...written };
  if (isKnown(before, next)) return staff;
  if (unit !== null)
    for (const { code } of unitsHeadedAndLeft(organisation, before, next))
      check.add('IN_USE', 'unitCode', { id: code });
  return withNextAssignment(staff, next, today, check, 'from');
}

const isServiceChanged = (before: Staff, after: Staff): boolean =>
  before.retiredFrom !== after.retiredFrom ||
  canonicalJson(before.assignments) !== canonicalJson(after.assignments);

/** A row about an earlier stay that says what is known already changes nothing. */
function isKnown({ assignments }: Staff, next: Assignment): boolean {
  const same = assignments.find(({ from }) => from === next.from);
  return same !== undefined && canonicalJson({ ...same, to: null }) === canonicalJson(next);
}
