import { type Actor, isRegionalHeadsOffice, type Relation } from '../domain/access-policy.ts';
import { isInterested } from '../domain/organisation/leading.ts';
import { chainOf, headOn, headsOver, type Organisation } from '../domain/organisation/organisation.ts';
import {
  assessorOfStaffOn,
  assessorsSuperior,
  assignmentOn,
  isAssessedByRegionalHead,
  type Staff,
} from '../domain/organisation/staff.ts';
import { groupsOfRater } from '../domain/rating/rating.ts';
import type { IsoDate } from '../domain/time.ts';
import type { Deps } from './deps.ts';
import { partyOn } from './rating/rating-day.ts';
import { regionToday } from './region-clock.ts';

/** What the relations of one actor are computed from: two small reads a request, however many subjects there are. */
interface ActorInOrganisation {
  readonly staffId: string;
  readonly organisation: Organisation;
  /** The day whose relations are asked for, mostly today. */
  readonly day: IsoDate;
}

const NONE: ReadonlySet<Relation> = new Set();

/**
 * What the actor is to a person. Reads the organisation (one small read, once a request) and, only where PEER, SUBORDINATE or
 * MEMBER is `wanted`, the actor's own record.
 * @param on the day; today if left out. What belongs to a period is for those who had the relation on its day of rating.
 */
export async function relationsToStaff(
  deps: Deps,
  actor: Actor,
  subject: Staff,
  wanted: readonly Relation[],
  on?: IsoDate,
): Promise<ReadonlySet<Relation>> {
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  const day = on ?? today;
  const { staffId } = actor;
  const found = new Set<Relation>();
  if (
    wanted.includes('REGIONAL_HEAD') &&
    isRegionalHeadsOffice(actor) &&
    isAssessedByRegionalHead(organisation, subject, day)
  ) {
    const officer = staffId === null ? null : await deps.store.staff.get(staffId);
    if (![day, today].some((date) => isInterested(organisation, officer, [subject.id], date)))
      found.add('REGIONAL_HEAD');
  }
  if (staffId === null) return found;
  if (subject.id === staffId) found.add('SELF');
  const record = assessorOfStaffOn(organisation, subject, day);
  if (record.assessorId === staffId) found.add('ASSESSOR');
  if (assessorsSuperior(organisation, subject.id, record, day) === staffId) found.add('ASSESSORS_SUPERIOR');
  const unitId = assignmentOn(subject, day)?.unitId ?? null;
  if (unitId !== null && headsOver(organisation, { staffId: subject.id, unitId }, staffId, day))
    found.add('UNIT_HEAD');
  if (wanted.some((relation) => COLLEAGUES.has(relation))) {
    const self = await deps.store.staff.get(staffId);
    if (self === null) return found;
    if (unitId !== null && assignmentOn(self, day)?.unitId === unitId) found.add('MEMBER');
    const rater = partyOn(organisation, self, day);
    const ratee = partyOn(organisation, subject, day);
    const groups = rater && ratee ? groupsOfRater(rater, ratee) : [];
    if (groups.includes('PEER')) found.add('PEER');
    if (groups.includes('SUBORDINATE')) found.add('SUBORDINATE');
  }
  return found;
}

/** What the actor is to a unit, today if no day is given: UNIT_HEAD from the organisation, and MEMBER, where `wanted`, from the actor's record. */
export async function relationsToUnit(
  deps: Deps,
  actor: Actor,
  unitId: string,
  wanted: readonly Relation[],
  on?: IsoDate,
): Promise<ReadonlySet<Relation>> {
  const place = await placeOf(deps, actor, on);
  if (place === null) return NONE;
  const found = new Set<Relation>();
  if (headsAtOrAbove(place, unitId)) found.add('UNIT_HEAD');
  if (wanted.includes('MEMBER')) {
    const self = await deps.store.staff.get(place.staffId);
    if (self !== null && assignmentOn(self, place.day)?.unitId === unitId) found.add('MEMBER');
  }
  return found;
}

/**
 * Whom of a unit an actor leads who heads it or a unit above: everybody but who heads a unit further up and serves in this one
 * all the same, for example somebody who acts as head of the agency. Oneself is among those whom one may see.
 */
export async function ledIn(deps: Deps, actor: Actor, unitId: string): Promise<(staffId: string) => boolean> {
  const place = await placeOf(deps, actor);
  return (staffId) =>
    place !== null &&
    (staffId === place.staffId ||
      headsOver(place.organisation, { staffId, unitId }, place.staffId, place.day));
}

const COLLEAGUES: ReadonlySet<Relation> = new Set(['MEMBER', 'PEER', 'SUBORDINATE']);

async function placeOf(deps: Deps, actor: Actor, on?: IsoDate): Promise<ActorInOrganisation | null> {
  if (actor.staffId === null) return null;
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  return { staffId: actor.staffId, organisation, day: on ?? today };
}

function headsAtOrAbove({ staffId, organisation, day }: ActorInOrganisation, unitId: string): boolean {
  return chainOf(organisation, unitId).some((unit) => headOn(unit, day) === staffId);
}
