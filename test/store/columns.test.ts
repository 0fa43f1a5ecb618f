import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromColumns, toColumns } from '../../functions/store/columns.ts';

/** Members have names of the program's own, never a reader's. */
const json = (): fc.Arbitrary<unknown> =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(null, true, false, '', 'MEETS', 0, 1, -1.5, 120_000_000),
      fc.string(),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(fc.constantFrom('unit', 'rank', 'of', 'score', 'lines'), tie('value'), {
        noNullPrototype: true,
      }),
    ),
  })).value;

const through = (values: readonly unknown[]) => fromColumns(JSON.parse(JSON.stringify(toColumns(values))));

describe('columns of a list', () => {
  test('make the very text of the list again, member by member', () => {
    fc.assert(
      fc.property(fc.array(json(), { maxLength: 30 }), (values) => {
        expect(JSON.stringify(through(values))).toBe(JSON.stringify(values));
      }),
      { numRuns: 500 },
    );
  });

  test('keep objects apart that differ in their members or in the order of these, and leave out what is undefined', () => {
    const values = [
      { rank: 1, of: 2 },
      { of: 2, rank: 1 },
      { rank: 1, of: 2, takenOver: undefined },
      { rank: 1, of: 2, takenOver: null },
      {},
      [],
      null,
    ];

    expect(JSON.stringify(through(values))).toBe(JSON.stringify(values));
  });

  test('say once what all have in common', () => {
    const values = Array.from({ length: 100 }, (_, at) => ({
      unitId: 'u-1',
      lines: [{ weight: at }, { weight: 7 }],
    }));

    expect(toColumns(values.map(({ unitId }) => ({ unitId })))).toEqual({
      count: 100,
      names: ['unitId'],
      of: [{ count: 100, leaf: 'u-1' }],
    });
    expect(through(values)).toEqual(values);
  });

  test('are refused of what JSON has no word for', () => {
    expect(() => toColumns([1n])).toThrow(TypeError);
    expect(() => toColumns([undefined])).toThrow(TypeError);
  });

  test('of an earlier release are a list, and read', () => {
    expect(fromColumns([{ staffId: 's-1' }])).toEqual([{ staffId: 's-1' }]);
  });
});
