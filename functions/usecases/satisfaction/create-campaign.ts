import type { Actor } from '../../domain/access-policy.ts';
import { isActiveOn } from '../../domain/organisation/organisation.ts';
import { reject } from '../../domain/problem.ts';
import type { Campaign } from '../../domain/satisfaction/campaign.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { type CampaignTerms, checkTerms, readCampaign } from './campaign-change.ts';

export interface CreateCampaign extends Pick<CampaignTerms, 'service' | 'opens' | 'closes'> {
  readonly unitId: string;
  /** None if left out. */
  readonly withoutCodePerHour?: number | null | undefined;
  /** 10 if left out. */
  readonly minimumAnswers?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

const USUAL_MINIMUM = 10;

/** Plans a campaign of a unit; it opens by itself. @throws Rejection with every problem; RETIRED, NOT_FOUND at `unitId` */
export const createCampaign = (deps: Deps, actor: Actor, input: CreateCampaign): Promise<Campaign> =>
  perform(
    deps,
    { actor, operation: 'createSurveyCampaign', input },
    () => authorise(deps, actor, 'Mutation.createSurveyCampaign', { unitId: input.unitId }),
    async (as) => {
      const { unitId } = input;
      const [{ units }, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
      const unit = units.get(unitId);
      if (unit === undefined) throw reject('NOT_FOUND', 'unitId', { id: unitId });
      const check = checkInput();
      if (!isActiveOn(unit, today)) check.add('RETIRED', 'unitId', { id: unit.code });
      const campaign: Campaign = {
        id: deps.newId('c'),
        unitId,
        ...checkTerms(
          {
            ...input,
            withoutCodePerHour: input.withoutCodePerHour ?? 0,
            minimumAnswers: input.minimumAnswers ?? USUAL_MINIMUM,
          },
          today,
          check,
        ),
        state: 'RUNNING',
        closedAt: null,
        result: null,
        version: 0,
      };
      check.done();
      return { as, ref: campaign.id, writes: [deps.store.satisfaction.save(null, campaign)] };
    },
    readCampaign(deps),
  );
