import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CarriedResult,
  type Carryover,
  carriedOverOf,
  carries,
  checkAnswer,
  checkCarriedOver,
  checkNotRatedInPlace,
  checkProposable,
  earlierRuns,
  previousRuns,
} from '../../../functions/domain/evaluation/carryover.ts';
import { conclude, evaluate } from '../../../functions/domain/evaluation/evaluation.ts';
import { discrepancies } from '../../../functions/domain/evaluation/recompute.ts';
import type { Result } from '../../../functions/domain/evaluation/result.ts';
import { type Period, planPeriod } from '../../../functions/domain/period/period.ts';
import { assessorRating, frameOf, person, policyWith, rating, seven } from './evaluation-builders.ts';

const carryover = (given: Partial<Carryover> = {}): Carryover => ({
  periodId: '2026-Q2',
  staffId: 's-1',
  sourcePeriodId: '2026-Q1',
  assessorId: 's-9',
  proposedBy: 'STAFF',
  reason: null,
  state: 'AGREED',
  proposedAt: '2026-06-20T00:00:00.000Z',
  answeredAt: '2026-06-21T00:00:00.000Z',
  version: 2,
  ...given,
});
const codes = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code);

describe('the period before', () => {
  const period = (id: string, state: Period['state'], publishedRun: string | null = null): Period => ({
    ...planPeriod(id, null, 420),
    state,
    publishedRun,
  });
  const idsOf = (id: string, periods: readonly Period[]) =>
    previousRuns(period(id, 'OPEN'), periods).map(({ periodId, run }) => `${periodId} ${run}`);

  // Annex, chapter IV A 13 a, Sari: monthly in the new unit, quarterly in the old one, transferred in February.
  test('is what ended last: at the turn of a year its last quarter or the year itself', () => {
    const periods = [
      period('2025', 'FINAL', 'r1'),
      period('2025-Q3', 'FINAL', 'r1'),
      period('2025-Q4', 'PUBLISHED', 'r1c2'),
      period('2026-Q1', 'OPEN'),
      period('2026-03', 'PLANNED'),
    ];
    expect(idsOf('2026-02', periods)).toEqual(['2025 r1', '2025-Q4 r1c2']);
    expect(idsOf('2026-Q1', periods)).toEqual(['2025 r1', '2025-Q4 r1c2']);
  });

  test('is not an older one while it is open or closes, and a planned one is none', () => {
    const periods = [period('2026-04', 'PUBLISHED', 'r1'), period('2026-05', 'CLOSING')];
    expect(idsOf('2026-06', periods)).toEqual([]);
    expect(idsOf('2026-06', [...periods.slice(0, 1), period('2026-05', 'PLANNED')])).toEqual(['2026-04 r1']);
    // Opened again, the published run is still what readers see.
    expect(idsOf('2026-05', [period('2026-04', 'OPEN', 'r1')])).toEqual(['2026-04 r1']);
  });

  test('a year takes none over, and nothing that is older than the year before', () => {
    expect(idsOf('2026', [period('2025', 'FINAL', 'r1')])).toEqual([]);
    expect(idsOf('2027-Q1', [period('2025', 'FINAL', 'r1')])).toEqual([]);
    expect(earlierRuns({ ...period('2026-Q3', 'OPEN') }, [period('2026-Q2', 'FINAL', 'r2')])).toEqual([
      { periodId: '2026-Q2', run: 'r2' },
    ]);
  });
});

describe('the runs that a month or quarter may build on', () => {
  const period = (id: string, publishedRun: string | null = 'r1'): Period => ({
    ...planPeriod(id, null, 420),
    state: 'PUBLISHED',
    publishedRun,
  });
  const idsOf = (id: string, ...periods: readonly Period[]) =>
    earlierRuns(period(id), periods).map(({ periodId }) => periodId);

  test('ended before it began', () => {
    const periods = ['2026-Q1', '2026-Q2', '2026-Q3', '2026-03', '2026-04', '2026'].map((id) => period(id));
    expect(idsOf('2026-Q2', ...periods)).toEqual(['2026-03', '2026-Q1']);
    expect(idsOf('2026-05', ...periods)).toEqual(['2026-03', '2026-04', '2026-Q1']);
  });

  test('are of its year and the one before', () => {
    const periods = ['2024', '2024-12', '2025-01', '2025', '2026-01'].map((id) => period(id));
    expect(idsOf('2026-02', ...periods)).toEqual(['2025', '2025-01', '2026-01']);
  });

  test('were published, and come by id whatever their order', () => {
    const periods = ['2026-02', '2026-04', '2026-01', '2026-03'].map((id) => period(id));
    const sorted = ['2026-01', '2026-02', '2026-03', '2026-04'];
    expect(idsOf('2026-Q3', ...periods, period('2026-Q1', null))).toEqual(sorted);
    expect(idsOf('2026-Q3', ...periods.toReversed())).toEqual(sorted);
  });
});

describe('the agreement', () => {
  test.each([
    ['of another assessor', { assessorId: 's-8', predicate: 'GOOD' as const }, []],
    ['of the same assessor', { assessorId: 's-9', predicate: 'GOOD' as const }, ['NO_PREVIOUS_RESULT']],
    ['without a predicate', { assessorId: 's-8', predicate: null }, ['NO_PREVIOUS_RESULT']],
    ['that does not exist', null, ['NO_PREVIOUS_RESULT']],
  ])('may be about a result %s', (_, result, expected) => {
    expect(codes(checkCarriedOver(result, 's-9'))).toEqual(expected);
  });

  test.each([
    [null, []],
    [carryover({ state: 'PROPOSED' }), ['ALREADY_EXISTS']],
    [carryover(), ['ALREADY_EXISTS']],
    [carryover({ state: 'DECLINED' }), []],
    [carryover({ state: 'WITHDRAWN' }), []],
    [carryover({ assessorId: 's-8' }), []],
  ])('is proposed once with an assessor, until it is over', (before, expected) => {
    expect(codes(checkProposable(before, 's-9'))).toEqual(expected);
  });

  test.each([
    ['STAFF', 'STAFF', 'ANSWER', ['FORBIDDEN']],
    ['STAFF', 'ASSESSOR', 'ANSWER', []],
    ['ASSESSOR', 'STAFF', 'ANSWER', []],
    ['STAFF', 'STAFF', 'WITHDRAW', []],
    ['STAFF', 'ASSESSOR', 'WITHDRAW', ['FORBIDDEN']],
  ] as const)('proposed by %s: %s may %s or not', (proposedBy, side, step, expected) => {
    expect(codes(checkAnswer({ state: 'PROPOSED', proposedBy }, side, step))).toEqual(expected);
    for (const state of ['AGREED', 'DECLINED', 'WITHDRAWN'] as const) {
      expect(checkAnswer({ state, proposedBy }, side, step)).toMatchObject([
        { code: 'WRONG_STATE', params: { state } },
      ]);
    }
  });

  test('is not made over what the assessor’s superior has set', () => {
    const inPlace = assessorRating({ assessorId: 'chief', inPlaceOf: 's-9' });
    expect(codes(checkNotRatedInPlace(inPlace, 's-9'))).toEqual(['RESULT_FINAL']);
    expect(codes(checkNotRatedInPlace(inPlace, 's-7'))).toEqual([]);
    expect(codes(checkNotRatedInPlace(assessorRating(), 's-9'))).toEqual([]);
  });

  test('counts with the assessor who made it, once both have agreed', () => {
    expect(carries(carryover(), 's-9')).toBe(true);
    expect(carries(carryover(), 's-8')).toBe(false);
    expect(carries(carryover({ state: 'PROPOSED' }), 's-9')).toBe(false);
    expect(carries(null, 's-9')).toBe(false);
  });
});

test.each([
  ['nobody', null, null, null, false],
  ['the assessor', null, true, null, true],
  ['the verdict, against the assessor', false, true, null, false],
  ['the verdict, where the assessor says nothing', true, null, null, true],
  ['the result that it carried itself', null, null, true, true],
  ['the assessor, before what was carried', null, false, true, false],
])('of an innovation by %s a carried result says so', (_, verdict, assessor, carried, innovation) => {
  const said = <T>(value: boolean | null) => (value === null ? null : ({ innovation: value } as T));
  const result = {
    periodId: '2026-Q1',
    run: 'r1',
    verdict: said<Result['verdict']>(verdict),
    assessor: said<Result['assessor']>(assessor),
    carriedOver: said<Result['carriedOver']>(carried),
  } as CarriedResult['result'];
  expect(carriedOverOf({ carryover: carryover(), result })).toEqual({
    periodId: '2026-Q1',
    run: 'r1',
    proposedBy: 'STAFF',
    innovation,
  });
});

describe('in the evaluation', () => {
  const frame = frameOf({}, '2026-Q2');
  const { rules } = policyWith();
  const published = (given: Parameters<typeof person>[0] = {}, innovation = false): Result => {
    const input = person({
      assessor: { assessorId: 's-8', assessedInUnitId: 'u-0' },
      ratings: [rating('SUPERIOR', 's-8', seven(5))],
      assessorRating: assessorRating({ assessorId: 's-8', workResult: 'ABOVE', innovation }),
      ...given,
    });
    return { ...evaluate(input, frameOf()), periodId: '2026-Q1', run: 'r1' };
  };
  const withCarried = (result: Result, given: Parameters<typeof person>[0] = {}) =>
    person({ carried: { carryover: carryover(), result }, ...given });

  test('the previous result stands in place of plan, ratings and decision, with its score and final ratings', () => {
    const source = published();
    const input = withCarried(source, {
      ratings: [rating('SUPERIOR', 's-9', seven(1))],
      assessorRating: assessorRating({ workResult: 'BELOW', behaviour: 'BELOW' }),
    });
    const evaluation = evaluate(input, frame);
    expect(evaluation).toMatchObject({
      carriedOver: { periodId: '2026-Q1', run: 'r1', proposedBy: 'STAFF', innovation: false },
      assessor: null,
      workResultRating: 'ABOVE',
      behaviourRating: source.behaviourRating,
      predicate: source.predicate,
      score: source.score,
    });
    expect(discrepancies(evaluation, rules)).toEqual([]);
    expect(
      discrepancies(
        { ...evaluation, carriedOver: { ...source, run: 'r2', proposedBy: 'STAFF', innovation: false } },
        rules,
      ),
    ).toEqual(['carriedOver.workResult', 'carriedOver.behaviour']);
  });

  test('not with another assessor, not before both have agreed, and not of a unit’s head', () => {
    const source = published();
    const own = evaluate(person(), frame);
    const carried = (given: Partial<Carryover>) => ({ carryover: carryover(given), result: source });
    expect(evaluate(person({ carried: carried({ assessorId: 's-7' }) }), frame)).toEqual(own);
    expect(evaluate(person({ carried: carried({ state: 'PROPOSED' }) }), frame)).toEqual(own);
    const headedUnit = {
      unitId: 'u-1',
      planRevision: 1,
      lines: [],
      score: 100_000_000,
      notMeasured: null,
      proposed: 'GOOD',
      decision: null,
      justification: null,
    } as const;
    expect(evaluate(withCarried(source, { headedUnit }), frame)).toMatchObject({
      carriedOver: null,
      workResult: { source: 'UNIT_ACHIEVEMENT' },
    });
  });

  test('the innovation of the previous result counts in the numeric scheme, and goes on with a result that was carried itself', () => {
    const numeric = frameOf({ scheme: 'NUMERIC_2019' }, '2026-Q2');
    const numericRules = policyWith({ scheme: 'NUMERIC_2019' }).rules;
    const strong = (innovation: boolean): Result => {
      const base = published({}, innovation);
      const workResult = { ...base.workResult, score: 118_000_000 };
      const behaviour = { ...base.behaviour, score: 118_000_000 };
      return { ...base, ...conclude({ ...base, workResult, behaviour }, numeric) };
    };
    const carriedTwice = (innovation: boolean) => {
      const once = evaluate(withCarried(strong(innovation)), numeric);
      const again = { ...once, assessorId: 's-8', periodId: '2026-Q2', run: 'r1' };
      return [once, evaluate(withCarried(again), numeric)];
    };
    for (const evaluation of carriedTwice(true)) {
      expect(evaluation.numericClass).toBe('VERY_GOOD');
      expect(discrepancies(evaluation, numericRules)).toEqual([]);
    }
    expect(carriedTwice(false).map(({ numericClass }) => numericClass)).toEqual(['GOOD', 'GOOD']);
  });

  test('whatever the previous result is, the explanation leads to what it says', () => {
    const ratings = fc.constantFrom('ABOVE' as const, 'MEETS' as const, 'BELOW' as const);
    const mark = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(ratings, ratings, mark, fc.boolean(), (workResult, behaviour, score, decided) => {
        const source = published({
          ratings: [rating('SUPERIOR', 's-8', seven(score))],
          assessorRating: decided ? assessorRating({ assessorId: 's-8', workResult, behaviour }) : null,
        });
        const evaluation = evaluate(withCarried(source), frame);
        expect(discrepancies(evaluation, rules)).toEqual([]);
        expect([evaluation.predicate, evaluation.score]).toEqual([source.predicate, source.score]);
      }),
    );
  });
});
