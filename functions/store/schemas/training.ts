import * as z from 'zod/mini';
import { CORE_VALUES } from '../../domain/rating/core-values.ts';
import type { CareerPlan } from '../../domain/training/career.ts';
import {
  COMPETENCES,
  type Course,
  type Enrolment,
  type Programme,
  TRAINING_METHODS,
} from '../../domain/training/course.ts';

const text = z.string();
const whole = z.int();
const day = text.check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

export const course: z.ZodMiniType<Course> = z.object({
  id: text,
  title: text,
  description: text,
  competence: z.enum(COMPETENCES),
  method: z.enum(TRAINING_METHODS),
  hours: whole,
  values: z.array(z.enum(CORE_VALUES)),
  indicatorIds: z.array(text),
  jobGroups: z.array(text),
  retired: z.boolean(),
  version: whole,
});

export const programme: z.ZodMiniType<Programme> = z.object({
  id: text,
  courseId: text,
  startsOn: day,
  endsOn: day,
  place: text,
  capacity: whole,
  state: z.enum(['OPEN', 'COMPLETED', 'CANCELLED']),
  version: whole,
});

export const enrolment: z.ZodMiniType<Enrolment> = z.object({
  programmeId: text,
  staffId: text,
  courseId: text,
  startsOn: day,
  state: z.enum(['ENROLLED', 'WAITING', 'WITHDRAWN', 'COMPLETED', 'NOT_COMPLETED']),
  requestedAt: text,
  hours: z.nullable(whole),
  version: whole,
});

export const careerPlan: z.ZodMiniType<CareerPlan> = z.object({
  staffId: text,
  goal: text,
  mentorId: z.nullable(text),
  steps: z.array(
    z.object({
      id: text,
      text,
      dueOn: day,
      courseId: z.nullable(text),
      state: z.enum(['PLANNED', 'DONE', 'DROPPED']),
      note: z.nullable(text),
    }),
  ),
  state: z.enum(['PROPOSED', 'AGREED']),
  version: whole,
});

/** The places of a programme, attributes of an item of their own. */
export const seats = z.object({ capacity: whole, taken: whole, waiting: whole });
