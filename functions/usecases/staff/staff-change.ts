import { createHash } from 'node:crypto';
import { addDays } from '../../domain/calendar.ts';
import type { Organisation } from '../../domain/organisation.ts';
import { reject } from '../../domain/problem.ts';
import type { Assignment, Staff } from '../../domain/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/store.ts';
import { type InputCheck, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';

/** @throws Rejection NOT_FOUND at `id` */
export async function requireStaff({ store }: Deps, id: string): Promise<Stored<Staff>> {
  const staff = await store.staff.get(id);
  if (staff === null) throw reject('NOT_FOUND', 'id', { id });
  return staff;
}

/** Reads a staff member after they were written. */
export const readStaff = (deps: Deps) => (id: string) => requireStaff(deps, id);

export const withoutTrail = ({ auditHash: _, ...staff }: Stored<Staff>): Staff => staff;

export interface AssignmentInput {
  readonly unitId: string;
  readonly position: string;
  readonly jobGroup: string;
  readonly assessorId?: string | null | undefined;
  readonly from: IsoDate;
}

/** The shard of a unit that a person belongs to: by hash, so that shards fill alike and an import repeats it. */
export const shardOf = (staffId: string, shardCount: number): number =>
  createHash('sha256').update(staffId).digest().readUInt32BE(0) % shardCount;

/** Makes an assignment of an input, and notes what is wrong with it under `path`. */
export async function readAssignment(
  { store }: Deps,
  organisation: Organisation,
  staffId: string,
  input: AssignmentInput,
  check: InputCheck,
  path = 'assignment',
): Promise<Assignment> {
  const { unitId, from } = input;
  const assessorId = input.assessorId ?? null;
  const unit = organisation.units.get(unitId);
  if (unit === undefined) check.add('NOT_FOUND', `${path}.unitId`, { id: unitId });
  else if (unit.retiredFrom !== null) check.add('RETIRED', `${path}.unitId`, { id: unit.code });
  if (assessorId === staffId) check.add('SELF_AS_OTHER', `${path}.assessorId`);
  else if (assessorId !== null) {
    const assessor = await store.staff.get(assessorId);
    if (assessor === null) check.add('NOT_FOUND', `${path}.assessorId`, { id: assessorId });
    else if (assessor.retiredFrom !== null) check.add('RETIRED', `${path}.assessorId`, { id: assessorId });
  }
  return {
    unitId,
    shard: shardOf(staffId, unit?.shardCount ?? 1),
    position: check.text(`${path}.position`, input.position, LENGTHS.name),
    jobGroup: check.text(`${path}.jobGroup`, input.jobGroup, LENGTHS.kind),
    assessorId,
    from,
    to: null,
  };
}

/**
 * The assignments with a new one at their end; the one before ends the day before. One that begins on the same day as the
 * last replaces it. Notes OUT_OF_RANGE when it begins before the last one: history is not rewritten.
 */
export function withAssignment(
  assignments: readonly Assignment[],
  next: Assignment,
  check: InputCheck,
  path = 'assignment.from',
): readonly Assignment[] {
  const last = assignments.at(-1);
  if (last === undefined) return [next];
  if (next.from < last.from) check.add('OUT_OF_RANGE', path, { minimum: last.from });
  if (next.from === last.from) return [...assignments.slice(0, -1), next];
  const ended = last.to !== null && last.to < next.from ? last : { ...last, to: addDays(next.from, -1) };
  return [...assignments.slice(0, -1), ended, next];
}
