import type { JobStarter } from '../usecases/deps.ts';

/**
 * Starts the state machine of jobs under the job's id, so that a job runs once however often it is started. The client is
 * loaded with the first job: most requests start none.
 */
export function createJobStarter(stateMachineArn: string): JobStarter {
  return {
    start: async (jobId, correlationId) => {
      const { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } = await import(
        '@aws-sdk/client-sfn'
      );
      const input = JSON.stringify({ jobId, correlationId });
      try {
        await new SFNClient().send(new StartExecutionCommand({ stateMachineArn, name: jobId, input }));
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
  };
}
