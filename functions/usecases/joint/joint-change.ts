import type { Actor, Operation } from '../../domain/access-policy.ts';
import { JOINT_LIMITS, type JointActivity, type Participant } from '../../domain/joint/joint-activity.ts';
import type { NoticeKind } from '../../domain/notice/notice.ts';
import { assessorOfStaffOn, assignmentOn } from '../../domain/organisation/staff.ts';
import { type Problem, problem, reject } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import { authorise, type Capacity } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';

/** A person who is to take part. */
export interface ParticipantInput {
  readonly staffId: string;
  readonly role: string;
}

export interface JointChangeInput {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** @throws Rejection NOT_FOUND at `id` */
export async function requireActivity(
  { store }: Pick<Deps, 'store'>,
  id: string,
): Promise<Stored<JointActivity>> {
  const activity = await store.jointActivities.get(id);
  if (activity === null) throw reject('NOT_FOUND', 'id', { id });
  return activity;
}

interface ParticipantsRead {
  readonly participants: readonly Participant[];
  /** Whose word the parts wait for. */
  readonly deciders: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * People as participants, from where they serve today. Whom the actor assesses is approved by that; so is somebody whom nobody
 * assesses.
 * @throws Rejection TOO_MANY for more than an activity can have: nobody is looked up then
 */
export async function readParticipants(
  deps: Deps,
  actor: Actor,
  inputs: readonly ParticipantInput[],
): Promise<ParticipantsRead> {
  if (inputs.length > JOINT_LIMITS.participants)
    throw reject('TOO_MANY', 'participants', { maximum: JOINT_LIMITS.participants });
  const [organisation, today, people] = await Promise.all([
    deps.store.organisation.load(),
    regionToday(deps),
    deps.store.staff.getMany(inputs.map(({ staffId }) => staffId)),
  ]);
  const problems: Problem[] = [];
  const deciders = new Set<string>();
  const participants = inputs.map(({ staffId, role }, at): Participant => {
    const staff = people[at] ?? null;
    const unitId = staff && assignmentOn(staff, today)?.unitId;
    if (staff === null || unitId == null)
      problems.push(problem('NOT_FOUND', `participants.${at}.staffId`, { id: staffId }));
    const assessorId = staff && assessorOfStaffOn(organisation, staff, today).assessorId;
    const approved = staff !== null && (assessorId === null || assessorId === actor.staffId);
    if (assessorId !== null && !approved) deciders.add(assessorId);
    return {
      staffId,
      unitId: unitId ?? '',
      role: tidy(role),
      state: approved ? 'APPROVED' : 'PROPOSED',
      decidedById: approved ? assessorId : null,
      decidedAt: approved ? deps.now() : null,
      reason: null,
      lineId: null,
    };
  });
  return { participants, deciders: [...deciders], problems };
}

/** Whose right it is about: the person who leads the activity, a participant, or the leading unit. */
export type JointSubject = (
  activity: JointActivity,
) => { readonly staffId: string } | { readonly unitId: string };

export const itsLeader: JointSubject = ({ leaderId }) => ({ staffId: leaderId });
export const itsUnit: JointSubject = ({ leadUnitId }) => ({ unitId: leadUnitId });

/** An activity after a transition, and whom it asks for a decision. */
export interface JointTransition {
  readonly after: JointActivity;
  readonly deciders?: readonly string[];
}

/** What is left of a transaction's hundred items beside the activity, its trail and the key of the request. */
const ITEMS_LEFT = 96;

/**
 * Tells of a change: assessors of the parts that wait for them, participants and the activity's leader of what was decided on them,
 * and who takes part of the end; never who made it.
 * @throws Rejection TOO_MANY for more than one transaction holds: people of so many units under so many assessors
 */
export function tellOfJoint(
  deps: Deps,
  actor: Actor,
  before: JointActivity | null,
  { after, deciders = [] }: JointTransition,
): readonly Write[] {
  const known = new Map(before?.participants.map((one) => [one.staffId, one.state]));
  const decided = after.participants.filter(
    ({ staffId, state }) => known.has(staffId) && known.get(staffId) !== state,
  );
  const ended = before?.state === 'OPEN' && after.state !== 'OPEN';
  const told: readonly (readonly [NoticeKind, readonly string[]])[] = [
    ['JOINT_PART_PROPOSED', deciders],
    ['JOINT_PART_DECIDED', decided.flatMap(({ staffId }) => [staffId, after.leaderId])],
    [
      'JOINT_ACTIVITY_ENDED',
      ended ? after.participants.flatMap(({ staffId, state }) => (state === 'APPROVED' ? staffId : [])) : [],
    ],
  ];
  const fresh = after.participants.filter(({ staffId }) => !known.has(staffId));
  const units = new Set(fresh.map(({ unitId }) => unitId));
  if (fresh.length + units.size + 2 * deciders.length > ITEMS_LEFT)
    throw reject('TOO_MANY', 'participants', { maximum: JOINT_LIMITS.always });
  return notify(
    deps,
    ...told.map(([kind, people]) => ({
      kind,
      to: [...new Set(people)].filter((staffId) => staffId !== actor.staffId).flatMap(person),
      refs: { subjectId: after.id },
      occasion: after.version,
    })),
  );
}

/** Changes an activity by a transition of its rules. */
export const changeActivity = (
  deps: Deps,
  actor: Actor,
  field: Operation & `Mutation.${string}`,
  input: JointChangeInput,
  subject: JointSubject,
  transition: (activity: Stored<JointActivity>) => JointTransition | Promise<JointTransition>,
  reason?: string | null,
): Promise<Stored<JointActivity>> =>
  perform(
    deps,
    { actor, operation: field.slice('Mutation.'.length), input, reason },
    async () => authoriseOn(deps, actor, field, subject(await requireActivity(deps, input.id))),
    async (as) => {
      const before = await requireActivity(deps, input.id);
      expectVersion(before, input.version);
      const change = await transition(before);
      const saved = deps.store.jointActivities.save(before, change.after);
      return { as, ref: before.id, writes: [saved, ...tellOfJoint(deps, actor, before, change)] };
    },
    (id) => requireActivity(deps, id),
  );

async function authoriseOn(
  deps: Deps,
  actor: Actor,
  field: Operation,
  whom: ReturnType<JointSubject>,
): Promise<Capacity> {
  if ('unitId' in whom) return authorise(deps, actor, field, whom);
  const staff = await deps.store.staff.get(whom.staffId);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: whom.staffId });
  return authorise(deps, actor, field, { staff });
}
