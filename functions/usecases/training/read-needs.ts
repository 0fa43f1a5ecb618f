import type { Actor } from '../../domain/access-policy.ts';
import type { Result } from '../../domain/evaluation/result.ts';
import { type Staff, wasMemberOn } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import type { Course } from '../../domain/training/course.ts';
import { gapsOf, needFor, type TrainingNeed, trainingNeeds } from '../../domain/training/needs.ts';
import { authorise, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';
import { ledIn } from '../relations.ts';

/**
 * The courses that would help a person by their published result of a period, the most needed first; null for those who may
 * not see it, and without a result: what is not known is no need.
 */
export async function needsOfStaff(
  deps: Deps,
  actor: Actor,
  staff: Staff,
  periodId: string,
): Promise<readonly TrainingNeed[] | null> {
  if (!(await permits(deps, actor, 'Staff.trainingNeeds', { staff }))) return null;
  const period = await deps.store.periods.get(periodId);
  if (period?.publishedRun == null) return null;
  const [result, catalogue] = await Promise.all([
    deps.store.results.get(periodId, period.publishedRun, staff.id),
    deps.store.training.catalogue(),
  ]);
  if (result === null) return null;
  return trainingNeeds(result, catalogue, (await partsOf(deps, [result])).get(result.staffId));
}

/** The results of the periods that results build on (a year's quarters, a result that is carried over), by person: one batch. */
async function partsOf(
  { store }: Pick<Deps, 'store'>,
  results: readonly Result[],
): Promise<ReadonlyMap<string, readonly Result[]>> {
  const keys = results.flatMap(({ staffId, workResult }) =>
    workResult.source === 'PERIODS'
      ? (workResult.periods ?? []).map(({ periodId, run }) => ({ periodId, run, staffId }))
      : [],
  );
  const parts = keys.length === 0 ? [] : await store.results.getMany(keys);
  return Map.groupBy(
    parts.flatMap((part) => part ?? []),
    ({ staffId }) => staffId,
  );
}

/** Somebody who needs a course. */
export interface Candidate extends TrainingNeed {
  readonly staffId: string;
}

/** More people than this are asked for by the units below. */
const MOST_PEOPLE = 1_000;

/**
 * The staff of a unit by their need of a course, the neediest first, equal ones by id; for a head without those who lead them.
 * @throws Rejection FORBIDDEN; NOT_FOUND; TOO_MANY for a unit of more than 1,000 staff
 */
export async function candidatesFor(
  deps: Deps,
  actor: Actor,
  course: Course,
  { unitId, periodId, top }: { readonly unitId: string; readonly periodId: string; readonly top: number },
): Promise<readonly Candidate[]> {
  const as = await authorise(deps, actor, 'Course.candidates', { unitId });
  if (top < 1 || top > 100) throw reject('OUT_OF_RANGE', 'top', { minimum: 1, maximum: 100 });
  const { store } = deps;
  const [organisation, period, today] = await Promise.all([
    store.organisation.load(),
    store.periods.get(periodId),
    regionToday(deps),
  ]);
  const unit = organisation.units.get(unitId);
  if (unit === undefined) throw reject('NOT_FOUND', 'unitId', { id: unitId });
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  const run = period.publishedRun;
  if (run === null) return [];
  const shards = Array.from({ length: unit.shardCount }, (_, shard) => ({ unitId, shard }));
  const members = (await Promise.all(shards.map((shard) => store.staff.roster(shard))))
    .flat()
    .filter((membership) => wasMemberOn(membership, today));
  if (members.length > MOST_PEOPLE) throw reject('TOO_MANY', 'unitId', { maximum: MOST_PEOPLE });
  const isLed = as === 'UNIT_HEAD' ? await ledIn(deps, actor, unitId) : () => true;
  const results = (
    await store.results.getMany(
      members.flatMap(({ staffId }) => (isLed(staffId) ? [{ periodId, run, staffId }] : [])),
    )
  ).flatMap((result) => result ?? []);
  const parts = await partsOf(deps, results);
  return results
    .flatMap((result): Candidate[] => {
      const { staffId, jobGroup } = result;
      const need = needFor(course, jobGroup, gapsOf(result, parts.get(staffId)));
      return need === null ? [] : [{ ...need, staffId }];
    })
    .sort((a, b) => b.need - a.need || (a.staffId < b.staffId ? -1 : 1))
    .slice(0, top);
}
