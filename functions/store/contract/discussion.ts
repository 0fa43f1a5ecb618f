import type { PlanComment } from '../../domain/plan/discussion.ts';
import type { Page, PageRequest, Stored, Write } from './stored.ts';

export interface DiscussionStore {
  get(planId: string, commentId: string): Promise<Stored<PlanComment> | null>;
  /**
   * Comments in the order of time; of one thread (null: that of the plan as a whole), or of all, thread by thread.
   * @param lineId left out: all threads
   */
  list(planId: string, page: PageRequest, lineId?: string | null): Promise<Page<Stored<PlanComment>>>;
  save(before: Stored<PlanComment> | null, after: PlanComment): Write;
}
