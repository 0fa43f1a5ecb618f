import type { Actor } from '../../domain/access-policy.ts';
import {
  ACTIVITY_LIMITS,
  type Activity,
  type ActivityReport,
  activityIdOf,
  checkActivity,
  checkDay,
  monthOfDay,
  reportActivity as report,
} from '../../domain/activity/activity.ts';
import type { Decimal } from '../../domain/decimal.ts';
import { assignmentOn } from '../../domain/organisation/staff.ts';
import { problem, rejectIf } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { answerActivity, authoriseActivity, checkAcceptingDay, requireAgreed } from './activity-place.ts';

/** What a client says of an activity. */
export interface ActivityInput {
  readonly lineId: string;
  readonly title: string;
  readonly amount?: Decimal | null | undefined;
  readonly note?: string | null | undefined;
}

export interface ReportActivityInput extends ActivityInput {
  readonly planId: string;
  readonly day: IsoDate;
  readonly idempotencyKey?: string | null | undefined;
}

export const reportOf = ({ lineId, title, amount, note }: ActivityInput): ActivityReport => ({
  lineId,
  title,
  amount: amount ?? null,
  note: note ?? null,
});

/**
 * A staff member reports what they did on a day for a line of their own plan. Their superior sees it at once.
 * @throws Rejection with all of NOT_FOUND (line), INVALID_FORMAT, OUTSIDE_PERIOD, OUT_OF_RANGE (a day to come, an amount below zero),
 * NOT_MEMBER (no service on that day), REQUIRED, TOO_LONG, TOO_MANY (in the month), PERIOD_CLOSED; WRONG_STATE without a plan in
 * force; FORBIDDEN
 */
export const reportActivity = (
  deps: Deps,
  actor: Actor,
  input: ReportActivityInput,
): Promise<Stored<Activity>> =>
  perform(
    deps,
    { actor, operation: 'reportActivity', input },
    () => authoriseActivity(deps, actor, 'Mutation.reportActivity', input.planId),
    async ({ place, plan, as }) => {
      const agreed = requireAgreed(plan);
      const { day } = input;
      const reported = reportOf(input);
      const ofDay = checkDay(day, plan.year, await regionToday(deps));
      const problems = [...ofDay, ...checkActivity(agreed, reported)];
      if (ofDay.length === 0) {
        const [accepting, ofMonth] = await Promise.all([
          checkAcceptingDay(deps, day),
          deps.store.activities.ofMonth(place.address, plan.id, monthOfDay(day)),
        ]);
        problems.push(...accepting);
        if (assignmentOn(place.staff, day) === null) problems.push(problem('NOT_MEMBER', 'day'));
        if (ofMonth.length >= ACTIVITY_LIMITS.aMonth)
          problems.push(problem('TOO_MANY', 'day', { maximum: ACTIVITY_LIMITS.aMonth }));
      }
      rejectIf(problems);
      const id = activityIdOf(plan.id, day, deps.newId('a'));
      const activity = report(
        { id, planId: plan.id, staffId: place.staff.id, day },
        reported,
        actor.id,
        deps.now(),
      );
      return { as, ref: id, writes: [deps.store.activities.save(place.address, null, activity)] };
    },
    (id) => answerActivity(deps, id),
  );
