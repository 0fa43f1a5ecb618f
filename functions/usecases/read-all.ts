import type { Page, PageRequest } from '../store/contract/stored.ts';

const LARGEST_PAGE = 100;

/** Every page of a list, one after the other: for lists that are short by their nature (a catalogue, a unit's staff). */
export async function readAll<T>(read: (page: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const all: T[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page<T> = await read({ first: LARGEST_PAGE, after });
    all.push(...page.items.map(({ value }) => value));
    after = page.items.at(-1)?.position ?? null;
    if (!page.hasMore || after === null) return all;
  }
}

/** A page that may leave rows out and then says where it ended. */
type MaybePartial<T> = Page<T> & { readonly end?: string | null };

/** As `readAll`, of a list that may be long: its first rows, `most` of them. */
export async function readFirst<T>(
  read: (page: PageRequest) => Promise<MaybePartial<T>>,
  most: number,
): Promise<readonly T[]> {
  const found: T[] = [];
  let after: string | null = null;
  while (found.length < most) {
    const page: MaybePartial<T> = await read({ first: Math.min(LARGEST_PAGE, most - found.length), after });
    found.push(...page.items.map(({ value }) => value));
    after = page.end ?? page.items.at(-1)?.position ?? null;
    if (!page.hasMore || after === null) break;
  }
  return found;
}

/**
 * A long list, page by page; no page is empty.
 * @param on behind what position it begins, and whom it tells the position of what was taken; left out: from the beginning
 */
export async function* readPages<T>(
  read: (page: PageRequest) => Promise<MaybePartial<T>>,
  on?: { readonly from: string | null; reached(position: string): void },
): AsyncGenerator<readonly T[]> {
  let after: string | null = on?.from ?? null;
  for (;;) {
    const page: MaybePartial<T> = await read({ first: LARGEST_PAGE, after });
    if (page.items.length > 0) yield page.items.map(({ value }) => value);
    after = page.end ?? page.items.at(-1)?.position ?? null;
    if (!page.hasMore || after === null) return;
    on?.reached(after);
  }
}
