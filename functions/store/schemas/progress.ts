import * as z from 'zod/mini';
import { PERSON_PACES, type PersonProgress, type UnitProgress } from '../../domain/progress/unit-progress.ts';
import { date, instant, month, text, whole } from './forms.ts';

const pace = z.enum(PERSON_PACES);

export const unitProgress: z.ZodMiniType<UnitProgress> = z.object({
  unitId: text,
  year: whole,
  day: date,
  at: instant,
  through: z.nullable(month),
  counts: z.record(pace, whole),
  agreement: pace,
});

export const peopleProgress: z.ZodMiniType<readonly PersonProgress[]> = z.array(
  z.object({ staffId: text, pace, missing: whole }),
);
