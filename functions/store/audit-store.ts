import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditEntry } from '../domain/audit.ts';
import { FIRST_PREVIOUS_HASH, hashOf } from './audit-chain.ts';
import { type Body, readBody, readText, StoredItemError, unpack } from './codec.ts';
import type { WorkAddress } from './contract/stored.ts';
import {
  auditCheckpointKey,
  auditedKey,
  auditedWork,
  auditName,
  auditPartition,
  type Key,
  trailExpected,
  workPartition,
} from './keys.ts';
import { assessorRating } from './schemas.ts';
import type { AuditStore } from './store.ts';
import { getItem, type Item, queryAll, queryList, queryPages, type Table } from './table.ts';

const PATTERN = 'AUDIT# / sequence';

export function auditStore(table: Table): AuditStore {
  return {
    entries: (entity, page) =>
      queryList(table, { pk: auditPartition(entity) }, page, (item) => readEntry(entity, item)),
    assessorRatings: async (periodId, staffId) => {
      const entity = auditName.assessorRating(periodId, staffId);
      const entries = (await queryAll(table, { pk: auditPartition(entity) })).map((item) =>
        readEntry(entity, item),
      );
      return entries.map((entry) => ({ entry, rating: readBody(PATTERN, assessorRating, entry.after) }));
    },
    expected: trailExpected,
    workOf: auditedWork,
    nameOf: auditName,
    checkpoint: async () => {
      const item = await getItem(table, auditCheckpointKey);
      const text = (name: string) => (typeof item?.[name] === 'string' ? item[name] : null);
      return { round: Number(item?.['round'] ?? 1), station: text('station'), trail: text('trail') };
    },
    saveCheckpoint: async (checkpoint) => {
      await table.client.send(
        new PutCommand({ TableName: table.name, Item: { ...auditCheckpointKey, ...checkpoint } }),
      );
    },
    isUnreadable: (error) => error instanceof StoredItemError,
    verify: async (entity, address = null) => {
      let entries = 0;
      let brokenAt: number | null = null;
      let previousHash = FIRST_PREVIOUS_HASH;
      let last: Item | undefined;
      for await (const page of queryPages(table, { pk: auditPartition(entity) })) {
        for (const item of page) {
          entries += 1;
          last = item;
          if (brokenAt !== null) continue;
          if (follows(entity, item, entries, previousHash)) previousHash = String(item['hash']);
          else brokenAt = entries;
        }
      }
      if (brokenAt === null && !(await endsAtEntity(table, entity, last, address))) brokenAt = entries + 1;
      return { entries, brokenAt };
    },
  };
}

/** Whether an item is the entry with that number, unchanged, after the one with that hash. */
export function follows(entity: string, item: Item, sequence: number, previousHash: string): boolean {
  try {
    const entry = readEntry(entity, item);
    return entry.sequence === sequence && entry.previousHash === previousHash && entry.hash === hashOf(entry);
  } catch (error) {
    if (error instanceof StoredItemError) return false;
    throw error;
  }
}

/**
 * Whether the entity itself says that this entry is its last, and holds what the entry says: else the end was cut off, or the
 * entity changed past its trail. Without any entry: whether there is no such entity either, as far as its name tells where.
 */
async function endsAtEntity(
  table: Table,
  entity: string,
  last: Item | undefined,
  address: WorkAddress | null,
): Promise<boolean> {
  const key = keyOf(entity, last, address);
  if (key === null) return last === undefined;
  // Read after its entries: when it has changed meanwhile, the next entry has been written with it.
  const item = await getItem(table, key);
  if (item === undefined || last === undefined) return item === last;
  if (Number(item['version']) > Number(last['sk'])) {
    return (await getItem(table, { pk: String(last['pk']), sk: nextSort(last) })) !== undefined;
  }
  if (item['auditHash'] !== last['hash']) return false;
  try {
    return textOf(item['body']) === textOf(last['after']);
  } catch (error) {
    if (error instanceof StoredItemError) return false;
    throw error;
  }
}

/** The partition of a year's work is taken from the entry, which must not point to an item of another kind, else from outside. */
export function keyOf(entity: string, last: Item | undefined, address: WorkAddress | null): Key | null {
  const key = auditedKey(entity);
  if (key === null) return null;
  if (key.pk !== null) return { pk: key.pk, sk: key.sk };
  if (last === undefined) return address && { pk: workPartition(address), sk: key.sk };
  const of = last['of'];
  return typeof of === 'object' && of !== null && 'pk' in of ? { pk: String(of.pk), sk: key.sk } : null;
}

const nextSort = (item: Item): string => {
  const sort = String(item['sk']);
  return String(Number(sort) + 1).padStart(sort.length, '0');
};

export function textOf(body: unknown): string {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) throw new StoredItemError(PATTERN, 'after');
  try {
    return unpack(body satisfies Body);
  } catch {
    throw new StoredItemError(PATTERN, 'after cannot be unpacked');
  }
}

function readEntry(entity: string, item: Item): AuditEntry {
  const text = (name: string) => readText(PATTERN, item, name);
  return {
    entity,
    sequence: Number(text('sk')),
    at: text('at'),
    actor: { id: text('actorId'), role: text('actorRole') },
    operation: text('operation'),
    reason: item['reason'] === null ? null : text('reason'),
    correlationId: item['correlationId'] === undefined ? null : text('correlationId'),
    after: item['after'] === null ? null : textOf(item['after']),
    previousHash: text('previousHash'),
    hash: text('hash'),
  };
}
