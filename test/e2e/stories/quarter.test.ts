/** An assessor, his nurses and their patients through a quarter, as the guide tells it; ../nurse-quarter.test.ts tells more of it. */
import { afterAll, beforeAll, test } from 'vitest';
import { defaultPolicyRules } from '../../../functions/domain/period/policy.ts';
import { importRows } from '../../../infra/local/demo/demo-client.ts';
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

/** Nurses whose quarter is told by nobody; they are evaluated beside Siti. */
const OTHERS = ['Dewi', 'Rina', 'Tuti'] as const;

let region: GuideRegion;

beforeAll(async () => {
  // What is told of nobody is there before the telling begins in January: its figures need months that have begun.
  region = await startGuideRegion('story-nurse-quarter', '2026-03-02T02:00:00.000Z');
  const admin = await region.admin();
  await adoptRules(admin, '2026-01-05', {
    ...defaultPolicyRules,
    raterPools: [
      { groups: ['SUPERIOR'], weight: 5_000 },
      { groups: ['PEER', 'SUBORDINATE'], weight: 3_000 },
      { groups: ['PUBLIC'], weight: 2_000 },
    ],
    allowance: { ...defaultPolicyRules.allowance, bases: [{ positionClass: 8, amount: 5_000_000 }] },
  });
  const siti = {
    nip: nipOf('Siti'),
    name: 'Siti',
    employment: 'PNS',
    unitCode: 'PM',
    position: 'Perawat',
    jobGroup: 'nurse',
    from: '2025-01-01',
    functionalLevel: 'AHLI_PERTAMA',
    positionClass: 8,
  };
  await importRows(admin, 'importStaff', 'ImportStaffInput', [siti]);
  await importRows(admin, 'importIndicators', 'ImportIndicatorsInput', [
    indicatorRow('LAYANAN', 'Pasien yang dilayani sesuai standar', 'orang'),
  ]);
  await havePlans(admin, 2026, {
    PM: ['LAYANAN', '1200'],
    ...Object.fromEntries(OTHERS.map((name) => [nipOf(name), ['LAYANAN', '300']])),
  });
  await haveReported(admin, {
    id: '2026-Q1',
    closesAt: '2026-04-05T17:00:00.000Z',
    reached: {
      PM: [110, 100, 105],
      ...Object.fromEntries(OTHERS.map((name) => [nipOf(name), [25, 24, 26]])),
    },
    marks: OTHERS.map((of) => ({ of, by: 'Budi', mark: 4 })),
  });
  const peer = (name: 'Rina' | 'Tuti', mark: number) => ({
    periodId: '2026-Q1',
    rateeNip: nipOf('Siti'),
    rater: nipOf(name),
    group: 'PEER',
    instrumentId: 'berakhlak',
    scores: Array.from({ length: 7 }, () => mark),
  });
  await importRows(admin, 'importRatings', 'ImportRatingsInput', [peer('Rina', 5), peer('Tuti', 4)]);
});

afterAll(() => region?.runtime.close());

test(
  'a quarter at the health centre goes as the guide tells it',
  () => tell(region, 'A quarter at the health centre'),
  30_000,
);
