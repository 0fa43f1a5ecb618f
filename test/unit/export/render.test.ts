import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { exportTitles } from '../../../functions/domain/export/columns.ts';
import type { ExportTable } from '../../../functions/domain/export/table.ts';
import { renderCsv } from '../../../functions/export/render-csv.ts';
import { renderXlsx } from '../../../functions/export/render-xlsx.ts';

const table: ExportTable = {
  columns: [
    { title: { id: 'Nama', en: 'Name' }, kind: 'TEXT' },
    { title: { id: 'Nilai', en: 'Score' }, kind: 'NUMBER' },
  ],
  // As it is read: in pages, of which one may be empty.
  pages: [
    [['=HYPERLINK("http://x")', '-97.89']],
    [],
    [
      ['Siti, "S.Kep."\nM.Kes.', null],
      ['198501012010012001', '0'],
    ],
  ],
};
const whole = async (content: AsyncIterable<Uint8Array>): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(content));

describe('a CSV file', () => {
  test('quotes, tells Excel that it is UTF-8, and holds no formula; nothing is not zero', async () => {
    const text = (await whole(renderCsv(table, 'id'))).toString('utf8');
    expect(text).toBe(
      '\ufeffNama,Nilai\r\n"\'=HYPERLINK(""http://x"")",-97.89\r\n"Siti, ""S.Kep.""\nM.Kes.",\r\n198501012010012001,0\r\n',
    );
  });
});

describe('a workbook', () => {
  test('holds texts as texts, numbers as numbers, and no formula', async () => {
    const parts = unzip(await whole(renderXlsx(table, 'Hasil', 'en')));
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
    const cells = [...sheet.matchAll(/<c r="(\w+)"[^>]*?( t="inlineStr")?>(.*?)<\/c>/gs)];
    expect(
      cells.map(([, place, text, content = '']) => [
        place,
        text !== undefined,
        content.replace(/<.*?>/g, ''),
      ]),
    ).toEqual([
      ['A1', true, 'Name'],
      ['B1', true, 'Score'],
      ['A2', true, '=HYPERLINK(&quot;http://x&quot;)'],
      ['B2', false, '-97.89'],
      ['A3', true, 'Siti, &quot;S.Kep.&quot;\nM.Kes.'],
      ['A4', true, '198501012010012001'],
      ['B4', false, '0'],
    ]);
    expect(sheet).not.toContain('<f>');
    expect(parts.get('xl/workbook.xml')).toContain('<sheet name="Hasil"');
  });

  test('keeps to XML whatever a text holds, and takes no text for the code of a character', async () => {
    const pages = [[['<&>\u0000\ud800_x0041_', null]]];
    const parts = unzip(await whole(renderXlsx({ ...table, pages }, 'Hasil', 'en')));
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain('>&lt;&amp;&gt;_x005F_x0041_</t>');
  });

  test('is the same, byte for byte, when it is made again', async () => {
    const first = await whole(renderXlsx(table, 'Hasil', 'en'));
    expect(first.equals(await whole(renderXlsx(table, 'Hasil', 'en')))).toBe(true);
  });

  test('is read a page at a time, and handed out as it is made', async () => {
    for (const render of [renderXlsx, renderCsv]) {
      let asked = 0;
      const pages = (async function* () {
        for (; asked < 50; asked += 1)
          yield Array.from({ length: 100 }, (_, at) => [`${asked} ${at}`, String(at)]);
      })();
      const content =
        render === renderXlsx
          ? renderXlsx({ ...table, pages }, 'Hasil', 'en')
          : renderCsv({ ...table, pages }, 'en');
      const read: number[] = [];
      for await (const _ of content) read.push(asked);
      // As many pages as were handed out, and one of them under way.
      expect(read.slice(1, 5)).toEqual(render === renderXlsx ? [1, 2, 3, 4] : [0, 1, 2, 3]);
    }
  });

  test.each(Object.values(exportTitles).flatMap(({ id, en }) => [id, en]))('may be called "%s"', (title) => {
    expect(title).toMatch(/^[A-Za-z][A-Za-z -]{0,30}$/);
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
