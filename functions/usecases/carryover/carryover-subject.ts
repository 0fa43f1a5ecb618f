import type { Actor, Operation } from '../../domain/access-policy.ts';
import type { CarryoverSide } from '../../domain/evaluation/result.ts';
import { headedUnitOn, type Organisation } from '../../domain/organisation/organisation.ts';
import { assessorOfStaffOn, assignmentOn, type Staff } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import { type Problem, problem, Rejection, reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored, WorkAddress } from '../../store/contract/stored.ts';
import { authorise, type Capacity } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { staffAddress } from '../work-address.ts';

export interface CarryoverKey {
  readonly periodId: string;
  readonly staffId: string;
}

/** Whose it is, in which period, and who the assessor is on its day of rating. */
export interface CarryoverSubject {
  readonly period: Stored<Period>;
  readonly staff: Stored<Staff>;
  readonly organisation: Organisation;
  readonly day: IsoDate;
}

/** @throws Rejection NOT_FOUND */
export async function requireSubject(
  deps: Deps,
  { periodId, staffId }: CarryoverKey,
): Promise<CarryoverSubject> {
  const [period, staff, organisation, today] = await Promise.all([
    deps.store.periods.get(periodId),
    deps.store.staff.get(staffId),
    deps.store.organisation.load(),
    regionToday(deps),
  ]);
  const missing: Problem[] = [];
  if (period === null) missing.push(problem('NOT_FOUND', 'periodId', { id: periodId }));
  if (staff === null) missing.push(problem('NOT_FOUND', 'staffId', { id: staffId }));
  if (period === null || staff === null) throw new Rejection(missing);
  return { period, staff, organisation, day: ratingDay(period, today) };
}

/** One of the two sides, acting. */
export interface CarryoverParty extends CarryoverSubject {
  readonly as: Capacity;
  readonly side: CarryoverSide;
  /** Of record on the day of rating. */
  readonly assessorId: string;
  readonly address: WorkAddress;
  /** A unit's head is evaluated by the unit's achievement, which is nobody's to replace. */
  readonly isHead: boolean;
}

/** @throws Rejection NOT_FOUND, NOT_MEMBER, FORBIDDEN for anybody but the person and the assessor of record */
export async function requireParty(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  key: CarryoverKey,
): Promise<CarryoverParty> {
  const subject = await requireSubject(deps, key);
  const { staff, period, organisation, day } = subject;
  const as = await authorise(deps, actor, operation, { staff, on: day });
  const { assessorId } = assessorOfStaffOn(organisation, staff, day);
  const assignment = assignmentOn(staff, day);
  const address = staffAddress(staff, period.year);
  if (address === null || assignment === null || assessorId === null) throw reject('NOT_MEMBER', 'staffId');
  const isHead = headedUnitOn(organisation, { ...assignment, staffId: staff.id }, day) !== null;
  return {
    ...subject,
    as,
    side: actor.staffId === staff.id ? 'STAFF' : 'ASSESSOR',
    assessorId,
    address,
    isHead,
  };
}

export const refOf = ({ periodId, staffId }: CarryoverKey): string => `${periodId}\n${staffId}`;
