/** Measures that are entered when they have been served already; see follow-up.test.ts for those whose time comes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideFollowUp } from '../../functions/usecases/follow-up/decide-follow-up.ts';
import { remindOfServed } from '../../functions/usecases/follow-up/remind-of-served.ts';
import { write } from '../workflow/region.ts';
import { hr, type WorkRegion, workRegion } from './work-region.ts';

/** The clock shows 10 March 2026. */
let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion();
});
afterAll(() => region.api.drop());

const enter = async (staffId: string, granted: boolean, until: string) => {
  const { deps } = region;
  const key = { staffId, periodId: '2025', id: 'guidance' };
  await write(deps.store, [
    deps.store.followUps.save(null, {
      ...key,
      unitId: 'puskesmas',
      measure: 'GUIDANCE',
      grounds: null,
      proposal: { by: 'kapus', reason: 'Sering terlambat' },
      state: 'PROPOSED',
      decision: null,
      end: null,
      version: 0,
    }),
  ]);
  const days = { from: '2025-08-20', until };
  await decideFollowUp(deps, hr, { ...key, ...days, granted, reason: 'Surat keputusan', version: 1 });
};

test('the personnel office is asked with the decision what came of each, and not again by the hour', async () => {
  const { deps } = region;
  await enter('n1', true, '2025-12-31');
  await enter('n2', true, '2026-03-07');
  await enter('n3', true, '2026-03-07');
  await enter('n4', false, '2026-03-07');
  await enter('m1', true, '2026-03-10');
  const told = async () => {
    const to = [{ kind: 'ROLE', role: 'HR_ADMIN' }] as const;
    const page = { first: 100, after: null };
    const { items } = await deps.store.notices.page(to, page, '2020-01-01T00:00:00.000Z');
    return items.flatMap(({ value: { kind, at } }) => (kind === 'FOLLOW_UP_OVER' ? [at] : []));
  };
  const entered = deps.now();
  expect(await told()).toEqual([entered, entered, entered]);
  expect(await remindOfServed(deps, () => undefined)).toEqual([]);
  const later = { ...deps, now: () => '2026-03-11T17:00:00.000Z' };
  expect(await remindOfServed(later, () => undefined)).toEqual(['2025 2026-03-10']);
  expect(await told()).toHaveLength(4);
});
