import { create } from 'qrcode';
import { describe, expect, test } from 'vitest';
import { printedCode } from '../../functions/domain/satisfaction/single-use-code.ts';
import { codeSheets } from '../../functions/graphql/satisfaction/code-sheet.ts';
import { printed } from '../../functions/graphql/satisfaction/printed-code.ts';
import { qrPath, qrSvg } from '../../functions/graphql/satisfaction/qr-code.ts';

const DIGITS = '0123456789ABCDEF';

/** The dark modules of a path, as `x,y`. */
const modulesOf = (path: string): ReadonlySet<string> =>
  new Set(
    [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)].flatMap(([, x, y, run]) =>
      Array.from({ length: Number(run) }, (_, at) => `${Number(x) + at},${y}`),
    ),
  );

describe('a QR code', () => {
  test('has the modules of its content, the right way round, with four of white around', () => {
    const { content } = printed(DIGITS, 'https://skm.example/isi');
    expect(content).toBe('https://skm.example/isi#0123-4567-89AB-CDEF');
    const { modules } = create(content, { errorCorrectionLevel: 'Q' });
    const { size, path } = qrPath(content);
    const drawn = modulesOf(path);

    expect(size).toBe(modules.size + 8);
    const expected = Array.from({ length: modules.size ** 2 }, (_, at) => at)
      .filter((at) => modules.data[at])
      .map((at) => `${(at % modules.size) + 4},${Math.floor(at / modules.size) + 4}`);
    expect([...drawn].sort()).toEqual(expected.sort());
    // Finders at three corners: at the fourth, bottom right, there is none.
    const isFinder = (x: number, y: number): boolean =>
      [0, 6].every((side) =>
        Array.from({ length: 7 }, (_, at) => at).every(
          (at) => drawn.has(`${x + at},${y + side}`) && drawn.has(`${x + side},${y + at}`),
        ),
      );
    const far = size - 11;
    expect([isFinder(4, 4), isFinder(far, 4), isFinder(4, far), isFinder(far, far)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(qrSvg(content)).toContain(path);
  });

  test('holds the code alone where there is no address', () => {
    expect(printed(DIGITS, null).content).toBe(printedCode(DIGITS));
  });
});

describe('a sheet of codes', () => {
  const sheet = (count: number, about: readonly string[]) =>
    codeSheets(
      Array.from({ length: count }, () => printed(DIGITS, null)),
      about,
    );

  test('is an A4 page of twenty, each with what it is about and the code in letters', () => {
    expect(sheet(0, [])).toEqual([]);
    expect(sheet(20, [])).toHaveLength(1);
    const [first = '', second = ''] = sheet(41, ['Puskesmas Melati', 'Rawat jalan']);
    expect(first).toMatch(/^<svg [^>]*width="210mm" height="297mm"/);
    for (const text of ['Puskesmas Melati', 'Rawat jalan', printedCode(DIGITS)])
      expect([first, second].map((page) => page.split(text).length - 1)).toEqual([20, 20]);
    expect(sheet(41, [])).toHaveLength(3);
  });

  test('takes names as text, whatever is in them, and shortens long ones', () => {
    const [page = ''] = sheet(1, [
      `<script>"A" & 'B'</script>`,
      'Pelayanan administrasi kependudukan terpadu',
    ]);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;&quot;A&quot; &amp; &#39;B&#39;');
    expect(page).toContain('>Pelayanan administrasi kepend…<');
  });
});
