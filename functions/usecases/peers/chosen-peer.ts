import type { Staff } from '../../domain/organisation/staff.ts';
import { isOnPanel } from '../../domain/peers/peer-panel.ts';
import type { Period } from '../../domain/period/period.ts';
import { policyOn } from '../../domain/period/policy.ts';
import { type Problem, problem } from '../../domain/problem.ts';
import { checkRater, type RaterGroup, type RatingParty } from '../../domain/rating/rating.ts';
import type { Deps } from '../deps.ts';
import { staffAddress } from '../work-address.ts';

/**
 * Whether somebody is on the assigned panel of a person, wherever both serve meanwhile; null where the policy has no peers
 * chosen, and the hierarchy says who may rate.
 */
export type ChosenPeers = (periodId: string, rateeId: string, raterId: string) => boolean | null;

/** Looks up the panels of people who are rated as peers: one read of the policies and one a hundred people. */
export async function chosenPeers(
  { store }: Deps,
  rated: readonly { readonly period: Period; readonly ratee: Staff }[],
): Promise<ChosenPeers> {
  if (rated.length === 0) return () => null;
  const policies = await store.policies.list();
  const wanted = rated.flatMap(({ period, ratee }) => {
    if (policyOn(policies, period.end).rules.peers.choice === 'OPEN') return [];
    const address = staffAddress(ratee, period.year);
    return address === null ? [] : [{ address, periodId: period.id, staffId: ratee.id }];
  });
  const nameOf = (periodId: string, staffId: string): string => JSON.stringify([periodId, staffId]);
  const panels = await store.peers.panels(wanted);
  const found = new Map(
    wanted.map(({ periodId, staffId }, at) => [nameOf(periodId, staffId), panels[at] ?? null]),
  );
  return (periodId, rateeId, raterId) => {
    const panel = found.get(nameOf(periodId, rateeId));
    return panel === undefined ? null : isOnPanel(panel, raterId);
  };
}

/** Whether a staff member may rate: by the panel where there are panels, else by the hierarchy of the day. NOT_A_RATER, SELF_AS_OTHER. */
export const checkMayRate = (
  group: RaterGroup,
  rater: RatingParty | null,
  ratee: RatingParty | null,
  chosen: boolean | null,
): Problem[] => {
  if (chosen === true) return [];
  if (chosen === false || rater === null || ratee === null)
    return [problem('NOT_A_RATER', 'group', { group })];
  return checkRater(group, rater, ratee);
};
