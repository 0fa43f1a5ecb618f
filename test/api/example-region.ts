import { expect } from 'vitest';
import { importedId } from '../../functions/usecases/new-id.ts';
import { type Failure, hrAdmin, send } from './endpoint-client.ts';
import type { EndpointUnderTest } from './endpoint-under-test.ts';

/** NIP of a man born on 1 January 1980 and appointed in January 2005. @param serial 1 to 999 */
export const nipOf = (serial: number): string => `198001012005011${String(serial).padStart(3, '0')}`;

export const unitId = (code: string): string => importedId('u', code);
export const staffId = (serial: number): string => importedId('s', nipOf(serial));

export interface ImportAnswer {
  readonly imported: number;
  readonly unchanged: number;
  readonly userErrors: readonly Failure[];
}

const UNITS = `mutation ($rows: [ImportUnitRow!]!) {
  importUnits(input: { rows: $rows }) { imported unchanged userErrors { code message path } }
}`;
const STAFF = `mutation ($rows: [ImportStaffRow!]!) {
  importStaff(input: { rows: $rows }) { imported unchanged userErrors { code message path } }
}`;

export async function importUnits(
  { handler }: EndpointUnderTest,
  rows: readonly object[],
): Promise<ImportAnswer> {
  const { data, errors } = await send<{ importUnits: ImportAnswer }>(handler, hrAdmin, UNITS, { rows });
  expect(errors).toEqual([]);
  return data.importUnits;
}

export async function importStaff(
  { handler }: EndpointUnderTest,
  rows: readonly object[],
): Promise<ImportAnswer> {
  const { data, errors } = await send<{ importStaff: ImportAnswer }>(handler, hrAdmin, STAFF, { rows });
  expect(errors).toEqual([]);
  return data.importStaff;
}

export const staffRow = (serial: number, name: string, unitCode: string, more: object = {}): object => ({
  nip: nipOf(serial),
  name,
  employment: 'PNS',
  grade: 'Penata, III/c',
  unitCode,
  position: 'Perawat',
  jobGroup: 'nurse',
  from: '2025-01-01',
  ...more,
});

/** Who is who in the example region, by the serial of their NIP. */
export const people = {
  /** Heads the agency D. */
  agencyHead: staffId(1),
  /** Heads the puskesmas P. */
  head: staffId(2),
  /** Nurses in P, assessed by its head. */
  nurse: staffId(3),
  colleague: staffId(4),
  /** Nurse in the other puskesmas, Q, which has no head: assessed by the agency's. */
  other: staffId(5),
  /** Heads the agency E, which has nothing to do with D. */
  stranger: staffId(6),
} as const;

/** The agency D with the puskesmas P and Q, and the agency E; six people. */
export async function createExampleRegion(api: EndpointUnderTest): Promise<void> {
  const units = [
    { code: 'D', name: 'Dinas Kesehatan', kind: 'DINAS', mission: 'Menyehatkan masyarakat' },
    { code: 'P', name: 'Puskesmas Melati', kind: 'PUSKESMAS', parentCode: 'D' },
    { code: 'Q', name: 'Puskesmas Mawar', kind: 'PUSKESMAS', parentCode: 'D' },
    { code: 'E', name: 'Dinas Pariwisata', kind: 'DINAS' },
  ];
  expect(await importUnits(api, units)).toMatchObject({ imported: 4, userErrors: [] });
  const staff = [
    staffRow(1, 'Ani Agensi', 'D', { position: 'Kepala Dinas', jobGroup: 'leader' }),
    staffRow(2, 'Budi Kepala', 'P', { position: 'Kepala Puskesmas', jobGroup: 'leader' }),
    staffRow(3, 'Citra Perawat', 'P'),
    staffRow(4, 'Dewi Perawat', 'P'),
    staffRow(5, 'Éka Perawat', 'Q'),
    staffRow(6, 'Fajar Wisata', 'E', { position: 'Kepala Dinas', jobGroup: 'leader' }),
  ];
  expect(await importStaff(api, staff)).toMatchObject({ imported: 6, userErrors: [] });
  const heads = [
    { ...units[0], headNip: nipOf(1), headFrom: '2025-01-01' },
    { ...units[1], headNip: nipOf(2), headFrom: '2025-01-01' },
    { ...units[3], headNip: nipOf(6), headFrom: '2025-01-01' },
  ];
  expect(await importUnits(api, heads)).toMatchObject({ imported: 3, userErrors: [] });
}
