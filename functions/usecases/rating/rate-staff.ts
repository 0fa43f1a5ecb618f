import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { type Problem, problem, Rejection, reject } from '../../domain/problem.ts';
import { newestVersion } from '../../domain/rating/instrument.ts';
import type { Instrument, Rating } from '../../domain/rating/rating.ts';
import { checkText, tidy } from '../../domain/text.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { type ImportOutcome, importRows, indexRows, type PreparedRow } from '../import-rows.ts';
import { checkMayRate } from '../peers/chosen-peer.ts';
import { regionToday } from '../region-clock.ts';
import { staffAddress } from '../work-address.ts';
import { checkTakesRatings, partyOn, ratingDay } from './rating-day.ts';
import { ratingGiven } from './rating-write.ts';
import { LONGEST_COMMENT, type SubmitRatingInput, scoresInOrder } from './submit-rating.ts';

/** One person with explicit scores: nothing is filled in, and nothing is the same for everybody. */
export interface RateStaffRow {
  readonly rateeId: string;
  readonly scores: SubmitRatingInput['scores'];
  readonly comment?: string | null | undefined;
  /** Of the rating that is replaced; left out for the first. */
  readonly version?: number | null | undefined;
}

export interface RateStaff {
  readonly periodId: string;
  readonly instrumentId: string;
  readonly instrumentVersion?: number | null | undefined;
  readonly ratings: readonly RateStaffRow[];
}

/** A rating takes itself, its audit entry and the note that its rater has rated; one item is the period's gate. */
const ROWS_A_TRANSACTION = 33;

/**
 * A superior rates several people at once, each by the same rules as one by one: the assessor of record on the day of rating, a
 * score for every item, the version of what is replaced. Who is refused holds back nobody else, and nobody is half rated. The
 * same content again changes nothing, so that a request may be repeated.
 * @returns with a problem for each person who was refused, at `ratings.<n>`
 * @throws Rejection FORBIDDEN, NOT_FOUND, PERIOD_NOT_OPEN, PERIOD_CLOSED, YEAR_FROM_PERIODS, RETIRED, REQUIRED, TOO_MANY
 */
export async function rateStaff(deps: Deps, actor: Actor, input: RateStaff): Promise<ImportOutcome> {
  const { store } = deps;
  const raterId = actor.staffId;
  if (raterId === null) throw reject('FORBIDDEN');
  const rows = namedRows(input.ratings);
  const [period, instruments, retired] = await Promise.all([
    store.periods.get(input.periodId),
    store.instruments.list(),
    store.instruments.retired(),
  ]);
  const problems = await checkTakesRatings(deps, period, input.periodId);
  const { instrumentId: id, instrumentVersion: version } = input;
  const instrument =
    version == null
      ? newestVersion(instruments, id)
      : (instruments.find((each) => each.id === id && each.version === version) ?? null);
  if (instrument === null) problems.push(problem('NOT_FOUND', 'instrumentId', { id }));
  else if (retired.has(id)) problems.push(problem('RETIRED', 'instrumentId', { id }));
  if (period === null || instrument === null || problems.length > 0) throw new Rejection(problems);

  const outcome = await importRows(deps, {
    actor,
    as: 'ASSESSOR',
    operation: 'rateStaff',
    rows,
    named: { path: 'rateeId', by: ({ rateeId }) => rateeId },
    rowsATransaction: ROWS_A_TRANSACTION,
    prepare: async (together) => {
      const [organisation, today, rater, staff] = await Promise.all([
        store.organisation.load(),
        regionToday(deps),
        store.staff.get(raterId),
        store.staff.getMany(together.map(({ row }) => row.rateeId)),
      ]);
      const day = ratingDay(period, today);
      const rating = rater && partyOn(organisation, rater, day);
      return Promise.all(
        together.map(async ({ index, row }, at): Promise<PreparedRow> => {
          const ratee = staff[at] ?? null;
          const found: Problem[] = [];
          const address = ratee && staffAddress(ratee, period.year);
          if (ratee === null) found.push(problem('NOT_FOUND', 'rateeId', { id: row.rateeId }));
          else {
            const refusals = checkMayRate('SUPERIOR', rating, partyOn(organisation, ratee, day), null);
            found.push(...refusals.map((refusal) => ({ ...refusal, path: ['rateeId'] })));
          }
          const scores = scoresInOrder(instrument, row.scores, found);
          found.push(...checkText(row.comment ?? '', 'comment', LONGEST_COMMENT, 'TEXT', null));
          if (found.length > 0 || address === null) return { index, problems: found };
          const key = { periodId: period.id, rateeId: row.rateeId, group: 'SUPERIOR', raterId } as const;
          const before = await store.ratings.get(address, key);
          const after = ratingGiven(period, key, contentOf(row, instrument, scores), before, {
            source: 'RATER',
            ratedAt: deps.now(),
          });
          if (before !== null && sameContent(before, after)) return { index, unchanged: true };
          if ((before?.version ?? null) !== (row.version ?? null))
            return { index, problems: [conflictOf(before)] };
          return { index, write: store.ratings.save(address, before, after) };
        }),
      );
    },
  });
  return { ...outcome, problems: outcome.problems.map(underRatings) };
}

const contentOf = (
  { comment }: RateStaffRow,
  instrument: Instrument,
  scores: readonly number[],
): Pick<Rating, 'instrumentId' | 'instrumentVersion' | 'scores' | 'comment'> => ({
  instrumentId: instrument.id,
  instrumentVersion: instrument.version,
  scores,
  comment: tidy(comment ?? '') || null,
});

const sameContent = (before: Rating, after: Rating): boolean => {
  const said = ({ instrumentId, instrumentVersion, scores, comment }: Rating): string =>
    canonicalJson({ instrumentId, instrumentVersion, scores, comment });
  return said(before) === said(after);
};

const conflictOf = (before: Stored<Rating> | null): Problem =>
  problem('CONFLICT', 'version', before === null ? {} : { version: before.version });

/** @throws Rejection REQUIRED or TOO_MANY at `ratings` */
function namedRows(ratings: readonly RateStaffRow[]): ReturnType<typeof indexRows<RateStaffRow>> {
  try {
    return indexRows(ratings);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    throw new Rejection(error.problems.map(underRatings), { cause: error });
  }
}

/** The rows of this input are called ratings. */
const underRatings = (found: Problem): Problem => ({
  ...found,
  path: found.path.map((step, at) => (at === 0 && step === 'rows' ? 'ratings' : step)),
});
