import type { Instant, IsoDate } from '../time.ts';

/**
 * That a person received the evaluation document of a close (tanda terima): acknowledged by the person, or handed over on
 * paper and recorded by the personnel office with the proof of it.
 */
export interface Receipt {
  readonly periodId: string;
  /** The attempt of the close that the document is of. */
  readonly attempt: number;
  readonly staffId: string;
  /** Where the person was evaluated. */
  readonly unitId: string;
  readonly shard: number;
  /** By acknowledgement or on paper; the time to object counts from `recordedAt` (`receivedOn` in deadlines.ts). */
  readonly receivedOn: IsoDate;
  readonly recordedAt: Instant;
  readonly by: 'SELF' | 'HR_ADMIN';
  /** What shows it, for example the number of the signed list; null where the person acknowledged. */
  readonly proof: string | null;
  readonly version: number;
}

/** Where receipts lie: a part of a unit's staff, as evaluated. */
export type ReceiptShard = Pick<Receipt, 'periodId' | 'attempt' | 'unitId' | 'shard'>;
