import { type AssessorOfRecord, assessorOfStaffOn, type Staff } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import type { CareerPlan } from '../../domain/training/career.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';

/** @throws Rejection NOT_FOUND at `staffId` */
export async function requireCareer({ store }: Deps, staffId: string): Promise<Stored<CareerPlan>> {
  const plan = await store.training.career(staffId);
  if (plan === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  return plan;
}

/** Who assesses a person today. */
export async function assessorNow(deps: Deps, staff: Staff): Promise<AssessorOfRecord> {
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  return assessorOfStaffOn(organisation, staff, today);
}
