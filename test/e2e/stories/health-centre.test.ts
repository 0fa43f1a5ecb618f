/**
 * Two stories of a health centre, one after the other in the same region: an objection that changes a rank, and an indicator that
 * misled. The guide tells them; here is what must be true besides.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discrepancies } from '../../../functions/domain/evaluation/recompute.ts';
import type { RankedResult } from '../../../functions/domain/evaluation/result.ts';
import { defaultFollowUpRules } from '../../../functions/domain/follow-up/rules.ts';
import { defaultPolicyRules } from '../../../functions/domain/period/policy.ts';
import { createStore } from '../../../functions/store/create-store.ts';
import { rankedResults } from '../../../functions/usecases/result/ranked-results.ts';
import { verifyTable } from '../../../infra/audit/verify-table.ts';
import { importRows } from '../../../infra/local/demo/demo-client.ts';
import { adoptRules } from '../../../infra/local/demo/policy.ts';
import { createTestClient } from '../../support/dynamodb.ts';
import { ask, mutate } from '../endpoint.ts';
import {
  type GuideRegion,
  havePlans,
  haveReported,
  indicatorRow,
  nipOf,
  staffIdOf,
  startGuideRegion,
} from './region.ts';
import { tell } from './telling.ts';

const TABLE = 'stories-health-centre';
const PERIOD = '2026-Q1';
const NURSES = ['Siti', 'Dewi', 'Rina', 'Tuti'] as const;
const NAMES = ['Budi', ...NURSES] as const;

const client = createTestClient();
const store = createStore({ client, tableName: TABLE });
let region: GuideRegion;

beforeAll(async () => {
  region = await startGuideRegion(TABLE, '2026-04-01T02:00:00.000Z');
  const admin = await region.admin();
  await importRows(admin, 'importIndicators', 'ImportIndicatorsInput', [
    indicatorRow('KUNJUNGAN', 'Kunjungan rumah', 'kunjungan'),
    indicatorRow('LAYANAN', 'Pasien yang dilayani sesuai standar', 'orang'),
  ]);
  await havePlans(admin, 2026, {
    PM: ['LAYANAN', '1200'],
    ...Object.fromEntries(NURSES.map((name) => [nipOf(name), ['KUNJUNGAN', '480']])),
  });
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
  await haveReported(admin, {
    id: PERIOD,
    closesAt: '2026-04-05T17:00:00.000Z',
    reached: {
      PM: [110, 90, 100],
      [nipOf('Siti')]: [24, 40, 40],
      [nipOf('Dewi')]: [40, 40, 41],
      [nipOf('Rina')]: [40, 40, 36],
      [nipOf('Tuti')]: [36, 34, 34],
    },
    marks: [
      { of: 'Budi', by: 'Ratna', mark: 4 },
      { of: 'Siti', by: 'Budi', mark: 4 },
      { of: 'Dewi', by: 'Budi', mark: 4 },
      { of: 'Rina', by: 'Budi', mark: 4 },
      { of: 'Tuti', by: 'Budi', mark: 3 },
    ],
  });
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

const resultsOf = async (run: string): Promise<readonly RankedResult[]> => {
  const keys = NAMES.map((name) => ({ periodId: PERIOD, run, staffId: staffIdOf(name) }));
  return (await rankedResults(store, keys)).filter((result) => result !== null);
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

describe('an indicator that misled', () => {
  beforeAll(async () => {
    region.runtime.setClock(new Date('2027-01-04T02:00:00.000Z'));
    await haveReported(await region.admin(), {
      id: '2026-Q4',
      closesAt: '2027-01-05T17:00:00.000Z',
      reached: {
        PM: [98, 101, 104],
        [nipOf('Siti')]: [60, 66, 69],
        [nipOf('Dewi')]: [81, 90, 77],
        // At the cap exactly: 144 of 120.
        [nipOf('Rina')]: [48, 48, 48],
        [nipOf('Tuti')]: [51, 55, 49],
      },
      marks: NURSES.map((of) => ({ of, by: 'Budi', mark: 4 })),
    });
  });

  test('goes as the guide tells it', () => tell(region, 'An indicator that misled'), 30_000);

  test('is decided once, by planners alone, who alone see what it led to', async () => {
    const input = {
      indicatorId: region.known.get('indicator') ?? '',
      periodId: '2026-Q4',
      outcome: 'RETIRE',
      reason: 'Again',
      version: 2,
    };
    for (const [name, code] of [
      ['Planner', 'ALREADY_EXISTS'],
      ['Budi', 'FORBIDDEN'],
      ['Personnel office', 'FORBIDDEN'],
    ] as const) {
      const who = region.who(name) ?? { username: '' };
      const { userErrors } = await mutate(
        region.runtime,
        who,
        'decideIndicatorReview',
        'DecideIndicatorReviewInput',
        input,
      );
      expect([name, userErrors.map((error) => error.code)]).toEqual([name, [code]]);
    }
    const { errors } = await ask(
      region.runtime,
      region.who('Budi'),
      '{ indicatorReviews(periodId: "2026-Q4") { nodes { findings } } }',
    );
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN']);
  });

  test('leaves plans and results of before by their own definition, and a figure that discriminates after', async () => {
    const lines = async (periodId: string) => {
      const keys = NURSES.map((name) => ({ periodId, run: 'r1', staffId: staffIdOf(name) }));
      const policy = (await store.periods.get(periodId))?.policy;
      const results = (await store.results.getMany(keys)).filter((result) => result !== null);
      for (const result of results) expect(discrepancies(result, policy?.rules as never)).toEqual([]);
      return results.map(({ workResult }) =>
        workResult.lines.map(({ definition, achievement }) => [definition, achievement]),
      );
    };
    expect(await lines('2026-Q4')).toEqual(NURSES.map(() => [[1, 120_000_000]]));
    // 91.5, 63, 82.8 and 90 of 90 percent.
    expect(await lines('2027-Q1')).toEqual([
      [[2, 101_666_667]],
      [[2, 70_000_000]],
      [[2, 92_000_000]],
      [[2, 100_000_000]],
    ]);
    for (const [year, definition] of [
      [2026, 1],
      [2027, 2],
    ] as const) {
      const plan = `{ plan(staffId: "${staffIdOf('Tuti')}", year: ${year}) { agreed { lines { definition } } } }`;
      const { data } = await ask(region.runtime, { username: staffIdOf('Tuti') }, plan);
      expect(data).toEqual({ plan: { agreed: { lines: [{ definition }] } } });
    }
  });

  test('has whole trails', async () => {
    expect((await verifyTable(client, TABLE)).broken).toEqual([]);
  });
});
