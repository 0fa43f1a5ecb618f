import type { Actor } from '../../domain/access-policy.ts';
import { addDays } from '../../domain/calendar.ts';
import { assignmentOn } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import { type Enrolment, hasBegun, seatFor } from '../../domain/training/course.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { authoriseFor, readEnrolment, tellOf } from './enrolment-change.ts';
import { requireOpen } from './programme-change.ts';

export interface Enrol {
  readonly programmeId: string;
  readonly staffId: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Gives a person a place, or one in the queue when none is free. Whoever is enrolled or waits already stays as they are; whoever
 * withdrew asks anew, at the end of the queue.
 * @throws Rejection NOT_FOUND, FORBIDDEN, WRONG_STATE for a programme that is over, OUT_OF_RANGE with the last day once it has begun, NOT_MEMBER
 * for somebody who does not serve
 */
export const enrol = (deps: Deps, actor: Actor, input: Enrol): Promise<Enrolment> =>
  perform(
    deps,
    { actor, operation: 'enrol', input },
    () => authoriseFor(deps, actor, 'Mutation.enrol', input.staffId),
    async ({ staff, as }) => {
      const { training } = deps.store;
      const { programmeId, staffId } = input;
      const [programme, before, seats, today] = await Promise.all([
        requireOpen(deps, programmeId, 'programmeId'),
        training.enrolment(programmeId, staffId),
        training.seats(programmeId),
        regionToday(deps),
      ]);
      if (seats === null) throw new TypeError(`programme ${programmeId} has no places`);
      if (before !== null && before.state !== 'WITHDRAWN') return { as, ref: staffId, writes: [] };
      if (hasBegun(programme, today))
        throw reject('OUT_OF_RANGE', 'programmeId', { maximum: addDays(programme.startsOn, -1) });
      if (assignmentOn(staff, today) === null) throw reject('NOT_MEMBER', 'staffId', { id: staffId });
      const kind = seatFor(seats);
      const after: Enrolment = {
        programmeId,
        staffId,
        courseId: programme.courseId,
        startsOn: programme.startsOn,
        state: kind === 'TAKE' ? 'ENROLLED' : 'WAITING',
        requestedAt: deps.now(),
        hours: null,
        version: before?.version ?? 0,
      };
      return {
        as,
        ref: staffId,
        writes: [
          // The enrolment is listed under the programme's first day.
          training.saveEnrolment(before, after, { kind }, programme),
          ...(as === 'SELF' ? [] : tellOf(deps, after)),
        ],
      };
    },
    readEnrolment(deps, input.programmeId),
  );
