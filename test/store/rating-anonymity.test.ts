/** What lies in the table of an anonymous rating: nothing of it leads to the rater once the secret is gone. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finalise, openPeriod, planPeriod } from '../../functions/domain/period/period.ts';
import { defaultPolicyRules } from '../../functions/domain/period/policy.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import {
  namesForReading,
  namesForWriting,
  pseudonymOf,
} from '../../functions/usecases/rating/rater-pseudonym.ts';
import { createTestTable, type TestTable } from '../support/dynamodb.ts';
import { pseudonym } from '../support/pseudonym.ts';
import * as an from './examples.ts';

const PERIOD = '2026-Q1';
const CONTENT = /^(WORK#.*|AUDIT#RATING#.*)$/;
let table: TestTable;
let store: Store;

beforeAll(async () => {
  table = await createTestTable();
  store = createStore({ client: table.client, tableName: table.tableName });
  await store.commit(an.intent(), [
    store.periods.save(null, openPeriod(planPeriod(PERIOD, '2026-04-05T17:00:00.000Z', 420))),
  ]);
});
afterAll(() => table.drop());

const items = async () =>
  (await table.client.send(new ScanCommand({ TableName: table.tableName }))).Items ?? [];

describe('a rating by a peer', () => {
  const KEY = 'a-key-of-the-client';

  test('and the note that its rater has rated share no name, no time and no mark of the transaction', async () => {
    const name = (await namesForWriting({ store }, PERIOD))('PEER', 's-rater');
    const intent = an.intent({
      actor: { id: 's-rater', role: 'PEER' },
      at: '2026-03-14T09:26:53.589Z',
      idempotency: { key: KEY, inputHash: 'digest', ref: 'ref' },
    });
    const rating = an.rating({ raterId: name, ratedAt: null });
    await store.commit(intent, [store.ratings.save(an.address(), null, rating, 's-rater')]);

    const all = await items();
    const content = all.filter(({ pk, sk }) => CONTENT.test(String(pk)) && !String(sk).startsWith('DONE#'));
    expect(content).toHaveLength(2);
    const text = JSON.stringify(content);
    expect(text).not.toContain('s-rater');
    expect(text).not.toContain('2026-03-14');
    expect(text).toContain(name);
    const others = all.filter((item) => !content.includes(item));
    const named = JSON.stringify(others.filter((item) => JSON.stringify(item).includes('s-rater')));
    expect(named).toContain('DONE#');
    expect(named).toContain('IDEM#');
    expect(named).not.toContain(name);
    const marks = all.flatMap(({ token }) => (token === undefined ? [] : [token]));
    expect(new Set(marks).size).toBe(marks.length);
    const entry = await store.audit.entries(`RATING#${PERIOD}#s-0001#PEER#${name}`, {
      first: 5,
      after: null,
    });
    expect(entry.items[0]?.value).toMatchObject({
      actor: { id: 'anonymous', role: 'PEER' },
      at: '2026-01-01T00:00:00.000Z',
    });
  });

  test('is noted once, however often it is given', async () => {
    const name = (await namesForWriting({ store }, PERIOD))('PEER', 's-rater');
    const key = { periodId: PERIOD, rateeId: 's-0001', group: 'PEER', raterId: name } as const;
    const done = (all: Awaited<ReturnType<typeof items>>) =>
      all.filter(({ sk }) => String(sk).startsWith('DONE#'));
    const before = done(await items());
    const stored = await store.ratings.get(an.address(), key);
    await store.commit(an.intent(), [
      store.ratings.save(an.address(), stored, an.rating({ ...key, scores: [1], ratedAt: null }), 's-rater'),
    ]);
    expect(done(await items())).toEqual(before);
    expect(await store.ratings.participation(an.address(), PERIOD)).toEqual([
      { rateeId: 's-0001', group: 'PEER' },
    ]);
    expect(await store.ratings.ratedBy('s-rater', PERIOD)).toEqual([{ rateeId: 's-0001', group: 'PEER' }]);
  });

  test('is not taken under anything but a pseudonym', () => {
    for (const group of ['PEER', 'SUBORDINATE', 'PUBLIC'] as const)
      expect(() => store.ratings.save(an.address(), null, an.rating({ group, raterId: 's-rater' }))).toThrow(
        'pseudonym',
      );
  });
});

describe('the secret of a period', () => {
  test('is one, also when two make it at once, and gives another name in every period', async () => {
    const both = await Promise.all([
      store.raterSecrets.ensure('2026-04'),
      store.raterSecrets.ensure('2026-04'),
    ]);
    expect(both[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(both[1]).toBe(both[0]);
    expect(await store.raterSecrets.get('2026-05')).toBeNull();
    const names = await Promise.all(['2026-04', PERIOD].map((period) => namesForWriting({ store }, period)));
    expect(names[0]?.('PEER', 's-1')).not.toBe(names[1]?.('PEER', 's-1'));
    expect(names[0]?.('PEER', 's-1')).toBe(names[0]?.('SUBORDINATE', 's-1'));
    expect(names[0]?.('PUBLIC', 's-1')).not.toBe(names[0]?.('PEER', 's-1'));
    expect(names[0]?.('SUPERIOR', 's-1')).toBe('s-1');
    expect(pseudonymOf('00', 'PEER', 's-1')).not.toBe(pseudonym('s-1'));
  });

  test('is destroyed with the period made final, and never made again', async () => {
    const period = await store.periods.get(PERIOD);
    if (period === null) throw new Error('no period');
    const published = {
      ...period,
      state: 'PUBLISHED' as const,
      publishedRun: 'r1',
      publishedAt: '2026-04-06T00:00:00.000Z',
      finalAt: '2026-05-06T00:00:00.000Z',
      policy: { ...an.policy(), rules: defaultPolicyRules },
    };
    await store.commit(an.intent(), [store.periods.save(period, published)]);
    const stored = await store.periods.get(PERIOD);
    if (stored === null) throw new Error('no period');
    const secret = await store.raterSecrets.get(PERIOD);
    await store.commit(an.intent(), [
      store.periods.save(stored, finalise(published, '2026-05-07T00:00:00.000Z')),
    ]);
    expect(await store.raterSecrets.get(PERIOD)).toBeNull();
    expect(await store.raterSecrets.ensure(PERIOD)).toBeNull();
    expect(await namesForReading({ store }, PERIOD)).toBeNull();
    expect(JSON.stringify(await items())).not.toContain(secret);
    // What was said stays, for whoever closes or counts.
    expect(await store.ratings.ofRatee(an.address(), PERIOD, 's-0001')).toHaveLength(1);
  });
});
