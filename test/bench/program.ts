import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DynamoDbLocal } from '../../infra/local/dynamodb-local.ts';

/** A program in a process of its own, so that its processor time is its own, which does what it is asked. */
export interface Program<Order, Answer> {
  ask(order: Order): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts a program and waits until it is ready. @param setup what it is told first */
export async function startProgram<Order extends object, Answer>(
  program: URL,
  setup: unknown,
  env: NodeJS.ProcessEnv = {},
): Promise<Program<Order, Answer>> {
  const child = fork(fileURLToPath(program), {
    env: { ...process.env, ...env },
    serialization: 'advanced',
  });
  const ended = once(child, 'close');
  child.send({ setup });
  await answerOf(child);
  return {
    ask: async (order) => {
      child.send(order);
      return (await answerOf(child)) as Answer;
    },
    close: async () => {
      child.kill();
      await ended;
    },
  };
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((settle, reject) => {
    const ended = (code: number | null): void => reject(new Error(`a program ended with ${code}`));
    child.once('close', ended);
    child.once('message', (message) => {
      child.off('close', ended);
      settle(message);
    });
  });
}

/** The program's side: gets itself ready, then does what it is asked, until its parent is gone. */
export function serve<Setup, Order, Answer>(
  prepare: (setup: Setup) => Promise<(order: Order) => Promise<Answer>>,
): void {
  process.once('message', async ({ setup }: { setup: Setup }) => {
    const work = await prepare(setup);
    process.on('message', async (order: Order) => process.send?.(await work(order)));
    process.send?.('ready');
  });
  process.once('disconnect', () => process.exit());
}

/** How long something took. */
export interface Timing {
  readonly seconds: number;
  /** Processor seconds of all processes, which say more than the clock on a machine that others use. */
  readonly cpuSeconds: number;
}

/** Seconds of processor time of this process since then. */
export const cpuSecondsSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** Where a table is, in words that a process can be told. */
export type TableOf = Pick<DynamoDbLocal, 'endpoint' | 'region'> & {
  readonly credentials: Pick<DynamoDbLocal, 'accessKeyId' | 'secretAccessKey'>;
  readonly tableName: string;
};

/** One's share of what is dealt to so many. */
export const dealt = <T>(all: readonly T[], member: number, of: number): T[] =>
  all.filter((_, at) => at % of === member);
