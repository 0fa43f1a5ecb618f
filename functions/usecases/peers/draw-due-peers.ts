import { addDays, localDateOf } from '../../domain/calendar.ts';
import { buildsOnPeriods } from '../../domain/evaluation/basis.ts';
import type { DrawProgress } from '../../domain/peers/peer-panel.ts';
import type { Period } from '../../domain/period/period.ts';
import { type Policy, policyOn } from '../../domain/period/policy.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Duty } from '../close/duty.ts';
import type { Deps } from '../deps.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { type Draw, drawOfUnit } from './draw-peers.ts';

/** Of the starter's five minutes. */
const DRAWING_MILLISECONDS = 60_000;

/** Time acts as SYSTEM. */
const SYSTEM = { actor: { id: 'system' }, as: 'SYSTEM' } as const;

/** Somebody's panel was refused; the problems name nobody. */
export class DrawRefusedError extends Error {
  override readonly name = 'DrawRefusedError';
}

/**
 * Draws the peers of everybody in each open period whose policy has them drawn, from the day on that it says (`drawAfterDays`),
 * unit by unit, 300 people at a time. Who belongs to whom is taken from that day, and the lots from the period's secret, so
 * that a draw that is late, started twice or killed comes to the same panels. After a minute the rest is left to the next hour,
 * which goes on behind the last unit that was done; a unit that was refused gets another round. Once a period is drawn nothing
 * of it is read again: who comes later is drawn by `drawPeers`.
 * @returns ids of the periods that are drawn now
 */
export const drawDuePeers: Duty = async (deps, failed) => {
  const begun = Date.parse(deps.now());
  const hasTime = (): boolean => Date.parse(deps.now()) - begun < DRAWING_MILLISECONDS;
  const [periods, policies, today] = await Promise.all([
    deps.store.periods.list(),
    deps.store.policies.list(),
    regionToday(deps),
  ]);
  const drawn: string[] = [];
  for (const period of periods) {
    if (period.state !== 'OPEN') continue;
    const policy = policyOn(policies, period.end);
    // No rating of such a year counts.
    if (buildsOnPeriods(period, policy.rules)) continue;
    if (policy.rules.peers.choice !== 'DRAWN' || today < drawDay(period, policy)) continue;
    try {
      if (await drawPeriod(deps, period, policy, hasTime, failed)) drawn.push(period.id);
    } catch (error) {
      failed(period.id, error);
    }
  }
  return drawn;
};

/** The day that the policy states; not before the policy was in force, and within the period. */
const drawDay = (period: Period, { rules, activatedAt }: Policy): IsoDate => {
  const stated = addDays(period.start, rules.peers.drawAfterDays);
  if (activatedAt === null) return ratingDay(period, stated);
  const activated = localDateOf(activatedAt, rules.utcOffsetMinutes);
  return ratingDay({ start: stated, end: period.end }, activated);
};

/** @returns whether everybody has been drawn by this call */
async function drawPeriod(
  deps: Pick<Deps, 'store' | 'now'>,
  period: Period,
  policy: Policy,
  hasTime: () => boolean,
  failed: (id: string, error: unknown) => void,
): Promise<boolean> {
  const { store } = deps;
  let progress: DrawProgress = await store.peers.drawProgress(period.id);
  if (progress.done) return false;
  const [organisation, secret] = await Promise.all([
    store.organisation.load(),
    store.raterSecrets.ensure(period.id),
  ]);
  if (secret === null) return false;
  const draw: Draw = {
    period,
    organisation,
    rules: policy.rules.peers,
    secret,
    day: drawDay(period, policy),
  };
  const ahead = [...organisation.units.values()]
    .filter(({ id }) => progress.after === null || id > progress.after)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const unit of ahead) {
    let refused = progress.refused;
    for (let left = 1; left > 0; ) {
      if (!hasTime()) return false;
      const came = await drawOfUnit(deps, SYSTEM, draw, unit);
      const [problem] = came.outcome.problems;
      // The period has closed meanwhile: nobody is drawn any more.
      if (problem?.code === 'PERIOD_CLOSED') return false;
      if (problem !== undefined) {
        failed(unit.id, new DrawRefusedError(problem.code));
        refused = true;
        break;
      }
      left = came.left;
    }
    progress = { after: unit.id, refused, done: false };
    await store.peers.saveDrawProgress(period.id, progress);
  }
  const done = !progress.refused;
  await store.peers.saveDrawProgress(period.id, { after: null, refused: false, done });
  return done;
}
