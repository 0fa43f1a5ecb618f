import { periodsCovering } from '../period/span.ts';
import type { Micro } from '../rounding.ts';
import { divideHalfUpBig, MICRO } from '../rounding.ts';
import type { Month } from '../time.ts';
import { type AttendanceFigures, disciplineOf } from './attendance.ts';

/** Weights of productivity and discipline in the allowance, percent; they sum to 100. Practice: 60 and 40. */
export interface AllowanceWeights {
  readonly productivity: number;
  readonly discipline: number;
}

export const defaultAllowanceWeights: AllowanceWeights = { productivity: 60, discipline: 40 };

/** What a region decides on the additional income (tambahan penghasilan pegawai, TPP). */
export interface AllowanceRules {
  readonly weights: AllowanceWeights;
  /** Minutes of a working day, against which absence and lost minutes are held. */
  readonly minutesADay: number;
  /** Whole rupiah a month by position class (kelas jabatan, 1 to 17); a class that is not listed has no allowance yet. */
  readonly bases: readonly { readonly positionClass: number; readonly amount: number }[];
}

/** Five days of 37.5 hours a week; the amounts are the region's own. */
export const defaultAllowanceRules: AllowanceRules = {
  weights: defaultAllowanceWeights,
  minutesADay: 450,
  bases: [],
};

/**
 * Additional income (TPP): base × (productivity weight × productivity + discipline weight × discipline) / 100, without steps,
 * so that a hundredth of a point never costs a class. Half-up to whole rupiah.
 * @param base whole rupiah @param productivity micro-percent @param discipline micro-percent @returns whole rupiah
 */
export const allowanceOf = (
  base: number,
  productivity: Micro,
  discipline: Micro,
  weights: AllowanceWeights = defaultAllowanceWeights,
): number => {
  const percent =
    BigInt(weights.productivity) * BigInt(productivity) + BigInt(weights.discipline) * BigInt(discipline);
  return Number(divideHalfUpBig(BigInt(base) * percent, 100n * 100n * 1_000_000n));
};

/** Why a month has no amount. Missing is never zero: nobody's allowance is cut by data that has not come. */
export type AllowanceGap =
  | 'NOT_IN_SERVICE'
  | 'NO_POSITION_CLASS'
  | 'NO_BASE'
  | 'NO_RESULT'
  | 'NO_WORK_RESULT'
  | 'NO_ATTENDANCE'
  | 'NO_WORKING_DAY';

/** The work result that stands for the productivity of a month. */
export interface MonthResult {
  readonly periodId: string;
  /** 0..cap micro-percent; null: not measured in that period. */
  readonly score: Micro | null;
}

export interface AllowanceInputs {
  readonly month: Month;
  readonly rules: AllowanceRules;
  /** Whether the person serves on the last day of the month. */
  readonly serves: boolean;
  /** Of the position on that day. */
  readonly positionClass: number | null;
  /** Published results of the person in the periods that cover the month. */
  readonly results: readonly MonthResult[];
  readonly attendance: AttendanceFigures | null;
}

/** A month's allowance with all that is needed to recompute it by hand. */
export interface Allowance {
  readonly month: Month;
  readonly positionClass: number | null;
  /** Whole rupiah. */
  readonly base: number | null;
  readonly weights: AllowanceWeights;
  readonly minutesADay: number;
  /** The period whose work result is the productivity: the shortest published one that has any. */
  readonly periodId: string | null;
  /** Micro-percent, at most 100: more than the target is rewarded elsewhere. */
  readonly productivity: Micro | null;
  readonly attendance: AttendanceFigures | null;
  /** Micro-percent. */
  readonly discipline: Micro | null;
  /** Whole rupiah; null with `gaps`. */
  readonly amount: number | null;
  readonly gaps: readonly AllowanceGap[];
}

const FULL: Micro = 100 * MICRO;

/** The allowance of a month, or everything that is missing for it. */
export const allowanceOfMonth = ({
  month,
  rules,
  serves,
  positionClass,
  results,
  attendance,
}: AllowanceInputs): Allowance => {
  const base = rules.bases.find((each) => each.positionClass === positionClass)?.amount ?? null;
  const covering = periodsCovering(month).flatMap(
    (id) => results.find(({ periodId }) => periodId === id) ?? [],
  );
  const result = covering.find(({ score }) => score !== null) ?? covering[0];
  const productivity = result?.score == null ? null : Math.min(result.score, FULL);
  const discipline = attendance && disciplineOf(attendance, rules.minutesADay);
  const gaps: AllowanceGap[] = serves ? [] : ['NOT_IN_SERVICE'];
  if (serves && positionClass === null) gaps.push('NO_POSITION_CLASS');
  else if (serves && base === null) gaps.push('NO_BASE');
  if (result === undefined) gaps.push('NO_RESULT');
  else if (productivity === null) gaps.push('NO_WORK_RESULT');
  if (attendance === null) gaps.push('NO_ATTENDANCE');
  else if (discipline === null) gaps.push('NO_WORKING_DAY');
  const complete = gaps.length === 0 && base !== null && productivity !== null && discipline !== null;
  return {
    month,
    positionClass,
    base,
    weights: rules.weights,
    minutesADay: rules.minutesADay,
    periodId: result?.periodId ?? null,
    productivity,
    attendance,
    discipline,
    amount: complete ? allowanceOf(base, productivity, discipline, rules.weights) : null,
    gaps,
  };
};
