import { describe, expect, test } from 'vitest';
import {
  addResult,
  checkJointActivity,
  decideParticipation,
  endActivity,
  invite,
  type JointActivity,
  linkLine,
  type Participant,
} from '../../../functions/domain/joint/joint-activity.ts';
import { Rejection } from '../../../functions/domain/problem.ts';

const AT = '2026-03-10T00:00:00.000Z';
const part = (staffId: string, unitId: string, changes: Partial<Participant> = {}): Participant => ({
  staffId,
  unitId,
  role: 'Pelaksana',
  state: 'PROPOSED',
  decidedById: null,
  decidedAt: null,
  reason: null,
  lineId: null,
  ...changes,
});
const activity: JointActivity = {
  id: 'ja-1',
  title: 'Penurunan stunting',
  purpose: 'Menurunkan stunting di dua kecamatan',
  from: '2026-04-01',
  to: '2026-06-30',
  leadUnitId: 'p',
  leaderId: 'n1',
  participants: [part('n1', 'p'), part('m1', 'q')],
  results: [],
  state: 'OPEN',
  reason: null,
  version: 1,
};
const crowd = (count: number): Participant[] => [
  ...activity.participants,
  ...Array.from({ length: count - 2 }, (_, at) => part(`s${at}`, 'q')),
];
const problemsOf = (attempt: () => unknown): string[] => {
  try {
    attempt();
    return [];
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return error.problems.map(({ code, path }) => [code, path.join('.')].join(' ').trim());
  }
};
const said = { approve: true, reason: null, byId: 'kapus', at: AT, lineStands: false };

describe('work across units', () => {
  test.each<readonly [string, Partial<JointActivity>, readonly string[]]>([
    ['as it is', {}, []],
    ['within one unit', { participants: [part('n1', 'p'), part('n2', 'p')] }, ['ONE_UNIT_ONLY participants']],
    ['led by nobody in it', { leaderId: 'x' }, ['NOT_FOUND leaderId']],
    ['led from another unit', { leaderId: 'm1' }, ['NOT_MEMBER leaderId']],
    ['over two years', { to: '2027-01-01' }, ['OUT_OF_RANGE to']],
    ['that ends before it begins', { to: '2026-03-01' }, ['OUT_OF_RANGE to']],
    ['of one day', { to: '2026-04-01' }, []],
    ['that ends the day before it begins', { to: '2026-03-31' }, ['OUT_OF_RANGE to']],
    ['to the last day of its year', { to: '2026-12-31' }, []],
    ['of New Year’s Eve alone', { from: '2026-12-31', to: '2026-12-31' }, []],
    ['of forty people', { participants: crowd(40) }, []],
    ['of one more', { participants: crowd(41) }, ['TOO_MANY participants']],
    ['on days that are none', { from: '', to: '2026-06-31' }, ['INVALID_FORMAT from', 'INVALID_FORMAT to']],
    ['on a day that is none', { from: '2026-02-30' }, ['INVALID_FORMAT from']],
    [
      'with somebody twice, without a role',
      { participants: [...activity.participants, part('m1', 'q', { role: ' ' })] },
      ['REQUIRED participants.2.role', 'DUPLICATE participants.2.staffId'],
    ],
    ['without words', { title: '', purpose: '' }, ['REQUIRED title', 'REQUIRED purpose']],
  ])('%s', (_, changes, problems) => {
    expect(
      problemsOf(() => {
        const found = checkJointActivity({ ...activity, ...changes });
        if (found.length > 0) throw new Rejection(found);
      }),
    ).toEqual(problems);
  });

  test('is approved part by part; a part that is in a plan is not declined any more', () => {
    const approved = decideParticipation(activity, 'm1', said);
    expect(approved.participants.map(({ state }) => state)).toEqual(['PROPOSED', 'APPROVED']);
    expect(problemsOf(() => decideParticipation(approved, 'm1', said))).toEqual(['NO_CHANGE']);
    const no = { ...said, approve: false };
    expect(problemsOf(() => decideParticipation(approved, 'm1', no))).toEqual(['REASON_REQUIRED reason']);
    expect(problemsOf(() => linkLine(activity, 'm1', 'L2'))).toEqual(['WRONG_STATE staffId']);
    const linked = linkLine(approved, 'm1', 'L2');
    expect(linked.participants[1]?.lineId).toBe('L2');
    const busy = { ...no, reason: 'Sibuk' };
    expect(problemsOf(() => decideParticipation(linked, 'm1', { ...busy, lineStands: true }))).toEqual([
      'IN_USE staffId',
    ]);
    // The line was withdrawn or amended away: the part is free again.
    expect(decideParticipation(linked, 'm1', busy).participants[1]).toMatchObject({
      state: 'DECLINED',
      lineId: null,
    });
    expect(problemsOf(() => decideParticipation(activity, 'x', said))).toEqual(['NOT_FOUND staffId']);
  });

  test('names what is wrong with more people by their place in the invitation', () => {
    expect(problemsOf(() => invite(activity, [part('m2', 'q'), part('n1', 'p', { role: '' })]))).toEqual([
      'REQUIRED participants.1.role',
      'DUPLICATE participants.1.staffId',
    ]);
    expect(problemsOf(() => invite(activity, []))).toEqual(['REQUIRED participants']);
    const many = Array.from({ length: 39 }, (_, at) => part(`s${at}`, 'q'));
    expect(problemsOf(() => invite(activity, many))).toEqual(['TOO_MANY participants']);
  });

  test('names the first of the invited, and nothing of those who take part already', () => {
    const before = { ...activity, participants: [part('n1', 'p'), part('m1', 'q', { role: '' })] };
    expect(problemsOf(() => invite(before, [part('m2', 'q', { role: '' })]))).toEqual([
      'REQUIRED participants.0.role',
    ]);
    expect(problemsOf(() => invite(activity, [part('m1', 'q')]))).toEqual([
      'DUPLICATE participants.0.staffId',
    ]);
    expect(invite(activity, crowd(40).slice(2)).participants).toEqual(crowd(40));
  });

  test('keeps why a part was declined, and approved later says nothing of it', () => {
    const no = { ...said, approve: false, reason: ' Sibuk ' };
    const declined = decideParticipation(activity, 'm1', no);
    expect(declined.participants[1]).toMatchObject({
      state: 'DECLINED',
      reason: 'Sibuk',
      decidedById: 'kapus',
    });
    expect(problemsOf(() => decideParticipation(declined, 'm1', no))).toEqual(['NO_CHANGE']);
    expect(decideParticipation(declined, 'm1', { ...said, reason: ' ' }).participants[1]).toMatchObject({
      state: 'APPROVED',
      reason: null,
    });
  });

  test('is a line of a plan where the part is approved, also when it has ended, not when it was cancelled', () => {
    const approved = decideParticipation(activity, 'm1', said);
    const state = (of: JointActivity['state']) =>
      problemsOf(() => linkLine({ ...approved, state: of }, 'm1', 'L2'));
    expect([state('OPEN'), state('FINISHED'), state('CANCELLED')]).toEqual([[], [], ['WRONG_STATE']]);
    expect(problemsOf(() => linkLine(approved, 'x', 'L2'))).toEqual(['NOT_FOUND staffId']);
  });

  test('has results from its first day on, and as many as its limit', () => {
    const result = (on: string) => ({ text: ' Prevalensi turun ', on, byId: 'n1' });
    const { results } = addResult(activity, result('2026-04-01'));
    expect(results).toEqual([{ ...result('2026-04-01'), text: 'Prevalensi turun' }]);
    const known = (count: number) => ({
      ...activity,
      results: Array.from({ length: count }, () => result('2026-05-01')),
    });
    expect(problemsOf(() => addResult(known(99), result('2026-05-01')))).toEqual([]);
    expect(problemsOf(() => addResult(known(100), result('2026-05-01')))).toEqual(['TOO_MANY']);
  });

  test('keeps why it was cancelled', () => {
    expect(endActivity(activity, 'CANCELLED', ' Anggaran dialihkan ')).toMatchObject({
      state: 'CANCELLED',
      reason: 'Anggaran dialihkan',
    });
  });

  test('ends once: with results, or with the reason why not', () => {
    expect(problemsOf(() => endActivity(activity, 'FINISHED', null))).toEqual(['RESULT_FIRST state']);
    expect(problemsOf(() => endActivity(activity, 'CANCELLED', ' '))).toEqual(['REASON_REQUIRED reason']);
    expect(problemsOf(() => addResult(activity, { text: 'x', on: '2026-03-31', byId: 'n1' }))).toEqual([
      'OUT_OF_RANGE',
    ]);
    const result = { text: 'Prevalensi turun 2 persen', on: '2026-06-01', byId: 'n1' };
    const done = endActivity(addResult(activity, result), 'FINISHED', null);
    expect(done).toMatchObject({ state: 'FINISHED', results: [result], reason: null });
    for (const change of [
      () => addResult(done, result),
      () => invite(done, [part('m2', 'q')]),
      () => decideParticipation(done, 'm1', said),
      () => endActivity(done, 'CANCELLED', 'x'),
    ])
      expect(problemsOf(change)).toEqual(['WRONG_STATE']);
  });
});
