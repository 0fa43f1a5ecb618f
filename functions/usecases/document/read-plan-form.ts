import type { Actor } from '../../domain/access-policy.ts';
import { localDateOf } from '../../domain/calendar.ts';
import type { PlanForm } from '../../domain/document/document.ts';
import { yearTarget } from '../../domain/document/form-figures.ts';
import { assessorOfStaffOn, assignmentOn, type Staff } from '../../domain/organisation/staff.ts';
import type { Plan, PlanContent } from '../../domain/plan/plan.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { regionOffset } from '../region-clock.ts';
import { assessorParty, formLine, institutionOf, layoutOf, partyOf } from './form-parties.ts';

/** An agreed revision of a plan; null when it is none that was kept. */
export async function revisionOf(
  { store }: Deps,
  { id, agreed }: Plan,
  revision: number,
): Promise<PlanContent | null> {
  if (agreed?.revision === revision) return agreed;
  return (await store.plans.revisions(id)).find((each) => each.revision === revision) ?? null;
}

/** The day whose posts a plan names: the year's last, or the document's in the course of it. */
export const dayOfYear = (year: number, madeOn: IsoDate): IsoDate => {
  const last = `${year}-12-31`;
  return madeOn < last ? madeOn : last;
};

/** The form of an agreed plan of a person, for a reader who may read the plan. */
export async function readPlanForm(
  deps: Deps,
  actor: Actor,
  {
    staff,
    year,
    content,
    madeOn,
  }: {
    readonly staff: Staff;
    readonly year: number;
    readonly content: PlanContent;
    readonly madeOn: IsoDate;
  },
): Promise<PlanForm> {
  const day = dayOfYear(year, madeOn);
  const [organisation, offset] = await Promise.all([deps.store.organisation.load(), regionOffset(deps)]);
  const unitId = assignmentOn(staff, day)?.unitId ?? '';
  const { assessorId } = assessorOfStaffOn(organisation, staff, day);
  const [own, assessor, lines] = await Promise.all([
    partyOf(deps, actor, staff, day),
    assessorParty(deps, actor, staff, assessorId, day),
    Promise.all(content.lines.map((line) => formLine(deps, actor, line, yearTarget(line, year)))),
  ]);
  return {
    layout: layoutOf(organisation, staff.id, unitId, day),
    institution: institutionOf(organisation, unitId),
    year,
    staff: own,
    assessor,
    lines,
    general: content.expectations.general,
    expectations: content.expectations.values,
    attachments: content.attachments,
    revision: content.revision,
    agreedOn: content.agreedAt === null ? null : localDateOf(content.agreedAt, offset),
  };
}
