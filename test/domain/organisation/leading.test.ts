import { describe, expect, test } from 'vitest';
import {
  comesToLeadAssessor,
  isAssessedOtherwise,
  isInterested,
  isLedBy,
  isLedByFrom,
  isOwnUnit,
  servesElsewhereIn,
  servesInLine,
} from '../../../functions/domain/organisation/leading.ts';
import type { Assignment, Staff } from '../../../functions/domain/organisation/staff.ts';
import { acting, date, elsewhere, place, region, serving, vacant } from './lines-of-leading.ts';
import { headed } from './organisation-builders.ts';

describe('who is led by whom', () => {
  test.each([
    ['staff by the head of their unit', region, place('nurse', 'poli'), 'midwife', true],
    ['staff by a head further up', region, place('nurse', 'poli'), 'chief', true],
    ['staff by a delegated assessor', elsewhere, place('nurse', 'poli', 'curator'), 'curator', true],
    [
      'nobody by the superior of their delegated assessor',
      elsewhere,
      place('nurse', 'poli', 'curator'),
      'tourism',
      false,
    ],
    ['a head by the head above', region, place('midwife', 'poli'), 'doctor', true],
    ['no head by who heads a unit below', acting, place('chief', 'poli'), 'midwife', false],
    ['nobody by themselves', region, place('midwife', 'poli'), 'midwife', false],
    ['nobody by a head elsewhere', elsewhere, place('nurse', 'poli'), 'tourism', false],
  ])('%s', (_, organisation, placed, leader, expected) => {
    expect(isLedBy(organisation, serving(placed), leader, date)).toBe(expected);
  });

  test('nobody is led after they have left', () => {
    expect(isLedBy(region, serving(place('nurse', 'poli')), 'midwife', '2027-01-01')).toBe(false);
  });
});

describe('an officer in whose own matter nobody else would be asked', () => {
  const interested = (officer: Staff | null, parties: readonly (string | null)[], on = date) =>
    isInterested(elsewhere, officer, parties, on);

  test.each([
    ['is one of the two sides', place('nurse', 'poli'), ['midwife', 'nurse'], true],
    ['is led by one of them', place('nurse', 'poli'), ['porter', 'midwife'], true],
    ['is led by one of them from further up', place('nurse', 'poli'), ['doctor', 'chief'], true],
    ['leads them', place('chief', 'dinkes'), ['nurse', 'midwife'], false],
    ['serves elsewhere', place('guard', 'museum'), ['nurse', 'midwife'], false],
    ['is led by who heads the whole region', place('guard', 'museum'), ['regent', null], true],
  ] as const)('%s', (_, placed, parties, expected) => {
    expect(interested(serving(placed), parties)).toBe(expected);
  });

  test('is nobody by an account of nobody on staff', () => {
    expect(interested(null, ['nurse', null])).toBe(false);
  });
  test('is led no more after leaving, and stays who they are', () => {
    const left = serving(place('nurse', 'poli'));
    expect(interested(left, ['midwife'], '2027-01-01')).toBe(false);
    expect(interested(left, ['nurse'], '2027-01-01')).toBe(true);
  });
});

describe('an officer who is judged with a unit', () => {
  const judged = (officer: Staff | null, organisation = elsewhere, on = date) =>
    servesInLine(organisation, officer, 'puskesmas', on);

  test.each([
    ['serves in it', place('clerk', 'puskesmas'), true],
    ['serves below it', place('nurse', 'poli'), true],
    ['serves above it', place('planner', 'dinkes'), true],
    ['serves elsewhere', place('planner', 'dispar'), false],
    ['serves below another unit', place('guard', 'museum'), false],
    ['heads it and serves elsewhere', place('doctor', 'museum'), true],
    ['heads a unit above and serves elsewhere', place('chief', 'museum'), true],
    ['heads a unit below and serves elsewhere', place('midwife', 'museum'), false],
  ] as const)('%s', (_, placed, expected) => {
    expect(judged(serving(placed))).toBe(expected);
  });

  test('is nobody by an account of nobody on staff, nor after leaving', () => {
    expect(judged(null)).toBe(false);
    expect(judged(serving(place('nurse', 'poli')), elsewhere, '2027-01-01')).toBe(false);
    expect(judged(serving(place('clerk', 'puskesmas')), vacant)).toBe(true);
  });
});

describe('on whose own head a decision about a unit is', () => {
  const decides = (officer: Staff | null, organisation = elsewhere, on = date): boolean =>
    isOwnUnit(organisation, officer, 'puskesmas', on);

  test.each([
    ['serves in it', place('clerk', 'puskesmas'), true],
    ['serves below it', place('nurse', 'poli'), true],
    ['serves above it', place('planner', 'dinkes'), false],
    ['serves elsewhere', place('planner', 'dispar'), false],
    ['heads it and serves elsewhere', place('doctor', 'museum'), true],
    ['heads a unit above', place('chief', 'dinkes'), false],
    ['heads a unit below and serves elsewhere', place('midwife', 'museum'), false],
  ] as const)('%s', (_, placed, expected) => {
    expect(decides(serving(placed))).toBe(expected);
  });

  test('is nobody by an account of nobody on staff, nor after leaving', () => {
    expect(decides(null)).toBe(false);
    expect(decides(serving(place('nurse', 'poli')), elsewhere, '2027-01-01')).toBe(false);
  });
});

describe('on any day from one on', () => {
  const stay = (
    unitId: string,
    from: string,
    to: string | null = null,
    assessorId: string | null = null,
  ): Assignment => ({
    ...{ unitId, from, to, assessorId, shard: 0, position: 'Staf', jobGroup: 'general' },
    ...{ functionalLevel: null, positionClass: null },
  });
  const person = (id: string, ...assignments: readonly Assignment[]): Staff => ({
    ...serving(place(id, 'poli')),
    assignments,
  });
  /** The puskesmas is headed by the doctor until the end of May, by nobody in June, and by the nurse from July on. */
  const puskesmas = region.units.get('puskesmas');
  const changing = {
    ...region,
    units: new Map(region.units).set('puskesmas', {
      ...(puskesmas as NonNullable<typeof puskesmas>),
      heads: [
        { staffId: 'doctor', from: '2020-01-01', to: '2026-05-31' },
        { staffId: 'nurse', from: '2026-07-01', to: null },
      ],
    }),
  };

  test.each([
    ['today and ever since', 'poli', 'doctor', '2026-03-31', true],
    ['until yesterday', 'poli', 'doctor', '2026-06-01', false],
    ['on the last day', 'poli', 'doctor', '2026-05-31', true],
    ['from a later day on', 'poli', 'nurse', '2026-03-31', true],
    ['never', 'dinkes', 'nurse', '2026-03-31', false],
  ])('somebody is led: %s', (_, unitId, leader, from, expected) => {
    expect(isLedByFrom(changing, person('clerk', stay(unitId, '2020-01-01')), leader, from)).toBe(expected);
  });

  test('somebody is led where they come to', () => {
    const clerk = person('clerk', stay('bupati', '2020-01-01', '2026-04-30'), stay('poli', '2026-05-01'));
    expect(isLedByFrom(region, clerk, 'midwife', '2026-03-31')).toBe(true);
    expect(isLedByFrom(region, clerk, 'regent', '2026-05-02')).toBe(true);
    expect(isLedByFrom(region, person('clerk', stay('bupati', '2020-01-01')), 'midwife', '2026-03-31')).toBe(
      false,
    );
  });

  test.each([
    ['another head of the unit from that day on', 'puskesmas', '2026-05-31', true],
    ['another superior of the assessor', 'poli', '2026-06-01', true],
    ['other heads below', 'dinkes', '2026-03-31', false],
  ])('%s: staff of %s are assessed otherwise from %s on: %s', (_, unitId, from, expected) => {
    const clerk = person('clerk', stay(unitId, '2020-01-01'));
    expect(isAssessedOtherwise(region, changing, clerk, from)).toBe(expected);
    expect(isAssessedOtherwise(changing, changing, clerk, from)).toBe(false);
  });

  test('the superior counts where the assessor stays', () => {
    const clerk = person('clerk', stay('poli', '2020-01-01'));
    expect(isAssessedOtherwise(region, headed(region, 'puskesmas', null), clerk, date)).toBe(true);
    expect(isAssessedOtherwise(region, headed(region, 'dinkes', null), clerk, date)).toBe(false);
  });

  test('somebody comes to lead their assessor, who was not led before', () => {
    const assessor = person('clerk', stay('poli', '2020-01-01'));
    const led = (assignments: readonly Assignment[], from = '2026-03-31') =>
      comesToLeadAssessor(region, changing, { staff: person('nurse', ...assignments), assessor }, from);
    expect(led([stay('dinkes', '2020-01-01', null, 'clerk')])).toBe(true);
    expect(led([stay('dinkes', '2020-01-01', '2026-06-30', 'clerk'), stay('dinkes', '2026-07-01')])).toBe(
      false,
    );
    expect(led([stay('dinkes', '2020-01-01')])).toBe(false);
    const staff = person('nurse', stay('dinkes', '2020-01-01', null, 'clerk'));
    expect(comesToLeadAssessor(changing, changing, { staff, assessor }, date)).toBe(false);
  });

  test('somebody serves elsewhere than was known, within a stay of another', () => {
    const before = person('clerk', stay('poli', '2020-01-01'));
    const after = person('clerk', stay('poli', '2020-01-01', '2026-05-31'), stay('dinkes', '2026-06-01'));
    const within = (from: string, to: string | null, on = '2026-06-01') =>
      servesElsewhereIn({ from, to }, before, after, on);
    expect(within('2026-01-01', null)).toBe(true);
    expect(within('2026-01-01', '2026-06-01')).toBe(true);
    expect(within('2026-01-01', '2026-05-31', '2026-01-01')).toBe(false);
    expect(within('2026-09-01', null)).toBe(true);
    const same = person('clerk', stay('poli', '2020-01-01', '2026-05-31'), stay('poli', '2026-06-01'));
    expect(servesElsewhereIn({ from: '2026-01-01', to: null }, before, same, '2026-06-01')).toBe(false);
  });
});
