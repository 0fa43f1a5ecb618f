import type { Actor } from '../../domain/access-policy.ts';
import { reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import { type Enrolment, hasBegun, nextInQueue } from '../../domain/training/course.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import type { Enrol } from './enrol.ts';
import { authoriseFor, ofServing, placeGiven, readEnrolment } from './enrolment-change.ts';
import { requireOpen } from './programme-change.ts';

/**
 * Gives a place up, or one in the queue. A place that becomes free before the programme begins goes to whoever has waited longest, in the
 * same transaction; later ones stay empty.
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
  const waiting = (await training.enrolments(before.programmeId)).filter(({ state }) => state === 'WAITING');
  const [next] = nextInQueue(await ofServing(deps, waiting, today), 1);
  if (seats === null || next === undefined)
    return [training.saveEnrolment(before, after, { kind: 'RELEASE' })];
  return [training.saveEnrolment(before, after, { kind: 'PASS_ON', from: seats }), ...placeGiven(deps, next)];
}
