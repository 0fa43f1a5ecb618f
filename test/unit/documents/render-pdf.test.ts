import { describe, expect, test } from 'vitest';
import { renderPdf } from '../../../functions/documents/render-pdf.ts';
import type { OfficialDocument } from '../../../functions/domain/document/document.ts';
import {
  certificateForm,
  evaluationDocument,
  formLine,
  planForm,
  stamp,
} from '../../domain/document/document-builders.ts';
import { pdfPages } from '../../support/pdf-text.ts';

const plan = (more: Parameters<typeof planForm>[0] = {}): OfficialDocument => ({
  kind: 'PLAN',
  stamp,
  plan: planForm(more),
});

describe('a document as PDF', () => {
  test('has a form on each page, with version, digest and page in its foot', async () => {
    const pages = pdfPages(await renderPdf(evaluationDocument()));

    expect(pages.length).toBeGreaterThanOrEqual(4);
    expect(pages[0]).toContain('DOKUMEN EVALUASI KINERJA PEGAWAI');
    expect(pages.join('')).toContain('HASIL EVALUASI KINERJA PEGAWAI');
    expect(pages.join('')).toContain('SASARAN KINERJA PEGAWAI');
    expect(pages.at(-1)).toContain('LAMPIRAN SASARAN KINERJA PEGAWAI');
    for (const [at, page] of pages.entries()) {
      expect(page).toContain(`Halaman ${at + 1} dari ${pages.length}`);
      expect(page).toContain(`Versi 2026-Q1 r1; kebijakan national`);
      expect(page).toContain(`Sidik SHA-256 ${'5'.repeat(64)}`);
    }
  });

  test('is the same bytes for the same document, and others for another', async () => {
    const first = await renderPdf(evaluationDocument());
    expect(Buffer.compare(await renderPdf(evaluationDocument()), first)).toBe(0);
    expect(Buffer.compare(await renderPdf(evaluationDocument({ predicate: 'POOR' })), first)).not.toBe(0);
  });

  test('flows over pages, whatever the number of lines and the length of texts', async () => {
    const title = 'Terlaksananya pelayanan '.repeat(20).trim();
    const pages = pdfPages(
      await renderPdf(plan({ lines: Array.from({ length: 60 }, () => formLine({ title })) })),
    );

    expect(pages.length).toBeGreaterThan(10);
    const columns = pages.filter((page) => page.includes('INDIKATOR KINERJA INDIVIDU'));
    expect(columns.length).toBeGreaterThan(10);
    // Each of them is there in full: lines that wrap lose no word.
    expect(pages.join(' ').match(/Terlaksananya/g)).toHaveLength(60 * 20);
  });

  test('prints markup as the text that it is, and no character that nobody sees', async () => {
    const title = '<b>Tebal</b> {{x}} \u202Eterbalik\u0007 [tautan](https://example.go.id)';
    const text = pdfPages(await renderPdf(plan({ lines: [formLine({ title })] }))).join('');

    expect(text).toContain('<b>Tebal</b>');
    expect(text).toContain('{{x}}');
    expect(text).toContain('terbalik');
    expect(text).not.toContain('\uFFFD');
  });

  test('of a certificate is one page', async () => {
    const pages = pdfPages(await renderPdf({ kind: 'CERTIFICATE', stamp, certificate: certificateForm }));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('PIAGAM PENGHARGAAN');
    expect(pages[0]).toContain('Citra Perawat, A.Md.Kep.');
    expect(pages[0]).toContain('Triwulan I Tahun 2026');
  });
});
