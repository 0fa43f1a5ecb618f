import { printedCode } from '../../domain/satisfaction/single-use-code.ts';
import type { LocalisedText } from '../../domain/satisfaction/survey-questions.ts';
import type { PrintedCode } from './printed-code.ts';
import { qrPath } from './qr-code.ts';

/** A4 in millimetres, cut into cells along dashed lines. */
const PAGE = { width: 210, height: 297, columns: 4, rows: 5, margin: 10 } as const;
const CELL = {
  width: (PAGE.width - 2 * PAGE.margin) / PAGE.columns,
  height: (PAGE.height - 2 * PAGE.margin) / PAGE.rows,
} as const;
const QR_SIDE = 36;
/** A line holds about so many characters at the size it is printed in. */
const LINE_LENGTH = 30;

const INVITATION: LocalisedText = {
  id: 'Nilai layanan kami. Kode sekali pakai.',
  en: 'Rate our service. Good for one use.',
};

/**
 * Codes as pages to print and cut, each an SVG image of a whole A4 page: what the code is about, the QR code, the code in
 * letters, and what to do with it in both languages.
 * @param about one line each, shortened where it is too long
 */
export const codeSheets = (codes: readonly PrintedCode[], about: readonly string[]): readonly string[] => {
  const perPage = PAGE.columns * PAGE.rows;
  return Array.from({ length: Math.ceil(codes.length / perPage) }, (_, page) => {
    const cells = codes.slice(page * perPage, (page + 1) * perPage).map((code, at) => cell(code, at, about));
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${PAGE.width}mm" height="${PAGE.height}mm" viewBox="0 0 ${PAGE.width} ${PAGE.height}" font-family="sans-serif" text-anchor="middle">${cells.join('')}</svg>`;
  });
};

function cell({ digits, content }: PrintedCode, at: number, about: readonly string[]): string {
  const x = PAGE.margin + (at % PAGE.columns) * CELL.width;
  const y = PAGE.margin + Math.floor(at / PAGE.columns) * CELL.height;
  const middle = CELL.width / 2;
  const { size, path } = qrPath(content);
  const line = (text: string, top: number, height: number, more = ''): string =>
    `<text x="${middle}" y="${top}" font-size="${height}"${more}>${escapeXml(shorten(text))}</text>`;
  return [
    `<g transform="translate(${x} ${y})">`,
    `<rect width="${CELL.width}" height="${CELL.height}" fill="none" stroke="#999" stroke-width="0.2" stroke-dasharray="1 1"/>`,
    ...about.slice(0, 2).map((text, row) => line(text, 4 + row * 3.2, 2.4)),
    `<path transform="translate(${(CELL.width - QR_SIDE) / 2} 8) scale(${QR_SIDE / size})" d="${path}"/>`,
    line(printedCode(digits), 46.5, 3.2, ' font-family="monospace" font-weight="bold"'),
    line(INVITATION.id, 50, 2.2),
    line(INVITATION.en, 53, 2.2, ' font-style="italic"'),
    '</g>',
  ].join('');
}

const shorten = (text: string): string => {
  const characters = [...text];
  return characters.length <= LINE_LENGTH ? text : `${characters.slice(0, LINE_LENGTH - 1).join('')}…`;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeXml = (text: string): string => text.replaceAll(/[&<>"']/g, (found) => ENTITIES[found] ?? found);
