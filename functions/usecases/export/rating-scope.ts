import { reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';

/** The day whose hierarchy says who reads what is of ratings in a period. @throws Rejection NOT_FOUND at `periodId` */
export async function dayOfRating(deps: Deps, periodId: string): Promise<IsoDate> {
  const [period, today] = await Promise.all([deps.store.periods.get(periodId), regionToday(deps)]);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  return ratingDay(period, today);
}
