import { basisRuns, buildsOnPeriods, type PeriodRun } from '../../domain/evaluation/basis.ts';
import {
  type CorrectionContent,
  type Followed,
  NOTHING_CORRECTED,
  notHeld,
} from '../../domain/period/correction.ts';
import type { Period } from '../../domain/period/period.ts';
import { baseRunOf } from '../../domain/period/run.ts';
import type { Store } from '../../store/store.ts';

/** Why the published run of a period differs from the run of its close; nothing where it does not. */
export const contentOf = async (store: Pick<Store, 'closeRuns'>, periodId: string, run: string) =>
  (await store.closeRuns.correction(periodId, run)) ?? NOTHING_CORRECTED;

/** The runs that the published results of a year were begun on; none for everything that does not build on periods. */
export async function frozenBasis(
  store: Pick<Store, 'closeRuns'>,
  { id, kind, year, policy, publishedRun }: Period,
): Promise<readonly PeriodRun[]> {
  if (publishedRun === null || policy === null || !buildsOnPeriods({ kind }, policy.rules)) return [];
  return basisRuns(year, await store.closeRuns.builtOn(id, baseRunOf(publishedRun)));
}

/** The same of what readers see of a period; nothing of one that is not published. */
export const lateCorrections = async (store: Store, period: Period): Promise<readonly Followed[]> =>
  period.publishedRun === null
    ? []
    : correctionsToFollow(store, period, await contentOf(store, period.id, period.publishedRun));

/**
 * What was decided on objections to the periods that a published year builds on after its close had begun, and what its run does
 * not hold yet; only of people who have a result in the year. A period that was opened and closed again is no correction: the
 * year follows when it is opened itself.
 * @param held what the run holds already
 */
export async function correctionsToFollow(
  store: Store,
  period: Period,
  held: CorrectionContent,
): Promise<readonly Followed[]> {
  const { id, publishedRun } = period;
  const frozen = await frozenBasis(store, period);
  if (publishedRun === null || frozen.length === 0) return [];
  const published = new Map((await store.periods.list()).map((one) => [one.id, one.publishedRun]));
  const corrected: Followed[] = [];
  for (const { periodId, run } of frozen) {
    const now = published.get(periodId) ?? run;
    if (now === run || baseRunOf(now) !== baseRunOf(run)) continue;
    const [before, after] = await Promise.all([
      contentOf(store, periodId, run),
      contentOf(store, periodId, now),
    ]);
    const staffIds = after.decisions.filter((staffId) => !before.decisions.includes(staffId));
    corrected.push({ periodId, run: now, staffIds });
  }
  const waiting = notHeld(corrected, held);
  const staffIds = [...new Set(waiting.flatMap((one) => one.staffIds))];
  const results = await store.results.getMany(
    staffIds.map((staffId) => ({ periodId: id, run: baseRunOf(publishedRun), staffId })),
  );
  const evaluated = new Set(results.flatMap((result) => result?.staffId ?? []));
  return waiting
    .map((one) => ({ ...one, staffIds: one.staffIds.filter((staffId) => evaluated.has(staffId)) }))
    .filter((one) => one.staffIds.length > 0);
}
