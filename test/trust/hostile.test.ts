import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { attack, findingsOf } from './hostile/hostile.ts';

const handler = fileURLToPath(new URL('../../functions/graphql/handler.ts', import.meta.url));

test('hostile requests are refused or answered: nothing fails, tells internals, or takes a second', async () => {
  const { heap, ...report } = await attack(handler, 300, 1);

  expect(report.sent).toBe(300);
  expect(report.wrong).toEqual([]);
  // Not all are turned away at the door.
  expect(report.statuses['200']).toBeGreaterThan(15);
  expect(report.statuses['400']).toBeGreaterThan(75);

  const growth = (megabytes: readonly number[]) =>
    findingsOf({ ...report, heap: megabytes }).map(({ wrong }) => wrong.count);
  expect(heap).toHaveLength(3);
  expect(growth([100, 150, 160])).toEqual([0, 0]);
  expect(growth([100, 150, 200])).toEqual([0, 1]);
}, 120_000);
