import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyText } from '../../../functions/domain/plan/copy-text.ts';
import {
  type CopyYear,
  copyLines,
  type WrittenLine,
  writtenFrom,
} from '../../../functions/domain/plan/written-line.ts';
import { line, value } from '../evaluation/evaluation-builders.ts';

const year = (given: Partial<CopyYear> = {}): CopyYear => ({
  indicator: (id) => ({ name: `Indicator ${id}`, retired: false, definition: 1 }),
  goal: (id) => ({ code: id, inForce: true }),
  serves: () => true,
  ...given,
});
const written = (id: string, weight: number, given: Partial<WrittenLine> = {}): WrittenLine => ({
  ...writtenFrom(line(id, { weight })),
  indicatorId: id,
  ...given,
});

test('an agreed line is written down with its words, weight and targets, as a new line', () => {
  const found = writtenFrom(line('L7', { targets: { '04': value(3), '01': value(2) }, goalId: 'g-1' }));
  expect(found).toMatchObject({ id: null, definition: 1, weight: 10_000, goalId: 'g-1', target: null });
  expect(found.monthlyTargets).toEqual([
    { month: '01', target: value(2) },
    { month: '04', target: value(3) },
  ]);
});

test('a copy without anything odd says nothing and changes nothing', () => {
  const lines = [written('A', 6_000), written('B', 4_000)];
  expect(copyLines(lines, year())).toEqual({ lines, warnings: [] });
});

test('a line of a retired indicator is left out, and its weight goes to the others', () => {
  const lines = [written('A', 5_000), written('B', 2_500), written('C', 2_500)];
  const copy = copyLines(
    lines,
    year({ indicator: (id) => ({ name: id, retired: id === 'B', definition: 1 }) }),
  );
  expect(copy.lines.map(({ indicatorId, weight }) => [indicatorId, weight])).toEqual([
    ['A', 6_667],
    ['C', 3_333],
  ]);
  expect(copy.warnings).toEqual([{ index: 1, warning: { code: 'INDICATOR_RETIRED', name: 'B' } }]);
});

test('a revised indicator goes on with its new definition; goals that ended and lines above that are gone are let go', () => {
  const serves = { planId: 'kapus:2027', lineId: 'L1', role: 'SUPPORTS' } as const;
  const copy = copyLines(
    [written('A', 10_000, { goalId: 'g-1', serves })],
    year({
      indicator: (id) => ({ name: id, retired: false, definition: 3 }),
      goal: () => ({ code: 'S1', inForce: false }),
      serves: () => false,
    }),
  );
  expect(copy.lines).toMatchObject([{ goalId: null, serves: null, definition: 3, weight: 10_000 }]);
  const codes = copy.warnings.map(({ warning }) => warning.code);
  expect(codes).toEqual(['INDICATOR_REVISED', 'GOAL_ENDED', 'SERVED_LINE_NOT_IN_FORCE']);
  for (const { warning } of copy.warnings) {
    expect(copyText(warning, 'id')).not.toMatch(/[{}[\]]/);
    expect(copyText(warning, 'en')).not.toMatch(/[{}[\]]/);
  }
});

test('weights of what is copied sum to 10,000 again, and keep their order', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(weights, fc.nat(), (given, seed) => {
      const lines = given.map((weight, at) => written(`I${at}`, weight));
      const gone = `I${seed % lines.length}`;
      const copy = copyLines(
        lines,
        year({ indicator: (id) => ({ name: id, retired: id === gone, definition: 1 }) }),
      );
      expect(copy.lines).toHaveLength(lines.length - 1);
      expect(copy.lines.reduce((sum, { weight }) => sum + (weight ?? 0), 0)).toBe(10_000);
      copy.lines.forEach((one, at) => {
        const before = lines.find(({ indicatorId }) => indicatorId === one.indicatorId);
        const next = copy.lines[at + 1];
        const after = next && lines.find(({ indicatorId }) => indicatorId === next.indicatorId);
        if (next && before && after && (before.weight ?? 0) > (after.weight ?? 0))
          expect(one.weight ?? 0).toBeGreaterThanOrEqual(next.weight ?? 0);
      });
    }),
  );
});
