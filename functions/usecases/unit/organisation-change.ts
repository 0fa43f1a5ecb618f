import {
  childrenOf,
  isActiveOn,
  type Organisation,
  type Unit,
} from '../../domain/organisation/organisation.ts';
import { reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';

type Loaded = Awaited<ReturnType<Deps['store']['organisation']['load']>>;

/** A unit of the organisation as it can be saved again; null when there is none. */
export function storedUnit({ units, trails }: Loaded, id: string): Stored<Unit> | null {
  const unit = units.get(id);
  const auditHash = trails.get(id);
  return unit === undefined || auditHash === undefined ? null : { ...unit, auditHash };
}

/** As `storedUnit`. @throws Rejection NOT_FOUND at `id` */
export function requireUnit(organisation: Loaded, id: string): Stored<Unit> {
  const unit = storedUnit(organisation, id);
  if (unit === null) throw reject('NOT_FOUND', 'id', { id });
  return unit;
}

export const unitByCode = (organisation: Organisation, code: string): Unit | null => {
  for (const unit of organisation.units.values()) if (unit.code === code) return unit;
  return null;
};

/** Units directly below (null: the roots) that exist on a day. */
export const activeChildrenOf = (
  organisation: Organisation,
  unitId: string | null,
  date: IsoDate,
): readonly Unit[] => childrenOf(organisation, unitId).filter((unit) => isActiveOn(unit, date));

/** Reads a unit after it was written. @throws Rejection NOT_FOUND */
export const readUnit =
  ({ store }: Deps) =>
  async (id: string): Promise<Unit> => {
    const unit = (await store.organisation.load()).units.get(id);
    if (unit === undefined) throw reject('NOT_FOUND', 'id', { id });
    return unit;
  };
