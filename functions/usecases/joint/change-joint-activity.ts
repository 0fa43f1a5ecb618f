import type { Actor } from '../../domain/access-policy.ts';
import {
  addResult,
  decideParticipation,
  endActivity,
  invite,
  type JointActivity,
  yearOf,
} from '../../domain/joint/joint-activity.ts';
import { planIdOf } from '../../domain/plan/plan.ts';
import { rejectIf } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { findPlan, nullWhenRejected } from '../plan/plan-place.ts';
import { regionToday } from '../region-clock.ts';
import {
  changeActivity,
  itsLeader,
  itsUnit,
  type JointChangeInput,
  type ParticipantInput,
  readParticipants,
} from './joint-change.ts';

export interface InviteToJointActivityInput extends JointChangeInput {
  readonly participants: readonly ParticipantInput[];
}

/** More people are asked to take part, by the one who leads the activity, the heads above, or a planner. @throws Rejection with all that is wrong */
export const inviteToJointActivity = (
  deps: Deps,
  actor: Actor,
  input: InviteToJointActivityInput,
): Promise<Stored<JointActivity>> =>
  changeActivity(deps, actor, 'Mutation.inviteToJointActivity', input, itsLeader, async (activity) => {
    const { participants, deciders, problems } = await readParticipants(deps, actor, input.participants);
    rejectIf(problems);
    return { after: invite(activity, participants), deciders };
  });

export interface DecideParticipationInput extends JointChangeInput {
  readonly staffId: string;
  readonly approve: boolean;
  readonly reason?: string | null | undefined;
}

/** A participant's assessor approves or declines. @throws Rejection as decideParticipation; FORBIDDEN, CONFLICT */
export const decideJointParticipation = (
  deps: Deps,
  actor: Actor,
  input: DecideParticipationInput,
): Promise<Stored<JointActivity>> =>
  changeActivity(
    deps,
    actor,
    'Mutation.decideJointParticipation',
    input,
    () => ({ staffId: input.staffId }),
    async (activity) => ({
      after: decideParticipation(activity, input.staffId, {
        approve: input.approve,
        reason: input.reason ?? null,
        byId: actor.staffId ?? actor.id,
        at: deps.now(),
        lineStands: await lineStands(deps, activity, input.staffId),
      }),
    }),
    input.reason,
  );

/** Whether the line that a person's part counts as is in their plan, in force or proposed; one that was withdrawn or amended away is not. */
async function lineStands(deps: Deps, activity: JointActivity, staffId: string): Promise<boolean> {
  const lineId = activity.participants.find((one) => one.staffId === staffId)?.lineId ?? null;
  if (lineId === null) return false;
  const planId = planIdOf({ kind: 'STAFF', staffId }, yearOf(activity));
  const found = await findPlan(deps, planId).catch(nullWhenRejected);
  return [found?.plan.agreed, found?.plan.proposal].some((held) =>
    held?.lines.some(({ id }) => id === lineId),
  );
}

export interface ReportJointResultInput extends JointChangeInput {
  readonly text: string;
}

/** The one who leads the activity says what came of it. @throws Rejection as addResult; FORBIDDEN, CONFLICT */
export const reportJointResult = (
  deps: Deps,
  actor: Actor,
  input: ReportJointResultInput,
): Promise<Stored<JointActivity>> =>
  changeActivity(deps, actor, 'Mutation.reportJointResult', input, itsLeader, async (activity) => ({
    after: addResult(activity, {
      text: input.text,
      on: await regionToday(deps),
      byId: actor.staffId ?? actor.id,
    }),
  }));

export interface EndJointActivityInput extends JointChangeInput {
  readonly state: 'FINISHED' | 'CANCELLED';
  readonly reason?: string | null | undefined;
}

/** The head of the leading unit, those above, or a planner end it. @throws Rejection as endActivity; FORBIDDEN, CONFLICT */
export const endJointActivity = (
  deps: Deps,
  actor: Actor,
  input: EndJointActivityInput,
): Promise<Stored<JointActivity>> =>
  changeActivity(
    deps,
    actor,
    'Mutation.endJointActivity',
    input,
    itsUnit,
    (activity) => ({ after: endActivity(activity, input.state, input.reason ?? null) }),
    input.reason,
  );
