import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  type MetricProps,
  SearchExpression,
  SingleValueWidget,
  Stats,
  TextWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Annotations, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import { DEFAULT_CROSS_STACK_REFERENCES } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import type { Outcome, WatchedMetric } from '../functions/telemetry.ts';
import type { ApiStack } from './api-stack.ts';
import type { CloseStack } from './close-stack.ts';
import type { JobStack } from './job-stack.ts';
import type { Mailer } from './mailer.ts';
import type { ServiceFunction } from './service-function.ts';
import type { StageSettings } from './settings.ts';
import type { Table } from './table.ts';

const FIVE_MINUTES = Duration.minutes(5);

/** The table's requests that can be throttled, as CloudWatch names them in its dimension `Operation`. */
const TABLE_OPERATIONS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactGetItems',
  'TransactWriteItems',
];

export interface OpsStackProps extends StackProps {
  readonly stage: string;
  readonly settings: StageSettings;
  readonly table: Table;
  readonly jobs: JobStack;
  readonly api: ApiStack;
  readonly close: CloseStack;
}

interface AlarmRule {
  /** What comes after `kinerja-<stage>-`; docs/operations.md has a section of the same name. */
  readonly name: string;
  readonly description: string;
  readonly metric: IMetric;
  /** The alarm rings above this value. */
  readonly above: number;
  /** Of so many periods of the metric… */
  readonly evaluationPeriods?: number;
  /** …so many must be above. */
  readonly datapointsToAlarm?: number;
}

/** Who hears of what goes wrong: alarms to a topic, and one dashboard. */
export class OpsStack extends Stack {
  constructor(scope: Construct, id: string, props: OpsStackProps) {
    super(scope, id, props);
    // What is watched may go with any version. An import would forbid its stack to let go of it while this one still holds on.
    this.node.setContext(DEFAULT_CROSS_STACK_REFERENCES, 'weak');
    const { stage, settings, table, jobs, api, close } = props;
    const { graphql } = api;
    const { starter, deadLetters } = close.schedule;
    const steps = Object.values(close.machine.steps);
    const functions = [graphql, starter, ...steps];
    const background = [
      ...Object.values(jobs.machine.steps),
      ...(jobs.mailer === undefined ? [] : [jobs.mailer.mailer]),
    ];

    const topic = new Topic(this, 'Alarms', { displayName: `Kinerja ${stage}`, enforceSSL: true });
    // A policy of one's own replaces the one that lets the account's alarms in.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    for (const address of settings.alarmEmails) topic.addSubscription(new EmailSubscription(address));
    if (settings.alarmEmails.length === 0) {
      Annotations.of(this).addWarningV2(
        'kinerja:nobody-hears-alarms',
        `Nobody hears the alarms: set "alarmEmails" of "${stage}" in infra/stages.json`,
      );
    }

    const { stateMachine } = close.machine;
    const overTime = { period: FIVE_MINUTES, statistic: Stats.SUM };
    const executionsFailed = sum('Closes failed', [
      stateMachine.metricFailed(overTime),
      stateMachine.metricTimedOut(overTime),
      stateMachine.metricAborted(overTime),
    ]);
    const jobsFailed = sum('Jobs failed', [
      jobs.machine.stateMachine.metricFailed(overTime),
      jobs.machine.stateMachine.metricTimedOut(overTime),
      jobs.machine.stateMachine.metricAborted(overTime),
    ]);
    const overdue = ownMetric(starter, 'PeriodsOverdue', {
      statistic: Stats.MAXIMUM,
      period: Duration.hours(1),
      label: 'Periods overdue',
    });
    const starterCalls = starter.lambda.metricInvocations({
      period: Duration.hours(1),
      label: 'Starter calls',
    });
    const deadLetterCount = deadLetters.metricApproximateNumberOfMessagesVisible({
      period: FIVE_MINUTES,
      statistic: Stats.MAXIMUM,
    });
    const graphqlErrors = graphql.lambda.metricErrors({ ...overTime, label: 'graphql' });
    const maskedErrors = ownMetric(graphql, 'UnexpectedErrors', {
      ...overTime,
      label: 'masked',
    });
    const starterErrors = starter.lambda.metricErrors({ ...overTime, label: 'starter' });
    const stepErrors = sum('close steps', errorsOf(steps));
    const serverErrors = api.api.metricServerError({ ...overTime, label: 'HTTP 5xx' });
    const latency = graphql.lambda.metricDuration({
      period: FIVE_MINUTES,
      statistic: Stats.p(99),
      label: 'p99',
    });
    const lambdaThrottles = sum(
      'Lambda throttles',
      functions.map(({ lambda }) => lambda.metricThrottles(overTime)),
    );
    const tableThrottles = sum(
      'DynamoDB throttles',
      TABLE_OPERATIONS.map(
        (operation) =>
          new Metric({
            namespace: 'AWS/DynamoDB',
            metricName: 'ThrottledRequests',
            dimensionsMap: { TableName: table.name, Operation: operation },
            ...overTime,
          }),
      ),
    );

    const rules: readonly AlarmRule[] = [
      {
        name: 'close-failed',
        description: 'An execution that closes a period failed, timed out or was aborted',
        metric: executionsFailed,
        above: 0,
      },
      {
        name: 'period-overdue',
        description: 'A period should have been published by now',
        metric: overdue,
        above: 0,
      },
      {
        name: 'dead-letters',
        description: 'The hourly call of the starter was lost, or failed three times',
        metric: deadLetterCount,
        above: 0,
      },
      {
        name: 'graphql-errors',
        description: 'The GraphQL function ended with an error',
        metric: sum('graphql', [graphqlErrors, serverErrors]),
        above: 4,
      },
      {
        name: 'masked-errors',
        description: 'GraphQL answers held errors that the service did not expect',
        metric: maskedErrors,
        above: 0,
      },
      {
        name: 'starter-errors',
        description: 'The starter ended with an error',
        metric: starterErrors,
        above: 0,
      },
      {
        name: 'step-errors',
        description: 'Steps of a close keep ending with errors, though they are called again',
        metric: stepErrors,
        above: 9,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
      },
      {
        name: 'audit-broken',
        description:
          'The rolling check found an audit trail that does not fit: something was changed past the system',
        metric: ownMetric(starter, 'AuditTrailsBroken', {
          ...overTime,
          label: 'Audit trails broken',
        }),
        above: 0,
      },
      {
        name: 'job-failed',
        description: 'A file that somebody asked for could not be made',
        metric: jobsFailed,
        above: 0,
      },
      {
        name: 'background-throttles',
        description:
          'Lambda refused calls of what works in the background: the account has too little concurrency',
        metric: sum(
          'Background throttles',
          background.map(({ lambda }) => lambda.metricThrottles(overTime)),
        ),
        above: 0,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
      },
      ...mailRules(jobs.mailer),
      {
        name: 'graphql-slow',
        description: `One in a hundred answers takes longer than ${settings.p99Milliseconds} ms`,
        metric: latency,
        above: settings.p99Milliseconds,
        evaluationPeriods: 3,
        datapointsToAlarm: 3,
      },
      {
        name: 'lambda-throttles',
        description: 'Lambda refused calls: the account has too little concurrency',
        metric: lambdaThrottles,
        above: 0,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
      },
      {
        name: 'dynamodb-throttles',
        description:
          'DynamoDB refused requests: a partition is too hot, or the table grew faster than it can split',
        metric: tableThrottles,
        above: 0,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
      },
    ];
    const alarms = rules.map((rule) => {
      const { name, description, metric, above, evaluationPeriods = 1, datapointsToAlarm = 1 } = rule;
      return new Alarm(this, pascal(name), {
        alarmName: `kinerja-${stage}-${name}`,
        alarmDescription: `${description}. What to do: docs/operations.md#${name}`,
        metric,
        threshold: above,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods,
        datapointsToAlarm,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    });
    // The one alarm that silence sets off: no call means that nothing opens or closes.
    alarms.push(
      new Alarm(this, 'ScheduleSilent', {
        alarmName: `kinerja-${stage}-schedule-silent`,
        alarmDescription:
          'The starter was not called for three hours. What to do: docs/operations.md#schedule-silent',
        metric: starterCalls,
        threshold: 1,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 3,
        datapointsToAlarm: 3,
        treatMissingData: TreatMissingData.BREACHING,
      }),
    );
    const action = new SnsAction(topic);
    for (const alarm of alarms) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }

    new Dashboard(this, 'Dashboard', {
      dashboardName: `kinerja-${stage}`,
      defaultInterval: Duration.days(1),
      widgets: [
        [
          new TextWidget({
            markdown: `# Kinerja ${stage}\nAlarms and what to do: docs/operations.md`,
            width: 24,
            height: 2,
          }),
        ],
        [
          new SingleValueWidget({ title: 'Periods', metrics: [overdue, starterCalls], width: 6 }),
          new GraphWidget({
            title: 'Closes',
            left: [
              stateMachine.metricStarted(overTime),
              stateMachine.metricSucceeded(overTime),
              executionsFailed,
            ],
            width: 9,
          }),
          new GraphWidget({
            title: 'Close duration',
            left: [stateMachine.metricTime({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM })],
            width: 9,
          }),
        ],
        [
          new GraphWidget({
            title: 'Requests',
            left: [api.api.metricCount(overTime), api.api.metricClientError(overTime), serverErrors],
            width: 8,
          }),
          new GraphWidget({
            title: 'Answer time',
            left: [
              graphql.lambda.metricDuration({ period: FIVE_MINUTES, statistic: Stats.p(50), label: 'p50' }),
              latency,
            ],
            width: 8,
          }),
          new GraphWidget({
            title: 'Errors',
            left: [graphqlErrors, maskedErrors, starterErrors, stepErrors],
            width: 8,
          }),
        ],
        [
          new GraphWidget({ title: 'Throttles', left: [lambdaThrottles, tableThrottles], width: 8 }),
          new GraphWidget({
            title: 'DynamoDB capacity',
            left: [
              table.table.metricConsumedReadCapacityUnits(overTime),
              table.table.metricConsumedWriteCapacityUnits(overTime),
            ],
            width: 8,
          }),
          new GraphWidget({ title: 'Dead letters', left: [deadLetterCount], width: 8 }),
        ],
        [
          new GraphWidget({
            title: 'Operations that failed',
            left: [search(stage, ['operation', 'outcome'], 'Operations', 'FAILED', Stats.SUM)],
            width: 8,
          }),
          new GraphWidget({
            title: 'Operations refused, by function',
            left: [search(stage, ['outcome'], 'Operations', 'REFUSED', Stats.SUM)],
            width: 8,
          }),
          new GraphWidget({
            title: 'Operations that take longest, by function',
            left: [search(stage, ['outcome'], 'Duration', 'OK', Stats.p(99))],
            width: 8,
          }),
        ],
      ],
    });

    // What the graphs tell by function, the log tells by operation, when somebody asks.
    const requests = { logGroups: [graphql.logGroup] };
    new QueryDefinition(this, 'SlowestOperations', {
      ...requests,
      queryDefinitionName: `kinerja-${stage}/slowest operations`,
      queryString: new QueryString({
        filterStatements: ['message = "request"'],
        statsStatements: ['count(*) as times, pct(duration, 50) as p50, pct(duration, 99) as p99 by field'],
        sort: 'p99 desc',
      }),
    });
    new QueryDefinition(this, 'RefusedOperations', {
      ...requests,
      queryDefinitionName: `kinerja-${stage}/refused operations`,
      queryString: new QueryString({
        filterStatements: ['message = "request"', 'outcome != "OK"'],
        statsStatements: ['count(*) as times by field, outcome'],
        sort: 'times desc',
      }),
    });

    new CfnOutput(this, 'AlarmTopicArn', { value: topic.topicArn });
  }
}

/** Where no mails are sent there is nothing to watch. */
const mailRules = (found: Mailer | undefined): readonly AlarmRule[] => {
  if (found === undefined) return [];
  const { mailer, deadLetters } = found;
  const overTime = { period: FIVE_MINUTES, statistic: Stats.SUM };
  return [
    {
      name: 'mail-errors',
      description: 'The mailer ended with an error, or was not called',
      metric: new MathExpression({
        label: 'Mail errors',
        period: FIVE_MINUTES,
        expression: 'FILL(mailer_errors, 0) + FILL(mailer_dead, 0)',
        usingMetrics: {
          mailer_errors: mailer.lambda.metricErrors(overTime),
          // What arrives, and not what lies there: one failure would ring until the queue forgets it.
          mailer_dead: deadLetters.metricNumberOfMessagesSent(overTime),
        },
      }),
      above: 0,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    },
    {
      name: 'mails-given-up',
      description: 'Mails to somebody were refused five times',
      metric: ownMetric(mailer, 'MailsGivenUp', {
        ...overTime,
        label: 'Mails given up',
      }),
      above: 0,
    },
  ];
};

/** A metric that a function publishes by itself (functions/telemetry.ts). */
const ownMetric = (
  { serviceName, stage }: ServiceFunction,
  metricName: WatchedMetric,
  how: Pick<MetricProps, 'statistic' | 'period' | 'label'>,
): Metric =>
  new Metric({ namespace: 'Kinerja', metricName, dimensionsMap: { service: serviceName, stage }, ...how });

/** A graph for each combination of the dimensions in which a stage's operations ended so (functions/telemetry.ts). */
const search = (
  stage: string,
  dimensions: readonly string[],
  metric: 'Operations' | 'Duration',
  outcome: Outcome,
  statistic: string,
): SearchExpression =>
  new SearchExpression({
    expression: `SEARCH('{Kinerja,service,stage,${dimensions.join()}} MetricName="${metric}" stage="${stage}" outcome="${outcome}"', '${statistic}')`,
    period: FIVE_MINUTES,
    label: '',
  });

const pascal = (name: string): string =>
  name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

const errorsOf = (functions: readonly ServiceFunction[]): readonly Metric[] =>
  functions.map(({ lambda }) => lambda.metricErrors({ period: FIVE_MINUTES, statistic: Stats.SUM }));

/** The sum of at most ten metrics, which is what one alarm can watch. */
const sum = (label: string, metrics: readonly IMetric[]): MathExpression => {
  // An id may occur once in a graph, so that it carries the label.
  const ids = metrics.map((_, index) => `${label.toLowerCase().replaceAll(/[^a-z0-9]/g, '_')}_${index}`);
  return new MathExpression({
    label,
    period: FIVE_MINUTES,
    expression: ids.map((id) => `FILL(${id}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(
      metrics.flatMap((metric, index) => {
        const id = ids[index];
        return id === undefined ? [] : [[id, metric]];
      }),
    ),
  });
};
