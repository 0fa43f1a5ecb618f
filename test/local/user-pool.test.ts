import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCognitoRoles } from '../../functions/mail/cognito-roles.ts';
import type { LoopbackServer } from '../../infra/local/loopback-server.ts';
import { type PoolUser, startUserPool, USER_POOL_ID } from '../../infra/local/user-pool.ts';

let users: readonly PoolUser[] = [];
let pool: LoopbackServer;
let client: CognitoIdentityProviderClient;
beforeAll(async () => {
  pool = await startUserPool(() => users);
  client = new CognitoIdentityProviderClient({
    endpoint: pool.url,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await pool.close();
});

test('whoever is in the group of a role has it, however many pages they are', async () => {
  users = Array.from({ length: 150 }, (_, at) => ({
    username: `s-${at}`,
    groups: at % 3 === 0 ? ['planner'] : ['hr_admin', 'auditor'],
  }));
  const { holdersOf } = createCognitoRoles(USER_POOL_ID, client);
  const namesOf = (group: string) =>
    users.filter(({ groups }) => groups.includes(group)).map(({ username }) => username);
  expect(await holdersOf('HR_ADMIN')).toEqual(namesOf('hr_admin'));
  expect(await holdersOf('PLANNER')).toEqual(namesOf('planner'));
  expect(await holdersOf('AUDITOR')).toHaveLength(100);
  users = [];
  expect(await holdersOf('AUDITOR')).toEqual([]);
});

test('whose account is disabled has no role', async () => {
  const disabling = new CognitoIdentityProviderClient({ region: 'local' });
  disabling.middlewareStack.add(
    () => async () => ({
      response: {},
      output: {
        $metadata: {},
        Users: [{ Username: 'a', Enabled: false }, { Username: 'b', Enabled: true }, {}],
      },
    }),
    { step: 'initialize', priority: 'high' },
  );
  expect(await createCognitoRoles(USER_POOL_ID, disabling).holdersOf('PLANNER')).toEqual(['b']);
});

test('another pool, or a pool that cannot answer, is an error and not an empty role', async () => {
  await expect(createCognitoRoles('other', client).holdersOf('PLANNER')).rejects.toThrow();
});
