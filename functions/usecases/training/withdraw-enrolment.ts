import type { Actor } from '../../domain/access-policy.ts';
import { reject } from '../../domain/problem.ts';
import { type Enrolment, nextInQueue } from '../../domain/training/course.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import type { Enrol } from './enrol.ts';
import { authoriseFor, placeGiven, readEnrolment } from './enrolment-change.ts';
import { requireOpen } from './programme-change.ts';

/**
 * Gives a place up, or one in the queue. A place that becomes free goes to whoever has waited longest, in the same transaction.
 * @throws Rejection NOT_FOUND, FORBIDDEN, WRONG_STATE for a programme that is over, an enrolment that was given up before, or
 * attendance that is on record
 */
export const withdrawEnrolment = (deps: Deps, actor: Actor, input: Enrol): Promise<Enrolment> =>
  perform(
    deps,
    { actor, operation: 'withdrawEnrolment', input },
    () => authoriseFor(deps, actor, 'Mutation.withdrawEnrolment', input.staffId),
    async ({ as }) => {
      const { programmeId, staffId } = input;
      const [, before] = await Promise.all([
        requireOpen(deps, programmeId, 'programmeId'),
        deps.store.training.enrolment(programmeId, staffId),
      ]);
      if (before === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
      // Attendance that is on record stays there.
      if (before.state !== 'ENROLLED' && before.state !== 'WAITING')
        throw reject('WRONG_STATE', 'staffId', { state: before.state });
      return { as, ref: staffId, writes: await writesOf(deps, before) };
    },
    readEnrolment(deps, input.programmeId),
  );

async function writesOf(deps: Deps, before: Stored<Enrolment>): Promise<readonly Write[]> {
  const { training } = deps.store;
  const after: Enrolment = { ...before, state: 'WITHDRAWN' };
  if (before.state === 'WAITING') return [training.saveEnrolment(before, after, { kind: 'LEAVE_QUEUE' })];
  // Before the list: whoever joins or leaves the queue after the places were read has changed them when this is written.
  const seats = await training.seats(before.programmeId);
  const [next] = nextInQueue(await training.enrolments(before.programmeId), 1);
  if (seats === null || next === undefined)
    return [training.saveEnrolment(before, after, { kind: 'RELEASE' })];
  return [training.saveEnrolment(before, after, { kind: 'PASS_ON', from: seats }), ...placeGiven(deps, next)];
}
