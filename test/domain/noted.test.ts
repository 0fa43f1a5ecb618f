import { expect, test } from 'vitest';
import { noted, withNoted } from '../../functions/domain/noted.ts';

const double = (value: number): number => value * 2;

test('what was noted is used at once when it is known, and waited for until then', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  expect(noted(promise)).toBe(promise);
  const early = withNoted(promise, double);
  expect(early).toBeInstanceOf(Promise);
  resolve(21);
  expect(await early).toBe(42);
  expect(withNoted(promise, double)).toBe(42);
});

test('nothing is a value, too', async () => {
  const nothing = noted(Promise.resolve(undefined));
  await nothing;
  expect(withNoted(nothing, (value) => [value])).toEqual([undefined]);
});

test('what was not noted is waited for', async () => {
  const promise = Promise.resolve(21);
  await promise;
  const used = withNoted(promise, double);
  expect(used).toBeInstanceOf(Promise);
  expect(await used).toBe(42);
});

test('a failure stays one, each time, and goes to who asks', async () => {
  const failing = noted(Promise.reject<number>(new Error('lost')));
  await expect(withNoted(failing, double)).rejects.toThrow('lost');
  await expect(withNoted(failing, double)).rejects.toThrow('lost');
});
