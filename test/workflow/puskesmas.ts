/**
 * A regional health agency with two puskesmas and an office, small enough to be closed hundreds of times: a unit in two shards,
 * a vacant headship, a unit without agreement, a tie, a transfer inside the period, a delegated assessor, people without plan,
 * without ratings, and with too few raters.
 */
import type { LineSpec, RegionSpec } from './region.ts';

const visits: LineSpec = { weight: 6000, target: '40', reached: ['38', '44', '41'] };
const waiting: LineSpec = {
  weight: 4000,
  polarity: 'MINIMIZE',
  buildUp: 'LATEST',
  target: '30',
  reached: ['35', '32', '28.5'],
};

export const PUSKESMAS: RegionSpec = {
  periodId: '2026-Q1',
  units: [
    {
      id: 'dinas',
      head: 'kadis',
      lines: [
        { weight: 5000, target: '90', buildUp: 'LATEST', reached: ['70', '81', '88'] },
        { weight: 5000, target: '12', reached: ['12', '12', '15'] },
      ],
    },
    {
      id: 'puskesmas-a',
      parent: 'dinas',
      head: 'kapus',
      shards: 2,
      lines: [
        { weight: 7000, target: '100', reached: ['110', '118', '115'] },
        { weight: 3000, polarity: 'MINIMIZE', target: '7', reached: ['6.5', '6.5', '6.5'] },
      ],
    },
    { id: 'puskesmas-b', parent: 'dinas' },
    { id: 'kantor', parent: 'dinas', head: 'kakan' },
  ],
  people: [
    {
      id: 'kadis',
      unit: 'dinas',
      jobGroup: 'leader',
      rated: [
        ['SUBORDINATE', 'kapus', 4],
        ['SUBORDINATE', 'kakan', 5],
        ['SUBORDINATE', 'bidan-b', 3],
      ],
    },
    {
      id: 'kapus',
      unit: 'puskesmas-a',
      jobGroup: 'leader',
      rated: [
        ['SUPERIOR', 'kadis', 4],
        ['SUBORDINATE', 'perawat-1', 4],
        ['SUBORDINATE', 'perawat-2', 5],
        ['SUBORDINATE', 'dokter', 4],
        ['SELF', 'kapus', 5],
      ],
      set: { by: 'kadis', workResult: 'ABOVE', behaviour: 'ABOVE' },
    },
    {
      // Heads a unit without agreement: measured by the own plan.
      id: 'kakan',
      unit: 'kantor',
      jobGroup: 'leader',
      lines: [
        { weight: 10_000, polarity: 'STABILIZE', target: '-50', reached: ['-49', '-52', '-47'] },
        { weight: 0, kind: 'ADDITIONAL', target: '1', reached: ['1', null, null] },
      ],
      rated: [['SUPERIOR', 'kadis', 3]],
    },
    {
      id: 'perawat-1',
      unit: 'puskesmas-a',
      jobGroup: 'nurse',
      lines: [visits, waiting],
      rated: [
        ['SUPERIOR', 'kapus', 4],
        ['PEER', 'perawat-2', 4],
        ['PEER', 'perawat-3', 3],
        ['PEER', 'dokter', 5],
      ],
    },
    {
      // The same inputs in another order: an exact tie.
      id: 'perawat-2',
      unit: 'puskesmas-a',
      jobGroup: 'nurse',
      lines: [waiting, visits],
      rated: [
        ['PEER', 'dokter', 3],
        ['PEER', 'perawat-1', 5],
        ['PEER', 'perawat-3', 4],
        ['SUPERIOR', 'kapus', 4],
      ],
    },
    {
      id: 'perawat-3',
      unit: 'puskesmas-a',
      shard: 1,
      jobGroup: 'nurse',
      lines: [
        {
          weight: 3334,
          polarity: 'RANGE',
          aboveRange: 'INSIDE_IS_BEST',
          buildUp: 'LATEST',
          target: ['80', '90'],
          reached: ['85', '70', null],
        },
        { weight: 3333, target: '8', reached: [null, null, null] },
        { weight: 3333, target: '0', reached: ['4', '4', '4'] },
      ],
      rated: [['SUPERIOR', 'kapus', 2]],
    },
    { id: 'dokter', unit: 'puskesmas-a', shard: 1, jobGroup: 'doctor', rated: [['SUPERIOR', 'kapus', 5]] },
    { id: 'bidan-b', unit: 'puskesmas-b', jobGroup: 'midwife', lines: [{ ...visits, weight: 10_000 }] },
    {
      // Two peers are too few: their opinions stay out.
      id: 'perawat-b',
      unit: 'puskesmas-b',
      jobGroup: 'nurse',
      assessor: 'kapus',
      lines: [{ ...visits, weight: 10_000 }],
      rated: [
        ['SUPERIOR', 'kapus', 5],
        ['PEER', 'bidan-b', 1],
        ['PEER', 'perawat-1', 1],
      ],
    },
    {
      id: 'pindah',
      unit: 'puskesmas-b',
      jobGroup: 'midwife',
      movesTo: { unit: 'puskesmas-a', shard: 1, from: '2026-02-16', jobGroup: 'nurse' },
      lines: [{ weight: 10_000, buildUp: 'LATEST', target: '95', reached: ['80', '90', '93'] }],
      rated: [['SUPERIOR', 'kapus', 4]],
      set: { by: 'kapus', workResult: 'MEETS', behaviour: 'MEETS' },
    },
  ],
};
