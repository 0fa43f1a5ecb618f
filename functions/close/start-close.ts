import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { CloseAttempt } from '../usecases/close/close-run.ts';
import type { CloseStarter } from '../usecases/close/run-schedule.ts';

/**
 * Starts the state machine. The execution's name is that of the attempt, so that an attempt runs once however often it is
 * started: the same name and input answer with the execution that runs, and for 90 days after its end they are refused.
 */
export function createCloseStarter(client: SFNClient, stateMachineArn: string): CloseStarter {
  return {
    async startClose({ periodId, attempt }: CloseAttempt) {
      try {
        await client.send(
          new StartExecutionCommand({
            stateMachineArn,
            name: `close-${periodId}-${attempt}`,
            input: JSON.stringify({ periodId, attempt }),
          }),
        );
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
  };
}
