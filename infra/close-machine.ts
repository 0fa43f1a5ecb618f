import { type IGrantable, Policy } from 'aws-cdk-lib/aws-iam';
import {
  Choice,
  Condition,
  type CustomState,
  DistributedMap,
  JsonPath,
  type StateMachine,
  StateMachineType,
  Succeed,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { Construct } from 'constructs';
import * as z from 'zod';
import { ServiceFunction } from './service-function.ts';
import type { Table, TableAction } from './table.ts';
import { createStateMachine, taskState, thenFail } from './workflow.ts';

/** What the definition calls each step, and the Lambda entry behind it. */
const STEPS = {
  Begin: {
    entry: 'functions/close/begin.ts',
    description: 'Opens a run: shuts the period to writes, freezes policy and organisation',
    timeout: Duration.minutes(5),
    memorySize: 1024,
  },
  PlanShards: {
    entry: 'functions/close/plan-shards.ts',
    description: 'Cuts the frozen shard list into tasks',
    timeout: Duration.minutes(5),
    memorySize: 1024,
  },
  ScoreShard: {
    entry: 'functions/close/score-shard.ts',
    description: 'Evaluates the staff of a range of shards and writes their results',
    timeout: Duration.minutes(15),
    memorySize: 1769,
  },
  Merge: {
    entry: 'functions/close/merge.ts',
    description: 'Merges the scores of all shards into rankings',
    timeout: Duration.minutes(15),
    memorySize: 1769,
  },
  FollowUpShard: {
    entry: 'functions/close/follow-up-shard.ts',
    description: 'Of a final period: proposes what follows for the staff of a range of shards',
    timeout: Duration.minutes(15),
    memorySize: 1769,
  },
  Publish: {
    entry: 'functions/close/publish.ts',
    description: 'Points the period at its run: results become readable',
    timeout: Duration.minutes(5),
    memorySize: 1024,
  },
  RecordFailure: {
    entry: 'functions/close/record-failure.ts',
    description: 'Writes why a close failed to its period',
    timeout: Duration.minutes(1),
    memorySize: 512,
  },
} as const;

/** A Task state of the definition that calls a Lambda function. */
export type StepName = keyof typeof STEPS;

const STEP_NAMES = Object.keys(STEPS).filter((name): name is StepName => Object.hasOwn(STEPS, name));

/** What each step does with the table; none queries an index. */
const ON_TABLE: Readonly<Record<StepName, readonly TableAction[]>> = {
  Begin: ['BatchWriteItem', 'ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
  PlanShards: ['GetItem', 'Query'],
  ScoreShard: ['BatchGetItem', 'BatchWriteItem', 'GetItem', 'Query'],
  Merge: ['BatchGetItem', 'BatchWriteItem', 'GetItem', 'Query'],
  // Each proposal in a transaction with its audit entry.
  FollowUpShard: ['BatchGetItem', 'GetItem', 'PutItem', 'Query'],
  Publish: ['GetItem', 'PutItem', 'Query', 'UpdateItem'],
  RecordFailure: ['GetItem', 'PutItem'],
};

const oneOrMore = z.pipe(
  z.unknown(),
  z.transform((value): unknown[] => (Array.isArray(value) ? value : [value])),
);
const policySchema = z.object({ Statement: z.array(z.object({ Resource: oneOrMore })) });

export interface CloseMachineProps {
  readonly stage: string;
  readonly table: Table;
  readonly concurrency: number;
  readonly logRetentionDays: number;
}

/**
 * The state machine that closes one period: begin, plan the shards, score them, merge, publish. Of a period that has become final
 * the same shards propose what follows, and nothing is scored or merged. Input
 * `{periodId, attempt}`. Every step can be repeated; a worker short of time returns its task with a cursor and is
 * called with it again. Any failure is written to the period, then the execution fails.
 *
 * AWS's redrive of an execution that ended in a Fail state enters that state again, so one goes on after a failure by
 * a new execution with the same input: begin finds the run and every step finds what is done.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html#redrive-behavior-states
 */
export class CloseMachine extends Construct {
  readonly stateMachine: StateMachine;
  /** The function behind each Task state. */
  readonly steps: Readonly<Record<StepName, ServiceFunction>>;

  constructor(scope: Construct, id: string, props: CloseMachineProps) {
    super(scope, id);
    const build = (name: StepName): ServiceFunction => {
      const { entry, ...settings } = STEPS[name];
      return new ServiceFunction(this, `${name}Function`, {
        ...settings,
        entry,
        stage: props.stage,
        service: entry.replace(/^functions\/close\/(.*)\.ts$/, 'close-$1'),
        environment: { TABLE_NAME: props.table.name },
        logRetentionDays: props.logRetentionDays,
      });
    };
    this.steps = {
      Begin: build('Begin'),
      PlanShards: build('PlanShards'),
      ScoreShard: build('ScoreShard'),
      Merge: build('Merge'),
      FollowUpShard: build('FollowUpShard'),
      Publish: build('Publish'),
      RecordFailure: build('RecordFailure'),
    };
    for (const name of STEP_NAMES) props.table.grant(this.steps[name], ON_TABLE[name]);

    const recordFailure = thenFail(this, this.#task('RecordFailure', JsonPath.DISCARD), 'CloseFailed');
    const onFailure = { errors: ['States.ALL'], resultPath: '$.error' };

    const publish = this.#task('Publish', JsonPath.DISCARD)
      .addCatch(recordFailure, onFailure)
      .next(new Succeed(this, 'Closed', { stateName: 'Closed', outputPath: JsonPath.DISCARD }));
    const score = this.#map('ScoreShards', 'ScoreShard', props.concurrency)
      .addCatch(recordFailure, onFailure)
      .next(this.#task('Merge', JsonPath.DISCARD).addCatch(recordFailure, onFailure))
      .next(publish);
    const followUp = this.#map('FollowUpShards', 'FollowUpShard', props.concurrency, '$.waiting')
      .addCatch(recordFailure, onFailure)
      .next(publish);
    const definition = this.#task('Begin')
      .addCatch(recordFailure, onFailure)
      .next(this.#task('PlanShards').addCatch(recordFailure, onFailure))
      .next(
        new Choice(this, 'IsFinal', { stateName: 'IsFinal' })
          .when(Condition.isPresent('$.follow'), followUp)
          .otherwise(score),
      );

    this.stateMachine = createStateMachine(this, {
      stage: props.stage,
      name: 'close',
      comment: 'Closes a period and publishes its results and rankings',
      definition,
      steps: STEP_NAMES.map((name) => this.steps[name]),
      timeout: Duration.hours(12),
      logRetentionDays: props.logRetentionDays,
    });
    this.#acknowledgeMapPolicy();
  }

  /** Lets `grantee` start executions of this machine, and see which ones run. */
  grantStart(grantee: IGrantable): void {
    this.stateMachine.grant(grantee, 'states:StartExecution', 'states:ListExecutions');
  }

  /** CDK writes this policy; cdk-nag wants each of its findings named. */
  #acknowledgeMapPolicy(): void {
    const policy = this.stateMachine.node.findChild('DistributedMapPolicy');
    if (!(policy instanceof Policy)) throw new Error('a distributed map has no policy');
    const { Statement } = policySchema.parse(Stack.of(this).resolve(policy.document));
    const wildcards = Statement.flatMap(({ Resource }) => Resource)
      .map((resource) => flattenCfnReference(resource))
      .filter((resource) => resource.endsWith(':*'));
    Validations.of(policy).acknowledge(
      ...[...new Set(wildcards)].map((resource) => ({
        id: `AwsSolutions-IAM5[Resource::${resource}]`,
        reason:
          'A map starts, watches and stops child executions of this machine, whose ids exist only at run time.',
      })),
    );
  }

  #task(name: StepName, resultPath?: string): CustomState {
    const more = resultPath === JsonPath.DISCARD ? { ResultPath: null } : {};
    return taskState(this, name, this.steps[name], STEPS[name].timeout, more);
  }

  /**
   * Runs `worker` on each of `$.tasks`, again and again on a task until it answers `{done: true}`.
   * @param answers where each task's last answer has what later steps need, and where they find the list of it; left out: nothing
   */
  #map(
    name: string,
    worker: 'ScoreShard' | 'FollowUpShard',
    maxConcurrency: number,
    answers: string = JsonPath.DISCARD,
  ): DistributedMap {
    const work = this.#task(worker);
    const finished = new Choice(this, `${worker}Finished`, { stateName: `${worker}Finished` });
    finished
      .when(
        Condition.and(Condition.isPresent('$.done'), Condition.booleanEquals('$.done', true)),
        new Succeed(this, `${worker}Done`, { stateName: `${worker}Done`, outputPath: answers }),
      )
      .otherwise(work);
    work.next(finished);
    return new DistributedMap(this, name, {
      stateName: name,
      itemsPath: '$.tasks',
      maxConcurrency,
      // A child of type EXPRESS would end after five minutes.
      mapExecutionType: StateMachineType.STANDARD,
      label: name,
      resultPath: answers,
    }).itemProcessor(work);
  }
}
