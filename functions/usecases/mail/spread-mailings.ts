import { type Audience, defaultPreferences } from '../../domain/notice/notice.ts';
import {
  isActiveOn,
  type Organisation,
  subtreeOf,
  type Unit,
} from '../../domain/organisation/organisation.ts';
import { wasMemberOn } from '../../domain/organisation/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Mailing, MailTask } from '../../store/contract/mails.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';

/**
 * Puts what many are told on the list of each who wants mails, roster by roster. Stops when there is no time left, and goes on
 * from there in the next call; a roster that was begun is put on the lists again, which changes nothing.
 */
export async function spreadMailings(
  deps: Pick<Deps, 'store' | 'now'>,
  hasTime: () => boolean,
): Promise<void> {
  const mailings = await deps.store.mails.mailings();
  if (mailings.length === 0) return;
  const today = await regionToday(deps);
  for (const mailing of mailings) if (!(await spread(deps, mailing, today, hasTime))) return;
}

/** @returns whether everybody is on the lists */
async function spread(
  { store }: Pick<Deps, 'store'>,
  mailing: Mailing,
  today: IsoDate,
  hasTime: () => boolean,
): Promise<boolean> {
  const { notice, cursor } = mailing;
  const organisation = await store.organisation.load();
  const rosters = unitsTold(organisation, notice.audience)
    .filter((unit) => isActiveOn(unit, today))
    .flatMap(rostersOf)
    .filter(({ key }) => cursor === null || key > cursor)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { key, collection } of rosters) {
    if (!hasTime()) return false;
    const stays = (await store.staff.roster(collection)).filter((stay) => wasMemberOn(stay, today));
    const people = await store.staff.getMany(stays.map(({ staffId }) => staffId));
    const reached = people.filter(
      (staff) => staff !== null && staff.email !== null && staff.retiredFrom === null,
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

function unitsTold(organisation: Organisation, audience: Audience): readonly Unit[] {
  if (audience.kind === 'UNIT') return subtreeOf(organisation, audience.unitId);
  const units = [...organisation.units.values()];
  return audience.kind === 'UNIT_ALONE' ? units.filter(({ id }) => id === audience.unitId) : units;
}

const rostersOf = ({ id, shardCount }: Unit) =>
  Array.from({ length: shardCount }, (_, shard) => ({
    key: `${id}#${String(shard).padStart(4, '0')}`,
    collection: { unitId: id, shard },
  }));
