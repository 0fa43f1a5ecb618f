import { FLAG_LIMITS, type Flag, meanOf, type SeenRating } from './flag.ts';

/**
 * Raters who give everybody the same: at least five people, one score for every item of every one of them, while the other
 * ratings of the unit do differ.
 */
export const flatRaters = (ratings: readonly SeenRating[]): Flag[] => {
  const given = Map.groupBy(
    ratings.filter(({ day }) => day === null),
    ({ rater }) => rater,
  );
  return [...given].flatMap(([rater, own]): Flag[] => {
    const [first] = own;
    if (first === undefined || own.length < FLAG_LIMITS.flatRatings || first.flat === null) return [];
    if (own.some(({ flat }) => flat !== first.flat)) return [];
    const others = ratings.filter((rating) => rating.rater !== rater).map(({ value }) => value);
    if (others.every((value) => value === first.value)) return [];
    return [
      {
        kind: 'FLAT_RATER',
        raters: [rater],
        ratee: null,
        anonymous: own.some(({ anonymous }) => anonymous),
        ratings: own.length,
        mean: first.value,
        others: meanOf(others),
        day: null,
      },
    ];
  });
};
