import type { PersonProgress, UnitProgress } from '../../domain/progress/unit-progress.ts';

export interface ProgressStore {
  /** Of every unit that has been looked at in a year; some hundred bytes each. */
  ofYear(year: number): Promise<readonly UnitProgress[]>;
  unit(year: number, unitId: string): Promise<UnitProgress | null>;
  /** The unit's own staff by id, as of the same look; empty before the first. */
  people(year: number, unitId: string): Promise<readonly PersonProgress[]>;
  /** Both in one transaction, in place of the look before. Derived from what is audited, it has no trail of its own. */
  put(progress: UnitProgress, people: readonly PersonProgress[]): Promise<void>;
}
