import type { Actor } from '../../domain/access-policy.ts';
import type { Course } from '../../domain/training/course.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { type CourseContent, readCourse, requireCourse } from './course-change.ts';

export interface CreateCourse extends CourseContent {
  readonly code: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** Adds a course to the catalogue. @throws Rejection with every problem; ALREADY_EXISTS for a code in use */
export const createCourse = (deps: Deps, actor: Actor, input: CreateCourse): Promise<Course> =>
  perform(
    deps,
    { actor, operation: 'createCourse', input },
    () => authorise(deps, actor, 'Mutation.createCourse'),
    async (as) => {
      const check = checkInput();
      const id = check.code('code', input.code);
      const content = await readCourse(deps, input, check);
      check.done();
      const course: Course = { id, ...content, retired: false, version: 0 };
      return { as, ref: id, writes: [deps.store.training.saveCourse(null, course)] };
    },
    (id) => requireCourse(deps, id),
  );
