import { describe, expect, test } from 'vitest';
import {
  type Assignment,
  assessorOfStaffOn,
  assessorOn,
  assessorsSuperior,
  assignmentOn,
  homeInYear,
  homeOf,
  isAssessedByRegionalHead,
  type Membership,
  monthsServed,
  type Staff,
  wasMemberOn,
  withAssignments,
} from '../../../functions/domain/organisation/staff.ts';
import { acting, date, elsewhere, place, region, serving, vacant } from './lines-of-leading.ts';
import { headed } from './organisation-builders.ts';

describe('the assessor of record', () => {
  test.each([
    ['a member of staff', region, place('nurse', 'poli'), 'midwife', 'poli'],
    ['the head of a unit', region, place('midwife', 'poli'), 'doctor', 'puskesmas'],
    ['a head, where the post above is vacant', vacant, place('midwife', 'poli'), 'chief', 'dinkes'],
    ['staff of a vacant unit', vacant, place('clerk', 'puskesmas'), 'chief', 'dinkes'],
    ['staff of an acting head', acting, place('clerk', 'puskesmas'), 'chief', 'puskesmas'],
    ['who heads two levels', acting, place('chief', 'puskesmas'), 'regent', 'bupati'],
    ['a head who serves in a unit below', region, place('chief', 'poli'), 'regent', 'bupati'],
    ['the head of a root', region, place('regent', 'bupati'), null, null],
    ['a delegated assessor who heads nothing', region, place('nurse', 'poli', 'senior'), 'senior', 'poli'],
    [
      'a delegated assessor who heads a unit above',
      region,
      place('nurse', 'poli', 'chief'),
      'chief',
      'dinkes',
    ],
    [
      'a delegated assessor who heads a unit elsewhere',
      elsewhere,
      place('nurse', 'poli', 'curator'),
      'curator',
      'museum',
    ],
    ['a delegation to oneself', region, place('nurse', 'poli', 'nurse'), 'midwife', 'poli'],
    ['somebody in no unit', region, place('nurse', 'nowhere'), null, null],
  ])('of %s', (_, organisation, placed, assessorId, assessedInUnitId) => {
    expect(assessorOn(organisation, placed, date)).toEqual({ assessorId, assessedInUnitId });
  });
});

describe('whom only the head of the region assesses', () => {
  const assessed = (placed: ReturnType<typeof place>, organisation = region): boolean =>
    isAssessedByRegionalHead(organisation, serving(placed), date);
  const headless = headed(region, 'bupati', null);

  test.each([
    ['the head of a root', place('regent', 'bupati'), region, true],
    ['the highest head below a vacant root', place('chief', 'dinkes'), headless, true],
    ['a head who serves below', place('regent', 'poli'), region, true],
    ['a head with a head above', place('chief', 'dinkes'), region, false],
    ['staff of a vacant root, who head nothing', place('clerk', 'bupati'), headless, false],
    ['the head of a root with a delegated assessor', place('regent', 'bupati', 'elder'), region, false],
  ] as const)('%s', (_, placed, organisation, expected) => {
    expect(assessed(placed, organisation)).toBe(expected);
  });

  test('nobody who serves nowhere', () => {
    expect(isAssessedByRegionalHead(region, serving(place('regent', 'bupati')), '2027-01-01')).toBe(false);
  });
});

describe("the assessor's superior", () => {
  test.each([
    ['of a member of staff', region, 'nurse', 'midwife', 'poli', 'doctor'],
    ['over a vacant post', vacant, 'nurse', 'midwife', 'poli', 'chief'],
    ['of a delegated assessor', region, 'nurse', 'senior', 'poli', 'midwife'],
    ['of one who heads a unit elsewhere', elsewhere, 'nurse', 'curator', 'museum', 'tourism'],
    ['of the highest assessor', region, 'chief', 'regent', 'bupati', null],
    ['is never the person assessed', region, 'midwife', 'senior', 'poli', 'doctor'],
    ['skips the assessor who heads two levels', acting, 'clerk', 'chief', 'puskesmas', 'regent'],
  ])('%s', (_, organisation, staffId, assessorId, assessedInUnitId, superior) => {
    expect(assessorsSuperior(organisation, staffId, { assessorId, assessedInUnitId }, date)).toBe(superior);
  });
  test('of nobody is nobody', () => {
    expect(
      assessorsSuperior(region, 'regent', { assessorId: null, assessedInUnitId: null }, date),
    ).toBeNull();
  });
});

const nurse: Staff = {
  id: 'nurse',
  nip: '199001012015042001',
  name: 'Sari',
  employment: 'PNS',
  grade: null,
  assignments: [
    {
      unitId: 'poli',
      shard: 0,
      position: 'Perawat',
      jobGroup: 'nurse',
      assessorId: null,
      functionalLevel: null,
      positionClass: null,
      from: '2025-01-01',
      to: '2026-02-28',
    },
    {
      unitId: 'puskesmas',
      shard: 1,
      position: 'Perawat',
      jobGroup: 'nurse',
      assessorId: null,
      functionalLevel: null,
      positionClass: null,
      from: '2026-03-01',
      to: null,
    },
  ],
  retiredFrom: '2027-01-01',
  homes: {},
  email: null,
  absences: [],
  version: 1,
};

test.each([
  ['2024-12-31', null, null],
  ['2026-02-28', 'poli', 'midwife'],
  ['2026-03-01', 'puskesmas', 'doctor'],
  ['2026-12-31', 'puskesmas', 'doctor'],
  ['2027-01-01', null, null],
])('on %s the nurse serves in %s under %s', (day, unitId, assessorId) => {
  expect(assignmentOn(nurse, day)?.unitId ?? null).toBe(unitId);
  expect(assessorOfStaffOn(region, nurse, day).assessorId).toBe(assessorId);
});

describe('the months of a year in which somebody serves', () => {
  const stays = (...spans: readonly (readonly [from: string, to: string | null])[]) => ({
    ...serving(place('nurse', 'poli')),
    assignments: spans.flatMap(([from, to]) =>
      serving(place('nurse', 'poli')).assignments.map((stay) => ({ ...stay, from, to })),
    ),
  });
  const months = (staff: Staff) => [monthsServed(staff, 2026).at(0), monthsServed(staff, 2026).length];

  test.each([
    ['are all for who was there before', stays(['2020-01-01', null]), ['01', 12]],
    ['are all from the first day of the year on', stays(['2026-01-01', null]), ['01', 12]],
    ['include the month of the first day', stays(['2026-11-16', null]), ['11', 2]],
    ['include January of who comes in it', stays(['2026-01-19', null]), ['01', 12]],
    [
      'do not begin again with a transfer',
      stays(['2025-05-01', '2026-06-30'], ['2026-07-01', null]),
      ['01', 12],
    ],
    [
      'begin with the first of two stays',
      stays(['2026-03-02', '2026-06-30'], ['2026-07-01', null]),
      ['03', 10],
    ],
    ['begin anew after a year away', stays(['2020-01-01', '2024-12-31'], ['2026-08-03', null]), ['08', 5]],
    ['are all where nothing is known of the year', stays(['2027-02-01', null]), ['01', 12]],
  ] as const)('%s', (_, staff, expected) => {
    expect(months(staff)).toEqual(expected);
  });
});

describe('the home of a year', () => {
  const at = (unitId: string, from: string, to: string | null = null): Assignment => ({
    unitId,
    shard: 0,
    position: 'Perawat',
    jobGroup: 'nurse',
    assessorId: null,
    functionalLevel: null,
    positionClass: null,
    from,
    to,
  });
  const homesOf = (staff: Staff, ...years: number[]) =>
    years.map((year) => homeInYear(staff, year)?.unitId ?? null);
  const settled: Staff = { ...nurse, assignments: [at('poli', '2025-03-01')], retiredFrom: null };

  test('stays where it was when a transfer is entered late, or on the day the year began', () => {
    const late = withAssignments(
      settled,
      [at('poli', '2025-03-01', '2025-12-14'), at('lab', '2025-12-15')],
      '2026-03-10',
    );
    expect(homesOf(late, 2024, 2025, 2026, 2027, 2028)).toEqual([null, 'poli', 'poli', 'poli', 'lab']);
    const newYear = withAssignments(
      settled,
      [at('poli', '2025-03-01', '2025-12-31'), at('lab', '2026-01-01')],
      '2025-11-10',
    );
    expect(homesOf(newYear, 2025, 2026, 2027)).toEqual(['poli', 'poli', 'lab']);
  });
  test('stays where it was when the unit is corrected, again and again', () => {
    const once = withAssignments(settled, [at('lab', '2025-03-01')], '2026-03-10');
    const twice = withAssignments(once, [at('apotek', '2025-03-01')], '2027-03-10');
    expect(homesOf(twice, 2025, 2027, 2028, 2029)).toEqual(['poli', 'poli', 'lab', 'apotek']);
  });
  test('is set by the first assignment of a year that had none', () => {
    const ahead: Staff = { ...settled, assignments: [at('poli', '2025-03-01', '2025-06-30')] };
    const back = withAssignments(ahead, [...ahead.assignments, at('lab', '2026-02-01')], '2026-03-10');
    expect(homesOf(back, 2025, 2026, 2027)).toEqual(['poli', 'lab', 'lab']);
    expect(back.homes).toEqual({});
  });
  test('is the new unit for those who come back after a retirement', () => {
    const retired: Staff = { ...settled, retiredFrom: '2025-09-01' };
    const back = withAssignments(
      retired,
      [at('poli', '2025-03-01', '2025-08-31'), at('lab', '2026-03-01')],
      '2026-03-10',
    );
    expect(homesOf({ ...back, retiredFrom: null }, 2025, 2026, 2027)).toEqual(['poli', 'lab', 'lab']);
  });
});

describe('the home of a year at its ends', () => {
  const at = (unitId: string, from: string, to: string | null = null): Assignment => ({
    ...(nurse.assignments[0] as Assignment),
    unitId,
    from,
    to,
  });
  test.each<readonly [string, readonly Assignment[], string | null]>([
    [
      'a stay that ends on 1 January',
      [at('poli', '2025-03-01', '2026-01-01'), at('lab', '2026-01-02')],
      'poli',
    ],
    [
      'a stay that begins on 1 January',
      [at('poli', '2025-03-01', '2025-12-31'), at('lab', '2026-01-01')],
      'lab',
    ],
    ['a stay that begins on 31 December', [at('lab', '2026-12-31')], 'lab'],
    ['a stay that begins on the next 1 January', [at('lab', '2027-01-01')], null],
    ['a stay that ended on 31 December', [at('poli', '2025-03-01', '2025-12-31')], null],
    ['a stay of 1 January alone', [at('poli', '2026-01-01', '2026-01-01')], 'poli'],
  ])('%s', (_, assignments, home) => {
    expect(homeInYear({ assignments, homes: {} }, 2026)?.unitId ?? null).toBe(home);
  });

  test.each([
    ['from 1 January on', '2026-01-01', ['poli', 'apotek']],
    ['from 2 January on', '2026-01-02', ['poli', 'poli']],
    ['within the year before', '2025-09-01', ['poli', 'apotek']],
  ])(
    'who was retired %s and comes back has kept the home of each year they served in',
    (_, retiredFrom, homes) => {
      const retired: Staff = { ...nurse, assignments: [at('poli', '2025-03-01')], retiredFrom };
      const back = withAssignments(
        retired,
        [at('lab', '2025-03-01', '2025-08-31'), at('apotek', '2026-03-01')],
        '2026-03-10',
      );
      expect([2025, 2026].map((year) => homeInYear(back, year)?.unitId)).toEqual(homes);
    },
  );
});

test('the home of a year stays in its shard when the same unit is entered with another one', () => {
  const [first] = nurse.assignments;
  const before: Staff = {
    ...nurse,
    assignments: [{ ...(first as Assignment), to: null }],
    retiredFrom: null,
  };
  const after = withAssignments(before, [{ ...(first as Assignment), shard: 3, to: null }], '2025-06-01');
  expect([2025, 2026, 2027].map((year) => homeInYear(after, year)?.shard)).toEqual([0, 0, 3]);
});

describe('a membership', () => {
  const membership: Membership = {
    staffId: 'nurse',
    unitId: 'puskesmas',
    shard: 1,
    position: 'Perawat',
    jobGroup: 'nurse',
    assessorId: null,
    from: '2026-03-01',
    to: '2027-06-30',
    homes: { 2026: { unitId: 'poli', shard: 0 } },
    servesFrom: '2025-01-01',
    absences: [],
  };
  test('has its work where the year began', () => {
    expect(homeOf(membership, 2026)).toEqual({ unitId: 'poli', shard: 0 });
    expect(homeOf(membership, 2027)).toEqual({ unitId: 'puskesmas', shard: 1 });
    expect(homeOf({ ...membership, homes: {} }, 2026)).toEqual({ unitId: 'puskesmas', shard: 1 });
  });
  test.each([
    ['2026-02-28', false],
    ['2026-03-01', true],
    ['2027-06-30', true],
    ['2027-07-01', false],
  ])('on %s: %s', (day, member) => {
    expect(wasMemberOn(membership, day)).toBe(member);
  });
});
