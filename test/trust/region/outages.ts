/** Services that fail, each at the client of every function: out of reach, throttled, refused in words that quote what was sent. */
import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export type Outage = 'DOWN' | 'THROTTLED' | 'REFUSED';

interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly path: string;
  readonly body?: unknown;
}
interface Handler {
  handle(request: HttpRequest, ...more: readonly unknown[]): Promise<unknown>;
}

/** @returns lets DynamoDB and SES fail, or SES alone, for as long as something is done; how many requests failed */
export function createOutages(): {
  readonly during: (outage: Outage, act: () => Promise<unknown>, of?: 'ALL' | 'MAIL') => Promise<void>;
  readonly failed: () => number;
} {
  let current: Outage | null = null;
  let mailAlone = false;
  let failed = 0;
  // All clients of a process share the class of their handler.
  const handler: Handler = Object.getPrototypeOf(
    new DynamoDBClient({ region: 'local' }).config.requestHandler,
  );
  const { handle } = handler;
  handler.handle = function (this: Handler, request, ...more) {
    const ofMail = request.path === '/v2/email/outbound-emails';
    const ofTable = !mailAlone && request.headers['x-amz-target']?.startsWith('DynamoDB') === true;
    if (current === null || !(ofMail || ofTable)) return Reflect.apply(handle, this, [request, ...more]);
    failed += 1;
    return fail(current, ofMail, String(request.body));
  };
  return {
    failed: () => failed,
    during: async (outage, act, of = 'ALL') => {
      current = outage;
      mailAlone = of === 'MAIL';
      try {
        // What fails is the point.
        await act().catch(() => undefined);
      } finally {
        current = null;
      }
    },
  };
}

async function fail(outage: Outage, ofMail: boolean, body: string): Promise<object> {
  if (outage === 'DOWN')
    throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:443'), { code: 'ECONNREFUSED' });
  // SES names the address that it refuses, and DynamoDB's validation parts of the request.
  const [type, message] =
    outage === 'THROTTLED'
      ? [ofMail ? 'TooManyRequestsException' : 'ProvisionedThroughputExceededException', 'Rate exceeded']
      : [ofMail ? 'MailFromDomainNotVerifiedException' : 'ValidationException', `refused: ${body}`];
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': type };
  const answer = JSON.stringify({ __type: type, message });
  return { response: { statusCode: 400, headers, body: Readable.from([Buffer.from(answer)]) } };
}
