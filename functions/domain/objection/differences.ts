import type { Decimal } from '../decimal.ts';
import { decimalOfMicro } from '../decimal.ts';
import type { LineExplanation, RankedResult } from '../evaluation/result.ts';
import type { Month } from '../time.ts';

export type DifferingField =
  | 'REALISATION'
  | 'ACHIEVEMENT'
  | 'WORK_RESULT_SCORE'
  | 'WORK_RESULT_RATING'
  | 'BEHAVIOUR_SCORE'
  | 'BEHAVIOUR_RATING'
  | 'PREDICATE'
  | 'SCORE'
  | 'UNIT_RANK'
  | 'JOB_GROUP_RANK'
  | 'REGION_RANK';

/** A figure in which two versions of a result differ: exact decimals, names of ratings, or places; null where there is none. */
export interface ResultDifference {
  readonly field: DifferingField;
  readonly lineId: string | null;
  readonly month: Month | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** In what two versions of a person's result in a period differ, the lines first, what follows from them behind. */
export const resultDifferences = (before: RankedResult, after: RankedResult): ResultDifference[] => {
  const found: ResultDifference[] = [];
  const compare = (
    field: DifferingField,
    old: string | null,
    now: string | null,
    lineId: string | null = null,
    month: Month | null = null,
  ): void => {
    if (old !== now) found.push({ field, lineId, month, before: old, after: now });
  };
  const known = new Map(before.workResult.lines.map((line) => [line.lineId, line]));
  const current = new Map(after.workResult.lines.map((line) => [line.lineId, line]));
  for (const lineId of new Set([...known.keys(), ...current.keys()])) {
    const [old, now] = [known.get(lineId), current.get(lineId)];
    const months = new Set([...(old?.months ?? []), ...(now?.months ?? [])].map(({ month }) => month));
    for (const month of months) {
      compare('REALISATION', figureIn(old, month), figureIn(now, month), lineId, month);
    }
    compare('ACHIEVEMENT', micro(old?.achievement), micro(now?.achievement), lineId);
  }
  compare('WORK_RESULT_SCORE', micro(before.workResult.score), micro(after.workResult.score));
  compare('WORK_RESULT_RATING', before.workResultRating, after.workResultRating);
  compare('BEHAVIOUR_SCORE', micro(before.behaviour.score), micro(after.behaviour.score));
  compare('BEHAVIOUR_RATING', before.behaviourRating, after.behaviourRating);
  compare('PREDICATE', before.predicate, after.predicate);
  compare('SCORE', micro(before.score), micro(after.score));
  compare('UNIT_RANK', place(before, 'unit'), place(after, 'unit'));
  compare('JOB_GROUP_RANK', place(before, 'jobGroup'), place(after, 'jobGroup'));
  compare('REGION_RANK', place(before, 'region'), place(after, 'region'));
  return found;
};

const micro = (value: number | null | undefined): Decimal | null =>
  value == null ? null : decimalOfMicro(value);

const figureIn = (line: LineExplanation | undefined, month: Month): Decimal | null =>
  line?.months.find((one) => one.month === month)?.realisation ?? null;

const place = ({ ranks }: RankedResult, scope: 'unit' | 'jobGroup' | 'region'): string | null =>
  ranks === null ? null : `${ranks[scope].rank}/${ranks[scope].of}`;
