import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reopen } from '../../functions/domain/period/period.ts';
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import { createTestClient } from '../support/dynamodb.ts';
import { CLOSE, type ClosedRegion, closedRegion } from './closed-region.ts';
import { choicesOf, pauseAtCall, takeTurns } from './interleave.ts';
import { KECAMATAN } from './kecamatan.ts';
import { execute } from './machine.ts';
import { PUSKESMAS } from './puskesmas.ts';
import { changePeriodOf, write } from './region.ts';
import { linesOf, type TableState } from './table-state.ts';

describe('started twice at once', () => {
  let region: ClosedRegion;
  beforeAll(async () => {
    region = await closedRegion(PUSKESMAS);
  });
  afterAll(() => region.drop());

  const together = async (processes: number, choose: (waiting: number) => number): Promise<void> => {
    await region.reset();
    const clients = Array.from({ length: processes }, () => createTestClient());
    takeTurns(clients, choose);
    await Promise.all(clients.map((client) => execute(region.process(client), CLOSE)));
    for (const client of clients) client.destroy();
    expect(linesOf(await region.read())).toEqual(linesOf(region.published));
  };

  test.for([1, 2, 3])('interleaved by chance, seed %i', (seed) => together(2, choicesOf(seed)));

  test('in step, call by call', () => together(3, () => 0));
});

/** `npm run trust -- --only faults` has a step overtaken at every call; here every write, and some of the reads, stand for all. */
const isTried = (operation: string, index: number): boolean => operation.includes('Write') || index % 5 === 4;

describe('asleep before a DynamoDB call', () => {
  let region: ClosedRegion;
  /** After a close in which the village got another head once it had begun. */
  let published: TableState;
  let calls: readonly number[];

  beforeAll(async () => {
    region = await closedRegion(KECAMATAN);
    calls = region.operations.flatMap((operation, index) => (isTried(operation, index) ? [index + 1] : []));
    expect(calls.length).toBeGreaterThan(15);
    await region.reset();
    await freezeAndReplaceHead();
    await execute(region.process(), CLOSE);
    published = await region.read();
  });
  afterAll(() => region.drop());

  /** Another process begins the close; then the village gets another head, which would change whom its staff is assessed by. */
  async function freezeAndReplaceHead(): Promise<void> {
    const process = region.process();
    await beginClose(process, CLOSE);
    const unit = await process.store.organisation.unit('kelurahan');
    if (unit === null) throw new Error('the region has no such unit');
    const { version } = await process.store.organisation.load();
    const heads = [{ staffId: 'staf', from: '2025-01-01', to: null }];
    await write(process.store, [process.store.organisation.save(version, unit, { ...unit, heads })]);
  }

  async function reopenAndCorrect(): Promise<void> {
    const { store } = region.process();
    await changePeriodOf(store, CLOSE.periodId, (period) =>
      reopen(period, '2026-04-12T17:00:00.000Z', '2026-04-10T03:00:00.000Z', period.policy),
    );
    const address = { collection: { unitId: 'kelurahan', shard: 0 }, year: 2026 };
    const key = { periodId: CLOSE.periodId, rateeId: 'staf', group: 'SUPERIOR', raterId: 'lurah' } as const;
    const before = await store.ratings.get(address, key);
    if (before === null) throw new Error('the region has no such rating');
    const scores = before.scores.map(() => 1);
    await write(store, [store.ratings.save(address, before, { ...before, scores })]);
  }

  /** Lets a process sleep before its nth call while others work; then it goes on to its end. */
  async function asleep(call: number, meanwhile: () => Promise<void>): Promise<void> {
    const client = createTestClient();
    takeTurns([client], () => 0);
    const pause = pauseAtCall(client, call);
    const slept = execute(region.process(client), CLOSE);
    await pause.reached;
    await meanwhile();
    pause.resume();
    await slept;
    client.destroy();
  }

  test('while another has begun and the organisation has moved on, it closes what was frozen', {
    timeout: 120_000,
  }, async () => {
    let found = published;
    for (const call of calls) {
      await region.reset(region.open, found);
      await asleep(call, freezeAndReplaceHead);
      found = await region.read();
      expect(counted(found), `asleep before call ${call}`).toEqual(counted(published));
    }
  });

  test('until another has published, the period is open again and a rating corrected, it changes nothing', {
    timeout: 120_000,
  }, async () => {
    await region.reset(published);
    await reopenAndCorrect();
    const reopened = await region.read();
    let found = reopened;
    for (const call of calls) {
      await region.reset(region.open, found);
      // What the others do comes to the same table wherever the sleeper stopped (see above), so it is not done again each time.
      await asleep(call, () => region.reset(reopened));
      found = await region.read();
      expect(counted(found), `asleep before call ${call}`).toEqual(counted(reopened));
    }
  });
});

/** The table less the snapshots that no run was begun with: whoever lost against another may have left one. */
function counted(state: TableState): Record<string, string> {
  const frozen = [...state.values()].flatMap(({ item }) => (item['sk'] === 'FROZEN' ? item['snapshot'] : []));
  return linesOf(
    new Map(
      [...state].filter(([, { item }]) => {
        const digest = /^ORG#(\w+)#/.exec(String(item['sk']))?.[1];
        return !String(item['pk']).startsWith('RUN#') || digest === undefined || frozen.includes(digest);
      }),
    ),
  );
}
