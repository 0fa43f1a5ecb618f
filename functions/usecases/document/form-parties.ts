import type { Actor } from '../../domain/access-policy.ts';
import { type FormLine, type Layout, type Party, REGIONAL_HEAD } from '../../domain/document/document.ts';
import { chainOf, headedUnitOn, type Organisation } from '../../domain/organisation/organisation.ts';
import { assignmentOn, isAssessedByRegionalHead, type Staff } from '../../domain/organisation/staff.ts';
import type { PlanLine } from '../../domain/plan/line.ts';
import type { IsoDate } from '../../domain/time.ts';
import { permits } from '../authorise.ts';
import { chainUp } from '../cascade/chain-up.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';

/**
 * A person as a form names them, as far as the reader may see it: number and rank follow `Staff.nip` and `Staff.grade`; the
 * position is that of the day for those who may read where the person served, else today's, which everybody sees.
 */
export async function partyOf(deps: Deps, actor: Actor, staff: Staff, day: IsoDate): Promise<Party> {
  const [organisation, today, nip, grade, past] = await Promise.all([
    deps.store.organisation.load(),
    regionToday(deps),
    permits(deps, actor, 'Staff.nip', { staff }),
    permits(deps, actor, 'Staff.grade', { staff }),
    permits(deps, actor, 'Staff.assignments', { staff }),
  ]);
  const assignment = assignmentOn(staff, past ? day : today);
  return {
    name: staff.name,
    nip: nip ? staff.nip : null,
    grade: grade ? staff.grade : null,
    position: assignment?.position ?? null,
    unit: (assignment && organisation.units.get(assignment.unitId)?.name) ?? null,
  };
}

/** The same by id; null for nobody. */
export async function partyById(
  deps: Deps,
  actor: Actor,
  staffId: string | null,
  day: IsoDate,
): Promise<Party | null> {
  const staff = staffId === null ? null : await deps.store.staff.get(staffId);
  return staff && partyOf(deps, actor, staff, day);
}

/** Who assesses a person on a day: also the head of the region, of whoever has nobody else above. */
export async function assessorParty(
  deps: Deps,
  actor: Actor,
  staff: Staff,
  assessorId: string | null,
  day: IsoDate,
): Promise<Party | null> {
  if (assessorId !== null) return partyById(deps, actor, assessorId, day);
  const organisation = await deps.store.organisation.load();
  return isAssessedByRegionalHead(organisation, staff, day) ? REGIONAL_HEAD : null;
}

/** The institution of a unit: the one at the top above it. */
export const institutionOf = (organisation: Organisation, unitId: string): string =>
  chainOf(organisation, unitId).at(-1)?.name ?? '';

/** Whoever heads a unit has the layout of leaders. */
export const layoutOf = (
  organisation: Organisation,
  staffId: string,
  unitId: string,
  day: IsoDate,
): Layout => (headedUnitOn(organisation, { staffId, unitId }, day) === null ? 'STAFF' : 'LEADER');

/** A plan's line as the forms print it, with the words of the line above that it serves. */
export async function formLine(deps: Deps, actor: Actor, line: PlanLine, target: string): Promise<FormLine> {
  const [above] = line.serves === null ? [] : (await chainUp(deps, actor, line)).steps;
  const from = above?.position ?? null;
  return {
    kind: line.kind,
    title: line.title,
    serves: above === undefined ? null : `${above.title}${from === null ? '' : ` (${from})`}`,
    aspect: line.aspect,
    perspective: line.perspective,
    indicator: line.indicatorName,
    target,
  };
}
