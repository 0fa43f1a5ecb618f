import type { IsoDate } from '../../domain/time.ts';
import type { CareerPlan } from '../../domain/training/career.ts';
import type { Course, Enrolment, Programme, Seats } from '../../domain/training/course.ts';
import type { Page, PageRequest, Stored, Write } from './stored.ts';

/** What a change of enrolments does to a programme's places; CONFLICT when they are not (any more) as it takes for granted. */
export type SeatChange =
  /** A free place is taken; nobody waits. */
  | { readonly kind: 'TAKE' }
  /** One more waits; nothing is free. */
  | { readonly kind: 'QUEUE' }
  /** A place becomes free; nobody waits for it. */
  | { readonly kind: 'RELEASE' }
  /** A place stays empty, whoever waits: the programme has begun, and nobody enrols any more. */
  | { readonly kind: 'VACATE' }
  /**
   * A place is given up where some wait: `promoted` of them gets it, and `left` are taken off the queue, since they serve no more.
   * The places are as they were read before the queue was.
   */
  | { readonly kind: 'PASS_ON'; readonly from: Seats; readonly promoted: 0 | 1; readonly left: number }
  /** One who waits gives up. */
  | { readonly kind: 'LEAVE_QUEUE' }
  /** Nobody enrols any more: the programme is over, or cancelled. */
  | { readonly kind: 'CLOSE' }
  /**
   * Another capacity, and `promoted` of those who wait get a place; `left` are taken off the queue, since they serve no more. The
   * places are as they were read before the queue was.
   */
  | {
      readonly kind: 'RESIZE';
      readonly from: Seats;
      readonly capacity: number;
      readonly promoted: number;
      readonly left: number;
    };

export interface TrainingStore {
  course(id: string): Promise<Stored<Course> | null>;
  /** In order; null where there is none. One request a 100. */
  coursesOf(ids: readonly string[]): Promise<readonly (Stored<Course> | null)[]>;
  /** By code. */
  courses(page: PageRequest): Promise<Page<Stored<Course>>>;
  /** The whole catalogue, a few hundred courses. */
  catalogue(): Promise<readonly Stored<Course>[]>;
  saveCourse(before: Stored<Course> | null, after: Course): Write;

  programme(id: string): Promise<Stored<Programme> | null>;
  programmesOf(ids: readonly string[]): Promise<readonly (Stored<Programme> | null)[]>;
  /** By the first day, those from a day on. */
  programmes(from: IsoDate, page: PageRequest): Promise<Page<Stored<Programme>>>;
  /** A new programme has its places with it. */
  saveProgramme(before: Stored<Programme> | null, after: Programme, seats?: SeatChange): Write;
  /** Null for an unknown programme. */
  seats(programmeId: string): Promise<Seats | null>;
  seatsOf(programmeIds: readonly string[]): Promise<readonly (Seats | null)[]>;

  enrolment(programmeId: string, staffId: string): Promise<Stored<Enrolment> | null>;
  /** Of a programme, by staff id: at most a few hundred. */
  enrolments(programmeId: string): Promise<readonly Stored<Enrolment>[]>;
  /** Of a person, the earliest programme first. */
  enrolmentsOfStaff(staffId: string, page: PageRequest): Promise<Page<Stored<Enrolment>>>;
  /** @param programme must still be what it was when it was read: CONFLICT */
  saveEnrolment(
    before: Stored<Enrolment> | null,
    after: Enrolment,
    seats?: SeatChange,
    programme?: Stored<Programme>,
  ): Write;

  career(staffId: string): Promise<Stored<CareerPlan> | null>;
  saveCareer(before: Stored<CareerPlan> | null, after: CareerPlan): Write;
}
