import type { Actor } from '../../domain/access-policy.ts';
import type { Programme } from '../../domain/training/course.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { requireCourse } from './course-change.ts';
import { type ProgrammeContent, readProgramme, requireProgramme } from './programme-change.ts';

export interface PlanProgramme extends ProgrammeContent {
  readonly courseId: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** Plans a programme of a course, open to enrol. @throws Rejection with every problem; NOT_FOUND, RETIRED */
export const planProgramme = (deps: Deps, actor: Actor, input: PlanProgramme): Promise<Programme> =>
  perform(
    deps,
    { actor, operation: 'planProgramme', input },
    () => authorise(deps, actor, 'Mutation.planProgramme'),
    async (as) => {
      const [course, today] = await Promise.all([
        requireCourse(deps, input.courseId, 'courseId'),
        regionToday(deps),
      ]);
      const check = checkInput();
      if (course.retired) check.add('RETIRED', 'courseId', { id: course.id });
      const content = readProgramme(input, today, check);
      if (content.endsOn < today) check.add('OUT_OF_RANGE', 'endsOn', { minimum: today });
      check.done();
      const id = deps.newId('tp');
      const programme: Programme = {
        id,
        courseId: course.id,
        ...content,
        state: 'OPEN',
        toldUpTo: null,
        version: 0,
      };
      return { as, ref: id, writes: [deps.store.training.saveProgramme(null, programme)] };
    },
    (id) => requireProgramme(deps, id),
  );
