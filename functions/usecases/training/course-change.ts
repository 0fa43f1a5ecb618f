import { reject } from '../../domain/problem.ts';
import { CORE_VALUES, type CoreValue } from '../../domain/rating/core-values.ts';
import {
  COURSE_LIMITS,
  type Competence,
  type Course,
  type TrainingMethod,
} from '../../domain/training/course.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { type InputCheck, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';

/** What a course says of itself. */
export interface CourseContent {
  readonly title: string;
  readonly description: string;
  readonly competence: Competence;
  readonly method: TrainingMethod;
  readonly hours: number;
  readonly values: readonly CoreValue[];
  readonly indicatorIds: readonly string[];
  readonly jobGroups: readonly string[];
}

/** @throws Rejection NOT_FOUND at `path` */
export async function requireCourse({ store }: Deps, id: string, path = 'id'): Promise<Stored<Course>> {
  const course = await store.training.course(id);
  if (course === null) throw reject('NOT_FOUND', path, { id });
  return course;
}

/** Checks a course's content; notes all that is wrong. */
export async function readCourse(
  { store }: Deps,
  input: CourseContent,
  check: InputCheck,
): Promise<CourseContent> {
  const distinct = (path: string, items: readonly string[], most: number): void => {
    if (items.length > most) check.add('TOO_MANY', path, { maximum: most });
    items.forEach((item, at) => {
      if (items.indexOf(item) < at) check.add('DUPLICATE', `${path}.${at}`, { value: item });
    });
  };
  distinct('values', input.values, CORE_VALUES.length);
  distinct('indicatorIds', input.indicatorIds, COURSE_LIMITS.indicators);
  distinct('jobGroups', input.jobGroups, COURSE_LIMITS.jobGroups);
  const indicators = await store.indicators.getMany(input.indicatorIds.slice(0, COURSE_LIMITS.indicators));
  indicators.forEach((indicator, at) => {
    if (indicator === null)
      check.add('NOT_FOUND', `indicatorIds.${at}`, { id: input.indicatorIds[at] ?? '' });
  });
  return {
    title: check.line('title', input.title, LENGTHS.name),
    description: check.text('description', input.description, LENGTHS.long),
    competence: input.competence,
    method: input.method,
    hours: check.integer('hours', input.hours, 1, COURSE_LIMITS.hours),
    values: input.values,
    indicatorIds: input.indicatorIds,
    jobGroups: input.jobGroups.map((group, at) => check.line(`jobGroups.${at}`, group, LENGTHS.kind)),
  };
}
