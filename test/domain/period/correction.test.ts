import { describe, expect, test } from 'vitest';
import {
  applied,
  decideLate,
  NOTHING_CORRECTED,
  nextContent,
  notHeld,
  runsFollowed,
  undecided,
} from '../../../functions/domain/period/correction.ts';
import type { LateDecision } from '../../../functions/domain/period/period.ts';

const people = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `s-${String(from + at).padStart(2, '0')}`);
const q1 = (run: string, ...staffIds: string[]) => ({ periodId: '2026-Q1', run, staffIds });
const q2 = (run: string, ...staffIds: string[]) => ({ periodId: '2026-Q2', run, staffIds });

describe('what a correction run holds', () => {
  test('is all of the one before and as many new people as its transaction can tell; the next one takes the others', () => {
    const decisions = people(0, 40).toReversed();
    const first = nextContent(NOTHING_CORRECTED, { decisions, follows: [] });
    expect(first).toEqual({ decisions: people(0, 39), follows: [] });
    expect(nextContent(first, { decisions: ['s-40'], follows: [] }).decisions).toEqual(people(0, 40));
  });

  test('counts somebody once whose objection was decided and whose quarter was corrected', () => {
    const waiting = { decisions: people(0, 39), follows: [q1('r1c1', 's-40', ...people(0, 39))] };
    expect(nextContent(NOTHING_CORRECTED, waiting)).toEqual({
      decisions: people(0, 39),
      follows: [q1('r1c1', ...people(0, 39))],
    });
  });

  test('names the runs that it follows by period and run, and in each the people, once', () => {
    const waiting = { decisions: [], follows: [q2('r1c1', 'd', 'c'), q1('r1c2', 'b'), q1('r1c1', 'a')] };
    const first = nextContent(NOTHING_CORRECTED, waiting);
    expect(first.follows).toEqual([q1('r1c1', 'a'), q1('r1c2', 'b'), q2('r1c1', 'c', 'd')]);
    const more = { decisions: [], follows: [q1('r1c2', 'b', 'a2'), q1('r1c3', 'e')] };
    expect(nextContent(first, more).follows).toEqual([
      q1('r1c1', 'a'),
      q1('r1c2', 'a2', 'b'),
      q1('r1c3', 'e'),
      q2('r1c1', 'c', 'd'),
    ]);
  });

  test('does not hold a quarter of somebody for holding another one of theirs', () => {
    const held = { decisions: [], follows: [q1('r1c1', 'a'), q2('r1c1', 'b')] };
    expect(notHeld([q1('r1c2', 'a', 'b'), q2('r1c2', 'a', 'b')], held)).toEqual([
      q1('r1c2', 'b'),
      q2('r1c2', 'a'),
    ]);
    expect(notHeld([q1('r1c2', 'a')], held)).toEqual([]);
  });

  test('keeps the run of the quarter that each person follows', () => {
    const first = nextContent(NOTHING_CORRECTED, {
      decisions: [],
      follows: [q1('r1c1', 'b'), q2('r1c1', 'b')],
    });
    const waiting = notHeld([q1('r1c2', 'a', 'b'), q2('r1c1', 'b')], first);
    expect(waiting).toEqual([q1('r1c2', 'a')]);
    const second = nextContent(first, { decisions: [], follows: waiting });
    const frozen = [
      { periodId: '2026-Q1', run: 'r1' },
      { periodId: '2026-Q2', run: 'r1' },
    ];
    const runs = (staffId: string) => runsFollowed(frozen, second, staffId).map(({ run }) => run);
    expect([runs('a'), runs('b'), runs('c')]).toEqual([
      ['r1c2', 'r1'],
      ['r1c1', 'r1c1'],
      ['r1', 'r1'],
    ]);
  });
});

describe('a correction that reaches a final year', () => {
  const decision = (outcome: LateDecision['outcome'], ...staffIds: string[]): LateDecision => ({
    sourcePeriodId: '2026-Q1',
    staffIds,
    outcome,
    reason: 'Angka triwulan keliru',
    decidedById: 'hr',
    at: '2027-03-01T00:00:00.000Z',
  });
  const late = [q1('r1c1', 'a', 'b'), q2('r1c1', 'a')];

  test('is applied to those for whom it was decided so, and waits for a decision on the others', () => {
    const decisions = decideLate([], late, decision('APPLY', 'a'));
    expect(applied(late, decisions)).toEqual([q1('r1c1', 'a')]);
    expect(undecided(late, decisions)).toEqual([q1('r1c1', 'b'), q2('r1c1', 'a')]);
    const both = decideLate(decisions, undecided(late, decisions), decision('KEEP', 'b'));
    expect(applied(late, both)).toEqual([q1('r1c1', 'a')]);
    expect(undecided(late, both)).toEqual([q2('r1c1', 'a')]);
  });

  test('is decided once, and only for whom it waits', () => {
    const decisions = decideLate([], late, decision('KEEP', 'a'));
    const again = () => decideLate(decisions, undecided(late, decisions), decision('APPLY', 'a'));
    expect(again).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: 'NOT_FOUND' })] }),
    );
    expect(() => decideLate([], late, decision('KEEP'))).toThrow();
  });

  test('is decided for a hundred people at once and not for one more, each counted once', () => {
    const crowd = Array.from({ length: 101 }, (_, at) => `s-${at}`);
    const waiting = [q1('r1c1', ...crowd)];
    const hundred = crowd.slice(0, 100);
    expect(decideLate([], waiting, decision('KEEP', ...hundred, 's-0'))[0]?.staffIds).toHaveLength(100);
    expect(() => decideLate([], waiting, decision('KEEP', ...crowd))).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: 'TOO_MANY' })] }),
    );
  });
});
