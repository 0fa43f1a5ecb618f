import type { LineExplanation, MonthFigure } from '../evaluation/result.ts';
import { buildUp } from '../indicator/build-up.ts';
import type { Target } from '../indicator/indicator.ts';
import { resultWords } from '../messages.ts';
import { numberWords } from '../number-words.ts';
import type { PlanLine } from '../plan/line.ts';
import { formatPoints } from '../rounding.ts';

const targetOf = (target: Target, unitOfMeasure: string): string =>
  'value' in target
    ? `${numberWords(target.value, 'id')} ${unitOfMeasure}`
    : `${numberWords(target.low, 'id')} s.d. ${numberWords(target.high, 'id')} ${unitOfMeasure}`;

const NO_FIGURE = '–';

/** What a line expects of the whole year: its months built up as the indicator says, as if each were filled. */
export const yearTarget = ({ measure, targets }: PlanLine, year: number): string => {
  const months = Object.entries(targets)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([month, target]): MonthFigure => ({
        month: `${year}-${month}`,
        target,
        realisation: 'value' in target ? target.value : target.low,
        state: 'VERIFIED',
      }),
    );
  const built = buildUp(measure, months);
  return typeof built === 'string' ? NO_FIGURE : targetOf(built.target, measure.unitOfMeasure);
};

/** What a line expected of a period: built up over what was reported, or of all its months where nothing was. */
export const periodTarget = ({ target, measure, months }: LineExplanation): string => {
  if (target !== null) return targetOf(target, measure.unitOfMeasure);
  const expected = months.map((month): MonthFigure => {
    const as = month.target === null ? null : 'value' in month.target ? month.target.value : month.target.low;
    return { ...month, realisation: as, state: 'VERIFIED' };
  });
  const built = buildUp(measure, expected);
  return typeof built === 'string' ? NO_FIGURE : targetOf(built.target, measure.unitOfMeasure);
};

/** What was reached on a line, with its achievement and how much of it was verified; or why it was not measured. */
export const realisationWords = ({
  realisation,
  achievement,
  notMeasured,
  measure,
  months,
  rating,
}: LineExplanation): string => {
  const why = resultWords.notMeasured[notMeasured ?? 'NO_REALISATION'].id;
  if (realisation === null) return `Tidak diukur: ${why}`;
  const reported = months.filter((month) => month.realisation !== null);
  const verified = reported.filter(({ state }) => state === 'VERIFIED').length;
  const parts = [
    `${numberWords(realisation, 'id')} ${measure.unitOfMeasure}`,
    achievement === null
      ? `capaian tidak diukur: ${why}`
      : `capaian ${numberWords(formatPoints(achievement), 'id')}%`,
    ...(rating === null ? [] : [resultWords.rating[rating].id]),
  ];
  return `${parts.join('; ')}. Diverifikasi: ${verified} dari ${reported.length} bulan yang dilaporkan.`;
};
