import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** One way to answer the operations: a program of its own, so that its processor time is its own. */
export interface Contender {
  /** Asks an operation several times, one after the other. @param from the number of the first time */
  ask(operation: number, from: number, times: number): Promise<Batch>;
  close(): Promise<void>;
}

export interface Batch {
  /** Milliseconds of each time. */
  readonly milliseconds: readonly number[];
  /** Milliseconds of processor time of them all. */
  readonly cpu: number;
  /** The last answer. */
  readonly answer: string;
}

interface Order {
  readonly operation: number;
  readonly from: number;
  readonly times: number;
}

/**
 * Starts a contender's program and waits until it is ready.
 * @param program beside this file
 * @param setup what it is told first
 */
export async function startContender(
  program: string,
  setup: unknown,
  env: NodeJS.ProcessEnv,
): Promise<Contender> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), {
    env: { ...process.env, ...env },
    serialization: 'advanced',
  });
  const ended = once(child, 'close');
  child.send({ setup });
  await answerOf(child);
  return {
    ask: async (operation, from, times) => {
      child.send({ operation, from, times });
      return (await answerOf(child)) as Batch;
    },
    close: async () => {
      child.kill();
      await ended;
    },
  };
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((settle, reject) => {
    const ended = (code: number | null): void => reject(new Error(`a contender ended with ${code}`));
    child.once('close', ended);
    child.once('message', (message) => {
      child.off('close', ended);
      settle(message);
    });
  });
}

/**
 * The contender's side: gets itself ready, then answers what it is asked, until its parent is gone.
 * @param prepare makes of the setup what answers an operation
 */
export function contend<Setup>(
  prepare: (setup: Setup) => Promise<(operation: number, time: number) => Promise<string>>,
): void {
  process.once('message', async ({ setup }: { setup: Setup }) => {
    const answer = await prepare(setup);
    process.on('message', async ({ operation, from, times }: Order) => {
      const milliseconds: number[] = [];
      let last = '';
      const cpu = process.cpuUsage();
      for (let time = from; time < from + times; time += 1) {
        const begun = performance.now();
        last = await answer(operation, time);
        milliseconds.push(performance.now() - begun);
      }
      const { user, system } = process.cpuUsage(cpu);
      process.send?.({ milliseconds, cpu: (user + system) / 1_000, answer: last } satisfies Batch);
    });
    process.send?.('ready');
  });
  process.once('disconnect', () => process.exit());
}
