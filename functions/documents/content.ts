/** What pdfmake lays out, as far as the forms need it. A text is printed as it is: pdfmake knows no markup in it. */
export type Content = string | Node | readonly Content[];

export interface Look {
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly fontSize?: number;
  readonly alignment?: 'left' | 'center' | 'right';
  readonly color?: string;
  readonly fillColor?: string;
  readonly margin?: readonly [left: number, top: number, right: number, bottom: number];
  readonly pageBreak?: 'before';
  readonly pageOrientation?: Orientation;
  readonly unbreakable?: boolean;
  readonly colSpan?: number;
  readonly rowSpan?: number;
  readonly border?: readonly [left: boolean, top: boolean, right: boolean, bottom: boolean];
}

export type Orientation = 'portrait' | 'landscape';

export type Node = Look &
  (
    | { readonly text: Content }
    | { readonly stack: readonly Content[] }
    | { readonly ul: readonly Content[] }
    | { readonly columns: readonly Content[] }
    | { readonly canvas: readonly object[] }
    | { readonly table: Table; readonly layout?: 'noBorders' }
  );

export interface Table {
  readonly widths: readonly (number | 'auto' | '*')[];
  readonly headerRows?: number;
  readonly keepWithHeaderRows?: number;
  readonly dontBreakRows?: boolean;
  readonly body: readonly (readonly Content[])[];
}

/**
 * A text of somebody, for print: what stored texts cannot hold (text.ts) is left out here too, because old data and imports may;
 * line breaks stay.
 */
export const printed = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replace(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '');

export const bold = (text: string): Node => ({ text: printed(text), bold: true });

/** A heading that runs over all columns of a table. */
export const band = (text: string, columns: number, look: Look = {}): readonly Content[] => [
  { text: printed(text), bold: true, fillColor: '#e8e8e8', colSpan: columns, ...look },
  ...Array.from({ length: columns - 1 }, () => ''),
];

/** Cells of a header row. */
export const header = (...titles: readonly string[]): readonly Content[] =>
  titles.map((text) => ({ text, bold: true, alignment: 'center', fillColor: '#e8e8e8' }));
