import { inflateSync } from 'node:zlib';

/** The text of each page of a PDF as pdfkit writes it: text as glyph ids in hexadecimal, read back by each font's ToUnicode. */
export function pdfPages(bytes: Uint8Array): readonly string[] {
  const objects = objectsOf(Buffer.from(bytes));
  const object = (id: string | undefined): PdfObject => objects.get(id ?? '') ?? { head: '', stream: null };
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  const glyphs = new Map<string, ReadonlyMap<number, string>>();
  const fontOf = (id: string): ReadonlyMap<number, string> => {
    const known = glyphs.get(id);
    if (known !== undefined) return known;
    const unicode = object(/\/ToUnicode (\d+) 0 R/.exec(object(id).head)?.[1]).stream ?? '';
    const read = charactersOf(unicode);
    glyphs.set(id, read);
    return read;
  };
  return pages.map(({ head }) => {
    const resources = /\/Resources (\d+) 0 R/.exec(head)?.[1];
    const fonts = new Map(
      [...object(resources).head.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, id]),
    );
    const content = object(/\/Contents (\d+) 0 R/.exec(head)?.[1]).stream ?? '';
    let text = '';
    let font: ReadonlyMap<number, string> = new Map();
    for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g)) {
      if (name !== undefined) font = fontOf(fonts.get(name) ?? '');
      for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]+)>/g))
        for (let at = 0; at < hex.length; at += 4)
          text += font.get(Number.parseInt(hex.slice(at, at + 4), 16)) ?? '\uFFFD';
    }
    return text;
  });
}

interface PdfObject {
  readonly head: string;
  readonly stream: string | null;
}

function objectsOf(bytes: Buffer): ReadonlyMap<string, PdfObject> {
  const text = bytes.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const found of text.matchAll(/^(\d+) 0 obj\n/gm)) {
    const start = found.index + found[0].length;
    const end = text.indexOf('\nendobj', start);
    const opened = text.indexOf('\nstream\n', start);
    const head = text.slice(start, opened === -1 || opened > end ? end : opened);
    const length = /\/Length (\d+)/.exec(head)?.[1];
    const from = opened + '\nstream\n'.length;
    const raw = length === undefined ? null : bytes.subarray(from, from + Number(length));
    const stream = raw && head.includes('/FlateDecode') ? inflateSync(raw).toString('latin1') : null;
    objects.set(found[1] ?? '', { head, stream });
  }
  return objects;
}

/** A CMap of ranges with the characters of each glyph. */
function charactersOf(cmap: string): ReadonlyMap<number, string> {
  const characters = new Map<number, string>();
  for (const [, first = '', list = ''] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/g)) {
    for (const [offset, [, code = '']] of [...list.matchAll(/<([0-9a-f ]+)>/g)].entries())
      characters.set(
        Number.parseInt(first, 16) + offset,
        String.fromCharCode(...code.split(' ').map((unit) => Number.parseInt(unit, 16))),
      );
  }
  return characters;
}
