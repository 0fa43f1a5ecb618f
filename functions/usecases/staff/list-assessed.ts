import type { Actor } from '../../domain/access-policy.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';
import { staffAssessedBy } from '../task/staff-assessed.ts';
import { pageByName } from './page-by-name.ts';

/**
 * The people whom the signed-in person assesses today, by name; 500 at most. Nobody for an account of no staff member.
 * @throws Rejection UNAUTHENTICATED
 */
export async function listAssessed(deps: Deps, actor: Actor, page: PageRequest): Promise<Page<Staff>> {
  await authorise(deps, actor, 'Query.assessedStaff');
  if (actor.staffId === null) return { items: [], hasMore: false };
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  return pageByName(
    await staffAssessedBy(deps, { staffId: actor.staffId, organisation, today }, today),
    page,
  );
}
