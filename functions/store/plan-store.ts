import { canonicalJson } from '../domain/canonical-json.ts';
import { changedTakeoverMonths } from '../domain/feedback/takeover.ts';
import { periodsCovering } from '../domain/period/span.ts';
import { changedMonths, type Plan, type PlanContent, type ProposalState } from '../domain/plan/plan.ts';
import { problem } from '../domain/problem.ts';
import { getItems, nameOf } from './batch-get.ts';
import { linkActions } from './cascade-store.ts';
import { bodyAlone, entityCodec, pack, readBody } from './codec.ts';
import { auditName, planKey, planPrefix, revisionKey, revisionPrefix, workPartition } from './keys.ts';
import * as schemas from './schemas.ts';
import type { PlanStore } from './store.ts';
import { getItem, type Item, queryAll, type Table } from './table.ts';
import { type Action, type Gate, prepare } from './write.ts';

const codec = entityCodec<Plan>('WORK# / PLAN#', schemas.plan);
const REVISION = 'PLAN# / REVISION#';

/** States of a proposal that waits for somebody's answer. */
const WAITING: readonly ProposalState[] = ['PROPOSED', 'CHANGES_REQUESTED'];
/** The attribute `proposal` tells the state without unpacking the plan; plans of earlier releases do not have it. */
const mayWait = ({ proposal }: Item): boolean =>
  proposal === undefined || WAITING.some((state) => state === proposal);
/** So many plans of one collection are found sooner among all of it. */
const MANY_OF_COLLECTION = 50;

export function planStore(table: Table): PlanStore {
  return {
    get: async (address, planId) => {
      const item = await getItem(table, planKey(address, planId));
      return item === undefined ? null : codec.read(item);
    },
    getMany: async (of) =>
      (
        await getItems(
          table,
          of.map(({ address, planId }) => planKey(address, planId)),
        )
      ).map((item) => (item === undefined ? null : codec.read(item))),
    awaitingAnswer: async (of) => {
      const keys = of.map(({ address, planId }) => planKey(address, planId));
      const collections = [...Map.groupBy(keys, ({ pk }) => pk)];
      const many = collections.filter(([, wanted]) => wanted.length >= MANY_OF_COLLECTION);
      const few = collections.filter(([, wanted]) => wanted.length < MANY_OF_COLLECTION);
      const [single, ...whole] = await Promise.all([
        getItems(
          table,
          few.flatMap(([, wanted]) => wanted),
        ),
        ...many.map(([pk]) =>
          queryAll(table, {
            pk,
            prefix: planPrefix,
            filter: {
              expression: 'attribute_not_exists(#proposal) OR #proposal IN (:proposed, :changes)',
              names: { '#proposal': 'proposal' },
              values: { ':proposed': 'PROPOSED', ':changes': 'CHANGES_REQUESTED' },
            },
          }),
        ),
      ]);
      const found = new Map(
        [...single, ...whole.flat()].flatMap((item) =>
          item === undefined || !mayWait(item)
            ? []
            : [[nameOf({ pk: String(item['pk']), sk: String(item['sk']) }), item]],
        ),
      );
      return keys.map((key) => {
        const item = found.get(nameOf(key));
        const plan = item === undefined ? null : codec.read(item);
        return plan !== null && WAITING.some((state) => state === plan.proposalState) ? plan : null;
      });
    },
    ofCollection: async (address) =>
      (await queryAll(table, { pk: workPartition(address), prefix: planPrefix, attributes: bodyAlone })).map(
        codec.readValue,
      ),
    revisions: async (planId) =>
      (await queryAll(table, { pk: revisionKey(planId, 0).pk, prefix: revisionPrefix })).map((item) =>
        readBody(REVISION, schemas.planContent, item['body']),
      ),
    save: (address, before, after) => {
      const agreed = after.agreed;
      const isNewlyAgreed = agreed !== null && agreed.revision !== before?.agreed?.revision;
      return prepare(
        {
          audit: auditName.plan(after.id),
          key: planKey(address, after.id),
          ...codec.change(before, after),
          attributes: { proposal: after.proposalState ?? 'NONE' },
          ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
        },
        () =>
          isNewlyAgreed ? [putRevision(table, after.id, agreed), ...linkActions(table, before, after)] : [],
        [
          { kind: 'YEAR', year: after.year },
          ...(isNewlyAgreed ? gatesOf(before?.agreed ?? null, agreed, after) : []),
          ...takeoverGatesOf(before, after),
        ],
      );
    },
  };
}

/**
 * The year's gate holds while a period is being closed. A period that closed between the reading of its state and this commit
 * is no longer closing by then, so the months whose targets an amendment changes have their own gates checked with it.
 */
const gatesOf = (before: PlanContent | null, agreed: PlanContent, { year }: Plan): Gate[] =>
  before === null
    ? []
    : changedMonths(before, agreed)
        .flatMap((month) => periodsCovering(`${year}-${month}`))
        .map((periodId) => ({ kind: 'NOT_SHUT', periodId }));

/** The same for the months in which a line is taken from the person, or given back. */
const takeoverGatesOf = (before: Plan | null, { year, takeovers = [] }: Plan): Gate[] =>
  changedTakeoverMonths(year, before?.takeovers ?? [], takeovers)
    .flatMap((month) => periodsCovering(`${year}-${month}`))
    .map((periodId) => ({ kind: 'NOT_SHUT', periodId }));

/** An agreed revision is written once and never changes. */
function putRevision(table: Table, planId: string, content: PlanContent): Action {
  const key = revisionKey(planId, content.revision);
  return {
    key,
    item: {
      Put: {
        TableName: table.name,
        Item: { ...key, body: pack(canonicalJson(content)) },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: () => problem('ALREADY_EXISTS', 'revision', { id: content.revision }),
  };
}
