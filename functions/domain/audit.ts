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
  /**
   * Leads to the request or the workflow in the logs. Null in an entry that names nobody, for the log would help to find out
   * who it was, and in those of before this was kept.
   */
  readonly correlationId: string | null;
  /** The entity after the change, as canonical JSON; null when it was removed. */
  readonly after: string | null;
  /** Hex SHA-256; the first entry has 64 zeros. */
  readonly previousHash: string;
  readonly hash: string;
}
