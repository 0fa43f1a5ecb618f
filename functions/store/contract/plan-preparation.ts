import type { PlanDraft } from '../../domain/plan/draft.ts';
import type { PlanSide } from '../../domain/plan/plan.ts';
import type { PlanTemplate } from '../../domain/plan/template.ts';
import type { Page, PageRequest, Stored, Write } from './stored.ts';

export interface DraftStore {
  /** The draft of one side, closed ones included. */
  get(planId: string, side: PlanSide): Promise<Stored<PlanDraft> | null>;
  save(before: Stored<PlanDraft> | null, after: PlanDraft): Write;
}

export interface TemplateStore {
  get(id: string): Promise<Stored<PlanTemplate> | null>;
  /** By job group and name; of one job group, or of all (null). Retired ones included. */
  list(jobGroup: string | null, page: PageRequest): Promise<Page<Stored<PlanTemplate>>>;
  save(before: Stored<PlanTemplate> | null, after: PlanTemplate): Write;
}
