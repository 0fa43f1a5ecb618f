import { reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import { MOST_PLACES, type Programme } from '../../domain/training/course.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { type InputCheck, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';

/** When and where a programme is held, and for how many. */
export interface ProgrammeContent {
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate;
  readonly place: string;
  readonly capacity: number;
}

/** @throws Rejection NOT_FOUND at `path` */
export async function requireProgramme({ store }: Deps, id: string, path = 'id'): Promise<Stored<Programme>> {
  const programme = await store.training.programme(id);
  if (programme === null) throw reject('NOT_FOUND', path, { id });
  return programme;
}

/** A programme that can still change. @throws Rejection NOT_FOUND, WRONG_STATE */
export async function requireOpen(deps: Deps, id: string, path = 'id'): Promise<Stored<Programme>> {
  const programme = await requireProgramme(deps, id, path);
  if (programme.state !== 'OPEN') throw reject('WRONG_STATE', path, { state: programme.state });
  return programme;
}

/** Checks a programme's content; notes all that is wrong. */
export function readProgramme(input: ProgrammeContent, today: IsoDate, check: InputCheck): ProgrammeContent {
  check.day('startsOn', input.startsOn, today);
  check.day('endsOn', input.endsOn, today);
  if (input.endsOn < input.startsOn) check.add('OUT_OF_RANGE', 'endsOn', { minimum: input.startsOn });
  return {
    startsOn: input.startsOn,
    endsOn: input.endsOn,
    place: check.line('place', input.place, LENGTHS.name),
    capacity: check.integer('capacity', input.capacity, 1, MOST_PLACES),
  };
}
