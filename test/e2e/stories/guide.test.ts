import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chapters, stepsOf } from './telling.ts';

const tests = new URL('..', import.meta.url).pathname;

/** Chapters that a story's test tells. */
const told = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .flatMap((file) => [...readFileSync(`${tests}${file}`, 'utf8').matchAll(/tell\(\w+, '([^']+)'\)/g)])
  .map(([, title]) => title);

test('every chapter of the guide that holds operations is told by one test', () => {
  expect(chapters()).not.toEqual([]);
  expect([...told].sort()).toEqual([...chapters()].sort());
});

test('every block of every chapter belongs to an operation', () => {
  for (const title of chapters()) expect(stepsOf(title).length).toBeGreaterThan(0);
});
