import type { OfficialDocument } from '../domain/document/document.ts';
import { definitionOf } from './definition.ts';

export const PDF_TYPE = 'application/pdf';

/** The printer with its fonts (some 2 MB of code), loaded with the first document. */
async function loadPrinter() {
  const [{ default: exported }, { default: roboto }] = await Promise.all([
    import('pdfmake/js/Printer.js'),
    import('pdfmake/build/fonts/Roboto.js'),
  ]);
  const Printer = 'default' in exported ? exported.default : exported;
  const files = new Map(
    Object.entries(roboto.vfs).map(([name, { data, encoding }]) => [name, Buffer.from(data, encoding)]),
  );
  const fontFiles = {
    existsSync: (name: string) => files.has(name),
    readFileSync: (name: string) => files.get(name),
  };
  // Nothing is fetched and no file is read, whatever a document says.
  const urls = { resolve: () => undefined, resolved: async () => undefined };
  return { create: () => new Printer(structuredClone(roboto.fonts), fontFiles, urls, () => false) };
}

let loaded: ReturnType<typeof loadPrinter> | null = null;

/** A document as PDF (A4) with its fonts in it; the same document is the same bytes. */
export async function renderPdf(document: OfficialDocument): Promise<Uint8Array> {
  loaded ??= loadPrinter();
  const { create } = await loaded;
  const stream = await create().createPdfKitDocument(definitionOf(document));
  const parts: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', resolve);
    stream.on('error', reject);
    stream.end();
  });
  return Buffer.concat(parts);
}
