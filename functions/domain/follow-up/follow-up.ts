import { addDays } from '../calendar.ts';
import { reject } from '../problem.ts';
import type { Instant, IsoDate } from '../time.ts';
import type { Grounds } from './grounds.ts';
import type { FollowUpMeasure, Outcome } from './rules.ts';

/** PROPOSED by a rule or a person, decided once: GRANTED or DECLINED; a granted one ENDED when it has been served. */
export type FollowUpState = 'PROPOSED' | 'GRANTED' | 'DECLINED' | 'ENDED';

export interface FollowUpProposal {
  readonly by: string;
  readonly reason: string;
}

/** A reward, help or consequence for a person after a period (tindak lanjut, art. 27). Nothing is automatic: a person decides. */
export interface FollowUp {
  /** `<rule>` for one that a rule proposed, else an id of its own; unique for person and period. */
  readonly id: string;
  readonly periodId: string;
  readonly staffId: string;
  /** Where the person served in the period: whose list it is on. */
  readonly unitId: string;
  readonly measure: FollowUpMeasure;
  /** What the rule rested on; null: a person proposed it. */
  readonly grounds: Grounds | null;
  /** A person's reason to propose it; null: a rule did. */
  readonly proposal: FollowUpProposal | null;
  readonly state: FollowUpState;
  readonly decision: {
    readonly by: string;
    readonly at: Instant;
    readonly reason: string;
    /** From when to when it is served; null: it is done with the decision. */
    readonly from: IsoDate;
    readonly until: IsoDate | null;
  } | null;
  readonly end: { readonly outcome: Outcome; readonly note: string | null; readonly at: Instant } | null;
  readonly version: number;
}

/** About six months to improve (PP 30/2019 art. 56): the default length of an improvement plan, in days. */
export const IMPROVEMENT_DAYS = 182;

/** What a leader may decide; everything else is the personnel office's. */
export const LEADERS_MEASURES: readonly FollowUpMeasure[] = [
  'GUIDANCE',
  'IMPROVEMENT_PLAN',
  'PRIORITY_TRAINING',
];

/** A measure that lasts and comes to an outcome; the others are done when they are granted. */
export const lasts = (measure: FollowUpMeasure): boolean =>
  measure === 'GUIDANCE' ||
  measure === 'IMPROVEMENT_PLAN' ||
  measure === 'COMPETENCE_TEST' ||
  measure === 'PRIORITY_TRAINING';

/** Whether it was granted, lasts, and nobody has said yet what came of it. */
export const isServed = ({ state, measure }: Pick<FollowUp, 'state' | 'measure'>): boolean =>
  state === 'GRANTED' && lasts(measure);

/**
 * From which day on it waits for whoever decides it: null at once, for one that is proposed; the day after its last one, for one that is
 * served; undefined: never.
 */
export const waitsFrom = ({ state, measure, decision }: FollowUp): IsoDate | null | undefined => {
  if (state === 'PROPOSED') return null;
  const until = isServed({ state, measure }) ? decision?.until : null;
  return until == null ? undefined : addDays(until, 1);
};

/** Until when it is served unless somebody says otherwise; null: it does not last. */
export const usualEnd = (measure: FollowUpMeasure, from: IsoDate): IsoDate | null =>
  lasts(measure) ? addDays(from, IMPROVEMENT_DAYS) : null;

/** @throws Rejection WRONG_STATE */
export const decideFollowUp = (
  followUp: FollowUp,
  granted: boolean,
  decision: NonNullable<FollowUp['decision']>,
): FollowUp => {
  if (followUp.state !== 'PROPOSED') throw reject('WRONG_STATE', 'id', { state: followUp.state });
  return { ...followUp, state: granted ? 'GRANTED' : 'DECLINED', decision };
};

/** @throws Rejection WRONG_STATE for one that was not granted, or does not last */
export const endFollowUp = (followUp: FollowUp, end: NonNullable<FollowUp['end']>): FollowUp => {
  if (!isServed(followUp)) throw reject('WRONG_STATE', 'id', { state: followUp.state });
  return { ...followUp, state: 'ENDED', end };
};
