import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json.ts';
import { type Problem, problem, Rejection, reject } from '../domain/problem.ts';
import type { Page, PageRequest } from '../store/contract/stored.ts';

/** Rows that one page may have. */
export const MOST_ROWS = 100;

/** A list that can be paged: the field that lists, and everything that decides what is in the list. */
export interface PagedList {
  /** For example `Unit.staff`. */
  readonly query: string;
  /** For example the unit's id, or the filter. */
  readonly scope: unknown;
}

export interface PageArguments {
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const FORM = 'k1';
const TAG_LENGTH = 16;

/**
 * An opaque cursor: a position in one list, with a tag over list and position, so that a cursor of another list, or one that
 * was cut or typed wrong, is found out. It is no secret and gives no right: a page is authorised like any other read.
 */
export function encodeCursor(list: PagedList, position: string): string {
  return Buffer.from(`${FORM}.${tagOf(list, position)}.${position}`, 'utf8').toString('base64url');
}

/** The position in a cursor. @throws Rejection INVALID_CURSOR when it is not one of this list */
export function decodeCursor(list: PagedList, cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const [form, tag] = text.split('.', 2);
  const position = text.slice(FORM.length + TAG_LENGTH + 2);
  if (form !== FORM || tag !== tagOf(list, position) || encodeCursor(list, position) !== cursor)
    throw reject('INVALID_CURSOR', 'after');
  return position;
}

function tagOf({ query, scope }: PagedList, position: string): string {
  return createHash('sha256')
    .update(canonicalJson([query, scope ?? null, position]))
    .digest('base64url')
    .slice(0, TAG_LENGTH);
}

/**
 * Checks the arguments of a page. @throws Rejection OUT_OF_RANGE (first not in 1..100), INVALID_CURSOR
 */
export function pageRequest(list: PagedList, { first, after }: PageArguments): PageRequest {
  const problems: Problem[] = [];
  if (first < 1 || first > MOST_ROWS)
    problems.push(problem('OUT_OF_RANGE', 'first', { minimum: 1, maximum: MOST_ROWS }));
  let position: string | null = null;
  try {
    position = after == null ? null : decodeCursor(list, after);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    problems.push(...error.problems);
  }
  if (problems.length > 0) throw new Rejection(problems);
  return { first, after: position };
}

/** A page as a Relay connection. Each cursor is a hash: made where it is asked for. */
export function toConnection<T>(list: PagedList, { items, hasMore }: Page<T>): Connection<T> {
  const cursorOf = ({ position }: Page<T>['items'][number]): string => encodeCursor(list, position);
  return {
    get edges() {
      return items.map((item) => ({
        get cursor() {
          return cursorOf(item);
        },
        node: item.value,
      }));
    },
    nodes: items.map(({ value }) => value),
    pageInfo: {
      hasNextPage: hasMore,
      get endCursor() {
        const last = items.at(-1);
        return last === undefined ? null : cursorOf(last);
      },
    },
  };
}

/** As `connect`, for a page that may hold fewer rows than asked for and says where to read on. */
export async function connectPartial<T>(
  list: PagedList,
  args: PageArguments,
  read: (page: PageRequest) => Promise<Page<T> & { readonly end: string | null }>,
): Promise<Connection<T>> {
  const page = await read(pageRequest(list, args));
  const connection = toConnection(list, page);
  const endCursor = page.end === null ? null : encodeCursor(list, page.end);
  return { ...connection, pageInfo: { ...connection.pageInfo, endCursor } };
}

/** Checks the arguments, reads one page, and makes it a connection. */
export async function connect<T>(
  list: PagedList,
  args: PageArguments,
  read: (page: PageRequest) => Promise<Page<T>>,
): Promise<Connection<T>> {
  return toConnection(list, await read(pageRequest(list, args)));
}
