import type { Actor } from '../../domain/access-policy.ts';
import type { Feedback } from '../../domain/feedback/feedback.ts';
import type { PlanLine } from '../../domain/plan/line.ts';
import { reject } from '../../domain/problem.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { nullWhenRejected, placeOfPlan } from '../plan/plan-place.ts';
import { requireRecipient } from './feedback-change.ts';

/** Feedback as a reader may see it: without the author where it is not signed. */
export interface ShownFeedback extends Omit<Feedback, 'authorId'> {
  /** Null: not shown. */
  readonly authorId: string | null;
}

const shown = (feedback: Feedback): ShownFeedback => ({
  ...feedback,
  authorId: feedback.signed && feedback.source !== 'SERVED' ? feedback.authorId : null,
});

/** Feedback after a change, for the one who made it. */
export const shownFeedback = (feedback: Feedback | null): ShownFeedback | null => feedback && shown(feedback);

/** Feedback on a person, the latest day first, at once. For the person, those who lead them, HR and auditors. @throws Rejection FORBIDDEN, NOT_FOUND */
export async function readFeedbackOn(
  deps: Deps,
  actor: Actor,
  staffId: string,
  page: PageRequest,
): Promise<Page<ShownFeedback>> {
  const staff = await requireRecipient(deps, staffId);
  await authorise(deps, actor, 'Query.feedback', { staff });
  return mapped(await deps.store.feedback.ofStaff(staffId, page));
}

/** Feedback given in a period, for a reader of the proposal who is about to rate. */
export async function readFeedbackOfPeriod(
  deps: Deps,
  { staffId, periodId }: { readonly staffId: string; readonly periodId: string },
  page: PageRequest,
): Promise<Page<ShownFeedback>> {
  const period = await deps.store.periods.get(periodId);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
  return mapped(await deps.store.feedback.ofStaff(staffId, page, { from: period.start, to: period.end }));
}

/** What the actor has written or recorded. @throws Rejection UNAUTHENTICATED */
export async function readGivenFeedback(
  deps: Deps,
  actor: Actor,
  page: PageRequest,
): Promise<Page<ShownFeedback>> {
  await authorise(deps, actor, 'Query.givenFeedback');
  return mapped(await deps.store.feedback.byAuthor(actor.staffId ?? actor.id, page));
}

/** The plan line that something is on, for who may read the plan; null for the others, and when it is in force no more. */
export async function lineOf(
  deps: Deps,
  actor: Actor,
  { planId, lineId }: { readonly planId: string | null; readonly lineId: string | null },
): Promise<{ readonly line: PlanLine; readonly year: number } | null> {
  if (planId === null || lineId === null) return null;
  const place = await placeOfPlan(deps, planId).catch(nullWhenRejected);
  if (place?.staff === undefined || !(await permits(deps, actor, 'Query.plan', { staff: place.staff })))
    return null;
  const plan = await deps.store.plans.get(place.address, planId);
  const line = plan?.agreed?.lines.find(({ id }) => id === lineId);
  return line === undefined ? null : { line, year: place.year };
}

const mapped = ({ items, hasMore }: Page<Feedback>): Page<ShownFeedback> => ({
  items: items.map(({ value, position }) => ({ value: shown(value), position })),
  hasMore,
});
