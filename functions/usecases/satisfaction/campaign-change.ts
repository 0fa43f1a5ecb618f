import { reject } from '../../domain/problem.ts';
import { CAMPAIGN_BOUNDS, type Campaign, latestEnd } from '../../domain/satisfaction/campaign.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { type InputCheck, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';

/** @throws Rejection NOT_FOUND at `path` */
export async function requireCampaign({ store }: Deps, id: string, path = 'id'): Promise<Stored<Campaign>> {
  const campaign = await store.satisfaction.get(id);
  if (campaign === null) throw reject('NOT_FOUND', path, { id });
  return campaign;
}

export const readCampaign = (deps: Deps) => (id: string) => requireCampaign(deps, id);

export const withoutTrail = ({ auditHash: _, ...campaign }: Stored<Campaign>): Campaign => campaign;

/** What a unit decides about a campaign. */
export type CampaignTerms = Pick<
  Campaign,
  'service' | 'opens' | 'closes' | 'withoutCodePerHour' | 'minimumAnswers'
>;

/**
 * The terms with their texts tidied; notes REQUIRED, TOO_LONG, INVALID_FORMAT, OUT_OF_RANGE.
 * @param today a campaign ends on that day or later: one that was over already would take no answer
 */
export function checkTerms(terms: CampaignTerms, today: IsoDate, check: InputCheck): CampaignTerms {
  const { withoutCodePerHour: hourly, minimumAnswers: minimum } = CAMPAIGN_BOUNDS;
  check.day('opens', terms.opens, today);
  const earliest = terms.opens > today ? terms.opens : today;
  const latest = latestEnd(terms.opens);
  if (terms.closes < earliest || terms.closes > latest)
    check.add('OUT_OF_RANGE', 'closes', { minimum: earliest, maximum: latest });
  return {
    service: {
      id: check.line('service.id', terms.service.id, LENGTHS.name),
      en: check.line('service.en', terms.service.en, LENGTHS.name),
    },
    opens: terms.opens,
    closes: terms.closes,
    withoutCodePerHour: check.integer(
      'withoutCodePerHour',
      terms.withoutCodePerHour,
      hourly.minimum,
      hourly.maximum,
    ),
    minimumAnswers: check.integer('minimumAnswers', terms.minimumAnswers, minimum.minimum, minimum.maximum),
  };
}
