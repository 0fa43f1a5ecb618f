/** Indicators that a person's plan is made of, by job group; the unit's own come first for its head. */
export const planTemplates: Readonly<Record<string, readonly string[]>> = {
  'pimpinan-tinggi': ['SERAPAN', 'TINDAK-LANJUT', 'DIREKTIF'],
  administrator: ['LAPORAN-TEPAT', 'SERAPAN', 'DIREKTIF', 'TINDAK-LANJUT'],
  pengawas: ['LAPORAN-TEPAT', 'DIREKTIF', 'SERAPAN'],
  'pengawas-sekolah': ['SUPERVISI', 'LAPORAN-TEPAT', 'JAM-PELATIHAN'],
  'kepala-sekolah': ['KEHADIRAN-SISWA', 'SUPERVISI', 'SERAPAN'],
  analis: ['TELAAH', 'LAPORAN-TEPAT', 'JAM-PELATIHAN', 'KOREKSI'],
  auditor: ['AUDIT-SELESAI', 'LAPORAN-TEPAT', 'JAM-PELATIHAN'],
  dokter: ['PASIEN', 'WAKTU-TUNGGU', 'SOP-KLINIS', 'JAM-PELATIHAN', 'RUJUKAN'],
  perawat: ['TINDAKAN', 'SOP-KLINIS', 'KOMPLAIN-PASIEN', 'REKAM-MEDIS', 'JAM-PELATIHAN'],
  bidan: ['ANC', 'KUNJUNGAN-IBU', 'SOP-KLINIS', 'REKAM-MEDIS'],
  'tenaga-kesehatan-lain': ['STOK-OBAT', 'SUPERVISI', 'LAPORAN-TEPAT', 'JAM-PELATIHAN'],
  guru: ['JAM-MENGAJAR', 'KEHADIRAN-SISWA', 'LITERASI', 'JAM-PELATIHAN', 'KOREKSI'],
  pariwisata: ['ACARA', 'KEBERSIHAN', 'LAPORAN-TEPAT', 'PROMOSI'],
  'satpol-pp': ['PATROLI', 'RESPON-PENGADUAN', 'DIREKTIF'],
  pelaksana: ['BERKAS', 'LAYANAN-TEPAT', 'KOREKSI', 'LAPORAN-TEPAT'],
};
