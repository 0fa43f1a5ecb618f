import type { Actor } from '../../domain/access-policy.ts';
import type { FieldChange } from '../../domain/plan/difference.ts';
import type { PlanLine } from '../../domain/plan/line.ts';
import { readPlanId } from '../../usecases/plan/plan-place.ts';

/** The id of a plan holds the one of its owner; the public sees those of units only. */
const mayRead = (actor: Actor, planId: string): boolean =>
  !actor.roles.has('PUBLIC') || readPlanId(planId)?.owner.kind === 'UNIT';

/** What a line serves, null where that would lead the public to a person. */
export const servedLine = (actor: Actor, { serves }: Pick<PlanLine, 'serves'>): PlanLine['serves'] =>
  serves !== null && mayRead(actor, serves.planId) ? serves : null;

/** A value of a change as text, null where it would lead the public to a person: what is served is `<role> <plan> <line>`. */
export const changedValue = (
  actor: Actor,
  field: FieldChange['field'],
  value: string | null,
): string | null =>
  value === null || field !== 'SERVES' || mayRead(actor, value.split(' ')[1] ?? '') ? value : null;
