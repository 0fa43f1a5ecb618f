import type { Actor } from '../../domain/access-policy.ts';
import { nominate, type PeerPanel } from '../../domain/peers/peer-panel.ts';
import { reject, rejectIf } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { countEligiblePeers } from './eligible-peers.ts';
import { checkNamed, findPanelSubject, openPanel, panelOfRef, refOfPanel } from './panel-place.ts';

export interface NominatePeers {
  readonly periodId: string;
  readonly staffId: string;
  readonly peerIds: readonly string[];
  readonly version?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * A staff member names the peers who shall rate them, as many as the policy asks for or as there are; until the assessor has
 * decided they may name others.
 * @throws Rejection with all of DUPLICATE, NOT_FOUND, NOT_A_PEER, TOO_FEW_PEERS, TOO_MANY; PEERS_NOT_CHOSEN, WRONG_STATE, PERIOD_NOT_OPEN,
 * PERIOD_CLOSED, YEAR_FROM_PERIODS, CONFLICT, FORBIDDEN
 */
export const nominatePeers = (deps: Deps, actor: Actor, input: NominatePeers): Promise<Stored<PeerPanel>> =>
  perform(
    deps,
    { actor, operation: 'nominatePeers', input },
    async () => {
      const subject = await findPanelSubject(deps, input);
      const as = await authorise(deps, actor, 'Mutation.nominatePeers', { staff: subject.staff });
      return { as, subject };
    },
    async ({ as, subject }) => {
      checkNamed(input.peerIds, 'peerIds');
      const place = await openPanel(deps, subject, input.peerIds);
      const { address, before, rules, party, refusalOf } = place;
      expectVersion(before, input.version);
      if (rules.choice !== 'NOMINATED')
        throw reject('PEERS_NOT_CHOSEN', 'periodId', { period: input.periodId });
      const { periodId, staffId } = input;
      const { minimum } = rules;
      const eligible =
        input.peerIds.length < minimum
          ? await countEligiblePeers(deps, place, await regionToday(deps), minimum)
          : minimum;
      const key = { periodId, staffId };
      const { panel, problems } = nominate(key, before, input.peerIds, refusalOf, rules, eligible);
      rejectIf(problems);
      const told = notify(deps, {
        kind: 'TASK_ASSIGNED',
        to: person(party.assessorId),
        refs: { periodId, staffId },
        occasion: (before?.version ?? 0) + 1,
      });
      const writes = [deps.store.peers.savePanel(address, before, panel), ...told];
      return { as, ref: refOfPanel(input), writes };
    },
    panelOfRef(deps),
  );
