import type { Feedback } from '../../domain/feedback/feedback.ts';
import type { GuidanceKind, GuidanceNote } from '../../domain/feedback/guidance.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Page, PageRequest, Stored, Write } from './stored.ts';

export interface FeedbackStore {
  get(id: string): Promise<Stored<Feedback> | null>;
  /** On a person, the latest day first; within a day in no order that tells anything. Only days `from` to `to`, where given. */
  ofStaff(
    staffId: string,
    page: PageRequest,
    days?: { readonly from: IsoDate; readonly to: IsoDate },
  ): Promise<Page<Stored<Feedback>>>;
  /** What an account has written or recorded, the latest day first. */
  byAuthor(authorId: string, page: PageRequest): Promise<Page<Stored<Feedback>>>;
  save(before: Stored<Feedback> | null, after: Feedback): Write;
}

export interface GuidanceStore {
  get(id: string): Promise<Stored<GuidanceNote> | null>;
  /** Notes of one kind on a person, the latest day first. */
  ofStaff(staffId: string, kind: GuidanceKind, page: PageRequest): Promise<Page<Stored<GuidanceNote>>>;
  /**
   * Notes on people who served in a unit when they were written, of which nobody has said what came of them, and whose day to look
   * again is `until` at the latest: the earliest first; as of a moment ago.
   */
  open(unitId: string, until: IsoDate, page: PageRequest): Promise<Page<Stored<GuidanceNote>>>;
  save(before: Stored<GuidanceNote> | null, after: GuidanceNote): Write;
}
