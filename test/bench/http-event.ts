import type { HttpEvent } from '../../functions/graphql/endpoint.ts';

/** Who asks; what is left out is a personnel officer. */
export interface Caller {
  readonly staffId: string;
}

/** What API Gateway hands on for somebody who is signed in. */
export function httpEvent(query: string, variables: object, caller?: Caller): HttpEvent {
  const claims = {
    token_use: 'access',
    username: caller?.staffId ?? 'bench-officer',
    'cognito:groups': caller === undefined ? '[hr_admin]' : '[staff]',
    exp: '9999999999',
  };
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

/** The environment of the endpoint's function, with a table of its own. @param url where DynamoDB is */
export const functionEnvironment = (url: string, tableName = 'bench'): NodeJS.ProcessEnv => ({
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_REGION: 'ap-southeast-3',
  AWS_ENDPOINT_URL: url,
  BUCKET_NAME: 'bench',
  JOB_MACHINE_ARN: 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:jobs',
  LOG_LEVEL: 'SILENT',
  NODE_ENV: 'production',
  POWERTOOLS_METRICS_DISABLED: 'true',
  STAGE: 'prod',
  TABLE_NAME: tableName,
});
