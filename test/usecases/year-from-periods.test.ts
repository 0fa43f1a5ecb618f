/** A year whose results are built from those of its periods takes no ratings: nothing that raters say of it would count. */
import { afterAll, describe, expect, test } from 'vitest';
import type { PeerChoice } from '../../functions/domain/peers/peer-panel.ts';
import { defaultPolicyRules, type PolicyRules } from '../../functions/domain/period/policy.ts';
import { Rejection } from '../../functions/domain/problem.ts';
import type { RaterGroup } from '../../functions/domain/rating/rating.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import type { ImportOutcome } from '../../functions/usecases/import-rows.ts';
import { decidePeers } from '../../functions/usecases/peers/decide-peers.ts';
import { declineRating } from '../../functions/usecases/peers/decline-rating.ts';
import { drawPeers } from '../../functions/usecases/peers/draw-peers.ts';
import { nominatePeers } from '../../functions/usecases/peers/nominate-peers.ts';
import { importRatings } from '../../functions/usecases/rating/import-ratings.ts';
import { rateStaff } from '../../functions/usecases/rating/rate-staff.ts';
import { readRatingCompletion } from '../../functions/usecases/rating/read-completion.ts';
import { setAssessorRating } from '../../functions/usecases/rating/set-assessor-rating.ts';
import { submitRating } from '../../functions/usecases/rating/submit-rating.ts';
import { regionToday } from '../../functions/usecases/region-clock.ts';
import { evaluateNow } from '../../functions/usecases/result/evaluate-now.ts';
import { issueContactCodes } from '../../functions/usecases/satisfaction/issue-contact-codes.ts';
import { rateContact } from '../../functions/usecases/satisfaction/rate-contact.ts';
import { openPeriodOf, policyOf, write } from '../workflow/region.ts';
import { as, hr, nobody, PERIOD, problemsOf, region, type WorkRegion, workRegion } from './work-region.ts';

const ANNUAL = '2026';
const instrumentId = 'overall';
const scores = [{ itemId: 'OVERALL', score: 4 }];

interface World {
  readonly deps: Deps;
  /** A code for a rating of n4, issued while the year still took ratings. */
  readonly codeOf: (periodId: string) => string;
}

const regions: WorkRegion[] = [];
afterAll(() => Promise.all(regions.map(({ api }) => api.drop())));

/** The quarter and the year, both open; the policy on years comes into force when raters were already chosen for both. */
async function world(annual: PolicyRules['annual'], choice: PeerChoice): Promise<World> {
  const rules = { ...defaultPolicyRules, peers: { choice, minimum: 1, maximum: 3, drawAfterDays: 0 } };
  const opened = await workRegion({ ...region, rules });
  regions.push(opened);
  const { deps } = opened;
  await openPeriodOf(deps.store, ANNUAL, '2027-01-10T17:00:00.000Z');
  const codes = new Map<string, string>();
  for (const periodId of [PERIOD, ANNUAL]) {
    const input = { staffId: 'n4', periodId, instrumentId, count: 1 };
    const { codes: issued } = await issueContactCodes(deps, as('kapus'), input);
    codes.set(periodId, issued[0] ?? '');
    if (choice !== 'NOMINATED') continue;
    await nominatePeers(deps, as('n3'), { periodId, staffId: 'n3', peerIds: ['n1', 'n2'] });
    await decidePeers(deps, as('kapus'), { periodId, staffId: 'n3', approve: ['n1', 'n2'], version: 1 });
    await nominatePeers(deps, as('n4'), { periodId, staffId: 'n4', peerIds: ['n1'] });
  }
  await write(deps.store, [
    deps.store.policies.save(null, { ...policyOf({ ...rules, annual }), id: 'policy-2', number: 2 }),
  ]);
  return { deps, codeOf: (periodId) => codes.get(periodId) ?? '' };
}

type RatingWrite = (world: World, periodId: string) => Promise<unknown>;

const submitted =
  (rater: string, rateeId: string, group: RaterGroup): RatingWrite =>
  ({ deps }, periodId) =>
    submitRating(deps, as(rater), { periodId, rateeId, group, instrumentId, scores });

/** What an import refuses it says of rows; here one is all there is. */
const whole = async (outcome: Promise<ImportOutcome>): Promise<void> => {
  const { problems, imported } = await outcome;
  if (problems.length > 0) throw new Rejection(problems);
  expect(imported).toBeGreaterThan(0);
};

/** Every write by which somebody is rated, or raters are chosen, with where it is refused. */
const writes: readonly (readonly [name: string, choice: PeerChoice, path: string, attempt: RatingWrite])[] = [
  ['a rating by the superior', 'NOMINATED', 'periodId', submitted('kapus', 'n1', 'SUPERIOR')],
  ['a rating of oneself', 'NOMINATED', 'periodId', submitted('n1', 'n1', 'SELF')],
  ['a rating by a subordinate', 'NOMINATED', 'periodId', submitted('n1', 'kapus', 'SUBORDINATE')],
  ['a rating by a chosen peer', 'NOMINATED', 'periodId', submitted('n1', 'n3', 'PEER')],
  [
    'ratings of many at once',
    'NOMINATED',
    'periodId',
    ({ deps }, periodId) =>
      whole(rateStaff(deps, as('kapus'), { periodId, instrumentId, ratings: [{ rateeId: 'n2', scores }] })),
  ],
  [
    'an imported rating',
    'NOMINATED',
    'rows.0.periodId',
    async ({ deps }, periodId) => {
      const rateeNip = (await deps.store.staff.get('n2'))?.nip ?? '';
      const row = {
        periodId,
        rateeNip,
        group: 'PUBLIC',
        rater: 'kotak-1',
        instrumentId,
        scores: [4],
      } as const;
      return whole(importRatings(deps, hr, [row]));
    },
  ],
  [
    'a nomination',
    'NOMINATED',
    'periodId',
    ({ deps }, periodId) => nominatePeers(deps, as('n1'), { periodId, staffId: 'n1', peerIds: ['n2', 'n3'] }),
  ],
  [
    'a decision on a nomination',
    'NOMINATED',
    'periodId',
    ({ deps }, periodId) =>
      decidePeers(deps, as('kapus'), { periodId, staffId: 'n4', approve: ['n1'], version: 1 }),
  ],
  [
    'a peer who declines',
    'NOMINATED',
    'periodId',
    ({ deps }, periodId) =>
      declineRating(deps, as('n2'), { periodId, rateeId: 'n3', group: 'PEER', reason: 'Adik ipar' }),
  ],
  [
    'a subordinate who declines',
    'NOMINATED',
    'periodId',
    ({ deps }, periodId) =>
      declineRating(deps, as('n2'), { periodId, rateeId: 'kapus', group: 'SUBORDINATE', reason: 'Ipar' }),
  ],
  [
    'a draw of peers',
    'DRAWN',
    'periodId',
    ({ deps }, periodId) => whole(drawPeers(deps, hr, { periodId, unitId: 'puskesmas' })),
  ],
  [
    'codes for people served',
    'NOMINATED',
    'periodId',
    ({ deps }, periodId) =>
      issueContactCodes(deps, as('kapus'), { staffId: 'n1', periodId, instrumentId, count: 1 }),
  ],
  [
    'a rating by a code of before',
    'NOMINATED',
    'code',
    ({ deps, codeOf }, periodId) => rateContact(deps, nobody, { code: codeOf(periodId), scores }),
  ],
];

const worlds = new Map<string, Promise<World>>();
const worldOf = (annual: PolicyRules['annual'], choice: PeerChoice): Promise<World> => {
  const name = `${annual} ${choice}`;
  const found = worlds.get(name) ?? world(annual, choice);
  worlds.set(name, found);
  return found;
};

describe.each(writes)('%s', (_, choice, path, attempt) => {
  test('is refused in a year that is built from its periods, and taken in its quarter', async () => {
    const it = await worldOf('FROM_PERIODS', choice);
    expect(await problemsOf(attempt(it, ANNUAL))).toEqual([`YEAR_FROM_PERIODS ${path}`]);
    expect(await problemsOf(attempt(it, PERIOD))).toEqual([]);
  });

  test('is taken in a year that has ratings of its own', async () => {
    expect(await problemsOf(attempt(await worldOf('FROM_INPUTS', choice), ANNUAL))).toEqual([]);
  });
});

describe('a year that is built from its periods', () => {
  test('takes what the assessor decides: that counts', async () => {
    const { deps } = await worldOf('FROM_PERIODS', 'NOMINATED');
    const set = setAssessorRating(deps, as('kapus'), {
      periodId: ANNUAL,
      staffId: 'n1',
      workResult: 'MEETS',
      behaviour: 'ABOVE',
      reason: 'Sepanjang tahun di atas ekspektasi',
    });
    expect(await problemsOf(set)).toEqual([]);
    const [period, staff] = await Promise.all([deps.store.periods.get(ANNUAL), deps.store.staff.get('n1')]);
    if (period === null || staff === null) throw new Error('no year or nobody');
    expect(await evaluateNow(deps, period, staff)).toMatchObject({
      behaviour: { notMeasured: 'NO_PERIODS' },
      workResultRating: 'MEETS',
      behaviourRating: 'ABOVE',
    });
  });

  test('has no ratings due; its quarter has', async () => {
    const { deps } = await worldOf('FROM_PERIODS', 'NOMINATED');
    const due = async (periodId: string) =>
      (await readRatingCompletion(deps, hr, { periodId, unitId: 'puskesmas' })).groups.map(
        (group) => group.due,
      );
    expect(await due(ANNUAL)).toEqual([null, null, null, null]);
    expect(await due(PERIOD)).not.toContain(null);
  });
});

test('of a quarter no policy is read to tell whether it takes ratings', async () => {
  const { deps } = await worldOf('FROM_PERIODS', 'NOMINATED');
  // The region's clock is known in the process from then on.
  await regionToday(deps);
  const list = () => Promise.reject(new Error('policies were read'));
  const blind: Deps = { ...deps, store: { ...deps.store, policies: { ...deps.store.policies, list } } };
  const rating = { periodId: PERIOD, rateeId: 'n3', group: 'SUPERIOR', instrumentId, scores } as const;
  await expect(submitRating(blind, as('kapus'), rating)).resolves.toMatchObject({ rateeId: 'n3' });
});
