import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { SCHEDULED_CALL, ServiceFunction } from './service-function.ts';
import type { StageSettings } from './settings.ts';
import type { SignIn } from './sign-in.ts';
import type { Table } from './table.ts';

export interface MailerProps {
  readonly stage: string;
  readonly mail: NonNullable<StageSettings['mail']>;
  readonly table: Table;
  readonly signIn: SignIn;
  readonly logRetentionDays: number;
}

/**
 * Mails about notices, through SES, every five minutes. The operator verifies the identity in SES; what waits longer than two
 * weeks is forgotten.
 */
export class Mailer extends Construct {
  readonly mailer: ServiceFunction;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: MailerProps) {
    super(scope, id);
    const { stage, mail, table, signIn, logRetentionDays } = props;
    const { from, identity, appUrl } = mail;
    const stack = Stack.of(this);

    const deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue, of the schedule and of the mailer; an alarm watches its depth.',
    });

    const mailer = new ServiceFunction(this, 'Sender', {
      stage,
      service: 'mailer',
      entry: 'functions/mail/mailer.ts',
      description: 'Sends mails about notices',
      timeout: Duration.minutes(4),
      memorySize: 512,
      environment: {
        TABLE_NAME: table.name,
        MAIL_FROM: from,
        USER_POOL_ID: signIn.pool.userPoolId,
        ...(appUrl !== undefined && { APP_URL: appUrl }),
      },
      logRetentionDays,
    });
    table.grant(mailer, ['BatchGetItem', 'GetItem', 'Query', 'UpdateItem'], ['gsi1']);
    signIn.grantListUsersInGroup(mailer);
    mailer.lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [stack.formatArn({ service: 'ses', resource: 'identity', resourceName: identity })],
        conditions: { StringEquals: { 'ses:FromAddress': addressOf(from) } },
      }),
    );
    mailer.lambda.configureAsyncInvoke({
      maxEventAge: Duration.minutes(30),
      retryAttempts: 0,
      onFailure: new SqsDestination(deadLetters),
    });

    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
    });
    mailer.grantInvoke(role);
    role.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
    );
    new Schedule(this, 'EveryFiveMinutes', {
      schedule: ScheduleExpression.rate(Duration.minutes(5)),
      description: 'Calls the mailer every five minutes',
      target: {
        bind: () => ({
          arn: mailer.lambda.functionArn,
          role,
          input: SCHEDULED_CALL,
          deadLetterConfig: { arn: deadLetters.queueArn },
          retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 2 },
        }),
      },
    });
    this.mailer = mailer;
    this.deadLetters = deadLetters;
  }
}

/** The address alone, of `Name <address>`. */
const addressOf = (from: string): string => /<(.+)>$/.exec(from)?.[1] ?? from;
