import type { Actor } from '../../domain/access-policy.ts';
import type { Carryover } from '../../domain/evaluation/carryover.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { staffAddress } from '../work-address.ts';
import { type CarryoverKey, requireSubject } from './carryover-subject.ts';

/** What was proposed or agreed; null: nothing. Who may read it follows from the day of rating. @throws Rejection NOT_FOUND, FORBIDDEN */
export async function readCarryover(
  deps: Deps,
  actor: Actor,
  key: CarryoverKey,
): Promise<Stored<Carryover> | null> {
  const { staff, day } = await requireSubject(deps, key);
  await authorise(deps, actor, 'Query.carryover', { staff, on: day });
  return find(deps, key);
}

async function find(deps: Deps, key: CarryoverKey): Promise<Stored<Carryover> | null> {
  const { staff, period } = await requireSubject(deps, key);
  const address = staffAddress(staff, period.year);
  return address && deps.store.carryovers.get(address, key.periodId, key.staffId);
}

/** What a mutation answers with. */
export const answerCarryoverRef =
  (deps: Deps) =>
  async (ref: string): Promise<Stored<Carryover>> => {
    const [periodId = '', staffId = ''] = ref.split('\n');
    const found = await find(deps, { periodId, staffId });
    if (found === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
    return found;
  };
