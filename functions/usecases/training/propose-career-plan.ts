import type { Actor } from '../../domain/access-policy.ts';
import { hasLeft } from '../../domain/organisation/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import { type CareerPlan, type CareerStep, MOST_STEPS } from '../../domain/training/career.ts';
import { checkInput, type InputCheck, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { assessorNow, requireCareer } from './career-change.ts';
import { authoriseFor } from './enrolment-change.ts';

export interface ProposeCareerPlan {
  readonly staffId: string;
  readonly goal: string;
  readonly mentorId?: string | null | undefined;
  readonly steps: readonly {
    readonly id: string;
    readonly text: string;
    readonly dueOn: IsoDate;
    readonly courseId?: string | null | undefined;
  }[];
  readonly version?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * A person proposes where to go, by which steps and with whose help; a plan that was agreed is proposed anew. What came of a
 * step stays with its id.
 * @throws Rejection with every problem: REQUIRED, TOO_MANY, DUPLICATE, NOT_FOUND, RETIRED, SELF_AS_OTHER; FORBIDDEN, CONFLICT
 */
export const proposeCareerPlan = (deps: Deps, actor: Actor, input: ProposeCareerPlan): Promise<CareerPlan> =>
  perform(
    deps,
    { actor, operation: 'proposeCareerPlan', input },
    () => authoriseFor(deps, actor, 'Mutation.proposeCareerPlan', input.staffId),
    async ({ staff, as }) => {
      const [before, { assessorId }, today] = await Promise.all([
        deps.store.training.career(staff.id),
        assessorNow(deps, staff),
        regionToday(deps),
      ]);
      expectVersion(before, input.version);
      const check = checkInput();
      const mentorId = input.mentorId ?? null;
      if (mentorId === staff.id) check.add('SELF_AS_OTHER', 'mentorId');
      else if (mentorId !== null) {
        const mentor = await deps.store.staff.get(mentorId);
        if (mentor === null) check.add('NOT_FOUND', 'mentorId', { id: mentorId });
        else if (hasLeft(mentor, today)) check.add('RETIRED', 'mentorId', { id: mentorId });
      }
      const after: CareerPlan = {
        staffId: staff.id,
        goal: check.text('goal', input.goal, LENGTHS.long),
        mentorId,
        steps: await readSteps(deps, input, before, today, check),
        state: 'PROPOSED',
        version: before?.version ?? 0,
      };
      check.done();
      return {
        as,
        ref: staff.id,
        writes: [
          deps.store.training.saveCareer(before, after),
          ...notify(deps, {
            kind: 'DEVELOPMENT_PLAN',
            to: assessorId === null ? [{ kind: 'ROLE', role: 'HR_ADMIN' }] : person(assessorId),
            refs: { staffId: staff.id },
            occasion: after.version,
          }),
        ],
      };
    },
    (staffId) => requireCareer(deps, staffId),
  );

async function readSteps(
  { store }: Deps,
  { steps }: ProposeCareerPlan,
  before: CareerPlan | null,
  today: IsoDate,
  check: InputCheck,
): Promise<readonly CareerStep[]> {
  if (steps.length === 0) check.add('REQUIRED', 'steps');
  if (steps.length > MOST_STEPS) check.add('TOO_MANY', 'steps', { maximum: MOST_STEPS });
  const courses = await store.training.coursesOf([
    ...new Set(steps.slice(0, MOST_STEPS).flatMap(({ courseId }) => courseId ?? [])),
  ]);
  const known = new Map(courses.flatMap((course) => (course === null ? [] : [[course.id, course]])));
  const earlier = new Map(before?.steps.map((step) => [step.id, step]));
  return steps.map((step, at): CareerStep => {
    const path = `steps.${at}`;
    const courseId = step.courseId ?? null;
    const id = check.code(`${path}.id`, step.id);
    if (steps.findIndex((other) => other.id === step.id) < at)
      check.add('DUPLICATE', `${path}.id`, { value: step.id });
    check.day(`${path}.dueOn`, step.dueOn, today);
    const course = courseId === null ? undefined : known.get(courseId);
    const kept = earlier.get(id);
    if (courseId !== null && course === undefined)
      check.add('NOT_FOUND', `${path}.courseId`, { id: courseId });
    else if (course?.retired === true && kept?.courseId !== courseId)
      check.add('RETIRED', `${path}.courseId`, { id: course.id });
    return {
      id,
      text: check.text(`${path}.text`, step.text, LENGTHS.reason),
      dueOn: step.dueOn,
      courseId,
      state: kept?.state ?? 'PLANNED',
      note: kept?.note ?? null,
    };
  });
}
