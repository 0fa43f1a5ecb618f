import { expect, test } from 'vitest';
import { checkNip } from '../../../functions/domain/organisation/nip.ts';

const reasons = (nip: string, employment: 'PNS' | 'PPPK') =>
  checkNip(nip, employment, '2026-03-10').map(({ params }) => params['reason']);

test.each([
  ['199001012015042001', 'PNS', []],
  ['200002292022031002', 'PNS', []],
  ['199001012023211012', 'PPPK', []],
  ['199001019999999999', 'PPPK', []],
  ['199001012015042000', 'PNS', ['SERIAL']],
  ['199001012023211000', 'PPPK', ['SERIAL']],
  ['19900101201504200', 'PNS', ['LENGTH']],
  ['1990010120150420011', 'PPPK', ['LENGTH']],
  ['', 'PNS', ['LENGTH']],
  ['19900101201504200A', 'PNS', ['DIGITS']],
  ['1990 01 01 2015 04', 'PNS', ['DIGITS']],
  ['١٩٩٠٠١٠١٢٠١٥٠٤٢٠٠١', 'PNS', ['DIGITS']],
  ['199013012015042001', 'PNS', ['BIRTH_DATE']],
  ['190002292015042001', 'PPPK', ['BIRTH_DATE']],
  ['000001012015042001', 'PPPK', ['BIRTH_DATE']],
  ['199001012015132001', 'PNS', ['APPOINTMENT']],
  ['199001012015002001', 'PNS', ['APPOINTMENT']],
  ['199001011989042001', 'PNS', ['APPOINTMENT']],
  ['199001012015043001', 'PNS', ['SEX']],
  ['199001012015040001', 'PNS', ['SEX']],
  ['199002302015133001', 'PNS', ['BIRTH_DATE', 'APPOINTMENT', 'SEX']],
  ['199002302015133001', 'PPPK', ['BIRTH_DATE']],
  ['201112312027011001', 'PNS', []],
  ['201201012027011001', 'PNS', ['BIRTH_DATE']],
  ['209901012115011001', 'PNS', ['BIRTH_DATE', 'APPOINTMENT']],
  ['299912312023211012', 'PPPK', ['BIRTH_DATE']],
  ['199001012028011001', 'PNS', ['APPOINTMENT']],
] as const)('%j as %s: %j', (nip, employment, expected) => {
  expect(reasons(nip, employment)).toEqual(expected);
});

test('the problem names the field and never the number', () => {
  const [found] = checkNip('123', 'PNS', '2026-03-10', 'input.nip');
  expect(found).toEqual({ code: 'INVALID_NIP', path: ['input', 'nip'], params: { reason: 'LENGTH' } });
});
