import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { RaterGroup } from '../../domain/rating/rating.ts';
import type { Instant, IsoDate } from '../../domain/time.ts';

export type TaskKind =
  | 'AGREE_PLAN'
  | 'ANSWER_CHANGE_REQUEST'
  | 'REPORT_REALISATIONS'
  | 'VERIFY_REALISATIONS'
  | 'SUBMIT_RATING'
  | 'SET_UNIT_PREDICATE'
  | 'RATE_IN_PLACE'
  | 'ANSWER_CARRYOVER'
  | 'DECIDE_JOINT_PART'
  | 'DECIDE_FOLLOW_UP'
  | 'END_FOLLOW_UP'
  | 'FOLLOW_UP_GUIDANCE'
  | 'DECIDE_LATE_CORRECTION'
  | 'DECIDE_INDICATOR_REVIEW'
  | 'NOMINATE_PEERS'
  | 'DECIDE_PEERS'
  | 'EXPLAIN_OBJECTION'
  | 'DECIDE_OBJECTION';

/** Something that waits for a person. */
export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  readonly staffId: string | null;
  readonly unitId: string | null;
  readonly planId: string | null;
  readonly periodId: string | null;
  readonly objectionId?: string;
  readonly jointActivityId?: string;
  readonly followUpId?: string;
  readonly guidanceId?: string;
  readonly group: RaterGroup | null;
  readonly count: number;
  readonly deadline: Instant | null;
}

/** A task of nothing but what is said: of one thing, without a date. @param id tells it from others of its kind */
export const taskOf = (kind: TaskKind, id: string, about: Partial<Omit<Task, 'id' | 'kind'>>): Task => ({
  id: `${kind}:${id}`,
  kind,
  staffId: null,
  unitId: null,
  planId: null,
  periodId: null,
  group: null,
  count: 1,
  deadline: null,
  ...about,
});

/** What one request looks at; a unit that is larger has units below it with heads of their own. */
export const TASK_LIMITS = {
  assessed: 500,
  everNamed: 2_000,
  reports: 20_000,
  followUps: 500,
  guidance: 500,
  reviews: 500,
} as const;

/** Who asks. */
export interface Me {
  readonly actorId: string;
  readonly staffId: string;
  /** Null for an account of nobody who serves. */
  readonly self: Staff | null;
  readonly organisation: Organisation;
  readonly today: IsoDate;
  readonly isPlanner: boolean;
  /** Whether one enters for the head of the region. */
  readonly isOffice: boolean;
}
