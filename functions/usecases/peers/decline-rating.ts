import type { Actor } from '../../domain/access-policy.ts';
import { assessorOfStaffOn, type Staff } from '../../domain/organisation/staff.ts';
import { approvedOf, declinePlace, isOnPanel } from '../../domain/peers/peer-panel.ts';
import { reject, rejectIf } from '../../domain/problem.ts';
import type { RaterGroup } from '../../domain/rating/rating.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Write } from '../../store/contract/stored.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { checkTakesRatings, ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { staffAddress } from '../work-address.ts';
import { lotsOf } from './lots.ts';
import { findPanelSubject, openPanel, toldOfTask } from './panel-place.ts';
import { peersToDraw } from './peer-candidates.ts';

export interface DeclineRating {
  readonly periodId: string;
  readonly rateeId: string;
  readonly group: RaterGroup;
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Somebody who is to rate as a chosen peer, or as a subordinate, declines with a reason: a conflict of interest. A drawn panel
 * goes on with the next lot, a nominated one waits for the assessor; nobody stands in for a subordinate. Who has rated cannot
 * decline any more, since nothing leads back to what they said.
 * @throws Rejection with all of REASON_REQUIRED, TOO_LONG, NOT_A_RATER; NOT_FOUND, WRONG_STATE, PERIOD_NOT_OPEN, PERIOD_CLOSED,
 * YEAR_FROM_PERIODS
 */
export const declineRating = (deps: Deps, actor: Actor, input: DeclineRating): Promise<boolean> => {
  const { periodId, rateeId, group } = input;
  return perform(
    deps,
    { actor, operation: 'declineRating', input },
    // Whom one is to rate is checked below; it is one's own to decline.
    async () => {
      if (actor.staffId === null) throw reject('FORBIDDEN');
      return actor.staffId;
    },
    async (raterId) => {
      const check = checkInput();
      const reason = check.text('reason', input.reason, LENGTHS.reason);
      if (group !== 'PEER' && group !== 'SUBORDINATE') check.add('NOT_A_RATER', 'group', { group });
      check.done();
      const subject = await findPanelSubject(deps, { periodId, staffId: rateeId });
      const done = await deps.store.ratings.ratedBy(raterId, periodId);
      if (done.some((one) => one.rateeId === rateeId && one.group === group))
        throw reject('ALREADY_RATED', 'rateeId');
      const writes =
        group === 'PEER'
          ? await declineAsPeer(deps, subject, raterId, reason)
          : await declineAsSubordinate(deps, subject, raterId, reason);
      return { as: group === 'PEER' ? 'PEER' : 'SUBORDINATE', ref: periodId, writes };
    },
    async () => true,
  );
};

type Subject = Awaited<ReturnType<typeof findPanelSubject>>;

async function declineAsPeer(
  deps: Deps,
  subject: Subject,
  raterId: string,
  reason: string,
): Promise<readonly Write[]> {
  const place = await openPanel(deps, subject, []);
  if (place.before === null || !isOnPanel(place.before, raterId))
    throw reject('NOT_A_RATER', 'group', { group: 'PEER' });
  const { seed } = place.before;
  const lots = seed === null ? [] : lotsOf(seed, await peersToDraw(deps, place));
  const after = declinePlace(place.before, raterId, reason, lots);
  const known = new Set(place.before.members.map(({ staffId }) => staffId));
  const next = approvedOf(after).filter((staffId) => !known.has(staffId));
  return [
    deps.store.peers.savePanel(place.address, place.before, after),
    deps.store.ratings.requireNotRated(
      place.address,
      { periodId: subject.period.id, rateeId: subject.staff.id, group: 'PEER' },
      raterId,
    ),
    ...toldOfTask(deps, place.before, next),
  ];
}

async function declineAsSubordinate(
  deps: Deps,
  { staff, period }: Subject,
  raterId: string,
  reason: string,
): Promise<readonly Write[]> {
  const [self, organisation, today] = await Promise.all([
    deps.store.staff.get(raterId),
    deps.store.organisation.load(),
    regionToday(deps),
  ]);
  const day: IsoDate = ratingDay(period, today);
  const isSubordinate = (one: Staff): boolean =>
    assessorOfStaffOn(organisation, one, day).assessorId === staff.id;
  if (self === null || !isSubordinate(self)) throw reject('NOT_A_RATER', 'group', { group: 'SUBORDINATE' });
  rejectIf(await checkTakesRatings(deps, period, period.id));
  const address = staffAddress(staff, period.year);
  if (address === null) throw reject('NOT_MEMBER', 'rateeId');
  const pair = { periodId: period.id, rateeId: staff.id };
  return [
    deps.store.peers.saveDecline(address, { ...pair, raterId, reason, version: 0 }),
    deps.store.ratings.requireNotRated(address, { ...pair, group: 'SUBORDINATE' }, raterId),
  ];
}
