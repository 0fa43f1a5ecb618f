import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { CloseMachine } from './close-machine.ts';
import { SCHEDULED_CALL, ServiceFunction } from './service-function.ts';
import type { Table } from './table.ts';

export interface CloseScheduleProps {
  readonly stage: string;
  readonly table: Table;
  readonly machine: CloseMachine;
  readonly logRetentionDays: number;
}

/**
 * Once an hour the starter looks at the periods: it opens, closes and finalises those whose time has come. A call may
 * come twice, and one that is lost is made good an hour later; what could not be delivered or failed three times
 * lies in the queue.
 */
export class CloseSchedule extends Construct {
  readonly starter: ServiceFunction;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: CloseScheduleProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });

    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue, of the schedule and of the starter; an alarm watches its depth.',
    });

    this.starter = new ServiceFunction(this, 'Starter', {
      stage: props.stage,
      service: 'close-starter',
      entry: 'functions/close/starter.ts',
      description: 'Hourly: does what time asks of periods and objections',
      // A correction run ranks the whole region anew, as the merge of a close does.
      timeout: Duration.minutes(15),
      memorySize: 1769,
      environment: {
        TABLE_NAME: props.table.name,
        STATE_MACHINE_ARN: props.machine.stateMachine.stateMachineArn,
      },
      logRetentionDays: props.logRetentionDays,
    });
    props.table.grant(
      this.starter,
      ['BatchGetItem', 'BatchWriteItem', 'ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
      ['gsi2'],
    );
    props.machine.grantStart(this.starter.lambda);
    this.starter.lambda.configureAsyncInvoke({
      maxEventAge: Duration.hours(1),
      retryAttempts: 2,
      onFailure: new SqsDestination(this.deadLetters),
    });

    const stack = Stack.of(this);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
    });
    this.starter.grantInvoke(role);
    role.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }),
    );
    new Schedule(this, 'Hourly', {
      schedule: ScheduleExpression.rate(Duration.hours(1)),
      description: 'Calls the starter once an hour',
      target: {
        bind: () => ({
          arn: this.starter.lambda.functionArn,
          role,
          input: SCHEDULED_CALL,
          deadLetterConfig: { arn: this.deadLetters.queueArn },
          retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
        }),
      },
    });
  }
}
