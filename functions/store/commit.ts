import { hash, randomUUID } from 'node:crypto';
import { type AttributeValue, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type Problem, problem, Rejection } from '../domain/problem.ts';
import { chainEntry, FIRST_PREVIOUS_HASH } from './audit-chain.ts';
import { backOff } from './backoff.ts';
import { pack } from './codec.ts';
import type { Write } from './contract/stored.ts';
import {
  auditKey,
  closingIn,
  GATE_COUNT,
  idempotencyKey,
  type Key,
  periodGateKey,
  yearsGateKey,
} from './keys.ts';
import type { Intent, Replay } from './store.ts';
import { getItem, type Table } from './table.ts';
import {
  type Action,
  type Gate,
  isAccompanying,
  isPrepared,
  type OldItem,
  type PreparedWrite,
} from './write.ts';

/** The intent's idempotency key was committed before, by another call: `replay` says what that call wrote. */
export class IdempotentReplay extends Error {
  override readonly name = 'IdempotentReplay';
  readonly replay: Replay;

  constructor(replay: Replay) {
    super('the idempotency key was committed before');
    this.replay = replay;
  }
}

/** A commit that the table refused: `writes[i]` is the position of the write that `problems[i]` is about, null: all of them. */
export class CommitRejection extends Rejection {
  readonly writes: readonly (number | null)[];

  constructor(refusals: readonly { readonly problem: Problem; readonly write: number | null }[]) {
    super(refusals.map((refusal) => refusal.problem));
    this.writes = refusals.map((refusal) => refusal.write);
  }
}

/** A commit that can never succeed as it is asked for: a mistake of the program, not of its user. */
export class MalformedCommitError extends Error {
  override readonly name = 'MalformedCommitError';
}

/** Limit of TransactWriteItems. */
export const MAX_ACTIONS = 100;
/** Attempts against conflicts and throttling, beside the SDK's own. */
const ATTEMPTS = 8;
/** Bytes of an entity in store, of the 400 KB that an item may have with its keys. */
const LARGEST_BODY = 380_000;
const IDEMPOTENCY_DAYS = 7;

/** In place of the actor in the audit entry of what is anonymous. */
const ANONYMOUS = 'anonymous';

interface Transaction {
  readonly token: string;
  readonly actions: readonly (Action & { readonly write: number | null })[];
  /** Key of the audit entry that carries the token. */
  readonly marker: Key;
  readonly idempotency: { readonly position: number } | null;
}

/**
 * Writes everything or nothing in one transaction; see Store.commit.
 *
 * A repetition of the same transaction (the SDK's after a lost answer, or ours after a conflict) is known by DynamoDB for ten
 * minutes by its token, and by us for ever by the token that its first audit entry keeps.
 */
export async function commit(table: Table, intent: Intent, writes: readonly Write[]): Promise<void> {
  const transaction = assemble(table, intent, writes);
  for (let attempt = 0; ; attempt += 1) {
    try {
      await table.client.send(
        new TransactWriteCommand({
          TransactItems: transaction.actions.map(({ item }) => item),
          ClientRequestToken: transaction.token,
        }),
      );
      return;
    } catch (error) {
      const verdict = judge(error, transaction);
      if (verdict.kind === 'UNEXPECTED') throw error;
      if (verdict.kind === 'REFUSED') {
        if (verdict.own) return;
        // Not every failed condition need be reported, so a repetition looks for its own mark.
        if ((attempt > 0 || attemptsOf(error) > 1) && (await tookEffect(table, transaction))) return;
        throw verdict.error;
      }
      if (attempt + 1 === ATTEMPTS) throw new Rejection([problem('BUSY')], { cause: error });
      await backOff(attempt);
    }
  }
}

function assemble(table: Table, intent: Intent, writes: readonly Write[]): Transaction {
  const token = randomUUID();
  const prepared = writes.filter(isPrepared);
  if (!writes.every((write) => isPrepared(write) || isAccompanying(write)))
    throw new MalformedCommitError('a write that no store made');
  if (prepared.length === 0) throw new MalformedCommitError('nothing to write');

  const actions: (Action & { readonly write: number | null })[] = [];
  const byKey = new Map<string, Action>();
  const add = (action: Action, write: number | null): void => {
    const key = JSON.stringify([action.key.pk, action.key.sk]);
    const earlier = byKey.get(key);
    if (earlier !== undefined) {
      if (action.shared !== undefined && action.shared === earlier.shared) return;
      throw new MalformedCommitError(`two writes of one commit change the same item (${kindOf(action.key)})`);
    }
    byKey.set(key, action);
    actions.push({ ...action, write });
  };

  let marker: Transaction['marker'] | undefined;
  writes.forEach((write, position) => {
    if (isAccompanying(write)) for (const action of write.actions(intent.at)) add(action, position);
    if (!isPrepared(write)) return;
    const { save } = write;
    const entry = chainEntry({
      entity: save.audit,
      sequence: save.versionBefore + 1,
      at: save.anonymousAt ?? intent.at,
      actor: {
        id: save.anonymousAt === undefined ? intent.actor.id : ANONYMOUS,
        role: intent.actor.role,
      },
      operation: intent.operation,
      reason: intent.reason,
      correlationId: save.anonymousAt === undefined ? (intent.correlationId ?? null) : null,
      after: save.text,
      previousHash: save.hashBefore ?? FIRST_PREVIOUS_HASH,
    });
    const body = pack(save.text);
    if (body.length > LARGEST_BODY)
      throw new CommitRejection([{ problem: problem('TOO_LONG'), write: position }]);
    add(entityAction(table, write, body, entry.hash), position);
    const key = auditKey(save.audit, entry.sequence);
    const first = marker === undefined;
    marker ??= key;
    const { entity: _entity, sequence: _sequence, after: _after, actor, correlationId, ...rest } = entry;
    add(
      {
        key,
        item: {
          Put: {
            TableName: table.name,
            Item: {
              ...key,
              ...rest,
              actorId: actor.id,
              actorRole: actor.role,
              ...(correlationId !== null && { correlationId }),
              after: body,
              of: save.key,
              ...(first && { token: traceOf(token, key) }),
            },
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        refusal: () => null,
      },
      position,
    );
    for (const action of write.companions({ auditHash: entry.hash, at: intent.at })) add(action, position);
  });
  if (marker === undefined) throw new MalformedCommitError('nothing to write');

  for (const action of gateActions(table, intent, prepared)) add(action, null);

  let idempotency: Transaction['idempotency'] = null;
  if (intent.idempotency !== null) {
    idempotency = { position: actions.length };
    add(idempotencyAction(table, intent, intent.idempotency, token), null);
  }
  if (actions.length > MAX_ACTIONS) {
    throw new MalformedCommitError(`${actions.length} items in a transaction; DynamoDB takes ${MAX_ACTIONS}`);
  }
  return { token, actions, marker, idempotency };
}

function entityAction(
  table: Table,
  { save }: PreparedWrite,
  body: string | Uint8Array,
  auditHash: string,
): Action {
  const isNew = save.versionBefore === 0;
  return {
    key: save.key,
    item: {
      Put: {
        TableName: table.name,
        Item: { ...save.key, ...save.attributes, version: save.versionBefore + 1, auditHash, body },
        ...(isNew
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :version AND auditHash = :auditHash',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':version': save.versionBefore, ':auditHash': save.hashBefore },
            }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: (old) => (isNew ? save.ifPresent(old) : conflict(old)),
  };
}

/** Somebody changed it meanwhile; `version` is the one that is there now. */
export const conflict = (old: OldItem | null): Problem =>
  problem('CONFLICT', '', old?.version == null ? {} : { version: old.version });

/**
 * Gates that the writes need, each once: a transaction needs one gate of a period, for all are flipped in one. Which of
 * them follows from what is written, so that those who write at the same time spread over all.
 */
function gateActions(table: Table, intent: Intent, writes: readonly PreparedWrite[]): Action[] {
  const gates = new Map<string, PeriodGate>();
  const years = new Set<number>();
  for (const gate of writes.flatMap((write) => write.gates)) {
    if (gate.kind === 'OPEN') gates.set(gate.periodId, gate);
    else if (gate.kind === 'NOT_SHUT') {
      if (!gates.has(gate.periodId)) gates.set(gate.periodId, gate);
    } else {
      const last = gate.kind === 'YEAR' ? gate.year : Math.max(gate.year, Number(intent.at.slice(0, 4)));
      for (let year = gate.year; year <= last; year += 1) years.add(year);
    }
  }
  const number = gateNumber(writes[0]?.save.audit ?? '');
  return [
    ...[...gates.values()].map((gate) => periodGateAction(table, gate, number)),
    ...(years.size === 0 ? [] : [yearsGateAction(table, [...years].sort(), number)]),
  ];
}

type PeriodGate = Extract<Gate, { readonly periodId: string }>;

function periodGateAction(table: Table, gate: PeriodGate, number: number): Action {
  const key = periodGateKey(gate.periodId, number);
  return {
    key,
    item: {
      ConditionCheck: {
        TableName: table.name,
        Key: key,
        ConditionExpression:
          gate.kind === 'OPEN' ? '#open = :true' : 'attribute_not_exists(pk) OR #open = :true',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':true': true },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: (old) =>
      problem(old === null ? 'PERIOD_NOT_OPEN' : 'PERIOD_CLOSED', '', { period: gate.periodId }),
  };
}

/** One item holds all years, so that a stay that began long ago costs no more than one of today. */
function yearsGateAction(table: Table, years: readonly number[], number: number): Action {
  const key = yearsGateKey(number);
  return {
    key,
    item: {
      ConditionCheck: {
        TableName: table.name,
        Key: key,
        ConditionExpression: years.map((year) => `attribute_not_exists(${closingIn(year)})`).join(' AND '),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: (old) => {
      const closing = old?.closing.find((period) => years.includes(Number(period.slice(0, 4))));
      return problem('PERIOD_CLOSED', '', closing === undefined ? {} : { period: closing });
    },
  };
}

/** The same gate for the same text, and all gates alike often: FNV-1a, its bits mixed once more. */
export function gateNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) % GATE_COUNT;
}

function idempotencyAction(
  table: Table,
  { actor, at }: Intent,
  { key: given, inputHash, ref }: NonNullable<Intent['idempotency']>,
  token: string,
): Action {
  const key = idempotencyKey(actor.id, given);
  const expiresAt = Math.floor(Date.parse(at) / 1_000) + IDEMPOTENCY_DAYS * 86_400;
  return {
    key,
    item: {
      Put: {
        TableName: table.name,
        Item: { ...key, inputHash, ref, token: traceOf(token, key), expiresAt },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: () => null,
  };
}

type Verdict =
  | { readonly kind: 'UNEXPECTED' }
  | { readonly kind: 'TRY_AGAIN' }
  | { readonly kind: 'REFUSED'; readonly error: Error; readonly own: boolean };

const CONTENTION: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'TransactionInProgressException',
  'ThrottlingError',
  'ThrottlingException',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);

function judge(error: unknown, { token, actions, idempotency }: Transaction): Verdict {
  if (!(error instanceof TransactionCanceledException)) {
    return { kind: error instanceof Error && CONTENTION.has(error.name) ? 'TRY_AGAIN' : 'UNEXPECTED' };
  }
  const reasons = error.CancellationReasons ?? [];
  const failed = reasons.flatMap(({ Code, Item }, position) =>
    Code === 'ConditionalCheckFailed' ? [{ position, old: readOld(Item) }] : [],
  );
  if (failed.length === 0) {
    return { kind: reasons.some(({ Code = '' }) => CONTENTION.has(Code)) ? 'TRY_AGAIN' : 'UNEXPECTED' };
  }
  const own = failed.some(({ position, old }) => {
    const key = actions[position]?.key;
    return key !== undefined && old?.token != null && old.token === traceOf(token, key);
  });
  const refuse = (refusal: Error): Verdict => ({ kind: 'REFUSED', error: refusal, own });

  const replay = failed.find(({ position }) => position === idempotency?.position)?.old?.replay ?? null;
  if (replay !== null) return refuse(new IdempotentReplay(replay));
  const refusals = failed.flatMap(({ position, old }) => {
    const action = actions[position];
    const refusal = action?.refusal(old) ?? null;
    return refusal === null ? [] : [{ problem: refusal, write: action?.write ?? null }];
  });
  if (refusals.length > 0) return refuse(new CommitRejection(refusals));
  return refuse(new Error('an audit trail is ahead of its entity', { cause: error }));
}

/** Whether this very transaction was carried out by an earlier attempt whose answer was lost. */
async function tookEffect(table: Table, { token, marker }: Transaction): Promise<boolean> {
  const item = await getItem(table, marker);
  return item?.['token'] === traceOf(token, marker);
}

/** What a transaction leaves in an item to know it again; another in each, so that it does not lead from one to the other. */
const traceOf = (token: string, { pk, sk }: Key): string => hash('sha256', JSON.stringify([token, pk, sk]));

/** How often the SDK sent the request. */
const attemptsOf = (error: unknown): number =>
  error instanceof TransactionCanceledException ? (error.$metadata.attempts ?? 1) : 1;

function readOld(item: Record<string, AttributeValue> | undefined): OldItem | null {
  if (item === undefined) return null;
  const version = item['version']?.N;
  const inputHash = item['inputHash']?.S;
  const ref = item['ref']?.S;
  return {
    version: version === undefined ? null : Number(version),
    token: item['token']?.S ?? null,
    open: item['open']?.BOOL ?? null,
    closing: Object.values(item).flatMap(({ SS = [] }) => SS),
    replay: inputHash === undefined || ref === undefined ? null : { inputHash, ref },
  };
}

/** What kind of item a key addresses, without the ids in it. */
const kindOf = ({ pk, sk }: Key): string => `${pk.split('#')[0]} / ${sk.split('#')[0]}`;
