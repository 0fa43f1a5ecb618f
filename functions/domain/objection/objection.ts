import { addDays } from '../calendar.ts';
import { type Problem, problem, reject } from '../problem.ts';
import type { Instant, IsoDate } from '../time.ts';
import type { Correction } from './verdict.ts';

/**
 * FILED → EXPLAINED (the assessor has answered) → UPHELD or CHANGED; WITHDRAWN by the person while it is open; SUPERSEDED when
 * the period was opened again, whose next results may be objected to anew.
 */
export type ObjectionState = 'FILED' | 'EXPLAINED' | 'UPHELD' | 'CHANGED' | 'WITHDRAWN' | 'SUPERSEDED';

/** What of a result an objection is about: a line of the plan, or a value of the behaviour. */
export type ObjectionPoint =
  | { readonly lineId: string; readonly valueId: null; readonly text: string }
  | { readonly lineId: null; readonly valueId: string; readonly text: string };

/** What one of the two sides says when it is heard (annex, objections, 4). */
export interface Statement {
  readonly side: 'STAFF' | 'ASSESSOR';
  readonly authorId: string;
  readonly at: Instant;
  readonly text: string;
}

export type EscalationCause = 'EXPLANATION_OVERDUE' | 'DECISION_OVERDUE' | 'DECIDER_LEFT';

/** A deadline that passed, or a decider who left, and who decides from then on; null: the personnel office. */
export interface Escalation {
  readonly cause: EscalationCause;
  readonly at: Instant;
  readonly fromId: string | null;
  readonly toId: string | null;
}

export interface ObjectionDecision {
  readonly outcome: 'UPHELD' | 'CHANGED';
  readonly at: Instant;
  /** The staff member who decided; null: an account of nobody who serves. */
  readonly deciderId: string | null;
  readonly reason: string;
  /** The new recommendation of the document (annex, objections, 7; form D.1.3). */
  readonly recommendation: string | null;
  /** What is changed; null where the result is upheld. Never changes afterwards. */
  readonly correction: Correction | null;
}

/** A staff member's objection (keberatan) to the result of one close; see `objectionIdOf`. */
export interface Objection {
  readonly id: string;
  readonly periodId: string;
  /** The attempt of the close whose result it is about. */
  readonly attempt: number;
  readonly staffId: string;
  /** The run that was read when it was filed. */
  readonly run: string;
  /** Where the person was evaluated. */
  readonly unitId: string;
  readonly state: ObjectionState;
  readonly filedAt: Instant;
  /** The person, or the personnel office for somebody who serves no more. */
  readonly filedBy: 'SELF' | 'HR_ADMIN';
  readonly reasons: string;
  readonly points: readonly ObjectionPoint[];
  /** Assessor of record, who is asked to explain; null: nobody assesses the person. */
  readonly assessorId: string | null;
  /** The unit that the assessor heads, from which the deciders are found; null without an assessor. */
  readonly assessedInUnitId: string | null;
  /** Last day to explain; null: there is nobody to ask. */
  readonly explainBy: IsoDate | null;
  /** Who decides; null: the personnel office (HR_ADMIN), where nobody is above the assessor. */
  readonly deciderId: string | null;
  /** Last day to decide. */
  readonly decideBy: IsoDate;
  /** The last day to decide of which the decider was reminded; null: none yet. */
  readonly remindedOf: IsoDate | null;
  readonly statements: readonly Statement[];
  readonly escalations: readonly Escalation[];
  readonly decision: ObjectionDecision | null;
  readonly version: number;
}

/**
 * Longest texts, in characters, and most parts; of statements those of one side. An objection with all of it in letters that nothing
 * shrinks, its decision and its escalations fit one item.
 */
export const OBJECTION_LIMITS = {
  text: 4_000,
  point: 2_000,
  points: 30,
  statements: 10,
  figures: 20,
} as const;

/** One objection a person and close: the same id however often it is filed. */
export const objectionIdOf = (periodId: string, attempt: number, staffId: string): string =>
  `${periodId}:${attempt}:${staffId}`;

/** What an id says; null for a text that is none. */
export const objectionOf = (id: string): Pick<Objection, 'periodId' | 'attempt' | 'staffId'> | null => {
  const [, periodId, attempt, staffId] = /^([^:]+):([1-9]\d{0,3}):(.+)$/s.exec(id) ?? [];
  return periodId === undefined || staffId === undefined
    ? null
    : { periodId, attempt: Number(attempt), staffId };
};

/** Whether it still waits for its decision. */
export const isOpen = ({ state }: Pick<Objection, 'state'>): boolean =>
  state === 'FILED' || state === 'EXPLAINED';

/** Whether the assessor is still asked to explain. */
export const awaitsExplanation = ({ state, explainBy }: Pick<Objection, 'state' | 'explainBy'>): boolean =>
  state === 'FILED' && explainBy !== null;

/** Everybody who decides or had to decide it. */
export const decidersSoFar = ({
  deciderId,
  escalations,
}: Pick<Objection, 'deciderId' | 'escalations'>): ReadonlySet<string> =>
  new Set([deciderId, ...escalations.map(({ fromId }) => fromId)].filter((id) => id !== null));

const requireOpen = (objection: Objection): void => {
  if (!isOpen(objection)) throw reject('WRONG_STATE', '', { state: objection.state });
};

/** A side is heard; the assessor's first words are the explanation. @throws Rejection WRONG_STATE, TOO_MANY */
export const hear = (objection: Objection, statement: Statement): Objection => {
  requireOpen(objection);
  if (
    objection.statements.filter(({ side }) => side === statement.side).length >= OBJECTION_LIMITS.statements
  ) {
    throw reject('TOO_MANY', 'text', { maximum: OBJECTION_LIMITS.statements });
  }
  return {
    ...objection,
    state: statement.side === 'ASSESSOR' ? 'EXPLAINED' : objection.state,
    statements: [...objection.statements, statement],
  };
};

/** @throws Rejection WRONG_STATE */
export const withdraw = (objection: Objection): Objection => {
  requireOpen(objection);
  return { ...objection, state: 'WITHDRAWN' };
};

/**
 * Whether it may be decided on a day: when the assessor has explained, cannot be asked, or has let the deadline pass (annex,
 * objections, 4: both are asked). @returns NOT_HEARD, or nothing
 */
export const checkHeard = (
  objection: Pick<Objection, 'state' | 'explainBy'>,
  today: IsoDate,
  assessorServes: boolean,
): Problem[] =>
  awaitsExplanation(objection) && assessorServes && today <= (objection.explainBy ?? today)
    ? [problem('NOT_HEARD', '', { date: objection.explainBy ?? today })]
    : [];

/** @throws Rejection WRONG_STATE */
export const decideOn = (objection: Objection, decision: ObjectionDecision): Objection => {
  requireOpen(objection);
  return { ...objection, state: decision.outcome, decision };
};

/** Hands it on to somebody else, who has the whole term again. @throws Rejection WRONG_STATE */
export const handOn = (objection: Objection, escalation: Escalation, decideBy: IsoDate): Objection => {
  requireOpen(objection);
  return {
    ...objection,
    deciderId: escalation.toId,
    decideBy,
    escalations: [...objection.escalations, escalation],
  };
};

/** Notes that a deadline has passed, which changes nobody's duty. @throws Rejection WRONG_STATE */
export const noteOverdue = (objection: Objection, cause: EscalationCause, at: Instant): Objection => {
  requireOpen(objection);
  const { deciderId, escalations } = objection;
  return {
    ...objection,
    escalations: [...escalations, { cause, at, fromId: deciderId, toId: deciderId }],
  };
};

/** Whether the day before the last one to decide has come, and nobody was reminded of it. */
export const isReminderDue = ({ state, decideBy, remindedOf }: Objection, today: IsoDate): boolean =>
  isOpen({ state }) && remindedOf !== decideBy && today >= addDays(decideBy, -1) && today <= decideBy;

/** The period was opened again. @throws Rejection WRONG_STATE */
export const supersede = (objection: Objection): Objection => {
  requireOpen(objection);
  return { ...objection, state: 'SUPERSEDED' };
};
