import { isDate } from '../calendar.ts';
import { type Problem, problem, reject, rejectIf } from '../problem.ts';
import { checkText, tidy } from '../text.ts';
import type { Instant, IsoDate } from '../time.ts';

/** What a leader said to a person's part: not yet anything, yes, or no. */
export type ParticipationState = 'PROPOSED' | 'APPROVED' | 'DECLINED';

/** One person's part in a joint activity. */
export interface Participant {
  readonly staffId: string;
  /** The unit where the person served when they were named. */
  readonly unitId: string;
  /** What the person does in it, in words. */
  readonly role: string;
  readonly state: ParticipationState;
  /** The leader who decided; null: nobody yet, or nobody leads the person. */
  readonly decidedById: string | null;
  readonly decidedAt: Instant | null;
  /** Why it was declined. */
  readonly reason: string | null;
  /** The additional line of the person's plan of the year that it counts as; null: none yet. */
  readonly lineId: string | null;
}

/** Something that came of it. */
export interface JointResult {
  readonly text: string;
  readonly on: IsoDate;
  readonly byId: string;
}

export type JointActivityState = 'OPEN' | 'FINISHED' | 'CANCELLED';

/** Work across units (kegiatan lintas unit) that is an additional work result of each who takes part. */
export interface JointActivity {
  readonly id: string;
  readonly title: string;
  readonly purpose: string;
  /** Both in the same year: it counts in that year's plans. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly leadUnitId: string;
  /** Who leads the activity: a participant from the leading unit. */
  readonly leaderId: string;
  readonly participants: readonly Participant[];
  readonly results: readonly JointResult[];
  readonly state: JointActivityState;
  /** Why it was cancelled. */
  readonly reason: string | null;
  readonly version: number;
}

/**
 * Limits. Each participant costs up to two items of one transaction's hundred, and so does each assessor who is to be told; so many
 * as `always` fit wherever they serve.
 */
export const JOINT_LIMITS = {
  title: 500,
  text: 2_000,
  role: 200,
  participants: 40,
  always: 24,
  results: 100,
} as const;

export const yearOf = ({ from }: Pick<JointActivity, 'from'>): number => Number(from.slice(0, 4));

/** The months (`01` to `12`) in which the work goes on. */
export const monthsOf = ({ from, to }: Pick<JointActivity, 'from' | 'to'>): string[] => {
  const first = Number(from.slice(5, 7));
  const last = Number(to.slice(5, 7));
  return Array.from({ length: last - first + 1 }, (_, at) => String(first + at).padStart(2, '0'));
};

/** All that is wrong with what is proposed; at least two units take part, and the leader does, from the leading one. */
export const checkJointActivity = (activity: JointActivity): Problem[] => {
  const { title, purpose, from, to, participants, leaderId, leadUnitId } = activity;
  const leader = participants.find(({ staffId }) => staffId === leaderId);
  return [
    ...checkText(title, 'title', JOINT_LIMITS.title, 'LINE'),
    ...checkText(purpose, 'purpose', JOINT_LIMITS.text, 'TEXT'),
    ...checkSpan(from, to),
    ...checkParticipants(participants),
    ...(leader === undefined ? [problem('NOT_FOUND', 'leaderId', { id: leaderId })] : []),
    ...(leader !== undefined && leader.unitId !== leadUnitId ? [problem('NOT_MEMBER', 'leaderId')] : []),
    ...(new Set(participants.map(({ unitId }) => unitId)).size < 2
      ? [problem('ONE_UNIT_ONLY', 'participants')]
      : []),
  ];
};

const checkSpan = (from: IsoDate, to: IsoDate): Problem[] => {
  const wrong = [...(isDate(from) ? [] : ['from']), ...(isDate(to) ? [] : ['to'])];
  if (wrong.length > 0) return wrong.map((path) => problem('INVALID_FORMAT', path));
  const last = `${from.slice(0, 4)}-12-31`;
  return to < from || to > last ? [problem('OUT_OF_RANGE', 'to', { minimum: from, maximum: last })] : [];
};

const checkParticipants = (participants: readonly Participant[], offset = 0): Problem[] => {
  const seen = new Set<string>();
  return [
    ...(participants.length > JOINT_LIMITS.participants
      ? [problem('TOO_MANY', 'participants', { maximum: JOINT_LIMITS.participants })]
      : []),
    ...participants.flatMap(({ staffId, role }, at) => {
      const path = `participants.${at - offset}`;
      const twice = seen.has(staffId);
      seen.add(staffId);
      return at < offset
        ? []
        : [
            ...checkText(role, `${path}.role`, JOINT_LIMITS.role, 'LINE'),
            ...(twice ? [problem('DUPLICATE', `${path}.staffId`, { value: staffId })] : []),
          ];
    }),
  ];
};

/** The parts that wait for the word of who assesses the participant. */
export const partsToDecide = ({ state, participants }: JointActivity): readonly Participant[] =>
  state === 'OPEN' ? participants.filter((one) => one.state === 'PROPOSED') : [];

const requireOpen = ({ state }: JointActivity): void => {
  if (state !== 'OPEN') throw reject('WRONG_STATE', '', { state });
};

/** More people take part. @throws Rejection WRONG_STATE, and all that is wrong with the new ones */
export const invite = (activity: JointActivity, added: readonly Participant[]): JointActivity => {
  requireOpen(activity);
  const participants = [...activity.participants, ...added];
  rejectIf([
    ...(added.length === 0 ? [problem('REQUIRED', 'participants')] : []),
    ...checkParticipants(participants, activity.participants.length),
  ]);
  return { ...activity, participants };
};

/**
 * A participant's leader approves or declines; a part that was declined may be approved later, one whose line stands in the plan stays.
 * @throws Rejection WRONG_STATE, NOT_FOUND, NO_CHANGE, IN_USE, REASON_REQUIRED
 */
export const decideParticipation = (
  activity: JointActivity,
  staffId: string,
  decision: {
    readonly approve: boolean;
    readonly reason: string | null;
    readonly byId: string;
    readonly at: Instant;
    /** Whether the line that the part counts as is in the plan, in force or proposed. */
    readonly lineStands: boolean;
  },
): JointActivity => {
  requireOpen(activity);
  const participant = activity.participants.find((one) => one.staffId === staffId);
  if (participant === undefined) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  const state: ParticipationState = decision.approve ? 'APPROVED' : 'DECLINED';
  rejectIf([
    ...(participant.state === state ? [problem('NO_CHANGE')] : []),
    ...(decision.lineStands && !decision.approve
      ? [problem('IN_USE', 'staffId', { id: participant.lineId ?? '' })]
      : []),
    ...checkText(
      decision.reason ?? '',
      'reason',
      JOINT_LIMITS.text,
      'TEXT',
      decision.approve ? null : 'REASON_REQUIRED',
    ),
  ]);
  return withParticipant(activity, {
    ...participant,
    state,
    decidedById: decision.byId,
    decidedAt: decision.at,
    reason: tidy(decision.reason ?? '') || null,
    lineId: decision.lineStands ? participant.lineId : null,
  });
};

/** A part that is approved counts as a line of the person's plan. @throws Rejection WRONG_STATE, NOT_FOUND */
export const linkLine = (activity: JointActivity, staffId: string, lineId: string): JointActivity => {
  const participant = activity.participants.find((one) => one.staffId === staffId);
  if (participant === undefined) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  if (activity.state === 'CANCELLED') throw reject('WRONG_STATE', '', { state: activity.state });
  if (participant.state !== 'APPROVED') throw reject('WRONG_STATE', 'staffId', { state: participant.state });
  return withParticipant(activity, { ...participant, lineId });
};

/** Something came of it. @throws Rejection WRONG_STATE, REQUIRED, TOO_LONG, TOO_MANY, OUT_OF_RANGE for a day before it began */
export const addResult = (activity: JointActivity, result: JointResult): JointActivity => {
  requireOpen(activity);
  rejectIf([
    ...checkText(result.text, 'text', JOINT_LIMITS.text, 'TEXT'),
    ...(activity.results.length >= JOINT_LIMITS.results
      ? [problem('TOO_MANY', '', { maximum: JOINT_LIMITS.results })]
      : []),
    ...(result.on < activity.from ? [problem('OUT_OF_RANGE', '', { minimum: activity.from })] : []),
  ]);
  return { ...activity, results: [...activity.results, { ...result, text: tidy(result.text) }] };
};

/** OPEN → FINISHED, once there are results; OPEN → CANCELLED, with the reason. @throws Rejection WRONG_STATE, RESULT_FIRST, REASON_REQUIRED */
export const endActivity = (
  activity: JointActivity,
  state: 'FINISHED' | 'CANCELLED',
  reason: string | null,
): JointActivity => {
  requireOpen(activity);
  rejectIf([
    ...(state === 'FINISHED' && activity.results.length === 0
      ? [problem('RESULT_FIRST', 'state', { operation: 'reportJointResult' })]
      : []),
    ...checkText(
      reason ?? '',
      'reason',
      JOINT_LIMITS.text,
      'TEXT',
      state === 'CANCELLED' ? 'REASON_REQUIRED' : null,
    ),
  ]);
  return { ...activity, state, reason: tidy(reason ?? '') || null };
};

const withParticipant = (activity: JointActivity, changed: Participant): JointActivity => ({
  ...activity,
  participants: activity.participants.map((one) => (one.staffId === changed.staffId ? changed : one)),
});
