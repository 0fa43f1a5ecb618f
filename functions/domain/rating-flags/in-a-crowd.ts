import type { Flag, SeenRating } from './flag.ts';
import { downToFives } from './shown-flag.ts';
import type { MutualPair } from './trading-pairs.ts';

/**
 * The flags that lead to no anonymous rater, for readers who know from panels and the hierarchy who rated how many and whom: at
 * least `minimum` people could have made what is shown, and nobody must have, because the others are enough for all such cases.
 * @param pairs who could be trading, see `mutualPairs`
 */
export const inACrowd = (
  flags: readonly Flag[],
  ratings: readonly SeenRating[],
  pairs: readonly MutualPair[],
  minimum: number,
): Flag[] => {
  const anonymous = flags.filter((flag) => flag.anonymous);
  const flat = Map.groupBy(
    anonymous.filter(({ kind }) => kind === 'FLAT_RATER'),
    (flag) => downToFives(flag.ratings),
  );
  const raters = ratersByNumber(ratings);
  const coversFlat = (number: number): boolean => {
    const crowd = raters.get(number) ?? 0;
    return crowd >= minimum && crowd > (flat.get(number)?.length ?? 0);
  };
  const trades = anonymous.filter(({ kind }) => kind === 'TRADING_PAIR').length;
  const named = pairs.flatMap((pair) => pair.raters);
  const pairsOf = [...Map.groupBy(named, (rater) => rater).values()].map((own) => own.length);
  const coversTrades = pairsOf.length >= minimum && pairsOf.every((own) => pairs.length - own >= trades);
  return flags.filter(
    (flag) =>
      !flag.anonymous ||
      (flag.kind === 'TRADING_PAIR' ? coversTrades : coversFlat(downToFives(flag.ratings))),
  );
};

/** How many anonymous raters have rated so many, as the number is told. */
function ratersByNumber(ratings: readonly SeenRating[]): ReadonlyMap<number, number> {
  const given = Map.groupBy(
    ratings.filter(({ anonymous, day }) => anonymous && day === null),
    ({ rater }) => rater,
  );
  const alike = Map.groupBy([...given.values()], (own) => downToFives(own.length));
  return new Map([...alike].map(([number, raters]) => [number, raters.length]));
}
