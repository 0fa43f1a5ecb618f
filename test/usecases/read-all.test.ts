import { expect, test } from 'vitest';
import type { Page, PageRequest } from '../../functions/store/contract/stored.ts';
import { readAll, readFirst } from '../../functions/usecases/read-all.ts';

const listOf = (length: number) => {
  const asked: number[] = [];
  const read = async ({ first, after }: PageRequest): Promise<Page<number>> => {
    asked.push(first);
    const from = after === null ? 0 : Number(after) + 1;
    const items = Array.from({ length: Math.max(0, Math.min(first, length - from)) }, (_, at) => from + at);
    return {
      items: items.map((value) => ({ value, position: String(value) })),
      hasMore: from + items.length < length,
    };
  };
  return { asked, read };
};

test('a list is read to its end, or as far as was said', async () => {
  expect(await readAll(listOf(250).read)).toHaveLength(250);
  const long = listOf(100_000);
  expect(await readFirst(long.read, 250)).toEqual(Array.from({ length: 250 }, (_, at) => at));
  expect(long.asked).toEqual([100, 100, 50]);
  expect(await readFirst(listOf(7).read, 250)).toHaveLength(7);
  expect(await readFirst(listOf(0).read, 250)).toEqual([]);
});

test('a page that leaves out all its rows is not the end of its list', async () => {
  const { read } = listOf(250);
  const odd = async (page: PageRequest) => {
    const found = await read(page);
    return {
      ...found,
      items: found.items.filter(({ value }) => value >= 200),
      end: found.items.at(-1)?.position ?? null,
    };
  };
  expect(await readFirst(odd, 1_000)).toEqual(Array.from({ length: 50 }, (_, at) => 200 + at));
});
