import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalOfMicro } from '../../../functions/domain/decimal.ts';
import { noCounts } from '../../../functions/domain/evaluation/distribution.ts';
import {
  type EvaluationInput,
  evaluate,
  ratingsForFit,
  unitAchievement,
  unitResult,
} from '../../../functions/domain/evaluation/evaluation.ts';
import { discrepancies, recompute, recomputeUnit } from '../../../functions/domain/evaluation/recompute.ts';
import type { Adjustment } from '../../../functions/domain/fairness/fairness.ts';
import type { Measure, Target } from '../../../functions/domain/indicator/indicator.ts';
import type { Realisation } from '../../../functions/domain/indicator/realisation.ts';
import { defaultPolicyRules, type PolicyRules } from '../../../functions/domain/period/policy.ts';
import type { PlanLine } from '../../../functions/domain/plan/line.ts';
import { normaliseWeights } from '../../../functions/domain/plan/weights.ts';
import type { RaterGroup, Rating } from '../../../functions/domain/rating/rating.ts';
import {
  agreedPlan,
  assessorRating,
  frameOf,
  line,
  person,
  rating,
  realisation,
  seven,
  value,
} from './evaluation-builders.ts';

const frame = frameOf();

describe('one person', () => {
  test('work result, behaviour, predicate and score stand beside each other', () => {
    const evaluation = evaluate(person(), frame);
    expect(evaluation).toMatchObject({
      staffId: 's-1',
      assessorId: 's-9',
      assessedInUnitId: 'u-1',
      policyId: 'policy-1',
      workResult: { score: 100_000_000, proposed: 'MEETS' },
      behaviour: { score: 105_000_000, proposed: 'MEETS' },
      predicate: 'GOOD',
      score: 101_500_000,
      scoreShares: { workResult: 70, behaviour: 30 },
      numericClass: null,
      assessor: null,
    });
  });

  test('60 and 40 where colleagues counted, 70 and 30 where they were too few', () => {
    const with3 = [
      rating('SUPERIOR', 's-9', seven(4)),
      ...['a', 'b', 'c'].map((id) => rating('PEER', id, seven(4))),
    ];
    expect(evaluate(person({ ratings: with3 }), frame)).toMatchObject({
      score: 102_000_000,
      scoreShares: { workResult: 60, behaviour: 40 },
    });
    expect(evaluate(person({ ratings: with3.slice(0, 3) }), frame).scoreShares).toEqual({
      workResult: 70,
      behaviour: 30,
    });
  });

  test("the assessor's ratings stand, with the reason, and leave the scores alone", () => {
    const proposed = evaluate(person(), frame);
    const given = assessorRating({ workResult: 'ABOVE', behaviour: 'ABOVE' });
    const set = evaluate(person({ assessorRating: given }), frame);
    expect(set).toMatchObject({
      workResultRating: 'ABOVE',
      behaviourRating: 'ABOVE',
      predicate: 'EXCELLENT',
      assessor: { reason: 'Heard in the dialogue' },
    });
    expect(set.workResult).toEqual(proposed.workResult);
    expect(set.score).toBe(proposed.score);
  });

  describe('after a transfer or a change of head', () => {
    const former = rating('SUPERIOR', 's-8', seven(1));
    const own = rating('SUPERIOR', 's-9', seven(4));

    test('only the assessor of record decides, and the result says whose decision does not count', () => {
      const evaluation = evaluate(
        person({
          assessorRating: assessorRating({ assessorId: 's-8', workResult: 'BELOW', behaviour: 'BELOW' }),
        }),
        frame,
      );
      expect(evaluation).toEqual({
        ...evaluate(person(), frame),
        leftOut: { decisionBy: 's-8', superiorRatings: 0 },
      });
      expect(evaluation).toMatchObject({ assessor: null, predicate: 'GOOD' });
    });

    test('only the assessor of record rates as superior, and the result says how many others did', () => {
      expect(evaluate(person({ ratings: [own, former] }), frame)).toEqual({
        ...evaluate(person({ ratings: [own] }), frame),
        leftOut: { decisionBy: null, superiorRatings: 1 },
      });
      expect(evaluate(person({ ratings: [former] }), frame)).toMatchObject({
        behaviour: { score: null, notMeasured: 'TOO_FEW_RATERS' },
        leftOut: { decisionBy: null, superiorRatings: 1 },
      });
    });

    test('whoever has no assessor is rated by nobody', () => {
      const nobody = { assessorId: null, assessedInUnitId: null };
      const evaluation = evaluate(person({ assessor: nobody, assessorRating: assessorRating() }), frame);
      expect(evaluation).toMatchObject({
        assessor: null,
        leftOut: { decisionBy: 's-9', superiorRatings: 1 },
      });
    });

    test('what an assessor of record left counts, and nothing is left out', () => {
      const evaluation = evaluate(person({ assessorRating: assessorRating() }), frame);
      expect(evaluation).toMatchObject({ assessor: { workResult: 'MEETS' }, leftOut: null });
    });
  });

  test('an assessor may rate where nothing could be measured: a predicate, and no score', () => {
    const evaluation = evaluate(person({ plan: null, assessorRating: assessorRating() }), frame);
    expect(evaluation).toMatchObject({
      predicate: 'GOOD',
      score: null,
      workResult: { notMeasured: 'NO_PLAN' },
    });
  });

  test('no one-sided score, unless the policy renormalises, and then the result says so', () => {
    const without = person({ plan: null });
    expect(evaluate(without, frame)).toMatchObject({ score: null, scoreShares: null, predicate: null });
    const renormalised = frameOf({ oneSidedScore: 'RENORMALISED' });
    expect(evaluate(without, renormalised)).toMatchObject({
      score: 105_000_000,
      scoreShares: { workResult: 0, behaviour: 100 },
      predicate: null,
    });
    expect(evaluate(person({ ratings: [] }), renormalised)).toMatchObject({
      score: 100_000_000,
      scoreShares: { workResult: 100, behaviour: 0 },
    });
    expect(evaluate(person({ plan: null, ratings: [] }), renormalised).score).toBeNull();
  });
});

describe('the scheme of 2019', () => {
  const numeric = frameOf({ scheme: 'NUMERIC_2019' });
  const best = person({
    realisations: [realisation('L1', '2026-01', 12)],
    ratings: [rating('SUPERIOR', 's-9', seven(5))],
  });
  test('the class decides, and an innovation lifts the highest', () => {
    expect(evaluate(best, numeric)).toMatchObject({
      score: 120_000_000,
      numericClass: 'GOOD',
      predicate: 'GOOD',
    });
    const innovative = { ...best, assessorRating: assessorRating({ innovation: true }) };
    expect(evaluate(innovative, numeric)).toMatchObject({
      numericClass: 'VERY_GOOD',
      predicate: 'EXCELLENT',
    });
    expect(evaluate(innovative, frame).numericClass).toBeNull();
  });
  test('no class on one side only', () => {
    const oneSided = frameOf({ scheme: 'NUMERIC_2019', oneSidedScore: 'RENORMALISED' });
    expect(evaluate({ ...best, plan: null }, oneSided)).toMatchObject({
      score: 120_000_000,
      numericClass: null,
      predicate: null,
    });
  });
});

describe('units and their heads', () => {
  const agreement = agreedPlan([line('L1')], 'unit:u-1:2026');
  const reached = (of: number) => [realisation('L1', '2026-01', of, { planId: 'unit:u-1:2026' })];
  const achieved = (of: number) => unitAchievement('u-1', agreement, reached(of), frame);

  test('a unit is measured by its agreement', () => {
    expect(achieved(11)).toMatchObject({
      unitId: 'u-1',
      score: 110_000_000,
      proposed: 'OUTSTANDING',
      planRevision: 1,
    });
    expect(unitAchievement('u-1', agreement, [], frame)).toMatchObject({
      score: null,
      proposed: null,
      notMeasured: 'NO_LINES_MEASURED',
    });
    expect(unitAchievement('u-1', null, [], frame).notMeasured).toBe('NO_PLAN');
  });

  test.each([
    [11, 'ABOVE'],
    [9, 'MEETS'],
    [8, 'BELOW'],
  ])("a head's work result is the unit's: %d of 10 is %s", (of, expected) => {
    const headedUnit = achieved(of);
    const evaluation = evaluate(person({ headedUnit }), frame);
    expect(evaluation.workResult).toEqual({
      source: 'UNIT_ACHIEVEMENT',
      periods: null,
      unit: { unitId: 'u-1', proposed: headedUnit.proposed, decision: null },
      planRevision: 1,
      lines: headedUnit.lines,
      score: headedUnit.score,
      notMeasured: null,
      proposed: expected,
    });
    expect(discrepancies(evaluation, defaultPolicyRules)).toEqual([]);
  });

  test.each([
    [11, 'POOR', 'BELOW'],
    [8, 'OUTSTANDING', 'ABOVE'],
  ] as const)('%d of 10, set as %s by the leader above, is %s', (of, predicate, expected) => {
    const decision = {
      predicate,
      proposed: null,
      reason: 'seen',
      as: 'LEADER_ABOVE',
      deciderId: 's-9',
    } as const;
    const evaluation = evaluate(person({ headedUnit: { ...achieved(of), decision } }), frame);
    expect(evaluation.workResult).toMatchObject({ score: of * 10_000_000, proposed: expected });
    expect(discrepancies(evaluation, defaultPolicyRules)).toEqual([]);

    // Where nothing could be measured, or agreed, what was set is all there is.
    const unmeasured = { ...unitAchievement('u-1', agreement, [], frame), decision };
    const without = { ...unitAchievement('u-1', null, [], frame), decision };
    for (const headedUnit of [unmeasured, without]) {
      const rated = evaluate(person({ headedUnit }), frame);
      expect(rated.workResultRating).toBe(expected);
      expect(discrepancies(rated, defaultPolicyRules)).toEqual([]);
    }
    expect(
      unitResult(
        { ...achieved(of), decision },
        { periodId: '2026-Q1', run: 'r1' },
        { ...noCounts, GOOD: 10 },
        0,
      ).warnings.map(({ predicates }) => predicates[0]),
    ).toEqual(predicate === 'POOR' ? ['POOR', 'NEEDS_IMPROVEMENT'] : []);
  });

  test('the head of a unit that could not be measured is not measured; of one without an agreement, by their plan', () => {
    const unmeasured = unitAchievement('u-1', agreement, [], frame);
    expect(evaluate(person({ headedUnit: unmeasured }), frame).workResult).toMatchObject({
      source: 'UNIT_ACHIEVEMENT',
      score: null,
      notMeasured: 'NO_LINES_MEASURED',
      proposed: null,
    });
    const without = unitAchievement('u-1', null, [], frame);
    expect(evaluate(person({ headedUnit: without }), frame).workResult).toMatchObject({
      source: 'PLAN',
      score: 100_000_000,
    });
  });

  test("a unit's result carries the distribution and what of the guidance it does not keep", () => {
    const published = { periodId: '2026-Q1', run: 'r1' };
    const result = unitResult(achieved(11), published, { ...noCounts, EXCELLENT: 8, GOOD: 2 }, 1);
    expect(result).toMatchObject({
      periodId: '2026-Q1',
      run: 'r1',
      notEvaluated: 1,
      warnings: [{ predicates: ['EXCELLENT'], allowed: 7, actual: 8 }],
    });
    expect(recomputeUnit(result, defaultPolicyRules)).toEqual({
      score: result.score,
      proposed: result.proposed,
    });
  });
});

describe('recomputing', () => {
  test('finds a figure that was changed afterwards', () => {
    const evaluation = evaluate(person(), frame);
    expect(discrepancies(evaluation, defaultPolicyRules)).toEqual([]);
    expect(discrepancies({ ...evaluation, score: 119_000_000 }, defaultPolicyRules)).toEqual(['score']);
    const [first] = evaluation.workResult.lines;
    if (first === undefined) throw new Error('a plan with a line');
    const touched = { ...evaluation.workResult, lines: [{ ...first, achievement: 120_000_000 }] };
    expect(discrepancies({ ...evaluation, workResult: touched }, defaultPolicyRules)).toEqual([
      'workResult.lines.L1.achievement',
    ]);
    expect(discrepancies({ ...evaluation, predicate: 'EXCELLENT' }, defaultPolicyRules)).toEqual([
      'predicate',
    ]);
  });
});

/* Everything below holds for any person. */

const anyFigure = fc.oneof(
  fc.integer({ min: 0, max: 200 }).map((n) => decimalOfMicro(n * 1_000_000)),
  fc.integer({ min: -1_000_000, max: 10 ** 9 }).map((micro) => decimalOfMicro(micro)),
  fc.bigInt({ min: 0n, max: 10n ** 20n }).map(decimalOfMicro),
);
const anyMeasure: fc.Arbitrary<Measure> = fc
  .tuple(
    fc.constantFrom('MAXIMIZE', 'MINIMIZE', 'RANGE', 'STABILIZE'),
    fc.constantFrom('SUM', 'LATEST', 'RELEASED'),
    fc.constantFrom('INSIDE_IS_BEST', 'MORE_IS_BETTER'),
  )
  .map(([polarity, buildUp, above]) => ({
    unitOfMeasure: 'x',
    polarity,
    buildUp,
    aboveRange: polarity === 'RANGE' ? above : null,
    realisedBy: 'REPORT' as const,
  }));
const anyTarget = ({ polarity }: Measure): fc.Arbitrary<Target> => {
  const size = fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 200 }).map((n) => n * 1_000_000),
    fc.integer({ min: 1, max: 10 ** 12 }),
  );
  if (polarity !== 'RANGE') return size.map((micro) => ({ value: decimalOfMicro(micro) }));
  return fc.tuple(size, size).map(([a, b]) => ({
    low: decimalOfMicro(Math.min(a, b)),
    high: decimalOfMicro(Math.max(a, b)),
  }));
};
const anyLine = anyMeasure.chain((measure) =>
  fc.record({
    measure: fc.constant(measure),
    kind: fc.constantFrom('MAIN' as const, 'MAIN' as const, 'ADDITIONAL' as const),
    rough: fc.integer({ min: 1, max: 50 }),
    targets: fc.tuple(...[0, 1, 2].map(() => fc.option(anyTarget(measure), { freq: 4 }))),
    reached: fc.tuple(...[0, 1, 2].map(() => fc.option(anyFigure, { freq: 4 }))),
    states: fc.tuple(
      ...[0, 1, 2].map(() => fc.constantFrom('REPORTED' as const, 'VERIFIED' as const, 'REJECTED' as const)),
    ),
  }),
);
const anyRating: fc.Arbitrary<Rating> = fc
  .record({
    group: fc.constantFrom<RaterGroup>('SUPERIOR', 'PEER', 'SUBORDINATE', 'SELF', 'PUBLIC'),
    rater: fc.nat(1_000_000),
    whole: fc.boolean(),
    scores: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 7, maxLength: 7 }),
  })
  .map(({ group, rater, whole, scores }) => {
    // Half of those who rate as superior are the assessor of record.
    const raterId = group === 'SUPERIOR' && rater % 2 === 0 ? 's-9' : `r-${rater}`;
    return rating(group, raterId, whole ? scores.slice(0, 1) : scores);
  });
const anyRules: fc.Arbitrary<Partial<PolicyRules>> = fc.record({
  scheme: fc.constantFrom('QUADRANT_2022', 'NUMERIC_2019'),
  achievementCap: fc.integer({ min: 110, max: 200 }),
  minimumRaters: fc.integer({ min: 3, max: 5 }),
  oneSidedScore: fc.constantFrom('NONE', 'RENORMALISED'),
  behaviourScore: fc.constantFrom('RAW', 'ADJUSTED'),
  raterPools: fc.constantFrom(
    defaultPolicyRules.raterPools,
    [{ groups: ['PUBLIC'] as const, weight: 10_000 }],
    [
      { groups: ['SUPERIOR'] as const, weight: 3_334 },
      { groups: ['PEER'] as const, weight: 3_333 },
      { groups: ['SUBORDINATE', 'PUBLIC'] as const, weight: 3_333 },
    ],
  ),
});
/** A prediction may leave the scale a little. */
const anyAdjustedMean = fc.option(fc.integer({ min: 700_000, max: 5_300_000 }), { freq: 3 });
const MONTHS = ['01', '02', '03'];
const anyPerson: fc.Arbitrary<EvaluationInput> = fc
  .record({
    drafts: fc.array(anyLine, { minLength: 1, maxLength: 6 }),
    ratings: fc.array(anyRating, { maxLength: 12 }),
    assessed: fc.option(
      fc.record({
        workResult: fc.constantFrom('ABOVE' as const, 'MEETS' as const, 'BELOW' as const),
        behaviour: fc.constantFrom('ABOVE' as const, 'MEETS' as const, 'BELOW' as const),
        innovation: fc.boolean(),
      }),
    ),
  })
  .map(({ drafts, ratings, assessed }) => {
    const shares = normaliseWeights(drafts.map(({ kind, rough }) => (kind === 'MAIN' ? rough : 0)));
    const lines = drafts.map(
      ({ kind, measure, targets }, at): PlanLine =>
        line(`L${at}`, {
          kind,
          measure,
          weight: shares[at] ?? 0,
          targets: Object.fromEntries(
            MONTHS.flatMap((month, column) => {
              const target = targets[column];
              return target == null ? [] : [[month, target]];
            }),
          ),
        }),
    );
    const realisations = drafts.flatMap(({ reached, states }, at) =>
      MONTHS.flatMap((month, column): Realisation[] => {
        const figure = reached[column];
        if (figure == null) return [];
        return [
          realisation(`L${at}`, `2026-${month}`, figure, {
            state: states[column] ?? 'REPORTED',
          }),
        ];
      }),
    );
    return person({
      plan: agreedPlan(lines),
      realisations,
      ratings,
      assessorRating: assessed && assessorRating(assessed),
    });
  });

describe('properties', () => {
  test('every figure of every evaluation follows from its explanation', () => {
    fc.assert(
      fc.property(anyPerson, anyRules, anyAdjustedMean, (input, given, mean) => {
        const ruled = frameOf(given);
        const ratings = ratingsForFit(input, ruled).length;
        const adjustment: Adjustment | null =
          ratings === 0 || mean === null
            ? null
            : { ratings, mean, standardError: 150_000, notAdjusted: null };
        const evaluation = evaluate({ ...input, adjustment }, ruled);
        expect(discrepancies(evaluation, ruled.rules)).toEqual([]);
        // Also after the trip through the table.
        expect(recompute(JSON.parse(JSON.stringify(evaluation)), ruled.rules)).toEqual(
          recompute(evaluation, ruled.rules),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test('figures are bounded integers, and each missing one has its reason', () => {
    fc.assert(
      fc.property(anyPerson, anyRules, (input, given) => {
        const ruled = frameOf(given);
        const { workResult, behaviour, score } = evaluate(input, ruled);
        const cap = ruled.rules.achievementCap * 1_000_000;
        const bounded = (figure: number | null, least: number, most: number) => {
          if (figure === null) return;
          expect(Number.isSafeInteger(figure)).toBe(true);
          expect(figure).toBeGreaterThanOrEqual(least);
          expect(figure).toBeLessThanOrEqual(most);
        };
        bounded(workResult.score, 0, cap);
        bounded(behaviour.score, 50_000_000, 120_000_000);
        bounded(score, 0, Math.max(cap, 120_000_000));
        for (const { achievement, notMeasured, rating: rated } of workResult.lines) {
          bounded(achievement, 0, cap);
          expect(achievement === null).toBe(notMeasured !== null);
          expect(achievement === null).toBe(rated === null);
        }
        expect(workResult.score === null).toBe(workResult.notMeasured !== null);
        expect(behaviour.score === null).toBe(behaviour.notMeasured !== null);
        const sumOf = (parts: readonly { readonly effectiveWeight: number }[]) =>
          parts.reduce((sum, { effectiveWeight }) => sum + effectiveWeight, 0);
        expect(sumOf(workResult.lines)).toBe(workResult.score === null ? 0 : 10_000);
        expect(sumOf(behaviour.pools)).toBe(behaviour.score === null ? 0 : 10_000);
      }),
      { numRuns: 300 },
    );
  });

  test('the order of realisations and ratings does not matter', () => {
    fc.assert(
      fc.property(anyPerson, fc.infiniteStream(fc.nat()), (input, keys) => {
        const mixed = <T>(list: readonly T[]): T[] =>
          list
            .map((item) => ({ item, key: keys.next().value }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const byRater = [
          ...new Map(input.ratings.map((given) => [`${given.group} ${given.raterId}`, given])).values(),
        ];
        const once = { ...input, ratings: byRater };
        const again = { ...once, realisations: mixed(once.realisations), ratings: mixed(byRater) };
        expect(evaluate(again, frame)).toEqual(evaluate(once, frame));
      }),
      { numRuns: 200 },
    );
  });

  test('a line that nobody could measure never changes the score', () => {
    fc.assert(
      fc.property(anyPerson, fc.integer({ min: 1, max: 9_999 }), (input, weight) => {
        const lines = input.plan?.agreed?.lines ?? [];
        const more = agreedPlan([...lines, line('unmeasured', { weight, targets: { '01': value(5) } })]);
        const before = evaluate(input, frame);
        const after = evaluate({ ...input, plan: more }, frame);
        expect(after.workResult.score).toBe(before.workResult.score);
        expect(after.score).toBe(before.score);
        expect(after.predicate).toBe(before.predicate);
      }),
      { numRuns: 200 },
    );
  });

  test('reporting nothing is not reporting zero', () => {
    const two = agreedPlan([line('L1', { weight: 5_000 }), line('L2', { weight: 5_000 })]);
    const first = realisation('L1', '2026-01', 10);
    const missing = evaluate(person({ plan: two, realisations: [first] }), frame);
    const zero = evaluate(
      person({ plan: two, realisations: [first, realisation('L2', '2026-01', 0)] }),
      frame,
    );
    expect(missing.workResult.score).toBe(100_000_000);
    expect(zero.workResult.score).toBe(50_000_000);
  });

  test('a better figure never lowers the score, a worse one never raises it', () => {
    const better = fc.constantFrom('MAXIMIZE' as const, 'MINIMIZE' as const);
    fc.assert(
      fc.property(
        better,
        fc.constantFrom('SUM' as const, 'LATEST' as const, 'RELEASED' as const),
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 3, maxLength: 3 }),
        fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 3, maxLength: 3 }),
        fc.nat(2),
        fc.integer({ min: 1, max: 100 }),
        (polarity, buildUp, targets, reached, at, gain) => {
          const measure = {
            unitOfMeasure: 'x',
            polarity,
            buildUp,
            aboveRange: null,
            realisedBy: 'REPORT' as const,
          };
          const plan = agreedPlan([
            line('L1', {
              measure,
              targets: Object.fromEntries(
                MONTHS.map((month, column) => [month, value(targets[column] ?? 1)]),
              ),
            }),
          ]);
          const scored = (figures: readonly number[]) =>
            evaluate(
              person({
                plan,
                realisations: figures.map((figure, column) =>
                  realisation('L1', `2026-${MONTHS[column]}`, figure),
                ),
              }),
              frame,
            ).score ?? -1;
          const changed = reached.map((figure, column) =>
            column === at ? figure + (polarity === 'MAXIMIZE' ? gain : -gain) : figure,
          );
          expect(scored(changed)).toBeGreaterThanOrEqual(scored(reached));
        },
      ),
      { numRuns: 200 },
    );
  });
});
