import type { Actor } from '../../domain/access-policy.ts';
import { buildsOnPeriods } from '../../domain/evaluation/basis.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import { assessorOn, homeOf, type Membership, wasMemberOn } from '../../domain/organisation/staff.ts';
import { approvedOf, type PeerPanel } from '../../domain/peers/peer-panel.ts';
import { policyOn } from '../../domain/period/policy.ts';
import { problem, Rejection } from '../../domain/problem.ts';
import type { RaterGroup } from '../../domain/rating/rating.ts';
import { type GroupCompletion, shownCompletion } from '../../domain/rating/rating-completion.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import type { Participation } from '../../store/store.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';
import { ratingDay } from './rating-day.ts';

/** How far the ratings of a unit's staff have come. */
export interface RatingCompletion {
  readonly periodId: string;
  readonly unitId: string;
  /** Staff who are rated. */
  readonly staff: number;
  readonly groups: readonly GroupCompletion[];
}

const GROUPS: readonly RaterGroup[] = ['SUPERIOR', 'PEER', 'SUBORDINATE', 'SELF'];

/**
 * How many ratings of a unit's staff are due and given, by group. It counts who has rated and never looks at a rating; of
 * anonymous groups small numbers are not said. Reads the unit's rosters and what lies with each shard, whatever the number of people;
 * people whose year lies with another unit are counted as due there.
 * @throws Rejection NOT_FOUND of unit and period, FORBIDDEN
 */
export async function readRatingCompletion(
  deps: Deps,
  actor: Actor,
  { periodId, unitId }: { readonly periodId: string; readonly unitId: string },
): Promise<RatingCompletion> {
  await authorise(deps, actor, 'Query.ratingCompletion', { unitId });
  const { store } = deps;
  const [period, organisation, today, policies] = await Promise.all([
    store.periods.get(periodId),
    store.organisation.load(),
    regionToday(deps),
    store.policies.list(),
  ]);
  const unit = organisation.units.get(unitId);
  const problems = [
    ...(period === null ? [problem('NOT_FOUND', 'periodId', { id: periodId })] : []),
    ...(unit === undefined ? [problem('NOT_FOUND', 'unitId', { id: unitId })] : []),
  ];
  if (period === null || unit === undefined || problems.length > 0) throw new Rejection(problems);
  const { rules } = period.policy ?? policyOn(policies, period.end);
  const day = ratingDay(period, today);
  const shards = await Promise.all(
    Array.from({ length: unit.shardCount }, async (_, shard) => {
      const address: WorkAddress = { collection: { unitId, shard }, year: period.year };
      const [roster, given, panels] = await Promise.all([
        store.staff.roster(address.collection),
        store.ratings.participation(address, period.id),
        rules.peers.choice === 'OPEN' ? [] : store.peers.panelsOfCollection(address, period.id),
      ]);
      return { members: membersHere(roster, address, day), given, panels };
    }),
  );
  const members = shards.flatMap((shard) => shard.members);
  const due = dueOf(
    organisation,
    members,
    day,
    shards.flatMap(({ panels }) => panels),
  );
  const done = doneOf(
    new Set(members.map(({ staffId }) => staffId)),
    shards.flatMap(({ given }) => given),
  );
  const isRated = !buildsOnPeriods(period, rules);
  const isBound = (group: RaterGroup): boolean =>
    isRated && (group !== 'PEER' || rules.peers.choice !== 'OPEN');
  return {
    periodId,
    unitId,
    staff: members.length,
    groups: GROUPS.map((group) =>
      shownCompletion(
        {
          group,
          due: isBound(group) ? (due.get(group) ?? 0) : null,
          done: done.get(group) ?? 0,
        },
        rules.minimumRaters,
      ),
    ),
  };
}

/** Members of the day whose year lies in this collection: their ratings are here. */
const membersHere = (roster: readonly Membership[], { collection, year }: WorkAddress, day: IsoDate) =>
  roster.filter((membership) => {
    const home = homeOf(membership, year);
    return (
      wasMemberOn(membership, day) && home.unitId === collection.unitId && home.shard === collection.shard
    );
  });

/** Ratings due: by the assessor, by oneself, by the unit's staff of whoever assesses them, and by the chosen peers. */
function dueOf(
  organisation: Organisation,
  members: readonly Membership[],
  day: IsoDate,
  panels: readonly PeerPanel[],
): ReadonlyMap<RaterGroup, number> {
  const here = new Set(members.map(({ staffId }) => staffId));
  const assessors = members.map((membership) => assessorOn(organisation, membership, day).assessorId);
  return new Map<RaterGroup, number>([
    ['SUPERIOR', assessors.filter((assessor) => assessor !== null).length],
    ['SELF', members.length],
    ['SUBORDINATE', assessors.filter((assessor) => assessor !== null && here.has(assessor)).length],
    [
      'PEER',
      panels
        .filter(({ staffId, assigned }) => assigned && here.has(staffId))
        .reduce((sum, panel) => sum + approvedOf(panel).length, 0),
    ],
  ]);
}

function doneOf(here: ReadonlySet<string>, given: readonly Participation[]): ReadonlyMap<RaterGroup, number> {
  const counts = new Map<RaterGroup, number>();
  for (const { rateeId, group } of given)
    if (here.has(rateeId)) counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
}
