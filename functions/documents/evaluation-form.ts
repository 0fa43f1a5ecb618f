import type { EvaluationForm } from '../domain/document/document.ts';
import {
  periodWords,
  predicateWords,
  ratingWords,
  spanWords,
  unitPredicateWords,
  usualPredicate,
} from '../domain/document/form-words.ts';
import { PREDICATES } from '../domain/evaluation/predicate.ts';
import { band, bold, type Content, type Node, printed } from './content.ts';
import {
  behaviourRows,
  feedbackCell,
  formTitle,
  institutionLine,
  partiesTable,
  partyRows,
  signatures,
} from './form-parts.ts';
import { PAGE, workResultTable } from './plan-form.ts';

/** The evaluation document (D.1.1, D.1.2 or D.1.3) with the evaluation's result (C.1.2 or C.1.3) attached to it. */
export const evaluationForm = (form: EvaluationForm): readonly Content[] => [
  ...evaluationDocument(form),
  ...evaluationResult(form),
];

const NOT_SET = 'BELUM DITETAPKAN';

const evaluationDocument = (form: EvaluationForm): readonly Content[] => {
  const { staff, assessor, superior, dispute, unitPredicate, predicate } = form;
  const texts = (title: string, written: readonly string[]): readonly (readonly Content[])[] => [
    band(title, 2),
    [{ stack: written.length === 0 ? [' '] : written.map(printed), colSpan: 2 }, ''],
  ];
  return [
    // Room for the coat of arms (lambang Garuda) of the letterhead.
    formTitle(['DOKUMEN EVALUASI KINERJA PEGAWAI', `PERIODE: ${periodWords(form.period)}`], {
      margin: [0, 60, 0, 10],
      pageOrientation: 'portrait',
    }),
    institutionLine(form.institution, spanWords(form.period.start, form.period.end)),
    {
      table: {
        widths: [170, '*'],
        body: [
          ...partyRows('1. PEGAWAI YANG DINILAI', staff),
          ...partyRows('2. PEJABAT PENILAI KINERJA', assessor),
          ...partyRows('3. ATASAN PEJABAT PENILAI KINERJA', superior),
          band('4. EVALUASI KINERJA', 2),
          [
            'CAPAIAN KINERJA ORGANISASI',
            bold(`: ${unitPredicate === null ? NOT_SET : unitPredicateWords[unitPredicate]}`),
          ],
          ['PREDIKAT KINERJA PEGAWAI', bold(`: ${predicate === null ? NOT_SET : predicateWords[predicate]}`)],
          ...texts('5. CATATAN/ REKOMENDASI', form.notes),
          ...(dispute === null
            ? []
            : [
                ...texts('6. KEBERATAN', dispute.reasons),
                ...texts('7. PENJELASAN PEJABAT PENILAI KINERJA ATAS KEBERATAN', dispute.explanations),
                ...texts('8. KEPUTUSAN DAN REKOMENDASI ATASAN PEJABAT PENILAI KINERJA', [
                  dispute.decision,
                  ...(dispute.recommendation === null ? [] : [`Rekomendasi: ${dispute.recommendation}`]),
                ]),
              ]),
        ],
      },
    },
    signed(form),
  ];
};

/** Numbered as in each form: after the notes of D.1.1 and D.1.2, after the decision of D.1.3. */
const signed = ({
  format,
  staff,
  assessor,
  superior,
  issuedOn,
  receivedOn,
  dispute,
}: EvaluationForm): Node => {
  if (format === 'D.1.3')
    return signatures(
      { title: '10. Pegawai yang Dinilai', party: staff, on: receivedOn },
      { title: '9. Pejabat Penilai Kinerja', party: assessor, on: issuedOn },
      { title: '11. Atasan Pejabat Penilai Kinerja', party: superior, on: dispute?.decidedOn ?? null },
    );
  return signatures(
    { title: '7. Pegawai yang Dinilai', party: staff, on: receivedOn },
    format === 'D.1.2'
      ? { title: '6. Atasan Pejabat Penilai Kinerja', party: superior, on: issuedOn }
      : { title: '6. Pejabat Penilai Kinerja', party: assessor, on: issuedOn },
  );
};

const APPROACH = {
  LEADER: 'BAGI PEJABAT PIMPINAN TINGGI DAN PIMPINAN UNIT KERJA MANDIRI',
  STAFF: 'BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL',
} as const;

/** Form C.1.2 or C.1.3. */
const evaluationResult = (form: EvaluationForm): readonly Content[] => [
  formTitle(
    [
      'HASIL EVALUASI KINERJA PEGAWAI',
      'PENDEKATAN HASIL KERJA KUANTITATIF',
      APPROACH[form.layout],
      `PERIODE: ${periodWords(form.period)}`,
    ],
    { pageBreak: 'before', pageOrientation: PAGE },
  ),
  institutionLine(form.institution, spanWords(form.period.start, form.period.end)),
  partiesTable(form.staff, form.assessor),
  {
    table: {
      widths: ['*'],
      body: [
        [bold('CAPAIAN KINERJA ORGANISASI')],
        [form.unitPredicate === null ? NOT_SET : unitPredicateWords[form.unitPredicate]],
        [{ stack: [bold('POLA DISTRIBUSI'), ...distributionPattern(form)], unbreakable: true }],
      ],
    },
    margin: [0, 0, 0, 8],
  },
  workResultTable(form.layout, form.lines, [
    ['REALISASI BERDASARKAN BUKTI DUKUNG', ({ realisation }) => printed(realisation)],
    ['UMPAN BALIK BERKELANJUTAN BERDASARKAN BUKTI DUKUNG', ({ feedback }) => feedbackCell(feedback)],
  ]),
  rated('RATING HASIL KERJA', form.workResultRating === null ? NOT_SET : ratingWords[form.workResultRating]),
  {
    table: {
      widths: ['auto', '*', '*', '*'],
      headerRows: 1,
      keepWithHeaderRows: 1,
      body: [
        [
          { ...bold('PERILAKU KERJA'), colSpan: 3, fillColor: '#e8e8e8' },
          '',
          '',
          { ...bold('UMPAN BALIK BERKELANJUTAN BERDASARKAN BUKTI DUKUNG'), fillColor: '#e8e8e8' },
        ],
        ...behaviourRows(form.expectations, (value) => feedbackCell(form.valueFeedback[value] ?? [])),
        ...(form.comments.length === 0
          ? []
          : [
              [
                { text: 'Umpan balik atas perilaku kerja secara umum', colSpan: 3 },
                '',
                '',
                feedbackCell(form.comments),
              ],
            ]),
      ],
    },
    margin: [0, 8, 0, 0],
  },
  rated('RATING PERILAKU KERJA', form.behaviourRating === null ? NOT_SET : ratingWords[form.behaviourRating]),
  rated('PREDIKAT KINERJA PEGAWAI', form.predicate === null ? NOT_SET : predicateWords[form.predicate]),
  {
    text: 'Rating hasil dan rating perilaku kerja Pegawai ditetapkan dengan mempertimbangkan pola distribusi predikat Kinerja Pegawai berdasarkan capaian kinerja organisasi serta kontribusi Pegawai terhadap Kinerja Organisasi',
    fontSize: 7,
    margin: [0, 3, 0, 0],
  },
  form.format === 'D.1.2'
    ? signatures({ title: 'Atasan Pejabat Penilai Kinerja', party: form.superior, on: form.issuedOn })
    : signatures({ title: 'Pejabat Penilai Kinerja', party: form.assessor, on: form.issuedOn }),
];

const rated = (title: string, rating: string): Node => ({
  table: { widths: ['*'], body: [[bold(title)], [rating]] },
  unbreakable: true,
  margin: [0, 8, 0, 0],
});

const STEP = 110;
const HEIGHT = 48;
/** Shares of the height by the distance from the predicate that most staff ideally have. */
const HEIGHTS = [1, 0.45, 0.2, 0.1, 0.06] as const;

/** The annex's curve for the unit's predicate, as columns: whose predicate most staff ideally have. It shows no real counts. */
const distributionPattern = ({ unitPredicate }: EvaluationForm): readonly Content[] => {
  if (unitPredicate === null) return [];
  const columns = PREDICATES.toReversed();
  const peak = columns.indexOf(usualPredicate[unitPredicate]);
  return [
    {
      canvas: columns.map((_, at) => {
        const h = HEIGHT * (HEIGHTS[Math.abs(at - peak)] ?? 0);
        return { type: 'rect', x: at * STEP + 25, y: HEIGHT - h, w: 60, h, color: '#9a9a9a' };
      }),
      margin: [0, 4, 0, 2],
    },
    {
      table: {
        // A cell is padded by 4 on either side.
        widths: columns.map(() => STEP - 8),
        body: [
          columns.map((predicate) => ({ text: predicateWords[predicate], alignment: 'center', fontSize: 7 })),
        ],
      },
      layout: 'noBorders',
    },
  ];
};
