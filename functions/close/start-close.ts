import {
  ExecutionAlreadyExists,
  ListExecutionsCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { CloseAttempt } from '../usecases/close/close-run.ts';
import type { CloseStarter } from '../usecases/close/period-duties.ts';
import type { Deps } from '../usecases/deps.ts';

/**
 * Starts the state machine. The execution's name is that of the attempt, so that an attempt runs once however often it is
 * started: the same name and input answer with the execution that runs, and for 90 days after its end they are refused.
 * A period that is still to be closed although its execution has ended is one whose close failed: then another one is
 * started, once an hour at most, and goes on where the failed one stopped. (Should two overlap all the same, they come out
 * right: every step can be repeated.)
 */
export function createCloseStarter(
  client: SFNClient,
  stateMachineArn: string,
  now: Deps['now'],
): CloseStarter {
  /** @returns whether an execution of this name runs now; false when it has ended before */
  const start = async (name: string, input: CloseAttempt): Promise<boolean> => {
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
      return true;
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return false;
      throw error;
    }
  };
  const isRunning = async (name: string): Promise<boolean> => {
    const { executions = [] } = await client.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }),
    );
    return executions.some((execution) => execution.name === name || execution.name?.startsWith(`${name}-`));
  };
  return {
    async startClose({ periodId, attempt }: CloseAttempt) {
      const name = `close-${periodId}-${attempt}`;
      if (await start(name, { periodId, attempt })) return;
      if (await isRunning(name)) return;
      const hour = now().slice(0, 13).replaceAll(/\D/g, '');
      await start(`${name}-${hour}`, { periodId, attempt });
    },
  };
}
