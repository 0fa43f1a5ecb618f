import { FLAG_LIMITS, type Flag, meanOf, type SeenRating } from './flag.ts';

/**
 * Superiors far from all other sources: over at least three people whom colleagues have rated too, on average a point or more
 * above or below these.
 */
export const outlyingSuperiors = (ratings: readonly SeenRating[]): Flag[] => {
  const others = Map.groupBy(
    ratings.filter(({ anonymous }) => anonymous),
    ({ ratee }) => ratee,
  );
  const bySuperior = Map.groupBy(
    ratings.filter(({ anonymous }) => !anonymous),
    ({ rater }) => rater,
  );
  return [...bySuperior].flatMap(([superior, given]): Flag[] => {
    const pairs = given.flatMap(({ ratee, value }) => {
      const compared = others.get(ratee);
      return compared === undefined
        ? []
        : [{ own: value, theirs: meanOf(compared.map((rating) => rating.value)) }];
    });
    if (pairs.length < FLAG_LIMITS.outlyingRatees) return [];
    const [own, theirs] = [meanOf(pairs.map((pair) => pair.own)), meanOf(pairs.map((pair) => pair.theirs))];
    if (Math.abs(own - theirs) < FLAG_LIMITS.outlyingBy) return [];
    return [
      {
        kind: 'OUTLYING_SUPERIOR',
        raters: [superior],
        ratee: null,
        anonymous: false,
        ratings: pairs.length,
        mean: own,
        others: theirs,
        day: null,
      },
    ];
  });
};
