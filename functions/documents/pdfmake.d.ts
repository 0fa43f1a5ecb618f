/** The parts of pdfmake that render-pdf.ts uses; its own types describe other entries, and need a browser. */
declare module 'pdfmake/js/Printer.js' {
  import type { EventEmitter } from 'node:events';

  interface FontFiles {
    existsSync(name: string): boolean;
    readFileSync(name: string): Uint8Array | undefined;
  }
  interface UrlResolver {
    resolve(url: string): void;
    resolved(): Promise<void>;
  }
  /** Emits `data` with a Buffer, then `end`, or `error`. */
  interface PdfStream extends EventEmitter {
    end(): void;
  }
  class Printer {
    constructor(
      fonts: object,
      files: FontFiles,
      urls: UrlResolver,
      mayReadLocalFile: (path: string) => boolean,
    );
    createPdfKitDocument(definition: object): Promise<PdfStream>;
  }
  /** CommonJS: the class, or a namespace with it, by how the module was loaded. */
  const exported: typeof Printer | { readonly default: typeof Printer };
  export default exported;
}

declare module 'pdfmake/build/fonts/Roboto.js' {
  const container: {
    readonly vfs: Readonly<Record<string, { readonly data: string; readonly encoding: BufferEncoding }>>;
    readonly fonts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  export default container;
}
