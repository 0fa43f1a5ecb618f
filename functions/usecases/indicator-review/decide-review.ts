import type { Actor } from '../../domain/access-policy.ts';
import type { Indicator } from '../../domain/indicator/indicator.ts';
import type { ReviewDecision, ReviewOutcome } from '../../domain/indicator-review/review.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import { checkInput, type InputCheck, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { type DefinitionInput, requireIndicator, withoutTrail } from '../indicator/indicator-change.ts';
import { nextDefinition } from '../indicator/revise-indicator.ts';
import { perform } from '../perform.ts';
import { type ReviewWithDecision, readReview } from './read-reviews.ts';

export interface DecideIndicatorReview {
  readonly indicatorId: string;
  readonly periodId: string;
  readonly outcome: ReviewOutcome;
  readonly reason: string;
  /** Of the indicator, as it was read. */
  readonly version: number;
  readonly definition?: DefinitionInput | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * A planner decides on an indicator that a close found fault with: it is kept, gets a new definition, or is retired, in one
 * transaction with the decision and its reason. Decided once; what comes later is another period's review.
 * @throws Rejection NOT_FOUND, ALREADY_EXISTS, REASON_REQUIRED, RETIRED, REQUIRED or NOT_APPLICABLE for a definition that is
 * missing or of no use, OUT_OF_RANGE, CONFLICT
 */
export const decideIndicatorReview = (
  deps: Deps,
  actor: Actor,
  input: DecideIndicatorReview,
): Promise<ReviewWithDecision> => {
  const { indicatorId, periodId, outcome } = input;
  return perform(
    deps,
    { actor, operation: 'decideIndicatorReview', input, reason: input.reason },
    () => authorise(deps, actor, 'Mutation.decideIndicatorReview'),
    async (as) => {
      const [review, indicator] = await Promise.all([
        readReview(deps, indicatorId, periodId),
        requireIndicator(deps, indicatorId),
      ]);
      expectVersion(indicator, input.version);
      const check = checkInput();
      if (review.decision !== null) check.add('ALREADY_EXISTS', 'periodId', { id: periodId });
      const reason = check.text('reason', input.reason, LENGTHS.reason);
      const after = changed(indicator, input, check);
      check.done();
      const decision: ReviewDecision = {
        indicatorId,
        periodId,
        outcome,
        reason,
        definition: outcome === 'REVISE' ? (after?.current.definition ?? null) : null,
        decidedAt: deps.now(),
        version: 0,
      };
      const writes: Write[] = [deps.store.indicatorReviews.decide(decision)];
      if (after !== null) writes.push(deps.store.indicators.save(indicator, after));
      return { as, ref: indicatorId, writes };
    },
    (ref) => readReview(deps, ref, periodId),
  );
};

/** The indicator as the decision leaves it; null: as it is. */
function changed(
  before: Stored<Indicator>,
  { outcome, definition }: DecideIndicatorReview,
  check: InputCheck,
): Indicator | null {
  if (outcome !== 'REVISE' && definition != null) check.add('NOT_APPLICABLE', 'definition', { to: outcome });
  switch (outcome) {
    case 'KEEP':
      return null;
    case 'RETIRE':
      if (before.retired) check.add('RETIRED', 'indicatorId', { id: before.code });
      return { ...withoutTrail(before), retired: true };
    case 'REVISE':
      if (definition == null) {
        check.add('REQUIRED', 'definition');
        return null;
      }
      return nextDefinition(before, definition, check, 'indicatorId');
  }
}
