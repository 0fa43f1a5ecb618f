import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Page, PageRequest, Stored, Write } from './stored.ts';

export interface FollowUpKey {
  readonly staffId: string;
  readonly periodId: string;
  readonly id: string;
}

export interface FollowUpStore {
  get(key: FollowUpKey): Promise<Stored<FollowUp> | null>;
  /** In order; one request a 100. */
  getMany(keys: readonly FollowUpKey[]): Promise<readonly (Stored<FollowUp> | null)[]>;
  /** A person's ledger, by period. */
  ofStaff(staffId: string, page: PageRequest): Promise<Page<Stored<FollowUp>>>;
  /** Everything of a person, for the rules that look back: a few a year. */
  allOfStaff(staffId: string): Promise<readonly Stored<FollowUp>[]>;
  /** Of a period, of one unit or of all, unit by unit. */
  ofPeriod(periodId: string, unitId: string | null, page: PageRequest): Promise<Page<Stored<FollowUp>>>;
  /** Being served, with a last day from one day to another, the earliest first. */
  servedUntil(from: IsoDate, to: IsoDate, page: PageRequest): Promise<Page<Stored<FollowUp>>>;
  /**
   * Proposals, and measures whose last day was before a day, that wait for the leaders of people who served in a unit; null: for the
   * personnel office. As of a moment ago.
   */
  waiting(unitId: string | null, before: IsoDate, page: PageRequest): Promise<Page<Stored<FollowUp>>>;
  /** ALREADY_EXISTS where a rule has proposed it before. */
  save(before: Stored<FollowUp> | null, after: FollowUp): Write;
}
