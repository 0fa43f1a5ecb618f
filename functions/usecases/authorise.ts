import {
  type Actor,
  decideByRole,
  type Operation,
  type Relation,
  type RequestRole,
  type Rule,
  rules,
} from '../domain/access-policy.ts';
import type { Staff } from '../domain/organisation/staff.ts';
import { reject } from '../domain/problem.ts';
import type { IsoDate } from '../domain/time.ts';
import type { Deps } from './deps.ts';
import { relationsToStaff, relationsToUnit } from './relations.ts';

/**
 * The person or unit that an operation is about; `on`: the day whose relations count, today if left out. `seat`: it takes place
 * between people, so that no office gives a seat, only a relation.
 */
export type Subject =
  | { readonly staff: Staff; readonly on?: IsoDate; readonly seat?: true }
  | { readonly unitId: string; readonly on?: IsoDate };

/** As what the actor may act; goes into the audit entry. */
export type Capacity = RequestRole | Relation;

/**
 * Allows an operation by the access policy; reads data only when the actor's roles do not decide.
 * @returns the role or relation that allows it
 * @throws Rejection FORBIDDEN, or UNAUTHENTICATED for PUBLIC
 */
export async function authorise(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  subject?: Subject,
): Promise<Capacity> {
  const capacity = await capacityFor(deps, actor, operation, subject);
  if (capacity === null) throw reject(actor.roles.has('PUBLIC') ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  return capacity;
}

/** Whether an operation is allowed; see `authorise`. */
export const permits = async (
  deps: Deps,
  actor: Actor,
  operation: Operation,
  subject?: Subject,
): Promise<boolean> => (await capacityFor(deps, actor, operation, subject)) !== null;

/** As what an operation is allowed; null: it is not. See `authorise`. */
export async function capacityFor(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  subject: Subject | undefined,
): Promise<Capacity | null> {
  const rule: Rule = rules[operation];
  const staff = subject !== undefined && 'staff' in subject ? subject : null;
  const isBetweenPeople =
    staff !== null &&
    (staff.seat === true || (rule.notOfOneself === true && staff.staff.id === actor.staffId));
  const asked: Rule = isBetweenPeople ? { ...rule, roles: [] } : rule;
  const byRole = decideByRole(operation, asked, actor);
  if (byRole.verdict === 'ALLOWED') return byRole.as;
  if (byRole.verdict === 'REFUSED' || subject === undefined) return null;
  const relations =
    'staff' in subject
      ? await relationsToStaff(deps, actor, subject.staff, rule.relations, subject.on)
      : await relationsToUnit(deps, actor, subject.unitId, rule.relations, subject.on);
  return rule.relations.find((candidate) => relations.has(candidate)) ?? null;
}
