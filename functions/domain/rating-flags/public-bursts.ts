import { FLAG_LIMITS, type Flag, meanOf, type SeenRating } from './flag.ts';

/**
 * Days on which a person got at least ten answers of people served, and more than half of all their answers.
 * @param minimum from how many answers on the mean of the other days is told
 */
export const publicBursts = (ratings: readonly SeenRating[], minimum: number): Flag[] => {
  const ofRatee = Map.groupBy(
    ratings.filter(({ day }) => day !== null),
    ({ ratee }) => ratee,
  );
  return [...ofRatee].flatMap(([ratee, all]) =>
    [...Map.groupBy(all, ({ day }) => day)].flatMap(([day, ofDay]): Flag[] => {
      if (day === null || ofDay.length < FLAG_LIMITS.burstAnswers || 2 * ofDay.length <= all.length)
        return [];
      const others = all.filter((rating) => rating.day !== day).map(({ value }) => value);
      return [
        {
          kind: 'PUBLIC_BURST',
          raters: [],
          ratee,
          anonymous: false,
          ratings: ofDay.length,
          mean: meanOf(ofDay.map(({ value }) => value)),
          others: others.length < minimum ? null : meanOf(others),
          day,
        },
      ];
    }),
  );
};
