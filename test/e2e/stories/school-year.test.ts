/** A school through a year that builds on its quarters, as the guide tells it; ../school-year.test.ts tells more of it. */
import { afterAll, beforeAll, test } from 'vitest';
import { defaultPolicyRules } from '../../../functions/domain/period/policy.ts';
import { change, importRows } from '../../../infra/local/demo/demo-client.ts';
import { adoptRules } from '../../../infra/local/demo/policy.ts';
import {
  type GuideRegion,
  havePlans,
  haveReported,
  indicatorRow,
  nipOf,
  startGuideRegion,
} from './region.ts';
import { tell } from './telling.ts';

const TEACHERS = ['Joko', 'Lina', 'Maya'] as const;
const whole = (value: number) => [value, value, value] as const;

let region: GuideRegion;

beforeAll(async () => {
  region = await startGuideRegion('story-school-year', '2026-10-01T02:00:00.000Z');
  const admin = await region.admin();
  const indicator = (code: string, name: string) => ({
    ...indicatorRow(code, name, 'persen'),
    source: 'Rapor',
    unitCode: 'SD',
    buildUp: 'LATEST',
  });
  await importRows(admin, 'importIndicators', 'ImportIndicatorsInput', [
    indicator('TUNTAS', 'Siswa tuntas belajar'),
    indicator('LITERASI', 'Siswa yang membaca lancar'),
  ]);
  await importRows(
    admin,
    'importStaff',
    'ImportStaffInput',
    TEACHERS.map((name) => ({
      nip: nipOf(name),
      name,
      employment: 'PNS',
      unitCode: 'SD',
      position: 'Guru',
      jobGroup: 'teacher',
      from: '2025-01-01',
      functionalLevel: 'AHLI_PERTAMA',
    })),
  );
  await adoptRules(admin, '2026-01-01', {
    ...defaultPolicyRules,
    annual: 'FROM_PERIODS',
    minimumPresence: 5_000,
    raterPools: [
      { groups: ['SUPERIOR'], weight: 7_000 },
      { groups: ['PUBLIC'], weight: 3_000 },
    ],
  });
  await havePlans(admin, 2026, {
    SD: ['LITERASI', '80'],
    ...Object.fromEntries(TEACHERS.map((name) => [nipOf(name), ['TUNTAS', '80']])),
  });
  for (const [id, school, joko, lina, maya, mark] of [
    ['2026-Q1', 72, 80, 80, 76, 4],
    ['2026-Q2', 76, 84, 80, 72, 5],
    ['2026-Q3', 82, 88, 82, 78, 5],
  ] as const)
    await haveReported(admin, {
      id,
      closesAt: '2026-10-04T17:00:00.000Z',
      reached: {
        SD: whole(school),
        [nipOf('Joko')]: whole(joko),
        [nipOf('Lina')]: whole(lina),
        [nipOf('Maya')]: whole(maya),
      },
      marks: [
        { of: 'Joko', by: 'Wati', mark },
        { of: 'Lina', by: 'Wati', mark: 4 },
        { of: 'Maya', by: 'Wati', mark: 4 },
      ],
    });
  const planned = { '2026-Q4': '2027-01-05T17:00:00.000Z', '2026': '2027-01-10T17:00:00.000Z' };
  for (const [id, closesAt] of Object.entries(planned))
    await change(admin, 'planPeriod', 'PlanPeriodInput', { id, closesAt });
});

afterAll(() => region?.runtime.close());

test('a school year goes as the guide tells it', () => tell(region, 'A school year'), 30_000);
