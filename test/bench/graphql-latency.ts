import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createEndpoint, type HttpEvent, type HttpHandler } from '../../functions/graphql/endpoint.ts';
import { createStore } from '../../functions/store/create-store.ts';
import { createFiles } from '../../functions/store/s3-files.ts';
import { newId } from '../../functions/usecases/new-id.ts';
import type { DynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { PERIOD_ID, staffIdOf, unitIdOf, YEAR } from './bulk-region.ts';
import { replay } from './replay.ts';
import { meterRequests } from './request-meter.ts';

export interface GraphQLLatency {
  readonly operation: string;
  /** DynamoDB requests of one operation. */
  readonly requests: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
  /** Of the bare table calls, in the same run. */
  readonly bareMedian: number;
  /** Codes of the errors that the operation answers with; the figures are then of no use. */
  readonly errors: readonly string[];
}

const OPERATIONS: readonly { readonly name: string; readonly query: string; readonly variables: object }[] = [
  {
    name: 'one result with its explanation',
    query: `query OneResult($staffId: ID!, $periodId: ID!) {
      result(staffId: $staffId, periodId: $periodId) {
        predicate score { exact shown } summary
        workResult { lines { title weight achievement { shown } } }
      }
    }`,
    variables: { staffId: staffIdOf(7), periodId: PERIOD_ID },
  },
  {
    name: 'top 100 of the region',
    query: `query Top($periodId: ID!) {
      ranking(periodId: $periodId, scope: { kind: REGION }, top: 100) {
        totalCount nodes { rank score { shown } staff { name } unit { name } }
      }
    }`,
    variables: { periodId: PERIOD_ID },
  },
  {
    name: 'unit page: 50 staff, plans, results',
    query: `query UnitPage($unitId: ID!, $year: Int!, $periodId: ID!) {
      unit(id: $unitId) {
        name
        staff(first: 50) { nodes {
          name plan(year: $year) { agreed { lines { title weight } } } result(periodId: $periodId) { predicate }
        } }
      }
    }`,
    variables: { unitId: unitIdOf(0), year: YEAR, periodId: PERIOD_ID },
  },
  {
    name: 'the roots of the organisation',
    query: 'query Roots { units { code name mission } }',
    variables: {},
  },
];

/** Asks the endpoint one operation after the other, each time followed by the same table calls without it. */
export async function measureGraphQL(
  database: DynamoDbLocal,
  tableName: string,
  times: number,
): Promise<GraphQLLatency[]> {
  const options = { endpoint: database.endpoint, region: database.region, credentials: database };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(options), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const bare = DynamoDBDocumentClient.from(new DynamoDBClient(options));
  const meter = meterRequests(client);
  const store = createStore({ client, tableName });
  const endpoint = createEndpoint(
    {
      store,
      files: createFiles({ bucket: 'none' }),
      jobs: { start: async () => undefined },
      now: () => new Date().toISOString(),
      newId,
    },
    'demo',
  );
  const latencies: GraphQLLatency[] = [];
  for (const operation of OPERATIONS) {
    const event = eventOf(operation.query, operation.variables);
    const errors = errorsOf(await ask(endpoint, event));
    for (let warm = 0; warm < 20; warm += 1) await ask(endpoint, event);
    meter.reset();
    await ask(endpoint, event);
    const requests = [...meter.requests];
    const asked: number[] = [];
    const sent: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const from = performance.now();
      await ask(endpoint, event);
      asked.push(performance.now() - from);
      sent.push((await replay(bare, requests)) * 1000);
    }
    meter.reset();
    latencies.push({
      operation: operation.name,
      requests: requests.length,
      median: quantile(asked, 0.5),
      p99: quantile(asked, 0.99),
      bareMedian: quantile(sent, 0.5),
      errors,
    });
  }
  client.destroy();
  bare.destroy();
  return latencies;
}

async function ask(endpoint: HttpHandler, event: HttpEvent): Promise<string> {
  const { statusCode, body = '' } = await endpoint(event);
  if (statusCode !== 200) throw new Error(`the endpoint answered ${statusCode}: ${body.slice(0, 300)}`);
  return body;
}

function errorsOf(body: string): string[] {
  const { errors = [] }: { errors?: readonly { readonly extensions?: { readonly code?: string } }[] } =
    JSON.parse(body);
  return errors.map(({ extensions }) => extensions?.code ?? 'UNKNOWN');
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/** What API Gateway hands on for a personnel officer who is signed in. */
function eventOf(query: string, variables: object): HttpEvent {
  const claims = { token_use: 'access', username: 'bench-officer', 'cognito:groups': '[hr_admin]' };
  return {
    version: '2.0',
    routeKey: 'POST /graphql',
    rawPath: '/graphql',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    isBase64Encoded: false,
    body: JSON.stringify({ query, variables }),
    requestContext: {
      accountId: 'local',
      apiId: 'local',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: {
        method: 'POST',
        path: '/graphql',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'bench',
      },
      requestId: 'bench',
      routeKey: 'POST /graphql',
      stage: '$default',
      time: '',
      timeEpoch: 0,
      authorizer: { jwt: { claims } },
    },
  };
}
