/** A district office with one village office: as few requests as a close can have that scores, ranks and counts heads. */
import type { RegionSpec } from './region.ts';

export const KECAMATAN: RegionSpec = {
  periodId: '2026-Q1',
  units: [
    {
      id: 'kecamatan',
      head: 'camat',
      lines: [{ weight: 10_000, target: '12', reached: ['12', '13', '14'] }],
    },
    { id: 'kelurahan', parent: 'kecamatan', head: 'lurah' },
  ],
  people: [
    { id: 'camat', unit: 'kecamatan', jobGroup: 'leader' },
    {
      id: 'lurah',
      unit: 'kelurahan',
      jobGroup: 'leader',
      lines: [{ weight: 10_000, target: '40', reached: ['38', '44', null] }],
      rated: [['SUPERIOR', 'camat', 4]],
      set: { by: 'camat', workResult: 'ABOVE', behaviour: 'MEETS' },
    },
    {
      id: 'staf',
      unit: 'kelurahan',
      jobGroup: 'clerk',
      lines: [{ weight: 10_000, target: '2', reached: ['1', '2', '3'] }],
      rated: [['SUPERIOR', 'lurah', 5]],
    },
  ],
};
