import { headOn, type Organisation } from '../organisation/organisation.ts';
import { assessorOn } from '../organisation/staff.ts';
import type { Period } from '../period/period.ts';
import { type Problem, problem } from '../problem.ts';
import type { Instant, IsoDate } from '../time.ts';
import type { UnitPredicate } from './predicate.ts';

/** In what capacity a unit's predicate was set: as the leader one level up, or, for a unit at the top, as planner. */
export type UnitDecider = 'LEADER_ABOVE' | 'PLANNER';

/** The predicate of a unit as its leader one level up set it (art. 24 (1) a, 25 (1) a; annex, chapter IV B 1). */
export interface UnitDecision {
  readonly predicate: UnitPredicate;
  /** What the system proposed when it was decided; null: nothing could be proposed. */
  readonly proposed: UnitPredicate | null;
  /** Required where the two differ. */
  readonly reason: string | null;
  readonly as: UnitDecider;
  /** Account of who decided. */
  readonly decidedBy: string;
  /** The same as a staff member; null for an account of nobody who serves. */
  readonly deciderId: string | null;
  readonly decidedAt: Instant;
}

/** Why a unit's staff are distributed otherwise than the guidance asks (SE MenPANRB 3/2023), by the unit's head. */
export interface Justification {
  readonly text: string;
  readonly authorId: string;
  readonly writtenAt: Instant;
}

/** What was decided about a unit as a whole in a period. */
export interface UnitAssessment {
  readonly periodId: string;
  readonly unitId: string;
  /** Null: the system's proposal counts. */
  readonly decision: UnitDecision | null;
  readonly justification: Justification | null;
  readonly version: number;
}

/** A unit and period about which nothing has been decided. */
export const newUnitAssessment = (periodId: string, unitId: string): UnitAssessment => ({
  periodId,
  unitId,
  decision: null,
  justification: null,
  version: 0,
});

/** The predicate that counts: the one that was set, or else the system's proposal. */
export const unitPredicateOf = ({
  proposed,
  decision,
}: {
  readonly proposed: UnitPredicate | null;
  readonly decision: Pick<UnitDecision, 'predicate'> | null;
}): UnitPredicate | null => decision?.predicate ?? proposed;

/**
 * Who sets a unit's predicate: whoever assesses its head, so that nobody decides about a unit that they lead or that their own
 * head leads; of a vacant unit the nearest head above. Null: the unit is at the top, and the planner decides in the regional
 * head's name [D].
 */
export const unitDeciderOn = (organisation: Organisation, unitId: string, day: IsoDate): string | null => {
  const unit = organisation.units.get(unitId);
  const head = unit === undefined ? null : headOn(unit, day);
  return assessorOn(organisation, { staffId: head ?? '', unitId, assessorId: null }, day).assessorId;
};

/** A unit's predicate is set between the end of the period, when its achievement is known, and the close. */
export const checkPeriodOver = ({ end }: Pick<Period, 'end'>, today: IsoDate): Problem[] =>
  today > end ? [] : [problem('PERIOD_NOT_OVER', 'periodId', { date: end })];

/** @returns REASON_REQUIRED where the predicate differs from the proposal, also where nothing could be proposed */
export const checkUnitDecision = ({
  predicate,
  proposed,
  reason,
}: Pick<UnitDecision, 'predicate' | 'proposed' | 'reason'>): Problem[] =>
  predicate !== proposed && (reason ?? '').trim() === '' ? [problem('REASON_REQUIRED', 'reason')] : [];
