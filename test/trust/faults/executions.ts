/** Executions as Step Functions keeps them: one for a name, refused when that one has ended. */
import { ExecutionAlreadyExists } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';

export interface Execution {
  readonly machine: string;
  readonly name: string;
  readonly input: string;
  status: 'WAITING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED';
}

export interface Executions {
  /** Answers StartExecution and ListExecutions. @throws ExecutionAlreadyExists */
  answer(operation: string, input: object, at: string): object;
  /** The next that waits, which is running from then on. */
  next(machine: string): Execution | undefined;
  all(): readonly Execution[];
}

const start = z.object({ stateMachineArn: z.string(), name: z.string(), input: z.string() });
const list = z.object({ stateMachineArn: z.string(), statusFilter: z.literal('RUNNING') });
const isUnfinished = ({ status }: Execution): boolean => status === 'WAITING' || status === 'RUNNING';

export function executionsOf(): Executions {
  const known: Execution[] = [];
  return {
    all: () => known,
    next: (machine) => {
      const found = known.find(
        (execution) => execution.machine === machine && execution.status === 'WAITING',
      );
      if (found !== undefined) found.status = 'RUNNING';
      return found;
    },
    answer: (operation, given, at) => {
      if (operation === 'ListExecutions') {
        const { stateMachineArn } = list.parse(given);
        const running = known.filter((each) => each.machine === stateMachineArn && isUnfinished(each));
        return { executions: running.map(({ name }) => ({ name })) };
      }
      const { stateMachineArn: machine, name, input } = start.parse(given);
      const same = known.find((each) => each.machine === machine && each.name === name);
      if (same === undefined) known.push({ machine, name, input, status: 'WAITING' });
      else if (!isUnfinished(same) || same.input !== input)
        throw new ExecutionAlreadyExists({ message: 'there is one of this name', $metadata: {} });
      return { executionArn: `${machine}:${name}`, startDate: new Date(at) };
    },
  };
}
