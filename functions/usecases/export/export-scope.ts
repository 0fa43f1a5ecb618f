import type { Actor, Operation } from '../../domain/access-policy.ts';
import { MOST_INLINE_ROWS, MOST_ROWS } from '../../domain/export/table.ts';
import { subtreeOf, type Unit } from '../../domain/organisation/organisation.ts';
import { type Membership, placeOn, type Staff, wasMemberOn } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { readPages } from '../read-all.ts';

/**
 * The way that a table goes through what it is of: units, parts of rosters or pages of a list. What is read in several calls goes
 * on from a position that was reached. A table has one way at most: what it reads of each step is read at one go.
 */
export interface Walk {
  /** Behind this; null: from the beginning. */
  readonly from: string | null;
  /** The rows of everything up to here have been taken. */
  reached(position: string): void;
}

/** What an export may read: an answer little, a job much. */
export interface ExportLimits {
  readonly rows: number;
  /** Units, or parts of their rosters. */
  readonly rosters: number;
  readonly walk: Walk;
}
/** For what does not say where it is. */
export const AT_ONE_GO: Walk = { from: null, reached: () => undefined };
export const INLINE: ExportLimits = { rows: MOST_INLINE_ROWS, rosters: 20, walk: AT_ONE_GO };
export const IN_A_JOB: ExportLimits = { rows: MOST_ROWS, rosters: 100_000, walk: AT_ONE_GO };

/** A person in the units that a table is about. */
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
  return units.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/** A unit's place in the order of units. */
const placeOf = ({ code, id }: Unit): string => `${code}\n${id}`;

/** The same, some at a time, where each unit costs a request. @throws Rejection NOT_FOUND, TOO_MANY at `unitId` */
export async function* unitGroups(
  deps: Deps,
  unitId: string | null,
  { rosters, walk }: ExportLimits,
  size = AT_ONCE,
): AsyncGenerator<readonly Unit[]> {
  const units = await unitsOf(deps, unitId);
  if (units.length > rosters) throw reject('TOO_MANY', 'unitId', { maximum: rosters });
  const left = units.filter((unit) => walk.from === null || placeOf(unit) > walk.from);
  for (let at = 0; at < left.length; at += size) {
    const group = left.slice(at, at + size);
    yield group;
    for (const last of group.slice(-1)) walk.reached(placeOf(last));
  }
}

/** The same, one at a time. */
export async function* eachUnit(
  deps: Deps,
  unitId: string | null,
  limits: ExportLimits,
): AsyncGenerator<Unit> {
  for await (const units of unitGroups(deps, unitId, limits, 1)) yield* units;
}

/** A long list that a table is of, page by page. */
export const walkPages = <T>(
  { walk }: ExportLimits,
  read: Parameters<typeof readPages<T>>[0],
): AsyncGenerator<readonly T[]> => readPages(read, walk);

/** People whose figures are read together. */
const PAGE = 1_000;

/** Whom a table is about: who served in the units on a day. */
export interface MemberScope {
  readonly units: readonly Unit[];
  readonly day: IsoDate;
  /** The day whose relations count; today if left out. */
  readonly on?: IsoDate;
  readonly limits: ExportLimits;
}

interface Stay {
  readonly membership: Membership;
  readonly unit: Unit;
}

/**
 * Who served in the units on a day, as far as the actor may do `operation` on them: by unit, in a large unit by the parts of
 * its roster, and by name. Some rosters are held at a time, whatever the region's size.
 * @throws Rejection TOO_MANY beyond the limits
 */
export async function* memberPages(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  { units, day, on, limits }: MemberScope,
): AsyncGenerator<readonly Member[]> {
  const shards = units.flatMap((unit) =>
    Array.from({ length: unit.shardCount }, (_, shard) => ({ unit, collection: { unitId: unit.id, shard } })),
  );
  if (shards.length > limits.rosters) throw reject('TOO_MANY', 'unitId', { maximum: limits.rosters });
  let found = 0;
  const places = new Map(
    shards.map((shard) => [
      shard,
      `${placeOf(shard.unit)}\n${String(shard.collection.shard).padStart(4, '0')}`,
    ]),
  );
  const left = shards.filter(
    (shard) => limits.walk.from === null || (places.get(shard) ?? '') > limits.walk.from,
  );
  for (const group of groupsOf(left)) {
    const rosters = await Promise.all(
      group.map(async ({ unit, collection }): Promise<readonly Stay[]> => {
        const roster = await deps.store.staff.roster(collection);
        return roster.filter((stay) => wasMemberOn(stay, day)).map((membership) => ({ membership, unit }));
      }),
    );
    found += rosters.reduce((sum, { length }) => sum + length, 0);
    if (found > limits.rows) throw reject('TOO_MANY', 'unitId', { maximum: limits.rows });
    let page: Stay[] = [];
    for (const [index, stays] of rosters.entries()) {
      page.push(...stays);
      if (page.length < PAGE && index < rosters.length - 1) continue;
      yield await allowedAmong(deps, actor, operation, page, { day, on });
      page = [];
      const done = group[index];
      if (done !== undefined) limits.walk.reached(places.get(done) ?? '');
    }
  }
}

async function allowedAmong(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  stays: readonly Stay[],
  { day, on }: { readonly day: IsoDate; readonly on: IsoDate | undefined },
): Promise<readonly Member[]> {
  const people = await deps.store.staff.getMany(stays.map(({ membership }) => membership.staffId));
  const members = stays.flatMap(({ membership, unit }, at): Member[] => {
    const staff = people[at] ?? null;
    return staff === null || isRetired(staff, day) ? [] : [{ membership, staff, unit }];
  });
  const allowed = await Promise.all(
    members.map(({ staff }) => permits(deps, actor, operation, { staff, ...(on !== undefined && { on }) })),
  );
  return members.filter((_, at) => allowed[at]).sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** A person with the unit where they serve; undefined: nowhere on that day. */
export interface Person {
  readonly staff: Staff;
  readonly unit: Unit | undefined;
}

/** Whom a table is about: one person (`staffId`), or those who serve in a unit and below it, or in all. */
export interface About {
  readonly staffId: string | null;
  readonly unitId: string | null;
}

/** One person, whom the actor may read (authoriseExport), or as `memberPages` those of the units. @throws Rejection NOT_FOUND, TOO_MANY */
export async function* personPages(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  { staffId, unitId }: About,
  scope: Omit<MemberScope, 'units'>,
): AsyncGenerator<readonly Person[]> {
  if (staffId === null) {
    const units = await unitsOf(deps, unitId);
    yield* memberPages(deps, actor, operation, { ...scope, units });
    return;
  }
  const [staff, { units }] = await Promise.all([
    deps.store.staff.get(staffId),
    deps.store.organisation.load(),
  ]);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  yield [{ staff, unit: units.get(placeOn(staff, scope.day)?.unitId ?? '') }];
}

/** The same, a few at a time, because more is read of each. */
export async function* peoplePages(
  ...asked: Parameters<typeof personPages>
): AsyncGenerator<readonly Person[]> {
  for await (const people of personPages(...asked)) yield* groupsOf(people);
}

/** All of them at once, for a scope that is small by its limits. @throws Rejection TOO_MANY beyond the limits */
export const membersOf = async (
  deps: Deps,
  actor: Actor,
  operation: Operation,
  scope: MemberScope,
): Promise<readonly Member[]> => (await Array.fromAsync(memberPages(deps, actor, operation, scope))).flat();

/** A list in groups of what is read at the same time. */
export function* groupsOf<T>(values: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < values.length; at += AT_ONCE) yield values.slice(at, at + AT_ONCE);
}

/** Works through a list, some at the same time. */
export async function inSlices<T>(values: readonly T[], work: (value: T) => Promise<void>): Promise<void> {
  for (const group of groupsOf(values)) await Promise.all(group.map(work));
}

const isRetired = ({ retiredFrom }: Staff, day: IsoDate): boolean =>
  retiredFrom !== null && day >= retiredFrom;

const orderOf = ({ unit, membership, staff }: Member): string =>
  [unit.code, String(membership.shard).padStart(4, '0'), staff.name, staff.id].join('\n');
