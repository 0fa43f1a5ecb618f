import { type CarriedResult, type Carryover, earlierRuns } from '../../domain/evaluation/carryover.ts';
import type { Period } from '../../domain/period/period.ts';
import type { Store } from '../../store/store.ts';

/** The results that were agreed on, of the runs that readers see now, in order; null where nothing is agreed or there is none. */
export async function readCarriedResults(
  store: Store,
  period: Period,
  carryovers: readonly (Carryover | null)[],
): Promise<readonly (CarriedResult | null)[]> {
  const isAgreed = (one: Carryover | null): one is Carryover => one?.state === 'AGREED';
  const agreed = carryovers.filter(isAgreed);
  if (agreed.length === 0) return carryovers.map(() => null);
  const runs = earlierRuns(period, await store.periods.list());
  const wanted = agreed.flatMap((carryover) => {
    const run = runs.find(({ periodId }) => periodId === carryover.sourcePeriodId);
    return run === undefined ? [] : [{ carryover, key: { ...run, staffId: carryover.staffId } }];
  });
  const results = await store.results.getMany(wanted.map(({ key }) => key));
  const found = new Map(
    wanted.flatMap(({ carryover }, at) => {
      const result = results[at];
      return result == null ? [] : [[carryover, { carryover, result }] as const];
    }),
  );
  return carryovers.map((one) => (isAgreed(one) ? (found.get(one) ?? null) : null));
}
