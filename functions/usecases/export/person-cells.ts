import type { Actor } from '../../domain/access-policy.ts';
import type { Cell } from '../../domain/export/table.ts';
import type { Unit } from '../../domain/organisation/organisation.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/** NIP, for those who may see it, and name. */
export async function personCells(deps: Deps, actor: Actor, staff: Staff): Promise<readonly Cell[]> {
  return [(await permits(deps, actor, 'Staff.nip', { staff })) ? staff.nip : null, staff.name];
}

/** The name of somebody whom a row mentions; null for an account that belongs to nobody. */
export const nameOf = async ({ store }: Pick<Deps, 'store'>, staffId: string | null): Promise<Cell> =>
  staffId === null ? null : ((await store.staff.get(staffId))?.name ?? null);

export const unitCells = (unit: Unit | undefined): readonly Cell[] => [
  unit?.code ?? null,
  unit?.name ?? null,
];
