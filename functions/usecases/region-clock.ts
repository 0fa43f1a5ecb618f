import { addDays, localDateOf, startOfLocalDay } from '../domain/calendar.ts';
import { noted, withNoted } from '../domain/noted.ts';
import { nationalPolicy, policyOn } from '../domain/period/policy.ts';
import type { Instant, IsoDate } from '../domain/time.ts';
import type { PolicyStore } from '../store/store.ts';
import type { Deps } from './deps.ts';

const KEPT_MILLISECONDS = 10 * 60_000;

/** A region moves to another zone about never, and every request asks for the day: kept in the process for ten minutes. */
const known = new WeakMap<object, { readonly readAt: number; readonly offset: Promise<number> }>();

/** The day of the moment that was asked about last: a request is one moment, and a list asks for every row. */
const lastDay = new WeakMap<object, { readonly now: Instant; readonly day: IsoDate }>();

/** The day that the region's clock shows now. */
export const regionToday = async (deps: Pick<Deps, 'store' | 'now'>): Promise<IsoDate> =>
  onRegionDay(deps, (today) => today);

/** Uses the day that the region's clock shows now: at once where the region's zone is known, as it mostly is. */
export function onRegionDay<R>(
  deps: Pick<Deps, 'store' | 'now'>,
  use: (today: IsoDate) => R | Promise<R>,
): R | Promise<R> {
  const now = deps.now();
  const { identity } = deps.store;
  const last = lastDay.get(identity);
  if (last?.now === now) return use(last.day);
  return withNoted(regionOffset(deps), (offset) => {
    const day = localDateOf(now, offset);
    lastDay.set(identity, { now, day });
    return use(day);
  });
}

/** The first instant at which a day is over in the region. */
export const endOfRegionDay = async (deps: Pick<Deps, 'store' | 'now'>, day: IsoDate): Promise<Instant> =>
  startOfLocalDay(addDays(day, 1), await regionOffset(deps));

/** Minutes that the region's clock is ahead of UTC now. */
export function regionOffset(deps: Pick<Deps, 'store' | 'now'>): Promise<number> {
  const now = deps.now();
  const at = Date.parse(now);
  const { policies, identity } = deps.store;
  const kept = known.get(identity);
  if (kept !== undefined && Math.abs(at - kept.readAt) < KEPT_MILLISECONDS) {
    return kept.offset;
  }
  const offset = noted(offsetOn(policies, localDateOf(now, nationalPolicy.rules.utcOffsetMinutes)));
  known.set(identity, { readAt: at, offset });
  offset.catch(() => known.delete(identity));
  return offset;
}

async function offsetOn(policies: PolicyStore, date: IsoDate): Promise<number> {
  return policyOn(await policies.list(), date).rules.utcOffsetMinutes;
}
