import type { Actor } from '../../domain/access-policy.ts';
import { decidersSoFar, isOpen, type Objection } from '../../domain/objection/objection.ts';
import type { Period } from '../../domain/period/period.ts';
import type { Policy } from '../../domain/period/policy.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { policyOfRun } from '../result/policy-of-run.ts';

/** Longest reason of a withdrawal in the audit trail. */
export const LONGEST_REASON = 1_000;

/**
 * An objection's id can be put together from a period and a person, so that only who reads every objection is told that there is
 * none; others are refused as they are for one that they are no party to.
 * @throws Rejection NOT_FOUND at `id`, FORBIDDEN
 */
export async function requireObjection(deps: Deps, actor: Actor, id: string): Promise<Stored<Objection>> {
  const objection = await deps.store.objections.get(id);
  if (objection !== null) return objection;
  await authorise(deps, actor, 'Query.objection');
  throw reject('NOT_FOUND', 'id', { id });
}

export const answerObjection = (deps: Deps, actor: Actor) => (id: string) =>
  requireObjection(deps, actor, id);

/** Whether the actor is one of those whom an objection is about or who had to decide it. */
export const isParty = ({ staffId }: Actor, objection: Objection): boolean =>
  staffId !== null &&
  (staffId === objection.staffId ||
    staffId === objection.assessorId ||
    decidersSoFar(objection).has(staffId));

/**
 * The period of an objection that is open, while its results stand; the policy is that of the close.
 * @throws Rejection WRONG_STATE when the objection is over, or the period was opened again or is final
 */
export async function requireDisputed(
  { store }: Deps,
  objection: Objection,
): Promise<{ readonly period: Stored<Period>; readonly policy: Policy }> {
  if (!isOpen(objection)) throw reject('WRONG_STATE', '', { state: objection.state });
  const period = await store.periods.get(objection.periodId);
  if (period === null) throw reject('NOT_FOUND', 'id', { id: objection.periodId });
  if (period.state !== 'PUBLISHED' || period.attempt !== objection.attempt || period.publishedRun === null) {
    throw reject('WRONG_STATE', '', { period: period.id, state: period.state });
  }
  const policy = await policyOfRun(store, period, period.publishedRun);
  if (policy === null) throw new Error(`${period.id} has no policy`);
  return { period, policy };
}
