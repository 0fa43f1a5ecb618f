import type { Actor } from '../../domain/access-policy.ts';
import type { Aspect } from '../../domain/indicator/indicator.ts';
import { linkLine, monthsOf, yearOf } from '../../domain/joint/joint-activity.ts';
import type { PlanLine } from '../../domain/plan/line.ts';
import { amendPlan, type Plan, type PlanParty, planIdOf, proposePlan } from '../../domain/plan/plan.ts';
import { Rejection, reject } from '../../domain/problem.ts';
import type { Month } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { changePlan } from '../plan/change-plan.ts';
import {
  linesOfProposal,
  monthlyTargetsOf,
  type PlanLineInput,
  type TargetInput,
} from '../plan/plan-lines.ts';
import type { PlanOutcome } from '../plan/propose-plan.ts';
import { requireActivity } from './joint-change.ts';

export interface PlanJointActivityInput {
  readonly id: string;
  readonly version: number;
  readonly staffId: string;
  readonly planVersion: number;
  readonly indicatorId: string;
  readonly aspect: Aspect;
  readonly target?: TargetInput | null | undefined;
  readonly monthlyTargets?:
    | readonly { readonly month: Month; readonly target: TargetInput }[]
    | null
    | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Puts a participant's approved part into their plan as an additional work result (hasil kerja tambahan), in the one transaction
 * that links both: into the proposal under discussion while nothing is agreed, else as an amendment. Either side of the plan may;
 * the other one agrees as to any proposal, and may change the line by the plan's own rules. One target is spread over the months
 * of the activity.
 * @throws Rejection with all that is wrong with the line; WRONG_STATE while an amendment is under discussion or the part is not
 * approved, ALREADY_EXISTS when it is in the plan, CONFLICT, FORBIDDEN, NOT_FOUND
 */
export async function planJointActivity(
  deps: Deps,
  actor: Actor,
  input: PlanJointActivityInput,
): Promise<PlanOutcome> {
  const { title, ...span } = await requireActivity(deps, input.id);
  const year = yearOf(span);
  const planId = planIdOf({ kind: 'STAFF', staffId: input.staffId }, year);
  return changePlan(
    deps,
    actor,
    'Mutation.planJointActivity',
    { ...input, planId, version: input.planVersion, ...{ activityVersion: input.version } },
    async (plan, by) => {
      const activity = await requireActivity(deps, input.id);
      expectVersion(activity, input.version);
      const linked = activity.participants.find(({ staffId }) => staffId === input.staffId)?.lineId ?? null;
      const present = linesOf(plan);
      if (linked !== null && present.some(({ id }) => id === linked))
        throw reject('ALREADY_EXISTS', 'staffId', { id: linked });
      if (plan.agreed !== null && plan.proposal !== null)
        throw reject('WRONG_STATE', 'planVersion', { state: plan.proposalState ?? 'PROPOSED' });
      const line = await newLine(deps, actor, plan, present, {
        kind: 'ADDITIONAL',
        title,
        aspect: input.aspect,
        indicatorId: input.indicatorId,
        weight: 0,
        target: input.target,
        spreadOver: monthsOf(activity),
        monthlyTargets: input.monthlyTargets,
      });
      return {
        after: withLine(plan, by, [...present, line], title),
        along: [deps.store.jointActivities.save(activity, linkLine(activity, input.staffId, line.id))],
      };
    },
    title,
  );
}

/** Lines that are in force, or, before the first agreement, under discussion. */
const linesOf = ({ agreed, proposal }: Plan): readonly PlanLine[] => (agreed ?? proposal)?.lines ?? [];

const withLine = (plan: Plan, by: PlanParty, lines: readonly PlanLine[], title: string): Plan =>
  plan.agreed === null ? proposePlan(plan, by, lines) : amendPlan(plan, by, lines, title);

/** The new line as the plan's rules make it; those that are there stay as they are, with the definitions they have. */
async function newLine(
  deps: Deps,
  actor: Actor,
  plan: Plan,
  present: readonly PlanLine[],
  input: PlanLineInput,
): Promise<PlanLine> {
  const lines = await linesOfProposal(deps, actor, plan, {
    lines: [...present.map((line) => asInput(plan, line)), input],
    untouched: present.length,
  }).catch((error) => {
    throw pathsOfInput(error, present.length);
  });
  const line = lines.at(-1);
  if (line === undefined) throw new TypeError('lines that are neither made nor refused');
  return line;
}

const asInput = (
  { year }: Plan,
  { targets, measure: _, indicatorName: __, ...line }: PlanLine,
): PlanLineInput => ({
  ...line,
  monthlyTargets: monthlyTargetsOf(targets, year),
});

/** What is wrong with the new line is said at the client's own field. */
const pathsOfInput = (error: unknown, at: number): unknown =>
  error instanceof Rejection
    ? new Rejection(
        error.problems.map((found) =>
          found.path[0] === 'lines' && found.path[1] === at ? { ...found, path: found.path.slice(2) } : found,
        ),
        { cause: error },
      )
    : error;
