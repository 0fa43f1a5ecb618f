import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countRequests, createTestClient, cutAtCall } from '../support/dynamodb.ts';
import { CLOSE, type ClosedRegion, closedRegion } from './closed-region.ts';
import { pauseAtEveryCall, takeTurns } from './interleave.ts';
import { KECAMATAN } from './kecamatan.ts';
import { execute } from './machine.ts';
import { PUSKESMAS } from './puskesmas.ts';
import { linesOf, type TableState } from './table-state.ts';

describe('a district office', () => {
  let region: ClosedRegion;
  beforeAll(async () => {
    region = await closedRegion(KECAMATAN);
  });
  afterAll(() => region.drop());

  test('killed before or after any DynamoDB call and started again, it comes to the same table', {
    timeout: 120_000,
  }, async () => {
    const client = createTestClient();
    takeTurns([client], () => 0);
    const seen = statesSeen();
    let kills = 0;
    let found = region.published;
    for (const [index, operation] of region.operations.entries()) {
      for (const moment of ['before', 'after'] as const) {
        await region.reset(region.open, found);
        const cut = cutAtCall(client, index + 1, moment);
        const death = await execute(region.process(client), CLOSE).catch((error: unknown) => error);
        expect(cut.happened, `call ${index + 1} was reached`).toBe(true);
        expect(death, `call ${index + 1} killed the process`).toBeInstanceOf(Error);
        cut.remove();
        kills += 1;
        found = await region.read();
        if (!seen.isNew(found)) continue;
        await execute(region.process(), CLOSE);
        found = await region.read();
        expect(linesOf(found), `killed ${moment} call ${index + 1} (${operation})`).toEqual(
          linesOf(region.published),
        );
      }
    }
    client.destroy();
    expect(kills).toBe(2 * region.operations.length);
    expect(seen.count).toBeGreaterThan(10);
  });
});

describe('a health agency', () => {
  let region: ClosedRegion;
  beforeAll(async () => {
    region = await closedRegion(PUSKESMAS);
  });
  afterAll(() => region.drop());

  test('stopped for ever before any DynamoDB call, it is finished by another process to the same table', {
    timeout: 120_000,
  }, async () => {
    await region.reset();
    const client = createTestClient();
    const count = countRequests(client);
    const seen = statesSeen();
    // One process stands still before each of its calls in turn; meanwhile another one starts from the table as it is then,
    // which is put back before the first goes on.
    takeTurns([client], () => 0);
    pauseAtEveryCall(client, async (call) => {
      const left = await region.read();
      if (!seen.isNew(left)) return;
      await execute(region.process(), CLOSE);
      const found = await region.read();
      expect(linesOf(found), `stopped before call ${call}`).toEqual(linesOf(region.published));
      await region.reset(left, found);
    });
    await execute(region.process(client), CLOSE);
    client.destroy();
    expect(linesOf(await region.read())).toEqual(linesOf(region.published));
    expect(count.total).toBe(region.operations.length);
    expect(seen.count).toBeGreaterThan(15);
  });
});

/** What a restart does follows from the table alone, so each state of it is restarted from once. */
function statesSeen(): { isNew(state: TableState): boolean; readonly count: number } {
  const seen = new Set<string>();
  return {
    isNew: (state) => {
      const hash = createHash('sha256');
      for (const [key, { text }] of state) hash.update(`${key}\n${text}\n`);
      const size = seen.size;
      return seen.add(hash.digest('hex')).size > size;
    },
    get count() {
      return seen.size;
    },
  };
}
