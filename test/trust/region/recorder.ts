/**
 * Records what each function asks of AWS, at the wire: which action on which kind of resource. Loaded before the functions.
 * A presigned link is signed with the endpoint's permissions, so what is done with one counts as the endpoint's call.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { runningFunction } from '../../../infra/local/lambda-function.ts';

/** `close/begin dynamodb:Query index/gsi1` → how often. */
export type Calls = Map<string, number>;

const ENDPOINT = 'graphql/handler';
const ITEM_ACTIONS: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

/** Starts recording. @param bucket its name, the first part of a path of S3 */
export function recordCalls(bucket: string): Calls {
  const calls: Calls = new Map();
  const note = (by: string, action: string, resource: string): void => {
    const call = `${by} ${action} ${resource}`;
    calls.set(call, (calls.get(call) ?? 0) + 1);
  };
  subscribe('http.client.request.created', (message) => {
    const by = runningFunction.getStore();
    if (by === undefined) return;
    const { request } = message as { readonly request: ClientRequest };
    whenSent(request, (body) => {
      for (const [action, resource] of callsOf(request, body, bucket)) note(by, action, resource);
    });
    const path = pathBelow(request.path, bucket);
    // Without this permission S3 answers 403 for what is not there.
    if (path !== null)
      request.prependListener('response', ({ statusCode }: IncomingMessage) => {
        if (statusCode === 404) note(by, 's3:ListBucket', 'bucket');
      });
  });
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    const { method = '', url = '' } = request;
    const path = pathBelow(url, bucket);
    if (path === null || request.headers.authorization !== undefined) return;
    // The form's policy names the key, which lies where uploads wait.
    if (method === 'POST') note(ENDPOINT, 's3:PutObject', 'incoming/*');
    if (method === 'GET') note(ENDPOINT, 's3:GetObject', prefixOf(path));
  });
  return calls;
}

/** Calls back with the whole body once the request is ended. */
function whenSent(request: ClientRequest, done: (body: string) => void): void {
  const parts: Buffer[] = [];
  const keep = (part: unknown): void => {
    if (typeof part === 'string' || part instanceof Uint8Array) parts.push(Buffer.from(part));
  };
  const { write, end } = request;
  request.write = (...args: unknown[]) => {
    keep(args[0]);
    return Reflect.apply(write, request, args);
  };
  request.end = (...args: unknown[]) => {
    keep(args[0]);
    done(Buffer.concat(parts).toString());
    return Reflect.apply(end, request, args);
  };
}

function callsOf(
  request: ClientRequest,
  body: string,
  bucket: string,
): readonly (readonly [string, string])[] {
  const [service = '', operation = ''] = String(request.getHeader('x-amz-target') ?? '').split('.');
  if (service.startsWith('DynamoDB')) return tableCalls(operation, JSON.parse(body));
  if (service === 'AWSStepFunctions') {
    const { stateMachineArn = '' }: { stateMachineArn?: string } = JSON.parse(body);
    return [[`states:${operation}`, `machine/${stateMachineArn.replace(/^.*-/, '')}`]];
  }
  if (service === 'AWSCognitoIdentityProviderService') return [[`cognito-idp:${operation}`, 'users']];
  if (request.path === '/v2/email/outbound-emails') return [['ses:SendEmail', 'identity']];
  const path = pathBelow(request.path, bucket);
  if (path === null) return [];
  const copied = request.getHeader('x-amz-copy-source');
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return [['s3:GetObject', prefixOf(path)]];
    case 'PUT':
      return [
        ['s3:PutObject', prefixOf(path)],
        ...(typeof copied === 'string'
          ? [['s3:GetObject', prefixOf(copied.replace(/^\/?[^/]+\//, ''))] as const]
          : []),
      ];
    case 'POST':
      // A large file: its parts are begun and put together with the permission to put it.
      return [['s3:PutObject', prefixOf(path)]];
    default: {
      const action = /[?&]uploadId=/.test(request.path) ? 'AbortMultipartUpload' : 'DeleteObject';
      return [[request.method === 'DELETE' ? `s3:${action}` : `s3:${request.method}`, prefixOf(path)]];
    }
  }
}

interface TableRequest {
  readonly IndexName?: string;
  readonly TransactItems?: readonly Readonly<Record<string, unknown>>[];
}

function tableCalls(
  operation: string,
  { IndexName, TransactItems }: TableRequest,
): readonly (readonly [string, string])[] {
  if (TransactItems === undefined)
    return [[`dynamodb:${operation}`, IndexName === undefined ? 'table' : `index/${IndexName}`]];
  return TransactItems.flatMap((item) =>
    Object.keys(item).map((kind) => [`dynamodb:${ITEM_ACTIONS[kind] ?? 'GetItem'}`, 'table'] as const),
  );
}

/** The part of an address below the bucket; null when it is not in it. */
function pathBelow(url: string, bucket: string): string | null {
  const path = url.replace(/\?.*$/, '');
  return path === `/${bucket}` || path.startsWith(`/${bucket}/`) ? path.slice(bucket.length + 2) : null;
}

const prefixOf = (key: string): string => `${key.replace(/\/.*$/s, '')}/*`;
