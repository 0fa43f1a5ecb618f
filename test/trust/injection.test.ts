import { expect, test } from 'vitest';
import { injections } from './injection/injection.ts';

test('no text makes a formula, an action, an element, a header line or a path of itself', async () => {
  const rows = await injections(1, 200);

  expect(rows.flatMap(({ subject, examples }) => examples.map((example) => [subject, example]))).toEqual([]);
  expect(rows).toHaveLength(5);
}, 60_000);
