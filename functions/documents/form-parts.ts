import type { FormFeedback, Party, PlanForm } from '../domain/document/document.ts';
import { dateWords, valueWords } from '../domain/document/form-words.ts';
import { CORE_VALUES, type CoreValue } from '../domain/rating/core-values.ts';
import type { IsoDate } from '../domain/time.ts';
import { band, bold, type Content, type Look, type Node, printed } from './content.ts';

/** Name of the form and of what it is of, in the middle of the page. */
export const formTitle = (lines: readonly string[], look: Look = {}): Node => ({
  stack: lines.map((text) => ({ text: printed(text) })),
  bold: true,
  fontSize: 12,
  alignment: 'center',
  margin: [0, 0, 0, 10],
  ...look,
});

/** The line above the parties: the institution, and the span. */
export const institutionLine = (institution: string, span: string): Node => ({
  columns: [{ text: printed(institution) }, { text: `PERIODE PENILAIAN: ${span}`, alignment: 'right' }],
  margin: [0, 0, 0, 4],
});

const FIELDS = [
  ['NAMA', 'name'],
  ['NIP', 'nip'],
  ['PANGKAT/ GOL. RUANG', 'grade'],
  ['JABATAN', 'position'],
  ['UNIT KERJA', 'unit'],
] as const satisfies readonly (readonly [title: string, field: keyof Party])[];

const fieldOf = (party: Party | null, field: keyof Party): string => printed(party?.[field] ?? '');

/** The two parties side by side, as in the head of A.1.x and C.1.x. */
export const partiesTable = (staff: Party, assessor: Party | null): Node => ({
  table: {
    widths: ['auto', 'auto', '*', 'auto', 'auto', '*'],
    body: [
      [
        bold('NO'),
        { ...bold('PEGAWAI YANG DINILAI'), colSpan: 2 },
        '',
        bold('NO'),
        { ...bold('PEJABAT PENILAI KINERJA'), colSpan: 2 },
        '',
      ],
      ...FIELDS.map(([title, field], at) => [
        String(at + 1),
        title,
        fieldOf(staff, field),
        String(at + 1),
        title,
        fieldOf(assessor, field),
      ]),
    ],
  },
  margin: [0, 0, 0, 8],
});

/** One numbered party below the other, as in D.1.x. */
export const partyRows = (title: string, party: Party | null): readonly (readonly Content[])[] => [
  band(title, 2),
  ...FIELDS.map(([name, field]) => [name, `: ${fieldOf(party, field)}`]),
];

const bullets = (texts: readonly string[]): Content => texts.map((text) => `- ${printed(text)}`).join('\n');

/** The special expectations and, in an evaluation, what was said on each value. */
export const behaviourRows = (
  expectations: PlanForm['expectations'],
  feedback: ((value: CoreValue) => Content) | null,
): readonly (readonly Content[])[] =>
  CORE_VALUES.map((value, at) => {
    const { name, conduct } = valueWords[value];
    return [
      String(at + 1),
      { stack: [bold(name), bullets(conduct)] },
      { stack: ['Ekspektasi Khusus Pimpinan:', bullets(expectations[value] ?? [])] },
      ...(feedback === null ? [] : [feedback(value)]),
    ];
  });

/** What was said, one below the other. */
export const feedbackCell = (feedback: readonly FormFeedback[]): Content => ({
  stack: feedback.map(({ from, text }) => ({
    text: [bold(`${from}: `), printed(text)],
    margin: [0, 0, 0, 3],
  })),
});

/** Somebody who signs: the place is written by hand. */
export interface Signature {
  readonly title: string;
  readonly party: Party | null;
  /** Null: left to be written. */
  readonly on: IsoDate | null;
}

const BLANK = '..............................';

const signature = ({ title, party, on }: Signature): Node => ({
  stack: [
    `${BLANK}, ${on === null ? BLANK : dateWords(on)}`,
    { text: title },
    { text: printed(party?.name ?? '') || BLANK, bold: true, margin: [0, 45, 0, 0] },
    party?.nip == null ? 'NIP' : `NIP ${party.nip}`,
  ],
  alignment: 'center',
});

/** Signatures in rows of two, never cut by the end of a page. */
export const signatures = (...signed: readonly Signature[]): Node => {
  const rows: Content[] = [];
  for (let at = 0; at < signed.length; at += 2) {
    const [left, right] = [signed[at], signed[at + 1]];
    if (left === undefined) continue;
    rows.push({
      columns: right === undefined ? [signature(left)] : [signature(left), signature(right)],
      margin: [0, 14, 0, 0],
    });
  }
  return { stack: rows, unbreakable: true };
};
