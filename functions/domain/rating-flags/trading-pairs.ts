import { FLAG_LIMITS, type Flag, meanOf, type SeenRating } from './flag.ts';

/** Two who have rated each other, and what each got: the other's mark, and the mean of everybody else's. */
export interface MutualPair {
  readonly raters: readonly [string, string];
  readonly got: readonly [Got, Got];
}
interface Got {
  readonly mark: number;
  readonly others: number;
}

/**
 * Anonymous raters who have rated each other, where at least three others have rated either: they could be a trading pair.
 * @param raterOf under which name a person rates in the period
 */
export const mutualPairs = (
  ratings: readonly SeenRating[],
  raterOf: (staffId: string) => string,
): MutualPair[] => {
  const ofRatee = Map.groupBy(
    ratings.filter(({ anonymous, day }) => anonymous && day === null),
    ({ ratee }) => ratee,
  );
  const people = [...ofRatee.keys()].sort();
  const got = (from: string, to: string): Got | null => {
    const all = ofRatee.get(to) ?? [];
    const mark = all.find(({ rater }) => rater === from)?.value;
    const others = all.filter(({ rater }) => rater !== from).map(({ value }) => value);
    if (mark === undefined || others.length < FLAG_LIMITS.tradeOthers) return null;
    return { mark, others: meanOf(others) };
  };
  const names = new Map(people.map((staffId) => [staffId, raterOf(staffId)]));
  return people.flatMap((one, at) =>
    people.slice(at + 1).flatMap((other): MutualPair[] => {
      const [a = '', b = ''] = [names.get(one), names.get(other)];
      const there = got(a, other);
      const back = there && got(b, one);
      return there === null || back === null ? [] : [{ raters: [a, b], got: [there, back] }];
    }),
  );
};

/**
 * Pairs who give each other top marks that nobody else gives them: each at least 4.5, and at least one point above the mean of
 * the others' ratings.
 */
export const tradingPairs = (pairs: readonly MutualPair[]): Flag[] =>
  pairs
    .filter(({ got }) => got.every(isOutstanding))
    .map(({ raters, got }) => ({
      kind: 'TRADING_PAIR',
      raters: [...raters].sort(),
      ratee: null,
      anonymous: true,
      ratings: 2,
      mean: meanOf(got.map(({ mark }) => mark)),
      others: meanOf(got.map(({ others }) => others)),
      day: null,
    }));

const isOutstanding = ({ mark, others }: Got): boolean =>
  mark >= FLAG_LIMITS.tradeMark && mark - others >= FLAG_LIMITS.tradeAbove;
