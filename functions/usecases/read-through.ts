import { reject } from '../domain/problem.ts';
import type { Page, PageRequest } from '../store/contract/stored.ts';

/** A page that may hold fewer than asked for, and says where to read on. */
export interface PartialPage<T> extends Page<T> {
  readonly end: string | null;
}

/** Requests that one page may cost; then it ends early, and the next page goes on. */
const MOST_READS = 8;
const READ_ROWS = 100;

/** One of several lists that are read one after the other. */
export interface Source<T> {
  readonly key: string;
  readonly read: (page: PageRequest) => Promise<Page<T>>;
}

/** A position is the source's key and the position in it, which is empty at its beginning. */
const positionIn = (key: string, position: string): string => JSON.stringify([key, position]);

/**
 * A page of what is wanted out of several lists, within a bounded number of reads however little is wanted.
 * @throws Rejection INVALID_CURSOR
 */
export async function readThrough<T>(
  sources: readonly Source<T>[],
  wanted: (value: T) => boolean,
  { first, after }: PageRequest,
): Promise<PartialPage<T>> {
  const items: { readonly value: T; readonly position: string }[] = [];
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
  sources: readonly Pick<Source<unknown>, 'key'>[],
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
