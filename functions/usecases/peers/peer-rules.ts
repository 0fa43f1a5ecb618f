import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { PeerRules } from '../../domain/peers/peer-panel.ts';
import type { Period } from '../../domain/period/period.ts';
import { policyOn } from '../../domain/period/policy.ts';
import { checkRater, type RatingParty } from '../../domain/rating/rating.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { partyOn } from '../rating/rating-day.ts';

/** Who rates as a peer in a period: by the policy in force on its last day, which its close will freeze. */
export async function peerRulesOf(
  { store }: Pick<Deps, 'store'>,
  period: Pick<Period, 'end'>,
): Promise<PeerRules> {
  return policyOn(await store.policies.list(), period.end).rules.peers;
}

/** Whether the hierarchy of a day calls a candidate a peer of a person. */
export const isPeerOn = (
  organisation: Organisation,
  candidate: Staff,
  ratee: RatingParty,
  day: IsoDate,
): boolean => {
  const party = partyOn(organisation, candidate, day);
  return party !== null && checkRater('PEER', party, ratee).length === 0;
};
