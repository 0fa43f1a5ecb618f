import type { Message } from '../messages.ts';
import type { Column, ExportTableName } from './table.ts';

const text = (id: string, en: string): Column => ({ title: { id, en }, kind: 'TEXT' });
const number = (id: string, en: string): Column => ({ title: { id, en }, kind: 'NUMBER' });

const person = [text('NIP', 'NIP'), text('Nama', 'Name')];
const unit = [text('Kode unit', 'Unit code'), text('Unit', 'Unit')];
const line = [
  text('RHK', 'Work result'),
  text('Jenis', 'Kind'),
  text('Indikator', 'Indicator'),
  text('Satuan', 'Unit of measure'),
];

/** The columns of each table, in their order; the rows are made beside the rules of who may read them (usecases/export). */
export const exportColumns: Readonly<Record<ExportTableName, readonly Column[]>> = {
  STAFF: [
    ...person,
    text('Status', 'Employment'),
    text('Golongan', 'Grade'),
    text('Jabatan', 'Position'),
    text('Rumpun jabatan', 'Job group'),
    ...unit,
  ],
  RESULTS: [
    text('Periode', 'Period'),
    ...person,
    text('Jabatan', 'Position'),
    text('Rumpun jabatan', 'Job group'),
    ...unit,
    number('Nilai hasil kerja', 'Work result score'),
    number('Nilai perilaku', 'Behaviour score'),
    text('Rating hasil kerja', 'Work result rating'),
    text('Rating perilaku', 'Behaviour rating'),
    text('Predikat', 'Predicate'),
    number('Nilai', 'Score'),
    number('Peringkat di unit', 'Rank in the unit'),
    number('Jumlah di unit', 'Ranked in the unit'),
    number('Peringkat di rumpun', 'Rank in the job group'),
    number('Jumlah di rumpun', 'Ranked in the job group'),
    number('Peringkat di daerah', 'Rank in the region'),
    number('Jumlah di daerah', 'Ranked in the region'),
  ],
  UNIT_RESULTS: [
    text('Periode', 'Period'),
    ...unit,
    number('Capaian', 'Achievement'),
    text('Predikat unit', 'Predicate of the unit'),
    number('Sangat baik', 'Excellent'),
    number('Baik', 'Good'),
    number('Butuh perbaikan', 'Needs improvement'),
    number('Kurang', 'Poor'),
    number('Sangat kurang', 'Very poor'),
    number('Tidak dievaluasi', 'Not evaluated'),
  ],
  RANKING: [
    text('Periode', 'Period'),
    number('Peringkat', 'Rank'),
    ...person,
    ...unit,
    number('Nilai', 'Score'),
  ],
  PLANS: [
    text('Tahun', 'Year'),
    ...person,
    ...unit,
    ...line,
    number('Bobot (%)', 'Weight (%)'),
    text('Bulan', 'Month'),
    text('Target', 'Target'),
  ],
  REALISATIONS: [
    text('Bulan', 'Month'),
    ...person,
    ...unit,
    ...line,
    text('Target', 'Target'),
    number('Realisasi', 'Realisation'),
    text('Keadaan', 'State'),
  ],
};

/** What a file is called, and its sheet. */
export const exportTitles: Readonly<Record<ExportTableName, Message>> = {
  STAFF: { id: 'Pegawai', en: 'Staff' },
  RESULTS: { id: 'Hasil', en: 'Results' },
  UNIT_RESULTS: { id: 'Hasil unit', en: 'Unit results' },
  RANKING: { id: 'Peringkat', en: 'Ranking' },
  PLANS: { id: 'SKP', en: 'Plans' },
  REALISATIONS: { id: 'Realisasi', en: 'Realisations' },
};
