import { cpuSecondsSince, serve, startProgram } from '../program.ts';

/** One way to answer the operations: a program of its own. */
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
  const { ask, close } = await startProgram<Order, Batch>(new URL(program, import.meta.url), setup, env);
  return { ask: (operation, from, times) => ask({ operation, from, times }), close };
}

/**
 * The contender's side: gets itself ready, then answers what it is asked.
 * @param prepare makes of the setup what answers an operation
 */
export const contend = <Setup>(
  prepare: (setup: Setup) => Promise<(operation: number, time: number) => Promise<string>>,
): void =>
  serve<Setup, Order, Batch>(async (setup) => {
    const answer = await prepare(setup);
    return async ({ operation, from, times }) => {
      const milliseconds: number[] = [];
      let last = '';
      const cpu = process.cpuUsage();
      for (let time = from; time < from + times; time += 1) {
        const begun = performance.now();
        last = await answer(operation, time);
        milliseconds.push(performance.now() - begun);
      }
      return { milliseconds, cpu: cpuSecondsSince(cpu) * 1_000, answer: last };
    };
  });
