import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import { recordCloseFailure } from '../../functions/usecases/close/record-close-failure.ts';
import { reopenPeriod } from '../../functions/usecases/period/reopen-period.ts';
import { evaluateNow } from '../../functions/usecases/result/evaluate-now.ts';
import { readUnitResult } from '../../functions/usecases/result/read-unit-result.ts';
import { hrAdmin, send } from '../api/endpoint-client.ts';
import { execute } from '../workflow/machine.ts';
import { type PersonSpec, policyOf, ratingOf, write } from '../workflow/region.ts';
import {
  hr,
  nobody,
  PERIOD,
  problemsOf,
  region as spec,
  type WorkRegion,
  workRegion,
} from './work-region.ts';

const line = { weight: 10_000, target: '10', reached: ['10', '10', '10'] };
const address = { collection: { unitId: 'puskesmas', shard: 0 }, year: 2026 };
let region: WorkRegion;

/** Four good nurses, and three who are not evaluated: fewer than the five from which on this region says a number. */
beforeAll(async () => {
  region = await workRegion({
    ...spec,
    rules: { minimumRaters: 5 },
    people: [
      ...spec.people.map(
        (person): PersonSpec =>
          /^n\d$/.test(person.id) ? { ...person, lines: [line], rated: [['SUPERIOR', 'kapus', 4]] } : person,
      ),
      ...['x1', 'x2', 'x3'].map((id) => ({ id, unit: 'puskesmas', jobGroup: 'nurse' })),
    ],
  });
});
afterAll(() => region.api.drop());

const reopen = async (closesAt: string) => {
  const { deps } = region;
  const version = (await deps.store.periods.get(PERIOD))?.version ?? 0;
  return reopenPeriod(deps, hr, { id: PERIOD, version, reason: 'Data keliru', closesAt });
};
const rate = async (raterId: string) => {
  const { store } = region.deps;
  await write(store, [store.ratings.save(address, null, ratingOf(PERIOD, 'n1', 'PEER', raterId, 4))]);
};
const goodNurses = async () =>
  (await readUnitResult(region.deps, nobody, { unitId: 'puskesmas', periodId: PERIOD }))?.distribution.GOOD;

test('a close that failed on its data is reopened, mended and closed anew', async () => {
  const { deps, api } = region;
  api.at('2026-04-06T02:00:00.000Z');
  await beginClose(deps, { periodId: PERIOD, attempt: 1 });
  expect(await problemsOf(reopen('2026-04-08T17:00:00.000Z'))).toEqual(['WRONG_STATE']);
  await recordCloseFailure(deps, { periodId: PERIOD, attempt: 1, failure: 'RanksMoved' });
  expect(await problemsOf(rate('n2'))).toEqual(['PERIOD_CLOSED']);

  expect(await reopen('2026-04-08T17:00:00.000Z')).toMatchObject({ state: 'OPEN', attempt: 2, policy: null });
  await rate('n2');
  const plan = await deps.store.plans.get(address, 'n1:2026');
  if (plan === null) throw new Error('the region has no such plan');
  await write(deps.store, [deps.store.plans.save(address, plan, plan)]);
  const trail = await deps.store.audit.entries(`PERIOD#${PERIOD}`, { first: 10, after: null });
  expect(trail.items.at(-1)?.value).toMatchObject({ operation: 'reopenPeriod', reason: 'Data keliru' });

  // What is left of the first attempt does nothing any more.
  await execute(deps, { periodId: PERIOD, attempt: 1 });
  expect(await deps.store.periods.get(PERIOD)).toMatchObject({ state: 'OPEN', publishedRun: null });
  api.at('2026-04-08T18:00:00.000Z');
  await execute(deps, { periodId: PERIOD, attempt: 2 });
  expect(await deps.store.periods.get(PERIOD)).toMatchObject({ state: 'PUBLISHED', publishedRun: 'r2' });
});

test('what is published keeps its policy while the period is open and closes again', async () => {
  const { deps, api } = region;
  expect(await goodNurses()).toBeNull();

  await write(deps.store, [
    deps.store.policies.save(null, {
      ...policyOf({ minimumRaters: 3, achievementCap: 150 }),
      id: 'policy-2',
      number: 2,
      effectiveFrom: '2026-01-01',
    }),
  ]);
  expect(await reopen('2026-04-12T17:00:00.000Z')).toMatchObject({
    state: 'OPEN',
    policy: { id: 'policy-1' },
  });
  expect(await goodNurses()).toBeNull();
  const [period, n1] = await Promise.all([deps.store.periods.get(PERIOD), deps.store.staff.get('n1')]);
  expect(period && n1 && (await evaluateNow(deps, period, n1)).policyId).toBe('policy-2');

  api.at('2026-04-12T18:00:00.000Z');
  await beginClose(deps, { periodId: PERIOD, attempt: 3 });
  expect(await deps.store.periods.get(PERIOD)).toMatchObject({
    state: 'CLOSING',
    policy: { id: 'policy-2' },
  });
  expect(await goodNurses()).toBeNull();
  expect(await policyNumber()).toBe(1);

  await recordCloseFailure(deps, { periodId: PERIOD, attempt: 3, failure: 'RanksMoved' });
  expect(await reopen('2026-04-14T17:00:00.000Z')).toMatchObject({ attempt: 4, policy: { id: 'policy-1' } });
  api.at('2026-04-14T18:00:00.000Z');
  await execute(deps, { periodId: PERIOD, attempt: 4 });
  expect(await goodNurses()).toBe(4);
  expect(await policyNumber()).toBe(2);
  expect((await deps.store.closeRuns.policy(PERIOD, 'r2'))?.id).toBe('policy-1');
});

async function policyNumber(): Promise<number | null | undefined> {
  const query = `query { result(staffId: "n1", periodId: "${PERIOD}") { policyNumber } }`;
  type Data = { readonly result: { readonly policyNumber: number | null } };
  const { data } = await send<Data>(region.api.handler, hrAdmin, query, {});
  return data.result.policyNumber;
}
