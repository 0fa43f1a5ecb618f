/** What becomes of a unit's progress once its year is over; see progress.test.ts for the daily look in mid-year. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decimal } from '../../functions/domain/decimal.ts';
import { agreePlan } from '../../functions/usecases/plan/agree-plan.ts';
import { proposePlan } from '../../functions/usecases/plan/propose-plan.ts';
import { refreshProgress } from '../../functions/usecases/progress/refresh-progress.ts';
import { reportRealisation } from '../../functions/usecases/realisation/report-realisation.ts';
import { transferStaff } from '../../functions/usecases/staff/transfer-staff.ts';
import { changePeriodOf, openPeriodOf } from '../workflow/region.ts';
import { as, hr, PERIOD, type WorkRegion, workRegion, YEAR } from './work-region.ts';

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion();
});
afterAll(() => region.api.drop());

test('December, reported in January, is in the progress of its year, until its periods take nothing any more', async () => {
  const { api, deps } = region;
  const { store } = deps;
  const target = { value: decimal(120) };
  const line = {
    title: 'Kunjungan',
    aspect: 'QUANTITY',
    indicatorId: 'visits',
    weight: 10_000,
    target,
  } as const;
  await proposePlan(deps, as('m1'), { staffId: 'm1', year: YEAR, lines: [line] });
  await agreePlan(deps, as('kapus2'), { planId: `m1:${YEAR}`, version: 1 });
  await openPeriodOf(store, '2026-Q4', '2027-01-10T17:00:00.000Z');
  await changePeriodOf(store, PERIOD, (period) => ({ ...period, state: 'PUBLISHED' }));
  const look = async (now: string) => {
    api.at(now);
    const looked = await refreshProgress(deps, (_, error) => {
      throw error;
    });
    return looked.filter((id) => id === 'puskesmas2').length;
  };
  const standing = async () => {
    const [unit, people] = await Promise.all([
      store.progress.unit(YEAR, 'puskesmas2'),
      store.progress.people(YEAR, 'puskesmas2'),
    ]);
    return [unit?.through, people.find(({ staffId }) => staffId === 'm1')?.missing];
  };

  expect(await look('2026-12-31T02:00:00.000Z')).toBe(1);
  expect(await standing()).toEqual(['2026-11', 11]);
  // Whoever was there on the last day stays in the year's figures.
  const assignment = { unitId: 'puskesmas', position: 'Perawat', jobGroup: 'nurse', from: '2027-01-01' };
  const staff = await store.staff.get('m1');
  api.at('2027-01-04T02:00:00.000Z');
  await transferStaff(deps, hr, { id: 'm1', version: staff?.version ?? 0, assignment });
  const month = { planId: `m1:${YEAR}`, lineId: 'L1', month: '2026-12', value: decimal(10) };
  await reportRealisation(deps, as('m1'), month);
  expect(await look('2027-01-20T02:00:00.000Z')).toBe(2);
  expect(await standing()).toEqual(['2026-12', 11]);

  const closesAt = '2027-01-20T17:00:00.000Z';
  await changePeriodOf(store, '2026-Q4', (period) => ({ ...period, state: 'PUBLISHED', closesAt }));
  // Reports may have come on the day of the close itself.
  expect(await look('2027-01-22T02:00:00.000Z')).toBe(2);
  expect(await look('2027-01-23T02:00:00.000Z')).toBe(1);
});
