import type { Actor, Operation } from '../../domain/access-policy.ts';
import { MOST_INLINE_ROWS, MOST_ROWS } from '../../domain/export/table.ts';
import { subtreeOf, type Unit } from '../../domain/organisation/organisation.ts';
import { type Membership, placeOn, type Staff, wasMemberOn } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import { baseRunOf } from '../../domain/period/run.ts';
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

/** A period with results to read. */
export type PublishedPeriod = Period & { readonly publishedRun: string };

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

/** Somebody of a part of a unit, before it is known whether the actor may read of them. */
interface Found {
  readonly staffId: string;
  readonly shard: number;
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
  const pages = pagesOf(deps, units, limits, async (unit, shard) => {
    const roster = await deps.store.staff.roster({ unitId: unit.id, shard });
    return roster
      .filter((stay) => wasMemberOn(stay, day))
      .map((membership) => ({ staffId: membership.staffId, shard, unit, membership }));
  });
  for await (const page of pages) {
    const serving = page.filter(({ staff }) => !isRetired(staff, day));
    yield await allowedAmong(deps, actor, operation, serving, on);
  }
}

/**
 * Whom a published period evaluated, one person or those of the units: as its results say, wherever they serve or have been entered
 * since; else as `memberPages`.
 */
export async function* evaluatedPages(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  { staffId, unitId }: About,
  { period, limits }: { readonly period: PublishedPeriod; readonly limits: ExportLimits },
): AsyncGenerator<readonly Person[]> {
  const { store } = deps;
  if (staffId !== null) {
    const [staff, result, { units }] = await Promise.all([
      store.staff.get(staffId),
      store.results.get(period.id, period.publishedRun, staffId),
      store.organisation.load(),
    ]);
    if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
    if (result !== null) yield [{ staff, unit: units.get(result.unitId) }];
    return;
  }
  const run = baseRunOf(period.publishedRun);
  const pages = pagesOf(deps, await unitsOf(deps, unitId), limits, async (unit, shard) => {
    const evaluated = await store.closeRuns.scoresOf(period.id, run, { unitId: unit.id, shard });
    return (evaluated?.scores ?? []).map((score) => ({ staffId: score.staffId, shard, unit }));
  });
  for await (const page of pages) yield await allowedAmong(deps, actor, operation, page, undefined);
}

/** The people of the units' parts, some parts at a time. @throws Rejection TOO_MANY beyond the limits */
async function* pagesOf<T extends Found>(
  deps: Deps,
  units: readonly Unit[],
  limits: ExportLimits,
  read: (unit: Unit, shard: number) => Promise<readonly T[]>,
): AsyncGenerator<readonly (T & { readonly staff: Staff })[]> {
  const shards = units.flatMap((unit) =>
    Array.from({ length: unit.shardCount }, (_, shard) => ({
      unit,
      shard,
      place: `${placeOf(unit)}\n${String(shard).padStart(4, '0')}`,
    })),
  );
  if (shards.length > limits.rosters) throw reject('TOO_MANY', 'unitId', { maximum: limits.rosters });
  let found = 0;
  const left = shards.filter(({ place }) => limits.walk.from === null || place > limits.walk.from);
  for (const group of groupsOf(left)) {
    const rosters = await Promise.all(group.map(({ unit, shard }) => read(unit, shard)));
    found += rosters.reduce((sum, { length }) => sum + length, 0);
    if (found > limits.rows) throw reject('TOO_MANY', 'unitId', { maximum: limits.rows });
    let page: T[] = [];
    for (const [index, stays] of rosters.entries()) {
      page.push(...stays);
      if (page.length < PAGE && index < rosters.length - 1) continue;
      const people = await deps.store.staff.getMany(page.map(({ staffId }) => staffId));
      yield page.flatMap((one, at) => {
        const staff = people[at] ?? null;
        return staff === null ? [] : [{ ...one, staff }];
      });
      page = [];
      const done = group[index];
      if (done !== undefined) limits.walk.reached(done.place);
    }
  }
}

async function allowedAmong<T extends Found & { readonly staff: Staff }>(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  people: readonly T[],
  on: IsoDate | undefined,
): Promise<readonly T[]> {
  const allowed = await Promise.all(
    people.map(({ staff }) => permits(deps, actor, operation, { staff, ...(on !== undefined && { on }) })),
  );
  return people.filter((_, at) => allowed[at]).sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
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

const orderOf = ({ unit, shard, staff }: Found & { readonly staff: Staff }): string =>
  [unit.code, String(shard).padStart(4, '0'), staff.name, staff.id].join('\n');
