import type { Instant } from '../time.ts';
import type { PlanAttachments, PlanExpectations } from './expectations.ts';
import type { PlanSide } from './plan.ts';
import type { WrittenLine } from './written-line.ts';

/**
 * What one side of a dialogue writes before it proposes it: as incomplete as it likes, seen by nobody else, and gone once it
 * is proposed or discarded.
 */
export interface PlanDraft {
  readonly planId: string;
  readonly side: PlanSide;
  readonly lines: readonly WrittenLine[];
  readonly equalWeights: boolean;
  /** Null: as they stand. */
  readonly expectations: PlanExpectations | null;
  readonly attachments: PlanAttachments | null;
  /** Why a plan in force is to be amended; null where nothing is said yet. */
  readonly reason: string | null;
  readonly savedAt: Instant;
  /** False once it was proposed or discarded. */
  readonly open: boolean;
  readonly version: number;
}
