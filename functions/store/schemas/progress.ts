import * as z from 'zod/mini';
import { PERSON_PACES, type PersonProgress, type UnitProgress } from '../../domain/progress/unit-progress.ts';
import { date, instant, month, type Shape, shape, text, whole } from './forms.ts';

const pace = shape(() => z.enum(PERSON_PACES));

export const unitProgress: Shape<UnitProgress> = shape(() =>
  z.object({
    unitId: text,
    year: whole,
    day: date,
    at: instant,
    through: z.nullable(month),
    counts: z.record(pace(), whole),
    lacking: z._default(z.nullable(whole), null),
    agreement: pace(),
  }),
);

export const peopleProgress: Shape<readonly PersonProgress[]> = shape(() =>
  z.array(z.object({ staffId: text, pace: pace(), missing: whole })),
);
