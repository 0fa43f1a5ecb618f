import type { FunctionalLevel } from '../allowance/credit.ts';
import type { IsoDate } from '../time.ts';
import type { Absence } from './absence.ts';
import {
  chainOf,
  headedUnitOn,
  headOn,
  isWithin,
  type Organisation,
  type Unit,
  unitsHeadedFrom,
  unitsHeadedOn,
} from './organisation.ts';

export type Employment = 'PNS' | 'PPPK';

/** Where a staff member serves from a day on, until and including another (null: still). */
export interface Assignment {
  readonly unitId: string;
  /** Shard of the unit's collections that the person belongs to, 0 ≤ shard < unit.shardCount. */
  readonly shard: number;
  /** Position (jabatan). */
  readonly position: string;
  /** Job group of the ranking (rumpun jabatan), for example `nurse`. */
  readonly jobGroup: string;
  /** An assessor other than the head of the unit (art. 1 number 9: delegated authority); null: the head. */
  readonly assessorId: string | null;
  /** Of a functional position (jenjang jabatan fungsional); null: the position is none. */
  readonly functionalLevel: FunctionalLevel | null;
  /** Class of the position (kelas jabatan), 1 to 17, by which the allowance is paid; null: not decided. */
  readonly positionClass: number | null;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
}

/** A civil servant (pegawai ASN). */
export interface Staff {
  readonly id: string;
  readonly nip: string;
  readonly name: string;
  readonly employment: Employment;
  /** Rank and class (pangkat, golongan ruang), as written in documents. */
  readonly grade: string | null;
  /** Where mails go; null: none. For the person and who administers, nobody else. */
  readonly email: string | null;
  /** Oldest first, no gaps needed, no overlaps. */
  readonly assignments: readonly Assignment[];
  readonly retiredFrom: IsoDate | null;
  /** Homes of years that a change of the assignments would have moved: they stay where they were; see `homeInYear`. */
  readonly homes: Homes;
  /** Times in which the person does not serve, oldest first, no overlaps. */
  readonly absences: readonly Absence[];
  readonly version: number;
}

/** Work collections by year, `2026`. */
export type Homes = Readonly<Record<string, WorkCollection>>;

/**
 * One stay of a person in a unit, as the close reads it from the unit's roster.
 * `homes` names the work collections of the years whose plan, realisations and ratings lie elsewhere, see `homeOf`.
 */
export interface Membership {
  readonly staffId: string;
  readonly unitId: string;
  readonly shard: number;
  readonly position: string;
  readonly jobGroup: string;
  readonly assessorId: string | null;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  /** Homes of years of the stay that are other collections than this one. */
  readonly homes: Homes;
  /** First day of the service without a gap that the stay belongs to; null in items that are older than the field: the stay's. */
  readonly servesFrom: IsoDate | null;
  /** Absences from the beginning of the stay's first year on. */
  readonly absences: readonly Absence[];
}

/** A unit's shard: the address, with a year, of one item collection of work. */
export interface WorkCollection {
  readonly unitId: string;
  readonly shard: number;
}

/** Who assesses a person, and the unit whose distribution the person counts in. */
export interface AssessorOfRecord {
  /** Null: nobody, as for the head of a root unit. */
  readonly assessorId: string | null;
  /** The unit that the assessor heads, or in which a delegated assessor acts; null without an assessor. */
  readonly assessedInUnitId: string | null;
}

/** A person in a unit, as an assignment or a membership says it. */
export interface Placed {
  readonly staffId: string;
  readonly unitId: string;
  /** A delegated assessor; null: the hierarchy decides. */
  readonly assessorId: string | null;
}

const NOBODY: AssessorOfRecord = { assessorId: null, assessedInUnitId: null };

/** Whether somebody's service is over on a day: an end of it may be entered years ahead. */
export const hasLeft = ({ retiredFrom }: Pick<Staff, 'retiredFrom'>, date: IsoDate): boolean =>
  retiredFrom !== null && date >= retiredFrom;

/** Where a staff member serves on a day; null: nowhere, or retired by then. */
export const assignmentOn = (
  staff: Pick<Staff, 'assignments' | 'retiredFrom'>,
  date: IsoDate,
): Assignment | null => {
  if (hasLeft(staff, date)) return null;
  return staff.assignments.findLast((assignment) => isWithin(assignment, date)) ?? null;
};

/** A staff member's place on a day, as `assessorOn` wants it; null: none. */
export const placeOn = (staff: Staff, date: IsoDate): Placed | null => {
  const assignment = assignmentOn(staff, date);
  return assignment && { staffId: staff.id, unitId: assignment.unitId, assessorId: assignment.assessorId };
};

/**
 * The assessor of a person on a day (pejabat penilai kinerja): a delegated one where the assignment names one; else the head
 * of the unit; for whoever heads that unit or one above it, the head of the nearest unit further up. Vacant posts are
 * skipped upwards. The unit is the one that the assessor heads (annex, chapter IV B 1 g): of a delegated assessor's the nearest
 * above the person, else the first by code; one who heads none acts in the person's own.
 */
export const assessorOn = (organisation: Organisation, placed: Placed, date: IsoDate): AssessorOfRecord => {
  const chain = chainOf(organisation, placed.unitId);
  const delegated = placed.assessorId;
  if (delegated !== null && delegated !== placed.staffId) {
    const headed =
      chain.find((unit) => headOn(unit, date) === delegated) ??
      unitsHeadedOn(organisation, delegated, date)[0];
    return { assessorId: delegated, assessedInUnitId: headed?.id ?? placed.unitId };
  }
  return nearestHead(chain, new Set([placed.staffId]), date);
};

/** As `assessorOn`, from a staff member; nobody while they serve nowhere. */
export const assessorOfStaffOn = (
  organisation: Organisation,
  staff: Staff,
  date: IsoDate,
): AssessorOfRecord => {
  const placed = placeOn(staff, date);
  return placed === null ? NOBODY : assessorOn(organisation, placed, date);
};

/**
 * The assessor's superior (atasan pejabat penilai), who decides objections: the nearest head from the unit of the assessment
 * upwards who is neither the assessor nor the person assessed; null: nobody.
 */
export const assessorsSuperior = (
  organisation: Organisation,
  staffId: string,
  { assessorId, assessedInUnitId }: AssessorOfRecord,
  date: IsoDate,
): string | null => superiorOf(organisation, staffId, { assessorId, assessedInUnitId }, date).assessorId;

/** The same as one who evaluates in the assessor's place, with the unit that they head. */
export const superiorOf = (
  organisation: Organisation,
  staffId: string,
  { assessorId, assessedInUnitId }: AssessorOfRecord,
  date: IsoDate,
): AssessorOfRecord =>
  assessorId === null || assessedInUnitId === null
    ? NOBODY
    : nearestHead(chainOf(organisation, assessedInUnitId), new Set([assessorId, staffId]), date);

/** Whether a person is assessed by the head of the region alone: heads a unit, and nobody is above them (annex, chapter IV A 12). */
export const isAssessedByRegionalHead = (
  organisation: Organisation,
  staff: Staff,
  date: IsoDate,
): boolean => {
  const placed = placeOn(staff, date);
  return (
    placed !== null &&
    assessorOn(organisation, placed, date).assessorId === null &&
    headedUnitOn(organisation, placed, date) !== null
  );
};

/** The first head above every unit of the chain that one of `below` heads: nobody is assessed by somebody they lead. */
const nearestHead = (chain: readonly Unit[], below: ReadonlySet<string>, date: IsoDate): AssessorOfRecord => {
  let found = NOBODY;
  for (const unit of chain) {
    const head = headOn(unit, date);
    if (head === null) continue;
    if (below.has(head)) found = NOBODY;
    else if (found === NOBODY) found = { assessorId: head, assessedInUnitId: unit.id };
  }
  return found;
};

/** The unit that a new assignment would take a person away from while they head it then or later: at most one. */
export const unitsHeadedAndLeft = (
  organisation: Organisation,
  staff: Pick<Staff, 'id' | 'assignments'>,
  next: Pick<Assignment, 'unitId' | 'from'>,
): Unit[] => {
  const left = staff.assignments.at(-1)?.unitId;
  return left === next.unitId
    ? []
    : unitsHeadedFrom(organisation, staff.id, next.from).filter(({ id }) => id === left);
};

/**
 * The months of a year (`01` to `12`) from the one in which a person comes into service: over them a target of the year is spread. All
 * where they serve at its beginning, or in none of it.
 */
export const monthsServed = (
  staff: Pick<Staff, 'assignments' | 'retiredFrom'>,
  year: number,
): readonly string[] => {
  const first = `${year}-01-01`;
  const begins = staff.assignments.find(({ from }) => from > first && yearOf(from) === year)?.from ?? first;
  const month = assignmentOn(staff, first) === null ? Number(begins.slice(5, 7)) : 1;
  return MONTHS.slice(month - 1);
};

const MONTHS = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'));

/**
 * Where a person's plan, realisations and ratings of a year lie: with the stay that they were in on 1 January, or the
 * first that began in the year; null when they serve nowhere in it. A later change of the assignments moves no data: it pins
 * the home as it was.
 */
export const homeInYear = (
  { assignments, homes }: Pick<Staff, 'assignments' | 'homes'>,
  year: number,
): WorkCollection | null => {
  const pinned = homes[year];
  if (pinned !== undefined) return pinned;
  const stay = assignments.find(({ to }) => to === null || to >= `${year}-01-01`);
  return stay === undefined || stay.from > `${year}-12-31`
    ? null
    : { unitId: stay.unitId, shard: stay.shard };
};

/** The same, as a stay remembers it. */
export const homeOf = ({ unitId, shard, homes }: Membership, year: number): WorkCollection =>
  homes[year] ?? { unitId, shard };

/**
 * A person with other assignments. Each year up to the one after today's, for which there may be a plan already, keeps the
 * home that it had; only a year without one gets one, and a year that a retirement left empty has none.
 */
export const withAssignments = (staff: Staff, assignments: readonly Assignment[], today: IsoDate): Staff => {
  const after: Staff = { ...staff, assignments };
  const homes: Record<string, WorkCollection> = { ...staff.homes };
  const first = staff.assignments[0];
  if (first === undefined) return after;
  for (let year = yearOf(first.from); year <= yearOf(today) + 1; year += 1) {
    const home =
      staff.retiredFrom !== null && staff.retiredFrom <= `${year}-01-01` ? null : homeInYear(staff, year);
    if (home !== null && !isSameCollection(home, homeInYear(after, year))) homes[year] = home;
  }
  return { ...after, homes };
};

const yearOf = (date: IsoDate): number => Number(date.slice(0, 4));

export const isSameCollection = (a: WorkCollection, b: WorkCollection | null): boolean =>
  a.unitId === b?.unitId && a.shard === b.shard;

/** Whether the stay includes a day. */
export const wasMemberOn = (membership: Pick<Membership, 'from' | 'to'>, date: IsoDate): boolean =>
  isWithin(membership, date);
