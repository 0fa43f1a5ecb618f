/** Several processes on one table, whose requests take turns as a test decides. */
import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

type Proceed = () => Promise<unknown>;

/** Lets one request of all clients through at a time, chosen among those that wait. */
export function takeTurns(
  clients: readonly DynamoDBDocumentClient[],
  choose: (waiting: number) => number,
): void {
  const waiting: Proceed[] = [];
  let busy = false;
  const next = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    // Whoever has just been answered asks again first, so that the choice is among all.
    await new Promise(setImmediate);
    const [turn] = waiting.splice(choose(waiting.length), 1);
    await turn?.();
    busy = false;
    if (waiting.length > 0) void next();
  };
  for (const client of clients) {
    around(client, async (proceed) => {
      const answered = Promise.withResolvers<unknown>();
      waiting.push(() => proceed().then(answered.resolve, answered.reject));
      void next();
      return answered.promise;
    });
  }
}

export interface Pause {
  /** Resolves when the client stands still. */
  readonly reached: Promise<void>;
  /** Lets it go on, and every later request. */
  resume(): void;
}

/** Stops a client before its nth request (from 1) reaches DynamoDB, as a process that is not scheduled; others of its requests go on. */
export function pauseAtCall(client: DynamoDBDocumentClient, n: number): Pause {
  const reached = Promise.withResolvers<void>();
  const resumed = Promise.withResolvers<void>();
  let calls = 0;
  const remove = around(client, async (proceed) => {
    calls += 1;
    if (calls === n) {
      reached.resolve();
      await resumed.promise;
    }
    return proceed();
  });
  const resume = (): void => {
    remove();
    resumed.resolve();
  };
  return { reached: reached.promise, resume };
}

function around(client: DynamoDBDocumentClient, act: (proceed: Proceed) => Promise<unknown>): () => void {
  const name = `around-${randomUUID()}`;
  client.middlewareStack.add(
    (next) => async (args) => {
      let answer: Awaited<ReturnType<typeof next>> | undefined;
      await act(async () => {
        answer = await next(args);
      });
      if (answer === undefined) throw new Error('a request was answered without being sent');
      return answer;
    },
    { step: 'deserialize', priority: 'high', name },
  );
  return () => void client.middlewareStack.remove(name);
}

/** A repeatable sequence of choices (mulberry32). */
export function choicesOf(seed: number): (waiting: number) => number {
  let state = seed;
  return (waiting) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(waiting, 1);
  };
}
