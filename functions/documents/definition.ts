import type { OfficialDocument, Stamp } from '../domain/document/document.ts';
import { dateWords } from '../domain/document/form-words.ts';
import { certificateForm } from './certificate-form.ts';
import type { Content, Node, Orientation } from './content.ts';
import { evaluationForm } from './evaluation-form.ts';
import { PAGE, planForm } from './plan-form.ts';

/** What the printer is given. */
export interface Definition {
  readonly info: Readonly<Record<string, unknown>>;
  readonly language: string;
  readonly pageSize: string;
  readonly pageOrientation: Orientation;
  readonly pageMargins: readonly [number, number, number, number];
  readonly defaultStyle: object;
  readonly content: readonly Content[];
  readonly footer: (page: number, pages: number) => Node;
}

const TITLES = {
  PLAN: 'Sasaran Kinerja Pegawai',
  EVALUATION: 'Dokumen Evaluasi Kinerja Pegawai',
  CERTIFICATE: 'Piagam Penghargaan',
} as const;

/** Lays a document out; the same document is the same definition. Nothing in its metadata is about the person. */
export const definitionOf = (document: OfficialDocument): Definition => ({
  info: {
    title: TITLES[document.kind],
    creator: 'Kinerja',
    producer: 'Kinerja',
    creationDate: new Date(`${document.stamp.madeOn}T00:00:00.000Z`),
  },
  language: 'id-ID',
  pageSize: 'A4',
  pageOrientation: document.kind === 'EVALUATION' ? 'portrait' : PAGE,
  pageMargins: [36, 36, 36, 46],
  defaultStyle: { font: 'Roboto', fontSize: 9 },
  content: contentOf(document),
  footer: footerOf(document.stamp),
});

const contentOf = (document: OfficialDocument): readonly Content[] => {
  switch (document.kind) {
    case 'PLAN':
      return planForm(document.plan, true);
    case 'EVALUATION':
      return [
        ...evaluationForm(document.evaluation),
        ...(document.plan === null ? [] : planForm(document.plan, false)),
      ];
    case 'CERTIFICATE':
      return certificateForm(document.certificate);
  }
};

/** On each page: of which version the document is, the digest to check it by, and the page. */
const footerOf =
  ({ digest, version, policy, madeOn }: Stamp) =>
  (page: number, pages: number): Node => ({
    columns: [
      {
        text: `Versi ${version}${policy === null ? '' : `; kebijakan ${policy}`}; dicetak ${dateWords(madeOn)}\nSidik SHA-256 ${digest}`,
      },
      { text: `Halaman ${page} dari ${pages}`, alignment: 'right' },
    ],
    fontSize: 6,
    color: '#555555',
    margin: [36, 14, 36, 0],
  });
