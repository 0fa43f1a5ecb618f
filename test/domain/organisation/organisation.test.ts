import { describe, expect, test } from 'vitest';
import {
  ancestorsOf,
  childrenOf,
  headedUnitOn,
  headOn,
  isActiveOn,
  reachOf,
  subtreeOf,
  type Unit,
  unitsHeadedFrom,
  unitsHeadedOn,
  withHeadFrom,
  wouldCycle,
} from '../../../functions/domain/organisation/organisation.ts';
import { headed, organisationOf } from './organisation-builders.ts';

const region = organisationOf([
  ['bupati', null, 'regent'],
  ['dinkes', 'bupati', 'chief'],
  ['puskesmas-b', 'dinkes', 'doctor-b'],
  ['puskesmas-a', 'dinkes', 'doctor-a'],
  ['klinik', 'puskesmas-a', null],
  ['disdik', 'bupati', 'teacher'],
]);
const ids = (units: readonly { readonly id: string }[]) => units.map(({ id }) => id);

describe('the tree', () => {
  test('children, ancestors and subtree', () => {
    expect(ids(childrenOf(region, 'dinkes'))).toEqual(['puskesmas-a', 'puskesmas-b']);
    expect(ids(childrenOf(region, null))).toEqual(['bupati']);
    expect(ids(ancestorsOf(region, 'klinik'))).toEqual(['puskesmas-a', 'dinkes', 'bupati']);
    expect(ancestorsOf(region, 'bupati')).toEqual([]);
    expect(ids(subtreeOf(region, 'dinkes'))).toEqual(['dinkes', 'puskesmas-a', 'klinik', 'puskesmas-b']);
    expect(subtreeOf(region, 'nowhere')).toEqual([]);
    expect(ancestorsOf(region, 'nowhere')).toEqual([]);
  });

  test('units come by code, whatever the order in which they were entered', () => {
    const codes = ['c', 'a', 'd', 'b'];
    for (const order of [codes, codes.toReversed(), codes.toSorted()]) {
      const organisation = organisationOf([
        ['root', null, null],
        ...order.map((code) => [code, 'root', 'chief'] as const),
      ]);
      expect(ids(childrenOf(organisation, 'root'))).toEqual(['a', 'b', 'c', 'd']);
      expect(ids(unitsHeadedOn(organisation, 'chief', '2026-03-31'))).toEqual(['a', 'b', 'c', 'd']);
      expect(ids(unitsHeadedFrom(organisation, 'chief', '2026-03-31'))).toEqual(['a', 'b', 'c', 'd']);
    }
  });

  test.each([
    ['dinkes', 'klinik', true],
    ['dinkes', 'dinkes', true],
    ['bupati', 'disdik', true],
    ['klinik', 'disdik', false],
    ['dinkes', null, false],
    ['puskesmas-a', 'bupati', false],
  ])('%s under %s would be a cycle: %s', (unit, parent, cycle) => {
    expect(wouldCycle(region, unit, parent)).toBe(cycle);
  });

  test('a cycle that is there already ends every walk', () => {
    const broken = organisationOf([
      ['a', 'b', null],
      ['b', 'a', null],
    ]);
    expect(ids(ancestorsOf(broken, 'a'))).toEqual(['b']);
    expect(ids(subtreeOf(broken, 'a'))).toEqual(['a', 'b']);
  });
});

describe('heads', () => {
  const heads = [
    { staffId: 'old', from: '2020-01-01', to: '2026-02-14' },
    { staffId: 'new', from: '2026-03-01', to: null },
  ];
  test.each([
    ['2019-12-31', null],
    ['2020-01-01', 'old'],
    ['2026-02-14', 'old'],
    ['2026-02-20', null],
    ['2026-03-01', 'new'],
    ['2030-01-01', 'new'],
  ])('on %s: %s', (date, head) => {
    expect(headOn({ heads }, date)).toBe(head);
  });

  test('a new head ends the one before, and takes the place of a later one', () => {
    expect(withHeadFrom(heads, 'third', '2026-02-01', '2026-01-31')).toEqual([
      { staffId: 'old', from: '2020-01-01', to: '2026-01-31' },
      { staffId: 'third', from: '2026-02-01', to: null },
    ]);
    expect(withHeadFrom(heads, null, '2026-05-01', '2026-04-30')).toEqual([
      heads[0],
      { staffId: 'new', from: '2026-03-01', to: '2026-04-30' },
    ]);
  });

  test('a head who begins on the very day gives way, and one who ends on it ends the day before', () => {
    const third = { staffId: 'third', from: '2026-03-01', to: null };
    expect(withHeadFrom(heads, 'third', '2026-03-01', '2026-02-28')).toEqual([heads[0], third]);
    expect(withHeadFrom(heads, 'third', '2026-02-14', '2026-02-13')).toEqual([
      { ...heads[0], to: '2026-02-13' },
      { ...third, from: '2026-02-14' },
    ]);
    expect(withHeadFrom(heads, 'third', '2026-02-15', '2026-02-14')).toEqual([
      heads[0],
      { ...third, from: '2026-02-15' },
    ]);
  });

  test.each([
    ['2026-02-13', ['dinkes']],
    ['2026-02-14', ['dinkes']],
    ['2026-02-15', []],
  ])('who heads a unit to 14 February heads from %s on %j', (from, expected) => {
    const unit = { ...region.units.get('dinkes'), heads } as Unit;
    const changed = { ...region, units: new Map(region.units).set('dinkes', unit) };
    expect(ids(unitsHeadedFrom(changed, 'old', from))).toEqual(expected);
    expect(ids(unitsHeadedFrom(changed, 'new', from))).toEqual(['dinkes']);
  });

  test('a unit is active until the day it retires', () => {
    expect(isActiveOn({ retiredFrom: null }, '2026-01-01')).toBe(true);
    expect(isActiveOn({ retiredFrom: '2026-01-01' }, '2025-12-31')).toBe(true);
    expect(isActiveOn({ retiredFrom: '2026-01-01' }, '2026-01-01')).toBe(false);
  });

  test('the unit that a person heads, of their own and those above', () => {
    const date = '2026-03-31';
    expect(headedUnitOn(region, { staffId: 'doctor-a', unitId: 'puskesmas-a' }, date)?.id).toBe(
      'puskesmas-a',
    );
    expect(headedUnitOn(region, { staffId: 'nurse', unitId: 'puskesmas-a' }, date)).toBeNull();
    expect(headedUnitOn(region, { staffId: 'chief', unitId: 'klinik' }, date)?.id).toBe('dinkes');
    expect(ids(unitsHeadedOn(headed(region, 'klinik', 'doctor-a'), 'doctor-a', date))).toEqual([
      'klinik',
      'puskesmas-a',
    ]);
  });
});

test('a head reaches through vacant units below, to their members and to the heads under them', () => {
  const organisation = organisationOf([
    ['dinas', null, 'D'],
    ['section', 'dinas', null],
    ['room', 'section', null],
    ['post', 'section', 'P'],
    ['under-post', 'post', 'Q'],
    ['puskesmas', 'dinas', 'K'],
  ]);
  const dinas = organisation.units.get('dinas');
  if (dinas === undefined) throw new Error('no unit');
  const { units, heads } = reachOf(organisation, dinas, '2026-03-31');
  expect(units.map(({ id }) => id)).toEqual(['dinas', 'section', 'room']);
  expect([...heads].sort()).toEqual(['K', 'P']);
});
