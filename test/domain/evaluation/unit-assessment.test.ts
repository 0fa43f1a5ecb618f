import { describe, expect, test } from 'vitest';
import {
  checkPeriodOver,
  checkUnitDecision,
  unitDeciderOn,
  unitPredicateOf,
} from '../../../functions/domain/evaluation/unit-assessment.ts';
import { organisationOf } from '../organisation/organisation-builders.ts';

describe('who sets the predicate of a unit', () => {
  // dinas (D) over puskesmas (P) over two posts, and an empty post under an empty section.
  const organisation = organisationOf([
    ['dinas', null, 'D'],
    ['puskesmas', 'dinas', 'P'],
    ['post-1', 'puskesmas', 'P'],
    ['section', 'dinas', null],
    ['post-2', 'section', null],
    ['post-3', 'section', 'Q'],
  ]);
  test.each([
    ['the head of the unit above', 'puskesmas', 'D'],
    ['nobody who heads the unit, also where one person heads both', 'post-1', 'D'],
    ['past a vacant post, the next above', 'post-3', 'D'],
    ['of a vacant unit, the nearest head above', 'post-2', 'D'],
    ['of a unit at the top, nobody: the planner', 'dinas', null],
    ['of an unknown unit, nobody', 'nowhere', null],
  ])('%s', (_, unitId, decider) => {
    expect(unitDeciderOn(organisation, unitId, '2026-03-31')).toBe(decider);
  });
});

test('what was set counts, else the proposal, also where nothing could be proposed', () => {
  expect(unitPredicateOf({ proposed: 'GOOD', decision: null })).toBe('GOOD');
  expect(unitPredicateOf({ proposed: 'GOOD', decision: { predicate: 'POOR' } })).toBe('POOR');
  expect(unitPredicateOf({ proposed: null, decision: { predicate: 'GOOD' } })).toBe('GOOD');
  expect(unitPredicateOf({ proposed: null, decision: null })).toBeNull();
});

test.each([
  ['GOOD', 'GOOD', null, []],
  ['GOOD', 'POOR', null, ['REASON_REQUIRED']],
  ['GOOD', null, '  ', ['REASON_REQUIRED']],
  ['GOOD', 'POOR', 'the flood', []],
] as const)('%s where %s was proposed, because %s', (predicate, proposed, reason, codes) => {
  expect(checkUnitDecision({ predicate, proposed, reason }).map(({ code }) => code)).toEqual(codes);
});

test('a period is over on the day after its last one', () => {
  expect(checkPeriodOver({ end: '2026-03-31' }, '2026-03-31')).toMatchObject([{ code: 'PERIOD_NOT_OVER' }]);
  expect(checkPeriodOver({ end: '2026-03-31' }, '2026-04-01')).toEqual([]);
});
