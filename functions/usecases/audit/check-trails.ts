import { createHash } from 'node:crypto';
import { monthsOf } from '../../domain/period/span.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import type { AuditCheckpoint } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';

/** The name of the duty in reports and in the alarm. */
export const AUDIT_CHECK = 'checkAuditTrails';

/** A trail that does not fit: something was changed past the system. */
export class TrailBrokenError extends Error {
  override readonly name = 'TrailBrokenError';
}

/** Trails that one run looks at, and stations that it passes. */
const MOST_TRAILS = 400;
const MOST_STATIONS = 60;
/** Of the many trails of reports and ratings one in so many is looked at in a round, another one in the next. */
const SAMPLE = 20;

/** A trail, with where the work lies that it is about. */
interface Trail {
  readonly name: string;
  readonly address: WorkAddress | null;
}

/** A part of the region that is looked at together. */
interface Station {
  readonly key: string;
  readonly trails: () => Promise<readonly Trail[]>;
}

/**
 * Goes on with the rolling check of audit trails, a few hundred at a time: the organisation, periods and policies, then unit by
 * unit its staff, their plans, and a sample of what was reported and rated this year. It is bounded in each run, goes on where it
 * stopped, and begins again at the end; two runs at once look at the same twice.
 * @param failed is told each trail that is broken, and each station in which an item cannot be read, so that its trails are not known;
 * the others are looked at. An outage ends the run, and the next one begins where this one did
 * @returns nothing that could be named: what is whole is no news
 */
export async function checkTrails(
  deps: Pick<Deps, 'store' | 'now'>,
  failed: (trail: string, error: unknown) => void,
): Promise<readonly string[]> {
  const { audit } = deps.store;
  const begun = await audit.checkpoint();
  const stations = await stationsOf(deps, begun.round);
  let checked = 0;
  let at: AuditCheckpoint = begun;
  const ahead = stations.filter(({ key }) => begun.station === null || key >= begun.station);
  for (const [passed, { key, trails }] of ahead.entries()) {
    const done = key === begun.station ? begun.trail : null;
    const all = await trailsOf(deps, key, trails, failed);
    const left = all.filter(({ name }) => done === null || name > done).slice(0, MOST_TRAILS - checked);
    for (const { name, address } of left) {
      const { brokenAt } = await audit.verify(name, address);
      if (brokenAt !== null) failed(name, new TrailBrokenError(`entry ${brokenAt}`));
    }
    checked += left.length;
    at = { round: begun.round, station: key, trail: left.at(-1)?.name ?? done };
    if (checked >= MOST_TRAILS || passed + 1 >= MOST_STATIONS) {
      await audit.saveCheckpoint(at);
      return [];
    }
  }
  await audit.saveCheckpoint({ round: begun.round + 1, station: null, trail: null });
  return [];
}

/** By name; none where something that is stored in the part cannot be read, which is told. */
async function trailsOf(
  { store }: Pick<Deps, 'store'>,
  station: string,
  trails: Station['trails'],
  failed: (station: string, error: unknown) => void,
): Promise<readonly Trail[]> {
  try {
    return (await trails()).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (!store.audit.isUnreadable(error)) throw error;
    failed(station, new TrailBrokenError('an item cannot be read'));
    return [];
  }
}

/** In the order of their keys. */
async function stationsOf(deps: Pick<Deps, 'store' | 'now'>, round: number): Promise<readonly Station[]> {
  const { store } = deps;
  const { nameOf } = store.audit;
  const [organisation, today, periods] = await Promise.all([
    store.organisation.load(),
    regionToday(deps),
    store.periods.list(),
  ]);
  const year = Number(today.slice(0, 4));
  const plain = (name: string): Trail => ({ name, address: null });
  const head: Station = {
    key: '0',
    trails: async () => [
      ...[...organisation.units.keys()].map((id) => plain(nameOf.unit(id))),
      ...periods.map(({ id }) => plain(nameOf.period(id))),
      ...(await store.policies.list()).map(({ id }) => plain(nameOf.policy(id))),
    ],
  };
  const ofShards = [...organisation.units.values()].flatMap(({ id: unitId, shardCount }) =>
    Array.from({ length: shardCount }, (_, shard): Station => {
      const collection = { unitId, shard };
      const address: WorkAddress = { collection, year };
      return {
        key: `1#${unitId}#${String(shard).padStart(4, '0')}`,
        trails: async () => {
          const [roster, plans, reports] = await Promise.all([
            store.staff.roster(collection),
            store.plans.ofCollection(address),
            store.realisations.ofCollection(address, `${year}-01`, `${year}-12`),
          ]);
          const ofYear = periods.filter((period) =>
            monthsOf(period).some((month) => month.startsWith(`${year}`)),
          );
          const ratings = await Promise.all(
            ofYear.map((period) => store.ratings.assessorRatingsOfCollection(address, period.id)),
          );
          const sampled = [
            ...reports.map((report) => nameOf.realisation(report)),
            ...ratings.flat().map(({ periodId, staffId }) => nameOf.assessorRating(periodId, staffId)),
          ].filter((name) => isInSample(name, round));
          return [
            ...[...new Set(roster.map(({ staffId }) => nameOf.staff(staffId)))].map(plain),
            ...plans.map(({ id }) => ({ name: nameOf.plan(id), address })),
            ...sampled.map((name) => ({ name, address })),
          ];
        },
      };
    }),
  );
  return [head, ...ofShards].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

const isInSample = (name: string, round: number): boolean =>
  (createHash('sha256').update(name).digest().readUInt32BE(0) + round) % SAMPLE === 0;
