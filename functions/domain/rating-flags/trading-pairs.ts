import { FLAG_LIMITS, type Flag, meanOf, type SeenRating } from './flag.ts';

/**
 * Two who give each other top marks that nobody else gives them: each at least 4.5, and at least one point above the mean of the
 * others' ratings, of which there are at least three.
 * @param raterOf under which name a person rates in the period
 */
export const tradingPairs = (
  ratings: readonly SeenRating[],
  raterOf: (staffId: string) => string,
): Flag[] => {
  const ofRatee = Map.groupBy(
    ratings.filter(({ anonymous, day }) => anonymous && day === null),
    ({ ratee }) => ratee,
  );
  const people = [...ofRatee.keys()].sort();
  /** The mark that `from` gave `to`, with the mean of the others', where it stands out. */
  const outstanding = (from: string, to: string) => {
    const all = ofRatee.get(to) ?? [];
    const mark = all.find(({ rater }) => rater === from)?.value;
    const others = all.filter(({ rater }) => rater !== from).map(({ value }) => value);
    if (mark === undefined || mark < FLAG_LIMITS.tradeMark || others.length < FLAG_LIMITS.tradeOthers)
      return null;
    const mean = meanOf(others);
    return mark - mean >= FLAG_LIMITS.tradeAbove ? { mark, mean } : null;
  };
  const names = new Map(people.map((staffId) => [staffId, raterOf(staffId)]));
  return people.flatMap((one, at) =>
    people.slice(at + 1).flatMap((other): Flag[] => {
      const [a = '', b = ''] = [names.get(one), names.get(other)];
      const there = outstanding(a, other);
      const back = there && outstanding(b, one);
      if (there === null || back === null) return [];
      return [
        {
          kind: 'TRADING_PAIR',
          raters: [a, b].sort(),
          ratee: null,
          anonymous: true,
          ratings: 2,
          mean: meanOf([there.mark, back.mark]),
          others: meanOf([there.mean, back.mean]),
          day: null,
        },
      ];
    }),
  );
};
