import type { Actor } from '../../domain/access-policy.ts';
import { subtreeOf } from '../../domain/organisation.ts';
import { problem, reject, rejectIf } from '../../domain/problem.ts';
import { assignmentOn, type Staff } from '../../domain/staff.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';

export interface StaffFilter {
  readonly unitId?: string | null | undefined;
  readonly includeSubtree?: boolean | null | undefined;
  readonly namePrefix?: string | null | undefined;
  readonly jobGroup?: string | null | undefined;
}

/** A page that may hold fewer than asked for, and says where to read on. */
export interface StaffPage extends Page<Staff> {
  readonly end: string | null;
}

/** Requests that one page may cost; then it ends early, and the next page goes on. */
const MOST_READS = 8;
const READ_ROWS = 100;

/**
 * Staff by name, of the region or of a unit; with its subtree unit by unit. A filter that no index serves is applied to what
 * an index gives, within a bounded number of reads.
 * @throws Rejection REQUIRED without a unit or a name; NOT_FOUND for an unknown unit; INVALID_CURSOR
 */
export async function listStaff(
  deps: Deps,
  actor: Actor,
  filter: StaffFilter,
  page: PageRequest,
): Promise<StaffPage> {
  await authorise(deps, actor, 'Query.staffMembers');
  const { store } = deps;
  const prefix = comparable(filter.namePrefix ?? '');
  const unitId = filter.unitId ?? null;
  rejectIf(unitId === null && prefix === '' ? [problem('REQUIRED', 'filter.namePrefix')] : []);

  const today = await regionToday(deps);
  const wanted = (staff: Staff): boolean =>
    (unitId === null || prefix === '' || comparable(staff.name).startsWith(prefix)) &&
    (filter.jobGroup == null || assignmentOn(staff, today)?.jobGroup === filter.jobGroup);
  if (unitId === null) {
    const sources: readonly Source[] = [
      { key: '', read: (request) => store.staff.byName(filter.namePrefix ?? '', request) },
    ];
    return readThrough(sources, wanted, page);
  }
  const organisation = await store.organisation.load();
  if (!organisation.units.has(unitId)) throw reject('NOT_FOUND', 'filter.unitId', { id: unitId });
  const units =
    filter.includeSubtree === true ? subtreeOf(organisation, unitId).map(({ id }) => id) : [unitId];
  const sources = units.map((id) => ({
    key: id,
    read: (request: PageRequest) => store.staff.ofUnit(id, request, today),
  }));
  return readThrough(sources, wanted, page);
}

interface Source {
  readonly key: string;
  readonly read: (page: PageRequest) => Promise<Page<Staff>>;
}

/** A position is the source's key and the position in it, which is empty at its beginning. */
const positionIn = (key: string, position: string): string => JSON.stringify([key, position]);

async function readThrough(
  sources: readonly Source[],
  wanted: (staff: Staff) => boolean,
  { first, after }: PageRequest,
): Promise<StaffPage> {
  const items: { readonly value: Staff; readonly position: string }[] = [];
  let { at, position } = startOf(sources, after);
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const source = sources[at];
    if (source === undefined) return { items, hasMore: false, end: items.at(-1)?.position ?? null };
    const found = await source.read({ first: READ_ROWS, after: position });
    for (const { value, position: here } of found.items) {
      if (wanted(value)) {
        // There is at least one more, so the page ends before it.
        if (items.length === first) return { items, hasMore: true, end: items.at(-1)?.position ?? null };
        items.push({ value, position: positionIn(source.key, here) });
      }
      position = here;
    }
    if (found.hasMore && items.length === first)
      return { items, hasMore: true, end: items.at(-1)?.position ?? null };
    if (!found.hasMore) {
      at += 1;
      position = null;
    }
  }
  const source = sources[at];
  return source === undefined
    ? { items, hasMore: false, end: items.at(-1)?.position ?? null }
    : { items, hasMore: true, end: positionIn(source.key, position ?? '') };
}

function startOf(
  sources: readonly Source[],
  after: string | null,
): { readonly at: number; readonly position: string | null } {
  if (after === null) return { at: 0, position: null };
  const [key, position] = readPosition(after);
  const at = sources.findIndex((source) => source.key === key);
  // The unit has left the subtree since the cursor was given.
  if (at === -1) throw reject('INVALID_CURSOR', 'after');
  return { at, position: position === '' ? null : position };
}

function readPosition(text: string): readonly [key: string, position: string] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && typeof parsed[0] === 'string' && typeof parsed[1] === 'string')
      return [parsed[0], parsed[1]];
  } catch {
    // Said below.
  }
  throw reject('INVALID_CURSOR', 'after');
}

/** Case and accents do not matter, nor what stands between words. */
const comparable = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
