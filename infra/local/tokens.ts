import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';

const ALGORITHM = 'RS256';
const KEY_ID = 'local';
const DEFAULT_LIFETIME_SECONDS = 12 * 3600;

export interface TokenRequest {
  /** The staff id that the token stands for, never a NIP. */
  readonly username: string;
  /** Cognito groups: `hr_admin`, `planner`, `auditor`; none for a plain staff member. */
  readonly groups?: readonly string[];
  /** 12 hours if left out. */
  readonly lifetimeSeconds?: number;
}

/** Stands where Cognito stands in the cloud. Its tokens are good for this runtime only. */
export interface TokenIssuer {
  readonly issuer: string;
  readonly clientId: string;
  /** An access token shaped like Cognito's. */
  mint(request: TokenRequest): Promise<string>;
  /** The claims of a good access token; null for every other text. */
  verify(token: string): Promise<JWTPayload | null>;
}

/** Makes an issuer with a new key; in a data folder the key is kept there, so that tokens outlive a restart. */
export async function createTokenIssuer(dataDir?: string): Promise<TokenIssuer> {
  const keys = dataDir === undefined ? await generateKeys() : await readOrCreateKeys(dataDir);
  const privateKey = await importJWK(keys.privateKey, ALGORITHM);
  const publicKey = await importJWK(keys.publicKey, ALGORITHM);
  // The domain .invalid belongs to nobody (RFC 2606): no real service can ever take these tokens for its own.
  const issuer = 'https://issuer.kinerja.invalid/local';
  const clientId = 'kinerja-local';
  return {
    issuer,
    clientId,
    mint: ({ username, groups = [], lifetimeSeconds = DEFAULT_LIFETIME_SECONDS }) => {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        client_id: clientId,
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin',
        auth_time: now,
        username,
        // Cognito leaves the claim out for a user without groups.
        ...(groups.length > 0 && { 'cognito:groups': [...groups] }),
      })
        .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID })
        .setSubject(username)
        .setIssuer(issuer)
        .setIssuedAt(now)
        .setExpirationTime(now + lifetimeSeconds)
        .setJti(randomUUID())
        .sign(privateKey);
    },
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: [ALGORITHM],
          issuer,
          requiredClaims: ['exp', 'sub', 'username'],
        });
        const isOurs = payload['client_id'] === clientId && payload['token_use'] === 'access';
        return isOurs && typeof payload['username'] === 'string' ? payload : null;
      } catch {
        return null;
      }
    },
  };
}

interface KeyPair {
  readonly privateKey: JsonWebKey;
  readonly publicKey: JsonWebKey;
}
type JsonWebKey = Awaited<ReturnType<typeof exportJWK>>;

async function generateKeys(): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return { privateKey: await exportJWK(privateKey), publicKey: await exportJWK(publicKey) };
}

async function readOrCreateKeys(dataDir: string): Promise<KeyPair> {
  const file = join(dataDir, 'token-key.json');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const keys = await generateKeys();
  await writeFile(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}
