import type { IsoDate } from '../time.ts';

/** Who heads a unit from a day on, until and including another (null: still). Newest last, no overlaps. */
export interface Headship {
  readonly staffId: string;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
}

/** An organisation unit (unit kerja, OPD). Units form one tree or several; the roots have no parent. */
export interface Unit {
  readonly id: string;
  /** The region's own code for the unit, unique. */
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly mission: string | null;
  readonly parentId: string | null;
  readonly heads: readonly Headship[];
  /** Shards of the unit's work collection; one for up to about 1,000 staff. Fixed when the unit is created. */
  readonly shardCount: number;
  readonly retiredFrom: IsoDate | null;
  readonly version: number;
}

/** Every unit at one moment; `version` grows with each change of any unit. */
export interface Organisation {
  readonly version: number;
  readonly units: ReadonlyMap<string, Unit>;
}

/** Children by parent (null: roots), by code; built once for each organisation, which never changes in place. */
const childIndex = new WeakMap<Organisation, ReadonlyMap<string | null, readonly Unit[]>>();

const childrenByParent = (organisation: Organisation): ReadonlyMap<string | null, readonly Unit[]> => {
  const known = childIndex.get(organisation);
  if (known !== undefined) return known;
  const index = new Map<string | null, Unit[]>();
  for (const unit of organisation.units.values()) {
    const siblings = index.get(unit.parentId);
    if (siblings === undefined) index.set(unit.parentId, [unit]);
    else siblings.push(unit);
  }
  for (const siblings of index.values()) siblings.sort((a, b) => (a.code < b.code ? -1 : 1));
  childIndex.set(organisation, index);
  return index;
};

/** Units directly under a unit, by code; of null, the roots. */
export const childrenOf = (organisation: Organisation, unitId: string | null): readonly Unit[] =>
  childrenByParent(organisation).get(unitId) ?? [];

/** Units above a unit, nearest first; empty for a root and for an unknown unit. */
export const ancestorsOf = (organisation: Organisation, unitId: string): Unit[] => {
  const ancestors: Unit[] = [];
  const seen = new Set([unitId]);
  let parentId = organisation.units.get(unitId)?.parentId ?? null;
  while (parentId !== null && !seen.has(parentId)) {
    seen.add(parentId);
    const parent = organisation.units.get(parentId);
    if (parent === undefined) break;
    ancestors.push(parent);
    parentId = parent.parentId;
  }
  return ancestors;
};

/** A unit and the units above it, nearest first; empty for an unknown unit. */
export const chainOf = (organisation: Organisation, unitId: string): Unit[] => {
  const own = organisation.units.get(unitId);
  return own === undefined ? [] : [own, ...ancestorsOf(organisation, unitId)];
};

/** A unit and all units under it, parents before children and siblings by code; empty for an unknown unit. */
export const subtreeOf = (organisation: Organisation, unitId: string): Unit[] => {
  const root = organisation.units.get(unitId);
  if (root === undefined) return [];
  const subtree: Unit[] = [];
  const seen = new Set<string>();
  const stack = [root];
  for (let unit = stack.pop(); unit !== undefined; unit = stack.pop()) {
    if (seen.has(unit.id)) continue;
    seen.add(unit.id);
    subtree.push(unit);
    stack.push(...childrenOf(organisation, unit.id).toReversed());
  }
  return subtree;
};

/**
 * Whom the head of a unit assesses beside delegated ones: the members of the unit and of the vacant units below it, and the heads
 * of the units below those.
 */
export const reachOf = (
  organisation: Organisation,
  unit: Unit,
  day: IsoDate,
): { readonly units: readonly Unit[]; readonly heads: readonly string[] } => {
  const below = childrenOf(organisation, unit.id).map((child) => {
    const head = headOn(child, day);
    return head === null ? reachOf(organisation, child, day) : { units: [], heads: [head] };
  });
  return {
    units: [unit, ...below.flatMap(({ units }) => units)],
    heads: below.flatMap(({ heads }) => heads),
  };
};

/** Whether a unit under that parent would be its own ancestor. */
export const wouldCycle = (organisation: Organisation, unitId: string, parentId: string | null): boolean =>
  parentId !== null &&
  (parentId === unitId || ancestorsOf(organisation, parentId).some(({ id }) => id === unitId));

/** Who heads the unit on a day; null: vacant. */
export const headOn = (unit: Pick<Unit, 'heads'>, date: IsoDate): string | null => {
  // The newest is the usual answer.
  for (let at = unit.heads.length - 1; at >= 0; at--) {
    const headship = unit.heads[at];
    if (headship !== undefined && isWithin(headship, date)) return headship.staffId;
  }
  return null;
};

/** Who heads a unit or one above it on a day, the unit's own first; vacancies are left out. */
export const headIdsOver = (organisation: Organisation, unitId: string, date: IsoDate): string[] =>
  chainOf(organisation, unitId).flatMap((unit) => headOn(unit, date) ?? []);

/**
 * Whether somebody heads the unit of another, or one above it, on a day, and is not led by that person there: nobody leads
 * themselves, or their own head.
 */
export const headsOver = (
  organisation: Organisation,
  { staffId, unitId }: { readonly staffId: string; readonly unitId: string },
  leaderId: string,
  date: IsoDate,
): boolean => {
  const heads = chainOf(organisation, unitId).map((unit) => headOn(unit, date));
  return heads.lastIndexOf(leaderId) > heads.lastIndexOf(staffId);
};

/** Whether a day lies in a stay, both ends included. */
export const isWithin = (
  { from, to }: { readonly from: IsoDate; readonly to: IsoDate | null },
  date: IsoDate,
): boolean => from <= date && (to === null || date <= to);

/** Whether the unit exists on a day. */
export const isActiveOn = (unit: Pick<Unit, 'retiredFrom'>, date: IsoDate): boolean =>
  unit.retiredFrom === null || date < unit.retiredFrom;

/** Units that a person heads on a day, by code. */
export const unitsHeadedOn = (organisation: Organisation, staffId: string, date: IsoDate): Unit[] =>
  [...organisation.units.values()]
    .filter((unit) => headOn(unit, date) === staffId)
    .sort((a, b) => (a.code < b.code ? -1 : 1));

/** Units that a person heads on a day or will head later, by code. */
export const unitsHeadedFrom = (organisation: Organisation, staffId: string, from: IsoDate): Unit[] =>
  [...organisation.units.values()]
    .filter(({ heads }) => heads.some((each) => each.staffId === staffId && (each.to ?? from) >= from))
    .sort((a, b) => (a.code < b.code ? -1 : 1));

/**
 * The unit whose achievement is a person's work result: the highest of their own unit and those above it that they head on
 * that day; null when they head none of them.
 */
export const headedUnitOn = (
  organisation: Organisation,
  { staffId, unitId }: { readonly staffId: string; readonly unitId: string },
  date: IsoDate,
): Unit | null => {
  const headed = chainOf(organisation, unitId).filter((unit) => headOn(unit, date) === staffId);
  return headed.at(-1) ?? null;
};

/**
 * The heads with one change on a day: the head before ends the day before, later headships give way.
 * @param staffId null leaves the unit vacant
 */
export const withHeadFrom = (
  heads: readonly Headship[],
  staffId: string | null,
  from: IsoDate,
  dayBefore: IsoDate,
): Headship[] => {
  const kept = heads
    .filter((headship) => headship.from < from)
    .map((headship) =>
      headship.to === null || headship.to >= from ? { ...headship, to: dayBefore } : headship,
    );
  return staffId === null ? kept : [...kept, { staffId, from, to: null }];
};
