/** An objection that changes a rank: the guide's chapter, and what must be true after it. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultFollowUpRules } from '../../../functions/domain/follow-up/rules.ts';
import { defaultPolicyRules } from '../../../functions/domain/policy.ts';
import { discrepancies } from '../../../functions/domain/recompute.ts';
import type { Result } from '../../../functions/domain/result.ts';
import { createStore } from '../../../functions/store/create-store.ts';
import type { Store } from '../../../functions/store/store.ts';
import { verifyTable } from '../../../infra/audit/verify-table.ts';
import { importRows } from '../../../infra/local/demo/demo-client.ts';
import { adoptRules } from '../../../infra/local/demo/policy.ts';
import { createTestClient } from '../../support/dynamodb.ts';
import { ask, mutate } from '../endpoint.ts';
import { type GuideRegion, haveQuarter, indicatorRow, nipOf, staffIdOf, startGuideRegion } from './region.ts';
import { tell } from './telling.ts';

const PERIOD = '2026-Q1';
const NAMES = ['Budi', 'Siti', 'Dewi', 'Rina', 'Tuti'] as const;

let region: GuideRegion;
const client = createTestClient();
let store: Store;

beforeAll(async () => {
  region = await startGuideRegion('story-objection', '2026-04-01T02:00:00.000Z');
  const { admin } = region;
  store = createStore({ client, tableName: region.runtime.tableName });
  await importRows(admin, 'importIndicators', 'ImportIndicatorsInput', [
    indicatorRow('KUNJUNGAN', 'Kunjungan rumah', 'kunjungan'),
    indicatorRow('LAYANAN', 'Pasien yang dilayani sesuai standar', 'orang'),
  ]);
  await adoptRules(admin, '2026-01-01', {
    ...defaultPolicyRules,
    followUp: [
      ...defaultFollowUpRules,
      {
        id: 'first-of-unit',
        measure: 'CERTIFICATE',
        periods: ['QUARTER'],
        predicates: [],
        inARow: 1,
        rank: { scope: 'UNIT', atMost: 1 },
        trend: null,
        valueBelow: null,
        after: null,
      },
    ],
  });
  const visits = (owner: string, reached: readonly string[]) => ({
    owner,
    indicatorCode: 'KUNJUNGAN',
    target: '40',
    reached,
  });
  await haveQuarter(
    admin,
    PERIOD,
    '2026-04-05T17:00:00.000Z',
    [
      { owner: 'PM', indicatorCode: 'LAYANAN', target: '100', reached: ['110', '90', '100'] },
      visits(nipOf('Siti'), ['24', '40', '40']),
      visits(nipOf('Dewi'), ['40', '40', '41']),
      visits(nipOf('Rina'), ['40', '40', '36']),
      visits(nipOf('Tuti'), ['36', '34', '34']),
    ],
    [
      { of: 'Budi', by: 'Ratna', mark: 4 },
      { of: 'Siti', by: 'Budi', mark: 4 },
      { of: 'Dewi', by: 'Budi', mark: 4 },
      { of: 'Rina', by: 'Budi', mark: 4 },
      { of: 'Tuti', by: 'Budi', mark: 3 },
    ],
  );
});

afterAll(async () => {
  await region?.runtime.close();
  client.destroy();
});

describe('an objection that changes a rank', () => {
  test('goes as the guide tells it', () => tell(region, 'An objection that changes a rank'), 30_000);

  test('leaves the results that somebody computes by hand, in both versions', async () => {
    const standing = (visitsOfSiti: number) =>
      byHand({
        Siti: [visitsOfSiti, 120, 4],
        Dewi: [121, 120, 4],
        Rina: [116, 120, 4],
        Tuti: [104, 120, 3],
        Budi: [300, 300, 4],
      });
    expect(await standingIn('r1')).toEqual(standing(104));
    expect(await standingIn('r1c1')).toEqual(standing(126));
  });

  test('can be recomputed from its explanation, and every trail is whole', async () => {
    const policy = (await store.periods.get(PERIOD))?.policy;
    for (const result of await resultsOf('r1c1'))
      expect(discrepancies(result, policy?.rules ?? defaultPolicyRules)).toEqual([]);
    expect((await verifyTable(client, region.runtime.tableName)).broken).toEqual([]);
  });

  test('sets the month right for later closes, and the distribution of the unit', async () => {
    const { data, errors } = await ask<object>(
      region.runtime,
      region.who('Ratna'),
      `query ($siti: ID!, $unit: ID!) {
        plan(staffId: $siti, year: 2026) { lines { realisations(to: "2026-01") { value state } } }
        unit(id: $unit) { result(periodId: "${PERIOD}") { distribution { predicate count } } } }`,
      { siti: staffIdOf('Siti'), unit: region.known.get('Puskesmas Melati') ?? '' },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      plan: { lines: [{ realisations: [{ value: '46', state: 'VERIFIED' }] }] },
      unit: {
        result: {
          distribution: [
            { predicate: 'EXCELLENT', count: 0 },
            { predicate: 'GOOD', count: 3 },
            { predicate: 'NEEDS_IMPROVEMENT', count: 1 },
            { predicate: 'POOR', count: 0 },
            { predicate: 'VERY_POOR', count: 0 },
          ],
        },
      },
    });
  });

  test('is not repeated by the next run, and nobody objects to a final result', async () => {
    await region.runtime.runScheduleOnce();
    expect((await store.periods.get(PERIOD))?.publishedRun).toBe('r1c1');
    const late = await mutate(
      region.runtime,
      { username: staffIdOf('Rina') },
      'fileObjection',
      'FileObjectionInput',
      { periodId: PERIOD, reasons: 'Now I am fourth' },
    );
    expect(late.userErrors.map(({ code }) => code)).toEqual(['WRONG_STATE']);
  });

  test.each([
    ['Dewi', 'FORBIDDEN'],
    ['Wati', 'FORBIDDEN'],
    ['Anybody', 'UNAUTHENTICATED'],
  ])('is not for %s to read', async (name, code) => {
    const hidden = [
      `{ objection(id: "${region.known.get('objection')}") { reasons } }`,
      `{ resultVersions(staffId: "${staffIdOf('Siti')}", periodId: "${PERIOD}") { run } }`,
      `{ followUps(periodId: "${PERIOD}", first: 5) { nodes { id } } }`,
    ];
    for (const query of hidden) {
      const { errors } = await ask(region.runtime, region.who(name), query);
      expect([query, errors.map(({ extensions }) => extensions?.code)]).toEqual([query, [code]]);
    }
  });
});

const resultsOf = async (run: string): Promise<readonly Result[]> => {
  const keys = NAMES.map((name) => ({ periodId: PERIOD, run, staffId: staffIdOf(name) }));
  return (await store.results.getMany(keys)).filter((result) => result !== null);
};

/** Score in micro-points and place within the unit, by name. */
async function standingIn(run: string) {
  const results = await resultsOf(run);
  return NAMES.map((name) => {
    const result = results.find(({ staffId }) => staffId === staffIdOf(name));
    return [name, result?.score, result?.ranks?.unit.rank];
  });
}

/** The same from what was reached of the target in the quarter, and the superior's mark: 3 is 90 points, 4 is 105; 70 and 30 percent. */
function byHand(
  work: Readonly<Record<(typeof NAMES)[number], readonly [reached: number, target: number, mark: 3 | 4]>>,
) {
  const scores = NAMES.map((name) => {
    const [reached, target, mark] = work[name];
    const achievement = Math.round((reached * 100_000_000) / target);
    return Math.round((7 * achievement + 3 * (mark === 3 ? 90_000_000 : 105_000_000)) / 10);
  });
  return NAMES.map((name, at) => {
    const score = scores[at] ?? 0;
    return [name, score, 1 + scores.filter((other) => other > score).length];
  });
}
