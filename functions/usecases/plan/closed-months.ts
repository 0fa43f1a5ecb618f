import { closedMonths } from '../../domain/period/period.ts';
import type { Deps } from '../deps.ts';

/** The months of a year that a closed period covers (`01` to `12`), each with such a period's id. */
export const closedMonthsOf = async (
  deps: Pick<Deps, 'store'>,
  year: number,
): Promise<ReadonlyMap<string, string>> => closedMonths(await deps.store.periods.list(), year);
