import type { WorkCollection } from '../../domain/organisation/staff.ts';

/** A value as read: `auditHash` is the head of its audit chain, needed to save the next version. */
export type Stored<T> = T & { readonly auditHash: string };

/** A part of a transaction, made by the stores below; its inside is the store's own. */
export interface Write {
  readonly kind: 'write';
}

/** A page of a list; `position` of an item asks for what comes after it. */
export interface PageRequest {
  readonly first: number;
  readonly after: string | null;
}

export interface Page<T> {
  readonly items: readonly { readonly value: T; readonly position: string }[];
  readonly hasMore: boolean;
}

/** Where a plan lives: a work collection in a year (see `homeOf` in domain/organisation/staff.ts; a unit's agreement: shard 0). */
export interface WorkAddress {
  readonly collection: WorkCollection;
  readonly year: number;
}
