import { sumDecimals } from '../decimal.ts';
import type { Aspect, Measure, Perspective, Target } from '../indicator/indicator.ts';

/** CARRIES a share of the superior's figure, or SUPPORTS it with a target of its own. */
export type CascadeRole = 'CARRIES' | 'SUPPORTS';

/** The superior's work result that a line serves (RHK yang diintervensi). */
export interface Serves {
  readonly planId: string;
  readonly lineId: string;
  readonly role: CascadeRole;
}

/** One work result (RHK) with its indicator and targets. */
export interface PlanLine {
  /** Stable over revisions of the plan, for example `L1`. */
  readonly id: string;
  readonly kind: 'MAIN' | 'ADDITIONAL';
  readonly title: string;
  readonly aspect: Aspect;
  readonly perspective: Perspective | null;
  readonly goalId: string | null;
  readonly serves: Serves | null;
  readonly indicatorId: string;
  /** Number of the indicator's definition that was agreed. */
  readonly definition: number;
  /** Copy of that definition's measure, so that later definitions never change an agreed line. */
  readonly measure: Measure;
  readonly indicatorName: string;
  /** Basis points; MAIN lines sum to exactly 10,000, ADDITIONAL lines carry 0. */
  readonly weight: number;
  /** Month (`01` to `12`) → target of that month. A month without target expects nothing. */
  readonly targets: Readonly<Record<string, Target>>;
}

/** What a line expects of the whole year, as its months build up; null without targets. */
export const annualTarget = ({ measure, targets }: Pick<PlanLine, 'measure' | 'targets'>): Target | null => {
  const months = Object.keys(targets).sort();
  const all = months.flatMap((month) => targets[month] ?? []);
  const last = all.at(-1);
  if (last === undefined) return null;
  if (measure.buildUp !== 'SUM') return last;
  if ('value' in last) {
    return { value: sumDecimals(all.flatMap((target) => ('value' in target ? target.value : []))) };
  }
  return {
    low: sumDecimals(all.flatMap((target) => ('low' in target ? target.low : []))),
    high: sumDecimals(all.flatMap((target) => ('high' in target ? target.high : []))),
  };
};
