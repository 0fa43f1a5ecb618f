import { FEEDBACK_LIMITS, type Feedback, type FeedbackTopic } from '../../domain/feedback/feedback.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { type Problem, problem, reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { InputCheck } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { importedId } from '../new-id.ts';
import { nullWhenRejected, placeOfPlan } from '../plan/plan-place.ts';

/** What is said, by whomever. */
export interface FeedbackInput {
  readonly staffId: string;
  /** A line of the person's plan of a year, or … */
  readonly planId?: string | null | undefined;
  readonly lineId?: string | null | undefined;
  /** … a core value: one of the two. */
  readonly value?: Extract<FeedbackTopic, { kind: 'VALUE' }>['value'] | null | undefined;
  readonly form?: Feedback['form'] | null | undefined;
  readonly text: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** @throws Rejection NOT_FOUND at `staffId` */
export async function requireRecipient(
  { store }: Pick<Deps, 'store'>,
  staffId: string,
): Promise<Stored<Staff>> {
  const staff = await store.staff.get(staffId);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  return staff;
}

/** @throws Rejection NOT_FOUND at `id` */
export async function requireFeedback({ store }: Pick<Deps, 'store'>, id: string): Promise<Stored<Feedback>> {
  const feedback = await store.feedback.get(id);
  if (feedback === null) throw reject('NOT_FOUND', 'id', { id });
  return feedback;
}

/** A token that cannot be read back: an id sorted by time would tell the hour, and with it an unnamed author. */
export const timelessToken = (deps: Pick<Deps, 'newId'>): string => importedId('f', deps.newId('f')).slice(2);

/** The topic that an input names, on the person's own plan in force; null with problems noted. */
export async function readTopic(
  deps: Deps,
  input: Pick<FeedbackInput, 'staffId' | 'planId' | 'lineId' | 'value'>,
  check: InputCheck,
): Promise<FeedbackTopic | null> {
  const { planId, lineId, value } = input;
  const onLine = planId != null || lineId != null;
  if (onLine === (value != null)) {
    if (onLine) check.add('ONE_OF', 'value', { options: 'planId + lineId, value' });
    else check.add('REQUIRED', 'value');
    return null;
  }
  if (value != null) return { kind: 'VALUE', value };
  if (planId == null || lineId == null) {
    check.add('REQUIRED', planId == null ? 'planId' : 'lineId');
    return null;
  }
  check.addAll(await checkLine(deps, input.staffId, planId, lineId));
  return { kind: 'LINE', planId, lineId };
}

/** Whether a line is in force in a plan of that person. NOT_FOUND at `planId` or `lineId` */
export async function checkLine(
  deps: Deps,
  staffId: string,
  planId: string,
  lineId: string,
): Promise<Problem[]> {
  const place = await placeOfPlan(deps, planId).catch(nullWhenRejected);
  const plan = place?.staff?.id === staffId ? await deps.store.plans.get(place.address, planId) : null;
  if (plan === null) return [problem('NOT_FOUND', 'planId', { id: planId })];
  return plan.agreed?.lines.some(({ id }) => id === lineId)
    ? []
    : [problem('NOT_FOUND', 'lineId', { id: lineId })];
}

export const checkFeedbackText = (input: FeedbackInput, check: InputCheck): string =>
  check.text('text', input.text, FEEDBACK_LIMITS.text);
