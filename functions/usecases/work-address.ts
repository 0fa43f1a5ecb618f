import type { Staff, WorkCollection } from '../domain/staff.ts';
import type { WorkAddress } from '../store/store.ts';

/**
 * Where a person's plan, realisations and ratings of a year lie: in the collection of the stay that they were in on
 * 1 January, or of the first one that began in the year; null when they serve nowhere in it. The same rule as in `homeOf`.
 */
export function homeInYear({ assignments }: Pick<Staff, 'assignments'>, year: number): WorkCollection | null {
  const stay = assignments.find(({ to }) => to === null || to >= `${year}-01-01`);
  return stay === undefined || stay.from > `${year}-12-31`
    ? null
    : { unitId: stay.unitId, shard: stay.shard };
}

/** The address of a person's work in a year; null when they serve nowhere in it. */
export function staffAddress(staff: Pick<Staff, 'assignments'>, year: number): WorkAddress | null {
  const collection = homeInYear(staff, year);
  return collection && { collection, year };
}

/** A unit's agreement and what was reached on it lie in its first shard. */
export const agreementAddress = (unitId: string, year: number): WorkAddress => ({
  collection: { unitId, shard: 0 },
  year,
});
