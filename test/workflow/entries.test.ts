import { createServer } from 'node:http';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import { createTestTable, type TestTable } from '../support/dynamodb.ts';
import { PUSKESMAS } from './puskesmas.ts';
import { seedRegion } from './region.ts';

/** In the past for every clock: the entries use the machine's. */
const PERIOD = '2025-Q1';
const ATTEMPT = { periodId: PERIOD, attempt: 1 };
const plenty = { getRemainingTimeInMillis: () => 900_000 } as Context;
const little = { getRemainingTimeInMillis: () => 5_000 } as Context;

let table: TestTable;
let store: Store;
interface Answer {
  readonly status: number;
  readonly body: object;
}
const STARTED: Answer = { status: 200, body: { executionArn: 'arn:aws:states:x', startDate: 1 } };
const EXISTS: Answer = {
  status: 400,
  body: { __type: 'com.amazonaws.swf.service.v2.model#ExecutionAlreadyExists', message: 'exists' },
};
const running = (...names: readonly string[]): Answer => ({
  status: 200,
  body: { executions: names.map((name) => ({ name, executionArn: name, startDate: 1, status: 'RUNNING' })) },
});

/** What Step Functions was asked to start, and what it answers next. */
const asked: { readonly name?: string }[] = [];
const answers: Answer[] = [];
const stepFunctions = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const target = String(request.headers['x-amz-target']);
  if (target.endsWith('.StartExecution')) asked.push(JSON.parse(Buffer.concat(chunks).toString()));
  const answer = answers.shift() ?? STARTED;
  response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(answer.body));
});

beforeAll(async () => {
  table = await createTestTable();
  store = createStore({ client: table.client, tableName: table.tableName });
  await seedRegion(store, {
    ...PUSKESMAS,
    periodId: PERIOD,
    people: PUSKESMAS.people.filter(({ movesTo }) => !movesTo),
  });
  await new Promise<void>((listening) => stepFunctions.listen(0, '127.0.0.1', listening));
  const address = stepFunctions.address();
  vi.stubEnv('TABLE_NAME', table.tableName);
  vi.stubEnv('STATE_MACHINE_ARN', 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:close');
  vi.stubEnv('AWS_ENDPOINT_URL_SFN', `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
});

afterAll(async () => {
  stepFunctions.close();
  vi.unstubAllEnvs();
  await table.drop();
});

const EXECUTION = {
  stateMachineArn: 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:close',
  name: 'close-2025-Q1-1',
  input: '{"periodId":"2025-Q1","attempt":1}',
};

test('the starter starts the due close by the name of its attempt', async () => {
  const { handler } = await import('../../functions/close/starter.ts');
  asked.length = 0;
  await handler({});
  expect(asked).toEqual([EXECUTION]);
});

test('a close that runs is not started again', async () => {
  const { handler } = await import('../../functions/close/starter.ts');
  for (const name of ['close-2025-Q1-1', 'close-2025-Q1-1-2025040107']) {
    asked.length = 0;
    answers.push(EXISTS, running('close-2025-Q2-1', name));
    await handler({});
    expect(asked).toEqual([EXECUTION]);
  }
});

test('a close that failed is started again, once an hour', async () => {
  const { handler } = await import('../../functions/close/starter.ts');
  asked.length = 0;
  answers.push(EXISTS, running('close-2025-Q1-11'), STARTED);
  await handler({});
  answers.push(EXISTS, running(), EXISTS);
  await handler({});

  const again = { ...EXECUTION, name: expect.stringMatching(/^close-2025-Q1-1-\d{10}$/) };
  expect(asked).toEqual([EXECUTION, again, EXECUTION, again]);
});

test('the starter fails at its end when a period could not be treated', async () => {
  const { handler } = await import('../../functions/close/starter.ts');
  answers.push({ status: 400, body: { __type: 'StateMachineDoesNotExist', message: 'gone' } });
  await expect(handler({})).rejects.toMatchObject({ name: 'ScheduleError' });
});

test('the steps hand on what the state machine passes between them', async () => {
  const entries = {
    begin: (await import('../../functions/close/begin.ts')).handler,
    plan: (await import('../../functions/close/plan-shards.ts')).handler,
    score: (await import('../../functions/close/score-shard.ts')).handler,
    merge: (await import('../../functions/close/merge.ts')).handler,
    followUp: (await import('../../functions/close/follow-up-shard.ts')).handler,
    publish: (await import('../../functions/close/publish.ts')).handler,
    recordFailure: (await import('../../functions/close/record-failure.ts')).handler,
  };
  const begun = await entries.begin(ATTEMPT, plenty);
  expect(begun).toEqual({ ...ATTEMPT, run: 'r1' });
  const planned = await entries.plan(begun, plenty);
  expect(planned).toEqual({ ...begun, tasks: [{ periodId: PERIOD, run: 'r1', from: 0, to: 5 }] });

  const task = { ...planned.tasks[0] };
  const first = await entries.score(task, little);
  expect(first).toEqual({ ...task, cursor: 1 });
  expect(await entries.score(first, plenty)).toEqual({ done: true });

  const failed = { Error: 'States.Timeout', Cause: 'NIP 198001012005011001' };
  await entries.recordFailure({ ...begun, error: failed }, plenty);
  expect(await store.periods.get(PERIOD)).toMatchObject({ state: 'CLOSING', failure: 'States.Timeout' });
  await entries.recordFailure({ ...begun, error: { Error: 'a message with a name in it' } }, plenty);
  expect(await store.periods.get(PERIOD)).toMatchObject({ state: 'CLOSING', failure: 'Unknown' });

  await entries.merge(planned, plenty);
  expect(await entries.followUp(task, plenty)).toEqual({ done: true, waiting: false });
  await entries.publish(planned, plenty);
  expect(await store.periods.get(PERIOD)).toMatchObject({
    state: 'PUBLISHED',
    publishedRun: 'r1',
    failure: null,
  });

  const trail = await store.audit.entries(`PERIOD#${PERIOD}`, { first: 50, after: null });
  const ofClose = trail.items.map(({ value }) => value).filter(({ actor }) => actor.id === 'system');
  expect(ofClose.map(({ operation }) => operation)).toContain('publishResults');
  expect(new Set(ofClose.map(({ correlationId }) => correlationId))).toEqual(new Set(['close-2025-Q1-1']));

  const published = await store.periods.get(PERIOD);
  await entries.recordFailure({ ...begun, error: { Error: 'States.Timeout' } }, plenty);
  expect(await entries.begin(ATTEMPT, plenty)).toEqual(begun);
  expect(await entries.plan(begun, plenty)).toEqual({ ...begun, tasks: [] });
  expect(await entries.score(task, plenty)).toEqual({ done: true });
  expect(await store.periods.get(PERIOD)).toEqual(published);
});

test('a failure before the period closed leaves it as it is', async () => {
  const { handler } = await import('../../functions/close/record-failure.ts');
  const before = await store.periods.get(PERIOD);
  await handler({ ...ATTEMPT, error: { Error: 'Rejection', Cause: '' } }, plenty);
  expect(await store.periods.get(PERIOD)).toEqual(before);
});

test('a step with an input of another shape fails', async () => {
  const { handler } = await import('../../functions/close/begin.ts');
  await expect(handler({ periodId: PERIOD }, plenty)).rejects.toThrow();
});
