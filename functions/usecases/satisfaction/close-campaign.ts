import type { Actor } from '../../domain/access-policy.ts';
import type { AuditActor } from '../../domain/audit.ts';
import { Rejection } from '../../domain/problem.ts';
import { type Campaign, isDueToClose } from '../../domain/satisfaction/campaign.ts';
import { surveyResult } from '../../domain/satisfaction/survey-tally.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import type { Intent } from '../../store/store.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { requireCampaign, withoutTrail } from './campaign-change.ts';

export interface CloseCampaign {
  readonly id: string;
  readonly version: number;
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

type Clock = Pick<Deps, 'store' | 'now'>;

const SYSTEM: AuditActor = { id: 'system', role: 'SYSTEM' };

/** Answers that are counted in the request that closes a campaign; the figures of more come with the schedule's next hour. */
export const COUNTED_AT_ONCE = 5_000;

/**
 * Closes a campaign before its time. Its figures are computed at once, those of a large one by the schedule: until then it stays
 * COUNTING. @throws Rejection REASON_REQUIRED, CAMPAIGN_CLOSED, NOT_FOUND,
 * CONFLICT
 */
export const closeCampaign = (deps: Deps, actor: Actor, input: CloseCampaign): Promise<Campaign> =>
  perform(
    deps,
    { actor, operation: 'closeSurveyCampaign', input, reason: input.reason },
    async () => {
      const { unitId } = await requireCampaign(deps, input.id);
      return authorise(deps, actor, 'Mutation.closeSurveyCampaign', { unitId });
    },
    async (as) => {
      const [before, today] = await Promise.all([requireCampaign(deps, input.id), regionToday(deps)]);
      expectVersion(before, input.version);
      const check = checkInput();
      if (before.state !== 'RUNNING') check.add('CAMPAIGN_CLOSED', 'id');
      check.reason(input.reason);
      check.done();
      return { as, ref: before.id, writes: [shut(deps, before, today)] };
    },
    async (id) => {
      const counting = await requireCampaign(deps, id);
      return (await isCountedAtOnce(deps, counting)) ? finish(deps, counting) : counting;
    },
  );

/**
 * Closes a campaign whose last day is over. May run twice at once and be killed at any moment: who comes later goes on where it
 * stopped, and both come to the same figures. @returns whether it is closed now
 */
export async function closeDueCampaign(deps: Clock, id: string): Promise<boolean> {
  const today = await regionToday(deps);
  const before = await deps.store.satisfaction.get(id);
  if (before === null || !isDueToClose(before, today)) return false;
  if (before.state === 'RUNNING') {
    await commitUnlessDone(deps, 'closeSurveyCampaign', [shut(deps, before, today)]);
  }
  const counting = await deps.store.satisfaction.get(id);
  return counting !== null && (await finish(deps, counting)).state === 'CLOSED';
}

async function isCountedAtOnce({ store }: Clock, { id, state }: Campaign): Promise<boolean> {
  if (state !== 'COUNTING') return true;
  const [counts] = await store.satisfaction.counts([id]);
  return counts !== undefined && counts.withCode + counts.withoutCode <= COUNTED_AT_ONCE;
}

/** From here on no answer comes in; a campaign that was open ends on this day at the latest. */
function shut({ store }: Pick<Deps, 'store'>, before: Stored<Campaign>, today: IsoDate): Write {
  const closes = before.opens <= today && today < before.closes ? today : before.closes;
  return store.satisfaction.save(before, { ...withoutTrail(before), closes, state: 'COUNTING' });
}

/** Counts the answers, which nothing adds to any more, and keeps the figures. */
async function finish(deps: Clock, counting: Stored<Campaign>): Promise<Campaign> {
  if (counting.state !== 'COUNTING') return counting;
  const tally = await deps.store.satisfaction.tally(counting.id);
  const closed: Campaign = {
    ...withoutTrail(counting),
    state: 'CLOSED',
    closedAt: deps.now(),
    result: surveyResult(tally, counting.minimumAnswers),
  };
  await commitUnlessDone(deps, 'countSurveyAnswers', [deps.store.satisfaction.save(counting, closed)]);
  return (await deps.store.satisfaction.get(counting.id)) ?? closed;
}

/** Commits as SYSTEM; when another process was first, what it did is what counts. */
async function commitUnlessDone(deps: Clock, operation: string, writes: readonly Write[]): Promise<void> {
  const intent: Intent = { actor: SYSTEM, at: deps.now(), operation, reason: null, idempotency: null };
  try {
    await deps.store.commit(intent, writes);
  } catch (error) {
    const lost = error instanceof Rejection && error.problems.every(({ code }) => code === 'CONFLICT');
    if (!lost) throw error;
  }
}
