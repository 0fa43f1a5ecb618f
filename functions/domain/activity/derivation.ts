import { type Decimal, decimal, parseDecimal, sumDecimals } from '../decimal.ts';
import type { Realisation } from '../indicator/realisation.ts';
import type { PlanLine } from '../plan/line.ts';
import type { PlanOwner } from '../plan/plan.ts';
import { reject } from '../problem.ts';
import { tidy } from '../text.ts';
import type { Instant, Month } from '../time.ts';
import { type Activity, isRealisedByActivity, monthOfDay } from './activity.ts';

/** A verified activity with its amount: part of a month's figure. */
export type CountedActivity = Activity & { readonly amount: Decimal };

/** Which month of which line. */
export interface LineMonth {
  readonly planId: string;
  readonly lineId: string;
  readonly month: Month;
}

/** The activities that make the figure of a line in a month, in the order of their days: verified, and with an amount. */
export const countedActivities = (
  activities: readonly Activity[],
  { lineId, month }: Pick<LineMonth, 'lineId' | 'month'>,
): CountedActivity[] =>
  activities.filter((each): each is CountedActivity => counts(each, lineId, month)).sort(byDay);

const counts = (activity: Activity, lineId: string, month: Month): boolean =>
  activity.lineId === lineId &&
  monthOfDay(activity.day) === month &&
  activity.state === 'VERIFIED' &&
  activity.amount !== null;

/** Earlier days first; on one day what was reported first, and then by id: the same order whoever asks. */
const byDay = (a: Activity, b: Activity): number => {
  const left = `${a.day} ${a.reportedAt} ${a.id}`;
  const right = `${b.day} ${b.reportedAt} ${b.id}`;
  return left < right ? -1 : left > right ? 1 : 0;
};

/**
 * A month's figure out of what counts: the exact sum, or for a LATEST measure the amount of the last activity.
 * @returns null when nothing counts: missing is not zero. @throws Rejection OUT_OF_RANGE at `amount` for more than 15 digits
 */
export const figureOf = (
  { buildUp }: Pick<PlanLine['measure'], 'buildUp'>,
  counted: readonly CountedActivity[],
): Decimal | null => {
  const last = counted.at(-1);
  if (last === undefined) return null;
  if (buildUp !== 'SUM') return last.amount;
  const sum = parseDecimal(sumDecimals(counted.map(({ amount }) => amount)));
  if (sum === null) throw reject('OUT_OF_RANGE', 'amount');
  return sum;
};

const NOTHING = decimal(0);

/**
 * The realisation of a line in a month as its activities make it, in place of the one before. With nothing left that counts, a figure that
 * was built from activities is rejected with the reason for which the last one was returned: it must not stand, and zero was
 * not what was reached.
 * @param activities of the month as they are after the change; those of other lines may be among them
 * @param reason why an activity was returned, if one was
 * @returns null when the line's figure has nothing to do with activities, a decision on an objection set it, or there is nothing to say yet
 */
export const deriveRealisation = (
  owner: PlanOwner,
  line: PlanLine,
  { planId, month }: LineMonth,
  before: Realisation | null,
  activities: readonly Activity[],
  reason: string | null,
  now: Instant,
): Realisation | null => {
  // The decision heard both sides on that figure; what is verified later does not undo it.
  if (before?.setRightBy !== undefined) return null;
  const built = before !== null && before.activities !== null;
  if (!built && !isRealisedByActivity(owner, line)) return null;
  const counted = countedActivities(activities, { lineId: line.id, month });
  const value = figureOf(line.measure, counted);
  if (value === null && !built) return null;
  return {
    planId,
    lineId: line.id,
    month,
    value: value ?? NOTHING,
    evidence: [],
    files: before?.files ?? [],
    note: null,
    state: value === null ? 'REJECTED' : 'VERIFIED',
    rejection: value === null ? tidy(reason ?? '') || null : null,
    activities: counted.length,
    // Made by the system from what others reported and verified.
    reportedBy: null,
    reportedAt: now,
    version: before?.version ?? 0,
  };
};
