import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Problem } from '../domain/problem.ts';
import type { Instant } from '../domain/time.ts';
import type { Write } from './contract/stored.ts';
import type { Key } from './keys.ts';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** What a failed condition returned of the item: only what problems are told from. */
export interface OldItem {
  readonly version: number | null;
  readonly token: string | null;
  readonly open: boolean | null;
  /** Ids of the periods that a gate of the years names. */
  readonly closing: readonly string[];
  readonly replay: { readonly inputHash: string; readonly ref: string } | null;
}

/** One item of a transaction, and what it means when its condition fails (null: another item of the write says it). */
export interface Action {
  readonly key: Key;
  readonly item: TransactItem;
  readonly refusal: (old: OldItem | null) => Problem | null;
  /** Several writes of one transaction may ask for the same action: it is done once. */
  readonly shared?: string;
}

/** The item of an entity, versioned and audited. */
export interface EntitySave {
  /** Name in the audit trail. */
  readonly audit: string;
  readonly key: Key;
  /** 0: the entity is new. */
  readonly versionBefore: number;
  /** Head of its audit chain before; null when it is new. */
  readonly hashBefore: string | null;
  /** Canonical JSON after the change. */
  readonly text: string;
  /** Attributes beside key, body, version and audit hash: index keys and what conditions look at. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Its audit entry names nobody and gives this in place of the time. */
  readonly anonymousAt?: Instant;
  /** What it means when a new entity is there already. */
  readonly ifPresent: (old: OldItem | null) => Problem;
}

/** What must hold still in the transaction, read from gate items. */
export type Gate =
  /** The period takes ratings: its gates exist and are open. */
  | { readonly kind: 'OPEN'; readonly periodId: string }
  /** The period, if it has ever been opened, is open. */
  | { readonly kind: 'NOT_SHUT'; readonly periodId: string }
  /** No period of the year is being closed. */
  | { readonly kind: 'YEAR'; readonly year: number }
  /** No period of that year or a later one, up to the year of the commit, is being closed. */
  | { readonly kind: 'YEARS_FROM'; readonly year: number };

/** What a store prepares: one entity with all that must be written and checked with it. */
export interface PreparedWrite extends Write {
  readonly save: EntitySave;
  /** The other items of the write, given the entity's audit hash and the time of the commit. */
  readonly companions: (context: { readonly auditHash: string; readonly at: Instant }) => readonly Action[];
  readonly gates: readonly Gate[];
}

export const prepare = (
  save: EntitySave,
  companions: PreparedWrite['companions'] = () => [],
  gates: readonly Gate[] = [],
): Write => {
  const write: PreparedWrite = { kind: 'write', save, companions, gates };
  return write;
};

export const isPrepared = (write: Write): write is PreparedWrite => 'save' in write;

/** Items that go along with the entities of a transaction: neither versioned nor audited, and never alone. */
export interface AccompanyingWrite extends Write {
  readonly actions: (at: Instant) => readonly Action[];
}

export const accompany = (actions: AccompanyingWrite['actions']): Write => {
  const write: AccompanyingWrite = { kind: 'write', actions };
  return write;
};

export const isAccompanying = (write: Write): write is AccompanyingWrite => 'actions' in write;
