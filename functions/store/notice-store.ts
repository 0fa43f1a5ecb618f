import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../domain/in-parallel.ts';
import type { Audience, NewNotice } from '../domain/notice/notice.ts';
import type { Instant } from '../domain/time.ts';
import { getItems } from './batch-get.ts';
import { MalformedCommitError } from './commit.ts';
import type { NoticeKey, NoticeStore, StoredNotice } from './contract/notices.ts';
import type { Page } from './contract/stored.ts';
import { mailKey, newestFirst, noticeKey, noticeMarksKey, noticePartition, noticePrefix } from './keys.ts';
import { named, taskItem, valued } from './mail-store.ts';
import { NOTICE_SECONDS_KEPT, noticeItem, positionOf, readNotice } from './notice-item.ts';
import { getItem, type Item, queryList, type Table } from './table.ts';
import { type Action, accompany } from './write.ts';

/** Marks that are let go of when there are more than so many: what they are about has expired. */
const MANY_MARKS = 500;
const CONCURRENCY = 10;

export function noticeStore(table: Table): NoticeStore {
  return {
    add: (notice) =>
      accompany((at) => notice.to.flatMap((audience) => told(table, notice, audience, notice.at ?? at))),
    put: async (notice) => {
      for (const audience of notice.to) {
        if (audience.kind === 'PERSON') throw new MalformedCommitError('a person is told in a transaction');
        try {
          await table.client.send(
            new PutCommand({
              TableName: table.name,
              Item: noticeItem(notice, audience, notice.at),
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
            (item) => readNotice(audience, item),
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
        return item === undefined ? null : readNotice(audience, item);
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

/** A notice with what mails it to a person. */
function told(table: Table, notice: NewNotice, audience: Audience, at: Instant): Action[] {
  const put = putOnce(table, noticeItem(notice, audience, at));
  if (audience.kind !== 'PERSON') return [put];
  const task = { owner: audience.staffId, notice: { audience, position: positionOf(notice, at) }, due: at };
  const key = mailKey(task.owner, task.notice.position);
  return [put, putOnce(table, { ...key, ...taskItem({ ...task, failures: 0 }) })];
}

/** Writes an item, or leaves the one that is there as it is: a condition would take the whole transaction with it. */
function putOnce(table: Table, { pk, sk, ...attributes }: Item): Action {
  const key = { pk: String(pk), sk: String(sk) };
  const names = Object.keys(attributes);
  return {
    key,
    item: {
      Update: {
        TableName: table.name,
        Key: key,
        UpdateExpression: `SET ${names.map((name) => `#${name} = if_not_exists(#${name}, :${name})`).join(', ')}`,
        ExpressionAttributeNames: named(attributes),
        ExpressionAttributeValues: valued(attributes),
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
  const oldest = newestFirst(new Date(Date.parse(at) - NOTICE_SECONDS_KEPT * 1_000).toISOString());
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
