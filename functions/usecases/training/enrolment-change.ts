import type { Actor, Operation } from '../../domain/access-policy.ts';
import { assignmentOn, type Staff } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Enrolment } from '../../domain/training/course.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import { authorise, type Capacity } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { notify, person } from '../notice/notify.ts';

/** The person that an enrolment is about, and as what the actor acts. @throws Rejection NOT_FOUND, FORBIDDEN */
export async function authoriseFor(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  staffId: string,
): Promise<{ readonly staff: Stored<Staff>; readonly as: Capacity }> {
  const staff = await deps.store.staff.get(staffId);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  return { staff, as: await authorise(deps, actor, operation, { staff }) };
}

/** Reads an enrolment after it was written. */
export const readEnrolment =
  ({ store }: Deps, programmeId: string) =>
  async (staffId: string): Promise<Enrolment> => {
    const enrolment = await store.training.enrolment(programmeId, staffId);
    if (enrolment === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
    return enrolment;
  };

/** Those enrolments whose people still serve: a place that becomes free goes to nobody who has left. */
export async function ofServing(
  { store }: Pick<Deps, 'store'>,
  enrolments: readonly Stored<Enrolment>[],
  today: IsoDate,
): Promise<readonly Stored<Enrolment>[]> {
  const staff = await store.staff.getMany(enrolments.map(({ staffId }) => staffId));
  return enrolments.filter((_, at) => {
    const person = staff[at] ?? null;
    return person !== null && assignmentOn(person, today) !== null;
  });
}

/** Somebody who waited has the place: the enrolment, and word of it. */
export const placeGiven = (deps: Deps, before: Stored<Enrolment>): readonly Write[] => [
  deps.store.training.saveEnrolment(before, { ...before, state: 'ENROLLED' }),
  ...tellOf(deps, before),
];

/** Tells a person that something about their enrolment has changed. */
export const tellOf = (
  deps: Pick<Deps, 'store'>,
  { staffId, programmeId, version }: Pick<Enrolment, 'staffId' | 'programmeId' | 'version'>,
): readonly Write[] =>
  notify(deps, {
    kind: 'TRAINING_ENROLMENT',
    to: person(staffId),
    refs: { subjectId: programmeId },
    occasion: version,
  });
