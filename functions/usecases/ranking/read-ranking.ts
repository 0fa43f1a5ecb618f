import type { Actor } from '../../domain/access-policy.ts';
import type { RankingEntry, RankingScope } from '../../domain/evaluation/ranking.ts';
import type { Rank, RankedResult } from '../../domain/evaluation/result.ts';
import { chainOf } from '../../domain/organisation/organisation.ts';
import { type Problem, problem, Rejection, reject } from '../../domain/problem.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise, capacityFor } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { ledIn } from '../relations.ts';
import { rankedResults } from '../result/ranked-results.ts';

/** Where in a ranking to read; at most one of them. */
export interface RankingStart {
  /** Position of an entry (0 is the first): what comes after it. */
  readonly after?: number | null;
  /** A staff member: the entries around theirs. */
  readonly around?: string | null;
  /** The place from which on. */
  readonly fromRank?: number | null;
}

export interface RankingPart extends Page<RankingEntry> {
  readonly total: number;
}

/** The scope from an input. @throws Rejection REQUIRED */
export function rankingScope({
  kind,
  unitId,
  jobGroup,
}: {
  readonly kind: RankingScope['kind'];
  readonly unitId?: string | null | undefined;
  readonly jobGroup?: string | null | undefined;
}): RankingScope {
  if (kind === 'REGION') return { kind };
  if (kind === 'UNIT') {
    if (!unitId) throw reject('REQUIRED', 'scope.unitId');
    return { kind, unitId };
  }
  if (!jobGroup) throw reject('REQUIRED', 'scope.jobGroup');
  return { kind, jobGroup };
}

/**
 * A stretch of a published ranking, of at most two pages of the store whatever is asked for; null before publication.
 *
 * HR and auditors read every ranking, heads that of their unit and the units below, without the lines of who leads them and serves
 * there (places are those published, so one is missing). Everybody else reads one line of it: their own, asked for with `around`.
 * Nobody's score is another's business (domain section 9).
 * @throws Rejection FORBIDDEN; NOT_FOUND for an unknown period or unit, or a person who is not in the ranking; OUT_OF_RANGE
 */
export async function readRanking(
  deps: Deps,
  actor: Actor,
  periodId: string,
  scope: RankingScope,
  { first }: Pick<PageRequest, 'first'>,
  start: RankingStart,
): Promise<RankingPart | null> {
  checkStart(start);
  const [period, organisation] = await Promise.all([
    deps.store.periods.get(periodId),
    deps.store.organisation.load(),
  ]);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  if (scope.kind === 'UNIT' && !organisation.units.has(scope.unitId)) {
    throw reject('NOT_FOUND', 'scope.unitId', { id: scope.unitId });
  }
  const readsAs = await capacityFor(deps, actor, 'Query.ranking', unitOf(scope));
  const own = actor.staffId !== null && start.around === actor.staffId;
  if (readsAs === null && !own) throw await refusal(deps, actor);
  const isShown = await shownInRanking(deps, actor, scope);
  if (start.around != null && !isShown(start.around)) throw reject('FORBIDDEN', 'around');
  const run = period.publishedRun;
  if (run === null) return null;

  const around =
    start.around == null
      ? null
      : ((await rankedResults(deps.store, [{ periodId, run, staffId: start.around }]))[0] ?? null);
  if (start.around != null && (around === null || rankIn(around, scope) === null)) {
    throw reject('NOT_FOUND', 'around', { id: start.around });
  }
  if (readsAs === null && around !== null) return ownLine(around, scope);

  const pages = pageReader(deps, periodId, run, scope);
  // Those who lead a head are heads of units above.
  const mostHidden = scope.kind === 'UNIT' ? chainOf(organisation, scope.unitId).length : 0;
  const count = first + mostHidden;
  const rank = around && rankIn(around, scope);
  const from = start.fromRank != null ? start.fromRank - 1 : start.after == null ? 0 : start.after + 1;
  const part =
    rank === null
      ? await pages.from(from, count)
      : await pages.around(start.around ?? '', rank.rank - 1, first);
  const items = part.items.filter(({ value }) => isShown(value.staffId));
  return { ...part, items: items.slice(0, first), hasMore: part.hasMore || items.length > first };
}

/** Whose lines of a ranking are shown to somebody who may read it: to the head of a unit not those of who leads them. */
export async function shownInRanking(
  deps: Deps,
  actor: Actor,
  scope: RankingScope,
): Promise<(staffId: string) => boolean> {
  if (scope.kind !== 'UNIT') return () => true;
  const as = await capacityFor(deps, actor, 'Query.ranking', unitOf(scope));
  return as === 'UNIT_HEAD' ? ledIn(deps, actor, scope.unitId) : () => true;
}

const unitOf = (scope: RankingScope) => (scope.kind === 'UNIT' ? { unitId: scope.unitId } : undefined);

function checkStart({ after, around, fromRank }: RankingStart): void {
  const problems: Problem[] = [];
  if (fromRank != null && fromRank < 1) problems.push(problem('OUT_OF_RANGE', 'fromRank', { minimum: 1 }));
  const given = [after != null && 'after', around != null && 'around', fromRank != null && 'fromRank'];
  const named = given.filter((name) => name !== false);
  if (named.length > 1) problems.push(problem('ONE_OF', named[1], { options: named.join(', ') }));
  if (problems.length > 0) throw new Rejection(problems);
}

/** FORBIDDEN or UNAUTHENTICATED, as the policy words it. */
async function refusal(deps: Deps, actor: Actor): Promise<unknown> {
  try {
    await authorise(deps, actor, 'Query.ranking');
  } catch (error) {
    return error;
  }
  return reject('FORBIDDEN');
}

/** A person's place in a scope; null when they are not in it. */
function rankIn({ ranks, unitId, jobGroup }: RankedResult, scope: RankingScope): Rank | null {
  if (ranks === null) return null;
  if (scope.kind === 'REGION') return ranks.region;
  if (scope.kind === 'UNIT') return scope.unitId === unitId ? ranks.unit : null;
  return scope.jobGroup === jobGroup ? ranks.jobGroup : null;
}

/** One line from the person's own result, without reading a page. */
function ownLine(result: RankedResult, scope: RankingScope): RankingPart {
  const rank = rankIn(result, scope);
  if (rank === null || result.score === null) return { items: [], hasMore: false, total: 0 };
  const { staffId, unitId, score } = result;
  return {
    items: [{ value: { staffId, unitId, score, rank: rank.rank }, position: String(rank.rank - 1) }],
    hasMore: false,
    total: rank.of,
  };
}

/** Reads stretches of the stored pages of one ranking; each stretch touches two pages at most. */
function pageReader(deps: Deps, periodId: string, run: string, scope: RankingScope) {
  const { pageSize } = deps.store.rankings;
  const read = (number: number) => deps.store.rankings.page(periodId, run, scope, number);

  const stretch = async (from: number, count: number): Promise<RankingPart> => {
    const page = Math.floor(from / pageSize);
    const begin = await read(page);
    if (begin === null) {
      const total = page === 0 ? 0 : ((await read(0))?.total ?? 0);
      return { items: [], hasMore: false, total };
    }
    const { total } = begin;
    const reachesOver = from + count > (page + 1) * pageSize && (page + 1) * pageSize < total;
    const rest = reachesOver ? ((await read(page + 1))?.entries ?? []) : [];
    const offset = from - page * pageSize;
    const items = [...begin.entries, ...rest]
      .slice(offset, offset + count)
      .map((value, at) => ({ value, position: String(from + at) }));
    return { items, hasMore: from + items.length < total, total };
  };

  return {
    from: stretch,
    /**
     * Around somebody whose tie begins at `tie`: equal scores lie in the order of staff ids, so the person is further on when
     * many share the score. Found in the pages read, they stand in the middle; else the stretch begins with their tie.
     */
    around: async (staffId: string, tie: number, count: number): Promise<RankingPart> => {
      const number = Math.floor(tie / pageSize);
      const before = Math.floor(count / 2);
      const own = await read(number);
      if (own === null) return { items: [], hasMore: false, total: 0 };
      const at = own.entries.findIndex((entry) => entry.staffId === staffId);
      const middle = at < 0 ? tie + before : number * pageSize + at;
      const from = Math.max(0, Math.min(middle - before, own.total - count));
      const last = Math.min(from + count, own.total) - 1;
      const neighbour =
        from < number * pageSize ? number - 1 : last >= (number + 1) * pageSize ? number + 1 : null;
      const other = neighbour === null ? null : await read(neighbour);
      const start = Math.min(number, neighbour ?? number);
      const entries =
        neighbour !== null && neighbour < number
          ? [...(other?.entries ?? []), ...own.entries]
          : [...own.entries, ...(other?.entries ?? [])];
      const offset = from - start * pageSize;
      const items = entries
        .slice(offset, offset + count)
        .map((value, place) => ({ value, position: String(from + place) }));
      return { items, hasMore: from + items.length < own.total, total: own.total };
    },
  };
}
