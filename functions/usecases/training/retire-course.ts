import type { Actor } from '../../domain/access-policy.ts';
import { reject } from '../../domain/problem.ts';
import type { Course } from '../../domain/training/course.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { requireCourse } from './course-change.ts';

export interface RetireCourse {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** Takes a course out of the catalogue: no new programme, no proposal. @throws Rejection RETIRED, NOT_FOUND, CONFLICT */
export const retireCourse = (deps: Deps, actor: Actor, input: RetireCourse): Promise<Course> =>
  perform(
    deps,
    { actor, operation: 'retireCourse', input },
    () => authorise(deps, actor, 'Mutation.retireCourse'),
    async (as) => {
      const before = await requireCourse(deps, input.id);
      expectVersion(before, input.version);
      if (before.retired) throw reject('RETIRED', 'id', { id: before.id });
      const writes = [deps.store.training.saveCourse(before, { ...before, retired: true })];
      return { as, ref: before.id, writes };
    },
    (id) => requireCourse(deps, id),
  );
