import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { presenceIn, servesFrom } from '../../../functions/domain/evaluation/presence.ts';
import {
  type Absence,
  type AbsenceKind,
  checkAbsences,
} from '../../../functions/domain/organisation/absence.ts';

const QUARTER = { start: '2026-01-01', end: '2026-03-31' };
const away = (kind: AbsenceKind, from: string, to: string | null): Absence => ({ kind, from, to });
const presence = (absences: readonly Absence[], from = '2020-01-01', minimumPresence = 0) =>
  presenceIn({ servesFrom: from, absences }, QUARTER, { minimumPresence });

describe('the presence in a quarter of 90 days', () => {
  test('needs no words when it is whole', () => {
    expect(presence([])).toBeNull();
    expect(
      presence([away('LEAVE', '2025-11-01', '2025-12-31'), away('LEAVE', '2026-04-01', null)]),
    ).toBeNull();
  });
  test.each([
    ['from the middle on', [], '2026-02-15', { served: 45, absent: 0, study: 0, evaluated: true }],
    [
      'less leave',
      [away('LEAVE', '2025-12-20', '2026-01-10')],
      '2020-01-01',
      { served: 90, absent: 10, study: 0, evaluated: true },
    ],
    [
      'away for good since March',
      [away('PRE_RETIREMENT', '2026-03-01', null)],
      '2020-01-01',
      { served: 90, absent: 31, study: 0, evaluated: true },
    ],
    [
      'all on leave',
      [away('UNPAID_LEAVE', '2025-01-01', '2026-12-31')],
      '2020-01-01',
      { served: 90, absent: 90, study: 0, evaluated: false },
    ],
    [
      'all studying',
      [away('STUDY', '2025-09-01', null)],
      '2020-01-01',
      { served: 90, absent: 0, study: 90, evaluated: true },
    ],
    [
      'leave before the first day does not count',
      [away('LEAVE', '2026-01-01', '2026-01-31')],
      '2026-02-01',
      { served: 59, absent: 0, study: 0, evaluated: true },
    ],
  ] as const)('%s', (_, absences, from, expected) => {
    expect(presence(absences, from)).toEqual({ days: 90, ...expected });
  });
  test.each([
    [5_000, '2026-02-15', true],
    [5_001, '2026-02-15', false],
    [10_000, '2026-01-02', false],
    [0, '2026-03-31', true],
  ])('of a policy that asks for %d basis points, from %s: %s', (minimum, from, evaluated) => {
    expect(presence([], from, minimum)?.evaluated).toBe(evaluated);
  });
  test('never falls when the policy asks for less', () => {
    fc.assert(
      fc.property(fc.nat(90), fc.nat(10_000), fc.nat(10_000), (day, a, b) => {
        const from = new Date(Date.UTC(2026, 0, 1 + Math.min(day, 89))).toISOString().slice(0, 10);
        const at = (minimum: number) => presence([], from, minimum)?.evaluated ?? true;
        return at(Math.min(a, b)) || !at(Math.max(a, b));
      }),
    );
  });
});

describe('service', () => {
  const stays = [
    { from: '2020-01-01', to: '2024-12-31' },
    { from: '2025-03-01', to: '2026-02-28' },
    { from: '2026-03-01', to: null },
  ];
  test('is counted through transfers, and not through a gap', () => {
    expect(servesFrom(stays, '2026-03-01')).toBe('2025-03-01');
    expect(servesFrom(stays, '2020-01-01')).toBe('2020-01-01');
  });
});

describe('absences', () => {
  test('come one after the other', () => {
    const problems = checkAbsences([
      away('LEAVE', '2026-01-10', '2026-01-01'),
      away('STUDY', '2026-02-01', null),
      away('LEAVE', '2026-03-01', '2026-03-02'),
    ]);
    expect(problems.map(({ code, path }) => [code, ...path].join(' '))).toEqual([
      'OUT_OF_RANGE absences 0 to',
      'OUT_OF_RANGE absences 2 from',
    ]);
    expect(
      checkAbsences([away('LEAVE', '2026-01-01', '2026-01-31'), away('STUDY', '2026-02-01', null)]),
    ).toEqual([]);
    expect(
      checkAbsences([away('LEAVE', '2026-01-01', '2026-01-31'), away('STUDY', '2026-01-31', null)]),
    ).toMatchObject([{ code: 'OUT_OF_RANGE', params: { minimum: '2026-02-01' } }]);
  });
});
