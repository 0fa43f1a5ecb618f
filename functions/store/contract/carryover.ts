import type { Carryover } from '../../domain/evaluation/carryover.ts';
import type { AssessorRating } from '../../domain/rating/rating.ts';
import type { Stored, WorkAddress, Write } from './stored.ts';

export interface CarryoverStore {
  get(address: WorkAddress, periodId: string, staffId: string): Promise<Stored<Carryover> | null>;
  ofCollection(address: WorkAddress, periodId: string): Promise<readonly Stored<Carryover>[]>;
  /**
   * Refused with PERIOD_CLOSED, or PERIOD_NOT_OPEN, when the period takes no ratings, and with CONFLICT when the assessor's rating is
   * no longer the one that was read (null: none).
   */
  save(
    address: WorkAddress,
    before: Stored<Carryover> | null,
    after: Carryover,
    rating: Stored<AssessorRating> | null,
  ): Write;
}
