import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSchedule } from '../../functions/usecases/close/run-schedule.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { explainObjection } from '../../functions/usecases/objection/explain-objection.ts';
import { fileObjection } from '../../functions/usecases/objection/file-objection.ts';
import { type EndpointUnderTest, endpointUnderTest } from '../api/endpoint-under-test.ts';
import { execute } from '../workflow/machine.ts';
import { type PersonSpec, seedRegion } from '../workflow/region.ts';
import { as, problemsOf } from './work-region.ts';

const PERIOD = '2026-Q1';
const nurse = (id: string): PersonSpec => ({
  id,
  unit: 'puskesmas',
  jobGroup: 'nurse',
  lines: [{ weight: 10_000, target: '40', reached: ['30', '40', '40'] }],
  rated: [['SUPERIOR', 'kapus', 4]],
});

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await seedRegion(api.deps.store, {
    periodId: PERIOD,
    units: [
      { id: 'dinkes', head: 'kadis' },
      { id: 'puskesmas', parent: 'dinkes', head: 'kapus' },
    ],
    people: [
      { id: 'kadis', unit: 'dinkes', jobGroup: 'leader' },
      { id: 'kapus', unit: 'puskesmas', jobGroup: 'leader' },
      nurse('dewi'),
      nurse('siti'),
    ],
  });
  await execute({ ...api.deps, now: () => '2026-04-05T17:00:03.000Z' }, { periodId: PERIOD, attempt: 1 });
  api.at('2026-04-07T02:00:00.000Z');
});
afterAll(() => api.drop());

const file = (who: string) =>
  fileObjection(api.deps, as(who), { periodId: PERIOD, reasons: 'Target tercapai' });
const say = (who: string, { id, version }: { readonly id: string; readonly version: number }) =>
  explainObjection(api.deps, as(who), { id, version, text: 'Ada bukti' });

test('whoever objects says ten things at most, and leaves the assessor as many', async () => {
  let objection = await file('siti');
  for (let said = 0; said < 10; said += 1) objection = await say('siti', objection);
  expect(await problemsOf(say('siti', objection))).toEqual(['TOO_MANY text']);
  objection = await say('kapus', objection);
  expect(objection).toMatchObject({ state: 'EXPLAINED' });
  expect(objection.statements).toHaveLength(11);
});

test('an objection that fails holds back neither the others nor what else time asks of the period', async () => {
  const { id } = await file('dewi');
  const { store } = api.deps;
  const save: Deps['store']['objections']['save'] = (before, after) => {
    if (after.staffId === 'dewi') throw new Error('cannot be written');
    return store.objections.save(before, after);
  };
  const broken = { ...store, objections: { ...store.objections, save } };
  api.at('2026-05-20T02:00:00.000Z');
  const run = (deps: Pick<Deps, 'store'>) =>
    runSchedule({ ...deps, now: api.deps.now, startClose: () => Promise.resolve() });
  const report = await run({ store: broken });
  expect(report.failed.map(({ duty, periodId }) => [duty, periodId])).toEqual([['escalated', PERIOD]]);
  const escalated = async (who: string) =>
    (await store.objections.get(`${PERIOD}:1:${who}`))?.escalations.map(({ cause }) => cause);
  expect(await escalated('siti')).toEqual(['DECISION_OVERDUE']);
  expect(await escalated('dewi')).toEqual([]);

  const next = await run({ store });
  expect([next.failed, next.escalated]).toEqual([[], [PERIOD]]);
  expect(await escalated('dewi')).toEqual(['DECISION_OVERDUE']);
  expect(id).toBe(`${PERIOD}:1:dewi`);
});
