import type { Instant } from './time.ts';

/** Who acted: a staff id with the role used, or SYSTEM for time and queues. */
export interface AuditActor {
  readonly id: string;
  readonly role: string;
}

/** One entry of an entity's trail. `hash` covers everything else, and `previousHash` chains it to the entry before. */
export interface AuditEntry {
  /** `<KIND>#<id>`, for example `PLAN#s-1:2026`. */
  readonly entity: string;
  /** 1, 2, 3 …: equals the entity's version after the change. */
  readonly sequence: number;
  readonly at: Instant;
  readonly actor: AuditActor;
  /** The operation, for example `agreePlan`. */
  readonly operation: string;
  readonly reason: string | null;
  /** The entity after the change, as canonical JSON; null when it was removed. */
  readonly after: string | null;
  /** Hex SHA-256; the first entry has 64 zeros. */
  readonly previousHash: string;
  readonly hash: string;
}

/**
 * JSON with the keys of every object in order and nothing undefined: the same value is the same text, and so has the same
 * hash, wherever it was built. @throws TypeError for what JSON cannot hold
 */
export const canonicalJson = (value: unknown): string => {
  const text = JSON.stringify(value, (_, part: unknown) => (isRecord(part) ? sortKeys(part) : part));
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sortKeys = (record: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
