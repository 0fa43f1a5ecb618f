import type { Actor } from '../../domain/access-policy.ts';
import { Rejection, reject } from '../../domain/problem.ts';
import type { CareerPlan, StepState } from '../../domain/training/career.ts';
import type { Capacity } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { requireCareer } from './career-change.ts';
import { authoriseFor } from './enrolment-change.ts';
import { isMentor } from './read-enrolments.ts';

export interface RecordCareerStep {
  readonly staffId: string;
  readonly stepId: string;
  readonly state: StepState;
  readonly note?: string | null | undefined;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Records what came of a step of an agreed plan: the person, the assessor or the mentor.
 * @throws Rejection NOT_FOUND, FORBIDDEN, WRONG_STATE before the plan is agreed, TOO_LONG, CONFLICT
 */
export const recordCareerStep = (deps: Deps, actor: Actor, input: RecordCareerStep): Promise<CareerPlan> =>
  perform(
    deps,
    { actor, operation: 'recordCareerStep', input },
    () => authoriseStep(deps, actor, input.staffId),
    async (as) => {
      const before = await requireCareer(deps, input.staffId);
      expectVersion(before, input.version);
      if (before.state !== 'AGREED') throw reject('WRONG_STATE', 'staffId', { state: before.state });
      const check = checkInput();
      if (!before.steps.some(({ id }) => id === input.stepId))
        check.add('NOT_FOUND', 'stepId', { id: input.stepId });
      const note = check.optionalText('note', input.note, LENGTHS.reason);
      check.done();
      const steps = before.steps.map((step) =>
        step.id === input.stepId ? { ...step, state: input.state, note } : step,
      );
      return {
        as,
        ref: input.staffId,
        writes: [deps.store.training.saveCareer(before, { ...before, steps })],
      };
    },
    (staffId) => requireCareer(deps, staffId),
  );

/** The mentor is named by the plan, not by the organisation, and acts in the person's own matter. */
async function authoriseStep(deps: Deps, actor: Actor, staffId: string): Promise<Capacity> {
  try {
    return (await authoriseFor(deps, actor, 'Mutation.recordCareerStep', staffId)).as;
  } catch (error) {
    if (!(error instanceof Rejection) || error.problems.some(({ code }) => code !== 'FORBIDDEN')) throw error;
    const plan = await deps.store.training.career(staffId);
    if (plan === null || !isMentor(actor, plan)) throw error;
    return 'STAFF';
  }
}
