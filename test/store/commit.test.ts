import { randomBytes } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wouldCycle } from '../../functions/domain/organisation/organisation.ts';
import { Rejection } from '../../functions/domain/problem.ts';
import { CommitRejection, IdempotentReplay, MalformedCommitError } from '../../functions/store/commit.ts';
import type { Stored } from '../../functions/store/contract/stored.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { Intent, Store } from '../../functions/store/store.ts';
import {
  countRequests,
  createTestClient,
  createTestTable,
  injectConflict,
  injectThrottling,
  type TestTable,
} from '../support/dynamodb.ts';
import * as an from './examples.ts';
import { forgetTokens, loseAnswer } from './faults.ts';

let table: TestTable;
let store: Store;

beforeAll(async () => {
  table = await createTestTable();
  store = createStore({ client: table.client, tableName: table.tableName });
});
afterAll(() => table.drop());

/** A store of another process: its own client, which a test may disturb, and its own memory. */
const another = () => {
  const client = createTestClient();
  return { client, store: createStore({ client, tableName: table.tableName }) };
};
const present = <T>(value: T | null): T => {
  if (value === null) throw new Error('not stored');
  return value;
};
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
const idempotent = (key: string, changes: Partial<Intent['idempotency']> = {}): Intent =>
  an.intent({ idempotency: { key, inputHash: 'hash-of-input', ref: 'g-1', ...changes } });

describe('a stale version', () => {
  test('is a conflict that tells the version that is there now, and changes nothing', async () => {
    await store.commit(an.intent(), [store.goals.save(null, an.goal({ id: 'g-stale', code: 'stale' }))]);
    const seen = present(await store.goals.get('g-stale'));
    await store.commit(an.intent(), [store.goals.save(seen, { ...seen, title: 'first' })]);

    const error = await failure(
      store.commit(an.intent(), [
        store.goals.save(null, an.goal({ id: 'g-beside', code: 'beside' })),
        store.goals.save(seen, { ...seen, title: 'second' }),
      ]),
    );

    expect(error).toBeInstanceOf(CommitRejection);
    expect(error).toMatchObject({ problems: [{ code: 'CONFLICT', params: { version: 2 } }], writes: [1] });
    expect(await store.goals.get('g-stale')).toMatchObject({ title: 'first', version: 2 });
    expect(await store.goals.get('g-beside')).toBeNull();
  });

  test('of a first rating is a conflict too, for a second one replaces the first', async () => {
    await store.commit(an.intent(), [store.periods.save(null, an.period('2025-Q2', 'OPEN'))]);
    const write = () => store.ratings.save(an.address(), null, an.rating({ periodId: '2025-Q2' }));
    await store.commit(an.intent(), [write()]);

    await expect(store.commit(an.intent(), [write()])).rejects.toMatchObject({
      problems: [{ code: 'CONFLICT', params: { version: 1 } }],
    });
  });

  test('given by the caller counts for nothing: the version follows from what was read', async () => {
    await store.commit(an.intent(), [store.goals.save(null, an.goal({ id: 'g-v', code: 'v', version: 41 }))]);

    expect(await store.goals.get('g-v')).toMatchObject({ version: 1 });
  });
});

describe('what must be unique', () => {
  test('is refused with the field, all of them at once', async () => {
    const taken = an.staff({ id: 's-taken' });
    await store.commit(an.intent(), [
      store.staff.save(null, taken),
      store.organisation.save(0, null, an.unit({ id: 'u-1', code: 'X' })),
    ]);

    await expect(
      store.commit(an.intent(), [
        store.staff.save(null, an.staff({ nip: taken.nip })),
        store.organisation.save(1, null, an.unit({ id: 'u-2', code: 'X' })),
      ]),
    ).rejects.toMatchObject({
      problems: [
        { code: 'ALREADY_EXISTS', path: ['nip'] },
        { code: 'ALREADY_EXISTS', path: ['code'], params: { id: 'X' } },
      ],
      writes: [0, 1],
    });
  });

  test('is taken by one of two who want it at the same time', async () => {
    const { nip } = an.staff();
    const [a, b] = [another(), another()];

    const outcomes = await Promise.allSettled([
      a.store.commit(an.intent(), [a.store.staff.save(null, an.staff({ nip }))]),
      b.store.commit(an.intent(), [b.store.staff.save(null, an.staff({ nip }))]),
    ]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a submission sent twice', () => {
  test('at the same moment is carried out once, and the other is told of it', async () => {
    const [a, b] = [another(), another()];
    const goal = an.goal({ id: 'g-twice', code: 'twice' });
    const intent = idempotent('key-twice', { ref: 'g-twice' });

    const outcomes = await Promise.allSettled([
      a.store.commit(intent, [a.store.goals.save(null, goal)]),
      b.store.commit(intent, [b.store.goals.save(null, goal)]),
    ]);

    const rejected = outcomes.filter((one) => one.status === 'rejected');
    expect(rejected).toHaveLength(1);
    expect(rejected[0]?.reason).toBeInstanceOf(IdempotentReplay);
    expect(rejected[0]?.reason).toMatchObject({ replay: { inputHash: 'hash-of-input', ref: 'g-twice' } });
    expect((await store.audit.verify('GOAL#g-twice')).entries).toBe(1);
  });

  test('later is told what the first one wrote, even when its condition fails by now', async () => {
    const goal = an.goal({ id: 'g-later', code: 'later' });
    await store.commit(idempotent('key-later', { ref: 'g-later' }), [store.goals.save(null, goal)]);

    const error = await failure(
      store.commit(idempotent('key-later', { inputHash: 'other' }), [store.goals.save(null, goal)]),
    );

    expect(error).toBeInstanceOf(IdempotentReplay);
    expect(await store.findReplay('s-hr', 'key-later')).toEqual({
      inputHash: 'hash-of-input',
      ref: 'g-later',
    });
    expect(await store.findReplay('s-other', 'key-later')).toBeNull();
  });

  test('of more than an item may hold is refused with its place, not with an error of the table', async () => {
    const long = an.goal({ id: 'g-long', code: 'long', title: randomBytes(600_000).toString('base64') });
    const small = an.goal({ id: 'g-small', code: 'small' });
    const refused = store.commit(an.intent(), [store.goals.save(null, small), store.goals.save(null, long)]);
    await expect(refused).rejects.toMatchObject({ problems: [{ code: 'TOO_LONG' }], writes: [1] });
    expect(await store.goals.get('g-small')).toBeNull();
  });

  test('without a key and at the same instant is still carried out once', async () => {
    const [a, b] = [another(), another()];
    const goal = an.goal({ id: 'g-same', code: 'same' });

    const outcomes = await Promise.allSettled([
      a.store.commit(an.intent(), [a.store.goals.save(null, goal)]),
      b.store.commit(an.intent(), [b.store.goals.save(null, goal)]),
    ]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('write skew', () => {
  test('two moves that together would make a cycle: only one of them wins', async () => {
    const { version } = await store.organisation.load();
    const left = an.unit({ id: 'u-left', code: 'left' });
    const right = an.unit({ id: 'u-right', code: 'right' });
    await store.commit(an.intent(), [
      store.organisation.save(version, null, left),
      store.organisation.save(version, null, right),
    ]);
    const move = async ({ store: own }: ReturnType<typeof another>, id: string, parentId: string) => {
      const organisation = await own.organisation.load();
      expect(wouldCycle(organisation, id, parentId)).toBe(false);
      const unit = present(await own.organisation.unit(id));
      return () =>
        own.commit(an.intent(), [own.organisation.save(organisation.version, unit, { ...unit, parentId })]);
    };
    const [a, b] = [another(), another()];
    const moves = [await move(a, 'u-left', 'u-right'), await move(b, 'u-right', 'u-left')];

    const outcomes = await Promise.allSettled(moves.map((commit) => commit()));

    const rejected = outcomes.filter((one) => one.status === 'rejected');
    expect(rejected).toHaveLength(1);
    expect(rejected[0]?.reason).toMatchObject({ problems: [{ code: 'CONFLICT' }] });
    const { units } = await store.organisation.load();
    expect([units.get('u-left')?.parentId, units.get('u-right')?.parentId]).toContain(null);
  });
});

describe('contention', () => {
  test('a transaction that met another tries again and succeeds', async () => {
    const own = another();
    const fault = injectConflict(own.client, { times: 3 });
    const count = countRequests(own.client);

    await own.store.commit(an.intent(), [own.store.goals.save(null, an.goal({ id: 'g-c', code: 'c' }))]);

    expect(fault.struck).toBe(3);
    expect(count.byOperation).toEqual({ TransactWriteItems: 4 });
    expect(await store.goals.get('g-c')).toMatchObject({ version: 1 });
  });

  test('that does not end is answered with BUSY, and nothing was written', async () => {
    const own = another();
    injectConflict(own.client, { times: 1_000 });

    const error = await failure(
      own.store.commit(an.intent(), [own.store.goals.save(null, an.goal({ id: 'g-busy', code: 'busy' }))]),
    );

    expect(error).toBeInstanceOf(Rejection);
    expect(error).toMatchObject({ problems: [{ code: 'BUSY' }] });
    expect(await store.goals.get('g-busy')).toBeNull();
  });

  test('throttling that outlives the SDK’s own attempts is tried again', async () => {
    const own = another();
    const fault = injectThrottling(own.client, { times: 4 });

    await own.store.commit(an.intent(), [own.store.goals.save(null, an.goal({ id: 'g-t', code: 't' }))]);

    expect(fault.struck).toBe(4);
    expect(await store.goals.get('g-t')).toMatchObject({ version: 1 });
  });

  test('many writers of one person: every change takes part, none is lost', async () => {
    await store.commit(an.intent(), [
      store.goals.save(null, an.goal({ id: 'g-many', code: 'many', toYear: 0 })),
    ]);
    const writers = Array.from({ length: 4 }, another);
    await Promise.all(
      writers.map(async ({ store: own }) => {
        for (let done = 0; done < 3; ) {
          const seen: Stored<ReturnType<typeof an.goal>> = present(await own.goals.get('g-many'));
          const error = await failure(
            own.commit(an.intent(), [own.goals.save(seen, { ...seen, toYear: seen.toYear + 1 })]),
          );
          if (error === undefined) done += 1;
          else expect(error).toMatchObject({ problems: [{ code: 'CONFLICT' }] });
        }
      }),
    );
    expect(await store.goals.get('g-many')).toMatchObject({ toYear: 12, version: 13 });
    expect(await store.audit.verify('GOAL#g-many')).toEqual({ entries: 13, brokenAt: null });
  });
});

describe('an answer that is lost after the write took effect', () => {
  const timeout = () => Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
  const inProgress = () =>
    Object.assign(new Error('still in progress'), { name: 'TransactionInProgressException' });

  test.each([
    ['repeated by the SDK', timeout, { forgotten: false, id: 'g-lost-1' }],
    [
      'repeated by the SDK after DynamoDB has forgotten its token',
      timeout,
      { forgotten: true, id: 'g-lost-2' },
    ],
    ['repeated by us', inProgress, { forgotten: false, id: 'g-lost-3' }],
    [
      'repeated by us after DynamoDB has forgotten its token',
      inProgress,
      { forgotten: true, id: 'g-lost-4' },
    ],
  ])('%s: the commit is right, and once', async (_, error, { forgotten, id }) => {
    const own = another();
    const fault = loseAnswer(own.client, error());
    if (forgotten) forgetTokens(own.client);

    await own.store.commit(an.intent(), [own.store.goals.save(null, an.goal({ id, code: id }))]);
    const seen = present(await own.store.goals.get(id));
    await own.store.commit(idempotent(id), [own.store.goals.save(seen, { ...seen, title: 'next' })]);

    expect(fault.lost).toBe(1);
    expect(await store.goals.get(id)).toMatchObject({ version: 2, title: 'next' });
    expect(await store.audit.verify(`GOAL#${id}`)).toEqual({ entries: 2, brokenAt: null });
  });

  test('is no replay for the one who wrote it, though its idempotency key is there', async () => {
    const own = another();
    loseAnswer(own.client, inProgress());
    forgetTokens(own.client);
    const goal = an.goal({ id: 'g-own', code: 'own' });

    await own.store.commit(idempotent('key-own'), [own.store.goals.save(null, goal)]);

    await expect(
      own.store.commit(idempotent('key-own'), [own.store.goals.save(null, goal)]),
    ).rejects.toBeInstanceOf(IdempotentReplay);
  });

  test('is recognised even when DynamoDB does not name the failed entry', async () => {
    const own = another();
    const goal = an.goal({ id: 'g-unnamed', code: 'unnamed' });
    let calls = 0;
    own.client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName !== 'TransactWriteItemsCommand') return next(args);
        calls += 1;
        if (calls === 1) {
          await next(args);
          throw inProgress();
        }
        throw new TransactionCanceledException({
          message: 'cancelled',
          CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }, { Code: 'None' }],
          $metadata: {},
        });
      },
      { step: 'deserialize', priority: 'high', name: 'unnamed' },
    );

    await own.store.commit(an.intent(), [own.store.goals.save(null, goal)]);

    expect(calls).toBe(2);
  });
});

describe('a commit that can never succeed', () => {
  test.each([
    ['nothing', () => []],
    [
      'the same entity twice',
      () => [
        store.goals.save(null, an.goal({ id: 'g-2x' })),
        store.goals.save(null, an.goal({ id: 'g-2x' })),
      ],
    ],
    [
      'more items than a transaction takes',
      () =>
        Array.from({ length: 34 }, (_, at) =>
          store.goals.save(null, an.goal({ id: `g-much-${at}`, code: `much-${at}` })),
        ),
    ],
    ['a write that no store made', () => [{ kind: 'write' } as const]],
  ])('%s is refused as a mistake of the program, before any request', async (_, writes) => {
    const count = countRequests(table.client);

    await expect(store.commit(an.intent(), writes())).rejects.toBeInstanceOf(MalformedCommitError);

    expect(count.total).toBe(0);
    count.remove();
  });
});
