import { describe, expect, test } from 'vitest';
import {
  checkAnswer,
  checkUnnamed,
  type Feedback,
  feedbackIdOf,
  readFeedbackId,
} from '../../../functions/domain/feedback/feedback.ts';
import {
  acknowledge,
  checkGuidance,
  followUp,
  type GuidanceDraft,
  type GuidanceNote,
  guidanceIdOf,
  readGuidanceId,
} from '../../../functions/domain/feedback/guidance.ts';
import { type Problem, Rejection } from '../../../functions/domain/problem.ts';

const codes = (problems: readonly Problem[]): string[] =>
  problems.map(({ code, path }) => [code, path.join('.')].join(' ').trim());

const rejected = (attempt: () => unknown): string[] => {
  try {
    attempt();
    return [];
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return codes(error.problems);
  }
};

describe('the id of feedback', () => {
  test('says whose it is and of which day, and nothing of its hour', () => {
    const id = feedbackIdOf('s:1', '2026-03-10', 'TOKEN');
    expect(readFeedbackId(id)).toEqual({ staffId: 's:1', day: '2026-03-10', token: 'TOKEN' });
    expect(readFeedbackId('s-1:TOKEN')).toBeNull();
    const note = guidanceIdOf('s:1', 'COUNSELLING', '2026-03-10', 'TOKEN');
    expect(readGuidanceId(note)).toEqual({
      staffId: 's:1',
      kind: 'COUNSELLING',
      day: '2026-03-10',
      token: 'TOKEN',
    });
    expect(readGuidanceId(id)).toBeNull();
    expect(readGuidanceId(guidanceIdOf('s:1', 'GUIDANCE', '2026-03-10', 'TOKEN'))?.kind).toBe('GUIDANCE');
    for (const none of [
      ':GUIDANCE:2026-03-10:T',
      's:GUIDANCE:2026-3-10:T',
      's:GUIDANCE:2026-03-10:',
      's:PRAISE:2026-03-10:T',
    ])
      expect(readGuidanceId(none)).toBeNull();
  });
});

describe('unsigned feedback', () => {
  test.each([
    [0, ['TOO_FEW_COLLEAGUES signed']],
    [2, ['TOO_FEW_COLLEAGUES signed']],
    [3, []],
    [9, []],
  ])('of %i colleagues who could have written it', (colleagues, problems) => {
    expect(codes(checkUnnamed(colleagues, 3))).toEqual(problems);
  });
});

test('an answer says something, and something else than before', () => {
  const answered = { answer: { text: 'Siap', at: '2026-03-10T00:00:00.000Z' } } as Feedback;
  expect(codes(checkAnswer(answered, ' Siap '))).toEqual(['NO_CHANGE text']);
  expect(codes(checkAnswer(answered, ' '))).toEqual(['REQUIRED text']);
  expect(codes(checkAnswer(answered, 'Siap, mulai besok'))).toEqual([]);
});

const draft: GuidanceDraft = {
  kind: 'GUIDANCE',
  method: 'COACHING',
  heldOn: '2026-03-09',
  issue: 'Kunjungan rumah tertinggal',
  discussion: 'Jadwal disusun ulang',
  actions: [{ text: 'Menyusun jadwal mingguan', dueOn: '2026-03-16' }],
  followUpOn: '2026-04-09',
};
const problemsOf = (changes: Partial<GuidanceDraft>): string[] =>
  codes(checkGuidance({ ...draft, ...changes }, '2026-03-10', '2027-03-10'));

describe('a note of guidance', () => {
  test('is right as it is, also without a method when it is counselling', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ kind: 'COUNSELLING', method: null })).toEqual([]);
  });

  test.each<readonly [string, Partial<GuidanceDraft>, readonly string[]]>([
    ['no method', { method: null }, ['REQUIRED method']],
    ['nothing agreed', { actions: [] }, ['REQUIRED actions']],
    ['held tomorrow', { heldOn: '2026-03-11' }, ['OUT_OF_RANGE heldOn']],
    ['held two years ago', { heldOn: '2024-12-31' }, ['OUT_OF_RANGE heldOn']],
    ['held on a day that does not exist', { heldOn: '2026-02-30' }, ['INVALID_FORMAT heldOn']],
    ['followed up before', { followUpOn: '2026-03-08' }, ['OUT_OF_RANGE followUpOn']],
    ['followed up in two years', { followUpOn: '2028-03-08' }, ['OUT_OF_RANGE followUpOn']],
    [
      'an action without words, due before',
      { actions: [{ text: ' ', dueOn: '2026-03-01' }] },
      ['REQUIRED actions.0.text', 'OUT_OF_RANGE actions.0.dueOn'],
    ],
    ['no words', { issue: '', discussion: ' ' }, ['REQUIRED issue', 'REQUIRED discussion']],
  ])('with %s', (_, changes, problems) => {
    expect(problemsOf(changes)).toEqual(problems);
  });

  const actions = (count: number) =>
    Array.from({ length: count }, () => ({ text: 'Menyusun jadwal', dueOn: '2026-03-16' }));
  test.each<readonly [string, Partial<GuidanceDraft>, readonly string[]]>([
    [
      'held today',
      { heldOn: '2026-03-10', followUpOn: '2026-03-10', actions: [{ text: 'x', dueOn: '2026-03-10' }] },
      [],
    ],
    ['held on the first day of the year before', { heldOn: '2025-01-01' }, []],
    ['held on the day before that', { heldOn: '2024-12-31' }, ['OUT_OF_RANGE heldOn']],
    ['followed up on the day itself', { followUpOn: '2026-03-09' }, []],
    ['followed up on the latest day', { followUpOn: '2027-03-10' }, []],
    ['followed up a day later', { followUpOn: '2027-03-11' }, ['OUT_OF_RANGE followUpOn']],
    ['followed up on a day that does not exist', { followUpOn: '2026-04-31' }, ['INVALID_FORMAT followUpOn']],
    ['due on the day itself', { actions: [{ text: 'x', dueOn: '2026-03-09' }] }, []],
    ['due on the latest day', { actions: [{ text: 'x', dueOn: '2027-03-10' }] }, []],
    ['due a day later', { actions: [{ text: 'x', dueOn: '2027-03-11' }] }, ['OUT_OF_RANGE actions.0.dueOn']],
    [
      'due on a day that does not exist',
      { actions: [{ text: 'x', dueOn: 'besok' }] },
      ['INVALID_FORMAT actions.0.dueOn'],
    ],
    ['as many actions as there may be', { actions: actions(20) }, []],
    ['one action more', { actions: actions(21) }, ['TOO_MANY actions']],
    ['as many words as there may be', { issue: 'x'.repeat(4_000) }, []],
    ['one character more', { issue: 'x'.repeat(4_001) }, ['TOO_LONG issue']],
    ['an action as long as it may be', { actions: [{ text: 'x'.repeat(500), dueOn: '2026-03-16' }] }, []],
    [
      'an action that is longer',
      { actions: [{ text: 'x'.repeat(501), dueOn: '2026-03-16' }] },
      ['TOO_LONG actions.0.text'],
    ],
  ])('%s', (_, changes, problems) => {
    expect(problemsOf(changes)).toEqual(problems);
  });

  test('is acknowledged once and followed up once', () => {
    const at = '2026-03-10T00:00:00.000Z';
    const note: GuidanceNote = {
      ...draft,
      id: 'n',
      staffId: 's',
      unitId: 'u',
      givenById: 'a',
      planId: null,
      lineId: null,
      value: null,
      acknowledged: null,
      followUp: null,
      version: 1,
    };
    const read = acknowledge(note, ' ', at);
    expect(read.acknowledged).toEqual({ at, response: null });
    expect(rejected(() => acknowledge(read, 'lagi', at))).toEqual(['WRONG_STATE']);
    expect(acknowledge(note, ' Akan saya jalankan ', at).acknowledged?.response).toBe('Akan saya jalankan');
    expect(acknowledge(note, null, at).acknowledged?.response).toBeNull();
    expect(rejected(() => acknowledge(note, 'x'.repeat(4_001), at))).toEqual(['TOO_LONG response']);
    const found = { outcome: 'IMPROVED', note: ' Baik ', byId: 'a', at } as const;
    const done = followUp(note, found);
    expect(done.followUp).toEqual({ ...found, note: 'Baik' });
    expect(rejected(() => followUp(done, found))).toEqual(['WRONG_STATE']);
    expect(rejected(() => followUp(note, { ...found, note: '' }))).toEqual(['REQUIRED note']);
  });
});
