import { compareDecimals, type Decimal, signOf } from '../decimal.ts';
import { type Problem, problem } from '../problem.ts';
import type { IsoDate } from '../time.ts';

export type Polarity = 'MAXIMIZE' | 'MINIMIZE' | 'RANGE' | 'STABILIZE';
/** How a RANGE is read above its upper end. */
export type AboveRange = 'INSIDE_IS_BEST' | 'MORE_IS_BETTER';
/** How months build up to a longer period: see build-up.ts. */
export type BuildUp = 'SUM' | 'LATEST' | 'RELEASED';
/** Whether a person's monthly figures are reported by hand, or built from their verified activities. */
export type RealisedBy = 'REPORT' | 'ACTIVITY';
export type Aspect = 'QUANTITY' | 'QUALITY' | 'TIME' | 'COST';
/** Four perspectives of leaders' plans (annex, format A.1.1). */
export type Perspective = 'SERVICE_RECIPIENTS' | 'BUSINESS_PROCESS' | 'INTERNAL_STRENGTHENING' | 'BUDGET';

/** How a figure is measured and read. */
export interface Measure {
  readonly unitOfMeasure: string;
  readonly polarity: Polarity;
  /** Only for RANGE; null otherwise. */
  readonly aboveRange: AboveRange | null;
  readonly buildUp: BuildUp;
  readonly realisedBy: RealisedBy;
}

/** One target: a value, or for RANGE a lower and an upper end. */
export type Target = { readonly value: Decimal } | { readonly low: Decimal; readonly high: Decimal };

/** A definition of an indicator (IKU); a change of meaning is a new definition, never an edit. */
export interface IndicatorDefinition {
  readonly indicatorId: string;
  /** 1, 2, 3 … */
  readonly definition: number;
  readonly name: string;
  readonly description: string;
  readonly formula: string;
  readonly source: string;
  readonly measure: Measure;
  readonly effectiveFrom: IsoDate;
}

/** An indicator in the catalogue, with the definition now in force. */
export interface Indicator {
  readonly id: string;
  readonly code: string;
  /** The unit that owns it (penanggung jawab); null: the region. */
  readonly unitId: string | null;
  readonly goalId: string | null;
  readonly current: IndicatorDefinition;
  readonly retired: boolean;
  readonly version: number;
}

/**
 * A RANGE says how it is read above its upper end; nothing else does: REQUIRED or INVALID_FORMAT at `aboveRange`. A published
 * figure is never built from activities: INVALID_FORMAT at `realisedBy`.
 */
export const checkMeasure = (measure: Measure, path = 'measure'): Problem[] => {
  const at = (field: string): string => (path === '' ? field : `${path}.${field}`);
  const problems: Problem[] = [];
  if (measure.polarity === 'RANGE' && measure.aboveRange === null)
    problems.push(problem('REQUIRED', at('aboveRange')));
  if (measure.polarity !== 'RANGE' && measure.aboveRange !== null)
    problems.push(problem('INVALID_FORMAT', at('aboveRange')));
  if (measure.buildUp === 'RELEASED' && measure.realisedBy === 'ACTIVITY')
    problems.push(problem('INVALID_FORMAT', at('realisedBy')));
  return problems;
};

/**
 * Whether a target can be read with its polarity. TARGET_SHAPE: two ends for a RANGE, low ≤ high, and one value otherwise.
 * TARGET_SIGN: below zero, which gives no meaningful quotient (only STABILIZE compares with the size of a negative target).
 * Zero is allowed: it is real, and a line that it makes unmeasurable is reported as a bad indicator at every close.
 */
export const checkTarget = (
  { polarity }: Pick<Measure, 'polarity'>,
  target: Target,
  path: string,
): Problem[] => {
  if ((polarity === 'RANGE') === 'value' in target) return [problem('TARGET_SHAPE', path, { polarity })];
  if ('value' in target) {
    return polarity !== 'STABILIZE' && signOf(target.value) < 0 ? [problem('TARGET_SIGN', path)] : [];
  }
  if (signOf(target.low) < 0 || signOf(target.high) < 0) return [problem('TARGET_SIGN', path)];
  return compareDecimals(target.low, target.high) > 0 ? [problem('TARGET_SHAPE', path, { polarity })] : [];
};
