import type { Actor } from '../../domain/access-policy.ts';
import type { Result } from '../../domain/evaluation/result.ts';
import type { Objection, ObjectionState } from '../../domain/objection/objection.ts';
import { objectionIdOf } from '../../domain/objection/objection.ts';
import { attemptOf } from '../../domain/period/run.ts';
import { reject } from '../../domain/problem.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { isParty, requireObjection } from './objection-subject.ts';

/**
 * One objection: for the person, the assessor of record, whoever decides or had to decide it, HR and auditors.
 * @throws Rejection NOT_FOUND, FORBIDDEN
 */
export async function readObjection(deps: Deps, actor: Actor, id: string): Promise<Objection> {
  const objection = await requireObjection(deps, actor, id);
  if (!isParty(actor, objection)) await authorise(deps, actor, 'Query.objection');
  return objection;
}

/** The objection to a result that somebody reads; null when there is none or it is not for the reader. */
export async function objectionToResult(
  deps: Deps,
  actor: Actor,
  { periodId, staffId, run }: Result,
): Promise<Objection | null> {
  const found = await deps.store.objections.get(objectionIdOf(periodId, attemptOf(run), staffId));
  if (found === null) return null;
  return isParty(actor, found) || (await permits(deps, actor, 'Query.objection')) ? found : null;
}

/**
 * The published result that an objection is about, for a reader of the objection: who decides it need not be a superior today.
 * Null while the period is open again.
 */
export async function disputedResult(
  { store }: Deps,
  { periodId, staffId, attempt }: Objection,
): Promise<Result | null> {
  const run = (await store.periods.get(periodId))?.publishedRun ?? null;
  return run === null || attemptOf(run) !== attempt ? null : store.results.get(periodId, run, staffId);
}

const NONE: Page<Objection> = { items: [], hasMore: false };

/** One's own, by period. @throws Rejection FORBIDDEN */
export async function myObjections(deps: Deps, actor: Actor, page: PageRequest): Promise<Page<Objection>> {
  await authorise(deps, actor, 'Query.myObjections');
  return actor.staffId === null ? NONE : deps.store.objections.ofStaff(actor.staffId, page);
}

/**
 * Open ones that the actor has to decide, or for HR and auditors those of the personnel office, the most urgent first.
 * @throws Rejection FORBIDDEN
 */
export async function objectionsToDecide(
  deps: Deps,
  actor: Actor,
  ofOffice: boolean,
  page: PageRequest,
): Promise<Page<Objection>> {
  if (ofOffice) {
    await authorise(deps, actor, 'Query.objections');
    return deps.store.objections.toDecide(null, page);
  }
  await authorise(deps, actor, 'Query.objectionsToDecide');
  return actor.staffId === null ? NONE : deps.store.objections.toDecide(actor.staffId, page);
}

/** Open ones that wait for the actor's explanation as assessor, the most urgent first. @throws Rejection FORBIDDEN */
export async function objectionsToExplain(
  deps: Deps,
  actor: Actor,
  page: PageRequest,
): Promise<Page<Objection>> {
  await authorise(deps, actor, 'Query.objectionsToExplain');
  return actor.staffId === null ? NONE : deps.store.objections.toExplain(actor.staffId, page);
}

/** Of a period, by state and time of filing; for HR and auditors. @throws Rejection FORBIDDEN, NOT_FOUND */
export async function listObjections(
  deps: Deps,
  actor: Actor,
  { periodId, state }: { readonly periodId: string; readonly state: ObjectionState | null },
  page: PageRequest,
): Promise<Page<Objection>> {
  await authorise(deps, actor, 'Query.objections');
  if ((await deps.store.periods.get(periodId)) === null) {
    throw reject('NOT_FOUND', 'periodId', { id: periodId });
  }
  return deps.store.objections.ofPeriod(periodId, state, page);
}
