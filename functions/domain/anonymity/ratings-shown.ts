import type { EarlierContent, Rating, RatingContent } from '../rating/rating.ts';

/**
 * What a result may show of one person's ratings by one anonymous pool, after a period was reopened.
 *
 * Readers keep the figures of every published run, so a run that differs from an earlier one in one rating tells that
 * rating. A pool of which something was shown is therefore shown again as it was, until at least `minimum` of its ratings
 * are new or changed since; then it is shown as it is. A pool that was too small to be shown has nothing to be compared with.
 *
 * A pure function of what each rating said at each publication: every close comes to the same, whichever ran in between.
 */
export const ratingsShown = (ratings: readonly Rating[], minimum: number): readonly Rating[] => {
  if (ratings.every(({ afterRun }) => afterRun === 0)) return ratings;
  const moments = new Set(
    ratings.flatMap(({ afterRun, earlier }) => [afterRun, ...earlier.map((content) => content.afterRun)]),
  );
  let shown: readonly Rating[] = [];
  for (const moment of [...moments].sort((a, b) => a - b)) {
    const then = ratings.flatMap((rating) => asOf(rating, moment));
    const changed = changes(shown, then);
    if (shown.length < minimum || changed >= minimum) shown = then;
  }
  return shown;
};

/** The rating as it stood before the run that came after `moment`; none, if it was given later. */
const asOf = (rating: Rating, moment: number): readonly Rating[] => {
  if (rating.afterRun <= moment) return [rating];
  const content = rating.earlier.findLast(({ afterRun }) => afterRun <= moment);
  return content === undefined ? [] : [{ ...rating, ...content }];
};

const changes = (before: readonly Rating[], after: readonly Rating[]): number => {
  const known = new Map(before.map((rating) => [nameOf(rating), contentOf(rating)]));
  return after.filter((rating) => known.get(nameOf(rating)) !== contentOf(rating)).length;
};

const nameOf = ({ group, raterId }: Rating): string => `${group} ${raterId}`;

const contentOf = ({ instrumentId, instrumentVersion, scores, comment }: RatingContent): string =>
  JSON.stringify([instrumentId, instrumentVersion, scores, comment]);

/** What a rating keeps of the one that it replaces: only what a published run may have shown. */
export const keptOf = (before: Rating | null, afterRun: number): readonly EarlierContent[] => {
  if (before === null) return [];
  if (before.afterRun >= afterRun) return before.earlier;
  const { instrumentId, instrumentVersion, scores, comment } = before;
  return [...before.earlier, { afterRun: before.afterRun, instrumentId, instrumentVersion, scores, comment }];
};
