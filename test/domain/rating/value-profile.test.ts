import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultPolicyRules as rules } from '../../../functions/domain/period/policy.ts';
import { scoreBehaviour } from '../../../functions/domain/rating/behaviour.ts';
import { berakhlak, defaultInstruments } from '../../../functions/domain/rating/instrument.ts';
import type { Instrument, Rating } from '../../../functions/domain/rating/rating.ts';
import { rating, seven } from '../evaluation/evaluation-builders.ts';

const MICRO = 1_000_000;
/** SERVICE gets `service`, the other six values `others`. */
const marks = (service: number, others: number) => [service, ...seven(others).slice(1)];
const values = (ratings: readonly Rating[], instruments: readonly Instrument[] = defaultInstruments) =>
  scoreBehaviour(ratings, instruments, rules).values;
const serviceOf = (ratings: readonly Rating[], instruments?: readonly Instrument[]) =>
  values(ratings, instruments).find(({ value }) => value === 'SERVICE')?.mean ?? null;
const peers = (...given: number[]): Rating[] =>
  given.map((service, at) => rating('PEER', `p-${at}`, marks(service, 3)));

describe('the profile over the core values', () => {
  test("is the pools' means by their weights, value by value", () => {
    // 60 % of 2 from the superior, 40 % of (5 + 4 + 3) / 3 from peers
    const all = [rating('SUPERIOR', 's-9', marks(2, 3)), ...peers(5, 4, 3)];
    expect(serviceOf(all)).toBe(2.8 * MICRO);
    expect(values(all).map(({ value }) => value)).toEqual(berakhlak.items.map(({ id }) => id));
    expect(values(all)[1]).toEqual({ value: 'ACCOUNTABLE', mean: 3 * MICRO });
  });

  test('leaves a pool of too few out, as the score does, and never counts SELF', () => {
    const superior = rating('SUPERIOR', 's-9', marks(2, 3));
    expect(serviceOf([superior, ...peers(5, 5), rating('SELF', 's-1', seven(5))])).toBe(2 * MICRO);
    expect(values([...peers(5, 5)])).toEqual([]);
    expect(values([])).toEqual([]);
  });

  test('leaves an anonymous pool out of which one rater was not asked: the rest would tell that one', () => {
    const overall = { ...rating('PEER', 'p-9', [1]), instrumentId: 'overall' };
    const superior = rating('SUPERIOR', 's-9', marks(2, 3));
    expect(serviceOf([superior, ...peers(5, 4, 3), overall])).toBe(2 * MICRO);
    expect(values([...peers(5, 4, 3), overall])).toEqual([]);
  });

  test('puts other scales on 1 to 5', () => {
    const wide: Instrument = { ...berakhlak, id: 'wide', scale: { low: 0, high: 10 } };
    const given = { ...rating('SUPERIOR', 's-9', marks(5, 10)), instrumentId: 'wide' };
    expect(serviceOf([given], [...defaultInstruments, wide])).toBe(3 * MICRO);
  });

  test('does not depend on the order of the ratings, and stays on the scale', () => {
    const mark = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fc.array(mark, { minLength: 3, maxLength: 8 }), mark, (given, superior) => {
        const all = [rating('SUPERIOR', 's-9', marks(superior, 3)), ...peers(...given)];
        expect(values(all.toReversed())).toEqual(values(all));
        const service = serviceOf(all) ?? Number.NaN;
        expect(service).toBeGreaterThanOrEqual(Math.min(superior, ...given) * MICRO);
        expect(service).toBeLessThanOrEqual(Math.max(superior, ...given) * MICRO);
      }),
    );
  });
});
