import type { Actor } from '../../domain/access-policy.ts';
import type { FunctionalLevel } from '../../domain/allowance/credit.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
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
import { readEmail, readPositionClass, shardOf, withNextAssignment, withoutTrail } from './staff-change.ts';

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
 * A person takes up to twelve items (themselves, audit entry, the unit that they join, the stay that ends, the new one, one to
 * come, three that ended, two for the assessor whom they name, one where they return from a retirement), rarely more, and all
 * rows together one gate and the organisation's version. DynamoDB takes a hundred.
 */
const ROWS_A_TRANSACTION = 7;

/**
 * Adds or completes staff by NIP. A row that would take the head of a unit away from it is refused as a transfer is: another
 * head, or nobody, is named first. FORBIDDEN for a row that would change one's own service; name and address one may import.
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
      const inRequest = new Map(together.map(({ row }) => [row.nip.trim(), importedId('s', row.nip.trim())]));
      const prepared: PreparedRow[] = [];
      for (const { index, row } of together) {
        const check = checkInput();
        const before = known.get(row.nip.trim()) ?? null;
        const assessorNip = row.assessorNip?.trim() || null;
        const assessorId =
          assessorNip === null
            ? null
            : (assessors.get(assessorNip)?.id ?? inRequest.get(assessorNip) ?? undefined);
        if (assessorId === undefined) check.add('NOT_FOUND', 'assessorNip');
        const assessor = assessorNip === null ? undefined : assessors.get(assessorNip);
        // What was imported while the assessor served is still known, and repeating it changes nothing.
        const unitId = unitByCode(organisation, row.unitCode.trim())?.id;
        const named = before?.assignments.some(
          (one) => one.from === row.from && one.assessorId === assessorId && one.unitId === unitId,
        );
        if (assessor !== undefined && assessor.retiredFrom !== null && named !== true)
          check.add('RETIRED', 'assessorNip');
        if (assessorId != null && assessorId === actor.staffId && named !== true)
          check.add('FORBIDDEN', 'assessorNip');
        const staff = staffOf({ organisation, today }, before, row, assessorId ?? null, check);
        if (before !== null && before.id === actor.staffId && isServiceChanged(before, staff))
          check.add('FORBIDDEN', 'nip');
        if (check.problems.length > 0) prepared.push({ index, problems: check.problems });
        else if (before !== null && canonicalJson(withoutTrail(before)) === canonicalJson(staff))
          prepared.push({ index, unchanged: true });
        else {
          // A head is named on the organisation's version: whoever leaves a unit holds it still.
          const leaves =
            before !== null && before.assignments.at(-1)?.unitId !== staff.assignments.at(-1)?.unitId;
          const conditions = leaves ? { organisationVersion: organisation.version } : {};
          prepared.push({ index, write: deps.store.staff.save(before, staff, conditions) });
        }
      }
      return prepared;
    },
    reconsider: (index, refusal) => {
      if (refusal.code !== 'ALREADY_EXISTS' || registered.has(index)) return false;
      registered.add(index);
      return true;
    },
  });
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
  // A file without these columns says nothing about them: what is known of the same stay holds.
  const same = before?.assignments.find(({ from }) => from === row.from);
  const next: Assignment = {
    unitId: unit?.id ?? '',
    shard: shardOf(id, unit?.shardCount ?? 1),
    position: check.line('position', row.position, LENGTHS.name),
    jobGroup: check.line('jobGroup', row.jobGroup, LENGTHS.kind),
    assessorId,
    functionalLevel: row.functionalLevel ?? same?.functionalLevel ?? null,
    positionClass:
      readPositionClass('positionClass', row.positionClass, check) ?? same?.positionClass ?? null,
    from: row.from,
    to: null,
  };
  const written = {
    nip,
    name: check.line('name', row.name, LENGTHS.name),
    employment: row.employment,
    grade: check.optionalLine('grade', row.grade, LENGTHS.kind),
    email: readEmail(row.email, check) ?? before?.email ?? null,
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
