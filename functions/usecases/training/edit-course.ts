import type { Actor } from '../../domain/access-policy.ts';
import type { Course } from '../../domain/training/course.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { type CourseContent, readCourse, requireCourse } from './course-change.ts';

export interface EditCourse extends CourseContent {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** Changes what a course says of itself. @throws Rejection with every problem; RETIRED, NOT_FOUND, CONFLICT */
export const editCourse = (deps: Deps, actor: Actor, input: EditCourse): Promise<Course> =>
  perform(
    deps,
    { actor, operation: 'editCourse', input },
    () => authorise(deps, actor, 'Mutation.editCourse'),
    async (as) => {
      const before = await requireCourse(deps, input.id);
      expectVersion(before, input.version);
      const check = checkInput();
      if (before.retired) check.add('RETIRED', 'id', { id: before.id });
      const content = await readCourse(deps, input, check);
      check.done();
      const after: Course = { ...before, ...content };
      return { as, ref: before.id, writes: [deps.store.training.saveCourse(before, after)] };
    },
    (id) => requireCourse(deps, id),
  );
