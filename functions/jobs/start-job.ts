import type { SFNClient } from '@aws-sdk/client-sfn';
import type { JobStarter } from '../usecases/deps.ts';

/**
 * Starts the state machine of jobs under the job's id, so that a job runs once however often it is started. The SDK is
 * loaded with the first job: most requests start none.
 */
export function createJobStarter(stateMachineArn: string, client?: SFNClient): JobStarter {
  return {
    start: async (jobId, correlationId) => {
      const sfn = await import('@aws-sdk/client-sfn');
      const input = JSON.stringify({ jobId, correlationId });
      try {
        await (client ?? new sfn.SFNClient()).send(
          new sfn.StartExecutionCommand({ stateMachineArn, name: jobId, input }),
        );
      } catch (error) {
        if (!(error instanceof sfn.ExecutionAlreadyExists)) throw error;
      }
    },
  };
}
