/** A health centre between two evaluations, as the guide tells it: what is said, who falls behind, and who moves. */
import { afterAll, beforeAll, test } from 'vitest';
import { change, importRows } from '../../../infra/local/demo/demo-client.ts';
import {
  type GuideRegion,
  havePlans,
  haveReported,
  indicatorRow,
  nipOf,
  startGuideRegion,
} from './region.ts';
import { tell } from './telling.ts';

const NURSES = ['Siti', 'Dewi', 'Rina', 'Tuti'] as const;
/** Home visits in each month of the first quarter. */
const VISITS = { Siti: 41, Dewi: 40, Rina: 40, Tuti: 44 };

let region: GuideRegion;

beforeAll(async () => {
  region = await startGuideRegion('story-second-quarter', '2026-04-02T02:00:00.000Z');
  const admin = await region.admin();
  await importRows(admin, 'importIndicators', 'ImportIndicatorsInput', [
    indicatorRow('KUNJUNGAN', 'Kunjungan rumah', 'kunjungan'),
    indicatorRow('LAYANAN', 'Pasien yang dilayani sesuai standar', 'orang'),
  ]);
  await havePlans(admin, 2026, {
    PM: ['LAYANAN', '1200'],
    ...Object.fromEntries(NURSES.map((name) => [nipOf(name), ['KUNJUNGAN', '480']])),
  });
  await haveReported(admin, {
    id: '2026-Q1',
    closesAt: '2026-04-05T17:00:00.000Z',
    reached: {
      PM: [110, 100, 105],
      ...Object.fromEntries(NURSES.map((name) => [nipOf(name), [VISITS[name], VISITS[name], VISITS[name]]])),
    },
    marks: NURSES.map((of) => ({ of, by: 'Budi', mark: 4 })),
  });
  await change(admin, 'planPeriod', 'PlanPeriodInput', {
    id: '2026-Q2',
    closesAt: '2026-07-07T17:00:00.000Z',
  });
});

afterAll(() => region?.runtime.close());

test(
  'a quarter between two evaluations goes as the guide tells it',
  () => tell(region, 'Work that falls behind, and somebody who moves'),
  30_000,
);
