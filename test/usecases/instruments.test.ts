/** Instruments that go out of use in the same moment; see rating-practice.test.ts for one after the other. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { retireInstrument } from '../../functions/usecases/instrument/retire-instrument.ts';
import { hr, overtaken, problemsOf, type WorkRegion, workRegion } from './work-region.ts';

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion();
});
afterAll(() => region.api.drop());

test('the last two instruments, retired in the same moment, leave one to rate by', async () => {
  const { deps } = region;
  const retire = (on: typeof deps, id: string) => retireInstrument(on, hr, { id, reason: 'Diganti' });
  const late = overtaken(deps, () => retire(deps, 'overall'));
  expect(await problemsOf(retire(late, 'berakhlak'))).toEqual(['IN_USE id']);
  expect(await deps.store.instruments.retired()).toEqual(new Set(['overall']));
});
