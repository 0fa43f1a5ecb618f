/** What Step Functions and the schedule know of a workflow whose processes die: which functions have ended, and with what. */
import * as z from 'zod';
import { type Execution, type Executions, executionsOf } from './executions.ts';
import { MACHINES } from './process-deps.ts';

/** What a process says. Steps and executions are numbered in the order in which the workflow comes to them. */
export const report = z.discriminatedUnion('says', [
  z.object({ says: z.literal('BEGIN'), step: z.number(), once: z.boolean() }),
  z.object({ says: z.literal('END'), step: z.number(), ended: z.unknown() }),
  z.object({ says: z.literal('NEXT'), execution: z.number(), machine: z.enum(['close', 'jobs']) }),
  z.object({ says: z.literal('EXECUTED'), execution: z.number(), status: z.enum(['SUCCEEDED', 'FAILED']) }),
  z.object({ says: z.literal('ALARM'), about: z.string() }),
]);
export type Report = z.infer<typeof report>;

/** How a function ended: with an answer, or with an error. */
export const ended = z.object({
  answer: z.optional(z.unknown()),
  error: z.optional(z.object({ name: z.string(), message: z.string() })),
});
export type Ended = z.infer<typeof ended>;

export interface Journal {
  readonly executions: Executions;
  readonly alarms: ReadonlySet<string>;
  /** What a process is told: of a step how it has ended, of an execution its input; null: it has not, there is none. */
  hear(report: Report): unknown;
  /** The process is gone: what nobody calls again is over. */
  died(): void;
}

export function createJournal(): Journal {
  const executions = executionsOf();
  const alarms = new Set<string>();
  const steps = new Map<number, unknown>();
  const unrepeated = new Set<number>();
  const taken: (Execution | null)[] = [];
  return {
    executions,
    alarms,
    hear: (said) => {
      switch (said.says) {
        case 'BEGIN':
          if (said.once) unrepeated.add(said.step);
          return steps.get(said.step) ?? null;
        case 'END':
          steps.set(said.step, said.ended);
          return null;
        case 'NEXT': {
          if (said.execution >= taken.length) taken.push(executions.next(MACHINES[said.machine]) ?? null);
          return taken[said.execution]?.input ?? null;
        }
        case 'EXECUTED': {
          const execution = taken[said.execution];
          if (execution) execution.status = said.status;
          return null;
        }
        case 'ALARM':
          alarms.add(said.about);
          return null;
      }
    },
    died: () => {
      for (const step of unrepeated) if (!steps.has(step)) steps.set(step, {});
    },
  };
}
