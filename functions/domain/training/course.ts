import { type Problem, problem } from '../problem.ts';
import type { CoreValue } from '../rating/core-values.ts';
import type { Instant, IsoDate } from '../time.ts';

/** What a course builds up (kompetensi teknis, manajerial, sosial kultural). */
export const COMPETENCES = ['TECHNICAL', 'MANAGERIAL', 'SOCIO_CULTURAL'] as const;
export type Competence = (typeof COMPETENCES)[number];

/** How it is taught. */
export const TRAINING_METHODS = ['CLASS', 'WORKSHOP', 'SIMULATION', 'CASE_STUDY', 'COACHING'] as const;
export type TrainingMethod = (typeof TRAINING_METHODS)[number];

/** A course of the catalogue (pelatihan). Its id is its code. */
export interface Course {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly competence: Competence;
  readonly method: TrainingMethod;
  /** Hours of teaching (jam pelajaran). */
  readonly hours: number;
  /** Core values and indicators that it strengthens: needs are told from these. */
  readonly values: readonly CoreValue[];
  readonly indicatorIds: readonly string[];
  /** For whom; empty: everybody. */
  readonly jobGroups: readonly string[];
  readonly retired: boolean;
  readonly version: number;
}

export const COURSE_LIMITS = { hours: 1_000, indicators: 50, jobGroups: 50 } as const;

export type ProgrammeState = 'OPEN' | 'COMPLETED' | 'CANCELLED';

/** A course as it is held once, with places (angkatan). */
export interface Programme {
  readonly id: string;
  readonly courseId: string;
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate;
  readonly place: string;
  /** Places as decided last; what counts while people enrol are the seats. */
  readonly capacity: number;
  readonly state: ProgrammeState;
  /** While people are being told that it was called off: the last of them, by id, who has been, '' for nobody. Null: nobody is left to tell. */
  readonly toldUpTo: string | null;
  readonly version: number;
}

/** From the first day on nobody comes in any more: not by asking, and not from the queue. */
export const hasBegun = ({ startsOn }: Pick<Programme, 'startsOn'>, today: IsoDate): boolean =>
  startsOn <= today;

export const MOST_PLACES = 500;

/** The places of a programme. Whoever waits, waits because all are taken: before the first day `waiting` > 0 only with `taken` ≥ `capacity`. */
export interface Seats {
  readonly capacity: number;
  readonly taken: number;
  readonly waiting: number;
  /** How often any of this has changed: as many leave the queue as join it, and the number that wait is what it was. */
  readonly changes: number;
}

/** What happens to the places when somebody asks for one. */
export const seatFor = ({ capacity, taken, waiting }: Omit<Seats, 'changes'>): 'TAKE' | 'QUEUE' =>
  taken < capacity && waiting === 0 ? 'TAKE' : 'QUEUE';

/** How many of those who wait get a place when the capacity becomes another; OUT_OF_RANGE below what is taken. */
export const resized = (
  { taken, waiting }: Omit<Seats, 'changes'>,
  capacity: number,
): { readonly promoted: number } | Problem =>
  capacity < taken
    ? problem('OUT_OF_RANGE', 'capacity', { minimum: taken, maximum: MOST_PLACES })
    : { promoted: Math.min(waiting, capacity - taken) };

/**
 * ENROLLED has a place, WAITING none yet, WITHDRAWN gave it up. After the programme: COMPLETED, or NOT_COMPLETED for whoever
 * had a place and did not finish.
 */
export type EnrolmentState = 'ENROLLED' | 'WAITING' | 'WITHDRAWN' | 'COMPLETED' | 'NOT_COMPLETED';

/** A person's place in a programme. */
export interface Enrolment {
  readonly programmeId: string;
  readonly staffId: string;
  readonly courseId: string;
  readonly startsOn: IsoDate;
  readonly state: EnrolmentState;
  /** Since when the person has waited or had the place: the order of the queue. */
  readonly requestedAt: Instant;
  /** Hours attended; null before it is known. */
  readonly hours: number | null;
  readonly version: number;
}

/** Who gets the places that become free, first come first served. */
export const nextInQueue = <T extends Pick<Enrolment, 'state' | 'requestedAt' | 'staffId'>>(
  enrolments: readonly T[],
  count: number,
): readonly T[] =>
  enrolments
    .filter(({ state }) => state === 'WAITING')
    .sort((a, b) => compare(a.requestedAt, b.requestedAt) || compare(a.staffId, b.staffId))
    .slice(0, count);

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
