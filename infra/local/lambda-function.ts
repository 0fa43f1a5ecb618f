import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

/** A Lambda entry's `handler`, as the service calls it. */
export type LambdaHandler = (event: unknown, context: Context) => Promise<unknown>;

/** A function that ran longer than it may. */
export class FunctionTimeoutError extends Error {
  override readonly name = 'Sandbox.Timedout';
}

/** Which function runs: what a handler calls, it calls with this function's permissions. */
export const runningFunction = new AsyncLocalStorage<string>();

/** The name of a function by its entry: `close/begin`. */
export const functionNameOf = (entry: string): string => entry.replace(/^functions\/|\.ts$/g, '');

/** Loads a Lambda entry, given below the repository's root: `functions/close/begin.ts`. */
export async function loadHandler(entry: string): Promise<LambdaHandler> {
  const module: unknown = await import(new URL(`../../${entry}`, import.meta.url).href);
  if (typeof module === 'object' && module !== null && 'handler' in module && isHandler(module.handler)) {
    return module.handler;
  }
  throw new Error(`${entry} exports no function "handler"`);
}

function isHandler(value: unknown): value is LambdaHandler {
  return typeof value === 'function';
}

/**
 * Calls a handler as Lambda does: the event and the answer pass through JSON, and it has a context and a time limit.
 * An answer that comes after the limit is dropped. What it throws is printed whole, as Lambda's runtime logs it.
 *
 * @throws what the handler throws, and FunctionTimeoutError
 */
export async function invoke(
  handler: LambdaHandler,
  event: unknown,
  functionName: string,
  timeoutSeconds: number,
): Promise<unknown> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  const requestId = randomUUID();
  const context: Context = {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '1769',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new FunctionTimeoutError(`${requestId} Task timed out after ${timeoutSeconds} seconds`)),
      timeoutSeconds * 1000,
    );
  });
  try {
    const answer = runningFunction.run(functionName, () => handler(throughJson(event), context));
    answer.catch((error: unknown) => logThrown(requestId, error));
    return throughJson(await Promise.race([answer, late]));
  } finally {
    clearTimeout(timer);
  }
}

/** The line of Lambda's runtime for Node: the error's name, message and stack, and what else it carries. */
function logThrown(requestId: string, error: unknown): void {
  const message =
    error instanceof Error
      ? { ...error, errorType: error.name, errorMessage: error.message, stackTrace: error.stack?.split('\n') }
      : String(error);
  console.error(JSON.stringify({ timestamp: new Date(), level: 'ERROR', requestId, message }));
}

/** What is left of a value after JSON; undefined becomes null, as in Lambda's answers. */
function throughJson(value: unknown): unknown {
  const text = JSON.stringify(value);
  return text === undefined ? null : JSON.parse(text);
}
