import type { FormLine, PlanForm } from '../domain/document/document.ts';
import { aspectWords, dateWords, perspectiveWords, spanWords } from '../domain/document/form-words.ts';
import { band, type Content, header, type Node, type Orientation, printed } from './content.ts';
import { behaviourRows, formTitle, institutionLine, partiesTable, signatures } from './form-parts.ts';

const HEADS = {
  LEADER: 'BAGI PEJABAT PIMPINAN TINGGI DAN PIMPINAN UNIT KERJA MANDIRI',
  STAFF: 'BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL',
} as const;

export const PAGE: Orientation = 'landscape';

const spanOf = (year: number): string => spanWords(`${year}-01-01`, `${year}-12-31`);

/** The plan (form A.1.2 or A.1.7) and its attachment (A.1.8). @param first whether it begins the document */
export const planForm = (plan: PlanForm, first: boolean): readonly Content[] => [
  formTitle(['SASARAN KINERJA PEGAWAI', 'PENDEKATAN HASIL KERJA KUANTITATIF', HEADS[plan.layout]], {
    pageOrientation: PAGE,
    ...(first ? {} : { pageBreak: 'before' }),
  }),
  institutionLine(plan.institution, spanOf(plan.year)),
  partiesTable(plan.staff, plan.assessor),
  workResults(plan),
  ...(plan.general === null
    ? []
    : [{ text: [{ text: 'Ekspektasi Pimpinan: ', bold: true }, printed(plan.general)], margin: MARGIN }]),
  {
    table: {
      widths: ['auto', '*', '*'],
      headerRows: 1,
      keepWithHeaderRows: 1,
      body: [band('PERILAKU KERJA*', 3), ...behaviourRows(plan.expectations, null)],
    },
    margin: MARGIN,
  },
  footnote(
    '* Pimpinan dapat memberikan Ekspektasi khusus terhadap satu atau lebih aspek perilaku kerja Pegawai',
  ),
  ...(plan.revision > 1 && plan.agreedOn !== null
    ? [footnote(`SKP perubahan ke-${plan.revision - 1}, disepakati ${dateWords(plan.agreedOn)}`)]
    : []),
  bothSign(plan),
  ...attachment(plan),
];

const MARGIN = [0, 8, 0, 0] as const;

const footnote = (text: string): Node => ({ text, fontSize: 7, margin: [0, 3, 0, 0] });

const bothSign = ({ staff, assessor, agreedOn }: PlanForm): Node =>
  signatures(
    { title: 'Pegawai yang Dinilai', party: staff, on: agreedOn },
    { title: 'Pejabat Penilai Kinerja', party: assessor, on: agreedOn },
  );

/** Columns of the two layouts after the number, with a line's cells. */
const COLUMNS: Readonly<
  Record<
    PlanForm['layout'],
    { readonly titles: readonly string[]; readonly cells: (line: FormLine) => readonly Content[] }
  >
> = {
  LEADER: {
    titles: ['RENCANA HASIL KERJA', 'INDIKATOR KINERJA INDIVIDU', 'TARGET', 'PERSPEKTIF'],
    cells: ({ title, indicator, target, perspective }) => [
      printed(title),
      printed(indicator),
      printed(target),
      perspective === null ? '' : perspectiveWords[perspective],
    ],
  },
  STAFF: {
    titles: [
      'RENCANA HASIL KERJA PIMPINAN YANG DIINTERVENSI',
      'RENCANA HASIL KERJA',
      'ASPEK',
      'INDIKATOR KINERJA INDIVIDU',
      'TARGET',
    ],
    cells: ({ serves, title, aspect, indicator, target }) => [
      printed(serves ?? ''),
      printed(title),
      aspect === null ? '' : aspectWords[aspect],
      printed(indicator),
      printed(target),
    ],
  },
};

/**
 * The numbered columns of a form's work results, main ones first; forms C.1.x put further columns behind.
 * @param more titles of those, with the cells of a line
 */
export const workResultTable = <Line extends FormLine>(
  layout: PlanForm['layout'],
  lines: readonly Line[],
  more: readonly (readonly [title: string, cell: (line: Line) => Content])[],
): Node => {
  const { titles, cells } = COLUMNS[layout];
  const all = ['NO', ...titles, ...more.map(([title]) => title)];
  const rows = (kind: FormLine['kind'], from: number): readonly (readonly Content[])[] =>
    lines
      .filter((line) => line.kind === kind)
      .map((line, at) => [String(from + at), ...cells(line), ...more.map(([, cell]) => cell(line))]);
  const main = rows('MAIN', 1);
  const additional = rows('ADDITIONAL', main.length + 1);
  return {
    table: {
      widths: all.map((title) => (title === 'NO' || title === 'ASPEK' ? 'auto' : '*')),
      headerRows: 3,
      body: [
        band('HASIL KERJA', all.length),
        header(...all),
        header(...all.map((_, at) => `(${at + 1})`)),
        band('A. UTAMA', all.length),
        ...main,
        band('B. TAMBAHAN', all.length),
        ...additional,
      ],
    },
  };
};

const workResults = ({ layout, lines }: PlanForm): Node => workResultTable(layout, lines, []);

/** Form A.1.8. */
const attachment = (plan: PlanForm): readonly Content[] => {
  const { resources, accountability, consequences } = plan.attachments;
  const list = (title: string, texts: readonly { readonly text: string }[]) => [
    band(title, 2),
    ...texts.map(({ text }, at) => [`${at + 1}.`, printed(text)]),
  ];
  return [
    formTitle(['LAMPIRAN SASARAN KINERJA PEGAWAI'], { pageBreak: 'before', pageOrientation: PAGE }),
    institutionLine(plan.institution, spanOf(plan.year)),
    {
      table: {
        widths: ['auto', '*'],
        body: [
          ...list('DUKUNGAN SUMBER DAYA', resources),
          ...list('SKEMA PERTANGGUNGJAWABAN', accountability),
          ...list('KONSEKUENSI', consequences),
        ],
      },
    },
    bothSign(plan),
  ];
};
