import { addDays, localDateOf, startOfLocalDay } from '../domain/calendar.ts';
import { nationalPolicy, policyOn } from '../domain/period/policy.ts';
import type { Instant, IsoDate } from '../domain/time.ts';
import type { PolicyStore } from '../store/store.ts';
import type { Deps } from './deps.ts';

const KEPT_MILLISECONDS = 10 * 60_000;

/** A region moves to another zone about never, and every request asks for the day: kept in the process for ten minutes. */
const known = new WeakMap<object, { readonly readAt: number; readonly offset: Promise<number> }>();

/** The day that the region's clock shows now. */
export const regionToday = async (deps: Pick<Deps, 'store' | 'now'>): Promise<IsoDate> =>
  localDateOf(deps.now(), await regionOffset(deps));

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
  const offset = offsetOn(policies, localDateOf(now, nationalPolicy.rules.utcOffsetMinutes));
  known.set(identity, { readAt: at, offset });
  offset.catch(() => known.delete(identity));
  return offset;
}

async function offsetOn(policies: PolicyStore, date: IsoDate): Promise<number> {
  return policyOn(await policies.list(), date).rules.utcOffsetMinutes;
}
