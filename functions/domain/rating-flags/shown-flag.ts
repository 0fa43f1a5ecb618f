import { FLAG_LIMITS, type Flag } from './flag.ts';

/**
 * Of anonymous raters figures are coarse: exact ones lead to the person through the results that are shown, and a day's answers
 * taken from all of a pool leave those of a few.
 */
const COARSE = { ratings: FLAG_LIMITS.flatRatings, points: 2 } as const;

/** How a number of ratings by anonymous raters is told; fewer than five as they are. */
export const downToFives = (ratings: number): number =>
  ratings < COARSE.ratings ? ratings : ratings - (ratings % COARSE.ratings);

const coarse = (value: number): number => Math.round(value * COARSE.points) / COARSE.points;
const hundredths = (value: number): number => Math.round(value * 100) / 100;

/**
 * A flag with the figures that may be shown: exact to hundredths of a superior, of anonymous raters and people served to half a
 * point and to fives of ratings.
 */
export const shownFigures = (flag: Flag): Pick<Flag, 'ratings' | 'mean' | 'others'> => {
  const isCoarse = flag.anonymous || flag.kind === 'PUBLIC_BURST';
  const round = isCoarse ? coarse : hundredths;
  const { ratings, mean, others } = flag;
  return {
    ratings: isCoarse ? downToFives(ratings) : ratings,
    mean: round(mean),
    others: others === null ? null : round(others),
  };
};
