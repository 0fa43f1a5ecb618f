import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ExportTable } from '../../../functions/domain/export/table.ts';
import { renderCsv } from '../../../functions/export/render-csv.ts';
import { renderXlsx } from '../../../functions/export/render-xlsx.ts';

const table: ExportTable = {
  columns: [
    { title: { id: 'Nama', en: 'Name' }, kind: 'TEXT' },
    { title: { id: 'Nilai', en: 'Score' }, kind: 'NUMBER' },
  ],
  rows: [
    ['=HYPERLINK("http://x")', '-97.89'],
    ['Siti, "S.Kep."\nM.Kes.', null],
    ['198501012010012001', '0'],
  ],
};

describe('a CSV file', () => {
  test('quotes, tells Excel that it is UTF-8, and holds no formula; nothing is not zero', async () => {
    const text = Buffer.from(await renderCsv(table, 'id')).toString('utf8');
    expect(text).toBe(
      '\ufeffNama,Nilai\r\n"\'=HYPERLINK(""http://x"")",-97.89\r\n"Siti, ""S.Kep.""\nM.Kes.",\r\n198501012010012001,0\r\n',
    );
  });
});

describe('a workbook', () => {
  test('holds texts as texts, numbers as numbers, and no formula', async () => {
    const parts = unzip(Buffer.from(await renderXlsx(table, 'Hasil', 'en')));
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
    const strings = parts.get('xl/sharedStrings.xml') ?? '';
    expect(sheet).not.toContain('<f>');
    expect(sheet).toContain('<v>-97.89</v>');
    expect(`${sheet}${strings}`).toContain('198501012010012001');
    expect(`${sheet}${strings}`).toContain('=HYPERLINK');
    expect(strings).toContain('Score');
  });
});

/** The parts of a small archive, read from its central directory. */
function unzip(archive: Buffer): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  let at = archive.readUInt32LE(archive.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16);
  while (archive.toString('latin1', at, at + 4) === 'PK\x01\x02') {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(begin, begin + archive.readUInt32LE(at + 20));
    const text = archive.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    parts.set(name, text.toString('utf8'));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return parts;
}
