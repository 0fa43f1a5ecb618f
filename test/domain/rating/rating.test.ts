import { describe, expect, test } from 'vitest';
import { decimal } from '../../../functions/domain/decimal.ts';
import {
  adoptRealisation,
  checkReport,
  rejectRealisation,
  reportRealisation,
  verifyRealisation,
} from '../../../functions/domain/indicator/realisation.ts';
import { contentOf } from '../../../functions/domain/plan/plan.ts';
import { berakhlak } from '../../../functions/domain/rating/instrument.ts';
import {
  checkAssessorRating,
  checkRater,
  checkScores,
  groupsOfRater,
  type RaterGroup,
} from '../../../functions/domain/rating/rating.ts';
import { assessorRating, countOf, line, realisation, seven } from '../evaluation/evaluation-builders.ts';
import { codesOf } from '../problem-codes.ts';

const party = (
  staffId: string,
  unitId: string,
  assessorId: string | null,
  headIds: readonly string[] = [],
) => ({ staffId, unitId, assessorId, headIds });
const chief = party('chief', 'dinkes', null);
const doctor = party('doctor', 'puskesmas', 'chief');
const head2 = party('head2', 'klinik', 'chief');
const nurse = party('nurse', 'puskesmas', 'doctor');
const clerk = party('clerk', 'puskesmas', 'doctor');
const loaned = party('loaned', 'klinik', 'doctor');
const teacher = party('teacher', 'school', 'principal');
// Of one unit whose head is kabid: s is assessed by d, who was asked to, and plt acts as head of the unit above.
const heads = ['kabid', 'plt'];
const kabid = party('kabid', 'bidang', 'plt', heads);
const d = party('d', 'bidang', 'kabid', heads);
const s = party('s', 'bidang', 'd', heads);
const x = party('x', 'bidang', 'kabid', heads);
const plt = party('plt', 'bidang', 'kadis', heads);
const regent2 = party('regent2', 'elsewhere', null);

describe('who may rate whom', () => {
  test.each<[string, typeof nurse, typeof nurse, RaterGroup[]]>([
    ['oneself', nurse, nurse, ['SELF']],
    ['the assessor rates down', doctor, nurse, ['SUPERIOR']],
    ['a subordinate rates up', nurse, doctor, ['SUBORDINATE']],
    ['a colleague in the unit', nurse, clerk, ['PEER']],
    ['a colleague of the same assessor elsewhere', nurse, loaned, ['PEER']],
    ['heads under one head', doctor, head2, ['PEER']],
    ["the assessor's assessor", chief, nurse, []],
    ['a stranger', nurse, teacher, []],
    ['the delegate rates down', d, s, ['SUPERIOR']],
    ['the head of the unit is no peer of whom a delegate assesses', kabid, s, []],
    ['nor the other way round', s, kabid, []],
    ['who acts as head of the unit above is no peer of the staff beside them', plt, x, []],
    ['nor are they a peer of that head', x, plt, []],
    ['two of the staff under both heads', s, x, ['PEER']],
    ['two without an assessor are no peers by that', chief, regent2, []],
  ])('%s', (_, rater, ratee, groups) => {
    expect(groupsOfRater(rater, ratee)).toEqual(groups);
  });

  test.each<[RaterGroup, typeof nurse, typeof nurse, string]>([
    ['SUPERIOR', nurse, nurse, 'SELF_AS_OTHER'],
    ['PEER', nurse, nurse, 'SELF_AS_OTHER'],
    ['PUBLIC', nurse, nurse, 'SELF_AS_OTHER'],
    ['SELF', nurse, clerk, 'NOT_A_RATER'],
    ['SUPERIOR', clerk, nurse, 'NOT_A_RATER'],
    ['SUPERIOR', chief, nurse, 'NOT_A_RATER'],
    ['SUBORDINATE', clerk, nurse, 'NOT_A_RATER'],
    ['PEER', doctor, nurse, 'NOT_A_RATER'],
    ['PEER', nurse, doctor, 'NOT_A_RATER'],
    ['PEER', teacher, nurse, 'NOT_A_RATER'],
    ['PUBLIC', clerk, nurse, 'NOT_A_RATER'],
  ])('as %s: %o of %o is %s', (group, rater, ratee, code) => {
    expect(checkRater(group, rater, ratee).map((found) => found.code)).toEqual([code]);
  });
});

describe('scores', () => {
  test.each([
    [seven(1), []],
    [seven(5), []],
    [seven(3).slice(1), ['ITEMS_INCOMPLETE scores']],
    [[...seven(3), 3], ['ITEMS_INCOMPLETE scores']],
    [[], ['ITEMS_INCOMPLETE scores']],
    [
      [0, 3, 3, 3, 3, 3, 6],
      ['OUT_OF_RANGE scores.0', 'OUT_OF_RANGE scores.6'],
    ],
    [
      [2.5, 3, 3, 3, 3, 3, Number.NaN],
      ['OUT_OF_RANGE scores.0', 'OUT_OF_RANGE scores.6'],
    ],
  ])('%j: %j', (scores, expected) => {
    expect(checkScores(berakhlak, scores).map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual(
      expected,
    );
  });
});

test.each([
  ['the proposal itself', { proposed: { workResult: 'MEETS', behaviour: 'MEETS' }, reason: null }, []],
  [
    'another work result',
    { proposed: { workResult: 'ABOVE', behaviour: 'MEETS' }, reason: null },
    ['REASON_REQUIRED'],
  ],
  [
    'another behaviour',
    { proposed: { workResult: 'MEETS', behaviour: 'BELOW' }, reason: ' ' },
    ['REASON_REQUIRED'],
  ],
  [
    'what could not be proposed',
    { proposed: { workResult: null, behaviour: null }, reason: null },
    ['REASON_REQUIRED'],
  ],
  [
    'another one with a reason',
    { proposed: { workResult: 'ABOVE', behaviour: 'MEETS' }, reason: 'Heard' },
    [],
  ],
] as const)('an assessor who sets %s', (_, given, expected) => {
  expect(checkAssessorRating(assessorRating(given)).map(({ code }) => code)).toEqual(expected);
});

describe('realisations', () => {
  const agreed = contentOf([line('L1'), line('L2', { measure: { ...countOf(), buildUp: 'RELEASED' } })]);
  const report = (given: object = {}) => ({
    lineId: 'L1',
    month: '2026-02',
    value: decimal('4.5'),
    evidence: [] as string[],
    note: null,
    ...given,
  });
  const link = 'https://example.go.id/dokumen/1';

  test.each([
    ['a figure', report(), []],
    ['a published figure with its publication', report({ lineId: 'L2', evidence: [link] }), []],
    ['a published figure without', report({ lineId: 'L2' }), ['EVIDENCE_REQUIRED evidence']],
    ['a month of another year', report({ month: '2025-12' }), ['OUTSIDE_PERIOD month']],
    ['no month', report({ month: '2026-13' }), ['INVALID_FORMAT month']],
    ['an unknown line', report({ lineId: 'L9' }), ['NOT_FOUND lineId']],
    [
      'a link that is none',
      report({ evidence: [link, 'javascript:alert(1)'] }),
      ['INVALID_FORMAT evidence.1'],
    ],
    [
      'a link that anybody may read on its way',
      report({ evidence: ['http://example.go.id/1'] }),
      ['INVALID_FORMAT evidence.0'],
    ],
    ['ten links', report({ evidence: new Array(10).fill(link) }), []],
    ['too many links', report({ evidence: new Array(11).fill(link) }), ['TOO_MANY evidence']],
    ['a note that is too long', report({ note: 'x'.repeat(2_001) }), ['TOO_LONG note']],
  ])('%s', (_, given, expected) => {
    const found = checkReport(agreed, 2026, given);
    expect(found.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual(expected);
  });

  test('a report waits for the superior, who verifies or rejects it, and may be made again', () => {
    const first = reportRealisation(null, 's-1:2026', report(), 's-1', '2026-03-01T00:00:00.000Z');
    expect(first).toMatchObject({ state: 'REPORTED', version: 0, value: '4.5', reportedBy: 's-1' });
    expect(verifyRealisation(first, 's-9').state).toBe('VERIFIED');
    const rejected = rejectRealisation({ ...first, version: 1 }, ' No evidence ');
    expect(rejected).toMatchObject({ state: 'REJECTED', rejection: 'No evidence' });
    const again = reportRealisation(rejected, 's-1:2026', report(), 's-1', '2026-03-02T00:00:00.000Z');
    expect(again).toMatchObject({ state: 'REPORTED', rejection: null, version: 1 });
  });

  test('a rejection has a reason, and verifying twice changes nothing', () => {
    const reported = realisation('L1', '2026-01', 3);
    expect(codesOf(() => rejectRealisation(reported, '  '))).toEqual(['REASON_REQUIRED']);
    expect(codesOf(() => rejectRealisation(reported, 'x'.repeat(2_001)))).toEqual(['TOO_LONG']);
    expect(codesOf(() => verifyRealisation(verifyRealisation(reported, 's-9'), 's-9'))).toEqual([
      'NO_CHANGE',
    ]);
  });

  test('who reported a figure does not verify it; an import brings it verified', () => {
    const reported = realisation('L1', '2026-01', 3, { reportedBy: 'planner' });
    expect(codesOf(() => verifyRealisation(reported, 'planner'))).toEqual(['FORBIDDEN']);
    expect(verifyRealisation(reported, 's-9').state).toBe('VERIFIED');
    expect(adoptRealisation(null, 's-1:2026', report(), 'hr', '2026-03-01T00:00:00.000Z')).toMatchObject({
      state: 'VERIFIED',
      reportedBy: 'hr',
    });
  });
});
