import * as z from 'zod/mini';
import type { Attendance } from '../../domain/allowance/attendance.ts';

export const attendance: z.ZodMiniType<Attendance> = z.object({
  staffId: z.string(),
  month: z.string().check(z.regex(/^\d{4}-\d{2}$/)),
  workingDays: z.int(),
  absentDays: z.int(),
  lostMinutes: z.int(),
  version: z.int(),
});
