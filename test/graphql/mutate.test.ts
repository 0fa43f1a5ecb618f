import { expect, test } from 'vitest';
import { reject } from '../../functions/domain/problem.ts';
import type { GraphQLContext } from '../../functions/graphql/context.ts';
import { mutate } from '../../functions/graphql/mutate.ts';

const context = { locale: 'en' } as GraphQLContext;
const stale = async (): Promise<string> => {
  throw reject('CONFLICT', 'version', { version: 2 });
};
const payload = (entity: string | null) => ({ entity });

test.each([
  ['as it is now', async () => 'now', 'now'],
  [
    'not at all, when it may not be read',
    async () => {
      throw reject('FORBIDDEN');
    },
    null,
  ],
])('a stale edit is answered with the entity %s', async (_, current, entity) => {
  expect(await mutate(context, stale, payload, current)).toMatchObject({
    entity,
    userErrors: [{ code: 'CONFLICT' }],
  });
});

test('a failure to read it stays a failure', async () => {
  const broken = async () => {
    throw new Error('table');
  };
  await expect(mutate(context, stale, payload, broken)).rejects.toThrow('table');
});
