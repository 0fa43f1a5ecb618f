import { differenceOf, type PlanDifference } from '../../domain/plan/difference.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { Deps } from '../deps.ts';

/**
 * What changes between two versions of a plan that the caller reads: agreed revisions, and the proposal where the plan as
 * read holds it. Null when one of them does not exist.
 * @param to left out: the proposal, else what is in force @param from left out: the revision before `to`
 */
export async function planDifference(
  deps: Deps,
  { id, agreed, proposal }: Plan,
  range: { readonly from?: number | null | undefined; readonly to?: number | null | undefined },
): Promise<PlanDifference | null> {
  const to = range.to ?? (proposal ?? agreed)?.revision;
  if (to === undefined) return null;
  const from = range.from ?? to - 1;
  const kept = agreed === null ? [] : await deps.store.plans.revisions(id);
  const versionOf = (revision: number) =>
    kept.find((content) => content.revision === revision) ??
    (proposal?.revision === revision ? proposal : undefined);
  const [before, after] = [versionOf(from), versionOf(to)];
  if (after === undefined || (before === undefined && from !== 0)) return null;
  return differenceOf(before ?? null, after);
}
