import type { Period } from '../../domain/period/period.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';

/** @throws Rejection NOT_FOUND at `id` */
export async function requirePeriod({ store }: Deps, id: string): Promise<Stored<Period>> {
  const period = await store.periods.get(id);
  if (period === null) throw reject('NOT_FOUND', 'id', { id });
  return period;
}

export const readPeriod = (deps: Deps) => (id: string) => requirePeriod(deps, id);

export const withoutTrail = ({ auditHash: _, ...period }: Stored<Period>): Period => period;
