import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  Choice,
  Condition,
  CustomState,
  DefinitionBody,
  Fail,
  JsonPath,
  LogLevel,
  StateMachine,
  StateMachineType,
  Succeed,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { JOB_HOURS } from '../functions/domain/job/job.ts';
import type { FileBucket } from './file-bucket.ts';
import { ServiceFunction } from './service-function.ts';
import type { Table } from './table.ts';
import { TASK_RETRIES } from './task-retries.ts';

/** What the definition calls each step, and the Lambda entry behind it. */
const STEPS = {
  Work: {
    entry: 'functions/jobs/worker.ts',
    description: 'Makes the file of a job: exports and official documents',
    timeout: Duration.minutes(15),
    memorySize: 3008,
  },
  RecordJobFailure: {
    entry: 'functions/jobs/record-failure.ts',
    description: 'Writes why a job failed to it',
    timeout: Duration.minutes(1),
    memorySize: 512,
  },
} as const;

/** A Task state of the definition that calls a Lambda function. */
export type JobStepName = keyof typeof STEPS;

export interface JobMachineProps {
  readonly stage: string;
  readonly table: Table;
  readonly files: FileBucket;
  readonly logRetentionDays: number;
}

/**
 * The state machine of jobs: calls the worker with `{jobId}`, and again with the cursor that it answered, until it answers
 * `{done: true}`. A call can be repeated. A failure is written to the job, then the execution fails.
 */
export class JobMachine extends Construct {
  readonly stateMachine: StateMachine;
  /** The function behind each Task state. */
  readonly steps: Readonly<Record<JobStepName, ServiceFunction>>;

  constructor(scope: Construct, id: string, props: JobMachineProps) {
    super(scope, id);
    const { table, files } = props;
    const build = (name: JobStepName, environment: Readonly<Record<string, string>>): ServiceFunction =>
      new ServiceFunction(this, `${name}Function`, {
        ...STEPS[name],
        stage: props.stage,
        service: `job-${name === 'Work' ? 'worker' : 'record-failure'}`,
        environment: { TABLE_NAME: table.name, ...environment },
        logRetentionDays: props.logRetentionDays,
      });
    this.steps = {
      Work: build('Work', { BUCKET_NAME: files.name }),
      RecordJobFailure: build('RecordJobFailure', {}),
    };
    table.grant(
      this.steps.Work,
      ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
      ['gsi1', 'gsi2'],
    );
    table.grant(this.steps.RecordJobFailure, ['GetItem', 'PutItem', 'UpdateItem']);
    files.grantExports(this.steps.Work);

    const failed = new Fail(this, 'JobFailed', {
      stateName: 'JobFailed',
      errorPath: JsonPath.stringAt('$.error.Error'),
      causePath: JsonPath.stringAt('$.error.Cause'),
    });
    const recordFailure = this.#task('RecordJobFailure', { ResultPath: null }).addCatch(failed, {
      errors: ['States.ALL'],
      resultPath: JsonPath.DISCARD,
    });
    recordFailure.next(failed);
    const work = this.#task('Work');
    work.addCatch(recordFailure, { errors: ['States.ALL'], resultPath: '$.error' });
    const finished = new Choice(this, 'WorkFinished', { stateName: 'WorkFinished' })
      .when(
        Condition.booleanEquals('$.done', true),
        new Succeed(this, 'JobDone', { stateName: 'JobDone', outputPath: JsonPath.DISCARD }),
      )
      .otherwise(work);

    this.stateMachine = new StateMachine(this, 'Machine', {
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromChainable(work.next(finished)),
      comment: 'Makes the file that a job asks for',
      timeout: Duration.hours(JOB_HOURS),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        includeExecutionData: false,
        destination: new LogGroup(this, 'Log', {
          logGroupName: `/aws/vendedlogs/states/kinerja-${props.stage}-jobs`,
          retention: props.logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      },
    });
    for (const step of Object.values(this.steps)) step.grantInvoke(this.stateMachine);
    Validations.of(this.stateMachine.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'X-Ray and the delivery of vended logs have no resources: their actions are granted on * or not at all.',
    });
  }

  /** Lets a function start jobs. */
  grantStart({ lambda }: ServiceFunction): void {
    lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ['states:StartExecution'],
        resources: [this.stateMachine.stateMachineArn],
      }),
    );
  }

  #task(name: JobStepName, more: object = {}): CustomState {
    return new CustomState(this, name, {
      stateJson: {
        Type: 'Task',
        Resource: this.steps[name].lambda.functionArn,
        ...more,
        // Beyond the function's own limit, so that Lambda reports first.
        TimeoutSeconds: STEPS[name].timeout.toSeconds() + 60,
        Retry: TASK_RETRIES,
      },
    });
  }
}
