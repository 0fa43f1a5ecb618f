import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json.ts';
import { type Audience, type NewNotice, NOTICE_DAYS } from '../domain/notice/notice.ts';
import type { Instant } from '../domain/time.ts';
import { check, hotShape, readBody } from './codec.ts';
import type { StoredNotice } from './contract/notices.ts';
import { mailingsPartition, newestFirst, noticeKey, noticePrefix } from './keys.ts';
import { notice as schema } from './schemas/notice.ts';
import type { Item } from './table.ts';

const PATTERN = 'INBOX# / NOTICE#';
const shape = hotShape(schema);
export const NOTICE_SECONDS_KEPT = NOTICE_DAYS * 86_400;

/** The same occasion has the same id, so that what is written twice is one notice. */
export function positionOf({ kind, refs, occasion = '' }: NewNotice, at: Instant): string {
  const id = createHash('sha256')
    .update(canonicalJson([kind, refs, String(occasion)]))
    .digest('hex');
  return `${newestFirst(at)}#${id.slice(0, 24)}`;
}

/** A notice's item. What many are told stands on the list of what is to be mailed to each of them. */
export function noticeItem(notice: NewNotice, audience: Audience, at: Instant): Item {
  const position = positionOf(notice, at);
  const toMany = audience.kind !== 'PERSON';
  return {
    ...noticeKey(audience, position),
    body: canonicalJson(check(PATTERN, schema, { kind: notice.kind, refs: notice.refs })),
    at,
    expiresAt: Math.floor(Date.parse(at) / 1_000) + NOTICE_SECONDS_KEPT,
    ...(toMany && { of: audience, gsi1pk: mailingsPartition, gsi1sk: position }),
  };
}

export function readNotice(audience: Audience, item: Item): StoredNotice {
  const readAt = item['readAt'];
  return {
    ...readBody(PATTERN, shape, item['body']),
    audience,
    at: String(item['at']),
    position: String(item['sk']).slice(noticePrefix.length),
    readAt: typeof readAt === 'string' ? readAt : null,
  };
}
