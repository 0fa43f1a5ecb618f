import type { UnitAssessment } from '../../domain/evaluation/unit-assessment.ts';
import type { Stored, Write } from './stored.ts';

export interface UnitAssessmentStore {
  get(periodId: string, unitId: string): Promise<Stored<UnitAssessment> | null>;
  /** One request a 100, in order. */
  getMany(
    keys: readonly { readonly periodId: string; readonly unitId: string }[],
  ): Promise<readonly (Stored<UnitAssessment> | null)[]>;
  /** Refused with PERIOD_CLOSED, or PERIOD_NOT_OPEN, when the period does not take decisions. */
  save(before: Stored<UnitAssessment> | null, after: UnitAssessment): Write;
}
