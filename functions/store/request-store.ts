import DataLoader from 'dataloader';
import type { RanksKey } from '../domain/evaluation/result.ts';
import { noted } from '../domain/noted.ts';
import type { Audience } from '../domain/notice/notice.ts';
import { once } from '../domain/once.ts';
import type { Instant } from '../domain/time.ts';
import type { StoredNotice } from './contract/notices.ts';
import type { Page, PageRequest, Stored } from './contract/stored.ts';
import { delegate } from './delegate.ts';
import type { Store } from './store.ts';

/**
 * The store as one request sees it: single reads that are asked for at the same moment go out together, and nothing is read
 * twice. A commit, also one that failed, forgets everything, because what was read may be old by then.
 */
export function requestStore(store: Store): Store {
  let caches = readCaches(store);
  /** A write, after which everything is forgotten. */
  const writing =
    <Given extends readonly unknown[]>(write: (...given: Given) => Promise<void>) =>
    async (...given: Given): Promise<void> => {
      try {
        await write(...given);
      } finally {
        caches = readCaches(store);
      }
    };
  return delegate(store, {
    commit: writing((intent, writes) => store.commit(intent, writes)),
    organisation: delegate(store.organisation, {
      load: () => caches.organisation(),
    }),
    staff: delegate(store.staff, {
      get: (id) => caches.staff.load(id),
      getMany: (ids) => loadAll(caches.staff, ids),
    }),
    attendance: delegate(store.attendance, {
      getMany: (keys) => loadAll(caches.attendance, keys),
    }),
    training: delegate(store.training, {
      course: (id) => caches.courses.load(id),
      coursesOf: (ids) => loadAll(caches.courses, ids),
      programme: (id) => caches.programmes.load(id),
      programmesOf: (ids) => loadAll(caches.programmes, ids),
      catalogue: () => caches.catalogue(),
      seats: (id) => caches.seats.load(id),
      seatsOf: (ids) => loadAll(caches.seats, ids),
    }),
    receipts: delegate(store.receipts, {
      get: (shard, staffId) => caches.receipts.load({ shard, staffId }),
      getMany: (of) => loadAll(caches.receipts, of),
    }),
    goals: delegate(store.goals, {
      get: (id) => caches.goals.load(id),
      getMany: (ids) => loadAll(caches.goals, ids),
      all: () => caches.allGoals(),
    }),
    indicators: delegate(store.indicators, {
      get: (id) => caches.indicators.load(id),
      getMany: (ids) => loadAll(caches.indicators, ids),
    }),
    plans: delegate(store.plans, {
      get: (address, planId) => caches.plans.load({ address, planId }),
      getMany: (keys) => loadAll(caches.plans, keys),
    }),
    realisations: delegate(store.realisations, {
      getMany: (of) => loadAll(caches.realisations, of),
    }),
    results: delegate(store.results, {
      unit: (periodId, run, unitId) => caches.unitResults.load({ periodId, run, unitId }),
      get: (periodId, run, staffId) => caches.results.load({ periodId, run, staffId }),
      getMany: (keys) => loadAll(caches.results, keys),
    }),
    rankings: delegate(store.rankings, {
      ranksOf: (keys) =>
        loadAll(
          caches.ranks,
          keys.map(({ periodId, run, unitId, shard, staffId }) => ({
            periodId,
            run,
            unitId,
            shard,
            staffId,
          })),
        ),
    }),
    periods: delegate(store.periods, {
      list: () => caches.periodList(),
      get: (id) => caches.periods.load(id),
    }),
    objections: delegate(store.objections, {
      get: (id) => caches.objections.load(id),
      getMany: (ids) => loadAll(caches.objections, ids),
    }),
    announcements: delegate(store.announcements, {
      acknowledgedBy: (staffId, ids) =>
        loadAll(
          caches.acknowledgements,
          ids.map((id) => ({ staffId, id })),
        ),
    }),
    notices: delegate(store.notices, {
      page: (audiences, page, since) => caches.noticePages.load({ audiences, page, since }),
      marks: (owner) => caches.noticeMarks.load(owner),
      markRead: writing(store.notices.markRead),
      markAllRead: writing(store.notices.markAllRead),
    }),
    progress: delegate(store.progress, {
      ofYear: (year) => caches.progressOfYear.load(year),
    }),
    satisfaction: delegate(store.satisfaction, {
      counts: (ids) => loadAll(caches.surveyCounts, ids),
    }),
    policies: delegate(store.policies, {
      list: () => caches.policyList(),
    }),
    closeRuns: delegate(store.closeRuns, {
      policy: (periodId, run) => caches.policies.load({ periodId, run }),
    }),
  });
}

/**
 * The store as a job sees it that reads a whole region: as `requestStore`, but what is read of people is not kept, since it is
 * read once and would fill the memory.
 */
export const bulkStore = (store: Store): Store => {
  const { staff, attendance, plans, realisations, results, rankings, objections } = store;
  return delegate(requestStore(store), {
    staff,
    attendance,
    plans,
    realisations,
    results,
    rankings,
    objections,
  });
};

/** Everything that one request has read. */
function readCaches(store: Store) {
  return {
    organisation: once(() => noted(store.organisation.load())),
    staff: byId((ids) => store.staff.getMany(ids)),
    attendance: byKey((keys: Parameters<Store['attendance']['getMany']>[0]) =>
      store.attendance.getMany(keys),
    ),
    policyList: once(() => store.policies.list()),
    courses: byId((ids) => store.training.coursesOf(ids)),
    programmes: byId((ids) => store.training.programmesOf(ids)),
    seats: new DataLoader((ids: readonly string[]) => store.training.seatsOf(ids)),
    receipts: byKey((of: Parameters<Store['receipts']['getMany']>[0]) => store.receipts.getMany(of)),
    catalogue: once(() => store.training.catalogue()),
    allGoals: once(() => store.goals.all()),
    goals: byId((ids) => store.goals.getMany(ids)),
    indicators: byId((ids) => store.indicators.getMany(ids)),
    periodList: once(() => store.periods.list()),
    periods: new DataLoader((ids: readonly string[]) => Promise.all(ids.map((id) => store.periods.get(id))), {
      batch: false,
    } as const),
    policies: byKey((keys: readonly { readonly periodId: string; readonly run: string }[]) =>
      Promise.all(keys.map(({ periodId, run }) => store.closeRuns.policy(periodId, run))),
    ),
    plans: byKey((keys: Parameters<Store['plans']['getMany']>[0]) => store.plans.getMany(keys)),
    realisations: byKey((of: Parameters<Store['realisations']['getMany']>[0]) =>
      store.realisations.getMany(of),
    ),
    unitResults: byKey((keys: Parameters<Store['results']['units']>[0]) => store.results.units(keys)),
    results: byKey((keys: Parameters<Store['results']['getMany']>[0]) => store.results.getMany(keys)),
    ranks: byKey((keys: readonly RanksKey[]) => store.rankings.ranksOf(keys)),
    objections: byId((ids) => store.objections.getMany(ids)),
    acknowledgements: byKey(async (keys: readonly { readonly staffId: string; readonly id: string }[]) => {
      const ofStaff = Map.groupBy(keys, ({ staffId }) => staffId);
      const found = new Map(
        await Promise.all(
          [...ofStaff].map(async ([staffId, asked]) => {
            const ids = asked.map(({ id }) => id);
            return [staffId, await store.announcements.acknowledgedBy(staffId, ids)] as const;
          }),
        ),
      );
      return keys.map(
        (key) => found.get(key.staffId)?.[ofStaff.get(key.staffId)?.indexOf(key) ?? -1] ?? null,
      );
    }),
    progressOfYear: new DataLoader(
      (years: readonly number[]) => Promise.all(years.map((year) => store.progress.ofYear(year))),
      { batch: false } as const,
    ),
    noticePages: new DataLoader((asked: readonly NoticesAsked[]) => noticePages(store, asked), {
      cache: false,
    }),
    noticeMarks: new DataLoader(
      (owners: readonly string[]) => Promise.all(owners.map((owner) => store.notices.marks(owner))),
      { batch: false } as const,
    ),
    surveyCounts: new DataLoader((ids: readonly string[]) => store.satisfaction.counts(ids)),
  };
}

interface NoticesAsked {
  readonly audiences: readonly Audience[];
  readonly page: PageRequest;
  readonly since: Instant;
}

/** The same notices asked for at once, for a list and for a count, are read once, as many as the longer one needs. */
async function noticePages(
  store: Store,
  asked: readonly NoticesAsked[],
): Promise<readonly Page<StoredNotice>[]> {
  const nameOf = ({ audiences, page, since }: NoticesAsked) => JSON.stringify([audiences, page.after, since]);
  const longest = new Map<string, NoticesAsked>();
  for (const each of asked) {
    const known = longest.get(nameOf(each));
    if (known === undefined || known.page.first < each.page.first) longest.set(nameOf(each), each);
  }
  const pages = new Map(
    [...longest].map(([name, { audiences, page, since }]) => [
      name,
      store.notices.page(audiences, page, since),
    ]),
  );
  return Promise.all(
    asked.map(async (each) => {
      const { items, hasMore } = (await pages.get(nameOf(each))) ?? { items: [], hasMore: false };
      const { first } = each.page;
      return { items: items.slice(0, first), hasMore: hasMore || items.length > first };
    }),
  );
}

const byId = <T>(readMany: (ids: readonly string[]) => Promise<readonly (Stored<T> | null)[]>) =>
  new DataLoader<string, Stored<T> | null>(readMany);

const byKey = <Key extends object, T>(readMany: (keys: readonly Key[]) => Promise<readonly (T | null)[]>) =>
  new DataLoader<Key, T | null, string>(readMany, {
    cacheKeyFn: (key) => JSON.stringify(key),
  });

async function loadAll<Key, T, CacheKey>(
  loader: DataLoader<Key, T, CacheKey>,
  keys: readonly Key[],
): Promise<readonly T[]> {
  return Promise.all(keys.map((key) => loader.load(key)));
}
