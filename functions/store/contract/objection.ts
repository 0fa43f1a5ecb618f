import type { Objection, ObjectionState } from '../../domain/objection/objection.ts';
import type { Receipt, ReceiptShard } from '../../domain/objection/receipt.ts';
import type { Verdict } from '../../domain/objection/verdict.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Page, PageRequest, Stored, WorkAddress, Write } from './stored.ts';

/** What the objections to one close come to, in one item that filing, deciding, correcting, reopening and finalising meet in. */
export interface ObjectionRegister {
  /** Staff whose objection is open, by id. */
  readonly open: readonly string[];
  /** Staff whose result was changed by a decision that no published run holds yet, by id. */
  readonly decided: readonly string[];
  /** Whether nothing can be filed or decided any more: the period is final or was opened again. */
  readonly closed: boolean;
}

export interface ObjectionStore {
  get(id: string): Promise<Stored<Objection> | null>;
  /** One request a 100, in order. */
  getMany(ids: readonly string[]): Promise<readonly (Stored<Objection> | null)[]>;
  /** A person's, by period. */
  ofStaff(staffId: string, page: PageRequest): Promise<Page<Stored<Objection>>>;
  /** Of a period, by state and time of filing; of one state, or of all. */
  ofPeriod(
    periodId: string,
    state: ObjectionState | null,
    page: PageRequest,
  ): Promise<Page<Stored<Objection>>>;
  /** Open ones that somebody has to decide (null: the personnel office), the most urgent first. */
  toDecide(deciderId: string | null, page: PageRequest): Promise<Page<Stored<Objection>>>;
  /** Those that wait for an assessor's explanation, the most urgent first. */
  toExplain(assessorId: string, page: PageRequest): Promise<Page<Stored<Objection>>>;
  /**
   * Saves with the register of the period. CONFLICT when the register has been closed meanwhile, except for one that is
   * SUPERSEDED by that.
   */
  save(before: Stored<Objection> | null, after: Objection): Write;
  register(periodId: string, attempt: number): Promise<ObjectionRegister>;

  verdict(address: WorkAddress, periodId: string, staffId: string): Promise<Stored<Verdict> | null>;
  verdictsOfCollection(address: WorkAddress, periodId: string): Promise<readonly Stored<Verdict>[]>;
  /** Refused with PERIOD_CLOSED while a period of the year is being closed (retry later). */
  saveVerdict(address: WorkAddress, before: Stored<Verdict> | null, after: Verdict): Write;
}

export interface ReceiptStore {
  get(shard: ReceiptShard, staffId: string): Promise<Stored<Receipt> | null>;
  getMany(
    of: readonly { readonly shard: ReceiptShard; readonly staffId: string }[],
  ): Promise<readonly (Stored<Receipt> | null)[]>;
  /** Who of a shard has received the document and when; by staff id. */
  ofShard(shard: ReceiptShard): Promise<ReadonlyMap<string, IsoDate>>;
  save(before: Stored<Receipt> | null, after: Receipt): Write;
}
