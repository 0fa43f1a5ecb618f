/** The alarms of a template as CloudWatch evaluates them, over datapoints that a test makes up or records. */
import * as z from 'zod';
import { flatten } from '../../infra/permissions.ts';
import { resourcesOf, type Template, type Templates } from '../../infra/templates.ts';

/** A metric by its full name; the dimensions' values are resolved to `<LogicalId>` or a text. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Values that were put for a metric, by period of the alarm: the last is the newest; an empty one is a period without data. */
export interface Samples extends MetricName {
  readonly periods: readonly (readonly number[])[];
}

export interface AlarmRule {
  readonly name: string;
  readonly description: string;
  readonly metrics: readonly MetricName[];
  /** Whether it rings at the end of the last period. */
  rings(samples: readonly Samples[]): boolean;
}

const dimensionsSchema = z.array(z.object({ Name: z.string(), Value: z.unknown() }));
const metricSchema = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.optional(dimensionsSchema),
});
const alarmSchema = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  ComparisonOperator: z.enum(['GreaterThanThreshold', 'LessThanThreshold']),
  Threshold: z.number(),
  EvaluationPeriods: z.int(),
  DatapointsToAlarm: z.int(),
  TreatMissingData: z.enum(['breaching', 'notBreaching']),
  Namespace: z.optional(z.string()),
  MetricName: z.optional(z.string()),
  Dimensions: z.optional(dimensionsSchema),
  Statistic: z.optional(z.string()),
  Metrics: z.optional(
    z.array(
      z.object({
        Id: z.string(),
        ReturnData: z.boolean(),
        Expression: z.optional(z.string()),
        MetricStat: z.optional(z.object({ Metric: metricSchema, Stat: z.string() })),
      }),
    ),
  ),
});
const exportsSchema = z.record(
  z.string(),
  z.looseObject({ Value: z.unknown(), Export: z.optional(z.object({ Name: z.string() })) }),
);

/** Writes a value of a template as text, references to other stacks followed to the resource: `<close.Machine>`. */
export const resolverOf = (templates: Templates) => {
  const exported = new Map<string, string>();
  for (const [part, template] of Object.entries(templates)) {
    for (const [output, { Value, Export }] of Object.entries(exportsSchema.parse(template.Outputs ?? {})))
      exported.set(Export?.Name ?? `kinerja-test-${part}:${output}`, within(part, flatten(Value)));
  }
  return (part: string, value: unknown): string =>
    within(part, flatten(value)).replaceAll(/<([\w-]+:[^>]+)>/g, (whole, name: string) => {
      if (name.startsWith('AWS::')) return whole;
      const found = exported.get(name);
      if (found === undefined) throw new Error(`no stack tells ${name}`);
      return found;
    });
};

const within = (part: string, text: string): string =>
  text.replaceAll(/<(\w+(?:\.\w+)?)>/g, (_, reference: string) => `<${part}.${reference}>`);

export const keyOf = ({ namespace, name, dimensions }: MetricName): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).toSorted()]);

/** The alarms of the ops stack. @throws Error for anything that this evaluator does not know */
export function alarmsOf(templates: Templates): readonly AlarmRule[] {
  const resolve = resolverOf(templates);
  return resourcesOf(templates.ops, 'AWS::CloudWatch::Alarm').map(({ Properties }) => {
    const alarm = alarmSchema.parse(Properties);
    const nameOf = (metric: z.infer<typeof metricSchema>): MetricName => ({
      namespace: metric.Namespace,
      name: metric.MetricName,
      dimensions: Object.fromEntries(
        (metric.Dimensions ?? []).map(({ Name, Value }) => [Name, resolve('ops', Value)]),
      ),
    });
    const single =
      alarm.MetricName === undefined
        ? []
        : [{ id: 'm', stat: alarm.Statistic ?? '', metric: nameOf(metricSchema.parse(alarm)) }];
    const stats = [
      ...single,
      ...(alarm.Metrics ?? []).flatMap(({ Id, MetricStat }) =>
        MetricStat === undefined
          ? []
          : [{ id: Id, stat: MetricStat.Stat, metric: nameOf(MetricStat.Metric) }],
      ),
    ];
    const returned = (alarm.Metrics ?? []).find(({ ReturnData }) => ReturnData);
    const valueAt = (samples: readonly Samples[], period: number): number | undefined => {
      const values = new Map(
        stats.map(({ id, stat, metric }) => {
          const put = samples
            .filter((each) => keyOf(each) === keyOf(metric))
            .flatMap((each) => each.periods[period] ?? []);
          return [id, put.length === 0 ? undefined : statistic(stat, put)];
        }),
      );
      if (returned === undefined) return values.get('m');
      return returned.Expression === undefined ? values.get(returned.Id) : sumOf(returned.Expression, values);
    };
    return {
      name: alarm.AlarmName,
      description: alarm.AlarmDescription,
      metrics: stats.map(({ metric }) => metric),
      rings: (samples) => {
        const length = Math.max(alarm.EvaluationPeriods, ...samples.map(({ periods }) => periods.length));
        const padded = samples.map((each) => ({
          ...each,
          periods: [...Array<number[]>(length - each.periods.length).fill([]), ...each.periods],
        }));
        let breaching = 0;
        for (let period = length - alarm.EvaluationPeriods; period < length; period += 1) {
          const value = valueAt(padded, period);
          if (value === undefined) breaching += alarm.TreatMissingData === 'breaching' ? 1 : 0;
          else if (alarm.ComparisonOperator === 'GreaterThanThreshold')
            breaching += value > alarm.Threshold ? 1 : 0;
          else breaching += value < alarm.Threshold ? 1 : 0;
        }
        return breaching >= alarm.DatapointsToAlarm;
      },
    };
  });
}

function statistic(stat: string, values: readonly number[]): number {
  const percentile = /^p(\d+)$/.exec(stat)?.[1];
  if (percentile !== undefined) {
    const sorted = values.toSorted((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil((Number(percentile) / 100) * sorted.length) - 1)] ?? Number.NaN;
  }
  if (stat === 'Sum') return values.reduce((sum, value) => sum + value, 0);
  if (stat === 'Maximum') return Math.max(...values);
  throw new Error(`the evaluator does not know the statistic ${stat}`);
}

/** The only expressions that the alarms have: sums of filled metrics, or of such sums. */
function sumOf(expression: string, values: ReadonlyMap<string, number | undefined>): number {
  return expression.split(' + ').reduce((sum, term) => {
    const filled = /^FILL\((\w+), 0\)$/.exec(term)?.[1];
    if (filled === undefined || !values.has(filled)) throw new Error(`the evaluator does not know ${term}`);
    return sum + (values.get(filled) ?? 0);
  }, 0);
}

/** Metrics that AWS puts for the resources of the templates: the names that this system may watch, with their dimensions. */
export function metricsOfResources(templates: Templates): readonly MetricName[] {
  const of = (
    type: string,
    metrics: (id: string, part: string) => readonly MetricName[],
  ): readonly MetricName[] =>
    Object.entries(templates).flatMap(([part, template]: [string, Template]) =>
      resourcesOf(template, type).flatMap(({ logicalId }) => metrics(`<${part}.${logicalId}>`, part)),
    );
  const named = (namespace: string, dimensions: MetricName['dimensions'], ...names: readonly string[]) =>
    names.map((name) => ({ namespace, name, dimensions }));
  return [
    ...of('AWS::Lambda::Function', (id) =>
      named('AWS/Lambda', { FunctionName: id }, 'Errors', 'Throttles', 'Invocations', 'Duration'),
    ),
    ...of('AWS::StepFunctions::StateMachine', (id) =>
      named(
        'AWS/States',
        { StateMachineArn: id },
        'ExecutionsStarted',
        'ExecutionsSucceeded',
        'ExecutionsFailed',
        'ExecutionsTimedOut',
        'ExecutionsAborted',
        'ExecutionTime',
      ),
    ),
    ...of('AWS::SQS::Queue', (id) =>
      named(
        'AWS/SQS',
        { QueueName: id.replace('>', '.QueueName>') },
        'ApproximateNumberOfMessagesVisible',
        'NumberOfMessagesSent',
      ),
    ),
    ...of('AWS::ApiGatewayV2::Api', (id) => named('AWS/ApiGateway', { ApiId: id }, 'Count', '4xx', '5xx')),
    ...of('AWS::DynamoDB::GlobalTable', (id) => [
      ...named('AWS/DynamoDB', { TableName: id }, 'ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'),
      ...TABLE_OPERATIONS.flatMap((Operation) =>
        named('AWS/DynamoDB', { TableName: id, Operation }, 'ThrottledRequests'),
      ),
    ]),
  ];
}

/** Requests by which DynamoDB counts what it throttles; transactions by their own names. */
const TABLE_OPERATIONS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'Scan',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactGetItems',
  'TransactWriteItems',
];
