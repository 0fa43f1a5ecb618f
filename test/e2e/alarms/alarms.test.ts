/**
 * Every alarm of the ops stack, with the condition that it is there for. What the system publishes by itself is produced by the
 * very Lambda entry, under the environment that the template gives it; what AWS publishes is put for the resource that goes
 * wrong. The rules are the template's own.
 */

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import * as z from 'zod';
import { openPeriod, planPeriod } from '../../../functions/domain/period/period.ts';
import type { HttpEvent } from '../../../functions/graphql/endpoint.ts';
import { createStore } from '../../../functions/store/create-store.ts';
import { taskNames } from '../../../infra/local/step-functions.ts';
import { eventOf, hrAdmin } from '../../api/endpoint-client.ts';
import { mailingStage } from '../../infra/mailing-stage.ts';
import { flatten, permissionsOf } from '../../infra/permissions.ts';
import { resourceOf, resourcesOf } from '../../infra/templates.ts';
import * as an from '../../store/examples.ts';
import { createTestTable, type TestTable } from '../../support/dynamodb.ts';
import {
  alarmsOf,
  keyOf,
  type MetricName,
  metricsOfResources,
  resolverOf,
  type Samples,
} from './alarm-rules.ts';

const { templates } = await mailingStage(inject('runFolder'));
const alarms = new Map(alarmsOf(templates).map((alarm) => [alarm.name.replace('kinerja-test-', ''), alarm]));
const ofResources = metricsOfResources(templates);

const logLine = z.looseObject({ message: z.string(), correlationId: z.string() });
const emfLine = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/** What Lambda entries wrote: metrics as CloudWatch reads them out of the log, and the log itself. */
const published: Samples[] = [];
const lines: unknown[] = [];
const record = (line: unknown): void => {
  const value: unknown = JSON.parse(String(line));
  const emf = emfLine.safeParse(value);
  if (!emf.success) {
    lines.push(value);
    return;
  }
  for (const { Namespace, Dimensions, Metrics } of emf.data._aws.CloudWatchMetrics)
    for (const names of Dimensions)
      for (const { Name } of Metrics)
        published.push({
          namespace: Namespace,
          name: Name,
          dimensions: Object.fromEntries(names.map((name) => [name, String(emf.data[name])])),
          periods: [[Number(emf.data[Name])]],
        });
};

/** Lambda entries, each loaded once under its environment. */
const ENTRIES = {
  'close-starter': async () => {
    const { handler } = await import('../../../functions/close/starter.ts');
    return () => handler(SCHEDULED);
  },
  mailer: async () => {
    const { handler } = await import('../../../functions/mail/mailer.ts');
    return () => handler(SCHEDULED, { getRemainingTimeInMillis: () => 900_000 });
  },
  graphql: async () => {
    const { handler } = await import('../../../functions/graphql/handler.ts');
    return () => handler(request());
  },
} as const;
const SCHEDULED = { scheduledAt: '2026-11-22T01:00:00Z' };

/** Calls an entry with the environment of its function in the template. @returns its answer, or what it threw */
async function call(service: keyof typeof ENTRIES, own: Readonly<Record<string, string>>): Promise<unknown> {
  const variables = z.record(z.string(), z.unknown()).parse(environmentOf(`kinerja-test-${service}`));
  for (const [name, value] of Object.entries(variables))
    vi.stubEnv(name, typeof value === 'string' ? value : 'x');
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  // Writes through the global console, which is recorded.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  const spies = (['info', 'error', 'log', 'warn'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation(record),
  );
  try {
    let run = loaded.get(service);
    if (run === undefined) {
      // Each entry has its own telemetry, as in a process of its own.
      vi.resetModules();
      run = await ENTRIES[service]();
      loaded.set(service, run);
    }
    return await run();
  } catch (error) {
    return error;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
const loaded = new Map<string, () => Promise<unknown>>();

const environmentOf = (service: string): unknown =>
  Object.values(templates)
    .flatMap((template) => resourcesOf(template, 'AWS::Lambda::Function'))
    .map(
      ({ Properties }) =>
        z.looseObject({ Variables: z.looseObject({}) }).parse(Properties?.['Environment']).Variables,
    )
    .find((variables) => variables['POWERTOOLS_SERVICE_NAME'] === service);

let table: TestTable;
const refusing = createServer((request, response) => {
  request.resume();
  response.writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': 'MessageRejected' });
  response.end('{}');
});
let starterAnswer: unknown;
/** What was published while all was well. */
let quiet: readonly Samples[] = [];
const REQUEST = 'request-of-the-test';
const request = (): HttpEvent => {
  const event = eventOf('{"query":"{ units { id } }"}', hrAdmin);
  return { ...event, requestContext: { ...event.requestContext, requestId: REQUEST } };
};
const PERIOD = '2025-Q1';

beforeAll(async () => {
  table = await createTestTable();
  const store = createStore({ client: table.client, tableName: table.tableName });
  await new Promise<void>((listening) => refusing.listen(0, '127.0.0.1', listening));
  const address = refusing.address();
  const nowhere = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const own = {
    TABLE_NAME: table.tableName,
    AWS_ENDPOINT_URL_SFN: nowhere,
    AWS_ENDPOINT_URL_SESV2: nowhere,
    USER_POOL_ID: 'users',
  };

  // Healthy: nothing planned, nothing to mail, and a request that is answered.
  expect(await call('close-starter', own)).toBeUndefined();
  expect(await call('mailer', own)).toBeUndefined();
  expect(await call('graphql', own)).toMatchObject({ statusCode: 200 });
  quiet = published.splice(0);

  // A period whose close was due long ago cannot be closed: Step Functions refuses. Its plan was changed past the system.
  const period = openPeriod(planPeriod(PERIOD, '2025-04-05T17:00:00.000Z', 420));
  await store.commit(an.intent(), [store.periods.save(null, period)]);
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
  const stored = Items.find(
    ({ body, auditHash }) => auditHash !== undefined && String(body).includes(PERIOD),
  );
  const body = String(stored?.['body']).replace('"2025-04-05', '"2025-04-06');
  await table.client.send(new PutCommand({ TableName: table.tableName, Item: { ...stored, body } }));
  // A mail was refused four times, and is refused once more.
  const owner = 's-mail';
  await store.commit(an.intent(), [
    store.staff.save(null, an.staff({ id: owner, email: 'a@example.go.id' })),
    store.notices.add({ kind: 'FILE_READY', to: [{ kind: 'PERSON', staffId: owner }], refs: {} }),
  ]);
  const [task] = await store.mails.due(an.AT, 10);
  if (task === undefined) throw new Error('nothing is to be mailed');
  await store.mails.schedule([{ ...task, due: new Date().toISOString(), failures: 4 }]);
  starterAnswer = await call('close-starter', own);
  await call('mailer', own);
  await table.drop();
  expect(await call('graphql', own)).toMatchObject({ statusCode: 200 });
});

afterAll(() => {
  refusing.close();
  vi.unstubAllEnvs();
});

/** A resource of the templates as a dimension's value. */
const idOf = (part: keyof typeof templates, type: string, begins = ''): string => {
  const found = resourcesOf(templates[part], type).filter(({ logicalId }) => logicalId.startsWith(begins));
  if (found.length !== 1) throw new Error(`${found.length} resources of ${type} in ${part}`);
  return `<${part}.${found[0]?.logicalId}>`;
};
const FUNCTION = 'AWS::Lambda::Function';
const graphqlFunction = idOf('api', FUNCTION);
const starterFunction = idOf('close', FUNCTION, 'ScheduleStarter');
const mailerFunction = idOf('jobs', FUNCTION, 'Mailer');
const lambda = (id: string, name: string, ...periods: Samples['periods']): Samples => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions: { FunctionName: id },
  periods,
});
const inState = (part: 'close' | 'jobs', name: string): Samples => ({
  namespace: 'AWS/States',
  name,
  dimensions: { StateMachineArn: idOf(part, 'AWS::StepFunctions::StateMachine') },
  periods: [[1]],
});
const waiting = (part: 'close' | 'jobs', count: number): Samples => ({
  namespace: 'AWS/SQS',
  name: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: idOf(part, 'AWS::SQS::Queue').replace('>', '.QueueName>') },
  periods: [[count]],
});
const sentTo = (part: 'close' | 'jobs', ...periods: Samples['periods']): Samples => ({
  ...waiting(part, 0),
  name: 'NumberOfMessagesSent',
  periods,
});
const throttled = (operation: string, ...periods: Samples['periods']): Samples => ({
  namespace: 'AWS/DynamoDB',
  name: 'ThrottledRequests',
  dimensions: { TableName: idOf('data', 'AWS::DynamoDB::GlobalTable'), Operation: operation },
  periods,
});

/** What an hour puts in which all is well. */
const healthy = (): readonly Samples[] => [
  lambda(graphqlFunction, 'Duration', ...Array(3).fill(Array(100).fill(40))),
  lambda(graphqlFunction, 'Errors', [0]),
  lambda(starterFunction, 'Invocations', [1], [1], [1]),
  lambda(starterFunction, 'Errors', [0]),
  waiting('close', 0),
];

/** Runs a state machine as synthesised; each of its steps fails. @returns what AWS counts then */
const failedExecution = async (part: 'close' | 'jobs'): Promise<readonly Samples[]> => {
  const machine = resourceOf(templates[part], 'AWS::StepFunctions::StateMachine');
  const definition: StateMachineDefinition = JSON.parse(
    // An ARN of the form that the interpreter takes, for each reference to a function.
    flatten(machine.Properties?.['DefinitionString']).replaceAll(
      /<(\w+)\.Arn>/g,
      'arn:aws:lambda:ap-southeast-3:000000000000:function:$1',
    ),
  );
  const names = taskNames(definition);
  const { result } = new StateMachine(definition).run(
    { periodId: PERIOD, attempt: 1, jobId: 'j-1' },
    {
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(
          names.map((name) => [
            name,
            async () => {
              throw new Error('broken');
            },
          ]),
        ),
        retryIntervalOverrides: Object.fromEntries(names.map((name) => [name, 0])),
      },
    },
  );
  await expect(result).rejects.toThrow();
  return [inState(part, 'ExecutionsFailed')];
};

/** What was put when the starter, the mailer and the endpoint met what they were made to meet. */
const own = async (): Promise<readonly Samples[]> => published;

/** For each alarm what makes it ring, each by itself, and what just does not. */
const conditions: Readonly<
  Record<
    string,
    { readonly rings: readonly (() => Promise<readonly Samples[]>)[]; readonly holds?: readonly Samples[] }
  >
> = {
  'close-failed': {
    rings: [
      () => failedExecution('close'),
      async () => [inState('close', 'ExecutionsTimedOut')],
      async () => [inState('close', 'ExecutionsAborted')],
    ],
    holds: [inState('jobs', 'ExecutionsFailed'), inState('close', 'ExecutionsSucceeded')],
  },
  'job-failed': {
    rings: [
      () => failedExecution('jobs'),
      async () => [inState('jobs', 'ExecutionsTimedOut')],
      async () => [inState('jobs', 'ExecutionsAborted')],
    ],
    holds: [inState('close', 'ExecutionsFailed')],
  },
  'period-overdue': { rings: [own] },
  'audit-broken': { rings: [own] },
  'masked-errors': { rings: [own] },
  'mails-given-up': { rings: [own] },
  'starter-errors': {
    rings: [
      async () => {
        expect(starterAnswer).toBeInstanceOf(Error);
        return [lambda(starterFunction, 'Errors', [1])];
      },
    ],
  },
  'dead-letters': {
    rings: [
      async () => {
        // A call that ends with an error three times goes where the function's failures go, which is the queue watched.
        expect(resourceOf(templates.close, 'AWS::Lambda::EventInvokeConfig').Properties).toMatchObject({
          MaximumRetryAttempts: 2,
          DestinationConfig: {
            OnFailure: {
              Destination: { 'Fn::GetAtt': [idOf('close', 'AWS::SQS::Queue').slice(7, -1), 'Arn'] },
            },
          },
        });
        return [waiting('close', 1)];
      },
    ],
  },
  'graphql-errors': {
    rings: [
      async () => [
        lambda(graphqlFunction, 'Errors', [1, 1, 1]),
        {
          namespace: 'AWS/ApiGateway',
          name: '5xx',
          dimensions: { ApiId: idOf('api', 'AWS::ApiGatewayV2::Api') },
          periods: [[1, 1]],
        },
      ],
    ],
    holds: [lambda(graphqlFunction, 'Errors', [1, 1, 1, 1])],
  },
  'step-errors': {
    rings: [async () => [lambda(idOf('close', FUNCTION, 'CloseScoreShard'), 'Errors', [10], [], [10])]],
    holds: [lambda(idOf('close', FUNCTION, 'CloseScoreShard'), 'Errors', [9], [9], [9])],
  },
  'graphql-slow': {
    rings: [
      async () => [
        lambda(graphqlFunction, 'Duration', ...Array(3).fill([...Array(98).fill(40), 3001, 3001])),
      ],
    ],
    holds: [lambda(graphqlFunction, 'Duration', ...Array(3).fill([...Array(99).fill(40), 3001]))],
  },
  'lambda-throttles': {
    rings: [
      async () => [lambda(graphqlFunction, 'Throttles', [1], [], [1])],
      async () => [lambda(starterFunction, 'Throttles', [1], [1], [])],
    ],
    holds: [lambda(graphqlFunction, 'Throttles', [], [], [50])],
  },
  'background-throttles': {
    rings: [
      async () => [lambda(idOf('jobs', FUNCTION, 'JobsWork'), 'Throttles', [1], [], [1])],
      async () => [lambda(mailerFunction, 'Throttles', [], [1], [1])],
    ],
    holds: [lambda(graphqlFunction, 'Throttles', [1], [1], [1])],
  },
  'dynamodb-throttles': {
    rings: [
      async () => [throttled('TransactWriteItems', [1], [], [3])],
      async () => [throttled('BatchWriteItem', [1], [2], [])],
    ],
    holds: [throttled('TransactWriteItems', [], [], [50])],
  },
  'mail-errors': {
    rings: [
      async () => [lambda(mailerFunction, 'Errors', [1], [0], [1])],
      async () => [sentTo('jobs', [], [1], [1])],
    ],
    // One call that failed, with what it left in the queue.
    holds: [
      lambda(mailerFunction, 'Errors', [0], [0], [1]),
      waiting('jobs', 1),
      sentTo('jobs', [0], [0], [1]),
    ],
  },
  'schedule-silent': { rings: [async () => [lambda(starterFunction, 'Invocations', [], [], [])]] },
};

describe('each alarm', () => {
  test('has its condition here', () => {
    expect(Object.keys(conditions).toSorted()).toEqual([...alarms.keys()].toSorted());
  });

  test.each([...alarms.keys()])('%s is quiet while all is well', (name) => {
    const alarm = alarms.get(name);
    // The silence of the schedule alone is bad news.
    expect(alarm?.rings([]), 'of silence').toBe(name === 'schedule-silent');
    expect(alarm?.rings([...healthy(), ...quiet])).toBe(false);
    expect(alarm?.rings([...healthy(), ...quiet, ...(conditions[name]?.holds ?? [])]), 'just below').toBe(
      false,
    );
  });

  test.each([...alarms.keys()])('%s rings when what it is there for happens', async (name) => {
    for (const happen of conditions[name]?.rings ?? [])
      expect(alarms.get(name)?.rings(await happen())).toBe(true);
  });

  test('watches metrics of these very resources, or those that the functions publish', () => {
    const known = new Set([...ofResources, ...published].map(keyOf));
    const unknown = [...alarms.values()].flatMap(({ name, metrics }) =>
      metrics.filter((metric) => !known.has(keyOf(metric))).map((metric) => `${name}: ${keyOf(metric)}`),
    );
    expect(unknown).toEqual([]);
  });

  test('leads to its place in the operators’ book', () => {
    for (const [name, { description }] of alarms) expect(description).toContain(`docs/operations.md#${name}`);
  });
});

describe('the alarms together', () => {
  const watched = new Set([...alarms.values()].flatMap(({ metrics }) => metrics.map(keyOf)));
  const unwatched = (names: readonly string[], namespace: string) =>
    ofResources.filter(
      (metric) =>
        metric.namespace === namespace && names.includes(metric.name) && !watched.has(keyOf(metric)),
    );

  test('watch every function’s throttles, every state machine’s failures and every queue', () => {
    expect(unwatched(['Throttles'], 'AWS/Lambda')).toEqual([]);
    expect(unwatched(['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'], 'AWS/States')).toEqual(
      [],
    );
    // What lies in it, or what comes into it.
    const queues = (metrics: readonly MetricName[]) =>
      new Set(
        metrics.flatMap(({ namespace, dimensions }) =>
          namespace === 'AWS/SQS' ? [dimensions['QueueName']] : [],
        ),
      );
    expect(queues([...alarms.values()].flatMap(({ metrics }) => metrics))).toEqual(queues(ofResources));
  });

  test('watch every function’s errors, of the steps of jobs by the job that fails', () => {
    expect(unwatched(['Errors'], 'AWS/Lambda').map(({ dimensions }) => dimensions['FunctionName'])).toEqual(
      resourcesOf(templates.jobs, FUNCTION)
        .filter(({ logicalId }) => logicalId.startsWith('Jobs'))
        .map(({ logicalId }) => `<jobs.${logicalId}>`),
    );
  });

  test('watch the throttles of every request that a function may make of the table', () => {
    // A part of a transaction is counted as the transaction.
    const requests = (action: string): readonly string[] =>
      action === 'ConditionCheckItem' ? ['TransactWriteItems'] : [action];
    const granted = permissionsOf(templates)
      .filter(({ action }) => action.startsWith('dynamodb:'))
      .flatMap(({ action }) => requests(action.replace('dynamodb:', '')));
    const missing = [...new Set(granted)].filter((operation) => !watched.has(keyOf(throttled(operation))));
    expect(missing).toEqual([]);
  });
});

describe('what the functions write', () => {
  test('counts operations by stage and outcome, and those that failed by operation too, under names of the program and the schema', () => {
    const operations = [...quiet, ...published]
      .filter(({ name }) => name === 'Operations')
      .map(({ dimensions }) => dimensions);
    const of = (service: string, outcome: string, operation?: string) => ({
      service: `kinerja-test-${service}`,
      stage: 'test',
      outcome,
      ...(operation !== undefined && { operation }),
    });
    expect(operations).toEqual([
      of('close-starter', 'OK'),
      of('mailer', 'OK'),
      of('graphql', 'OK'),
      of('close-starter', 'FAILED'),
      of('close-starter', 'FAILED', 'schedule'),
      of('mailer', 'OK'),
      of('graphql', 'FAILED'),
      of('graphql', 'FAILED', 'units'),
    ]);
  });

  test('carries its correlation id in every line, and nothing personal', () => {
    const ids = lines.map((line) => logLine.parse(line).correlationId);
    expect(new Set(ids)).toEqual(
      new Set([`schedule-${SCHEDULED.scheduledAt}`, `mails-${SCHEDULED.scheduledAt}`, REQUEST]),
    );
    expect(JSON.stringify(lines)).not.toMatch(/Siti|19850101|a@example/);
  });
});

describe('the dashboard', () => {
  const body = z
    .object({
      widgets: z.array(
        z.object({
          properties: z.looseObject({
            title: z.optional(z.string()),
            metrics: z.optional(z.array(z.array(z.unknown()))),
          }),
        }),
      ),
    })
    .parse(
      JSON.parse(
        resolverOf(templates)(
          'ops',
          resourceOf(templates.ops, 'AWS::CloudWatch::Dashboard').Properties?.['DashboardBody'],
        ),
      ),
    );
  const shown = body.widgets.flatMap(({ properties }) => properties.metrics ?? []);

  test('shows metrics that exist', () => {
    const known = new Set([...ofResources, ...published].map(keyOf));
    const named = shown.flatMap((row): readonly MetricName[] => {
      const texts = row.filter((part) => typeof part === 'string');
      const [namespace, name, ...rest] = texts;
      if (namespace === undefined || name === undefined) return [];
      const pairs = rest.flatMap((key, at) => (at % 2 === 0 ? [[key, rest[at + 1] ?? '']] : []));
      return [{ namespace, name, dimensions: Object.fromEntries(pairs) }];
    });
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((metric) => !known.has(keyOf(metric)))).toEqual([]);
  });

  test('searches for operations by the very dimensions that they are counted under', () => {
    const searches = shown.flatMap((row) =>
      row.flatMap((part) => {
        const found = z.object({ expression: z.string() }).safeParse(part);
        return found.success && found.data.expression.startsWith('SEARCH') ? [found.data.expression] : [];
      }),
    );
    expect(searches.length).toBeGreaterThan(1);
    for (const search of searches) {
      const [, namespace, dimensions = '', name] =
        /^SEARCH\('\{(\w+),([\w,]+)\} MetricName="(\w+)"/.exec(search) ?? [];
      const [, outcome] = /outcome="(\w+)"/.exec(search) ?? [];
      const counted = published
        .filter((metric) => metric.namespace === namespace && metric.name === name)
        // Nothing was refused here: what is refused is counted as what went well.
        .filter((metric) => metric.dimensions['outcome'] === (outcome === 'REFUSED' ? 'OK' : outcome))
        .map((metric) => Object.keys(metric.dimensions).toSorted());
      expect(counted).toContainEqual(dimensions.split(',').toSorted());
    }
  });
});

describe('a saved query of the log', () => {
  const queries = resourcesOf(templates.ops, 'AWS::Logs::QueryDefinition').map(({ Properties }) =>
    z
      .object({ QueryString: z.string(), LogGroupNames: z.array(z.unknown()).check(z.length(1)) })
      .parse(Properties),
  );

  test('asks for what the line of a request holds', () => {
    const line = lines
      .map((one) => z.looseObject({ message: z.optional(z.string()) }).parse(one))
      .find(({ message }) => message === 'request');
    expect(queries).toHaveLength(2);
    for (const { QueryString } of queries) {
      const fields = [
        ...QueryString.matchAll(/(?:filter|pct\(|by) ?(\w+)/g),
        ...QueryString.matchAll(/ by \w+, (\w+)/g),
      ].map(([, name = '']) => name);
      expect(fields).toContain('field');
      for (const field of fields) expect(line).toHaveProperty(field);
    }
  });
});

describe('the operators’ book', () => {
  const book = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const chapter = book.slice(book.indexOf('\n## Alarms'));
  const sections = chapter.slice(0, chapter.indexOf('\n## ', 5)).split('\n### ').slice(1);

  test('has a section for every alarm, and for nothing else', () => {
    expect(sections.map((section) => section.split('\n')[0]).toSorted()).toEqual(
      [...alarms.keys()].toSorted(),
    );
  });

  test.each(sections.map((section) => [section.split('\n')[0], section]))(
    'says of %s where to look, what to do, and when to ask for help',
    (_, section) => {
      for (const part of ['**Look:**', '**Do:**', '**Escalate:**']) expect(section).toContain(part);
    },
  );
});
