import {
  type Audience,
  type AudienceRole,
  defaultPreferences,
  oldestMailed,
} from '../../domain/notice/notice.ts';
import {
  isActiveOn,
  type Organisation,
  subtreeOf,
  type Unit,
} from '../../domain/organisation/organisation.ts';
import { hasLeft, wasMemberOn } from '../../domain/organisation/staff.ts';
import type { Instant, IsoDate } from '../../domain/time.ts';
import type { Mailing, MailTask } from '../../store/contract/mails.ts';
import type { StoredNotice } from '../../store/contract/notices.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';

/** Who has a role, as sign-in knows it. */
export interface RoleHolders {
  /** Staff ids, and names of accounts that belong to nobody. */
  holdersOf(role: AudienceRole): Promise<readonly string[]>;
}

/** Who has a role could not be asked, for what was told then. */
export class RolesUnknownError extends Error {
  override readonly name = 'RolesUnknownError';
  readonly since: Instant;

  constructor(since: Instant, options: ErrorOptions) {
    super('who has a role cannot be asked', options);
    this.since = since;
  }
}

type SpreadDeps = Pick<Deps, 'store' | 'now'> & { readonly roles: RoleHolders };

/** Holders of a role whose preferences are read together. */
const HOLDERS = 100;

/** A part of an audience, in the order of its key. */
interface Part {
  readonly key: string;
  /** Staff ids of those who belong to it today. */
  members(): Promise<readonly string[]>;
}

/**
 * Puts what many are told on the list of each who wants mails, part by part: roster by roster, or some holders of a role. Stops
 * when there is no time left, and goes on from there in the next call; a part that was begun is put on the lists again, which
 * changes nothing. Old news goes on no list. Roles come last, so that all others are on the lists when who has one cannot be
 * asked.
 * @throws RolesUnknownError
 */
export async function spreadMailings(deps: SpreadDeps, hasTime: () => boolean): Promise<void> {
  const mailings = await deps.store.mails.mailings();
  if (mailings.length === 0) return;
  const today = await regionToday(deps);
  const isToRole = ({ notice }: Mailing): number => Number(notice.audience.kind === 'ROLE');
  for (const mailing of mailings.toSorted((a, b) => isToRole(a) - isToRole(b)))
    if (!(await spread(deps, mailing, today, hasTime))) return;
}

/** @returns whether everybody is on the lists */
async function spread(
  deps: SpreadDeps,
  mailing: Mailing,
  today: IsoDate,
  hasTime: () => boolean,
): Promise<boolean> {
  const { store } = deps;
  const { notice, cursor } = mailing;
  const isOldNews = notice.at < oldestMailed(deps.now());
  const parts = isOldNews
    ? []
    : (await partsOf(deps, notice, today)).filter(({ key }) => cursor === null || key > cursor);
  for (const { key, members } of parts) {
    if (!hasTime()) return false;
    const people = await store.staff.getMany(await members());
    const reached = people.filter(
      (staff) => staff !== null && staff.email !== null && !hasLeft(staff, today),
    );
    const owners = reached.flatMap((staff) => (staff === null ? [] : [staff.id]));
    const preferences = await store.mails.preferences(owners);
    const tasks = owners.flatMap((owner, at): MailTask[] =>
      (preferences[at] ?? defaultPreferences(owner)).mail === 'NONE'
        ? []
        : [{ owner, notice, due: notice.at, failures: 0 }],
    );
    await store.mails.schedule(tasks);
    await store.mails.advance(mailing, key);
  }
  await store.mails.endMailing(mailing);
  return true;
}

async function partsOf(
  deps: SpreadDeps,
  { audience, at }: StoredNotice,
  today: IsoDate,
): Promise<readonly Part[]> {
  if (audience.kind === 'ROLE') {
    const unknown = (cause: unknown): never => {
      throw new RolesUnknownError(at, { cause });
    };
    return partsOfRole(await deps.roles.holdersOf(audience.role).catch(unknown));
  }
  return unitsTold(await deps.store.organisation.load(), audience)
    .filter((unit) => isActiveOn(unit, today))
    .flatMap((unit) => rostersOf(deps, unit, today))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A part's key is its last holder, so that the next call goes on behind them although others have joined. */
function partsOfRole(holders: readonly string[]): readonly Part[] {
  const sorted = [...new Set(holders)].sort();
  return Array.from({ length: Math.ceil(sorted.length / HOLDERS) }, (_, part) => {
    const ids = sorted.slice(part * HOLDERS, (part + 1) * HOLDERS);
    return { key: ids.at(-1) ?? '', members: async () => ids };
  });
}

function unitsTold(organisation: Organisation, audience: Audience): readonly Unit[] {
  if (audience.kind === 'UNIT') return subtreeOf(organisation, audience.unitId);
  const units = [...organisation.units.values()];
  return audience.kind === 'UNIT_ALONE' ? units.filter(({ id }) => id === audience.unitId) : units;
}

const rostersOf = ({ store }: SpreadDeps, { id, shardCount }: Unit, today: IsoDate): readonly Part[] =>
  Array.from({ length: shardCount }, (_, shard) => ({
    key: `${id}#${String(shard).padStart(4, '0')}`,
    members: async () => {
      const stays = await store.staff.roster({ unitId: id, shard });
      return stays.filter((stay) => wasMemberOn(stay, today)).map(({ staffId }) => staffId);
    },
  }));
