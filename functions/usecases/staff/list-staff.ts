import type { Actor } from '../../domain/access-policy.ts';
import { comparable, isNamed } from '../../domain/organisation/name.ts';
import { subtreeOf } from '../../domain/organisation/organisation.ts';
import { assignmentOn, type Staff } from '../../domain/organisation/staff.ts';
import { problem, reject, rejectIf } from '../../domain/problem.ts';
import type { PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { type PartialPage, readThrough, type Source } from '../read-through.ts';
import { regionToday } from '../region-clock.ts';

export interface StaffFilter {
  readonly unitId?: string | null | undefined;
  readonly includeSubtree?: boolean | null | undefined;
  readonly namePrefix?: string | null | undefined;
  readonly jobGroup?: string | null | undefined;
}

export type StaffPage = PartialPage<Staff>;

/**
 * Staff by name, of the region (what the name begins with, titles left out) or of a unit (what any word of it begins with);
 * with its subtree unit by unit. A filter that no index serves is applied to what
 * an index gives, within a bounded number of reads.
 * @throws Rejection REQUIRED without a unit or a name; NOT_FOUND for an unknown unit; INVALID_CURSOR
 */
export async function listStaff(
  deps: Deps,
  actor: Actor,
  filter: StaffFilter,
  page: PageRequest,
): Promise<StaffPage> {
  await authorise(deps, actor, 'Query.staffMembers');
  const { store } = deps;
  const written = filter.namePrefix ?? '';
  const named = comparable(written) !== '';
  const unitId = filter.unitId ?? null;
  rejectIf(unitId === null && !named ? [problem('REQUIRED', 'filter.namePrefix')] : []);

  const today = await regionToday(deps);
  const wanted = (staff: Staff): boolean =>
    (unitId === null || !named || isNamed(staff.name, written)) &&
    (filter.jobGroup == null || assignmentOn(staff, today)?.jobGroup === filter.jobGroup);
  if (unitId === null) {
    const sources: readonly Source<Staff>[] = [
      { key: '', read: (request) => store.staff.byName(written, request) },
    ];
    return readThrough(sources, wanted, page);
  }
  const organisation = await store.organisation.load();
  if (!organisation.units.has(unitId)) throw reject('NOT_FOUND', 'filter.unitId', { id: unitId });
  const units =
    filter.includeSubtree === true ? subtreeOf(organisation, unitId).map(({ id }) => id) : [unitId];
  const sources = units.map((id) => ({
    key: id,
    read: (request: PageRequest) => store.staff.ofUnit(id, request, today),
  }));
  return readThrough(sources, wanted, page);
}
