import type { Period } from '../period/period.ts';
import { type Problem, problem } from '../problem.ts';
import type { AssessorRating } from '../rating/rating.ts';
import type { Instant } from '../time.ts';
import type { BasisResult, PeriodRun } from './basis.ts';
import { ratedFor } from './in-place.ts';
import type { CarriedOver, CarryoverSide, Result } from './result.ts';

/*
 * After a transfer the new assessor evaluates by the new unit, or, by agreement of assessor and staff member, the result of the
 * period before counts once more (annex, chapter IV A 13 a). That holds for months and quarters: a year is evaluated by the new unit (A 13 b).
 */

export type CarryoverState = 'PROPOSED' | 'AGREED' | 'DECLINED' | 'WITHDRAWN';

/** The agreement of a staff member and the new assessor to use the result of the period before. */
export interface Carryover {
  readonly periodId: string;
  readonly staffId: string;
  /** The period whose result is used. */
  readonly sourcePeriodId: string;
  /** The assessor who is party to it: with another one it does not count. */
  readonly assessorId: string;
  readonly proposedBy: CarryoverSide;
  readonly reason: string | null;
  readonly state: CarryoverState;
  readonly proposedAt: Instant;
  readonly answeredAt: Instant | null;
  readonly version: number;
}

type Listed = Pick<Period, 'id' | 'kind' | 'year' | 'start' | 'end' | 'state' | 'publishedRun'>;

/**
 * Every published run that a month or quarter may build on: of the periods of its year and the one before that had ended when it
 * began, by id. Empty for a year.
 */
export const earlierRuns = (
  { kind, year, start }: Pick<Listed, 'kind' | 'year' | 'start'>,
  periods: readonly Listed[],
): PeriodRun[] =>
  kind === 'YEAR'
    ? []
    : periods
        .filter((one) => one.end < start && one.year >= year - 1)
        .flatMap(({ id, publishedRun }) =>
          publishedRun === null ? [] : [{ periodId: id, run: publishedRun }],
        )
        .sort((a, b) => (a.periodId < b.periodId ? -1 : 1));

/**
 * Those of them that are the period before: of all periods that were opened those that ended last. At the turn of a year these are
 * the last month or quarter and the year itself, and the two sides choose.
 */
export const previousRuns = (period: Listed, periods: readonly Listed[]): PeriodRun[] => {
  const before = periods.filter(({ end, state }) => end < period.start && state !== 'PLANNED');
  const latest = before
    .map(({ end }) => end)
    .toSorted()
    .at(-1);
  const ids = new Set(before.filter(({ end }) => end === latest).map(({ id }) => id));
  return earlierRuns(period, periods).filter(({ periodId }) => ids.has(periodId));
};

/**
 * Whether a result may be used once more: another assessor made it, and it came to a predicate.
 * @returns NO_PREVIOUS_RESULT at `sourcePeriodId`, or nothing
 */
export const checkCarriedOver = (
  result: Pick<Result, 'assessorId' | 'predicate'> | null,
  assessorId: string,
): Problem[] =>
  result === null || result.predicate === null || result.assessorId === assessorId
    ? [problem('NO_PREVIOUS_RESULT', 'sourcePeriodId')]
    : [];

/** Whether the two sides have agreed, and the assessor is still the one who did. */
export const carries = (
  carryover: Carryover | null | undefined,
  assessorId: string | null,
): carryover is Carryover => carryover?.state === 'AGREED' && carryover.assessorId === assessorId;

/** An agreement with the result that it is about. */
export interface CarriedResult {
  readonly carryover: Carryover;
  readonly result: BasisResult & Pick<Result, 'assessor' | 'verdict' | 'carriedOver'>;
}

/** What an evaluation says of the previous result that counts in it. */
export const carriedOverOf = ({ carryover, result }: CarriedResult): CarriedOver => ({
  periodId: result.periodId,
  run: result.run,
  proposedBy: carryover.proposedBy,
  innovation:
    result.verdict?.innovation ?? result.assessor?.innovation ?? result.carriedOver?.innovation ?? false,
});

/** One side proposes it. One that was declined or withdrawn is over, and so is one with an assessor who is none any more. @returns ALREADY_EXISTS, or nothing */
export const checkProposable = (before: Carryover | null, assessorId: string): Problem[] =>
  before !== null &&
  before.assessorId === assessorId &&
  (before.state === 'PROPOSED' || before.state === 'AGREED')
    ? [problem('ALREADY_EXISTS', 'sourcePeriodId', { id: before.sourcePeriodId })]
    : [];

/** What the assessor's superior has set in the assessor's place is final. @returns RESULT_FINAL, or nothing */
export const checkNotRatedInPlace = (rating: AssessorRating | null, assessorId: string): Problem[] =>
  rating !== null && rating.inPlaceOf !== null && ratedFor(rating) === assessorId
    ? [problem('RESULT_FINAL')]
    : [];

/**
 * The other side answers, or the side that proposed takes it back.
 * @returns WRONG_STATE for one that is not open, FORBIDDEN for the wrong side
 */
export const checkAnswer = (
  { state, proposedBy }: Pick<Carryover, 'state' | 'proposedBy'>,
  side: CarryoverSide,
  step: 'ANSWER' | 'WITHDRAW',
): Problem[] => {
  if (state !== 'PROPOSED') return [problem('WRONG_STATE', '', { state })];
  return (side === proposedBy) === (step === 'WITHDRAW') ? [] : [problem('FORBIDDEN')];
};
