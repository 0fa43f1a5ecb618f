import type { Actor } from '../../domain/access-policy.ts';
import { servesInLine } from '../../domain/organisation/leading.ts';
import { periodOf } from '../../domain/period/span.ts';
import { reject } from '../../domain/problem.ts';
import type { Campaign } from '../../domain/satisfaction/campaign.ts';
import type { CodeBatch } from '../../domain/satisfaction/single-use-code.ts';
import type { Suggestion, SuggestionState } from '../../domain/satisfaction/suggestion.ts';
import type { CampaignCounts } from '../../store/contract/satisfaction.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { officerToday } from '../interest.ts';
import { readPages } from '../read-all.ts';

/** How many codes and answers a campaign has; null for readers whom it is not for. */
export const readCounts = async (
  deps: Deps,
  actor: Actor,
  { id, unitId }: Pick<Campaign, 'id' | 'unitId'>,
): Promise<CampaignCounts | null> => {
  if (!(await permits(deps, actor, 'SurveyCampaign.counts', { unitId }))) return null;
  const [counts = null] = await deps.store.satisfaction.counts([id]);
  return counts;
};

/**
 * Suggestions in one state; null for readers whom those that the public does not see are not for. The unit's heads wait for the
 * close, and so does an officer who serves in its line: whoever watches a desk and sees words come in knows whose they are.
 */
export async function readSuggestions(
  deps: Deps,
  actor: Actor,
  campaign: Pick<Campaign, 'id' | 'unitId' | 'state'>,
  status: SuggestionState,
  page: PageRequest,
): Promise<Page<Suggestion> | null> {
  const { id, unitId, state } = campaign;
  const isRunning = state === 'RUNNING';
  const subject = isRunning ? undefined : { unitId };
  if (!(await permits(deps, actor, 'SurveyCampaign.suggestionsInState', subject))) return null;
  if (isRunning && !actor.roles.has('AUDITOR')) {
    const { organisation, officer, today } = await officerToday(deps, actor);
    if (servesInLine(organisation, officer, unitId, today)) return null;
  }
  return deps.store.satisfaction.suggestions(id, status, page);
}

/** Batches of codes of a campaign as they were issued; null for readers whom they are not for. */
export const readSurveyBatches = async (
  deps: Deps,
  actor: Actor,
  { id, unitId }: Pick<Campaign, 'id' | 'unitId'>,
  page: PageRequest,
): Promise<Page<CodeBatch> | null> =>
  (await permits(deps, actor, 'SurveyCampaign.codeBatches', { unitId }))
    ? deps.store.satisfaction.batchesFor({ kind: 'SURVEY', campaignId: id }, page)
    : null;

/**
 * Batches of codes with which people served rate a staff member in a period, as they were issued. @throws Rejection NOT_FOUND,
 * FORBIDDEN, also for the staff member
 */
export async function readContactBatches(
  deps: Deps,
  actor: Actor,
  { staffId, periodId }: { readonly staffId: string; readonly periodId: string },
  page: PageRequest,
): Promise<Page<CodeBatch>> {
  const [staff, period] = await Promise.all([
    deps.store.staff.get(staffId),
    deps.store.periods.get(periodId),
  ]);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  await authorise(deps, actor, 'Query.contactCodeBatches', { staff });
  return deps.store.satisfaction.batchesFor({ kind: 'CONTACT', staffId, periodId }, page);
}

/** Campaigns that are shown beside a unit's result; a unit with more of them in one period has its list of campaigns. */
const MOST_IN_PERIOD = 20;

/** Closed campaigns of a unit whose last day lies in a period, by last day. */
export const campaignsOfPeriod = async (
  { store }: Pick<Deps, 'store'>,
  { unitId, periodId }: { readonly unitId: string; readonly periodId: string },
): Promise<readonly Campaign[]> => {
  const span = periodOf(periodId);
  if (span === null) return [];
  const closed: Campaign[] = [];
  const pages = readPages((page) => store.satisfaction.ofUnitBetween(unitId, span.start, span.end, page));
  for await (const ended of pages) {
    closed.push(...ended.filter(({ state }) => state === 'CLOSED'));
    if (closed.length >= MOST_IN_PERIOD) break;
  }
  return closed.slice(0, MOST_IN_PERIOD);
};
