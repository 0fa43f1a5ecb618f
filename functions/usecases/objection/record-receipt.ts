import type { Actor, Operation } from '../../domain/access-policy.ts';
import { localDay } from '../../domain/objection/deadlines.ts';
import type { Receipt } from '../../domain/objection/receipt.ts';
import { reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise, type Capacity } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { requireDisinterested } from '../interest.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { type Delivery, deliveryOf, receiptShardOf } from './delivery.ts';

export interface AcknowledgeResult {
  readonly periodId: string;
  readonly idempotencyKey?: string | null | undefined;
}

export interface RecordReceipt extends AcknowledgeResult {
  readonly staffId: string;
  readonly receivedOn: IsoDate;
  readonly proof: string;
}

/**
 * The person acknowledges the evaluation document today (terima), which starts the time to object; what is on record already
 * stays. @throws Rejection NOT_FOUND without a result, WRONG_STATE while the period is open again, FORBIDDEN
 */
export const acknowledgeResult = (deps: Deps, actor: Actor, input: AcknowledgeResult): Promise<Delivery> => {
  const { periodId } = input;
  const staffId = actor.staffId ?? '';
  return perform(
    deps,
    { actor, operation: 'acknowledgeResult', input },
    () => authoriseFor(deps, actor, 'Mutation.acknowledgeResult', staffId),
    async (as) => {
      const found = await findDelivery(deps, periodId, staffId);
      const writes =
        found.delivery.receipt === null
          ? [receiptOf(deps, found, { receivedOn: todayIn(deps, found), by: 'SELF', proof: null })]
          : [];
      return { as, ref: refOf(periodId, staffId), writes };
    },
    answer(deps),
  );
};

/**
 * The personnel office records that the document was handed over on paper, with what proves it. The time to object counts from the
 * day of the entry, on which the person is told: earlier than without, never later and never in the past [D]. The assessor does
 * not record it, nor who is led by the person.
 * @throws Rejection FORBIDDEN, ALREADY_EXISTS, OUT_OF_RANGE for a day before the publication or to come, REQUIRED, NOT_FOUND, WRONG_STATE
 */
export const recordReceipt = (deps: Deps, actor: Actor, input: RecordReceipt): Promise<Delivery> =>
  perform(
    deps,
    { actor, operation: 'recordReceipt', input },
    async () => {
      const { staffId } = input;
      const as = await authoriseFor(deps, actor, 'Mutation.recordReceipt', staffId);
      await requireDisinterested(deps, actor, [staffId], 'staffId');
      return as;
    },
    async (as) => {
      const { periodId, staffId } = input;
      const found = await findDelivery(deps, periodId, staffId);
      if (actor.staffId !== null && actor.staffId === found.result.assessorId)
        throw reject('FORBIDDEN', 'staffId');
      const { receipt, deliveredAt, policy } = found.delivery;
      if (receipt !== null) throw reject('ALREADY_EXISTS', 'staffId', { id: staffId });
      const check = checkInput();
      const proof = check.line('proof', input.proof, LENGTHS.name);
      const [minimum, maximum] = [localDay(deliveredAt, policy), todayIn(deps, found)];
      if (input.receivedOn < minimum || input.receivedOn > maximum) {
        check.add('OUT_OF_RANGE', 'receivedOn', { minimum, maximum });
      }
      check.done();
      const save = receiptOf(deps, found, { receivedOn: input.receivedOn, by: 'HR_ADMIN', proof });
      const told = notify(deps, {
        kind: 'DOCUMENT_DELIVERED',
        to: person(staffId),
        refs: { periodId },
        occasion: found.result.run,
      });
      return { as, ref: refOf(periodId, staffId), writes: [save, ...told] };
    },
    answer(deps),
  );

async function authoriseFor(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  staffId: string,
): Promise<Capacity> {
  const staff = await deps.store.staff.get(staffId);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  return authorise(deps, actor, operation, { staff });
}

type Found = Awaited<ReturnType<typeof findDelivery>>;

async function findDelivery(deps: Deps, periodId: string, staffId: string) {
  const period = await deps.store.periods.get(periodId);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  if ((period.state !== 'PUBLISHED' && period.state !== 'FINAL') || period.publishedRun === null) {
    throw reject('WRONG_STATE', 'periodId', { period: periodId, state: period.state });
  }
  const result = await deps.store.results.get(periodId, period.publishedRun, staffId);
  if (result === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  return { result, delivery: await deliveryOf(deps, period, result) };
}

const todayIn = ({ now }: Deps, { delivery }: Found): IsoDate => localDay(now(), delivery.policy);

const receiptOf = (
  { store, now }: Deps,
  { result }: Found,
  said: Pick<Receipt, 'receivedOn' | 'by' | 'proof'>,
) =>
  store.receipts.save(null, {
    ...receiptShardOf(result),
    staffId: result.staffId,
    ...said,
    recordedAt: now(),
    version: 0,
  });

const refOf = (periodId: string, staffId: string): string => `${periodId}\n${staffId}`;

const answer =
  (deps: Deps) =>
  async (ref: string): Promise<Delivery> => {
    const [periodId = '', staffId = ''] = ref.split('\n');
    return (await findDelivery(deps, periodId, staffId)).delivery;
  };
