import type { PlanAttachments, PlanExpectations } from './expectations.ts';
import type { WrittenLine } from './written-line.ts';

/** A template of plans for a job group, kept by HR and planners. */
export interface PlanTemplate {
  readonly id: string;
  readonly name: string;
  readonly jobGroup: string;
  readonly lines: readonly WrittenLine[];
  readonly expectations: PlanExpectations;
  readonly attachments: PlanAttachments;
  readonly retired: boolean;
  readonly version: number;
}

export const TEMPLATE_LIMITS = { name: 200, jobGroup: 60 } as const;
