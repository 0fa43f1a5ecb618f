import { type EvaluationFrame, evaluationFrame } from '../../domain/evaluation/evaluation-frame.ts';
import type { Behaviour, Evaluation } from '../../domain/evaluation/result.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { Period } from '../../domain/period/period.ts';
import type { Policy, PolicyRules } from '../../domain/period/policy.ts';
import { poolsIn, type RaterPool } from '../../domain/period/unit-pools.ts';
import { isAnonymous } from '../../domain/rating/pool.ts';
import type { Instrument } from '../../domain/rating/rating.ts';

/** What a proposal is made with: the pools of anonymous raters are left out of the rules. */
export const proposalFrame = (
  policy: Policy,
  period: Period,
  instruments: readonly Instrument[],
  organisation: Organisation,
): EvaluationFrame => {
  const rules: PolicyRules = {
    ...policy.rules,
    raterPools: knownPools(policy.rules.raterPools),
    unitRaterPools: policy.rules.unitRaterPools.map((unit) => ({
      ...unit,
      raterPools: knownPools(unit.raterPools),
    })),
  };
  return evaluationFrame({ ...policy, rules }, period, instruments, organisation);
};

const knownPools = (pools: readonly RaterPool[]): readonly RaterPool[] =>
  pools.filter(({ groups }) => !isAnonymous(groups));

/** The evaluation made with it, with the hidden pools in their places. */
export const asProposal = (
  evaluation: Evaluation,
  { rules }: Policy,
  organisation: Organisation,
): Evaluation => {
  const { behaviour, unitId } = evaluation;
  if (behaviour.periods !== null) return evaluation;
  const { raterPools } = poolsIn(rules, organisation, unitId);
  return { ...evaluation, behaviour: withHiddenPools(behaviour, raterPools) };
};

/** The behaviour with the pools that were left out in their places; nothing of them is said, not whether anybody has rated. */
function withHiddenPools(behaviour: Behaviour, raterPools: PolicyRules['raterPools']): Behaviour {
  const known = behaviour.pools.values();
  const pools = raterPools.flatMap(({ groups, weight }) =>
    isAnonymous(groups)
      ? { groups, weight, raters: 0, mean: null, points: null, notMeasured: null, effectiveWeight: 0 }
      : (known.next().value ?? []),
  );
  return { ...behaviour, pools, notMeasured: behaviour.pools.length === 0 ? null : behaviour.notMeasured };
}
