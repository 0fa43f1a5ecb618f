import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalOfMicro, sumDecimals } from '../../../functions/domain/decimal.ts';
import type { Measure, Target } from '../../../functions/domain/indicator/indicator.ts';
import { annualTarget, type PlanLine } from '../../../functions/domain/plan/line.ts';
import {
  adoptPlan,
  agreePlan,
  amendPlan,
  changedMonths,
  checkClosedMonths,
  checkPlanContent,
  contentOf,
  newPlan,
  PLAN_LIMITS,
  type Plan,
  type PlanParty,
  planIdOf,
  proposePlan,
  requestChanges,
  spreadTarget,
  withdrawProposal,
} from '../../../functions/domain/plan/plan.ts';
import { countOf, line, range, value } from '../evaluation/evaluation-builders.ts';
import { codesOf } from '../problem-codes.ts';

const now = '2026-01-05T02:00:00.000Z';
const lines = [line('L1', { weight: 6_000 }), line('L2', { weight: 4_000 })];
const draft = newPlan({ kind: 'STAFF', staffId: 's-1' }, 2026);
const owner: PlanParty = { side: 'OWNER', personId: 's-1' };
const superior: PlanParty = { side: 'SUPERIOR', personId: 's-8' };
const proposed = proposePlan(draft, owner, lines);
const agreed = agreePlan(proposed, superior, now);

test('one plan a year and owner', () => {
  expect(planIdOf({ kind: 'STAFF', staffId: 's-1' }, 2026)).toBe('s-1:2026');
  expect(planIdOf({ kind: 'UNIT', unitId: 'u-1' }, 2026)).toBe('unit:u-1:2026');
});

describe('the dialogue', () => {
  test('the staff member proposes, the superior asks for changes, they agree', () => {
    const asked = requestChanges(proposed, superior);
    expect(asked).toMatchObject({
      proposalState: 'CHANGES_REQUESTED',
    });
    const again = proposePlan(asked, owner, [line('L1')]);
    expect(again).toMatchObject({
      proposalState: 'PROPOSED',
      proposedBy: 'OWNER',
    });
    expect(agreePlan(again, superior, now)).toMatchObject({
      agreed: { revision: 1, reason: null, lines: [{ id: 'L1' }], agreedAt: now },
      agreedAt: now,
      proposal: null,
      proposalState: null,
      proposedBy: null,
    });
  });

  test('the superior answers with a proposal of their own, and the staff member agrees', () => {
    const answered = proposePlan(proposed, superior, [line('L1')]);
    expect(agreePlan(answered, owner, now).agreed?.lines).toHaveLength(1);
  });

  test('whoever proposed does not answer on the other side either, when they stand there by now', () => {
    const movedUp: PlanParty = { ...superior, personId: owner.personId };
    const movedDown: PlanParty = { ...owner, personId: superior.personId };
    const amended = amendPlan(agreed, superior, [line('L1')], 'x');
    for (const [plan, by] of [
      [proposed, movedUp],
      [amended, movedDown],
    ] as const) {
      expect(codesOf(() => agreePlan(plan, by, now))).toEqual(['FORBIDDEN']);
      expect(codesOf(() => requestChanges(plan, by))).toEqual(['FORBIDDEN']);
      // Of plans of earlier releases the side alone is known.
      expect(agreePlan({ ...plan, proposedById: null }, by, now).proposal).toBeNull();
    }
    expect(codesOf(() => withdrawProposal(proposed, movedUp.side))).toEqual(['FORBIDDEN']);
    expect(agreePlan(proposePlan(proposed, movedUp), { ...owner, personId: 's-9' }, now)).toMatchObject({
      agreed: { revision: 1 },
      proposedById: null,
    });
  });

  test('a plan in force is amended with a reason, and stays in force until the next is agreed', () => {
    const amended = amendPlan(agreed, owner, [line('L1')], '  The budget was cut ');
    expect(amended.agreed).toEqual(agreed.agreed);
    expect(amended.proposal).toMatchObject({ revision: 2, reason: 'The budget was cut' });
    expect(agreePlan(amended, superior, now).agreed?.revision).toBe(2);
  });

  test('the versions are left to the store', () => {
    expect([draft, proposed, agreed].map(({ version }) => version)).toEqual([0, 0, 0]);
  });

  test('lines that were agreed elsewhere are in force at once, and only once', () => {
    const first = adoptPlan(draft, lines, 'Import', now);
    expect(first.agreed).toMatchObject({ revision: 1, reason: null });
    expect(codesOf(() => adoptPlan(first, structuredClone(lines), 'Import', now))).toEqual(['NO_CHANGE']);
    expect(adoptPlan(first, [line('L1')], 'Import', now).agreed).toMatchObject({
      revision: 2,
      reason: 'Import',
    });
    expect(codesOf(() => adoptPlan({ ...proposed, version: 1 }, lines, 'Import', now))).toEqual([
      'WRONG_STATE',
    ]);
  });

  test.each<[string, () => Plan, string[]]>([
    ['to agree with oneself', () => agreePlan(proposed, owner, now), ['FORBIDDEN']],
    ['to hand back what one proposed', () => requestChanges(proposed, owner), ['FORBIDDEN']],
    ['to agree to a draft', () => agreePlan(draft, superior, now), ['WRONG_STATE']],
    [
      'to agree while changes are asked for',
      () => agreePlan(requestChanges(proposed, superior), superior, now),
      ['WRONG_STATE'],
    ],
    ['to propose anew what is in force', () => proposePlan(agreed, owner, lines), ['WRONG_STATE']],
    ['to propose nothing', () => proposePlan(draft, owner), ['REQUIRED']],
    ['to amend before anything is in force', () => amendPlan(proposed, owner, lines, 'x'), ['WRONG_STATE']],
    ['to amend without a reason', () => amendPlan(agreed, owner, [line('L1')], ' '), ['REASON_REQUIRED']],
    ['to amend nothing', () => amendPlan(agreed, owner, structuredClone(lines), 'x'), ['NO_CHANGE']],
    [
      'to amend twice at once',
      () => amendPlan(amendPlan(agreed, owner, [line('L1')], 'x'), owner, lines, 'y'),
      ['WRONG_STATE'],
    ],
    [
      'to take back what the other side proposed',
      () => withdrawProposal(proposed, 'SUPERIOR'),
      ['FORBIDDEN'],
    ],
    ['to take back what is in force', () => withdrawProposal(agreed, 'OWNER'), ['WRONG_STATE']],
    [
      'to agree to what was taken back',
      () => agreePlan(withdrawProposal(proposed, 'OWNER'), superior, now),
      ['WRONG_STATE'],
    ],
  ])('refuses %s', (_, change, codes) => {
    expect(codesOf(change)).toEqual(codes);
  });
});

describe('the lines', () => {
  const minimize: Measure = { ...countOf(), polarity: 'MINIMIZE' };
  const stabilize: Measure = { ...countOf(), polarity: 'STABILIZE' };
  const ranged: Measure = { ...countOf(), polarity: 'RANGE', aboveRange: 'INSIDE_IS_BEST' };
  const with1 = (target: Target, measure = countOf()) => [line('L1', { measure, targets: { '03': target } })];

  test.each<[string, readonly PlanLine[], string[]]>([
    ['a zero target, which the close will flag', with1(value(0)), []],
    ['a negative STABILIZE target', with1(value(-3), stabilize), []],
    ['a range', with1(range(0, 0), ranged), []],
    ['a negative target', with1(value(-1)), ['TARGET_SIGN lines.0.targets.3']],
    ['a negative MINIMIZE target', with1(value(-1), minimize), ['TARGET_SIGN lines.0.targets.3']],
    ['a range below zero', with1(range(-1, 5), ranged), ['TARGET_SIGN lines.0.targets.3']],
    ['a range upside down', with1(range(5, 4.5), ranged), ['TARGET_SHAPE lines.0.targets.3']],
    ['a value for a range', with1(value(5), ranged), ['TARGET_SHAPE lines.0.targets.3']],
    ['a range for a value', with1(range(1, 2)), ['TARGET_SHAPE lines.0.targets.3']],
    [
      'a range that does not say how it is read',
      with1(range(1, 2), { ...ranged, aboveRange: null }),
      ['REQUIRED lines.0.measure.aboveRange'],
    ],
    [
      'a reading above a range where there is none',
      with1(value(1), { ...countOf(), aboveRange: 'MORE_IS_BETTER' }),
      ['INVALID_FORMAT lines.0.measure.aboveRange'],
    ],
    [
      'an index with two months of release',
      [
        line('L1', {
          measure: { ...countOf(), buildUp: 'RELEASED' },
          targets: { '06': value(1), '12': value(1) },
        }),
      ],
      ['TARGET_SHAPE lines.0.targets'],
    ],
    [
      'an index with one',
      [line('L1', { measure: { ...countOf(), buildUp: 'RELEASED' }, targets: { '12': value(1) } })],
      [],
    ],
    ['no month', [line('L1', { targets: {} })], ['TARGET_MISSING lines.0.targets']],
    ['a month of no year', [line('L1', { targets: { '13': value(1) } })], ['INVALID_FORMAT lines.0.targets']],
    ['an id twice', [line('L1', { weight: 5_000 }), line('L1', { weight: 5_000 })], ['DUPLICATE lines.1.id']],
    ['no title', [line('L1', { title: ' ' })], ['REQUIRED lines.0.title']],
    ['a title that is too long', [line('L1', { title: 'x'.repeat(501) })], ['TOO_LONG lines.0.title']],
    [
      'too many lines',
      Array.from({ length: PLAN_LIMITS.lines + 1 }, (_, at) =>
        line(`L${at}`, at === 0 ? {} : { kind: 'ADDITIONAL', weight: 0 }),
      ),
      ['TOO_MANY lines'],
    ],
  ])('%s', (_, given, expected) => {
    const found = checkPlanContent({ lines: given });
    expect(found.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual(expected);
  });

  test('an indicator that the catalogue does not know', () => {
    const found = checkPlanContent({ lines: [line('L1')] }, () => null);
    expect(found.map(({ code }) => code)).toEqual(['NOT_FOUND']);
  });

  test('all problems come at once', () => {
    const found = checkPlanContent({
      lines: [
        line('', { title: '', weight: 0, targets: {} }),
        line('L2', { weight: 1, targets: { '01': value(-1) } }),
      ],
    });
    expect(found.map(({ code }) => code)).toEqual([
      'OUT_OF_RANGE',
      'WEIGHTS_DO_NOT_SUM',
      'REQUIRED',
      'REQUIRED',
      'TARGET_MISSING',
      'TARGET_SIGN',
    ]);
  });
});

describe('an amendment after a period was closed', () => {
  const closed = new Map([
    ['01', '2026-Q1'],
    ['02', '2026-Q1'],
    ['03', '2026-Q1'],
  ]);
  const before = contentOf([line('L1', { targets: { '01': value(10), '04': value(10) } })]);
  const with1 = (targets: PlanLine['targets'], id = 'L1') => [line(id, { targets })];

  test.each<[string, PlanLine[], string[]]>([
    ['cuts what is to come', with1({ '01': value(10), '04': value(1) }), []],
    ['gives up what is to come', with1({ '01': value(10) }), []],
    [
      'cuts what was measured',
      with1({ '01': value(5), '04': value(10) }),
      ['PERIOD_CLOSED lines.0.targets.1'],
    ],
    ['drops what was measured', with1({ '04': value(10) }), ['PERIOD_CLOSED lines.0.targets.1']],
    [
      'adds to what was measured',
      with1({ '01': value(10), '02': value(1) }),
      ['PERIOD_CLOSED lines.0.targets.2'],
    ],
    [
      'begins a line in what was measured',
      with1({ '03': value(1) }, 'L2'),
      ['PERIOD_CLOSED lines.0.targets.3'],
    ],
    ['begins a line after it', with1({ '04': value(1) }, 'L2'), []],
    [
      'measures by a later definition',
      [{ ...before.lines[0], definition: 2 } as PlanLine],
      ['PERIOD_CLOSED lines.0.indicatorId'],
    ],
    [
      'measures by another indicator',
      [{ ...before.lines[0], indicatorId: 'i-2' } as PlanLine],
      ['PERIOD_CLOSED lines.0.indicatorId'],
    ],
  ])('%s', (_, lines, expected) => {
    const found = checkClosedMonths(before, lines, closed);
    expect(found.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual(expected);
    expect(checkClosedMonths(null, lines, closed)).toEqual([]);
    expect(checkClosedMonths(before, lines, new Map())).toEqual([]);
  });

  test('says which months it changes', () => {
    const after = {
      ...before,
      lines: [...with1({ '01': value(10), '05': value(1) }), ...with1({ '12': value(1) }, 'L2')],
    };
    expect(changedMonths(before, after)).toEqual(['04', '05', '12']);
    expect(changedMonths(before, before)).toEqual([]);
  });
});

describe("a year's target over its months", () => {
  const sum = { buildUp: 'SUM' } as const;
  test('a sum in equal parts, what is left over in the first months', () => {
    expect(spreadTarget(sum, value(100), ['01', '02', '03'])).toEqual({
      '01': value('33.34'),
      '02': value('33.33'),
      '03': value('33.33'),
    });
    expect(spreadTarget(sum, value(1200))).toMatchObject({ '01': value(100), '12': value(100) });
    expect(spreadTarget(sum, range(3, 6), ['01', '02', '03'])).toMatchObject({ '02': range(1, 2) });
  });
  test('a level every month, a release in its month', () => {
    expect(spreadTarget({ buildUp: 'LATEST' }, value(90), ['04', '05'])).toEqual({
      '04': value(90),
      '05': value(90),
    });
    expect(spreadTarget({ buildUp: 'RELEASED' }, value(3.5), ['11'])).toEqual({ '11': value(3.5) });
    expect(spreadTarget(sum, value(1), [])).toEqual({});
  });
  test('adds up exactly to the whole, in parts that are none of them zero unless it is tiny', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 12n, max: 10n ** 20n }), fc.integer({ min: 1, max: 12 }), (micro, n) => {
        const annual = decimalOfMicro(micro);
        const months = Array.from({ length: n }, (_, at) => String(at + 1).padStart(2, '0'));
        const parts = Object.values(spreadTarget(sum, { value: annual }, months)).map((part) =>
          'value' in part ? part.value : decimalOfMicro(0),
        );
        expect(parts).toHaveLength(n);
        expect(sumDecimals(parts)).toBe(annual);
        expect(parts).not.toContain('0');
      }),
    );
  });
});

describe('the target of the year', () => {
  test('the year builds up as the line does', () => {
    const targets = { '11': value(90), '12': value(92.5) };
    expect(annualTarget({ measure: countOf(), targets })).toEqual(value(182.5));
    expect(annualTarget({ measure: { ...countOf(), buildUp: 'LATEST' }, targets })).toEqual(value(92.5));
    expect(annualTarget({ measure: countOf(), targets: { '01': range(1, 2), '02': range(3, 4) } })).toEqual(
      range(4, 6),
    );
    expect(annualTarget({ measure: countOf(), targets: {} })).toBeNull();
  });
});
