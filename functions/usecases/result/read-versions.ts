import type { Actor } from '../../domain/access-policy.ts';
import type { RankShift, Result } from '../../domain/evaluation/result.ts';
import { type ResultDifference, resultDifferences } from '../../domain/objection/differences.ts';
import type { Period, Publication } from '../../domain/period/period.ts';
import { baseRunOf } from '../../domain/period/run.ts';
import type { Deps } from '../deps.ts';
import { readResult } from './read-result.ts';

/** A result as readers saw it from a publication on. */
export interface ResultVersion {
  readonly run: string;
  readonly publishedAt: string;
  readonly result: Result;
  /** In what it differs from the version before; empty for the first. */
  readonly differences: readonly ResultDifference[];
}

/**
 * Every version of a person's result in a period that readers have seen, oldest first; a publication that changed nothing of it
 * is none. For whoever may read the result. @throws Rejection FORBIDDEN, NOT_FOUND
 */
export async function readVersions(
  deps: Deps,
  actor: Actor,
  key: { readonly staffId: string; readonly periodId: string },
): Promise<readonly ResultVersion[]> {
  if ((await readResult(deps, actor, key)) === null) return [];
  const [period, stored] = await Promise.all([
    deps.store.periods.get(key.periodId),
    deps.store.results.runsOfStaff(key.staffId, key.periodId),
  ]);
  if (period === null) return [];
  const ofRun = new Map(stored.map((one) => [one.run, one]));
  const versions: ResultVersion[] = [];
  for (const { run, at } of publicationsOf(period)) {
    const result = resultIn(ofRun, run);
    if (result === null) continue;
    const before = versions.at(-1)?.result;
    const differences = before === undefined ? [] : resultDifferences(before, result);
    if (before !== undefined && differences.length === 0) continue;
    versions.push({ run, publishedAt: at, result, differences });
  }
  return versions;
}

/** A period that is older than the record of its publications has at least the one that is in force. */
const publicationsOf = ({ publications, publishedRun, publishedAt }: Period): readonly Publication[] =>
  publications.length === 0 && publishedRun !== null && publishedAt !== null
    ? [{ run: publishedRun, at: publishedAt }]
    : publications;

function resultIn(ofRun: ReadonlyMap<string, Result | RankShift>, run: string): Result | null {
  const own = ofRun.get(run);
  if (own !== undefined && 'workResult' in own) return own;
  const base = ofRun.get(baseRunOf(run));
  if (base === undefined || !('workResult' in base)) return null;
  return own === undefined ? base : { ...base, run, ranks: own.ranks };
}
