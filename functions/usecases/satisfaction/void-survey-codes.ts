import type { Actor } from '../../domain/access-policy.ts';
import { reject } from '../../domain/problem.ts';
import type { CodeBatch } from '../../domain/satisfaction/single-use-code.ts';
import { tidy } from '../../domain/text.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { requireCampaign } from './campaign-change.ts';
import { readBatch } from './issue-survey-codes.ts';

export interface VoidSurveyCodes {
  readonly batchId: string;
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Makes the codes of a batch void that nobody has used: a sheet that was lost or copied. Answers that were given stay; a void
 * code is refused as one that never was.
 * @throws Rejection with all of WRONG_STATE when they are void already, REASON_REQUIRED, TOO_LONG; NOT_FOUND also for a batch of
 * another kind, CONFLICT while codes are used in the same moments again and again, FORBIDDEN
 */
export const voidSurveyCodes = (deps: Deps, actor: Actor, input: VoidSurveyCodes): Promise<CodeBatch> => {
  const reason = tidy(input.reason);
  return perform(
    deps,
    { actor, operation: 'voidSurveyCodes', input, reason: reason.slice(0, LENGTHS.reason) },
    async () => {
      const { campaignId } = await requireBatch(deps, input.batchId);
      const { unitId } = await requireCampaign(deps, campaignId, 'batchId');
      return authorise(deps, actor, 'Mutation.voidSurveyCodes', { unitId });
    },
    async (as) => {
      const { auditHash, ...batch } = (await requireBatch(deps, input.batchId)).batch;
      const check = checkInput();
      if (batch.voided !== null) check.add('WRONG_STATE', 'batchId', { state: 'VOID' });
      if (reason === '') check.add('REASON_REQUIRED', 'reason');
      else check.text('reason', reason, LENGTHS.reason);
      check.done();
      const unused = await deps.store.satisfaction.unusedCodes(batch.id);
      const after: CodeBatch = { ...batch, voided: unused.length };
      const writes = [deps.store.satisfaction.voidCodes({ ...batch, auditHash }, after, unused)];
      return { as, ref: batch.id, writes };
    },
    readBatch(deps),
  );
};

/** A batch of a campaign. @throws Rejection NOT_FOUND at `batchId` */
async function requireBatch(
  { store }: Deps,
  id: string,
): Promise<{ readonly batch: Stored<CodeBatch>; readonly campaignId: string }> {
  const batch = await store.satisfaction.batch(id);
  if (batch?.purpose.kind !== 'SURVEY') throw reject('NOT_FOUND', 'batchId', { id });
  return { batch, campaignId: batch.purpose.campaignId };
}
