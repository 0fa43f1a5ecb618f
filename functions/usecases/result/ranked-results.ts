import type { RankedResult, Ranks, Result } from '../../domain/evaluation/result.ts';
import type { ResultStore, Store } from '../../store/store.ts';

/** Results as of runs with the places that they have then, in order; null where there is none. */
export async function rankedResults(
  { results, rankings }: Pick<Store, 'results' | 'rankings'>,
  keys: Parameters<ResultStore['getMany']>[0],
): Promise<readonly (RankedResult | null)[]> {
  const found = await results.getMany(keys);
  const asked = found.flatMap((result, at) =>
    result === null ? [] : [{ ...result, run: keys[at]?.run ?? '' }],
  );
  const ranks = (await rankings.ranksOf(asked)).values();
  return found.map((result) => result && { ...result, ranks: ranks.next().value ?? null });
}

/** The places of a published result: those that it was read with, else as readers see them now. */
export async function ranksOfResult(
  { periods, rankings }: Pick<Store, 'periods' | 'rankings'>,
  result: Result | RankedResult,
): Promise<Ranks | null> {
  if ('ranks' in result) return result.ranks;
  const run = (await periods.get(result.periodId))?.publishedRun ?? null;
  return run === null ? null : ((await rankings.ranksOf([{ ...result, run }]))[0] ?? null);
}
