import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidExecutionInput,
  InvalidName,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { afterEach, describe, expect, test } from 'vitest';
import { createCloseStarter } from '../../functions/close/start-close.ts';
import { type StepFunctions, startStepFunctions, type Task } from '../../infra/local/step-functions.ts';

const arn = (name: string) => `arn:aws:lambda:ap-southeast-3:000000000000:function:${name}`;

/** A close in little: begin, a map whose worker comes back until it is done, and a failure that is recorded. */
const definition: StateMachineDefinition = parseDefinition({
  StartAt: 'Begin',
  States: {
    Begin: {
      Type: 'Task',
      Resource: arn('Begin'),
      Retry: [
        { ErrorEquals: ['Rejection'], MaxAttempts: 0 },
        { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 2 },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'RecordFailure' }],
      Next: 'Shards',
    },
    Shards: {
      Type: 'Map',
      ItemsPath: '$.tasks',
      MaxConcurrency: 2,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Work',
        States: {
          Work: { Type: 'Task', Resource: arn('Work'), Next: 'Finished' },
          Finished: {
            Type: 'Choice',
            Choices: [{ Variable: '$.done', IsPresent: true, Next: 'Done' }],
            Default: 'Work',
          },
          Done: { Type: 'Succeed' },
        },
      },
      ResultPath: null,
      End: true,
    },
    RecordFailure: { Type: 'Task', Resource: arn('RecordFailure'), ResultPath: null, Next: 'Failed' },
    Failed: { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
  },
});

class Rejection extends Error {
  override readonly name = 'Rejection';
}

let service: StepFunctions | undefined;
let client: SFNClient | undefined;

afterEach(async () => {
  client?.destroy();
  await service?.close();
});

async function start(tasks: Partial<Record<'Begin' | 'Work' | 'RecordFailure', Task>>) {
  const all = {
    Begin: async () => ({ tasks: [{ left: 3 }, { left: 1 }] }),
    Work: async () => ({ done: true }),
    RecordFailure: async () => null,
    ...tasks,
  };
  const running = await startStepFunctions([{ name: 'close', definition, tasks: all, retryMilliseconds: 0 }]);
  const sfn = new SFNClient({
    endpoint: running.endpoint,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  service = running;
  client = sfn;
  const stateMachineArn = running.stateMachineArn('close');
  return {
    running,
    sfn,
    stateMachineArn,
    startExecution: (name: string, input: object = { periodId: '2026-Q1', attempt: 1 }) =>
      sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })),
  };
}

describe('an execution', () => {
  test('runs the steps with their JSON, a worker again and again until it is done', async () => {
    const seen: unknown[] = [];
    const { running, sfn, startExecution } = await start({
      Begin: async (input) => ({ begun: input, nothing: undefined, tasks: [{ left: 3 }, { left: 1 }] }),
      Work: async (input) => {
        seen.push(input);
        const left = typeof input === 'object' && input !== null && 'left' in input ? Number(input.left) : 0;
        return left > 1 ? { left: left - 1 } : { done: true };
      },
    });

    const { executionArn = '', startDate } = await startExecution('close-2026-Q1-1');
    await running.waitFor(executionArn);

    const description = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(description.status).toBe('SUCCEEDED');
    expect(description.startDate).toEqual(startDate);
    expect(JSON.parse(description.output ?? '')).toEqual({
      begun: { periodId: '2026-Q1', attempt: 1 },
      tasks: [{ left: 3 }, { left: 1 }],
    });
    expect(seen).toHaveLength(4);
  });

  test('with the name and input of one that runs is that one', async () => {
    let release = (): void => undefined;
    const { running, startExecution } = await start({
      Work: () =>
        new Promise((settle) => {
          release = () => settle({ done: true });
        }),
      Begin: async () => ({ tasks: [{}] }),
    });

    const first = await startExecution('close-2026-Q1-1');
    const second = await startExecution('close-2026-Q1-1');
    const other = startExecution('close-2026-Q1-1', { periodId: '2026-Q2' });

    expect(second).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate });
    await expect(other).rejects.toBeInstanceOf(ExecutionAlreadyExists);
    await expect
      .poll(() => {
        release();
        return running.executions()[0]?.status;
      })
      .toBe('SUCCEEDED');
    expect(running.executions()).toHaveLength(1);
  });

  test('keeps its name when it has ended', async () => {
    const { running, startExecution } = await start({});
    await startExecution('close-2026-Q1-1');
    await running.waitForAll();

    await expect(startExecution('close-2026-Q1-1')).rejects.toBeInstanceOf(ExecutionAlreadyExists);
    await startExecution('close-2026-Q1-2');
  });

  test('fails at once with an expected failure, which is recorded by its name', async () => {
    let begun = 0;
    const recorded: unknown[] = [];
    const { running, startExecution } = await start({
      Begin: async () => {
        begun += 1;
        throw new Rejection('the period is not open');
      },
      RecordFailure: async (input) => {
        recorded.push(input);
      },
    });

    const { executionArn = '' } = await startExecution('close-2026-Q1-1');
    const execution = await running.waitFor(executionArn);

    expect(begun).toBe(1);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Rejection' });
    expect(recorded).toMatchObject([{ periodId: '2026-Q1', error: { Error: 'Rejection' } }]);
    expect(JSON.parse(execution.cause ?? '')).toMatchObject({ errorMessage: 'the period is not open' });
  });

  test('is retried as the definition says', async () => {
    let begun = 0;
    const { running, startExecution } = await start({
      Begin: async () => {
        begun += 1;
        if (begun < 3) throw new Error('lost connection');
        return { tasks: [] };
      },
    });

    const { executionArn = '' } = await startExecution('close-2026-Q1-1');

    expect((await running.waitFor(executionArn)).status).toBe('SUCCEEDED');
    expect(begun).toBe(3);
  });
});

describe('an execution that failed', () => {
  test('goes on when it is redriven', async () => {
    let broken = true;
    const { running, sfn, startExecution } = await start({
      Begin: async () => {
        if (broken) throw new Rejection('not yet');
        return { tasks: [] };
      },
    });
    const { executionArn = '' } = await startExecution('close-2026-Q1-1');
    expect((await running.waitFor(executionArn)).status).toBe('FAILED');

    broken = false;
    await sfn.send(new RedriveExecutionCommand({ executionArn }));

    expect((await running.waitFor(executionArn)).status).toBe('SUCCEEDED');
    await expect(sfn.send(new RedriveExecutionCommand({ executionArn }))).rejects.toThrow('SUCCEEDED');
  });
});

describe('a close whose execution was stopped', () => {
  test('is started again by the next hour, once, and not while it runs', async () => {
    let release = (): void => undefined;
    const { running, sfn, stateMachineArn } = await start({
      Begin: () =>
        new Promise((resolve) => {
          release = () => resolve({ tasks: [] });
        }),
    });
    let now = '2026-04-05T17:00:03.000Z';
    const starter = createCloseStarter(sfn, stateMachineArn, () => now);
    const startClose = () => starter.startClose({ periodId: '2026-Q1', attempt: 1 });
    const names = () => running.executions().map(({ name, status }) => `${name} ${status}`);
    await startClose();
    await startClose();
    expect(names()).toEqual(['close-2026-Q1-1 RUNNING']);

    const [execution] = running.executions();
    await sfn.send(new StopExecutionCommand({ executionArn: execution?.executionArn }));
    release();
    now = '2026-04-05T18:00:02.000Z';
    await startClose();
    await startClose();

    expect(names()).toEqual(['close-2026-Q1-1-2026040518 RUNNING', 'close-2026-Q1-1 ABORTED']);
    release();
  });
});

describe('the endpoint', () => {
  test('names what is wrong with a request as the service does', async () => {
    const { sfn, stateMachineArn, startExecution } = await start({});
    const unknown = stateMachineArn.replace('close', 'open');

    await expect(sfn.send(new StartExecutionCommand({ stateMachineArn: unknown }))).rejects.toBeInstanceOf(
      StateMachineDoesNotExist,
    );
    await expect(sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{' }))).rejects.toBeInstanceOf(
      InvalidExecutionInput,
    );
    await expect(startExecution('a name')).rejects.toBeInstanceOf(InvalidName);
    await expect(
      sfn.send(new DescribeExecutionCommand({ executionArn: `${stateMachineArn}:none` })),
    ).rejects.toBeInstanceOf(ExecutionDoesNotExist);
  });

  test('lists executions by status, the newest first', async () => {
    const { running, sfn, stateMachineArn, startExecution } = await start({});
    await startExecution('close-2026-Q1-1');
    await startExecution('close-2026-Q2-1');
    await running.waitForAll();

    const all = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'SUCCEEDED' }));
    const failed = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'FAILED' }));

    expect(all.executions?.map(({ name }) => name)).toEqual(['close-2026-Q2-1', 'close-2026-Q1-1']);
    expect(failed.executions).toEqual([]);
  });

  test('does not start without a function for every Task state', async () => {
    await expect(startStepFunctions([{ name: 'close', definition, tasks: {} }])).rejects.toThrow(
      'Begin, Work, RecordFailure',
    );
  });
});

/** The interpreter's own type leaves out fields of the language that it takes, ProcessorConfig for one. */
function parseDefinition(definition: object): StateMachineDefinition {
  return JSON.parse(JSON.stringify(definition));
}
