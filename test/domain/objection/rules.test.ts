import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal } from '../../../functions/domain/decimal.ts';
import { evaluate, unitAchievement } from '../../../functions/domain/evaluation/evaluation.ts';
import type { EvaluationFrame } from '../../../functions/domain/evaluation/evaluation-frame.ts';
import type { Presence } from '../../../functions/domain/evaluation/presence.ts';
import { discrepancies } from '../../../functions/domain/evaluation/recompute.ts';
import type { UnitAchievement } from '../../../functions/domain/evaluation/result.ts';
import { correctEvaluation } from '../../../functions/domain/objection/correct-evaluation.ts';
import {
  deemedReceivedOn,
  finalAt,
  lastDayToObject,
  localDay,
  receivedOn,
} from '../../../functions/domain/objection/deadlines.ts';
import {
  decidersAfter,
  decidersOf,
  mayDecideForOffice,
} from '../../../functions/domain/objection/deciders.ts';
import {
  awaitsExplanation,
  checkHeard,
  objectionIdOf,
  objectionOf,
} from '../../../functions/domain/objection/objection.ts';
import type { Correction } from '../../../functions/domain/objection/verdict.ts';
import { assessorsSuperior, type Staff } from '../../../functions/domain/organisation/staff.ts';
import { attemptOf, baseRunOf, isCorrection, nextCorrection } from '../../../functions/domain/period/run.ts';
import type { ExpectationRating } from '../../../functions/domain/rating/rating.ts';
import * as an from '../../store/examples.ts';
import {
  agreedPlan,
  assessorRating,
  frameOf,
  line,
  person,
  policyWith,
  rating,
  realisation,
  seven,
} from '../evaluation/evaluation-builders.ts';

const policy = policyWith();

describe('the time to object', () => {
  test.each([
    ['published on a Monday', '2026-04-06T02:00:00.000Z', null, '2026-04-13', '2026-05-04'],
    [
      'put on record the next day',
      '2026-04-06T02:00:00.000Z',
      '2026-04-07T16:59:59.999Z',
      '2026-04-07',
      '2026-04-27',
    ],
    [
      'put on record after midnight',
      '2026-04-06T02:00:00.000Z',
      '2026-04-07T17:00:00.000Z',
      '2026-04-08',
      '2026-04-28',
    ],
    [
      'put on record later than deemed',
      '2026-04-06T02:00:00.000Z',
      '2026-04-20T02:00:00.000Z',
      '2026-04-13',
      '2026-05-04',
    ],
    ['published late on a Friday in UTC', '2026-04-10T18:00:00.000Z', null, '2026-04-17', '2026-05-08'],
  ])('%s', (_, publishedAt, recorded, received, last) => {
    expect(receivedOn(publishedAt, recorded, policy)).toBe(received);
    expect(lastDayToObject(received, policy)).toBe(last);
  });

  test('a region may hold a document received when it is published', () => {
    const objection = { deemedReceivedAfter: 0, fileWithin: 14, explainWithin: 3, decideWithin: 7 };
    expect(deemedReceivedOn('2026-04-06T02:00:00.000Z', policyWith({ objection }))).toBe('2026-04-06');
  });

  test('holidays and collective leave lengthen it, and the last decision ends it', () => {
    const published = '2026-04-10T17:05:00.000Z';
    // Received on Friday the 17th; 14 days to 7 May, or 8 May where 1 May is a holiday; 7 more.
    expect(finalAt(published, policyWith({ holidays: [] }))).toBe('2026-05-18T17:00:00.000Z');
    expect(finalAt(published, policy)).toBe('2026-05-19T17:00:00.000Z');
    expect(finalAt(published, policyWith({ holidays: ['2026-05-01', '2026-05-14'] }))).toBe(
      '2026-05-20T17:00:00.000Z',
    );
  });

  test('a receipt on record never ends it later than silence, nor takes a day away that was open', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 }), (hours) => {
        const published = '2026-04-06T02:00:00.000Z';
        const recordedAt = new Date(Date.parse(published) + hours * 3_600_000).toISOString();
        const silent = receivedOn(published, null, policy);
        const received = receivedOn(published, recordedAt, policy);
        expect(received <= silent).toBe(true);
        const isOpen = localDay(recordedAt, policy) <= lastDayToObject(silent, policy);
        if (isOpen) expect(lastDayToObject(received, policy) >= localDay(recordedAt, policy)).toBe(true);
      }),
    );
  });
});

describe('who decides', () => {
  const unit = (
    id: string,
    parentId: string | null,
    heads: readonly (readonly [string, string, string | null])[],
  ) =>
    ({
      id,
      code: id,
      name: id,
      kind: 'DINAS',
      mission: null,
      parentId,
      heads: heads.map(([staffId, from, to]) => ({ staffId, from, to })),
      shardCount: 1,
      retiredFrom: null,
      version: 1,
    }) as const;
  const units = [
    unit('setda', null, [['sekda', '2025-01-01', null]]),
    unit('dinas', 'setda', [
      ['kadis', '2025-01-01', '2026-04-01'],
      ['kadis-baru', '2026-04-02', null],
    ]),
    unit('bidang', 'dinas', []),
    unit('puskesmas', 'bidang', [['kapus', '2025-01-01', null]]),
  ];
  const organisation = { version: 1, units: new Map(units.map((one) => [one.id, one])) };
  const of = (staffId: string, assessorId: string | null, assessedInUnitId: string | null) =>
    decidersOf(organisation, staffId, { assessorId, assessedInUnitId }, '2026-03-31', '2026-04-20');

  test('the heads above the assessor of the day of rating, then those who hold the posts today', () => {
    expect(of('perawat', 'kapus', 'puskesmas')).toEqual(['kadis', 'kadis-baru', 'sekda']);
  });
  test('begins with the assessor’s superior', () => {
    const record = { assessorId: 'kapus', assessedInUnitId: 'puskesmas' };
    expect(assessorsSuperior(organisation, 'perawat', record, '2026-03-31')).toBe('kadis');
  });
  test('nobody decides on what they set themselves, also in a new post', () => {
    expect(of('kapus', 'kadis', 'dinas')).toEqual(['sekda']);
    expect(of('perawat', 'kadis-baru', 'puskesmas')).toEqual(['kapus', 'kadis', 'sekda']);
  });
  test('a late decision goes on to whoever comes next, never back, also after a change of heads', () => {
    const vacant = unit('setda', null, [
      ['b', '2026-04-05', '2026-04-19'],
      ['b2', '2026-04-20', null],
    ]);
    const changed = { version: 2, units: new Map([...organisation.units, ['setda', vacant]]) };
    const record = { assessorId: 'kapus', assessedInUnitId: 'puskesmas' };
    const next = (today: string, ...had: string[]) =>
      decidersAfter(decidersOf(changed, 'perawat', record, '2026-03-31', today), new Set(had));
    expect(next('2026-04-17', 'kadis', 'kadis-baru')).toEqual(['b']);
    expect(next('2026-04-28', 'kadis', 'kadis-baru', 'b')).toEqual(['b2']);
    expect(next('2026-04-28', 'kadis', 'kadis-baru', 'b', 'b2')).toEqual([]);
    expect(next('2026-04-28')).toEqual(['kadis', 'kadis-baru', 'b2']);
  });
  test('nobody where nobody is above the assessor, or nobody assesses', () => {
    expect(of('kadis', 'sekda', 'setda')).toEqual([]);
    expect(of('sekda', null, null)).toEqual([]);
  });

  describe('in the personnel office', () => {
    const office = unit('bkpsdm', null, [['kaban', '2025-01-01', null]]);
    const whole = { version: 1, units: new Map([...organisation.units, ['bkpsdm', office]]) };
    const officer = (id: string, unitId: string): Staff =>
      an.staff({ id, assignments: [an.assignment({ unitId, from: '2025-01-01' })] });
    const escalated = (fromId: string) =>
      ({ cause: 'DECISION_OVERDUE', at: '2026-04-17T17:00:00.000Z', fromId, toId: null }) as const;
    const objection = {
      staffId: 'perawat',
      assessorId: 'kapus',
      deciderId: null,
      escalations: [escalated('kadis-baru'), escalated('sekda')],
    };
    const may = (who: Staff | null, changes: Partial<typeof objection> = {}) =>
      mayDecideForOffice(whole, who, { ...objection, ...changes }, '2026-04-20');

    test.each([
      ['the person', officer('perawat', 'puskesmas'), false],
      ['the assessor', officer('kapus', 'puskesmas'), false],
      ['somebody whom the assessor leads', officer('bidan', 'puskesmas'), false],
      ['who had to decide it and let it lapse', officer('sekda', 'setda'), false],
      ['who had to decide it before, in a new post', officer('kadis-baru', 'bkpsdm'), false],
      ['an officer of another agency', officer('analis', 'bkpsdm'), true],
      ['an account of nobody on staff', null, true],
    ])('%s', (_, who, expected) => {
      expect(may(who)).toBe(expected);
    });

    test('nobody who serves under the head of the office whose objection it is', () => {
      const own = { staffId: 'kaban', assessorId: 'sekda', escalations: [] };
      expect(may(officer('analis', 'bkpsdm'), own)).toBe(false);
      // The secretary heads the whole of that tree, so that everybody in it is led.
      expect(may(officer('arsiparis', 'bidang'), own)).toBe(false);
      expect(may(officer('arsiparis', 'bidang'), { ...own, assessorId: 'kapus' })).toBe(true);
      expect(may(null, own)).toBe(true);
    });
  });
});

describe('both sides are heard', () => {
  const open = { state: 'FILED', explainBy: '2026-04-14' } as const;
  const codes = (...args: Parameters<typeof checkHeard>) => checkHeard(...args).map(({ code }) => code);
  test('until the assessor has explained, is gone, or is too late', () => {
    expect(codes(open, '2026-04-14', true)).toEqual(['NOT_HEARD']);
    expect(codes(open, '2026-04-15', true)).toEqual([]);
    expect(codes(open, '2026-04-14', false)).toEqual([]);
    expect(codes({ ...open, state: 'EXPLAINED' }, '2026-04-13', true)).toEqual([]);
    expect(awaitsExplanation({ state: 'FILED', explainBy: null })).toBe(false);
  });
});

describe('names', () => {
  test('of an objection say what it is about, whatever the id of the person', () => {
    expect(objectionOf(objectionIdOf('2026-Q1', 2, 's:1:x'))).toEqual({
      periodId: '2026-Q1',
      attempt: 2,
      staffId: 's:1:x',
    });
    for (const text of ['', '2026-Q1', '2026-Q1:0:s', '2026-Q1:x:s', ':1:s', '2026-Q1:1:']) {
      expect(objectionOf(text), text).toBeNull();
    }
  });
  test('of runs', () => {
    expect(nextCorrection('r2')).toBe('r2c1');
    expect(nextCorrection('r2c9')).toBe('r2c10');
    expect([baseRunOf('r12c3'), baseRunOf('r12'), attemptOf('r12c3')]).toEqual(['r12', 'r12', 12]);
    expect([isCorrection('r1'), isCorrection('r1c1')]).toEqual([false, true]);
  });
});

describe('a decision', () => {
  const months = ['2026-01', '2026-02', '2026-03'];
  const lines = [line('L1', { weight: 6_000 }), line('L2', { weight: 4_000 })];
  const ratingOrNull = fc.option(fc.constantFrom<ExpectationRating>('ABOVE', 'MEETS', 'BELOW'));
  const figures = fc.uniqueArray(
    fc.record({
      lineId: fc.constantFrom('L1', 'L2'),
      month: fc.constantFrom(...months),
      value: fc.integer({ min: 0, max: 40 }).map((value) => decimal(value)),
    }),
    { selector: ({ lineId, month }) => `${lineId} ${month}`, maxLength: 4 },
  );
  const correction: fc.Arbitrary<Correction> = fc.record({
    workResult: ratingOrNull,
    behaviour: ratingOrNull,
    innovation: fc.option(fc.boolean()),
    figures,
  });

  /** A unit without an agreement, whose predicate the leader above set or nobody did. */
  const withoutAgreement = (rated: boolean, frame: EvaluationFrame): UnitAchievement => ({
    ...unitAchievement('u-1', null, [], frame),
    decision: rated
      ? {
          predicate: 'NEEDS_IMPROVEMENT',
          proposed: null,
          reason: 'seen',
          as: 'LEADER_ABOVE',
          deciderId: 's-9',
        }
      : null,
  });
  const ON_LEAVE: Presence = { days: 90, served: 90, absent: 90, study: 0, evaluated: false };

  test('comes to what the rules make of the same inputs, and can be recomputed from its explanation', () => {
    fc.assert(
      fc.property(
        correction,
        fc.constantFrom('QUADRANT_2022' as const, 'NUMERIC_2019' as const),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('NOBODY' as const, 'HEAD' as const, 'HEAD_OF_A_RATED_UNIT' as const),
        fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 3, maxLength: 6 }),
        (decided, scheme, assessed, evaluated, heads, reached) => {
          const frame = frameOf({ scheme });
          const realisations = reached.map((value, at) =>
            realisation(at % 2 === 0 ? 'L1' : 'L2', months[Math.floor(at / 2)] ?? '', value),
          );
          const input = person({
            plan: agreedPlan(lines),
            headedUnit: heads === 'NOBODY' ? null : withoutAgreement(heads === 'HEAD_OF_A_RATED_UNIT', frame),
            presence: evaluated ? null : ON_LEAVE,
            realisations,
            ratings: [rating('SUPERIOR', 's-9', seven(4))],
            assessorRating: assessed ? assessorRating() : null,
          });
          const corrected = correctEvaluation(evaluate(input, frame), decided, frame.rules);

          const isCorrected = (lineId: string, month: string) =>
            decided.figures.some((one) => one.lineId === lineId && one.month === month);
          const again = evaluate(
            {
              ...input,
              realisations: [
                ...realisations.filter(({ lineId, month }) => !isCorrected(lineId, month)),
                ...decided.figures.map(({ lineId, month, value }) =>
                  realisation(lineId, month, value, { state: 'VERIFIED' }),
                ),
              ],
              verdict: decided,
            },
            frame,
          );
          expect(corrected).toEqual(again);
          expect(discrepancies(corrected, frame.rules)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    [
      'the rating that the leader above gave the unit stands over the figures of its head',
      { headedUnit: withoutAgreement(true, frameOf()) },
      { workResultRating: 'BELOW', predicate: 'NEEDS_IMPROVEMENT' },
    ],
    [
      'from the figures of somebody who was on leave follows no rating',
      { presence: ON_LEAVE },
      { workResult: { notMeasured: 'ABSENT', proposed: null }, workResultRating: null, predicate: null },
    ],
  ])('on figures: %s', (_, given, expected) => {
    const figures = [{ lineId: 'L1', month: '2026-02', value: decimal(10) }];
    const decided = { workResult: null, behaviour: 'MEETS' as const, innovation: null, figures };
    expect(correctEvaluation(evaluate(person(given), frameOf()), decided, policy.rules)).toMatchObject(
      expected,
    );
  });

  test('that sets both ratings of somebody who was on leave stands', () => {
    const decided = {
      workResult: 'MEETS' as const,
      behaviour: 'MEETS' as const,
      innovation: null,
      figures: [],
    };
    const corrected = correctEvaluation(
      evaluate(person({ presence: ON_LEAVE }), frameOf()),
      decided,
      policy.rules,
    );
    expect(corrected).toMatchObject({ predicate: 'GOOD', score: null });
    expect(discrepancies(corrected, policy.rules)).toEqual([]);
  });

  test('over an earlier one leaves what it does not set', () => {
    const { rules } = policy;
    const first = correctEvaluation(
      evaluate(person(), frameOf()),
      { workResult: 'ABOVE', behaviour: null, innovation: null, figures: [] },
      rules,
    );
    const second = correctEvaluation(
      first,
      { workResult: null, behaviour: 'ABOVE', innovation: null, figures: [] },
      rules,
    );
    expect(second).toMatchObject({
      workResultRating: 'ABOVE',
      behaviourRating: 'ABOVE',
      predicate: 'EXCELLENT',
    });
  });
});
