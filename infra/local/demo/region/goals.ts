import type { DemoGoal } from './shapes.ts';

export const goals: readonly DemoGoal[] = [
  {
    code: 'V',
    title: 'Visi: Kabupaten Tirta Asri yang sehat, cerdas, dan melayani',
    level: 'VISION',
    unit: null,
    parent: null,
  },
  {
    code: 'M1',
    title: 'Misi 1: Mewujudkan sumber daya manusia yang sehat, cerdas, dan berdaya saing',
    level: 'MISSION',
    unit: null,
    parent: 'V',
  },
  {
    code: 'M2',
    title: 'Misi 2: Menggerakkan ekonomi daerah berbasis pariwisata dan desa',
    level: 'MISSION',
    unit: null,
    parent: 'V',
  },
  {
    code: 'M3',
    title: 'Misi 3: Mewujudkan pemerintahan yang bersih, melayani, dan terbuka',
    level: 'MISSION',
    unit: null,
    parent: 'V',
  },
  {
    code: 'S1.1',
    title: 'Meningkatnya pelayanan kesehatan dan kemandirian masyarakat untuk hidup sehat',
    unit: '1.02',
    parent: 'M1',
  },
  { code: 'S1.2', title: 'Meningkatnya partisipasi dan mutu pendidikan dasar', unit: '1.01', parent: 'M1' },
  { code: 'S2.1', title: 'Meningkatnya kunjungan dan lama tinggal wisatawan', unit: '3.26', parent: 'M2' },
  { code: 'S3.1', title: 'Meningkatnya kualitas pelayanan publik di kecamatan', unit: '7.01', parent: 'M3' },
  {
    code: 'S3.2',
    title: 'Meningkatnya akuntabilitas kinerja dan kualitas manajemen ASN',
    unit: null,
    parent: 'M3',
  },
];
