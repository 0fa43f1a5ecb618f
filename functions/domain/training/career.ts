import type { IsoDate } from '../time.ts';

export type StepState = 'PLANNED' | 'DONE' | 'DROPPED';

/** One step of a career development plan. */
export interface CareerStep {
  readonly id: string;
  readonly text: string;
  readonly dueOn: IsoDate;
  /** A course of the catalogue that belongs to it. */
  readonly courseId: string | null;
  readonly state: StepState;
  /** What came of it. */
  readonly note: string | null;
}

/** PROPOSED by the person; AGREED with the assessor, until it is proposed anew. */
export type CareerPlanState = 'PROPOSED' | 'AGREED';

/** A person's career development plan (rencana pengembangan karier): where to, by which steps, with whose help. */
export interface CareerPlan {
  readonly staffId: string;
  /** The position or competence aimed at. */
  readonly goal: string;
  readonly mentorId: string | null;
  readonly steps: readonly CareerStep[];
  readonly state: CareerPlanState;
  readonly version: number;
}

export const MOST_STEPS = 30;
