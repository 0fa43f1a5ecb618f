import type { RaterGroup } from './rating.ts';

/** How far a group of raters has come in a unit. */
export interface GroupCompletion {
  readonly group: RaterGroup;
  /** Ratings that are due; null where nobody is bound to rate. */
  readonly due: number | null;
  /** Ratings given; null where the number is too small to hide who gave them. */
  readonly done: number | null;
}

/** Ratings due and given, as they are. */
export interface GroupCount {
  readonly group: RaterGroup;
  readonly due: number | null;
  readonly done: number;
}

/**
 * The counts of a unit as a head may see them. Of an anonymous group nothing is said below `minimum` ratings due or given, nor
 * while the ratings that are missing are so few that they would name who has not rated yet; a group that is complete is.
 */
export const shownCompletion = ({ group, due, done }: GroupCount, minimum: number): GroupCompletion => {
  if (group === 'SUPERIOR' || group === 'SELF') return { group, due, done };
  if (done < minimum) return { group, due, done: null };
  const missing = due === null ? 0 : due - done;
  return { group, due, done: missing > 0 && missing < minimum ? null : done };
};
