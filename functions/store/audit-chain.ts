import { hash } from 'node:crypto';
import type { AuditEntry } from '../domain/audit.ts';
import { canonicalJson } from '../domain/canonical-json.ts';

/** What the first entry of a trail chains to. */
export const FIRST_PREVIOUS_HASH = '0'.repeat(64);

/** An entry with its hash: SHA-256 over the canonical JSON of everything else; a correlation id that is not there is left out. */
export const chainEntry = (entry: Omit<AuditEntry, 'hash'>): AuditEntry => ({
  ...entry,
  hash: hashOf(entry),
});

export const hashOf = ({
  entity,
  sequence,
  at,
  actor,
  operation,
  reason,
  correlationId,
  after,
  previousHash,
}: Omit<AuditEntry, 'hash'>): string =>
  hash(
    'sha256',
    canonicalJson({
      entity,
      sequence,
      at,
      actor: { id: actor.id, role: actor.role },
      operation,
      reason,
      correlationId: correlationId ?? undefined,
      after,
      previousHash,
    }),
  );
