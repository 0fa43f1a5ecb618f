import { createHash } from 'node:crypto';
import type { Actor, Operation } from '../../domain/access-policy.ts';
import type { FunctionalLevel } from '../../domain/allowance/credit.ts';
import { addDays } from '../../domain/calendar.ts';
import { isLedByFrom, servesElsewhereIn } from '../../domain/organisation/leading.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import {
  type Assignment,
  type Membership,
  type Staff,
  withAssignments,
} from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise, type Capacity } from '../authorise.ts';
import { type InputCheck, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';

/** @throws Rejection NOT_FOUND at `id` */
export async function requireStaff({ store }: Deps, id: string): Promise<Stored<Staff>> {
  const staff = await store.staff.get(id);
  if (staff === null) throw reject('NOT_FOUND', 'id', { id });
  return staff;
}

/**
 * Whether an actor may decide on a person's service: never on their own, for it decides who assesses them, on how many days and what they
 * are paid. Somebody else of the personnel office does. @throws Rejection FORBIDDEN, at `id` for oneself
 */
export async function authoriseService(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  staffId: string,
): Promise<Capacity> {
  const as = await authorise(deps, actor, operation);
  if (actor.staffId === staffId) throw reject('FORBIDDEN', 'id');
  return as;
}

/** Reads a staff member after they were written. */
export const readStaff = (deps: Deps) => (id: string) => requireStaff(deps, id);

export const withoutTrail = ({ auditHash: _, ...staff }: Stored<Staff>): Staff => staff;

export interface AssignmentInput {
  readonly unitId: string;
  readonly position: string;
  readonly jobGroup: string;
  readonly assessorId?: string | null | undefined;
  readonly functionalLevel?: FunctionalLevel | null | undefined;
  readonly positionClass?: number | null | undefined;
  readonly from: IsoDate;
}

/** The shard of a unit that a person belongs to: by hash, so that shards fill alike and an import repeats it. */
export const shardOf = (staffId: string, shardCount: number): number =>
  createHash('sha256').update(staffId).digest().readUInt32BE(0) % shardCount;

/**
 * Makes an assignment of an input, and notes what is wrong with it under `assignment`: also FORBIDDEN for whoever names themselves as
 * assessor, and NOT_APPLICABLE for an assessor whom the person leads then or later (`isLedByFrom`).
 */
export async function readAssignment(
  { store }: Deps,
  {
    organisation,
    today,
    by,
  }: { readonly organisation: Organisation; readonly today: IsoDate; readonly by: Actor },
  staffId: string,
  input: AssignmentInput,
  check: InputCheck,
): Promise<Assignment> {
  const path = 'assignment';
  const { unitId, from } = input;
  check.day(`${path}.from`, from, today);
  const assessorId = input.assessorId ?? null;
  const unit = organisation.units.get(unitId);
  if (unit === undefined) check.add('NOT_FOUND', `${path}.unitId`, { id: unitId });
  else if (unit.retiredFrom !== null) check.add('RETIRED', `${path}.unitId`, { id: unit.code });
  if (assessorId === staffId) check.add('SELF_AS_OTHER', `${path}.assessorId`);
  else if (assessorId !== null && assessorId === by.staffId) check.add('FORBIDDEN', `${path}.assessorId`);
  else if (assessorId !== null) {
    const assessor = await store.staff.get(assessorId);
    if (assessor === null) check.add('NOT_FOUND', `${path}.assessorId`, { id: assessorId });
    else if (assessor.retiredFrom !== null) check.add('RETIRED', `${path}.assessorId`, { id: assessorId });
    else if (isLedByFrom(organisation, assessor, staffId, from))
      check.add('NOT_APPLICABLE', `${path}.assessorId`, LED);
  }
  return {
    unitId,
    shard: shardOf(staffId, unit?.shardCount ?? 1),
    position: check.line(`${path}.position`, input.position, LENGTHS.name),
    jobGroup: check.line(`${path}.jobGroup`, input.jobGroup, LENGTHS.kind),
    assessorId,
    functionalLevel: input.functionalLevel ?? null,
    positionClass: readPositionClass(`${path}.positionClass`, input.positionClass, check),
    from,
    to: null,
  };
}

/** Nobody is assessed by somebody they lead: as whom such an assessor is refused. */
export const LED = { to: 'SUBORDINATE' } as const;

/** Who is assessed by a person as their named assessor on a day or later. */
export interface Delegations {
  /** For the condition of the save: whoever names the person after this reading is found by it. */
  readonly version: number;
  readonly stays: readonly Membership[];
}

export async function delegationsFrom(
  { store }: Deps,
  assessorId: string,
  from: IsoDate,
): Promise<Delegations> {
  const version = await store.staff.delegationVersion(assessorId);
  return { version, stays: version === 0 ? [] : await store.staff.assessedFrom(assessorId, from) };
}

/** Whom somebody would go on assessing as their named assessor out of another unit than was known when they were named. */
export const leftBehind = (
  { stays }: Delegations,
  before: Staff,
  after: Staff,
  from: IsoDate,
): ReadonlySet<string> =>
  new Set(stays.filter((stay) => servesElsewhereIn(stay, before, after, from)).map(({ staffId }) => staffId));

const HIGHEST_POSITION_CLASS = 17;

/** A class of position (kelas jabatan); OUT_OF_RANGE is noted at `path`. */
export const readPositionClass = (
  path: string,
  value: number | null | undefined,
  check: InputCheck,
): number | null => (value == null ? null : check.integer(path, value, 1, HIGHEST_POSITION_CLASS));

/**
 * A person whose stays still to come from a day on have given way: what was entered ahead is a plan, and whoever dies, leaves or is
 * moved before it comes true needs another. The stay before goes on again. What has begun by today is history and stays.
 */
export function withoutStaysToCome(staff: Staff, from: IsoDate, today: IsoDate): Staff {
  const kept = staff.assignments.filter((one) => one.from <= today || one.from < from);
  const [last, gone] = [kept.at(-1), staff.assignments[kept.length]];
  if (last === undefined || gone === undefined) return staff;
  const isEndedByIt = last.to === addDays(gone.from, -1);
  return withAssignments(staff, isEndedByIt ? [...kept.slice(0, -1), { ...last, to: null }] : kept, today);
}

/**
 * A person with a new assignment at the end; the one before ends the day before. One that begins on the same day as the last
 * replaces it. Whoever has retired serves again: a contract was renewed, or the day was wrong; a retirement still to come stays where
 * the assignment begins before it. Notes OUT_OF_RANGE when it begins before the last one, or before a retirement that was: history
 * is not rewritten.
 */
export function withNextAssignment(
  staff: Staff,
  next: Assignment,
  today: IsoDate,
  check: InputCheck,
  path = 'assignment.from',
): Staff {
  const { assignments, retiredFrom } = staff;
  const isToCome = retiredFrom !== null && retiredFrom > today && next.from < retiredFrom;
  const takenBack = isToCome ? null : retiredFrom;
  const last = assignments.at(-1);
  const earliest = takenBack ?? last?.from ?? next.from;
  if (next.from < earliest) check.add('OUT_OF_RANGE', path, { minimum: earliest });
  const kept = last?.from === next.from ? assignments.slice(0, -1) : assignments;
  const ended = kept.map((each) =>
    each === last ? { ...each, to: earlier(each.to, addDays(takenBack ?? next.from, -1)) } : each,
  );
  return withAssignments({ ...staff, retiredFrom: isToCome ? retiredFrom : null }, [...ended, next], today);
}

const earlier = (end: IsoDate | null, day: IsoDate): IsoDate => (end !== null && end < day ? end : day);

/** An address as mail servers take it: no spaces, no quotes, nothing that could begin another header. */
const EMAIL =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;
const LONGEST_EMAIL = 254;

/** An e-mail address; INVALID_FORMAT and TOO_LONG are noted at `email`. */
export function readEmail(value: string | null | undefined, check: InputCheck): string | null {
  const email = check.optionalLine('email', value, LONGEST_EMAIL);
  if (email !== null && !EMAIL.test(email))
    check.add('INVALID_FORMAT', 'email', { expected: 'nama@daerah.go.id' });
  return email;
}
