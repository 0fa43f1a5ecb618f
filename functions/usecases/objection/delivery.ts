import { isFinalResult } from '../../domain/evaluation/in-place.ts';
import type { Result } from '../../domain/evaluation/result.ts';
import { lastDayToObject, receivedOn } from '../../domain/objection/deadlines.ts';
import type { Receipt, ReceiptShard } from '../../domain/objection/receipt.ts';
import type { Period } from '../../domain/period/period.ts';
import type { Policy } from '../../domain/period/policy.ts';
import { attemptOf, baseRunOf } from '../../domain/period/run.ts';
import type { Instant, IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { policyOfRun } from '../result/policy-of-run.ts';

/** How the document of a published result came to the person, and what follows for an objection. */
export interface Delivery {
  readonly periodId: string;
  readonly staffId: string;
  /** The run whose result it is of. */
  readonly run: string;
  /** When the result was published, which delivers its document. */
  readonly deliveredAt: Instant;
  /** On record; null: nobody has acknowledged it. */
  readonly receipt: Stored<Receipt> | null;
  /** The day that counts: of the record, or deemed. */
  readonly receivedOn: IsoDate;
  /** Null: the result is final from the start. */
  readonly lastDayToObject: IsoDate | null;
  readonly policy: Policy;
}

/** Where the receipts of those lie who were evaluated with this person. */
export const receiptShardOf = ({ periodId, run, unitId, shard }: Result): ReceiptShard => ({
  periodId,
  attempt: attemptOf(run),
  unitId,
  shard,
});

/** The delivery of a published result. The clock is that of its close: a correction does not start it again. */
export async function deliveryOf({ store }: Deps, period: Period, result: Result): Promise<Delivery> {
  const base = baseRunOf(result.run);
  const [policy, receipt] = await Promise.all([
    policyOfRun(store, period, result.run),
    store.receipts.get(receiptShardOf(result), result.staffId),
  ]);
  // A period that is older than the record of its publications was published once.
  const deliveredAt = period.publications.find(({ run }) => run === base)?.at ?? period.publishedAt;
  if (policy === null || deliveredAt === null) throw new Error(`${period.id} ${base} was never published`);
  const received = receivedOn(deliveredAt, receipt?.recordedAt ?? null, policy);
  return {
    periodId: period.id,
    staffId: result.staffId,
    run: result.run,
    deliveredAt,
    receipt,
    receivedOn: received,
    lastDayToObject: isFinalResult(result) ? null : lastDayToObject(received, policy),
    policy,
  };
}

/** The same, of a result that somebody reads. */
export async function readDelivery(deps: Deps, result: Result): Promise<Delivery | null> {
  const period = await deps.store.periods.get(result.periodId);
  return period && deliveryOf(deps, period, result);
}
