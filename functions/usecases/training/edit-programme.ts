import type { Actor } from '../../domain/access-policy.ts';
import { hasBegun, nextInQueue, type Programme, resized } from '../../domain/training/course.ts';
import type { SeatChange } from '../../store/contract/training.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { placeGiven, type Queue, queueOf, takenOff } from './enrolment-change.ts';
import { type ProgrammeContent, readProgramme, requireOpen, requireProgramme } from './programme-change.ts';

export interface EditProgramme extends ProgrammeContent {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** A person who gets a place takes two items and a notice's two; DynamoDB takes a hundred, the programme and its places three. */
const MOST_PROMOTED = 24;

const NOBODY: Queue = { serving: [], left: [] };

/**
 * Changes a programme. With more places those who have waited longest get them, at most 24 at once, and nobody once it has begun; who has left the
 * service no longer waits then.
 * @throws Rejection with every problem: OUT_OF_RANGE for fewer places than are taken or too many to fill at once, and for another first day once somebody has
 * enrolled; WRONG_STATE, NOT_FOUND, CONFLICT
 */
export const editProgramme = (deps: Deps, actor: Actor, input: EditProgramme): Promise<Programme> =>
  perform(
    deps,
    { actor, operation: 'editProgramme', input },
    () => authorise(deps, actor, 'Mutation.editProgramme'),
    async (as) => {
      const { training } = deps.store;
      const before = await requireOpen(deps, input.id);
      expectVersion(before, input.version);
      const [today, seats] = await Promise.all([regionToday(deps), training.seats(input.id)]);
      if (seats === null) throw new TypeError(`programme ${input.id} has no places`);
      // After the places: whoever joins or leaves the queue since has changed them when this is written.
      const enrolments = await training.enrolments(input.id);
      const check = checkInput();
      const content = readProgramme(input, today, check);
      // Enrolments are listed under the first day.
      if (content.startsOn !== before.startsOn && enrolments.length > 0)
        check.add('OUT_OF_RANGE', 'startsOn', { minimum: before.startsOn, maximum: before.startsOn });
      const change = resized(seats, content.capacity);
      const free = 'code' in change || hasBegun(before, today) ? 0 : change.promoted;
      if ('code' in change) check.addAll([change]);
      const queue = free === 0 ? NOBODY : await queueOf(deps, enrolments, today);
      const lucky = nextInQueue(queue.serving, free);
      if (lucky.length > MOST_PROMOTED)
        check.add('OUT_OF_RANGE', 'capacity', { maximum: seats.taken + MOST_PROMOTED });
      check.done();
      const left = queue.left.slice(0, 2 * (MOST_PROMOTED - lucky.length));
      const after: Programme = { ...before, ...content };
      // Also for another first day alone: who enrols in this moment changes the places, and has the list looked at again.
      const same = content.capacity === seats.capacity && content.startsOn === before.startsOn;
      const resize: SeatChange | undefined =
        same && lucky.length + left.length === 0
          ? undefined
          : {
              kind: 'RESIZE',
              from: seats,
              capacity: content.capacity,
              promoted: lucky.length,
              left: left.length,
            };
      return {
        as,
        ref: before.id,
        writes: [
          training.saveProgramme(before, after, resize),
          ...lucky.flatMap((enrolment) => placeGiven(deps, enrolment)),
          ...left.map((enrolment) => takenOff(deps, enrolment)),
        ],
      };
    },
    (id) => requireProgramme(deps, id),
  );
