import type { Actor } from '../../domain/access-policy.ts';
import { FEEDBACK_LIMITS, type Feedback, feedbackIdOf } from '../../domain/feedback/feedback.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import {
  checkFeedbackText,
  type FeedbackInput,
  readTopic,
  requireFeedback,
  requireRecipient,
  timelessToken,
} from './feedback-change.ts';

export interface RecordFeedbackInput extends FeedbackInput {
  readonly origin: string;
}

/**
 * An office records what people served said of a person (art. 18: others who have to do with the work), with how it came in and
 * without their names. Nobody records it of themselves.
 * @throws Rejection with all of NOT_FOUND, REQUIRED, TOO_LONG; FORBIDDEN
 */
export const recordFeedback = (
  deps: Deps,
  actor: Actor,
  input: RecordFeedbackInput,
): Promise<Stored<Feedback>> =>
  perform(
    deps,
    { actor, operation: 'recordFeedback', input },
    async () => {
      const as = await authorise(deps, actor, 'Mutation.recordFeedback');
      const staff = await requireRecipient(deps, input.staffId);
      if (staff.id === actor.staffId) throw reject('FORBIDDEN', 'staffId');
      return { as, staff };
    },
    async ({ as, staff }) => {
      const check = checkInput();
      const text = checkFeedbackText(input, check);
      const origin = check.line('origin', input.origin, FEEDBACK_LIMITS.origin);
      const topic = await readTopic(deps, input, check);
      check.done();
      if (topic === null) throw new TypeError('a topic that is neither read nor refused');
      const today = await regionToday(deps);
      const feedback: Feedback = {
        id: feedbackIdOf(staff.id, today, timelessToken(deps)),
        staffId: staff.id,
        source: 'SERVED',
        authorId: actor.staffId ?? actor.id,
        signed: true,
        form: input.form ?? 'INCIDENTAL',
        topic,
        progress: null,
        text,
        origin,
        givenOn: today,
        answer: null,
        version: 0,
      };
      return { as, ref: feedback.id, writes: [deps.store.feedback.save(null, feedback)] };
    },
    (id) => requireFeedback(deps, id),
  );
