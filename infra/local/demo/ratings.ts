import { defaultPeerRules } from '../../../functions/domain/peers/peer-panel.ts';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import { change, clientOf, found, staffIds } from './demo-client.ts';
import { DEMO_YEAR, RUNNING_QUARTER } from './demo-year.ts';
import { headOf, subordinatesOf } from './people.ts';
import { adoptRules, demoRules } from './policy.ts';

const VALUES = ['SERVICE', 'ACCOUNTABLE', 'COMPETENT', 'HARMONIOUS', 'LOYAL', 'ADAPTIVE', 'COLLABORATIVE'];

/**
 * From the third quarter on the region has peers nominated, by rules that planning drafted. In a puskesmas one nurse has named hers and got them, another waits
 * for the head's decision; the head has rated two nurses at once, and one of the peers has rated.
 */
export const nominatePeers = async (runtime: Runtime, admin: GraphqlClient): Promise<void> => {
  const peers = { ...defaultPeerRules, choice: 'NOMINATED' as const };
  const planner = await clientOf(runtime, 'demo-planner', ['planner']);
  await adoptRules(admin, `${DEMO_YEAR}-07-01`, { ...demoRules, peers }, planner);
  const head = headOf('1.02.11');
  const nurses = subordinatesOf(head).slice(0, 6);
  const [headId, first, second, ...others] = await staffIds(admin, [head, ...nurses]);
  const [client, own] = await Promise.all([
    clientOf(runtime, found(headId), []),
    clientOf(runtime, found(first), []),
  ]);
  const panel = { periodId: RUNNING_QUARTER, staffId: found(first) };
  await change(own, 'nominatePeers', 'NominatePeersInput', { ...panel, peerIds: others.slice(0, 3) });
  await change(client, 'decidePeers', 'DecidePeersInput', {
    ...panel,
    version: 1,
    approve: others.slice(0, 2),
    refuse: [{ staffId: found(others[2]), reason: 'Suami dari pegawai yang dinilai' }],
    add: [{ staffId: found(second), reason: 'Satu regu jaga' }],
  });
  await change(await clientOf(runtime, found(second), []), 'nominatePeers', 'NominatePeersInput', {
    periodId: RUNNING_QUARTER,
    staffId: second,
    peerIds: others.slice(0, 3),
  });
  const scores = (mark: number) => VALUES.map((itemId) => ({ itemId, score: mark }));
  await change(client, 'rateStaff', 'RateStaffInput', {
    periodId: RUNNING_QUARTER,
    instrumentId: 'berakhlak',
    ratings: [
      { rateeId: found(first), scores: scores(4) },
      { rateeId: found(second), scores: scores(3), comment: 'Perlu lebih cepat menanggapi pasien' },
    ],
  });
  await change(await clientOf(runtime, found(others[0]), []), 'submitRating', 'SubmitRatingInput', {
    periodId: RUNNING_QUARTER,
    rateeId: first,
    group: 'PEER',
    instrumentId: 'berakhlak',
    scores: scores(5),
  });
};
