/** A month that is corrected when the year that builds on it is final, as the guide tells it; here is what must be true besides. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discrepancies } from '../../../functions/domain/evaluation/recompute.ts';
import { defaultPolicyRules } from '../../../functions/domain/period/policy.ts';
import { createStore } from '../../../functions/store/create-store.ts';
import { verifyTable } from '../../../infra/audit/verify-table.ts';
import { change, importRows } from '../../../infra/local/demo/demo-client.ts';
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

const TABLE = 'story-late-correction';
const NURSES = ['Siti', 'Dewi', 'Rina', 'Tuti'] as const;
const YEAR = '2026';

const client = createTestClient();
const store = createStore({ client, tableName: TABLE });
let region: GuideRegion;

beforeAll(async () => {
  region = await startGuideRegion(TABLE, '2027-01-04T02:00:00.000Z');
  const admin = await region.admin();
  await importRows(admin, 'importIndicators', 'ImportIndicatorsInput', [
    indicatorRow('KUNJUNGAN', 'Kunjungan rumah', 'kunjungan'),
    indicatorRow('LAYANAN', 'Pasien yang dilayani sesuai standar', 'orang'),
  ]);
  await havePlans(admin, 2026, {
    PM: ['LAYANAN', '1200'],
    ...Object.fromEntries(NURSES.map((name) => [nipOf(name), ['KUNJUNGAN', '480']])),
  });
  await adoptRules(admin, '2026-01-01', { ...defaultPolicyRules, annual: 'FROM_PERIODS' });
  for (const [id, siti, dewi, rina, tuti] of [
    ['2026-11', 40, 42, 40, 36],
    ['2026-12', 4, 40, 38, 34],
  ] as const)
    await haveReported(admin, {
      id,
      closesAt: '2027-01-04T17:00:00.000Z',
      reached: {
        PM: [100],
        [nipOf('Siti')]: [siti],
        [nipOf('Dewi')]: [dewi],
        [nipOf('Rina')]: [rina],
        [nipOf('Tuti')]: [tuti],
      },
      marks: [
        { of: 'Budi', by: 'Ratna', mark: 4 },
        ...NURSES.map((of) => ({ of, by: 'Budi', mark: 4 }) as const),
      ],
    });
  await change(admin, 'planPeriod', 'PlanPeriodInput', { id: YEAR, closesAt: '2027-01-10T17:00:00.000Z' });
});

afterAll(async () => {
  await region?.runtime.close();
  client.destroy();
});

describe('a correction of a final year', () => {
  test('goes as the guide tells it', () => tell(region, 'A year that was final already'), 30_000);

  test('leaves every version recomputable, and every trail whole', async () => {
    for (const [periodId, run] of [
      [YEAR, 'r1'],
      [YEAR, 'r1c1'],
      ['2026-12', 'r1c1'],
    ] as const) {
      const policy = (await store.periods.get(periodId))?.policy;
      const keys = NURSES.map((name) => ({ periodId, run, staffId: staffIdOf(name) }));
      const results = (await store.results.getMany(keys)).filter((result) => result !== null);
      expect([periodId, run, results.length > 0]).toEqual([periodId, run, true]);
      for (const result of results)
        expect(discrepancies(result, policy?.rules ?? defaultPolicyRules)).toEqual([]);
    }
    expect((await verifyTable(client, TABLE)).broken).toEqual([]);
  });

  test('is decided once, by the personnel office alone', async () => {
    const input = {
      id: YEAR,
      version: (await store.periods.get(YEAR))?.version,
      sourcePeriodId: '2026-12',
      staffIds: [staffIdOf('Siti')],
      outcome: 'KEEP',
      reason: 'Again',
    };
    for (const [name, code] of [
      ['Ratna', 'FORBIDDEN'],
      ['Siti', 'FORBIDDEN'],
      ['Inspector', 'FORBIDDEN'],
      ['Personnel office', 'NOT_FOUND'],
    ] as const) {
      const who = region.who(name) ?? { username: '' };
      const { userErrors } = await mutate(
        region.runtime,
        who,
        'decideLateCorrection',
        'DecideLateCorrectionInput',
        input,
      );
      expect([name, userErrors.map((error) => error.code)]).toEqual([name, [code]]);
    }
  });

  test.each([
    ['Siti', 'FORBIDDEN'],
    ['Budi', 'FORBIDDEN'],
    ['Anybody', 'UNAUTHENTICATED'],
  ])('is not for %s to list', async (name, code) => {
    const { errors } = await ask(
      region.runtime,
      region.who(name),
      `{ lateCorrections(periodId: "${YEAR}") { nodes { sourcePeriodId } } }`,
    );
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual([code]);
  });
});
