import type { Attendance } from '../../domain/allowance/attendance.ts';
import type { Month } from '../../domain/time.ts';
import type { Stored, Write } from './stored.ts';

export interface AttendanceKey {
  readonly staffId: string;
  readonly month: Month;
}

export interface AttendanceStore {
  /** One request a 100, in order; null where nothing has been imported. */
  getMany(keys: readonly AttendanceKey[]): Promise<readonly (Stored<Attendance> | null)[]>;
  save(before: Stored<Attendance> | null, after: Attendance): Write;
}
