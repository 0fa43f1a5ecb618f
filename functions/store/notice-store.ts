import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { canonicalJson } from '../domain/canonical-json.ts';
import { type Audience, type NewNotice, NOTICE_DAYS } from '../domain/notice/notice.ts';
import type { Instant } from '../domain/time.ts';
import { inParallel } from './batch.ts';
import { getItems } from './batch-get.ts';
import { check, readBody } from './codec.ts';
import type { NoticeKey, NoticeStore, StoredNotice } from './contract/notices.ts';
import { newestFirst, noticeKey, noticeMarksKey, noticePartition, noticePrefix } from './keys.ts';
import { notice as schema } from './schemas/notice.ts';
import type { Page } from './store.ts';
import { getItem, type Item, queryList, type Table } from './table.ts';
import { type Action, accompany } from './write.ts';

const PATTERN = 'INBOX# / NOTICE#';
const SECONDS_KEPT = NOTICE_DAYS * 86_400;
/** Marks that are let go of when there are more than so many: what they are about has expired. */
const MANY_MARKS = 500;
const CONCURRENCY = 10;

export function noticeStore(table: Table): NoticeStore {
  return {
    add: (notice) =>
      accompany((at) => notice.to.map((audience) => putOnce(table, notice, audience, notice.at ?? at))),
    put: async (notice) => {
      for (const audience of notice.to) {
        try {
          await table.client.send(
            new PutCommand({
              TableName: table.name,
              Item: itemOf(notice, audience, notice.at),
              ConditionExpression: 'attribute_not_exists(pk)',
            }),
          );
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
        }
      }
    },
    page: async (audiences, { first, after }, since) => {
      const pages = await Promise.all(
        audiences.map((audience) =>
          queryList(
            table,
            {
              pk: noticePartition(audience),
              // Never before the prefix, and further than it only as far as `since`.
              from: noticePrefix,
              to: noticePrefix + newestFirst(since),
              after: after && noticePrefix + after,
            },
            { first, after },
            (item) => read(audience, item),
          ),
        ),
      );
      return merge(pages, first);
    },
    getMany: async (keys) => {
      const items = await getItems(
        table,
        keys.map(({ audience, position }) => noticeKey(audience, position)),
      );
      return keys.map(({ audience }, at) => {
        const item = items[at];
        return item === undefined ? null : read(audience, item);
      });
    },
    marks: async (owner) => {
      const item = await getItem(table, noticeMarksKey(owner));
      const readUpTo = item?.['readUpTo'];
      const positions = item?.['read'];
      return {
        readUpTo: typeof readUpTo === 'string' ? readUpTo : null,
        read: positions instanceof Set ? positions : new Set(),
      };
    },
    markRead: async (owner, keys, at) => {
      const shared = keys.filter(({ audience }) => audience.kind !== 'PERSON');
      const own = keys.filter(({ audience }) => audience.kind === 'PERSON');
      await inParallel(own, CONCURRENCY, (key) => markOwn(table, key, at));
      if (shared.length > 0) await markShared(table, owner, shared, at);
    },
    markAllRead: async (owner, upTo) => {
      try {
        await table.client.send(
          new UpdateCommand({
            TableName: table.name,
            Key: noticeMarksKey(owner),
            UpdateExpression: 'SET readUpTo = :upTo',
            ConditionExpression: 'attribute_not_exists(readUpTo) OR readUpTo < :upTo',
            ExpressionAttributeValues: { ':upTo': upTo },
          }),
        );
      } catch (error) {
        // Read further already.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}

/** The newest of several lists that are each newest first. */
function merge(pages: readonly Page<StoredNotice>[], first: number): Page<StoredNotice> {
  const items = pages
    .flatMap((page) => page.items)
    .sort((a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : 0));
  return {
    items: items.slice(0, first),
    hasMore: items.length > first || pages.some(({ hasMore }) => hasMore),
  };
}

/** The same occasion has the same id, so that what is written twice is one notice. */
function positionOf({ kind, refs, occasion = '' }: NewNotice, at: Instant): string {
  const id = createHash('sha256')
    .update(canonicalJson([kind, refs, String(occasion)]))
    .digest('hex');
  return `${newestFirst(at)}#${id.slice(0, 24)}`;
}

function itemOf(notice: NewNotice, audience: Audience, at: Instant): Item {
  return {
    ...noticeKey(audience, positionOf(notice, at)),
    body: canonicalJson(check(PATTERN, schema, { kind: notice.kind, refs: notice.refs })),
    at,
    expiresAt: Math.floor(Date.parse(at) / 1_000) + SECONDS_KEPT,
  };
}

/** Writes a notice, or leaves the one that is there as it is: a condition would take the whole transaction with it. */
function putOnce(table: Table, notice: NewNotice, audience: Audience, at: Instant): Action {
  const { pk, sk, ...attributes } = itemOf(notice, audience, at);
  const key = { pk: String(pk), sk: String(sk) };
  const names = Object.keys(attributes);
  return {
    key,
    item: {
      Update: {
        TableName: table.name,
        Key: key,
        UpdateExpression: `SET ${names.map((name) => `#${name} = if_not_exists(#${name}, :${name})`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]])),
      },
    },
    refusal: () => null,
    shared: 'notice',
  };
}

async function markOwn(table: Table, { audience, position }: NoticeKey, at: Instant): Promise<void> {
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: noticeKey(audience, position),
        UpdateExpression: 'SET readAt = if_not_exists(readAt, :at)',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':at': at },
      }),
    );
  } catch (error) {
    // It has expired.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

async function markShared(
  table: Table,
  owner: string,
  keys: readonly NoticeKey[],
  at: Instant,
): Promise<void> {
  const positions = keys.map(({ position }) => position);
  const { Attributes: after } = await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: noticeMarksKey(owner),
      UpdateExpression: 'ADD #read :positions',
      ExpressionAttributeNames: { '#read': 'read' },
      ExpressionAttributeValues: { ':positions': new Set(positions) },
      ReturnValues: 'ALL_NEW',
    }),
  );
  const marks: unknown = after?.['read'];
  if (!(marks instanceof Set) || marks.size <= MANY_MARKS) return;
  const oldest = newestFirst(new Date(Date.parse(at) - SECONDS_KEPT * 1_000).toISOString());
  const expired = [...marks].filter((position) => String(position) > oldest);
  if (expired.length === 0) return;
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: noticeMarksKey(owner),
      UpdateExpression: 'DELETE #read :expired',
      ExpressionAttributeNames: { '#read': 'read' },
      ExpressionAttributeValues: { ':expired': new Set(expired) },
    }),
  );
}

function read(audience: Audience, item: Item): StoredNotice {
  const readAt = item['readAt'];
  return {
    ...readBody(PATTERN, schema, item['body']),
    audience,
    at: String(item['at']),
    position: String(item['sk']).slice(noticePrefix.length),
    readAt: typeof readAt === 'string' ? readAt : null,
  };
}
