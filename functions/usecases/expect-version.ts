import { reject } from '../domain/problem.ts';

/**
 * Refuses a change of something that was changed since its reader saw it; who knows of nothing must find nothing.
 * @param expected the version that the client read; null or undefined: the client knows of nothing stored
 * @throws Rejection CONFLICT with the version now
 */
export function expectVersion(
  stored: { readonly version: number } | null,
  expected: number | null | undefined,
): void {
  if ((stored?.version ?? null) !== (expected ?? null)) {
    throw reject('CONFLICT', 'version', stored === null ? {} : { version: stored.version });
  }
}
