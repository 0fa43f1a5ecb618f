import * as z from 'zod/mini';
import type { Attendance } from '../../domain/allowance/attendance.ts';
import { month, type Shape, shape, text, whole } from './forms.ts';

export const attendance: Shape<Attendance> = shape(() =>
  z.object({
    staffId: text,
    month,
    workingDays: whole,
    absentDays: whole,
    lostMinutes: whole,
    version: whole,
  }),
);
