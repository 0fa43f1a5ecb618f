import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GoalLevel, mayServe } from '../../../functions/domain/indicator/goal.ts';
import type { Target } from '../../../functions/domain/indicator/indicator.ts';
import {
  forgottenLines,
  linesServing,
  linkChanges,
  linksOf,
  MOST_LINKS,
  shareWarnings,
} from '../../../functions/domain/plan/cascade.ts';
import type { PlanLine } from '../../../functions/domain/plan/line.ts';
import { checkPlanContent, contentOf, type PlanContent } from '../../../functions/domain/plan/plan.ts';
import { countOf, line, range, value } from '../evaluation/evaluation-builders.ts';

const ABOVE = 'kapus:2026';
const superior = line('L1', { targets: { '06': value(60), '12': value(40) } });
const carrier = (id: string, target: Target, given: Partial<PlanLine> = {}): PlanLine =>
  line(id, { serves: { planId: ABOVE, lineId: 'L1', role: 'CARRIES' }, targets: { '12': target }, ...given });
const warningsOn = (above: PlanLine, ...lines: PlanLine[]) =>
  shareWarnings(above, linesServing({ lines }, { planId: ABOVE, lineId: 'L1' }));

describe('shares of a figure', () => {
  test('that add up say nothing', () => {
    expect(warningsOn(superior, carrier('A', value(70)), carrier('B', value(30)))).toEqual([]);
  });

  test('that do not add up warn with both figures', () => {
    expect(warningsOn(superior, carrier('A', value(70.5)))).toEqual([
      { code: 'SHARES_DO_NOT_ADD_UP', lineId: 'L1', carriedBy: null, expected: '100', actual: '70.5' },
    ]);
  });

  test.each([
    [
      'another unit of measure',
      carrier('A', value(100), { measure: countOf('persen') }),
      'UNIT_OF_MEASURE_DIFFERS',
    ],
    [
      'another build-up',
      carrier('A', value(100), { measure: { ...countOf(), buildUp: 'LATEST' } }),
      'BUILD_UP_DIFFERS',
    ],
    ['a range', carrier('A', range(50, 100)), 'SHARE_NOT_COMPARABLE'],
  ] as const)('%s warns and is not added', (_, odd, code) => {
    const found = warningsOn(superior, odd, carrier('B', value(1)));
    expect(found).toMatchObject([{ code, lineId: 'L1', carriedBy: 'A' }]);
  });

  test('of a range warn: it cannot be shared out', () => {
    const ranged = line('L1', { targets: { '12': range(50, 100) } });
    expect(warningsOn(ranged, carrier('A', value(70)))).toMatchObject([{ code: 'SHARE_NOT_COMPARABLE' }]);
  });

  test('a line that only supports, serves another plan or nothing is free', () => {
    const free = [
      carrier('A', value(1), { serves: { planId: ABOVE, lineId: 'L1', role: 'SUPPORTS' } }),
      carrier('B', value(1), { serves: { planId: 'other', lineId: 'L1', role: 'CARRIES' } }),
      carrier('C', value(1), { serves: null }),
    ];
    expect(warningsOn(superior, ...free)).toEqual([]);
  });
});

test('main lines that nobody serves are named once others are served', () => {
  const lines = [line('L1'), line('L2'), line('L3', { kind: 'ADDITIONAL', weight: 0 })];
  expect(forgottenLines(lines, new Set())).toEqual([]);
  expect(forgottenLines(lines, new Set(['L1']))).toMatchObject([{ code: 'NOBODY_SERVES', lineId: 'L2' }]);
});

describe('the links of a plan', () => {
  const serves = (lineId: string) => ({ planId: ABOVE, lineId, role: 'SUPPORTS' }) as const;

  test('gather its lines by what they serve', () => {
    const lines = [
      line('A', { goalId: 'g-1', serves: serves('L1') }),
      line('B', { goalId: 'g-1' }),
      line('C', { serves: serves('L1') }),
      line('D', { serves: serves('L2') }),
    ];
    const shown = linksOf('n1:2026', { lines }).map(({ target, lines: serving }) => [
      target.kind === 'GOAL' ? target.goalId : target.lineId,
      serving.map(({ lineId }) => lineId).join(''),
    ]);
    expect(shown).toEqual([
      ['g-1', 'AB'],
      ['L1', 'AC'],
      ['L2', 'D'],
    ]);
  });

  test('are so many at most that a change of all of them fits in a transaction', () => {
    const manyGoals = (count: number) =>
      contentOf(
        Array.from({ length: count }, (_, at) =>
          line(`L${at}`, {
            goalId: `g-${at}`,
            weight: at === 0 ? 10_000 : 0,
            kind: at === 0 ? 'MAIN' : 'ADDITIONAL',
          }),
        ),
      );
    expect(checkPlanContent(manyGoals(MOST_LINKS))).toEqual([]);
    expect(checkPlanContent(manyGoals(MOST_LINKS + 1))).toMatchObject([
      { code: 'TOO_MANY', path: ['lines'] },
    ]);
  });

  const anyContent: fc.Arbitrary<PlanContent> = fc
    .uniqueArray(
      fc.record({
        id: fc.constantFrom('A', 'B', 'C'),
        goal: fc.option(fc.constantFrom('g-1', 'g-2')),
        target: fc.nat(2),
      }),
      { selector: ({ id }) => id },
    )
    .map((some) =>
      contentOf(
        some.map(({ id, goal, target }) => line(id, { goalId: goal, targets: { '01': value(target) } })),
      ),
    );

  test('written and given up turn those before into those after', () => {
    fc.assert(
      fc.property(fc.option(anyContent), anyContent, (before, after) => {
        const keyOf = ({ target }: ReturnType<typeof linksOf>[number]) => JSON.stringify(target);
        const kept = new Map(linksOf('p', before).map((link) => [keyOf(link), link]));
        const { written, gone } = linkChanges('p', before, after);
        for (const link of gone) kept.delete(keyOf(link));
        for (const link of written) kept.set(keyOf(link), link);
        const expected = linksOf('p', after);
        expect(kept.size).toBe(expected.length);
        for (const link of expected) expect(kept.get(keyOf(link))).toEqual(link);
        expect(linkChanges('p', after, after)).toEqual({ written: [], gone: [] });
      }),
    );
  });
});

test.each<[GoalLevel, GoalLevel, boolean]>([
  ['VISION', 'VISION', false],
  ['MISSION', 'VISION', true],
  ['MISSION', 'MISSION', false],
  ['MISSION', 'OBJECTIVE', false],
  ['OBJECTIVE', 'VISION', true],
  ['OBJECTIVE', 'MISSION', true],
  ['OBJECTIVE', 'OBJECTIVE', true],
])('a %s below a %s: %s', (level, parent, may) => {
  expect(mayServe(level, parent)).toBe(may);
});
