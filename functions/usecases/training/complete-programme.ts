import type { Actor } from '../../domain/access-policy.ts';
import { reject } from '../../domain/problem.ts';
import type { Enrolment, Programme } from '../../domain/training/course.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import { checkInput, type InputCheck } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { requireCourse } from './course-change.ts';
import { requireProgramme } from './programme-change.ts';

export interface CompleteProgramme {
  readonly id: string;
  readonly version: number;
  readonly participants: readonly {
    readonly staffId: string;
    readonly hours: number;
    readonly completed: boolean;
  }[];
  /** Whether everybody has been recorded; left out: yes. */
  readonly last?: boolean | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** A participant takes two items; DynamoDB takes a hundred. */
const MOST_PARTICIPANTS = 45;

/**
 * Records who attended how long and who completed, at most 45 at once; with the last ones, when everybody with a place has been
 * recorded, the programme is over. Of one that is over what was recorded can be set right. Nobody records their own attendance:
 * another officer does.
 * @throws Rejection with every problem: FORBIDDEN at one's own row, OUT_OF_RANGE before the programme's first day and for hours over the course's, NOT_FOUND for somebody
 * without a place, DUPLICATE, TOO_MANY, REQUIRED while others with a place are left; WRONG_STATE, CONFLICT
 */
export const completeProgramme = (deps: Deps, actor: Actor, input: CompleteProgramme): Promise<Programme> =>
  perform(
    deps,
    { actor, operation: 'completeProgramme', input },
    () => authorise(deps, actor, 'Mutation.completeProgramme'),
    async (as) => {
      const { training } = deps.store;
      const before = await requireProgramme(deps, input.id);
      if (before.state === 'CANCELLED') throw reject('WRONG_STATE', 'id', { state: before.state });
      expectVersion(before, input.version);
      const [course, enrolments, today] = await Promise.all([
        requireCourse(deps, before.courseId),
        training.enrolments(before.id),
        regionToday(deps),
      ]);
      const check = checkInput();
      if (today < before.startsOn) check.add('OUT_OF_RANGE', 'id', { minimum: before.startsOn });
      const records = recordsOf(actor, input, enrolments, course.hours, check);
      const last = before.state === 'OPEN' && (input.last ?? true);
      const left = enrolments.filter(
        ({ state, staffId }) =>
          state === 'ENROLLED' && !input.participants.some((one) => one.staffId === staffId),
      );
      if (last && left.length > 0) check.add('REQUIRED', 'participants', { id: left[0]?.staffId ?? '' });
      check.done();
      const writes: Write[] = records.map(([earlier, after]) => training.saveEnrolment(earlier, after));
      writes.push(
        last
          ? training.saveProgramme(before, { ...before, state: 'COMPLETED' }, { kind: 'CLOSE' })
          : training.saveProgramme(before, before),
      );
      return { as, ref: before.id, writes };
    },
    (id) => requireProgramme(deps, id),
  );

function recordsOf(
  actor: Actor,
  { participants }: CompleteProgramme,
  enrolments: readonly Stored<Enrolment>[],
  mostHours: number,
  check: InputCheck,
): readonly (readonly [Stored<Enrolment>, Enrolment])[] {
  if (participants.length > MOST_PARTICIPANTS)
    check.add('TOO_MANY', 'participants', { maximum: MOST_PARTICIPANTS });
  const byStaff = new Map(enrolments.map((enrolment) => [enrolment.staffId, enrolment]));
  const seen = new Set<string>();
  return participants.flatMap(({ staffId, hours, completed }, at) => {
    const enrolment = byStaff.get(staffId);
    const path = `participants.${at}`;
    if (staffId === actor.staffId) check.add('FORBIDDEN', `${path}.staffId`);
    check.integer(`${path}.hours`, hours, 0, mostHours);
    if (seen.has(staffId)) check.add('DUPLICATE', `${path}.staffId`, { value: staffId });
    seen.add(staffId);
    if (enrolment === undefined || enrolment.state === 'WITHDRAWN' || enrolment.state === 'WAITING') {
      check.add('NOT_FOUND', `${path}.staffId`, { id: staffId });
      return [];
    }
    return [[enrolment, { ...enrolment, hours, state: completed ? 'COMPLETED' : 'NOT_COMPLETED' }] as const];
  });
}
