import type { CertificateForm } from '../domain/document/document.ts';
import { dateWords, periodTitle, predicateWords } from '../domain/document/form-words.ts';
import { type Content, printed } from './content.ts';

const BLANK = '..............................';

/** A certificate of merit (piagam penghargaan, art. 31), on one page. */
export const certificateForm = (form: CertificateForm): readonly Content[] => {
  const { staff, predicate } = form;
  const line = (text: string, top: number, fontSize = 12): Content => ({
    text: printed(text),
    alignment: 'center',
    fontSize,
    margin: [0, top, 0, 0],
  });
  const merit =
    predicate === null ? 'atas kinerjanya' : `atas kinerjanya dengan predikat ${predicateWords[predicate]}`;
  return [
    {
      text: printed(form.institution.toUpperCase()),
      alignment: 'center',
      fontSize: 14,
      margin: [0, 60, 0, 0],
      pageOrientation: 'landscape',
    },
    { text: 'PIAGAM PENGHARGAAN', alignment: 'center', bold: true, fontSize: 30, margin: [0, 20, 0, 0] },
    line(`Nomor: ${form.number}`, 4),
    line('diberikan kepada', 24),
    { text: printed(staff.name), alignment: 'center', bold: true, fontSize: 22, margin: [40, 8, 40, 0] },
    ...(staff.nip === null ? [] : [line(`NIP ${staff.nip}`, 2)]),
    line([staff.position, staff.unit].filter((part) => part !== null).join(', '), 2),
    line(`${merit} pada ${periodTitle(form.period)}`, 20, 14),
    { text: printed(form.reason), alignment: 'center', italics: true, fontSize: 11, margin: [80, 10, 80, 0] },
    {
      stack: [
        `${BLANK}, ${dateWords(form.grantedOn)}`,
        'Pejabat Pembina Kepegawaian',
        { text: BLANK, margin: [0, 50, 0, 0] },
      ],
      alignment: 'center',
      margin: [380, 24, 0, 0],
      unbreakable: true,
    },
  ];
};
