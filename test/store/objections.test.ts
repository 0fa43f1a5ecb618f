import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Objection } from '../../functions/domain/objection/objection.ts';
import { finalise, reopen } from '../../functions/domain/period/period.ts';
import { Rejection } from '../../functions/domain/problem.ts';
import type { Write } from '../../functions/store/contract/stored.ts';
import { createStore } from '../../functions/store/create-store.ts';
import { auditName } from '../../functions/store/keys.ts';
import type { Store } from '../../functions/store/store.ts';
import { createTestTable, type TestTable } from '../support/dynamodb.ts';
import { filed } from '../workflow/decisions.ts';
import * as an from './examples.ts';

const PERIOD = '2026-Q1';
const LATER = '2026-09-01T00:00:00.000Z';
let table: TestTable;
let store: Store;

beforeAll(async () => {
  table = await createTestTable();
  store = createStore({ client: table.client, tableName: table.tableName });
});
afterAll(() => table.drop());

const save = (...writes: readonly Write[]) => store.commit(an.intent(), writes);
const codesOf = async (attempt: Promise<unknown>): Promise<readonly string[]> => {
  try {
    await attempt;
    return [];
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return error.problems.map(({ code }) => code);
  }
};
const file = (staffId: string, changes: Partial<Objection> = {}, periodId = PERIOD) =>
  save(store.objections.save(null, filed(periodId, staffId, changes)));
const stored = async (id: string) => {
  const found = await store.objections.get(id);
  if (found === null) throw new Error(`no ${id}`);
  return found;
};
async function published(periodId: string) {
  await save(
    store.periods.save(null, an.period(periodId, 'PUBLISHED', { finalAt: '2026-08-01T00:00:00.000Z' })),
  );
  const period = await store.periods.get(periodId);
  if (period === null) throw new Error(`no ${periodId}`);
  return period;
}

describe('objections', () => {
  test('are found by id, by person, by period and state, and by who has to act', async () => {
    await file('s-1', { deciderId: 's-9', assessorId: 's-8', explainBy: '2026-04-14' });
    await file('s-2', { deciderId: 's-9', decideBy: '2026-04-20', filedAt: '2026-04-10T00:00:00.000Z' });
    await file('s-3');
    const explained = await stored(`${PERIOD}:1:s-3`);
    await save(store.objections.save(explained, { ...explained, state: 'EXPLAINED' }));
    const page = { first: 10, after: null };
    const ids = (found: { readonly items: readonly { readonly value: Objection }[] }) =>
      found.items.map(({ value }) => value.staffId);

    expect(
      (await store.objections.getMany([`${PERIOD}:1:s-2`, 'nonsense', `${PERIOD}:1:s-1`])).map(
        (one) => one?.staffId ?? null,
      ),
    ).toEqual(['s-2', null, 's-1']);
    expect(ids(await store.objections.ofStaff('s-1', page))).toEqual(['s-1']);
    expect(ids(await store.objections.ofPeriod(PERIOD, null, page))).toEqual(['s-3', 's-2', 's-1']);
    expect(ids(await store.objections.ofPeriod(PERIOD, 'FILED', page))).toEqual(['s-2', 's-1']);
    expect(ids(await store.objections.toDecide('s-9', page))).toEqual(['s-2', 's-1']);
    expect(ids(await store.objections.toDecide(null, page))).toEqual(['s-3']);
    expect(ids(await store.objections.toExplain('s-8', page))).toEqual(['s-1']);

    const open = await stored(`${PERIOD}:1:s-1`);
    await save(store.objections.save(open, { ...open, state: 'WITHDRAWN' }));
    expect(ids(await store.objections.toDecide('s-9', page))).toEqual(['s-2']);
    expect(ids(await store.objections.toExplain('s-8', page))).toEqual([]);
    expect(await codesOf(file('s-1'))).toEqual(['ALREADY_EXISTS']);
    expect(await store.objections.register(PERIOD, 1)).toEqual({
      open: ['s-2', 's-3'],
      decided: [],
      closed: false,
    });
  });

  test('leave whole trails, with their receipts and verdicts', async () => {
    const address = an.address();
    await save(
      store.receipts.save(null, {
        periodId: PERIOD,
        attempt: 1,
        staffId: 's-1',
        unitId: 'u-1',
        shard: 0,
        receivedOn: '2026-04-07',
        recordedAt: LATER,
        by: 'SELF',
        proof: null,
        version: 0,
      }),
      store.objections.saveVerdict(address, null, {
        workResult: null,
        behaviour: 'ABOVE',
        innovation: null,
        periodId: PERIOD,
        staffId: 's-1',
        objectionId: `${PERIOD}:1:s-1`,
        version: 0,
      }),
    );
    const shard = { periodId: PERIOD, attempt: 1, unitId: 'u-1', shard: 0 };
    expect(await store.receipts.ofShard(shard)).toEqual(new Map([['s-1', '2026-04-07']]));
    expect(await store.receipts.get(shard, 's-2')).toBeNull();
    expect(
      (await store.objections.verdictsOfCollection(address, PERIOD)).map(({ behaviour }) => behaviour),
    ).toEqual(['ABOVE']);
    const place = { staffId: 's-3', periodId: PERIOD, attempt: 1 };
    expect(await store.audit.verify(auditName.objection(place))).toEqual({ entries: 2, brokenAt: null });
    expect(await store.audit.verify(auditName.receipt(shard, 's-1'))).toEqual({ entries: 1, brokenAt: null });
    expect(await store.audit.verify(auditName.verdict(PERIOD, 's-1'), address)).toEqual({
      entries: 1,
      brokenAt: null,
    });
  });
});

describe('two that must not both win', () => {
  test('a period becomes final, or an objection to it is filed', async () => {
    const first = await published('2026-01');
    await file('s-1', {}, '2026-01');
    expect(await codesOf(save(store.periods.save(first, finalise(first, LATER))))).toEqual(['CONFLICT']);

    const second = await published('2026-02');
    await save(store.periods.save(second, finalise(second, LATER)));
    expect(await codesOf(file('s-1', {}, '2026-02'))).toEqual(['CONFLICT']);
  });

  test('a period becomes final, or a decision waits for its run', async () => {
    const period = await published('2026-03');
    await file('s-1', {}, '2026-03');
    const open = await stored('2026-03:1:s-1');
    await save(store.objections.save(open, { ...open, state: 'CHANGED' }));
    expect(await store.objections.register('2026-03', 1)).toEqual({
      open: [],
      decided: ['s-1'],
      closed: false,
    });
    expect(await codesOf(save(store.periods.save(period, finalise(period, LATER))))).toEqual(['CONFLICT']);
  });

  test('a period is opened again, or an objection is decided', async () => {
    const period = await published('2026-04');
    await file('s-1', {}, '2026-04');
    const again = reopen(period, LATER, '2026-08-01T00:00:00.000Z', null);
    await save(store.periods.save(period, again));
    const open = await stored('2026-04:1:s-1');
    for (const state of ['UPHELD', 'CHANGED', 'WITHDRAWN', 'EXPLAINED'] as const) {
      expect(await codesOf(save(store.objections.save(open, { ...open, state })))).toEqual(['CONFLICT']);
    }
    await save(store.objections.save(open, { ...open, state: 'SUPERSEDED' }));
    expect(await store.objections.register('2026-04', 1)).toEqual({ open: [], decided: [], closed: true });
    await file('s-1', { attempt: 2, id: '2026-04:2:s-1' }, '2026-04');
  });

  test('a figure is set right, or a period of the year is being closed', async () => {
    const closing = an.period('2026-05', 'OPEN');
    await save(store.periods.save(null, closing));
    const open = await store.periods.get('2026-05');
    if (open === null) throw new Error('no period');
    await save(store.periods.save(open, { ...open, state: 'CLOSING', run: 'r1' }));
    const address = an.address();
    expect(await codesOf(save(store.realisations.correct(address, null, an.realisation())))).toEqual([
      'PERIOD_CLOSED',
    ]);
  });
});
