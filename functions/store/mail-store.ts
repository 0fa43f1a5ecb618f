import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../domain/in-parallel.ts';
import {
  AUDIENCE_ROLES,
  type Audience,
  MAIL_DAYS,
  type NoticePreferences,
  oldestMailed,
} from '../domain/notice/notice.ts';
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
const SECONDS_KEPT = MAIL_DAYS * 86_400;
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
            // DynamoDB deletes what has expired some days late.
            { index: 'gsi1', pk: mailListPartition(list), from: oldestMailed(now), to: now },
            { first: most, after: null },
            readTask,
          ),
        ),
      );
      return pages.flatMap(({ items }) => items.map(({ value }) => value));
    },
    claim: async (tasks, now) => {
      const until = new Date(Date.parse(now) + CLAIM_MILLISECONDS).toISOString();
      const taken = await updateTogether(
        table,
        tasks.map((task) => ({
          Key: keyOf(task),
          UpdateExpression: 'SET claimedUntil = :until',
          // The list is read from an index: the task may have ended, or been taken, since.
          ConditionExpression:
            'attribute_exists(gsi1pk) AND attribute_not_exists(ended) AND (attribute_not_exists(claimedUntil) OR claimedUntil < :now)',
          ExpressionAttributeValues: { ':until': until, ':now': now },
        })),
      );
      return tasks.filter((_, at) => taken[at]);
    },
    schedule: (tasks) =>
      inParallel(Map.groupBy(tasks, ({ owner }) => owner).values(), CONCURRENCY, async (ofOne) => {
        await updateTogether(table, ofOne.map(scheduling));
      }),
    end: async (tasks) => {
      await updateTogether(
        table,
        tasks.map((task) => ({
          Key: keyOf(task),
          UpdateExpression: 'SET ended = :true REMOVE gsi1pk, gsi1sk, claimedUntil',
          ExpressionAttributeValues: { ':true': true },
        })),
      );
    },
    mailings: async () =>
      (await queryAll(table, { index: 'gsi1', pk: mailingsPartition })).map((item) => {
        const audience = readAudience(item);
        const cursor = item['mailCursor'];
        return { notice: readNotice(audience, item), cursor: typeof cursor === 'string' ? cursor : null };
      }),
    advance: async (mailing, cursor) => {
      await update(table, {
        Key: keyOfMailing(mailing),
        UpdateExpression: 'SET mailCursor = :cursor',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':cursor': cursor },
      });
    },
    endMailing: async (mailing) => {
      await update(table, {
        Key: keyOfMailing(mailing),
        UpdateExpression: 'REMOVE gsi1pk, gsi1sk, mailCursor',
      });
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

/** Puts a task on the lists, unless it was sent: that is not sent again because somebody puts it on the list again. */
function scheduling(task: MailTask): Change {
  const attributes = taskItem(task);
  const sets = Object.keys(attributes).map((name) => `#${name} = :${name}`);
  return {
    Key: keyOf(task),
    UpdateExpression: `SET ${sets.join(', ')} REMOVE claimedUntil`,
    ConditionExpression: 'attribute_not_exists(ended)',
    ExpressionAttributeNames: named(attributes),
    ExpressionAttributeValues: valued(attributes),
  };
}

/** An update of one item. */
interface Change {
  readonly Key: Key;
  readonly UpdateExpression: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

/** @returns whether the condition held */
async function update(table: Table, change: Change): Promise<boolean> {
  try {
    await table.client.send(new UpdateCommand({ TableName: table.name, ...change }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Up to a hundred updates in one transaction, without those whose condition fails. @returns whether each one's held */
async function updateTogether(table: Table, changes: readonly Change[]): Promise<readonly boolean[]> {
  const [first, ...others] = changes;
  if (first !== undefined && others.length === 0) return [await update(table, first)];
  let left = changes;
  while (left.length > 0) {
    try {
      const TransactItems = left.map((change) => ({ Update: { TableName: table.name, ...change } }));
      await table.client.send(new TransactWriteCommand({ TransactItems }));
      break;
    } catch (error) {
      const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
      const held = left.filter((_, at) => reasons[at]?.Code !== 'ConditionalCheckFailed');
      if (held.length === left.length) throw error;
      left = held;
    }
  }
  return changes.map((change) => left.includes(change));
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
  const role = of.kind === 'ROLE' && 'role' in of && AUDIENCE_ROLES.find((each) => each === of.role);
  if (role) return { kind: 'ROLE', role };
  return { kind: 'EVERYBODY' };
}
