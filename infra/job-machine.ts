import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Choice,
  Condition,
  type CustomState,
  JsonPath,
  type StateMachine,
  Succeed,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { JOB_HOURS } from '../functions/domain/job/job.ts';
import type { FileBucket } from './file-bucket.ts';
import { ServiceFunction } from './service-function.ts';
import type { Table } from './table.ts';
import { createStateMachine, taskState, thenFail } from './workflow.ts';

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

    const recordFailure = thenFail(this, this.#task('RecordJobFailure', { ResultPath: null }), 'JobFailed');
    const work = this.#task('Work');
    work.addCatch(recordFailure, { errors: ['States.ALL'], resultPath: '$.error' });
    const finished = new Choice(this, 'WorkFinished', { stateName: 'WorkFinished' })
      .when(
        Condition.booleanEquals('$.done', true),
        new Succeed(this, 'JobDone', { stateName: 'JobDone', outputPath: JsonPath.DISCARD }),
      )
      .otherwise(work);

    this.stateMachine = createStateMachine(this, {
      stage: props.stage,
      name: 'jobs',
      comment: 'Makes the file that a job asks for',
      definition: work.next(finished),
      steps: Object.values(this.steps),
      timeout: Duration.hours(JOB_HOURS),
      logRetentionDays: props.logRetentionDays,
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
    return taskState(this, name, this.steps[name], STEPS[name].timeout, more);
  }
}
