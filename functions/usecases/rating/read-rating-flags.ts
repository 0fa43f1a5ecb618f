import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/access-policy.ts';
import { localDateOf } from '../../domain/calendar.ts';
import type { PolicyRules } from '../../domain/period/policy.ts';
import { poolsIn } from '../../domain/period/unit-pools.ts';
import { problem, Rejection } from '../../domain/problem.ts';
import { meanOfRating } from '../../domain/rating/behaviour.ts';
import { isAnonymous, ratingsOfPool } from '../../domain/rating/pool.ts';
import { type Instrument, isAnonymousGroup, type Rating } from '../../domain/rating/rating.ts';
import type { Flag, FlagKind, SeenRating } from '../../domain/rating-flags/flag.ts';
import { flatRaters } from '../../domain/rating-flags/flat-raters.ts';
import { inACrowd } from '../../domain/rating-flags/in-a-crowd.ts';
import { outlyingSuperiors } from '../../domain/rating-flags/outlying-superiors.ts';
import { publicBursts } from '../../domain/rating-flags/public-bursts.ts';
import { shownFigures } from '../../domain/rating-flags/shown-flag.ts';
import { mutualPairs, tradingPairs } from '../../domain/rating-flags/trading-pairs.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { policyOfRun } from '../result/policy-of-run.ts';
import { namesForReading } from './rater-pseudonym.ts';

/** A pattern as it is shown to those who look into it. */
export interface RatingFlag {
  readonly kind: FlagKind;
  readonly unitId: string;
  /** A superior, or the person whom the public rated; null for anonymous raters. */
  readonly staffId: string | null;
  /** By which the same anonymous raters are spoken of in the period; null where somebody is named. */
  readonly caseId: string | null;
  readonly ratings: number;
  readonly mean: number;
  readonly others: number | null;
  readonly day: IsoDate | null;
}

/**
 * Patterns in the ratings of a unit's staff in a published period, for HR and inspectors; none changes a score. They are found
 * in what counts: pools that are too small to be shown are in no flag, and before publication there is none. Anonymous raters are
 * a case, not a person, with coarse figures, and none where few could have made it. Trading pairs are found until the period is
 * final: then nobody's name is known. What is about whoever reads is left out. Looks at people whose year lies with the unit. @throws Rejection NOT_FOUND, FORBIDDEN
 */
export async function readRatingFlags(
  deps: Deps,
  actor: Actor,
  { periodId, unitId }: { readonly periodId: string; readonly unitId: string },
): Promise<readonly RatingFlag[]> {
  await authorise(deps, actor, 'Query.ratingFlags');
  const { store } = deps;
  const [period, organisation, instruments] = await Promise.all([
    store.periods.get(periodId),
    store.organisation.load(),
    store.instruments.list(),
  ]);
  const unit = organisation.units.get(unitId);
  const problems = [
    ...(period === null ? [problem('NOT_FOUND', 'periodId', { id: periodId })] : []),
    ...(unit === undefined ? [problem('NOT_FOUND', 'unitId', { id: unitId })] : []),
  ];
  if (period === null || unit === undefined || problems.length > 0) throw new Rejection(problems);
  // What a reopened period takes in would come to light rating by rating.
  if (period.publishedRun === null || (period.state !== 'PUBLISHED' && period.state !== 'FINAL')) return [];
  const policy = await policyOfRun(store, period, period.publishedRun);
  if (policy === null) return [];
  const rules = { ...policy.rules, ...poolsIn(policy.rules, organisation, unitId) };
  const [names, ...shards] = await Promise.all([
    namesForReading(deps, periodId),
    ...Array.from({ length: unit.shardCount }, (_, shard) =>
      store.ratings.ofCollection({ collection: { unitId, shard }, year: period.year }, periodId),
    ),
  ]);
  const seen = [...Map.groupBy(shards.flat(), ({ rateeId }) => rateeId).values()].flatMap((ofRatee) =>
    seenRatings(ofRatee, rules, instruments),
  );
  const pairs = names === null ? [] : mutualPairs(seen, (staffId) => names('PEER', staffId));
  const flags = [
    ...flatRaters(seen),
    ...tradingPairs(pairs),
    ...outlyingSuperiors(seen),
    ...publicBursts(seen, policy.rules.minimumRaters),
  ];
  return inACrowd(flags, seen, pairs, policy.rules.minimumRaters)
    .map((flag) => shownFlag(flag, unitId, periodId))
    .filter(({ staffId }) => staffId === null || staffId !== actor.staffId)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const shownFlag = (flag: Flag, unitId: string, periodId: string): RatingFlag => ({
  kind: flag.kind,
  unitId,
  staffId: flag.anonymous ? null : (flag.ratee ?? flag.raters[0] ?? null),
  caseId: flag.anonymous ? caseOf(periodId, flag.raters) : null,
  day: flag.day,
  ...shownFigures(flag),
});

/** Tells cases apart and leads to nobody: what it is made of is on no page. */
const caseOf = (periodId: string, raters: readonly string[]): string =>
  createHash('sha256')
    .update(['FLAG', periodId, ...raters].join('\n'))
    .digest('hex')
    .slice(0, 8);

const keyOf = ({ kind, staffId, caseId, day }: RatingFlag): string =>
  [kind, staffId ?? caseId, day].join(' ');

/** What counts of one person's ratings, pool by pool. */
function seenRatings(
  ratings: readonly Rating[],
  rules: PolicyRules,
  instruments: readonly Instrument[],
): SeenRating[] {
  return rules.raterPools.flatMap(({ groups }) => {
    const own = ratingsOfPool(ratings, groups, rules);
    if (isAnonymous(groups) && own.length < rules.minimumRaters) return [];
    return own.map((rating): SeenRating => {
      const [numerator, denominator] = meanOfRating(rating, instruments);
      const [first = 0] = rating.scores;
      const { group, ratedAt } = rating;
      return {
        rater: rating.raterId,
        ratee: rating.rateeId,
        anonymous: isAnonymousGroup(group),
        value: numerator / denominator,
        flat: rating.scores.every((score) => score === first) ? first : null,
        day: group === 'PUBLIC' && ratedAt !== null ? localDateOf(ratedAt, rules.utcOffsetMinutes) : null,
      };
    });
  });
}
