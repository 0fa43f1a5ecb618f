import type { Actor, Operation } from '../../domain/access-policy.ts';
import { type Activity, readActivityId, whileOpen } from '../../domain/activity/activity.ts';
import type { EvidenceFile } from '../../domain/activity/evidence.ts';
import { type Realisation, whileUnverified } from '../../domain/indicator/realisation.ts';
import { reject } from '../../domain/problem.ts';
import type { FileKey } from '../../store/contract/files.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import { requireAcceptingDay } from '../activity/activity-place.ts';
import type { Capacity } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { authoriseOnPlan, findPlan, type PlanPlace } from '../plan/plan-place.ts';
import { checkMonth, type RealisationKey } from '../realisation/change-realisation.ts';

/** What a file belongs to: one of the two is given. */
export interface EvidenceTargetInput {
  readonly activityId?: string | null | undefined;
  readonly realisation?: RealisationKey | null | undefined;
}

/** One thing that has files of evidence, in one plan. */
export type EvidenceTarget = { readonly planId: string } & (
  | { readonly activityId: string; readonly realisation?: never }
  | { readonly realisation: RealisationKey; readonly activityId?: never }
);

/** @throws Rejection REQUIRED at `target` when neither is given, ONE_OF when both are; NOT_FOUND for what is no activity's id */
export function readTarget({ activityId, realisation }: EvidenceTargetInput): EvidenceTarget {
  if (activityId == null && realisation == null) throw reject('REQUIRED', 'target');
  if (activityId != null && realisation != null)
    throw reject('ONE_OF', 'target', { options: 'activityId, realisation' });
  if (realisation != null) return { planId: realisation.planId, realisation };
  const planId = readActivityId(activityId ?? '')?.planId;
  if (activityId == null || planId === undefined)
    throw reject('NOT_FOUND', 'target.activityId', { id: activityId ?? '' });
  return { planId, activityId };
}

/** A target as one text, the same for the same target. */
export const refOfTarget = ({ activityId, realisation }: EvidenceTarget): string =>
  realisation === undefined
    ? JSON.stringify([activityId])
    : JSON.stringify([realisation.planId, realisation.lineId, realisation.month]);

/** The target in a text of `refOfTarget`. */
export function targetOfRef(ref: string): EvidenceTarget {
  const [first = '', lineId, month] = JSON.parse(ref) as string[];
  return lineId === undefined || month === undefined
    ? readTarget({ activityId: first })
    : readTarget({ realisation: { planId: first, lineId, month } });
}

/** Where a file lies: its id is all that storage knows of it. */
export const fileKeyOf = (evidenceId: string): FileKey => `evidence/${evidenceId}`;

export interface EvidenceGrant {
  readonly place: PlanPlace;
  readonly as: Capacity;
}

/**
 * Whose evidence it is: the person's, for an agreement that of the unit's head or a planner.
 * @throws Rejection NOT_FOUND at `planId`, FORBIDDEN, UNAUTHENTICATED
 */
export async function authoriseEvidence(
  deps: Deps,
  actor: Actor,
  operation: Operation,
  { planId, activityId }: EvidenceTarget,
): Promise<EvidenceGrant> {
  const { place } = await findPlan(deps, planId);
  const { side, as } = await authoriseOnPlan(deps, actor, operation, place);
  if (side === 'SUPERIOR' && as !== 'PLANNER') throw reject('FORBIDDEN');
  if (activityId !== undefined && place.staff === undefined) throw reject('FORBIDDEN');
  return { place, as };
}

/** What has the files, as it is stored. */
export type Evidenced =
  | { readonly kind: 'ACTIVITY'; readonly value: Stored<Activity>; readonly files: readonly EvidenceFile[] }
  | {
      readonly kind: 'REALISATION';
      readonly value: Stored<Realisation>;
      readonly files: readonly EvidenceFile[];
    };

/** @throws Rejection NOT_FOUND at `target` */
export async function requireEvidenced(
  deps: Deps,
  { address }: Pick<PlanPlace, 'address'>,
  { activityId, realisation }: EvidenceTarget,
): Promise<Evidenced> {
  if (realisation === undefined) {
    const value = await deps.store.activities.get(address, activityId);
    if (value === null) throw reject('NOT_FOUND', 'target', { id: activityId });
    return { kind: 'ACTIVITY', value, files: value.evidence };
  }
  const value = await deps.store.realisations.get(address, realisation);
  if (value === null) throw reject('NOT_FOUND', 'target', { id: realisation.month });
  return { kind: 'REALISATION', value, files: value.files };
}

/**
 * Whether files can still come and go: until it is verified, and while its period takes it.
 * @throws Rejection WRONG_STATE, PERIOD_CLOSED, OUTSIDE_PERIOD
 */
export async function requireOpenFor(deps: Deps, { kind, value }: Evidenced): Promise<void> {
  if (kind === 'ACTIVITY') {
    whileOpen(value);
    return requireAcceptingDay(deps, value.day);
  }
  whileUnverified(value);
  const [closed] = await checkMonth(deps, value.month);
  if (closed !== undefined) throw reject(closed.code, 'target', closed.params);
}

/** The target with other files. */
export const withFiles = (
  { store }: Deps,
  { address }: Pick<PlanPlace, 'address'>,
  { kind, value }: Evidenced,
  files: readonly EvidenceFile[],
): Write =>
  kind === 'ACTIVITY'
    ? store.activities.save(address, value, { ...value, evidence: files })
    : store.realisations.save(address, value, { ...value, files });

/** What a mutation of evidence answers with. */
export interface EvidenceOutcome {
  readonly activity: Activity | null;
  readonly realisation: Realisation | null;
}

/** The target as it is now. */
export async function answerEvidence(deps: Deps, ref: string): Promise<EvidenceOutcome> {
  const target = targetOfRef(ref);
  const { place } = await findPlan(deps, target.planId);
  const { kind, value } = await requireEvidenced(deps, place, target);
  return kind === 'ACTIVITY'
    ? { activity: value, realisation: null }
    : { activity: null, realisation: value };
}
