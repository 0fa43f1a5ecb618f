import { describe, expect, test } from 'vitest';
import { definitionOf } from '../../../functions/documents/definition.ts';
import type { OfficialDocument } from '../../../functions/domain/document/document.ts';
import { dispute, evaluationDocument, planForm, stamp } from '../../domain/document/document-builders.ts';

/** Every text of a definition, in the order in which it is laid out. */
const textsOf = (content: unknown): string[] => {
  if (typeof content === 'string') return content === '' ? [] : [content];
  if (Array.isArray(content)) return content.flatMap(textsOf);
  if (typeof content !== 'object' || content === null) return [];
  const { text, stack, columns, table } = content as Record<string, unknown>;
  const body = (table as { readonly body?: unknown } | undefined)?.body;
  return [text, stack, columns, body].flatMap(textsOf);
};

/** Of these titles those that the document has, in its order. */
const inOrder = (document: OfficialDocument, titles: readonly string[]): readonly string[] => {
  const texts = textsOf(definitionOf(document).content);
  let from = 0;
  return titles.filter((title) => {
    const at = texts.indexOf(title, from);
    if (at !== -1) from = at + 1;
    return at !== -1;
  });
};

const EVALUATED = [
  'DOKUMEN EVALUASI KINERJA PEGAWAI',
  'PERIODE: TRIWULAN I',
  '1. PEGAWAI YANG DINILAI',
  'NAMA',
  'NIP',
  'PANGKAT/ GOL. RUANG',
  'JABATAN',
  'UNIT KERJA',
  '2. PEJABAT PENILAI KINERJA',
  '3. ATASAN PEJABAT PENILAI KINERJA',
  '4. EVALUASI KINERJA',
  'CAPAIAN KINERJA ORGANISASI',
  ': BAIK',
  'PREDIKAT KINERJA PEGAWAI',
  '5. CATATAN/ REKOMENDASI',
  'Pertahankan kunjungan rumah',
];

describe('the forms have the fields of the annex in its order', () => {
  test('D.1.1', () => {
    const fields = [...EVALUATED, '7. Pegawai yang Dinilai', '6. Pejabat Penilai Kinerja'];
    expect(inOrder(evaluationDocument(), fields)).toEqual(fields);
  });

  test('D.1.2', () => {
    const fields = [...EVALUATED, '7. Pegawai yang Dinilai', '6. Atasan Pejabat Penilai Kinerja'];
    expect(inOrder(evaluationDocument({ format: 'D.1.2' }), fields)).toEqual(fields);
  });

  test('D.1.3', () => {
    const fields = [
      ...EVALUATED,
      '6. KEBERATAN',
      'Kunjungan bulan Maret belum dihitung',
      '7. PENJELASAN PEJABAT PENILAI KINERJA ATAS KEBERATAN',
      'Laporan masuk setelah tenggat',
      '8. KEPUTUSAN DAN REKOMENDASI ATASAN PEJABAT PENILAI KINERJA',
      'Hasil evaluasi kinerja Pegawai diubah. Laporan terbukti tepat waktu.',
      'Rekomendasi: Ikut pelatihan pelaporan',
      '10. Pegawai yang Dinilai',
      '9. Pejabat Penilai Kinerja',
      '11. Atasan Pejabat Penilai Kinerja',
    ];
    expect(inOrder(evaluationDocument({ format: 'D.1.3', dispute }), fields)).toEqual(fields);
  });

  test('C.1.3', () => {
    const fields = [
      'HASIL EVALUASI KINERJA PEGAWAI',
      'PENDEKATAN HASIL KERJA KUANTITATIF',
      'BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL',
      'PEGAWAI YANG DINILAI',
      'PEJABAT PENILAI KINERJA',
      'CAPAIAN KINERJA ORGANISASI',
      'POLA DISTRIBUSI',
      'HASIL KERJA',
      'RENCANA HASIL KERJA PIMPINAN YANG DIINTERVENSI',
      'RENCANA HASIL KERJA',
      'ASPEK',
      'INDIKATOR KINERJA INDIVIDU',
      'TARGET',
      'REALISASI BERDASARKAN BUKTI DUKUNG',
      'UMPAN BALIK BERKELANJUTAN BERDASARKAN BUKTI DUKUNG',
      '(8)',
      'A. UTAMA',
      'Kunjungan rumah ibu hamil terlaksana',
      'Kuantitas',
      'B. TAMBAHAN',
      'RATING HASIL KERJA',
      'DIATAS EKSPEKTASI',
      'PERILAKU KERJA',
      'Berorientasi pelayanan',
      'Akuntabel',
      'Kompeten',
      'Harmonis',
      'Suka membantu',
      'Loyal',
      'Adaptif',
      'Kolaboratif',
      'RATING PERILAKU KERJA',
      'SESUAI EKSPEKTASI',
      'PREDIKAT KINERJA PEGAWAI',
      'BAIK',
    ];
    expect(inOrder(evaluationDocument(), fields)).toEqual(fields);
  });

  test('A.1.7 and A.1.8', () => {
    const fields = [
      'SASARAN KINERJA PEGAWAI',
      'BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL',
      'RENCANA HASIL KERJA PIMPINAN YANG DIINTERVENSI',
      '(6)',
      'A. UTAMA',
      'B. TAMBAHAN',
      'Tim siaga bencana',
      'Waktu',
      'PERILAKU KERJA*',
      '- Menyapa setiap pasien',
      '- Menjaga rahasia pasien',
      'Pegawai yang Dinilai',
      'Pejabat Penilai Kinerja',
      'LAMPIRAN SASARAN KINERJA PEGAWAI',
      'DUKUNGAN SUMBER DAYA',
      'Kendaraan operasional',
      'SKEMA PERTANGGUNGJAWABAN',
      'Laporan tiap bulan',
      'KONSEKUENSI',
      'Prioritas pelatihan',
    ];
    expect(inOrder({ kind: 'PLAN', stamp, plan: planForm() }, fields)).toEqual(fields);
  });

  test('A.1.2 and C.1.2, of leaders', () => {
    const plan = planForm({ layout: 'LEADER' });
    const titles = ['RENCANA HASIL KERJA', 'INDIKATOR KINERJA INDIVIDU', 'TARGET', 'PERSPEKTIF', '(5)'];
    expect(inOrder({ kind: 'PLAN', stamp, plan }, titles)).toEqual(titles);
    const evaluated = [...titles.slice(0, 4), 'REALISASI BERDASARKAN BUKTI DUKUNG', '(7)'];
    expect(inOrder(evaluationDocument({ layout: 'LEADER' }, null), evaluated)).toEqual(evaluated);
  });
});

test('the metadata name nobody', () => {
  expect(JSON.stringify(definitionOf(evaluationDocument()).info)).not.toContain('Citra');
});
