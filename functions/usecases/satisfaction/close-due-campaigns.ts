import { isDueToClose } from '../../domain/satisfaction/campaign.ts';
import type { Deps } from '../deps.ts';
import { readFirst } from '../read-all.ts';
import { regionToday } from '../region-clock.ts';
import { closeDueCampaign } from './close-campaign.ts';

/** Campaigns that one look takes on; more than so many wait an hour. */
const MOST = 500;

/** Closes the campaigns whose last day is over. @returns their ids */
export async function closeDueCampaigns(
  deps: Pick<Deps, 'store' | 'now'>,
  failed: (id: string, error: unknown) => void,
): Promise<readonly string[]> {
  const today = await regionToday(deps);
  const running = await readFirst((page) => deps.store.satisfaction.running(page), MOST);
  const closed: string[] = [];
  for (const { id } of running.filter((campaign) => isDueToClose(campaign, today))) {
    try {
      if (await closeDueCampaign(deps, id)) closed.push(id);
    } catch (error) {
      failed(id, error);
    }
  }
  return closed;
}
