import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../domain/in-parallel.ts';
import type { Audience, NoticePreferences } from '../domain/notice/notice.ts';
import { problem } from '../domain/problem.ts';
import type { Instant } from '../domain/time.ts';
import { getItems } from './batch-get.ts';
import { entityCodec, readText } from './codec.ts';
import { gateNumber } from './commit.ts';
import type { Mailing, MailStore, MailTask } from './contract/mails.ts';
import type { NoticeKey } from './contract/notices.ts';
import {
  auditName,
  type Key,
  MAIL_LISTS,
  mailingsPartition,
  mailKey,
  mailListPartition,
  mailSort,
  noticeKey,
  noticePreferencesKey,
} from './keys.ts';
import { readNotice } from './notice-item.ts';
import { noticePreferences as schema } from './schemas/notice.ts';
import { type Item, queryAll, queryList, type Table } from './table.ts';
import { prepare } from './write.ts';

const PATTERN = 'INBOX# / MAIL#';
const CONCURRENCY = 10;
/** What could not be mailed for so long is old news. */
const SECONDS_KEPT = 14 * 86_400;
/** A sender that was killed keeps what it took for so long. */
const CLAIM_MILLISECONDS = 10 * 60_000;
const codec = entityCodec<NoticePreferences>('INBOX# / PREFERENCES', schema);

export function mailStore(table: Table): MailStore {
  return {
    due: async (now, most) => {
      const lists = Array.from({ length: MAIL_LISTS }, (_, list) => list);
      const pages = await Promise.all(
        lists.map((list) =>
          queryList(
            table,
            { index: 'gsi1', pk: mailListPartition(list), to: now },
            { first: most, after: null },
            readTask,
          ),
        ),
      );
      return pages.flatMap(({ items }) => items.map(({ value }) => value));
    },
    claim: async (task, now) => {
      const until = new Date(Date.parse(now) + CLAIM_MILLISECONDS).toISOString();
      return update(table, keyOf(task), {
        UpdateExpression: 'SET claimedUntil = :until',
        // The list is read from an index: the task may have ended, or been taken, since.
        ConditionExpression:
          'attribute_exists(gsi1pk) AND attribute_not_exists(ended) AND (attribute_not_exists(claimedUntil) OR claimedUntil < :now)',
        ExpressionAttributeValues: { ':until': until, ':now': now },
      });
    },
    schedule: (tasks) =>
      inParallel(tasks, CONCURRENCY, async (task) => {
        const attributes = taskItem(task);
        await update(table, keyOf(task), {
          UpdateExpression: `SET ${Object.keys(attributes)
            .map((name) => `#${name} = :${name}`)
            .join(', ')} REMOVE claimedUntil`,
          // What was sent once is not sent again because somebody puts it on the list again.
          ConditionExpression: 'attribute_not_exists(ended)',
          ExpressionAttributeNames: named(attributes),
          ExpressionAttributeValues: valued(attributes),
        });
      }),
    end: async (task) => {
      await update(table, keyOf(task), {
        UpdateExpression: 'SET ended = :true REMOVE gsi1pk, gsi1sk, claimedUntil',
        ExpressionAttributeValues: { ':true': true },
      });
    },
    mailings: async () =>
      (await queryAll(table, { index: 'gsi1', pk: mailingsPartition })).map((item) => {
        const audience = readAudience(item);
        const cursor = item['mailCursor'];
        return { notice: readNotice(audience, item), cursor: typeof cursor === 'string' ? cursor : null };
      }),
    advance: async (mailing, cursor) => {
      await update(table, keyOfMailing(mailing), {
        UpdateExpression: 'SET mailCursor = :cursor',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':cursor': cursor },
      });
    },
    endMailing: async (mailing) => {
      await update(table, keyOfMailing(mailing), { UpdateExpression: 'REMOVE gsi1pk, gsi1sk, mailCursor' });
    },
    preferences: async (owners) =>
      (await getItems(table, owners.map(noticePreferencesKey))).map((item) =>
        item === undefined ? null : codec.read(item),
      ),
    savePreferences: (before, after) =>
      prepare({
        audit: auditName.noticePreferences(after.owner),
        key: noticePreferencesKey(after.owner),
        ...codec.change(before, after),
        attributes: {},
        ifPresent: () => problem('CONFLICT'),
      }),
  };
}

/** What lies in the item of a task, beside its key. */
export function taskItem({ owner, notice, due, failures }: MailTask): Item {
  return {
    owner,
    of: notice.audience,
    position: notice.position,
    failures,
    due,
    gsi1pk: mailListPartition(gateNumber(owner) % MAIL_LISTS),
    gsi1sk: mailSort(due, owner, notice.position),
    expiresAt: Math.floor(Date.parse(due) / 1_000) + SECONDS_KEPT,
  };
}

const keyOf = ({ owner, notice }: MailTask): Key => mailKey(owner, notice.position);
const keyOfMailing = ({ notice }: Mailing): Key => noticeKey(notice.audience, notice.position);

export const named = (attributes: Item): Record<string, string> =>
  Object.fromEntries(Object.keys(attributes).map((name) => [`#${name}`, name]));
export const valued = (attributes: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`:${name}`, value]));

/** @returns whether the condition held */
async function update(
  table: Table,
  key: Key,
  change: Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName' | 'Key'>,
): Promise<boolean> {
  try {
    await table.client.send(new UpdateCommand({ TableName: table.name, Key: key, ...change }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function readTask(item: Item): MailTask {
  const notice: NoticeKey = { audience: readAudience(item), position: readText(PATTERN, item, 'position') };
  const due: Instant = readText(PATTERN, item, 'due');
  return { owner: readText(PATTERN, item, 'owner'), notice, due, failures: Number(item['failures'] ?? 0) };
}

function readAudience(item: Item): Audience {
  const of: unknown = item['of'];
  if (typeof of !== 'object' || of === null || !('kind' in of)) return { kind: 'EVERYBODY' };
  if (of.kind === 'PERSON' && 'staffId' in of) return { kind: 'PERSON', staffId: String(of.staffId) };
  if ((of.kind === 'UNIT' || of.kind === 'UNIT_ALONE') && 'unitId' in of)
    return { kind: of.kind, unitId: String(of.unitId) };
  return { kind: 'EVERYBODY' };
}
