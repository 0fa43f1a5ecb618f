import { addDays } from '../../domain/calendar.ts';
import { isInterested } from '../../domain/organisation/leading.ts';
import { undecided } from '../../domain/period/correction.ts';
import type { Period } from '../../domain/period/period.ts';
import { lateCorrections } from '../close/follow-corrections.ts';
import type { Deps } from '../deps.ts';
import { readFirst } from '../read-all.ts';
import { followUpTaskKind } from './follow-up-tasks.ts';
import { type Me, TASK_LIMITS, type Task, type TaskKind, taskOf } from './task.ts';

/** So many days after its end a period's findings on indicators are a task; later ones tell the same of figures that are newer. */
const REVIEW_DAYS = 184;
/** So many days after its end a year's late corrections are looked for; what it builds on is beyond dispute long before. */
const CORRECTION_DAYS = 730;

/**
 * What waits in an office of the region, one task a period with how much it is: for the personnel office what it decides and ends of
 * follow-ups, and corrections that came when a year was final; for planners the indicators that a close found fault with. Without what
 * is the officer's own matter. Reads nothing for who has no office.
 */
export async function officeTasks(deps: Deps, me: Me, periods: readonly Period[]): Promise<readonly Task[]> {
  const tasks = await Promise.all([
    me.isOffice ? followUpsOfOffice(deps, me) : [],
    me.isOffice ? correctionsOfYears(deps, me, periods) : [],
    me.isPlanner ? reviewsOfIndicators(deps, me, periods) : [],
  ]);
  return tasks.flat();
}

const perPeriod = (kind: TaskKind, periodId: string, count: number): Task[] =>
  count === 0 ? [] : [taskOf(kind, periodId, { periodId, count })];

/** Whose matter is not also the officer's own. */
const disinterestedIn =
  ({ organisation, self, today }: Me) =>
  (staffId: string): boolean =>
    !isInterested(organisation, self, [staffId], today);

async function followUpsOfOffice({ store }: Deps, me: Me): Promise<Task[]> {
  const waiting = await readFirst(
    (page) => store.followUps.waiting(null, me.today, page),
    TASK_LIMITS.followUps,
  );
  const mayDecideOn = disinterestedIn(me);
  const own = waiting.filter(({ staffId }) => mayDecideOn(staffId));
  return (['DECIDE_FOLLOW_UP', 'END_FOLLOW_UP'] as const).flatMap((kind) => {
    const ofKind = own.filter((followUp) => followUpTaskKind(followUp, me.staffId) === kind);
    return [...Map.groupBy(ofKind, ({ periodId }) => periodId)].flatMap(([periodId, found]) =>
      perPeriod(kind, periodId, found.length),
    );
  });
}

async function correctionsOfYears({ store }: Deps, me: Me, periods: readonly Period[]): Promise<Task[]> {
  const mayDecideOn = disinterestedIn(me);
  const since = addDays(me.today, -CORRECTION_DAYS);
  const final = periods.filter(
    ({ kind, state, end }) => kind === 'YEAR' && state === 'FINAL' && end >= since,
  );
  const found = await Promise.all(
    final.map(async (period) => {
      const waiting = undecided(await lateCorrections(store, period), period.lateDecisions);
      const staffIds = waiting.flatMap((correction) => correction.staffIds).filter(mayDecideOn);
      return perPeriod('DECIDE_LATE_CORRECTION', period.id, staffIds.length);
    }),
  );
  return found.flat();
}

async function reviewsOfIndicators(
  { store: { indicatorReviews } }: Deps,
  { today }: Me,
  periods: readonly Period[],
): Promise<Task[]> {
  const since = addDays(today, -REVIEW_DAYS);
  const found = await Promise.all(
    periods.map(async ({ id, end, publishedRun: run }) => {
      if (run === null || end < since) return [];
      const reviews = await readFirst((page) => indicatorReviews.reviews(id, run, page), TASK_LIMITS.reviews);
      const decisions = await indicatorReviews.decisions(reviews);
      return perPeriod(
        'DECIDE_INDICATOR_REVIEW',
        id,
        decisions.filter((decision) => decision === null).length,
      );
    }),
  );
  return found.flat();
}
