import type { Actor, Relation } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { type Problem, problem, reject, rejectIf } from '../../domain/problem.ts';
import {
  checkScores,
  type Instrument,
  isAnonymousGroup,
  type RaterGroup,
  type Rating,
} from '../../domain/rating/rating.ts';
import { checkText, tidy } from '../../domain/text.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { RatingKey } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { checkMayRate, chosenPeers } from '../peers/chosen-peer.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { staffAddress } from '../work-address.ts';
import { findInstrument } from './find-instrument.ts';
import { concealedDigest, namesForReading, namesForWriting } from './rater-pseudonym.ts';
import { checkTakesRatings, partyOn, ratingDay } from './rating-day.ts';
import { notDeclined, ratingGiven, timeKept } from './rating-write.ts';

export interface SubmitRatingInput {
  readonly periodId: string;
  readonly rateeId: string;
  readonly group: RaterGroup;
  readonly instrumentId: string;
  readonly instrumentVersion?: number | null | undefined;
  readonly scores: readonly { readonly itemId: string; readonly score: number }[];
  readonly comment?: string | null | undefined;
  readonly version?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export const LONGEST_COMMENT = 2_000;

/** In which relation a rater of each group acts. */
const CAPACITY: Readonly<Record<Exclude<RaterGroup, 'PUBLIC'>, Relation>> = {
  SUPERIOR: 'ASSESSOR',
  PEER: 'PEER',
  SUBORDINATE: 'SUBORDINATE',
  SELF: 'SELF',
};

/**
 * A staff member rates a person, once a period and kind; a second rating, with the version of the first, replaces it until the
 * period closes. Of a peer or subordinate nothing that is kept leads from what was said to who said it.
 * @throws Rejection with all of NOT_FOUND, PERIOD_NOT_OPEN, PERIOD_CLOSED, YEAR_FROM_PERIODS, NOT_A_RATER, SELF_AS_OTHER, ITEMS_INCOMPLETE,
 * DUPLICATE, OUT_OF_RANGE, TOO_LONG; CONFLICT
 */
export const submitRating = async (
  deps: Deps,
  actor: Actor,
  input: SubmitRatingInput,
): Promise<Stored<Rating>> =>
  perform(
    deps,
    { actor, operation: 'submitRating', input: await concealed(deps, input) },
    // Whom one may rate is part of what is checked below; one's own rating may always be read (Query.myRating).
    async () => {
      if (actor.staffId === null) throw reject('FORBIDDEN');
      return actor.staffId;
    },
    async (raterId) => {
      const { periodId, rateeId, group } = input;
      const [period, instrument, ratee, rater, organisation, today, retired] = await Promise.all([
        deps.store.periods.get(periodId),
        findInstrument(deps, input.instrumentId, input.instrumentVersion),
        deps.store.staff.get(rateeId),
        deps.store.staff.get(raterId),
        deps.store.organisation.load(),
        regionToday(deps),
        deps.store.instruments.retired(),
      ]);
      let isChosen = false;
      const problems: Problem[] = await checkTakesRatings(deps, period, periodId);
      const scores = scoresInOrder(instrument, input.scores, problems);
      if (instrument === null)
        problems.push(problem('NOT_FOUND', 'instrumentId', { id: input.instrumentId }));
      else if (retired.has(instrument.id))
        problems.push(problem('RETIRED', 'instrumentId', { id: instrument.id }));
      if (ratee === null) problems.push(problem('NOT_FOUND', 'rateeId', { id: rateeId }));
      problems.push(...checkText(input.comment ?? '', 'comment', LONGEST_COMMENT, 'TEXT', null));
      if (group === 'PUBLIC') problems.push(problem('NOT_A_RATER', 'group', { group }));
      else if (period !== null && ratee !== null) {
        const day = ratingDay(period, today);
        const rated = partyOn(organisation, ratee, day);
        const rating = rater && partyOn(organisation, rater, day);
        const chosen = await chosenPeers(deps, group === 'PEER' ? [{ period, ratee }] : []);
        const onPanel = chosen(periodId, rateeId, raterId);
        isChosen = onPanel === true;
        problems.push(...checkMayRate(group, rating, rated, onPanel));
      }
      rejectIf(problems);
      const address = ratee && period && staffAddress(ratee, period.year);
      if (period === null || address === null || instrument === null || group === 'PUBLIC')
        throw reject('NOT_A_RATER', 'group', { group });
      const nameRater = isAnonymousGroup(group) ? await namesForWriting(deps, periodId) : named;
      const key: RatingKey = { periodId, rateeId, group, raterId: nameRater(group, raterId) };
      const before = await deps.store.ratings.get(address, key);
      expectVersion(before, input.version);
      const content = {
        instrumentId: instrument.id,
        instrumentVersion: instrument.version,
        scores,
        comment: tidy(input.comment ?? '') || null,
      };
      const ratedAt = timeKept(group, deps.now());
      const after = ratingGiven(period, key, content, before, { source: 'RATER', ratedAt });
      return {
        as: CAPACITY[group],
        ref: refOfRating(key),
        writes: [
          deps.store.ratings.save(address, before, after, raterId),
          ...notDeclined(deps, address, { periodId, rateeId, raterId }, group, isChosen),
        ],
      };
    },
    (ref) => answerRating(deps, actor, ref),
  );

const named = (_group: RaterGroup, raterId: string): string => raterId;

/**
 * What a repetition is known by. The digest of an anonymous rating lies under the rater's account for a week, so it is keyed:
 * from a plain one the scores could be found by trying all of them.
 */
async function concealed(
  { store }: Deps,
  input: SubmitRatingInput,
): Promise<{ readonly idempotencyKey?: string | null | undefined }> {
  if (input.idempotencyKey == null || !isAnonymousGroup(input.group)) return input;
  const { idempotencyKey, ...said } = input;
  const period = await store.periods.get(said.periodId);
  const { get, ensure } = store.raterSecrets;
  const secret = await (period?.state === 'OPEN' ? ensure : get)(said.periodId);
  const digest = secret === null ? '' : concealedDigest(secret, canonicalJson(said));
  return Object.assign({ idempotencyKey }, { digest });
}

/** One score an item in the instrument's order, whatever the order in which they came. */
export function scoresInOrder(
  instrument: Instrument | null,
  scores: SubmitRatingInput['scores'],
  problems: Problem[],
): readonly number[] {
  if (instrument === null) return [];
  const given = new Map<string, { readonly score: number; readonly at: number }>();
  scores.forEach(({ itemId, score }, at) => {
    if (!instrument.items.some(({ id }) => id === itemId)) {
      problems.push(problem('NOT_FOUND', `scores.${at}.itemId`, { id: itemId }));
    } else if (given.has(itemId))
      problems.push(problem('DUPLICATE', `scores.${at}.itemId`, { value: itemId }));
    else given.set(itemId, { score, at });
  });
  const ordered = instrument.items.flatMap(({ id }) => given.get(id) ?? []);
  problems.push(
    ...checkScores(
      instrument,
      ordered.map(({ score }) => score),
    ).map((found) => {
      const place = found.path[1];
      const at = typeof place === 'number' ? ordered[place]?.at : undefined;
      return at === undefined ? found : { ...found, path: ['scores', at, 'score'] };
    }),
  );
  return ordered.map(({ score }) => score);
}

const SEPARATOR = '\n';
const refOfRating = ({ periodId, rateeId, group }: RatingKey): string =>
  [periodId, rateeId, group].join(SEPARATOR);

async function answerRating(deps: Deps, actor: Actor, ref: string): Promise<Stored<Rating>> {
  const [periodId = '', rateeId = '', group = ''] = ref.split(SEPARATOR);
  const rating = await readMyRating(deps, actor, { periodId, rateeId, group: group as RaterGroup });
  if (rating === null) throw reject('NOT_FOUND', 'rateeId', { id: rateeId });
  return rating;
}

/**
 * One's own rating of a person; null when one has not rated. Nobody can ask for somebody else's, and once the period is final
 * not even for the own one as peer or subordinate: nothing tells any more whose it was.
 */
export async function readMyRating(
  deps: Deps,
  actor: Actor,
  { periodId, rateeId, group }: Omit<RatingKey, 'raterId'>,
): Promise<Stored<Rating> | null> {
  if (actor.staffId === null || group === 'PUBLIC') return null;
  const [period, ratee] = await Promise.all([
    deps.store.periods.get(periodId),
    deps.store.staff.get(rateeId),
  ]);
  const address = period && ratee && staffAddress(ratee, period.year);
  if (address === null) return null;
  const nameRater = isAnonymousGroup(group) ? await namesForReading(deps, periodId) : named;
  const raterId = nameRater?.(group, actor.staffId);
  return raterId === undefined
    ? null
    : deps.store.ratings.get(address, { periodId, rateeId, group, raterId });
}
