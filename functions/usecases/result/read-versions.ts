import type { Actor } from '../../domain/access-policy.ts';
import type { RankedResult } from '../../domain/evaluation/result.ts';
import { type ResultDifference, resultDifferences } from '../../domain/objection/differences.ts';
import type { Period, Publication } from '../../domain/period/period.ts';
import type { Deps } from '../deps.ts';
import { rankedResults } from './ranked-results.ts';
import { readResult } from './read-result.ts';

/** A result as readers saw it from a publication on. */
export interface ResultVersion {
  readonly run: string;
  readonly publishedAt: string;
  readonly result: RankedResult;
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
  const period = await deps.store.periods.get(key.periodId);
  if (period === null) return [];
  const publications = publicationsOf(period);
  const results = await rankedResults(
    deps.store,
    publications.map(({ run }) => ({ ...key, run })),
  );
  const versions: ResultVersion[] = [];
  for (const [at, { run, at: publishedAt }] of publications.entries()) {
    const result = results[at] ?? null;
    if (result === null) continue;
    const before = versions.at(-1)?.result;
    const differences = before === undefined ? [] : resultDifferences(before, result);
    if (before !== undefined && differences.length === 0) continue;
    versions.push({ run, publishedAt, result, differences });
  }
  return versions;
}

/** A period that is older than the record of its publications has at least the one that is in force. */
const publicationsOf = ({ publications, publishedRun, publishedAt }: Period): readonly Publication[] =>
  publications.length === 0 && publishedRun !== null && publishedAt !== null
    ? [{ run: publishedRun, at: publishedAt }]
    : publications;
