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

export interface Queue {
  /** Those who wait and still serve: a place that becomes free goes to nobody else. */
  readonly serving: readonly Stored<Enrolment>[];
  /** Those who wait and have left the service. */
  readonly left: readonly Stored<Enrolment>[];
}

/** Who waits, of all the enrolments of a programme. */
export async function queueOf(
  { store }: Pick<Deps, 'store'>,
  enrolments: readonly Stored<Enrolment>[],
  today: IsoDate,
): Promise<Queue> {
  const waiting = enrolments.filter(({ state }) => state === 'WAITING');
  const staff = await store.staff.getMany(waiting.map(({ staffId }) => staffId));
  const { serving = [], left = [] } = Object.groupBy(waiting, (_, at) => {
    const person = staff[at] ?? null;
    return person !== null && assignmentOn(person, today) !== null ? 'serving' : 'left';
  });
  return { serving, left };
}

/** Somebody who has left the service no longer waits; they are not told. */
export const takenOff = ({ store }: Pick<Deps, 'store'>, before: Stored<Enrolment>): Write =>
  store.training.saveEnrolment(before, { ...before, state: 'WITHDRAWN' });

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
