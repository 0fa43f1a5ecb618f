/** An objection that changes a rank: the guide's chapter, and what must be true after it. */
import { afterAll, beforeAll, describe, test } from 'vitest';
import { importRows } from '../../../infra/local/demo/demo-client.ts';
import { type GuideRegion, haveQuarter, indicatorRow, nipOf, startGuideRegion } from './region.ts';
import { tell } from './telling.ts';

let region: GuideRegion;

beforeAll(async () => {
  region = await startGuideRegion('story-objection', '2026-04-01T02:00:00.000Z');
  const { admin } = region;
  await importRows(admin, 'importIndicators', 'ImportIndicatorsInput', [
    indicatorRow('KUNJUNGAN', 'Kunjungan rumah', 'kunjungan'),
    indicatorRow('LAYANAN', 'Pasien yang dilayani sesuai standar', 'orang'),
  ]);
  const visits = (owner: string, reached: readonly string[]) => ({
    owner,
    indicatorCode: 'KUNJUNGAN',
    target: '40',
    reached,
  });
  await haveQuarter(
    admin,
    '2026-Q1',
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

afterAll(() => region?.runtime.close());

describe('an objection that changes a rank', () => {
  test('goes as the guide tells it', () => tell(region, 'An objection that changes a rank'), 30_000);
});
