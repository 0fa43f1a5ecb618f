import type { Actor } from '../../domain/access-policy.ts';
import { checkAnswer, type Feedback } from '../../domain/feedback/feedback.ts';
import { rejectIf } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { requireFeedback, requireRecipient } from './feedback-change.ts';

export interface AnswerFeedbackInput {
  readonly id: string;
  readonly version: number;
  readonly text: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** The person answers, once or in place of an earlier answer. @throws Rejection NOT_FOUND, FORBIDDEN, CONFLICT, REQUIRED, TOO_LONG, NO_CHANGE */
export const answerFeedback = (
  deps: Deps,
  actor: Actor,
  input: AnswerFeedbackInput,
): Promise<Stored<Feedback>> =>
  perform(
    deps,
    { actor, operation: 'answerFeedback', input },
    async () => {
      const { staffId } = await requireFeedback(deps, input.id);
      const staff = await requireRecipient(deps, staffId);
      return authorise(deps, actor, 'Mutation.answerFeedback', { staff });
    },
    async (as) => {
      const before = await requireFeedback(deps, input.id);
      expectVersion(before, input.version);
      rejectIf(checkAnswer(before, input.text));
      const after: Feedback = { ...before, answer: { text: tidy(input.text), at: deps.now() } };
      return { as, ref: before.id, writes: [deps.store.feedback.save(before, after)] };
    },
    (id) => requireFeedback(deps, id),
  );
