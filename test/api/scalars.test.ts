import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { employee, hrAdmin, type Sending, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
});
afterAll(() => api.drop());

const refusal = async (query: string, variables: object, language: Sending['language'] = 'id') => {
  const { errors, status } = await send(api.handler, employee, query, variables, { language });
  const [error] = errors;
  expect([errors.length, status]).toEqual([1, 400]);
  return { code: error?.extensions.code, message: error?.message };
};

describe('a value that is none of its kind', () => {
  test.each([
    ['in the operation', '{ policy(on: "besok") { id } }', {}],
    ['in a variable', 'query ($on: Date) { policy(on: $on) { id } }', { on: 'besok' }],
    ['that does not exist', 'query ($on: Date) { policy(on: $on) { id } }', { on: '2026-02-30' }],
    ['of another type', 'query ($on: Date) { policy(on: $on) { id } }', { on: 7 }],
  ])('%s is INVALID_FORMAT, in the words of the reader', async (_, query, variables) => {
    expect(await refusal(query, variables)).toEqual({
      code: 'INVALID_FORMAT',
      message: 'Bentuknya tidak sesuai; yang diharapkan: YYYY-MM-DD.',
    });
    expect((await refusal(query, variables, 'en')).message).toBe(
      'Not in the right form; expected: YYYY-MM-DD.',
    );
  });

  test('deep in a variable is told with its place', async () => {
    const { errors } = await send(
      api.handler,
      hrAdmin,
      'mutation ($rows: [ImportUnitRow!]!) { importUnits(input: { rows: $rows }) { imported } }',
      { rows: [{ code: 'A', name: 'A', kind: 'A', headFrom: 'kapan at "x.y"; ' }] },
    );
    expect(errors).toMatchObject([
      {
        extensions: {
          code: 'INVALID_FORMAT',
          problems: [{ code: 'INVALID_FORMAT', path: ['0', 'headFrom'] }],
        },
      },
    ]);
  });

  test('is told from a value that GraphQL itself refuses', async () => {
    expect((await refusal('query ($n: Int!) { goals(first: $n) { nodes { id } } }', { n: 'x' })).code).toBe(
      'BAD_USER_INPUT',
    );
  });
});
