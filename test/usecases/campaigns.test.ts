/** Campaigns of a unit that has very many; see satisfaction.test.ts for what one campaign is. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Campaign } from '../../functions/domain/satisfaction/campaign.ts';
import { delegate } from '../../functions/store/delegate.ts';
import { INLINE } from '../../functions/usecases/export/export-scope.ts';
import { surveyRows } from '../../functions/usecases/export/satisfaction-rows.ts';
import { campaignsOfPeriod } from '../../functions/usecases/satisfaction/read-campaign.ts';
import { write } from '../workflow/region.ts';
import { auditor, PERIOD, type WorkRegion, workRegion, YEAR } from './work-region.ts';

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion();
});
afterAll(() => region.api.drop());

const FEW = { answers: 2, index: null, grade: null, elements: [] };
const RUNNING = { state: 'RUNNING', closedAt: null, result: null } as const;
const save = async (unitId: string, closes: string, count: number, more: Partial<Campaign> = {}) => {
  const { store } = region.deps;
  const writes = Array.from({ length: count }, (_, at) =>
    store.satisfaction.save(null, {
      id: `${unitId}-${closes}-${at}`,
      unitId,
      service: { id: `Layanan ${at}`, en: `Service ${at}` },
      opens: '2026-01-05',
      closes,
      withoutCodePerHour: 0,
      minimumAnswers: 5,
      state: 'CLOSED',
      closedAt: `${closes}T17:00:00.000Z`,
      result: { withCode: FEW, withoutCode: FEW },
      version: 0,
      ...more,
    }),
  );
  // A campaign is written with its sixteen gates.
  while (writes.length > 0) await write(store, writes.splice(0, 5));
};

test('those of a period are the closed ones, however many others end before them', async () => {
  await save('puskesmas', '2026-02-10', 25, RUNNING);
  await save('puskesmas', '2026-02-20', 1);
  const shown = await campaignsOfPeriod(region.deps, { unitId: 'puskesmas', periodId: PERIOD });
  expect(shown.map(({ id }) => id)).toEqual(['puskesmas-2026-02-20-0']);
});

test('those of a year are exported all, however many pages they fill', async () => {
  await save('puskesmas2', '2026-02-20', 5);
  const { store } = region.deps;
  const satisfaction = delegate(store.satisfaction, {
    ofUnitBetween: (unitId, from, to, page) =>
      store.satisfaction.ofUnitBetween(unitId, from, to, { ...page, first: 2 }),
  });
  const deps = { ...region.deps, store: delegate(store, { satisfaction }) };
  const asked = { table: 'SURVEYS', unitId: 'puskesmas2', periodId: null, year: YEAR, month: null } as const;
  const none = { programmeId: null, courseId: null, announcementId: null, campaignId: null } as const;
  const request = { ...asked, ...none, entity: null, jobGroup: null, staffId: null };
  const pages = await Array.fromAsync(surveyRows(deps, auditor, request, INLINE, 'id'));
  const services = pages.flat().map(([, , service]) => service);
  // Answers with and without a code apart.
  expect(services).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4].map((at) => `Layanan ${at}`));
});
