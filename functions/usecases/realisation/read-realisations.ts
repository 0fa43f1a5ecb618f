import { monthsBetween } from '../../domain/calendar.ts';
import type { Realisation } from '../../domain/indicator/realisation.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { Month } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { placeOfPlan } from '../plan/plan-place.ts';

/**
 * What was reported on a line of a plan that the reader may read, in some months of its year (all if left out), in the order of
 * the months.
 */
export async function readRealisations(
  deps: Deps,
  plan: Plan,
  lineId: string,
  { from, to }: { readonly from?: Month | null | undefined; readonly to?: Month | null | undefined },
): Promise<readonly Realisation[]> {
  const months = monthsBetween(`${plan.year}-01`, `${plan.year}-12`).filter(
    (month) => (from == null || month >= from) && (to == null || month <= to),
  );
  const { address } = await placeOfPlan(deps, plan.id);
  const found = await deps.store.realisations.getMany(
    months.map((month) => ({ address, planId: plan.id, lineId, month })),
  );
  return found.filter((realisation) => realisation !== null);
}
