import { expect, inject, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { compete } from './competition/check.ts';
import { type Event, isLinearizable, type Model } from './competition/linearizable.ts';
import { model as places } from './competition/places.ts';

const register: Model<number, { readonly set: number } | 'READ', number | 'DONE'> = {
  initial: 0,
  step: (value, input, output) => {
    if (input === 'READ') return output === value ? value : null;
    return output === 'DONE' ? input.set : null;
  },
  keyOf: String,
};
type RegisterEvent = Event<{ readonly set: number } | 'READ', number | 'DONE'>;
const set = (value: number, called: number, answered: number): RegisterEvent => ({
  input: { set: value },
  output: 'DONE',
  called,
  answered,
});
const read = (value: number, called: number, answered: number): RegisterEvent => ({
  input: 'READ',
  output: value,
  called,
  answered,
});

test('an order is found where there is one, and none where there is none', () => {
  expect(isLinearizable(register, [set(1, 1, 6), read(0, 2, 3), read(1, 4, 5)])).toBe(true);
  // The new value was seen, then the old one again.
  expect(isLinearizable(register, [set(1, 1, 6), read(1, 2, 3), read(0, 4, 5)])).toBe(false);
  // Answered before it was asked: what is over counts.
  expect(isLinearizable(register, [set(1, 1, 2), read(0, 3, 4)])).toBe(false);
  // Each saw one order, and they differ.
  expect(
    isLinearizable(register, [set(1, 1, 10), set(2, 1.5, 11), read(1, 2, 3), read(2, 4, 5), read(1, 6, 7)]),
  ).toBe(false);
});

test('what comes after another event of the same call is not placed before it', () => {
  const events = [set(1, 1, 4), { ...read(0, 1, 4), after: 0 }];
  expect(isLinearizable(register, events)).toBe(false);
  expect(isLinearizable(register, [set(1, 1, 4), read(0, 1, 4)])).toBe(true);
});

test('places that are read must be those of some moment of the read', () => {
  const seat = { state: 'ENROLLED', requestedAt: '2026-03-10T02:00:00.000Z' };
  const enrolled = {
    input: { does: 'ENROL', who: 'ani' },
    output: seat,
    called: 1,
    answered: 4,
  } as const;
  const counted = (output: string, called: number) =>
    ({ input: { does: 'COUNT' }, output, called, answered: called + 1 }) as const;
  for (const [output, called, holds] of [
    ['3 1 0', 5, true],
    ['3 0 0', 5, false],
    ['3 0 0', 2, true],
    ['3 1 0', 2, true],
    ['3 0 1', 2, false],
  ] as const)
    expect(isLinearizable(places, [enrolled, counted(output, called)])).toBe(holds);
});

test('codes, places, a plan and a deadline each come out as if everybody had come one after the other', async () => {
  const once = { codes: 1, places: 1, agreements: 1, deadlines: 1 };
  const found = await compete(testDatabase(), inject('table'), once, 4);
  expect(found.map(({ wrong, examples }) => [wrong.count, ...examples])).toEqual([[0], [0], [0], [0]]);
  for (const { tried } of found) expect(tried.count).toBeGreaterThan(25);
}, 60_000);
