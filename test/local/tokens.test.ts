import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTokenIssuer, type TokenIssuer } from '../../infra/local/tokens.ts';

let folder: string;
let issuer: TokenIssuer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinerja-'));
  issuer = await createTokenIssuer(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a token issuer with a data folder', () => {
  test('takes tokens from before a restart', async () => {
    const token = await issuer.mint({ username: 's-1' });

    const restarted = await createTokenIssuer(folder);

    expect(await restarted.verify(token)).toMatchObject({ username: 's-1' });
    expect((await stat(join(folder, 'token-key.json'))).mode & 0o077).toBe(0);
  });

  test.each([
    ['for another client', { client_id: 'other' }],
    ['that is an identity token', { token_use: 'id' }],
    ['of another issuer', { iss: 'https://cognito-idp.example/pool' }],
    ['without an end', { exp: undefined }],
    ['without a user name', { username: undefined }],
    ['that begins later', { nbf: Math.floor(Date.now() / 1000) + 600 }],
  ])('refuses a token signed with its key %s', async (_case, changes) => {
    const { privateKey } = JSON.parse(await readFile(join(folder, 'token-key.json'), 'utf8'));
    const claims = { ...decodeJwt(await issuer.mint({ username: 's-1' })), ...changes };
    const sign = (payload: object) =>
      importJWK(privateKey, 'RS256').then((key) =>
        new SignJWT({ ...payload }).setProtectedHeader({ alg: 'RS256', kid: 'local' }).sign(key),
      );

    expect(await issuer.verify(await sign(claims))).toBeNull();
    const untouched = decodeJwt(await issuer.mint({ username: 's-1' }));
    expect(await issuer.verify(await sign(untouched))).not.toBeNull();
  });
});
