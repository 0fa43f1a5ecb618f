import type { Actor } from '../../domain/access-policy.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { CareerPlan } from '../../domain/training/career.ts';
import type { Enrolment, Programme } from '../../domain/training/course.ts';
import type { Page, PageRequest, Stored } from '../../store/contract/stored.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/** Everybody who has asked for a place, by id; null for those who may not see it. */
export async function enrolmentsOfProgramme(
  deps: Deps,
  actor: Actor,
  { id }: Programme,
): Promise<readonly Enrolment[] | null> {
  return (await permits(deps, actor, 'Programme.enrolments')) ? deps.store.training.enrolments(id) : null;
}

/** A person's enrolments; null for those who may not see them. */
export async function enrolmentsOfStaff(
  deps: Deps,
  actor: Actor,
  staff: Staff,
  page: PageRequest,
): Promise<Page<Enrolment> | null> {
  return (await permits(deps, actor, 'Staff.enrolments', { staff }))
    ? deps.store.training.enrolmentsOfStaff(staff.id, page)
    : null;
}

/** A person's career development plan: also for the mentor; null for those who may not see it. */
export async function careerOfStaff(
  deps: Deps,
  actor: Actor,
  staff: Staff,
): Promise<Stored<CareerPlan> | null> {
  const [plan, permitted] = await Promise.all([
    deps.store.training.career(staff.id),
    permits(deps, actor, 'Staff.careerPlan', { staff }),
  ]);
  return plan !== null && (permitted || isMentor(actor, plan)) ? plan : null;
}

export const isMentor = ({ staffId }: Actor, { mentorId }: CareerPlan): boolean =>
  mentorId !== null && mentorId === staffId;
