import type { Actor } from '../../domain/access-policy.ts';
import { reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import { type Enrolment, hasBegun, nextInQueue } from '../../domain/training/course.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import type { Enrol } from './enrol.ts';
import { authoriseFor, placeGiven, queueOf, readEnrolment, takenOff } from './enrolment-change.ts';
import { requireOpen } from './programme-change.ts';

/** Of those who wait and have left the service, who are taken off the queue at once; others wait for the next time. */
const MOST_TAKEN_OFF = 40;

/**
 * Gives a place up, or one in the queue. A place that becomes free before the programme begins goes to whoever has waited longest, in the
 * same transaction; later ones stay empty. Who has left the service no longer waits then.
 * @throws Rejection NOT_FOUND, FORBIDDEN, OUT_OF_RANGE at `programmeId` for a place in a programme whose last day is over: whether its
 * holder came is attendance; WRONG_STATE for a programme that is over, an enrolment that was given up before, or attendance that is on record
 */
export const withdrawEnrolment = (deps: Deps, actor: Actor, input: Enrol): Promise<Enrolment> =>
  perform(
    deps,
    { actor, operation: 'withdrawEnrolment', input },
    () => authoriseFor(deps, actor, 'Mutation.withdrawEnrolment', input.staffId),
    async ({ as }) => {
      const { programmeId, staffId } = input;
      const [programme, before, today] = await Promise.all([
        requireOpen(deps, programmeId, 'programmeId'),
        deps.store.training.enrolment(programmeId, staffId),
        regionToday(deps),
      ]);
      if (before === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
      // Attendance that is on record stays there.
      if (before.state !== 'ENROLLED' && before.state !== 'WAITING')
        throw reject('WRONG_STATE', 'staffId', { state: before.state });
      if (before.state === 'ENROLLED' && programme.endsOn < today)
        throw reject('OUT_OF_RANGE', 'programmeId', { maximum: programme.endsOn });
      return { as, ref: staffId, writes: await writesOf(deps, before, !hasBegun(programme, today), today) };
    },
    readEnrolment(deps, input.programmeId),
  );

/** @param passedOn whether a place that becomes free is given to the next */
async function writesOf(
  deps: Deps,
  before: Stored<Enrolment>,
  passedOn: boolean,
  today: IsoDate,
): Promise<readonly Write[]> {
  const { training } = deps.store;
  const after: Enrolment = { ...before, state: 'WITHDRAWN' };
  if (before.state === 'WAITING') return [training.saveEnrolment(before, after, { kind: 'LEAVE_QUEUE' })];
  if (!passedOn) return [training.saveEnrolment(before, after, { kind: 'VACATE' })];
  // Before the list: whoever joins or leaves the queue after the places were read has changed them when this is written.
  const seats = await training.seats(before.programmeId);
  const queue = await queueOf(deps, await training.enrolments(before.programmeId), today);
  const left = queue.left.slice(0, MOST_TAKEN_OFF);
  const next = nextInQueue(queue.serving, 1);
  if (seats === null || next.length + left.length === 0)
    return [training.saveEnrolment(before, after, { kind: 'RELEASE' })];
  const promoted = next.length > 0 ? 1 : 0;
  return [
    training.saveEnrolment(before, after, { kind: 'PASS_ON', from: seats, promoted, left: left.length }),
    ...next.flatMap((enrolment) => placeGiven(deps, enrolment)),
    ...left.map((enrolment) => takenOff(deps, enrolment)),
  ];
}
