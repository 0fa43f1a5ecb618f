import type { Period } from '../../domain/period/period.ts';
import type { Policy } from '../../domain/period/policy.ts';
import type { Store } from '../../store/store.ts';

/**
 * The policy by which a run of a period was made. The period itself holds that of the run in progress, or else of the published
 * one; every run keeps a copy. Null for a run that was never begun.
 */
export async function policyOfRun(
  store: Pick<Store, 'closeRuns'>,
  period: Pick<Period, 'id' | 'run' | 'publishedRun' | 'policy'>,
  run: string,
): Promise<Policy | null> {
  return run === (period.run ?? period.publishedRun) ? period.policy : store.closeRuns.policy(period.id, run);
}
