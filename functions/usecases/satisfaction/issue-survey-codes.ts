import type { Actor } from '../../domain/access-policy.ts';
import { addDays } from '../../domain/calendar.ts';
import { type Campaign, latestEnd, phaseOf } from '../../domain/satisfaction/campaign.ts';
import type { CodeBatch } from '../../domain/satisfaction/single-use-code.ts';
import { authorise } from '../authorise.ts';
import { checkInput, latestDay } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { requireCampaign } from './campaign-change.ts';
import { checkBatchSize, hashOfSurveyCode, newCodes } from './single-use-codes.ts';

export interface IssueSurveyCodes {
  readonly campaignId: string;
  readonly count: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** Codes as they are shown once, to whoever asked for them: only their hashes are kept. */
export interface IssuedCodes {
  readonly batch: CodeBatch;
  /** Empty when the request was a repetition. */
  readonly codes: readonly string[];
}

/** Days that an unused code is kept after the last day on which it can be good for something. */
const KEPT_DAYS = 30;

/** When codes vanish, in seconds. @param lastDay the latest that what they are for can be given as its end: no code is extended */
export const vanishesAfter = (lastDay: string): number =>
  Date.parse(`${addDays(lastDay, KEPT_DAYS)}T00:00:00.000Z`) / 1_000;

/**
 * Issues single-use codes for answers to a campaign, also before it opens. A repetition finds the batch but not its codes.
 * @throws Rejection OUT_OF_RANGE, CAMPAIGN_CLOSED, NOT_FOUND
 */
export async function issueSurveyCodes(
  deps: Deps,
  actor: Actor,
  input: IssueSurveyCodes,
): Promise<IssuedCodes & { readonly campaign: Campaign }> {
  const { campaignId } = input;
  let issued: { readonly batchId: string; readonly codes: readonly string[] } | null = null;
  const batch = await perform(
    deps,
    { actor, operation: 'issueSurveyCodes', input },
    async () => {
      const { unitId } = await requireCampaign(deps, campaignId, 'campaignId');
      return authorise(deps, actor, 'Mutation.issueSurveyCodes', { unitId });
    },
    async (as) => {
      const [campaign, today] = await Promise.all([
        requireCampaign(deps, campaignId, 'campaignId'),
        regionToday(deps),
      ]);
      const check = checkInput();
      const count = checkBatchSize(input.count, check);
      const phase = phaseOf(campaign, today);
      if (phase === 'ENDED' || phase === 'CLOSED') check.add('CAMPAIGN_CLOSED', 'campaignId');
      check.done();
      const codes = newCodes(count);
      const of: CodeBatch = {
        id: deps.newId('b'),
        purpose: { kind: 'SURVEY', campaignId },
        count,
        issuedAt: deps.now(),
        voided: null,
        version: 0,
      };
      issued = { batchId: of.id, codes };
      // Until its first day a campaign can begin on another one, and until its last day it can last longer.
      const begins = phase === 'PLANNED' ? latestDay(today) : campaign.opens;
      const expiresAt = vanishesAfter(latestEnd(begins));
      const writes = [deps.store.satisfaction.issue(of, codes.map(hashOfSurveyCode), expiresAt)];
      return { as, ref: of.id, writes };
    },
    readBatch(deps),
  );
  return { ...withCodes(batch, issued), campaign: await requireCampaign(deps, campaignId, 'campaignId') };
}

export const readBatch =
  ({ store }: Deps) =>
  async (id: string): Promise<CodeBatch> => {
    const batch = await store.satisfaction.batch(id);
    if (batch === null) throw new Error('a batch that was issued is not there');
    return batch;
  };

/** A repetition is answered with the batch of the first call, whose codes this one does not know. */
export const withCodes = (
  batch: CodeBatch,
  issued: { readonly batchId: string; readonly codes: readonly string[] } | null,
): IssuedCodes => ({ batch, codes: issued?.batchId === batch.id ? issued.codes : [] });
