import type { Staff } from '../../../functions/domain/organisation/staff.ts';
import { headed, organisationOf } from './organisation-builders.ts';

/** The day on which these lines are asked about. */
export const date = '2026-03-31';
const LINES: Parameters<typeof organisationOf>[0] = [
  ['bupati', null, 'regent'],
  ['dinkes', 'bupati', 'chief'],
  ['puskesmas', 'dinkes', 'doctor'],
  ['poli', 'puskesmas', 'midwife'],
];
/** A regency, its health agency, a puskesmas and a clinic in it, each with a head. */
export const region = organisationOf(LINES);
/** The same with another agency. */
export const elsewhere = organisationOf([
  ...LINES,
  ['dispar', 'bupati', 'tourism'],
  ['museum', 'dispar', 'curator'],
]);
export const vacant = headed(region, 'puskesmas', null);
export const acting = headed(region, 'puskesmas', 'chief');

export const place = (staffId: string, unitId: string, assessorId: string | null = null) => ({
  staffId,
  unitId,
  assessorId,
});

/** Somebody who serves in one place until the end of 2026. */
export const serving = ({ staffId, unitId, assessorId }: ReturnType<typeof place>): Staff => ({
  id: staffId,
  nip: '197001011990011001',
  name: staffId,
  employment: 'PNS',
  grade: null,
  email: null,
  assignments: [
    {
      ...{ unitId, assessorId, shard: 0, position: 'Staf', jobGroup: 'general' },
      ...{ functionalLevel: null, positionClass: null, from: '2020-01-01', to: '2026-12-31' },
    },
  ],
  retiredFrom: null,
  homes: {},
  absences: [],
  version: 1,
});
