import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chapters, type Known, meet, stepsOf, toSteps } from './telling.ts';

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

describe('a chapter is refused', () => {
  const operation = '**Siti:**\n\n```graphql\n{ viewer { id } }\n```\n';
  test.each([
    ['with a block that nobody sends', '```graphql\n{ viewer { id } }\n```\n'],
    ['with an answer to nothing', `${operation}\n\nLater:\n\n\`\`\`json\n{}\n\`\`\`\n`],
    ['on a day that has another name', '> Monday, 7 April 2026, 09:00\n'],
    ['with something that does not happen', '> The schedule sleeps.\n'],
  ])('%s', (_, chapter) => {
    expect(toSteps(operation)).toMatchObject([{ kind: 'ask', who: 'Siti' }]);
    expect(() => toSteps(chapter)).toThrow();
  });
});

describe('a stated answer', () => {
  const known = (): Known => new Map([['Siti', 's-1']]);

  test('gives a new name its value, and asks for that value from then on', () => {
    const names = known();
    expect(meet({ id: '{objection}' }, { id: 'o-1' }, names)).toEqual({ id: 'o-1' });
    expect(meet({ id: '{objection}', of: 'x#{Siti}' }, { id: 'o-2', of: 'x#s-1' }, names)).toEqual({
      id: 'o-1',
      of: 'x#s-1',
    });
  });

  test('leaves out only what it says', () => {
    expect(meet({ a: '…', b: [1, '…'] }, { a: { c: 1 }, b: [2, 3, 4] }, known())).toEqual({
      a: { c: 1 },
      b: [1, 3, 4],
    });
    expect(meet({ a: 1 }, { a: 1, b: 2 }, known())).toEqual({ a: 1 });
    expect(meet([1, 2], [1], known())).toEqual([1, 2]);
    expect(meet({ id: '{new}' }, { id: null }, new Map([['new', 'n']]))).toEqual({ id: 'n' });
  });
});
