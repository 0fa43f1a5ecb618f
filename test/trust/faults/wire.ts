/**
 * The wire between processes and the services of AWS: every call of every client goes over it, one at a time and numbered, so
 * that a fault can strike at exactly one of them.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { conflictError, throttlingError } from '../../support/dynamodb-refusals.ts';

export type Service = 'DynamoDB' | 'S3' | 'SES' | 'Cognito' | 'StepFunctions';

/** One request as it goes out: every page, every attempt of the SDK's own retries. */
export interface Request {
  readonly service: Service;
  /** For example `TransactWriteItems`. */
  readonly operation: string;
  /** As sent; to DynamoDB in its own JSON. */
  readonly input: object;
}

/** What can befall a call. */
export const FAULT_KINDS = [
  'killed before',
  'killed after',
  'killed, an hour late',
  'killed, clock behind',
  'network',
  'throttled',
  'timeout',
  'answer lost',
  'conflict',
  'unprocessed',
  'overtaken',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What strikes, and at which call (from 1). */
export interface Strike {
  readonly kind: FaultKind;
  readonly call: number;
}

const WRITES: ReadonlySet<string> = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
  'PutObject',
  'CopyObject',
  'DeleteObject',
  'CreateMultipartUpload',
  'UploadPart',
  'CompleteMultipartUpload',
  'AbortMultipartUpload',
  'SendEmail',
  'StartExecution',
]);
const CONFLICTING: ReadonlySet<string> = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'TransactWriteItems',
]);

export const isWrite = ({ operation }: Pick<Request, 'operation'>): boolean => WRITES.has(operation);

/**
 * Whether a kind of fault can befall a call as nothing else does: a read that took effect before its answer was lost is one
 * that never went out.
 */
export function canBefall(kind: FaultKind, request: Request): boolean {
  if (kind === 'killed after' || kind === 'timeout' || kind === 'answer lost') return isWrite(request);
  if (kind === 'throttled') return request.service === 'DynamoDB';
  if (kind === 'conflict') return request.service === 'DynamoDB' && CONFLICTING.has(request.operation);
  if (kind === 'unprocessed') return request.operation.startsWith('Batch');
  return true;
}

/** The process is dead: its calls reach nobody. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

/** A step under way in a process of its own. */
export interface Process {
  dead: boolean;
  /** Runs the same step from its beginning in another process, which no fault befalls. */
  readonly again: () => Promise<unknown>;
  /** No fault befalls it and its calls are not numbered. */
  readonly bystander: boolean;
}

export interface Wire {
  /** Calls numbered so far, and what they were. */
  readonly calls: readonly Request[];
  /** Writes that took effect. */
  readonly effects: number;
  /** Strikes that have happened. */
  readonly struck: readonly Strike[];
  /** Runs a step as a process. */
  as<T>(process: Process, step: () => Promise<T>): Promise<T>;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
  /** Sends a request; what is asked outside of every process goes out at once. */
  pass<T>(request: Request, proceed: Proceed<T>): Promise<T>;
}

/** Sends the request. */
export interface Proceed<T> {
  (): Promise<T>;
  /** Sends half of a batch, nothing of a batch of one; the rest comes back as unprocessed. */
  readonly inPart: () => Promise<T>;
}

export interface WireOptions {
  readonly strikes: readonly Strike[];
  /** Called after each write that took effect, with how many there were. */
  readonly onEffect: (effects: number) => void;
  /** Called before each numbered call goes out. */
  readonly onCall: ((call: number) => Promise<void>) | undefined;
}

export function createWire({ strikes, onEffect, onCall }: WireOptions): Wire {
  const processes = new AsyncLocalStorage<Process>();
  const calls: Request[] = [];
  const struck: Strike[] = [];
  /** Requests that fail in a process however often it repeats them. */
  const failing: { readonly of: Process; readonly text: string; readonly kind: FaultKind }[] = [];
  let effects = 0;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act, act);
    last = turn.catch(() => undefined);
    return turn;
  };

  const send = async <T>(request: Request, proceed: () => Promise<T>): Promise<T> => {
    const answer = await proceed();
    if (isWrite(request)) {
      effects += 1;
      onEffect(effects);
    }
    return answer;
  };

  const fail = async <T>(kind: FaultKind, request: Request, proceed: () => Promise<T>): Promise<never> => {
    if (kind === 'throttled') throw throttlingError();
    if (kind === 'timeout') {
      await send(request, proceed);
      throw Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
    }
    throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  };

  const strike = async <T>(
    kind: FaultKind,
    request: Request,
    process: Process,
    proceed: Proceed<T>,
  ): Promise<T | 'OVERTAKEN'> => {
    switch (kind) {
      case 'killed before':
      case 'killed, an hour late':
      case 'killed, clock behind':
        process.dead = true;
        throw new ProcessDied(`killed before ${request.operation}`);
      case 'killed after':
        await send(request, proceed);
        process.dead = true;
        throw new ProcessDied(`killed after ${request.operation}`);
      case 'network':
      case 'throttled':
      case 'timeout':
        failing.push({ of: process, text: textOf(request), kind });
        return fail(kind, request, proceed);
      case 'answer lost':
        return fail('timeout', request, proceed);
      case 'conflict':
        throw conflictError(request);
      case 'unprocessed':
        return proceed.inPart();
      case 'overtaken':
        return 'OVERTAKEN';
    }
  };

  return {
    calls,
    struck,
    get effects() {
      return effects;
    },
    as: (process, step) => processes.run(process, step),
    idle: async () => {
      for (let before: Promise<unknown> | undefined; before !== last; ) {
        before = last;
        await before;
        await setImmediate();
      }
    },
    pass: async (request, proceed) => {
      const process = processes.getStore();
      if (process === undefined) return proceed();
      const outcome = await inTurn(async () => {
        if (process.dead) throw new ProcessDied(`dead before ${request.operation}`);
        if (process.bystander) return send(request, proceed);
        const lasting = failing.find(({ of, text }) => of === process && text === textOf(request));
        calls.push(request);
        const number = calls.length;
        await onCall?.(number);
        if (lasting !== undefined) return fail(lasting.kind, request, proceed);
        const now = strikes.find(({ call, kind }) => call === number && canBefall(kind, request));
        if (now === undefined) return send(request, proceed);
        struck.push(now);
        return strike(now.kind, request, process, proceed);
      });
      if (outcome !== 'OVERTAKEN') return outcome;
      await processes.exit(process.again);
      return inTurn(() => send(request, proceed));
    },
  };
}

/** Tells a request from another, and knows it again when it is repeated. */
const textOf = ({ service, operation, input }: Request): string =>
  JSON.stringify([service, operation, 'Key' in input && service === 'S3' ? input.Key : input]);
