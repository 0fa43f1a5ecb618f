import type { Actor } from '../domain/access-policy.ts';
import { isInterested, isOwnUnit } from '../domain/organisation/leading.ts';
import type { Organisation } from '../domain/organisation/organisation.ts';
import type { Staff } from '../domain/organisation/staff.ts';
import { reject } from '../domain/problem.ts';
import type { IsoDate } from '../domain/time.ts';
import type { Deps } from './deps.ts';
import { regionToday } from './region-clock.ts';

/** Where somebody who acts in an office's name stands today. */
export interface OfficerToday {
  readonly organisation: Organisation;
  /** Null: an account of nobody on staff. */
  readonly officer: Staff | null;
  readonly today: IsoDate;
}

export async function officerToday(deps: Deps, { staffId }: Actor): Promise<OfficerToday> {
  const [organisation, officer, today] = await Promise.all([
    deps.store.organisation.load(),
    staffId === null ? null : deps.store.staff.get(staffId),
    regionToday(deps),
  ]);
  return { organisation, officer, today };
}

/** Nobody acts in an office's name in a matter of their own, or of who leads them. @throws Rejection FORBIDDEN at `path` */
export async function requireDisinterested(
  deps: Deps,
  actor: Actor,
  parties: readonly string[],
  path: string,
): Promise<void> {
  const { organisation, officer, today } = await officerToday(deps, actor);
  if (isInterested(organisation, officer, parties, today)) throw reject('FORBIDDEN', path);
}

/** Whether an office's decision on a unit would be one on the actor's own head (`isOwnUnit`), on a day or today. */
export async function decidesOnOwnUnit(
  deps: Deps,
  actor: Actor,
  unitId: string,
  day: IsoDate | null = null,
): Promise<boolean> {
  const { organisation, officer, today } = await officerToday(deps, actor);
  return [day ?? today, today].some((date) => isOwnUnit(organisation, officer, unitId, date));
}
