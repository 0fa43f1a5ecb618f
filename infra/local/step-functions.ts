/**
 * A local endpoint for the part of AWS Step Functions that the system uses, so that the SDK's own client works
 * unchanged (AWS_ENDPOINT_URL_SFN). Executions run in this process, through an interpreter of the synthesised
 * definition, and call the handlers of the steps. They are forgotten when the process ends.
 *
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import {
  ExecutionAbortedError,
  ExecutionError,
  ExecutionTimeoutError,
  StateMachine,
  type StateMachineDefinition,
} from 'aws-local-stepfunctions';
import * as z from 'zod';
import { BodyTooLongError, readBody, serveOnLoopback } from './loopback-server.ts';

const REGION_AND_ACCOUNT = 'local:000000000000';
/** The service's own limit, of input and output alike. */
const PAYLOAD_BYTES = 262_144;

type JsonValue = Awaited<ReturnType<StateMachine['run']>['result']>;

/** What a Task state calls; its errors reach the state machine by their name, as Lambda reports them. */
export type Task = (input: unknown) => Promise<unknown>;

export interface LocalStateMachine {
  readonly name: string;
  readonly definition: StateMachineDefinition;
  /** For each Task state of the definition, nested ones included, what it calls. */
  readonly tasks: Readonly<Record<string, Task>>;
  /** Waits this long before each retry instead of what the definition says, in milliseconds. */
  readonly retryMilliseconds?: number | undefined;
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface Execution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  readonly startDate: Date;
  readonly status: ExecutionStatus;
  readonly stopDate?: Date;
  /** JSON text, of an execution that succeeded. */
  readonly output?: string;
  /** Why one failed: the error's name, and its cause. */
  readonly error?: string;
  readonly cause?: string;
}

export interface StepFunctions {
  /** For AWS_ENDPOINT_URL_SFN. */
  readonly endpoint: string;
  stateMachineArn(name: string): string;
  /** All executions since the start, the newest first. */
  executions(): readonly Execution[];
  /** Waits until an execution has ended. @throws Error for one that is not known */
  waitFor(executionArn: string): Promise<Execution>;
  /** Waits until nothing runs. */
  waitForAll(): Promise<readonly Execution[]>;
  /** Aborts what runs, waits for the steps that are under way, and stops listening. */
  close(): Promise<void>;
}

/** An error of the protocol: its name goes into `__type`, from which the SDK makes its exception. */
class ServiceError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Starts the endpoint on a free port of the loopback interface. */
export async function startStepFunctions(machines: readonly LocalStateMachine[]): Promise<StepFunctions> {
  const runner = new ExecutionRunner(machines);
  const server = await serveOnLoopback((request, response) => {
    answer(request, response, runner).catch((error: unknown) => sendError(response, error));
  });
  return {
    endpoint: server.url,
    stateMachineArn,
    executions: () => runner.list(),
    waitFor: (executionArn) => runner.waitFor(executionArn),
    waitForAll: () => runner.waitForAll(),
    close: async () => {
      await server.close();
      await runner.close();
    },
  };
}

function stateMachineArn(name: string): string {
  return `arn:aws:states:${REGION_AND_ACCOUNT}:stateMachine:${name}`;
}

interface Run {
  execution: Execution;
  readonly abort: () => void;
  readonly ended: Promise<Execution>;
}

interface LoadedMachine {
  readonly machine: LocalStateMachine;
  readonly interpreter: StateMachine;
}

/** Holds the executions of a process and the steps that are under way. */
class ExecutionRunner {
  readonly #machines = new Map<string, LoadedMachine>();
  readonly #runs = new Map<string, Run>();
  readonly #stepsUnderWay = new Set<Promise<unknown>>();

  constructor(machines: readonly LocalStateMachine[]) {
    for (const machine of machines) {
      const missing = taskNames(machine.definition).filter((name) => !Object.hasOwn(machine.tasks, name));
      if (missing.length > 0)
        throw new Error(`no function for the state ${missing.join(', ')} of ${machine.name}`);
      this.#machines.set(stateMachineArn(machine.name), {
        machine,
        // Checked where it is tested (test/infra): the check would take half a second of every start.
        interpreter: new StateMachine(machine.definition, { validationOptions: { noValidate: true } }),
      });
    }
  }

  /** Idempotent as in the service: the same name and input give the execution that runs already. */
  start(machineArn: string, name: string, input: string): Execution {
    const found = this.#machines.get(machineArn);
    if (found === undefined) {
      throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
    }
    const executionArn = `arn:aws:states:${REGION_AND_ACCOUNT}:execution:${found.machine.name}:${name}`;
    const parsed = parseInput(input);
    const previous = this.#runs.get(executionArn)?.execution;
    if (previous !== undefined) {
      if (previous.status === 'RUNNING' && isDeepStrictEqual(JSON.parse(previous.input), parsed))
        return previous;
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
    }
    const execution: Execution = {
      executionArn,
      stateMachineArn: machineArn,
      name,
      input,
      startDate: new Date(),
      status: 'RUNNING',
    };
    this.#runs.set(executionArn, this.#begin(found, execution));
    return execution;
  }

  /** The service goes on from the state that failed; here it begins again, since every step can be repeated. */
  redrive(executionArn: string): void {
    const { execution } = this.#run(executionArn);
    const found = this.#machines.get(execution.stateMachineArn);
    if (found === undefined || execution.status === 'RUNNING' || execution.status === 'SUCCEEDED') {
      throw new ServiceError('ExecutionNotRedrivable', `Execution is ${execution.status}: '${executionArn}'`);
    }
    const { executionArn: arn, stateMachineArn: machineArn, name, input, startDate } = execution;
    const again: Execution = {
      executionArn: arn,
      stateMachineArn: machineArn,
      name,
      input,
      startDate,
      status: 'RUNNING',
    };
    this.#runs.set(executionArn, this.#begin(found, again));
  }

  get(executionArn: string): Execution {
    return this.#run(executionArn).execution;
  }

  stop(executionArn: string): Promise<Execution> {
    const run = this.#run(executionArn);
    run.abort();
    return run.ended;
  }

  waitFor(executionArn: string): Promise<Execution> {
    return this.#run(executionArn).ended;
  }

  waitForAll(): Promise<readonly Execution[]> {
    return Promise.all([...this.#runs.values()].map((run) => run.ended));
  }

  list(): readonly Execution[] {
    return [...this.#runs.values()].map((run) => run.execution).reverse();
  }

  async close(): Promise<void> {
    for (const run of this.#runs.values()) run.abort();
    await this.waitForAll();
    await Promise.allSettled(this.#stepsUnderWay);
  }

  #begin({ machine, interpreter }: LoadedMachine, execution: Execution): Run {
    const { executionArn, name } = execution;
    const { result, abort } = interpreter.run(parseInput(execution.input), {
      overrides: {
        taskResourceLocalHandlers: this.#localHandlers(machine),
        ...(machine.retryMilliseconds !== undefined && {
          retryIntervalOverrides: Object.fromEntries(
            Object.keys(machine.tasks).map((task) => [task, machine.retryMilliseconds ?? 0]),
          ),
        }),
      },
      context: {
        Execution: { Id: executionArn, Name: name },
        StateMachine: { Id: execution.stateMachineArn, Name: machine.name },
      },
    });
    const ended = result.then(
      (output) => this.#end(executionArn, { status: 'SUCCEEDED', output: JSON.stringify(output) }),
      (error: unknown) => this.#end(executionArn, describeFailure(error)),
    );
    return { execution, abort, ended };
  }

  #run(executionArn: string): Run {
    const run = this.#runs.get(executionArn);
    if (run === undefined) {
      throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    }
    return run;
  }

  #end(executionArn: string, outcome: Pick<Execution, 'status' | 'output' | 'error' | 'cause'>): Execution {
    const run = this.#run(executionArn);
    run.execution = { ...run.execution, ...outcome, stopDate: new Date() };
    return run.execution;
  }

  #localHandlers(machine: LocalStateMachine) {
    return Object.fromEntries(
      Object.entries(machine.tasks).map(([name, task]) => [
        name,
        (input: JsonValue): Promise<JsonValue> => {
          const step = callTask(task, input);
          this.#stepsUnderWay.add(step);
          const done = (): boolean => this.#stepsUnderWay.delete(step);
          step.then(done, done);
          return step;
        },
      ]),
    );
  }
}

/** Gives a failure the form in which Step Functions reports one of Lambda: the name, and a cause in JSON. */
async function callTask(task: Task, input: JsonValue): Promise<JsonValue> {
  try {
    return parseJson(JSON.stringify((await task(input)) ?? null));
  } catch (cause) {
    const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
    const failure = new Error(JSON.stringify({ errorType: name, errorMessage: message, trace: [] }), {
      cause,
    });
    failure.name = name;
    throw failure;
  }
}

function parseJson(text: string): JsonValue {
  return JSON.parse(text);
}

function parseInput(input: string): JsonValue {
  if (Buffer.byteLength(input) > PAYLOAD_BYTES) {
    throw new ServiceError(
      'InvalidExecutionInput',
      `Invalid Execution Input: longer than ${PAYLOAD_BYTES} bytes`,
    );
  }
  try {
    return parseJson(input);
  } catch {
    throw new ServiceError('InvalidExecutionInput', 'Invalid Execution Input: not JSON');
  }
}

function describeFailure(error: unknown): Pick<Execution, 'status' | 'error' | 'cause'> {
  if (error instanceof ExecutionAbortedError) return { status: 'ABORTED' };
  if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT', error: 'States.Timeout' };
  const reason = error instanceof ExecutionError ? error.cause : error;
  return reason instanceof Error
    ? { status: 'FAILED', error: reason.name, cause: reason.message }
    : { status: 'FAILED', error: 'States.Runtime', cause: String(reason) };
}

/** Names of the Task states of a definition, those inside of maps and branches included. */
export function taskNames(definition: Pick<StateMachineDefinition, 'States'>): readonly string[] {
  return Object.entries(definition.States).flatMap(([name, state]) => {
    switch (state.Type) {
      case 'Task':
        return [name];
      case 'Map':
        return [state.ItemProcessor, state.Iterator].flatMap((nested) => (nested ? taskNames(nested) : []));
      case 'Parallel':
        return state.Branches.flatMap((branch) => taskNames(branch));
      default:
        return [];
    }
  });
}

const startInput = z.object({
  stateMachineArn: z.string(),
  // https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html: 1 to 80 of these.
  name: z.optional(z.string()),
  input: z.optional(z.string()),
});
const executionInput = z.object({ executionArn: z.string() });
const listInput = z.object({
  stateMachineArn: z.string(),
  statusFilter: z.optional(z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'])),
  maxResults: z.optional(z.int()),
});

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  runner: ExecutionRunner,
): Promise<void> {
  const operation = String(request.headers['x-amz-target'] ?? '').replace(/^AWSStepFunctions\./, '');
  const body: unknown = JSON.parse((await readBody(request, 1024 * 1024)).toString('utf8') || '{}');
  send(response, 200, await perform(operation, body, runner));
}

async function perform(operation: string, body: unknown, runner: ExecutionRunner): Promise<object> {
  switch (operation) {
    case 'StartExecution': {
      const { stateMachineArn: machineArn, name = randomUUID(), input = '{}' } = parse(startInput, body);
      if (!/^[\w!@#*()+=,.-]{1,80}$/.test(name))
        throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
      const { executionArn, startDate } = runner.start(machineArn, name, input);
      return { executionArn, startDate: toSeconds(startDate) };
    }
    case 'DescribeExecution':
      return toWire(runner.get(parse(executionInput, body).executionArn));
    case 'StopExecution': {
      const { stopDate } = await runner.stop(parse(executionInput, body).executionArn);
      return { stopDate: toSeconds(stopDate ?? new Date()) };
    }
    case 'RedriveExecution':
      runner.redrive(parse(executionInput, body).executionArn);
      return { redriveDate: toSeconds(new Date()) };
    case 'ListExecutions': {
      const { stateMachineArn: machineArn, statusFilter, maxResults } = parse(listInput, body);
      const executions = runner
        .list()
        .filter((execution) => execution.stateMachineArn === machineArn)
        .filter(({ status }) => statusFilter === undefined || status === statusFilter)
        .slice(0, maxResults ?? 100)
        .map(({ input: _, output: __, error: ___, cause: ____, ...execution }) => toWire(execution));
      return { executions };
    }
    default:
      throw new ServiceError('UnknownOperationException', `the local endpoint does not know "${operation}"`);
  }
}

function parse<Output>(schema: z.ZodType<Output>, body: unknown): Output {
  const result = schema.safeParse(body);
  if (!result.success) throw new ServiceError('ValidationException', z.prettifyError(result.error));
  return result.data;
}

/** The protocol writes an instant as seconds since 1970. */
function toSeconds(date: Date): number {
  return date.getTime() / 1000;
}

function toWire(execution: Partial<Execution>): object {
  const { startDate, stopDate, ...rest } = execution;
  return {
    ...rest,
    ...(startDate && { startDate: toSeconds(startDate) }),
    ...(stopDate && { stopDate: toSeconds(stopDate) }),
  };
}

function sendError(response: ServerResponse, error: unknown): void {
  if (error instanceof ServiceError) {
    send(response, 400, { __type: error.name, message: error.message });
  } else if (error instanceof SyntaxError || error instanceof BodyTooLongError) {
    send(response, 400, {
      __type: 'SerializationException',
      message: 'the request is not JSON, or too long',
    });
  } else {
    send(response, 500, { __type: 'InternalFailure', message: 'internal failure' });
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}
