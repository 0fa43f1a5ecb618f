import type { Actor } from '../../domain/access-policy.ts';
import {
  type Announcement,
  type Audience,
  checkAnnouncement,
  isFor,
  knownSince,
  withdraw,
} from '../../domain/forum/announcement.ts';
import type { Audience as NoticeAudience } from '../../domain/notice/notice.ts';
import { ancestorsOf } from '../../domain/organisation/organisation.ts';
import { assignmentOn } from '../../domain/organisation/staff.ts';
import { reject, rejectIf } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise, type Capacity, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';

export interface PublishAnnouncementInput {
  readonly unitId?: string | null | undefined;
  readonly audience?: Audience | null | undefined;
  readonly title: string;
  readonly text: string;
  readonly effectiveFrom: IsoDate;
  readonly acknowledge?: boolean | null | undefined;
  readonly isPublic?: boolean | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** @throws Rejection NOT_FOUND at `id` */
export async function requireAnnouncement(
  { store }: Pick<Deps, 'store'>,
  id: string,
): Promise<Stored<Announcement>> {
  const announcement = await store.announcements.get(id);
  if (announcement === null) throw reject('NOT_FOUND', 'id', { id });
  return announcement;
}

/** A unit's head speaks for the unit, an office for any unit and for the region. */
const authoriseFor = (deps: Deps, actor: Actor, unitId: string | null): Promise<Capacity> =>
  authorise(deps, actor, 'Mutation.publishAnnouncement', unitId === null ? undefined : { unitId });

/**
 * Makes something known to staff of a unit, of it and all below, or of the region, by the day from which it counts. What everybody
 * may read without a login is said in the region's name, for a unit too: by an office, never by a head alone.
 * @throws Rejection with all that checkAnnouncement refuses; NOT_FOUND, FORBIDDEN
 */
export const publishAnnouncement = (
  deps: Deps,
  actor: Actor,
  input: PublishAnnouncementInput,
): Promise<Stored<Announcement>> =>
  perform(
    deps,
    { actor, operation: 'publishAnnouncement', input },
    async () => {
      const unitId = input.unitId ?? null;
      if (unitId !== null && !(await deps.store.organisation.load()).units.has(unitId))
        throw reject('NOT_FOUND', 'unitId', { id: unitId });
      const as = await authoriseFor(deps, actor, unitId);
      if (input.isPublic === true && !(await permits(deps, actor, 'Mutation.publishAnnouncement')))
        throw reject('FORBIDDEN', 'isPublic');
      return as;
    },
    async (as) => {
      const unitId = input.unitId ?? null;
      const announcement: Announcement = {
        id: deps.newId('an'),
        unitId,
        audience: input.audience ?? (unitId === null ? 'REGION' : 'UNIT_AND_BELOW'),
        title: tidy(input.title),
        text: tidy(input.text),
        effectiveFrom: input.effectiveFrom,
        acknowledge: input.acknowledge ?? true,
        isPublic: input.isPublic ?? false,
        publishedById: actor.staffId ?? actor.id,
        publishedAt: deps.now(),
        withdrawn: null,
        version: 0,
      };
      rejectIf(checkAnnouncement(announcement, await regionToday(deps)));
      const told = notify(deps, {
        kind: 'ANNOUNCEMENT',
        to: [toldOf(announcement)],
        refs: { subjectId: announcement.id, ...(unitId !== null && { unitId }) },
      });
      const writes = [deps.store.announcements.save(null, announcement), ...told];
      return { as, ref: announcement.id, writes };
    },
    (id) => requireAnnouncement(deps, id),
  );

/** Whom the inboxes tell: the announcement's audience. */
const toldOf = ({ unitId, audience }: Announcement): NoticeAudience =>
  unitId === null ? { kind: 'EVERYBODY' } : { kind: audience === 'UNIT' ? 'UNIT_ALONE' : 'UNIT', unitId };

export interface WithdrawAnnouncementInput {
  readonly id: string;
  readonly version: number;
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** Takes an announcement back; who may publish it may. @throws Rejection WRONG_STATE, REASON_REQUIRED, NOT_FOUND, FORBIDDEN, CONFLICT */
export const withdrawAnnouncement = (
  deps: Deps,
  actor: Actor,
  input: WithdrawAnnouncementInput,
): Promise<Stored<Announcement>> =>
  perform(
    deps,
    {
      actor,
      operation: 'withdrawAnnouncement',
      input,
      reason: input.reason,
    },
    async () => authoriseFor(deps, actor, (await requireAnnouncement(deps, input.id)).unitId),
    async (as) => {
      const before = await requireAnnouncement(deps, input.id);
      expectVersion(before, input.version);
      const after = withdraw(before, input.reason, {
        byId: actor.staffId ?? actor.id,
        at: deps.now(),
      });
      return { as, ref: before.id, writes: [deps.store.announcements.save(before, after)] };
    },
    (id) => requireAnnouncement(deps, id),
  );

export interface AcknowledgeAnnouncementInput {
  readonly id: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * A staff member says that they know of an announcement that is for them.
 * @throws Rejection FORBIDDEN for whom it is not for, WRONG_STATE when it is withdrawn or asks for nothing, ALREADY_EXISTS the
 * second time and for who published it, NOT_FOUND
 */
export const acknowledgeAnnouncement = (
  deps: Deps,
  actor: Actor,
  input: AcknowledgeAnnouncementInput,
): Promise<Stored<Announcement>> =>
  perform(
    deps,
    { actor, operation: 'acknowledgeAnnouncement', input },
    async () => {
      const staff = actor.staffId === null ? null : await deps.store.staff.get(actor.staffId);
      const subject = staff === null ? undefined : { staff };
      const as = await authorise(deps, actor, 'Mutation.acknowledgeAnnouncement', subject);
      const announcement = await requireAnnouncement(deps, input.id);
      const unitsUp = await unitsUpOf(deps, actor);
      if (staff === null || unitsUp === null || !isFor(announcement, unitsUp))
        throw reject('FORBIDDEN', 'id');
      return { as, staffId: staff.id };
    },
    async ({ as, staffId }) => {
      const announcement = await requireAnnouncement(deps, input.id);
      const { id, acknowledge, withdrawn } = announcement;
      if (withdrawn !== null) throw reject('WRONG_STATE', '', { state: 'WITHDRAWN' });
      if (!acknowledge) throw reject('WRONG_STATE', 'id');
      if (knownSince(announcement, staffId, null) !== null) throw reject('ALREADY_EXISTS', 'id', { id });
      const acknowledgement = { announcementId: id, staffId, at: deps.now(), version: 0 };
      return { as, ref: id, writes: [deps.store.announcements.acknowledge(acknowledgement)] };
    },
    (id) => requireAnnouncement(deps, id),
  );

/** The unit where the actor serves today and those above it; null: they serve nowhere. */
export async function unitsUpOf(deps: Deps, actor: Actor): Promise<readonly string[] | null> {
  if (actor.staffId === null) return null;
  const [organisation, today, self] = await Promise.all([
    deps.store.organisation.load(),
    regionToday(deps),
    deps.store.staff.get(actor.staffId),
  ]);
  const unitId = self && assignmentOn(self, today)?.unitId;
  return unitId == null ? null : [unitId, ...ancestorsOf(organisation, unitId).map(({ id }) => id)];
}
