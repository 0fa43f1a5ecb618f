import { addDays } from '../calendar.ts';
import { type Problem, problem } from '../problem.ts';
import type { IsoDate } from '../time.ts';

/**
 * Why a person does not serve for a time.
 * - LEAVE: any leave with pay (cuti tahunan, besar, sakit, melahirkan, karena alasan penting);
 * - UNPAID_LEAVE (cuti di luar tanggungan negara), SUSPENDED (diberhentikan sementara), STATE_OFFICE (pejabat negara, pimpinan
 *   lembaga nonstruktural), PRE_RETIREMENT (masa persiapan pensiun): no plan is made for them (annex, chapter II C 8);
 * - STUDY (tugas belajar): planned and evaluated like service (annex, chapters II B and IV A 16 and 17).
 */
export type AbsenceKind =
  | 'LEAVE'
  | 'UNPAID_LEAVE'
  | 'SUSPENDED'
  | 'STATE_OFFICE'
  | 'PRE_RETIREMENT'
  | 'STUDY';

/** A time of absence, both ends included; `to` null: still. */
export interface Absence {
  readonly kind: AbsenceKind;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
}

/** Spans that one person may have. */
export const MOST_ABSENCES = 100;

/** Absences are in order, one after the other: OUT_OF_RANGE at the day that breaks it, TOO_MANY. */
export const checkAbsences = (absences: readonly Absence[], path = 'absences'): Problem[] => {
  if (absences.length > MOST_ABSENCES) return [problem('TOO_MANY', path, { maximum: MOST_ABSENCES })];
  return absences.flatMap(({ from, to }, at) => {
    const problems: Problem[] = [];
    if (to !== null && to < from)
      problems.push(problem('OUT_OF_RANGE', `${path}.${at}.to`, { minimum: from }));
    const before = absences[at - 1];
    if (before !== undefined && (before.to === null || from <= before.to))
      problems.push(
        problem(
          'OUT_OF_RANGE',
          `${path}.${at}.from`,
          before.to === null ? {} : { minimum: addDays(before.to, 1) },
        ),
      );
    return problems;
  });
};
