/** Items as files: what JSON cannot say of them is written as `{$binary: base64}` and `{$set: […]}`. */
import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';

export type Item = Readonly<Record<string, unknown>>;

const folder = new URL('./fixtures/', import.meta.url);

/** What a release wrote: some items of every kind, and a small region as a whole table, before its close and after it. */
export interface Release {
  readonly version: string;
  readonly items: readonly Item[];
  readonly open: readonly Item[];
  readonly published: readonly Item[];
}

const special = z.union([z.object({ $binary: z.base64() }), z.object({ $set: z.array(z.string()) })]);
const lists = z.record(z.enum(['items', 'open', 'published']), z.array(z.record(z.string(), z.unknown())));

export const textOf = (release: Omit<Release, 'version'>): string => {
  const line = (item: Item) =>
    JSON.stringify(item, (_, value: unknown) => (value instanceof Set ? { $set: [...value] } : value));
  const plain = (item: Item): Item =>
    Object.fromEntries(
      Object.entries(item).map(([name, value]) => [
        name,
        value instanceof Uint8Array ? { $binary: Buffer.from(value).toString('base64') } : value,
      ]),
    );
  const list = (items: readonly Item[]) => `[\n${items.map((item) => line(plain(item))).join(',\n')}\n]`;
  return `{\n"items": ${list(release.items)},\n"open": ${list(release.open)},\n"published": ${list(release.published)}\n}\n`;
};

const revive = (_: string, value: unknown): unknown => {
  const found = special.safeParse(value);
  if (!found.success) return value;
  return '$binary' in found.data
    ? new Uint8Array(Buffer.from(found.data.$binary, 'base64'))
    : new Set(found.data.$set);
};

/** Every release that was recorded, the oldest first. */
export const releases: readonly Release[] = readdirSync(folder)
  .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  .map((name) => ({
    version: name.replace(/\.json$/, ''),
    ...lists.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'), revive)),
  }));
