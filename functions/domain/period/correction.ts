import type { PeriodRun } from '../evaluation/basis.ts';
import { reject } from '../problem.ts';
import type { LateDecision } from './period.ts';

/** Corrections of a period's results that a year which builds on it takes over: the period's run, and whose results. */
export interface Followed extends PeriodRun {
  readonly staffIds: readonly string[];
}

/** Why a correction run differs from the run of its close. Each run holds all that the one before it held. */
export interface CorrectionContent {
  /** Staff whose decisions on objections to the period itself it holds. */
  readonly decisions: readonly string[];
  /** What of the periods that it builds on was corrected after its close began. */
  readonly follows: readonly Followed[];
}

export const NOTHING_CORRECTED: CorrectionContent = { decisions: [], follows: [] };

/**
 * New people in one run: the transaction that publishes it tells each of them, with two of its hundred items. The others wait for
 * the next run, and the period is not final before it.
 */
const MOST_PEOPLE = 40;

const sorted = (ids: Iterable<string>): string[] => [...new Set(ids)].sort();

/** Everybody whose evaluation it changes, by id. */
export const staffOf = ({ decisions, follows }: CorrectionContent): string[] =>
  sorted([...decisions, ...follows.flatMap(({ staffIds }) => staffIds)]);

const narrowed = (follows: readonly Followed[], keep: (staffId: string) => boolean): Followed[] =>
  follows
    .map((one) => ({ ...one, staffIds: sorted(one.staffIds.filter(keep)) }))
    .filter(({ staffIds }) => staffIds.length > 0);

/** What the next run holds: all of the run before it, and what waits for the first of the people, by id. */
export const nextContent = (earlier: CorrectionContent, waiting: CorrectionContent): CorrectionContent => {
  const first = new Set(staffOf(waiting).slice(0, MOST_PEOPLE));
  const isFirst = (staffId: string): boolean => first.has(staffId);
  const follows = [...earlier.follows, ...narrowed(waiting.follows, isFirst)];
  const runs = Map.groupBy(follows, ({ periodId, run }) => `${periodId} ${run}`);
  return {
    decisions: sorted([...earlier.decisions, ...waiting.decisions.filter(isFirst)]),
    follows: [...runs.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, [one, ...more]]) =>
        one === undefined
          ? []
          : [{ ...one, staffIds: sorted([one, ...more].flatMap((each) => each.staffIds)) }],
      ),
  };
};

/** What of some corrections a run does not hold yet; a person's result of a period is corrected once a close. */
export const notHeld = (follows: readonly Followed[], { follows: held }: CorrectionContent): Followed[] =>
  follows.flatMap((one) => {
    const known = new Set(
      held.filter(({ periodId }) => periodId === one.periodId).flatMap(({ staffIds }) => staffIds),
    );
    return narrowed([one], (staffId) => !known.has(staffId));
  });

/** The runs that one person's evaluation builds on. @param frozen those that the close began with */
export const runsFollowed = (
  frozen: readonly PeriodRun[],
  { follows }: CorrectionContent,
  staffId: string,
): PeriodRun[] =>
  frozen.map(({ periodId, run }) => {
    const followed = follows.find((one) => one.periodId === periodId && one.staffIds.includes(staffId));
    return { periodId, run: followed?.run ?? run };
  });

/** `2026-Q1 r1c1`, one after the other: for the audit entry. */
export const followedText = (follows: readonly Followed[]): string | null =>
  follows.length === 0 ? null : follows.map(({ periodId, run }) => `${periodId} ${run}`).join(', ');

const decidedIn = (decisions: readonly LateDecision[], outcome: LateDecision['outcome'] | null) => {
  const found = new Set(
    decisions
      .filter((one) => outcome === null || one.outcome === outcome)
      .flatMap(({ sourcePeriodId, staffIds }) => staffIds.map((staffId) => `${sourcePeriodId} ${staffId}`)),
  );
  return (periodId: string, staffId: string): boolean => found.has(`${periodId} ${staffId}`);
};

/** Of what reaches a final year late, what was decided to be applied. */
export const applied = (late: readonly Followed[], decisions: readonly LateDecision[]): Followed[] => {
  const isApplied = decidedIn(decisions, 'APPLY');
  return late.flatMap((one) => narrowed([one], (staffId) => isApplied(one.periodId, staffId)));
};

/** Of what reaches a final year late, what nobody has decided on. */
export const undecided = (late: readonly Followed[], decisions: readonly LateDecision[]): Followed[] => {
  const isDecided = decidedIn(decisions, null);
  return late.flatMap((one) => narrowed([one], (staffId) => !isDecided(one.periodId, staffId)));
};

const MOST_AT_ONCE = 100;

/** A decision is made once. @throws Rejection NOT_FOUND at `staffIds` for whom nothing waits, REQUIRED for nobody, TOO_MANY */
export const decideLate = (
  decisions: readonly LateDecision[],
  waiting: readonly Followed[],
  decision: LateDecision,
): readonly LateDecision[] => {
  const staffIds = sorted(decision.staffIds);
  if (staffIds.length === 0) throw reject('REQUIRED', 'staffIds');
  if (staffIds.length > MOST_AT_ONCE) throw reject('TOO_MANY', 'staffIds', { maximum: MOST_AT_ONCE });
  const open = new Set(
    waiting.filter(({ periodId }) => periodId === decision.sourcePeriodId).flatMap((one) => one.staffIds),
  );
  const unknown = staffIds.find((staffId) => !open.has(staffId));
  if (unknown !== undefined) throw reject('NOT_FOUND', 'staffIds', { id: unknown });
  return [...decisions, { ...decision, staffIds }];
};
