import { chainOf, type Organisation } from '../organisation/organisation.ts';
import type { RaterGroup } from '../rating/rating.ts';

/** Raters whose opinions are pooled, and the weight of the pool. */
export interface RaterPool {
  readonly groups: readonly RaterGroup[];
  /** Basis points; the pools sum to 10,000. */
  readonly weight: number;
}

/** The pools by which a unit's staff are scored in place of the region's. */
export interface UnitRaterPools {
  readonly unitId: string;
  /** Whether they hold for the units under it too, as long as none of these has its own. */
  readonly withSubunits: boolean;
  readonly raterPools: readonly RaterPool[];
}

/** A policy's pools: the region's, and those that units have of their own. */
export interface PolicyPools {
  readonly raterPools: readonly RaterPool[];
  readonly unitRaterPools: readonly UnitRaterPools[];
}

/** The pools of raters that count for the staff of a unit. */
export interface PoolsInForce {
  readonly raterPools: readonly RaterPool[];
  /** The unit whose own weights they are, this one or one above it; null: the region's. */
  readonly poolsOfUnitId: string | null;
}

/** A unit's own pools, else those of the nearest unit above that holds them for its subtree, else the region's. */
export const poolsIn = (
  { raterPools, unitRaterPools }: PolicyPools,
  organisation: Organisation,
  unitId: string,
): PoolsInForce => {
  if (unitRaterPools.length === 0) return { raterPools, poolsOfUnitId: null };
  const own = new Map(unitRaterPools.map((one) => [one.unitId, one]));
  const holds = (one: UnitRaterPools | undefined): one is UnitRaterPools =>
    one !== undefined && (one.unitId === unitId || one.withSubunits);
  const found = chainOf(organisation, unitId)
    .map(({ id }) => own.get(id))
    .find(holds);
  return found === undefined
    ? { raterPools, poolsOfUnitId: null }
    : { raterPools: found.raterPools, poolsOfUnitId: found.unitId };
};

/** Every pool that somebody may be scored by, the region's first. */
export const allPools = ({ raterPools, unitRaterPools }: PolicyPools): readonly RaterPool[] => [
  ...raterPools,
  ...unitRaterPools.flatMap((unit) => unit.raterPools),
];

/** Names a pool by who is in it, whatever their order. */
export const nameOfPool = ({ groups }: Pick<RaterPool, 'groups'>): string => [...groups].sort().join('+');
