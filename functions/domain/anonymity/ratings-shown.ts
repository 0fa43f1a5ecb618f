import type { EarlierContent, Rating, RatingContent } from '../rating/rating.ts';

/**
 * What a result may show of one person's ratings by one anonymous pool: one of each rater, so that they are as many as the
 * people who gave them (`oneOfEachRater`), and after a reopening what was shown before, until enough of it changed.
 *
 * Readers keep the figures of every published run, so a run that differs from an earlier one in one rating tells that
 * rating. A pool of which something was shown is therefore shown again as it was, until those of at least `minimum` raters are
 * new or changed since; then it is shown as it is. A pool that was too small to be shown has nothing to be compared with.
 *
 * A pure function of what each rating said at each publication: every close comes to the same, whichever ran in between.
 */
export const ratingsShown = (ratings: readonly Rating[], minimum: number): readonly Rating[] => {
  if (ratings.every(({ afterRun }) => afterRun === 0)) return oneOfEachRater(ratings);
  const moments = new Set(
    ratings.flatMap(({ afterRun, earlier }) => [afterRun, ...earlier.map((content) => content.afterRun)]),
  );
  let shown: readonly Rating[] = [];
  for (const moment of [...moments].sort((a, b) => a - b)) {
    const then = oneOfEachRater(ratings.flatMap((rating) => asOf(rating, moment)));
    const changed = changes(shown, then);
    if (shown.length < minimum || changed >= minimum) shown = then;
  }
  return shown;
};

/**
 * Whoever rated as a peer and, after a change of head, as a subordinate too is one rater with one rating: the one given after
 * the later publication, else the subordinate's. Ratings by colleagues have no time that could say which was the last, and what
 * is not kept of each publication could choose another one for it later [D].
 */
const oneOfEachRater = (ratings: readonly Rating[]): readonly Rating[] => {
  const counted = new Map<string, Rating>();
  for (const rating of ratings) {
    const other = counted.get(rating.raterId);
    if (other === undefined || countsBefore(rating, other)) counted.set(rating.raterId, rating);
  }
  return counted.size === ratings.length ? ratings : [...counted.values()];
};

const countsBefore = (one: Rating, other: Rating): boolean =>
  one.afterRun === other.afterRun ? one.group === 'SUBORDINATE' : one.afterRun > other.afterRun;

/** The rating as it stood before the run that came after `moment`; none, if it was given later. */
const asOf = (rating: Rating, moment: number): readonly Rating[] => {
  if (rating.afterRun <= moment) return [rating];
  const content = rating.earlier.findLast(({ afterRun }) => afterRun <= moment);
  return content === undefined ? [] : [{ ...rating, ...content }];
};

const changes = (before: readonly Rating[], after: readonly Rating[]): number => {
  const known = new Map(before.map((rating) => [rating.raterId, contentOf(rating)]));
  return after.filter((rating) => known.get(rating.raterId) !== contentOf(rating)).length;
};

const contentOf = ({ instrumentId, instrumentVersion, scores, comment }: RatingContent): string =>
  JSON.stringify([instrumentId, instrumentVersion, scores, comment]);

/** What a rating keeps of the one that it replaces: only what a published run may have shown. */
export const keptOf = (before: Rating | null, afterRun: number): readonly EarlierContent[] => {
  if (before === null) return [];
  if (before.afterRun >= afterRun) return before.earlier;
  const { instrumentId, instrumentVersion, scores, comment } = before;
  return [...before.earlier, { afterRun: before.afterRun, instrumentId, instrumentVersion, scores, comment }];
};
