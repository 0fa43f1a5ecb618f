import type { Actor, Operation } from '../../domain/access-policy.ts';
import { MOST_INLINE_ROWS, MOST_ROWS } from '../../domain/export/table.ts';
import { subtreeOf, type Unit } from '../../domain/organisation/organisation.ts';
import { type Membership, type Staff, wasMemberOn } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/** What an export may read: an answer little, a job much. */
export interface ExportLimits {
  readonly rows: number;
  /** Units, or parts of their rosters. */
  readonly rosters: number;
}
export const INLINE: ExportLimits = { rows: MOST_INLINE_ROWS, rosters: 20 };
export const IN_A_JOB: ExportLimits = { rows: MOST_ROWS, rosters: 100_000 };

/** A person in the units that an export is about. */
export interface Member {
  readonly membership: Membership;
  readonly staff: Staff;
  readonly unit: Unit;
}

const AT_ONCE = 16;

/** The units of an export: one with all below it, or all. @throws Rejection NOT_FOUND at `unitId` */
export async function unitsOf(deps: Deps, unitId: string | null): Promise<readonly Unit[]> {
  const organisation = await deps.store.organisation.load();
  if (unitId !== null && !organisation.units.has(unitId)) throw reject('NOT_FOUND', 'unitId', { id: unitId });
  const units = unitId === null ? [...organisation.units.values()] : subtreeOf(organisation, unitId);
  return units.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** The same, where each unit costs a request. @throws Rejection NOT_FOUND, TOO_MANY at `unitId` */
export async function limitedUnitsOf(
  deps: Deps,
  unitId: string | null,
  { rosters }: ExportLimits,
): Promise<readonly Unit[]> {
  const units = await unitsOf(deps, unitId);
  if (units.length > rosters) throw reject('TOO_MANY', 'unitId', { maximum: rosters });
  return units;
}

/**
 * Who served in the units on a day, by unit and name, as far as the actor may do `operation` on them.
 * @throws Rejection TOO_MANY beyond the limits
 */
export async function membersOf(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  {
    units,
    day,
    limits,
  }: { readonly units: readonly Unit[]; readonly day: IsoDate; readonly limits: ExportLimits },
): Promise<readonly Member[]> {
  const shards = units.flatMap((unit) =>
    Array.from({ length: unit.shardCount }, (_, shard) => ({ unit, collection: { unitId: unit.id, shard } })),
  );
  if (shards.length > limits.rosters) throw reject('TOO_MANY', 'unitId', { maximum: limits.rosters });
  const found: { readonly membership: Membership; readonly unit: Unit }[] = [];
  await inSlices(shards, async ({ unit, collection }) => {
    const roster = await deps.store.staff.roster(collection);
    found.push(
      ...roster.filter((stay) => wasMemberOn(stay, day)).map((membership) => ({ membership, unit })),
    );
  });
  if (found.length > limits.rows) throw reject('TOO_MANY', 'unitId', { maximum: limits.rows });
  const people = await deps.store.staff.getMany(found.map(({ membership }) => membership.staffId));
  const members = found.flatMap(({ membership, unit }, at): Member[] => {
    const staff = people[at] ?? null;
    return staff === null || isRetired(staff, day) ? [] : [{ membership, staff, unit }];
  });
  const allowed = await Promise.all(members.map(({ staff }) => permits(deps, actor, operation, { staff })));
  return members.filter((_, at) => allowed[at]).sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** Works through a list, some at the same time. */
export async function inSlices<T>(values: readonly T[], work: (value: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < values.length; at += AT_ONCE)
    await Promise.all(values.slice(at, at + AT_ONCE).map(work));
}

const isRetired = ({ retiredFrom }: Staff, day: IsoDate): boolean =>
  retiredFrom !== null && day >= retiredFrom;

const orderOf = ({ unit, staff }: Member): string => `${unit.code}\n${staff.name}\n${staff.id}`;
