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
import { date, type Shape, shape, text, textOrNull, whole, wholeOrNull } from './forms.ts';

export const course: Shape<Course> = shape(() =>
  z.object({
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
  }),
);

export const programme: Shape<Programme> = shape(() =>
  z.object({
    id: text,
    courseId: text,
    startsOn: date,
    endsOn: date,
    place: text,
    capacity: whole,
    state: z.enum(['OPEN', 'COMPLETED', 'CANCELLED']),
    toldUpTo: z._default(textOrNull, null),
    version: whole,
  }),
);

export const enrolment: Shape<Enrolment> = shape(() =>
  z.object({
    programmeId: text,
    staffId: text,
    courseId: text,
    startsOn: date,
    state: z.enum(['ENROLLED', 'WAITING', 'WITHDRAWN', 'COMPLETED', 'NOT_COMPLETED']),
    requestedAt: text,
    hours: wholeOrNull,
    version: whole,
  }),
);

export const careerPlan: Shape<CareerPlan> = shape(() =>
  z.object({
    staffId: text,
    goal: text,
    mentorId: textOrNull,
    steps: z.array(
      z.object({
        id: text,
        text,
        dueOn: date,
        courseId: textOrNull,
        state: z.enum(['PLANNED', 'DONE', 'DROPPED']),
        note: textOrNull,
      }),
    ),
    state: z.enum(['PROPOSED', 'AGREED']),
    version: whole,
  }),
);

/** The places of a programme, attributes of an item of their own. */
export const seats = shape(() =>
  z.object({ capacity: whole, taken: whole, waiting: whole, changes: z._default(whole, 0) }),
);
