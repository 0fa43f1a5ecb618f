import { homeInYear, type Staff } from '../domain/organisation/staff.ts';
import type { WorkAddress } from '../store/contract/stored.ts';

/** The address of a person's work in a year; null when they serve nowhere in it. */
export function staffAddress(staff: Pick<Staff, 'assignments' | 'homes'>, year: number): WorkAddress | null {
  const collection = homeInYear(staff, year);
  return collection && { collection, year };
}

/** A unit's agreement and what was reached on it lie in its first shard. */
export const agreementAddress = (unitId: string, year: number): WorkAddress => ({
  collection: { unitId, shard: 0 },
  year,
});
