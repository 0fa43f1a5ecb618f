import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { type Campaign, phaseOf } from '../../domain/satisfaction/campaign.ts';
import type { LocalisedText } from '../../domain/satisfaction/survey-questions.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { checkTerms, readCampaign, requireCampaign, withoutTrail } from './campaign-change.ts';

export interface EditCampaign {
  readonly id: string;
  readonly version: number;
  readonly service?: LocalisedText | null | undefined;
  readonly opens?: IsoDate | null | undefined;
  readonly closes?: IsoDate | null | undefined;
  readonly withoutCodePerHour?: number | null | undefined;
  readonly minimumAnswers?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** What stays as citizens found it once the first of them may have answered. */
const FIXED_ONCE_OPEN = ['service', 'opens', 'minimumAnswers'] as const;

/**
 * Changes a campaign; what is left out stays. Once it is open only its last day and the room for answers without a code can
 * change. @throws Rejection with every problem; CAMPAIGN_CLOSED, WRONG_STATE, NOT_FOUND, CONFLICT
 */
export const editCampaign = (deps: Deps, actor: Actor, input: EditCampaign): Promise<Campaign> =>
  perform(
    deps,
    { actor, operation: 'editSurveyCampaign', input },
    async () => {
      const { unitId } = await requireCampaign(deps, input.id);
      return authorise(deps, actor, 'Mutation.editSurveyCampaign', { unitId });
    },
    async (as) => {
      const [before, today] = await Promise.all([requireCampaign(deps, input.id), regionToday(deps)]);
      expectVersion(before, input.version);
      const check = checkInput();
      const phase = phaseOf(before, today);
      if (phase === 'ENDED' || phase === 'CLOSED') check.add('CAMPAIGN_CLOSED', 'id');
      check.done();
      const campaign = withoutTrail(before);
      const after: Campaign = {
        ...campaign,
        ...checkTerms(
          {
            service: input.service ?? campaign.service,
            opens: input.opens ?? campaign.opens,
            closes: input.closes ?? campaign.closes,
            withoutCodePerHour: input.withoutCodePerHour ?? campaign.withoutCodePerHour,
            minimumAnswers: input.minimumAnswers ?? campaign.minimumAnswers,
          },
          today,
          check,
        ),
      };
      for (const term of phase === 'OPEN' ? FIXED_ONCE_OPEN : [])
        if (canonicalJson(after[term]) !== canonicalJson(campaign[term])) check.add('WRONG_STATE', term);
      check.done();
      const changed = canonicalJson(after) !== canonicalJson(campaign);
      return {
        as,
        ref: campaign.id,
        writes: changed ? [deps.store.satisfaction.save(before, after)] : [],
      };
    },
    readCampaign(deps),
  );
