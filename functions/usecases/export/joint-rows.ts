import type { Actor } from '../../domain/access-policy.ts';
import type { Row } from '../../domain/export/table.ts';
import { exportWords } from '../../domain/export/words.ts';
import type { JointActivity } from '../../domain/joint/joint-activity.ts';
import type { Locale } from '../../domain/messages.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { readPages } from '../read-all.ts';
import { AT_ONE_GO, eachUnit } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { wordOf } from './value-cells.ts';

/** Activities across units in which a person, or people of the units, take part: a row a participant, each activity once, so that it is read at one go. */
export const jointRows: RowsOf = async function* (deps, actor, { unitId, staffId }, limits, locale) {
  const scopes =
    staffId === null
      ? (await Array.fromAsync(eachUnit(deps, unitId, { ...limits, walk: AT_ONE_GO }))).map(({ id }) => ({
          unitId: id,
        }))
      : [{ staffId }];
  const seen = new Set<string>();
  for (const scope of scopes)
    for await (const activities of readPages((page) => deps.store.jointActivities.of(scope, page)))
      for (const activity of activities.filter(({ id }) => !seen.has(id))) {
        seen.add(activity.id);
        yield rowsOf(deps, actor, activity, locale);
      }
};

async function rowsOf(
  deps: Deps,
  actor: Actor,
  activity: JointActivity,
  locale: Locale,
): Promise<readonly Row[]> {
  const { title, purpose, from, to, leadUnitId, leaderId, participants, results, state } = activity;
  const [{ units }, people] = await Promise.all([
    deps.store.organisation.load(),
    deps.store.staff.getMany([...new Set([leaderId, ...participants.map(({ staffId }) => staffId)])]),
  ]);
  const byId = new Map(people.flatMap((one) => (one === null ? [] : [[one.id, one] as const])));
  const about = [
    title,
    purpose,
    from,
    to,
    ...unitCells(units.get(leadUnitId)),
    byId.get(leaderId)?.name ?? null,
    wordOf(exportWords.joint, state, locale),
    activity.reason,
    results.map(({ on, text }) => `${on}: ${text}`).join('; '),
  ];
  return Promise.all(
    participants.map(async ({ staffId, unitId, role, state: part, reason }) => {
      const staff = byId.get(staffId);
      const seesReason =
        reason !== null &&
        staff !== undefined &&
        (await permits(deps, actor, 'JointParticipant.reason', { staff }));
      return [
        ...about,
        ...(staff === undefined ? [null, null] : await personCells(deps, actor, staff)),
        ...unitCells(units.get(unitId)),
        role,
        wordOf(exportWords.participation, part, locale),
        seesReason ? reason : null,
      ];
    }),
  );
}
