import { expect, test } from 'vitest';
import { check } from './tokens/tokens.ts';

test('no token but this service’s own, and no claims but verified ones, make anybody an actor', async () => {
  const rows = await check();

  expect(rows.flatMap(({ examples }) => examples)).toEqual([]);
  expect(rows.map(({ tried }) => tried.count)).toEqual([expect.any(Number), expect.any(Number)]);
  expect(rows[0]?.tried.count).toBeGreaterThan(50);
}, 60_000);
