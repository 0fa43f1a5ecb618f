import { buildsOnPeriods } from '../../domain/evaluation/basis.ts';
import { assessorOfStaffOn, placeOn, type Staff } from '../../domain/organisation/staff.ts';
import type { PeerPanel } from '../../domain/peers/peer-panel.ts';
import type { Period } from '../../domain/period/period.ts';
import { policyOn } from '../../domain/period/policy.ts';
import type { RaterGroup } from '../../domain/rating/rating.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { countEligiblePeers } from '../peers/eligible-peers.ts';
import { partyOn, ratingDay } from '../rating/rating-day.ts';
import { staffAddress } from '../work-address.ts';
import { type Me, type Task, type TaskKind, taskOf } from './task.ts';

/**
 * Ratings due in the open periods that have begun: of those one assesses, of oneself, of one's superior, and of those to whom
 * one is assigned as a peer; less what is done or declined. Where peers are nominated, also one's own nomination (of who has
 * an assessor to decide on it and a peer to name), and the nominations that wait for one's decision. None in a year that builds
 * on its periods: no rating of it counts.
 * @param assessedOn the people whom one assesses on a day
 */
export async function ratingTasks(
  deps: Deps,
  me: Me,
  open: readonly Period[],
  assessedOn: (day: IsoDate) => Promise<readonly Staff[]>,
): Promise<Task[]> {
  const begun = open.filter(({ start }) => start <= me.today);
  if (begun.length === 0) return [];
  // A period that has ended and still takes ratings takes them from those who were assessors on its last day.
  const days = [...new Set(begun.map((period) => ratingDay(period, me.today)))];
  const [policies, ...assessedOnDays] = await Promise.all([
    deps.store.policies.list(),
    ...days.map(assessedOn),
  ]);
  const assessedBy = new Map(days.map((day, at) => [day, assessedOnDays[at] ?? []]));
  const rated = begun.filter((period) => !buildsOnPeriods(period, policyOn(policies, period.end).rules));
  const tasks = await Promise.all(
    rated.map(async (period): Promise<Task[]> => {
      const day = ratingDay(period, me.today);
      const assessed = assessedBy.get(day) ?? [];
      const { choice } = policyOn(policies, period.end).rules.peers;
      const [due, panels] = await Promise.all([
        ratingsDue(deps, me, period, day, assessed, choice !== 'OPEN'),
        choice === 'NOMINATED' ? panelTasks(deps, me, period, day, assessed) : [],
      ]);
      return [...due, ...panels];
    }),
  );
  return tasks.flat();
}

async function ratingsDue(
  { store }: Deps,
  me: Me,
  { id: periodId, closesAt: deadline }: Period,
  day: IsoDate,
  assessed: readonly Staff[],
  chosenPeers: boolean,
): Promise<Task[]> {
  const self = me.self && placeOn(me.self, day) && me.self;
  const superior = self && assessorOfStaffOn(me.organisation, self, day).assessorId;
  const [rated, peers, declined] = await Promise.all([
    store.ratings.ratedBy(me.staffId, periodId),
    chosenPeers ? store.peers.assignedTo(me.staffId, periodId) : [],
    superior === null ? [] : store.peers.declinedBy(me.staffId, periodId),
  ]);
  const due: { readonly rateeId: string; readonly group: RaterGroup }[] = [
    ...assessed.map(({ id }) => ({ rateeId: id, group: 'SUPERIOR' as const })),
    ...(self === null ? [] : [{ rateeId: me.staffId, group: 'SELF' as const }]),
    ...(superior === null ? [] : [{ rateeId: superior, group: 'SUBORDINATE' as const }]),
    ...peers.map((rateeId) => ({ rateeId, group: 'PEER' as const })),
  ];
  const done = new Set([
    ...rated.map(({ rateeId, group }) => `${group} ${rateeId}`),
    ...declined.map((rateeId) => `SUBORDINATE ${rateeId}`),
  ]);
  return due
    .filter(({ rateeId, group }) => !done.has(`${group} ${rateeId}`))
    .map(({ rateeId, group }) =>
      taskOf('SUBMIT_RATING', `${periodId}:${group}:${rateeId}`, {
        staffId: rateeId,
        periodId,
        group,
        deadline,
      }),
    );
}

/** One's own nomination, unless it is made or cannot be, and those of the people whom one assesses that wait to be decided. */
async function panelTasks(
  deps: Deps,
  me: Me,
  period: Period,
  day: IsoDate,
  assessed: readonly Staff[],
): Promise<Task[]> {
  const { self, staffId } = me;
  const mine = self !== null && placeOn(self, day) !== null ? [self] : [];
  const wanted = [...mine, ...assessed].flatMap((staff) => {
    const address = staffAddress(staff, period.year);
    return address === null ? [] : [{ address, periodId: period.id, staffId: staff.id }];
  });
  const panels = await deps.store.peers.panels(wanted);
  const nominates =
    self !== null &&
    wanted.some((key, at) => key.staffId === staffId && panels[at] === null) &&
    (await canNominate(deps, me, self, day));
  return wanted.flatMap((key, at) => {
    const panel: PeerPanel | null = panels[at] ?? null;
    const task = (kind: TaskKind): Task =>
      taskOf(kind, `${period.id}:${key.staffId}`, {
        staffId: key.staffId,
        periodId: period.id,
        deadline: period.closesAt,
      });
    if (key.staffId === staffId) return nominates ? [task('NOMINATE_PEERS')] : [];
    return panel === null || panel.assigned ? [] : [task('DECIDE_PEERS')];
  });
}

/** Whether one has an assessor, who will decide, and anybody to name. */
async function canNominate(
  deps: Deps,
  { organisation, today }: Me,
  self: Staff,
  day: IsoDate,
): Promise<boolean> {
  const party = partyOn(organisation, self, day);
  if (party === null || party.assessorId === null) return false;
  return (await countEligiblePeers(deps, { organisation, day, party }, today, 1)) > 0;
}
