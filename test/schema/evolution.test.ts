/** The contract against that of the last release: what a client relies on must not break. */
import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';
import { expect, test } from 'vitest';
import { typeDefs } from '../../functions/graphql/generated/type-defs.ts';
import packageJson from '../../package.json' with { type: 'json' };

const folder = new URL('../../schema/released/', import.meta.url);
const numbersOf = (version: string): readonly number[] => version.split('.').map(Number);
const versions = readdirSync(folder)
  .map((name) => name.replace(/\.graphql$/, ''))
  .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
const last = versions.at(-1) ?? '';

/** What breaks clients of one contract that is replaced by another, in words. */
const breakingChanges = (before: string, after: string): readonly string[] =>
  findBreakingChanges(buildSchema(before), buildSchema(after)).map(({ description }) => description);

const released = readFileSync(new URL(`${last}.graphql`, folder), 'utf8');

test(`breaks nothing of the last release (${last}), unless this is a new major version`, () => {
  const [major = 0] = numbersOf(packageJson.version);
  const [before = 0] = numbersOf(last);
  if (major > before) return;
  expect(breakingChanges(released, typeDefs)).toEqual([]);
});

test('prints what may surprise a client', () => {
  const dangerous = findDangerousChanges(buildSchema(released), buildSchema(typeDefs));
  for (const { description } of dangerous) console.warn(`since ${last}: ${description}`);
  expect(numbersOf(last).every(Number.isSafeInteger)).toBe(true);
});

test('sees a field, a value and a type that are gone, and what was made mandatory', () => {
  const before = 'type Query { a(x: Int): String! b: Kind } enum Kind { ONE TWO }';
  expect(breakingChanges(before, 'type Query { a(x: Int!): String } enum Kind { ONE }').toSorted()).toEqual([
    'Query.a arg x has changed type from Int to Int!.',
    'Query.a changed type from String! to String.',
    'Query.b was removed.',
    'TWO was removed from enum type Kind.',
  ]);
  expect(
    breakingChanges(
      before,
      'type Query { a(x: Int y: Int): String! b: Kind c: Int } enum Kind { ONE TWO THREE }',
    ),
  ).toEqual([]);
});
