import type { Actor } from '../../domain/access-policy.ts';
import { isAnonymous } from '../../domain/behaviour.ts';
import { reject } from '../../domain/problem.ts';
import type { Evaluation } from '../../domain/result.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { evaluateNow } from './evaluate-now.ts';

/**
 * What the system would propose for a person now. Colleagues' figures stay hidden until the period is published: whoever
 * reads a running mean before and after a rating knows that rating.
 * @throws Rejection FORBIDDEN, NOT_FOUND, NOT_MEMBER
 */
export async function readProposal(
  deps: Deps,
  actor: Actor,
  { staffId, periodId }: { readonly staffId: string; readonly periodId: string },
): Promise<Evaluation> {
  const [staff, period] = await Promise.all([
    deps.store.staff.get(staffId),
    deps.store.periods.get(periodId),
  ]);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  await authorise(deps, actor, 'Query.proposal', { staff });
  return withoutRunningFigures(await evaluateNow(deps, period, staff));
}

/** The evaluation with nothing in it from which a single anonymous rating could be found by reading twice. */
export function withoutRunningFigures(evaluation: Evaluation): Evaluation {
  const { behaviour } = evaluation;
  const counted = behaviour.pools.some(({ groups, points }) => isAnonymous(groups) && points !== null);
  const pools = behaviour.pools.map((pool) =>
    isAnonymous(pool.groups)
      ? { ...pool, raters: 0, mean: null, points: null, notMeasured: null, effectiveWeight: 0 }
      : { ...pool, effectiveWeight: 0 },
  );
  return {
    ...evaluation,
    behaviour: {
      ...behaviour,
      pools,
      score: counted ? null : behaviour.score,
      notMeasured: behaviour.notMeasured,
    },
    score: counted ? null : evaluation.score,
    scoreShares: null,
    numericClass: counted ? null : evaluation.numericClass,
  };
}
