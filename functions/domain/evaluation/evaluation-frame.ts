import type { Organisation } from '../organisation/organisation.ts';
import type { Policy, PolicyRules } from '../period/policy.ts';
import { monthsOf, type PeriodSpan } from '../period/span.ts';
import { type PoolsInForce, poolsIn } from '../period/unit-pools.ts';
import type { Instrument } from '../rating/rating.ts';
import type { Month } from '../time.ts';

/** What everybody in a period is evaluated with, prepared once. */
export interface EvaluationFrame {
  readonly policyId: string;
  readonly rules: PolicyRules;
  readonly months: readonly Month[];
  /** The months without their year (`01`), as targets are keyed. */
  readonly monthKeys: readonly string[];
  readonly monthIndex: ReadonlyMap<Month, number>;
  readonly instruments: readonly Instrument[];
  /** The pools of raters that count for the staff of a unit. */
  readonly poolsIn: (unitId: string) => PoolsInForce;
}

/** @param instruments every version of every instrument that a rating of the period may name */
export const evaluationFrame = (
  policy: Pick<Policy, 'id' | 'rules'>,
  period: Pick<PeriodSpan, 'start' | 'end'>,
  instruments: readonly Instrument[],
  organisation: Organisation,
): EvaluationFrame => {
  const months = monthsOf(period);
  return {
    policyId: policy.id,
    rules: policy.rules,
    months,
    monthKeys: months.map((month) => month.slice(5)),
    monthIndex: new Map(months.map((month, at) => [month, at])),
    instruments,
    poolsIn: (unitId) => poolsIn(policy.rules, organisation, unitId),
  };
};
