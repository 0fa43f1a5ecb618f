import { type EvaluationFrame, evaluationFrame } from '../../domain/evaluation/evaluation-frame.ts';
import type { Behaviour, Evaluation } from '../../domain/evaluation/result.ts';
import type { Period } from '../../domain/period/period.ts';
import type { Policy, PolicyRules } from '../../domain/period/policy.ts';
import { isAnonymous } from '../../domain/rating/behaviour.ts';
import type { Instrument } from '../../domain/rating/rating.ts';

/** What a proposal is made with: the pools of anonymous raters are left out of the rules. */
export const proposalFrame = (
  policy: Policy,
  period: Period,
  instruments: readonly Instrument[],
): EvaluationFrame => {
  const raterPools = policy.rules.raterPools.filter(({ groups }) => !isAnonymous(groups));
  return evaluationFrame({ ...policy, rules: { ...policy.rules, raterPools } }, period, instruments);
};

/** The evaluation made with it, with the hidden pools in their places. */
export const asProposal = (evaluation: Evaluation, policy: Policy): Evaluation =>
  evaluation.behaviour.periods === null
    ? { ...evaluation, behaviour: withHiddenPools(evaluation.behaviour, policy.rules.raterPools) }
    : evaluation;

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
