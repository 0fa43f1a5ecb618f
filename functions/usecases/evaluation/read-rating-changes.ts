import type { Actor } from '../../domain/access-policy.ts';
import { reject } from '../../domain/problem.ts';
import type { AssessorRating } from '../../domain/rating/rating.ts';
import type { Instant } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';

/** One change of what an assessor set. */
export interface RatingChange {
  readonly at: Instant;
  /** Null: nothing was set before. */
  readonly before: AssessorRating | null;
  readonly after: AssessorRating;
}

/** How the assessor's ratings of a person came about, from the audit trail, oldest first. @throws Rejection NOT_FOUND, FORBIDDEN */
export async function readRatingChanges(
  deps: Deps,
  actor: Actor,
  { staffId, periodId }: { readonly staffId: string; readonly periodId: string },
): Promise<readonly RatingChange[]> {
  const [staff, period, today] = await Promise.all([
    deps.store.staff.get(staffId),
    deps.store.periods.get(periodId),
    regionToday(deps),
  ]);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  await authorise(deps, actor, 'Query.ratingChanges', { staff, on: ratingDay(period, today) });
  const entries = await deps.store.audit.assessorRatings(periodId, staffId);
  return entries.map(({ entry, rating }, at) => ({
    at: entry.at,
    before: entries[at - 1]?.rating ?? null,
    after: rating,
  }));
}
