import type { Actor, Relation } from '../domain/access-policy.ts';
import { ancestorsOf, headOn, type Organisation } from '../domain/organisation.ts';
import { assessorOfStaffOn, assessorsSuperior, assignmentOn, type Staff } from '../domain/staff.ts';
import type { IsoDate } from '../domain/time.ts';
import type { Deps } from './deps.ts';
import { regionToday } from './region-clock.ts';

/** What the relations of one actor are computed from: two small reads a request, however many subjects there are. */
interface ActorInOrganisation {
  readonly staffId: string;
  readonly organisation: Organisation;
  readonly today: IsoDate;
}

const NONE: ReadonlySet<Relation> = new Set();

/**
 * What the actor is to a person today. Reads the organisation (one small read, once a request) and, only where PEER,
 * SUBORDINATE or MEMBER is `wanted`, the actor's own record.
 */
export async function relationsToStaff(
  deps: Deps,
  actor: Actor,
  subject: Staff,
  wanted: readonly Relation[],
): Promise<ReadonlySet<Relation>> {
  const place = await placeOf(deps, actor);
  if (place === null) return NONE;
  const { staffId, organisation, today } = place;
  const found = new Set<Relation>();
  if (subject.id === staffId) found.add('SELF');
  const record = assessorOfStaffOn(organisation, subject, today);
  if (record.assessorId === staffId) found.add('ASSESSOR');
  if (assessorsSuperior(organisation, subject.id, record, today) === staffId) found.add('ASSESSORS_SUPERIOR');
  const unitId = assignmentOn(subject, today)?.unitId ?? null;
  if (unitId !== null && headsAtOrAbove(place, unitId)) found.add('UNIT_HEAD');
  if (wanted.some((relation) => COLLEAGUES.has(relation))) {
    const self = await deps.store.staff.get(staffId);
    if (self === null) return found;
    const own = assessorOfStaffOn(organisation, self, today);
    const together = unitId !== null && assignmentOn(self, today)?.unitId === unitId;
    if (together) found.add('MEMBER');
    if (together && subject.id !== staffId && own.assessorId !== null && own.assessorId === record.assessorId)
      found.add('PEER');
    if (own.assessorId === subject.id) found.add('SUBORDINATE');
  }
  return found;
}

/** What the actor is to a unit today: UNIT_HEAD from the organisation, and MEMBER, where `wanted`, from the actor's record. */
export async function relationsToUnit(
  deps: Deps,
  actor: Actor,
  unitId: string,
  wanted: readonly Relation[],
): Promise<ReadonlySet<Relation>> {
  const place = await placeOf(deps, actor);
  if (place === null) return NONE;
  const found = new Set<Relation>();
  if (headsAtOrAbove(place, unitId)) found.add('UNIT_HEAD');
  if (wanted.includes('MEMBER')) {
    const self = await deps.store.staff.get(place.staffId);
    if (self !== null && assignmentOn(self, place.today)?.unitId === unitId) found.add('MEMBER');
  }
  return found;
}

const COLLEAGUES: ReadonlySet<Relation> = new Set(['MEMBER', 'PEER', 'SUBORDINATE']);

async function placeOf(deps: Deps, actor: Actor): Promise<ActorInOrganisation | null> {
  if (actor.staffId === null) return null;
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  return { staffId: actor.staffId, organisation, today };
}

function headsAtOrAbove({ staffId, organisation, today }: ActorInOrganisation, unitId: string): boolean {
  const unit = organisation.units.get(unitId);
  if (unit === undefined) return false;
  return [unit, ...ancestorsOf(organisation, unitId)].some((each) => headOn(each, today) === staffId);
}
