import { newestVersion } from '../../domain/rating/instrument.ts';
import type { Instrument } from '../../domain/rating/rating.ts';
import type { Deps } from '../deps.ts';

/** An instrument in a version, or its newest; null when there is none. */
export async function findInstrument(
  deps: Pick<Deps, 'store'>,
  id: string,
  version: number | null | undefined,
): Promise<Instrument | null> {
  if (version != null) return deps.store.instruments.get(id, version);
  return newestVersion(await deps.store.instruments.list(), id);
}
