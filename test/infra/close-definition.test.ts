import aslValidator from 'asl-validator';
import { type RunOptions, StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import {
  synthesiseCloseDefinition,
  synthesiseJobDefinition,
  synthesiseTable,
} from '../../infra/close-definition.ts';

const { definition, entries, starterEntry } = synthesiseCloseDefinition();
const machine = new StateMachine(definition);

type Handlers = NonNullable<NonNullable<RunOptions['overrides']>['taskResourceLocalHandlers']>;
type Json = Parameters<Handlers[string]>[0];

class StepError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const TASKS = [
  { periodId: '2026-Q1', run: 'r1', from: 0, to: 25 },
  { periodId: '2026-Q1', run: 'r1', from: 25, to: 40 },
];

/** Runs a close with steps that only note their calls; `changes` replaces some of them. */
const close = async (changes: Handlers = {}) => {
  const calls: { readonly state: string; readonly input: Json }[] = [];
  const steps: Handlers = {
    Begin: () => ({ periodId: '2026-Q1', attempt: 1, run: 'r1' }),
    PlanShards: () => ({ periodId: '2026-Q1', attempt: 1, run: 'r1', tasks: TASKS }),
    ScoreShard: () => ({ done: true }),
    Merge: () => null,
    FollowUpShard: () => ({ done: true, waiting: false }),
    Publish: () => null,
    RecordFailure: () => null,
    ...changes,
  };
  const { result } = machine.run(
    { periodId: '2026-Q1', attempt: 1 },
    {
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(
          Object.entries(steps).map(([state, step]) => [
            state,
            async (input: Json) => {
              calls.push({ state, input });
              return step(input);
            },
          ]),
        ),
        retryIntervalOverrides: Object.fromEntries(Object.keys(steps).map((state) => [state, 0])),
      },
    },
  );
  const outcome = await result.then(
    (output) => ({ output, error: undefined }),
    (error: unknown) => ({ output: undefined, error }),
  );
  const inputsOf = (state: string): readonly Json[] =>
    calls.filter((call) => call.state === state).map(({ input }) => input);
  return { ...outcome, states: calls.map(({ state }) => state), inputsOf };
};

describe('the definition', () => {
  it.each([
    ['a close', definition],
    ['a job', synthesiseJobDefinition().definition],
  ])('of %s is valid to asl-validator, with its paths and ARNs', (_, asked) => {
    const { isValid, errorsText } = aslValidator(asked, { checkPaths: true, checkArn: true });

    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
  });

  it('names the Lambda entry of every step', () => {
    expect(entries).toEqual({
      Begin: 'functions/close/begin.ts',
      PlanShards: 'functions/close/plan-shards.ts',
      ScoreShard: 'functions/close/score-shard.ts',
      Merge: 'functions/close/merge.ts',
      FollowUpShard: 'functions/close/follow-up-shard.ts',
      Publish: 'functions/close/publish.ts',
      RecordFailure: 'functions/close/record-failure.ts',
    });
    expect(starterEntry).toBe('functions/close/starter.ts');
  });

  it('maps over shards in distributed mode, in standard child executions', () => {
    for (const name of ['ScoreShards', 'FollowUpShards']) {
      const state = definition.States[name];
      expect(state).toMatchObject({
        Type: 'Map',
        ItemsPath: '$.tasks',
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      });
    }
  });

  it('backs off after transient errors, with jitter', () => {
    expect(definition.States['Begin']).toMatchObject({
      Retry: [
        {
          ErrorEquals: expect.arrayContaining([
            'Lambda.TooManyRequestsException',
            'ProvisionedThroughputExceededException',
            'TransactionConflictException',
          ]),
          BackoffRate: 2,
          JitterStrategy: 'FULL',
        },
        { ErrorEquals: ['States.ALL'] },
      ],
    });
  });
});

describe('a close', () => {
  it('runs its steps in order and leaves a tiny output', async () => {
    const { states, output, inputsOf } = await close();

    expect(states).toEqual(['Begin', 'PlanShards', 'ScoreShard', 'ScoreShard', 'Merge', 'Publish']);
    expect(output).toEqual({});
    expect(inputsOf('Begin')).toEqual([{ periodId: '2026-Q1', attempt: 1 }]);
    expect(inputsOf('ScoreShard')).toEqual(TASKS);
    for (const step of ['Merge', 'Publish']) {
      expect(inputsOf(step)).toEqual([
        expect.objectContaining({ periodId: '2026-Q1', attempt: 1, run: 'r1' }),
      ]);
    }
  });

  it('of a period that has become final looks for what follows, and neither scores nor merges', async () => {
    const tasks = TASKS.map((task) => ({ ...task, follow: 'r1' }));
    const { states, output, inputsOf } = await close({
      PlanShards: () => ({ periodId: '2026-Q1', attempt: 1, run: 'r1', tasks, follow: 'r1' }),
      FollowUpShard: (task) => ({ done: true, waiting: Object(task).from === 25 }),
    });

    expect(states).toEqual(['Begin', 'PlanShards', 'FollowUpShard', 'FollowUpShard', 'Publish']);
    expect(output).toEqual({});
    expect(inputsOf('FollowUpShard')).toEqual(tasks);
    expect(inputsOf('Publish')).toEqual([
      expect.objectContaining({ periodId: '2026-Q1', follow: 'r1', waiting: [false, true] }),
    ]);
  });

  it('publishes a period without shards', async () => {
    const { states } = await close({
      PlanShards: () => ({ periodId: '2026-Q1', attempt: 1, run: 'r1', tasks: [] }),
    });

    expect(states).toEqual(['Begin', 'PlanShards', 'Merge', 'Publish']);
  });

  it('calls a worker that ran out of time again with its cursor, until it is done', async () => {
    const work = (input: Json): Json => {
      const task = typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};
      const next = Number(task['cursor'] ?? task['from']) + 10;
      return next >= Number(task['to']) ? { done: true, waiting: true } : { ...task, cursor: next };
    };
    const planned = { periodId: '2026-Q1', attempt: 1, run: 'r1', tasks: TASKS };
    for (const [worker, follow] of [
      ['ScoreShard', {}],
      ['FollowUpShard', { follow: 'r1' }],
    ] as const) {
      const { inputsOf, states } = await close({
        [worker]: work,
        PlanShards: () => ({ ...planned, ...follow }),
      });
      const inputs = inputsOf(worker);
      expect(inputs).toHaveLength(5);
      for (const cursor of [10, 20]) expect(inputs).toContainEqual({ ...TASKS[0], cursor });
      expect(inputs).toContainEqual({ ...TASKS[1], cursor: 35 });
      expect(states.at(-1)).toBe('Publish');
    }
  });

  it.each(['Begin', 'ScoreShard', 'Publish'])('tries %s again when it fails twice', async (step) => {
    let failures = 0;
    const { states, error } = await close({
      [step]: () => {
        if (failures++ < 2) throw new StepError('ThrottlingException', 'slow down');
        return step === 'ScoreShard' ? { done: true } : { periodId: '2026-Q1', attempt: 1, run: 'r1' };
      },
    });

    expect(error).toBeUndefined();
    expect(states).not.toContain('RecordFailure');
    expect(states.at(-1)).toBe('Publish');
  });

  it.each([
    ['Begin', {}],
    ['PlanShards', { run: 'r1' }],
    ['ScoreShard', { run: 'r1' }],
    ['Merge', { run: 'r1' }],
    ['FollowUpShard', { run: 'r1' }],
    ['Publish', { run: 'r1' }],
  ])('whose %s always fails records the failure and fails', async (step, known) => {
    const { inputsOf, states, error } = await close({
      ...(step === 'FollowUpShard' && {
        PlanShards: () => ({ periodId: '2026-Q1', attempt: 1, run: 'r1', tasks: TASKS, follow: 'r1' }),
      }),
      [step]: () => {
        throw new StepError('CloseError', 'SnapshotMissing');
      },
    });

    expect(inputsOf(step).length).toBeGreaterThanOrEqual(4);
    expect(inputsOf('RecordFailure')).toEqual([
      expect.objectContaining({
        periodId: '2026-Q1',
        attempt: 1,
        ...known,
        error: { Error: 'CloseError', Cause: 'SnapshotMissing' },
      }),
    ]);
    expect(states.at(-1)).toBe('RecordFailure');
    expect(error).toMatchObject({ cause: { name: 'CloseError', message: 'SnapshotMissing' } });
  });

  it('fails with the first error even when the failure cannot be recorded', async () => {
    const { error } = await close({
      Merge: () => {
        throw new StepError('CloseError', 'first');
      },
      RecordFailure: () => {
        throw new StepError('OtherError', 'second');
      },
    });

    expect(error).toMatchObject({ cause: { name: 'CloseError', message: 'first' } });
  });
});

describe('the table', () => {
  it('is created locally as it is deployed', () => {
    const { createTable, timeToLiveAttribute } = synthesiseTable('local');

    expect(createTable.TableName).toBe('local');
    expect(createTable.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
    expect(createTable.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual([
      'gsi1',
      'gsi2',
      'gsi3',
    ]);
    expect(createTable.AttributeDefinitions).toHaveLength(8);
    expect(timeToLiveAttribute).toBe('expiresAt');
  });
});
