import type { Actor } from '../../domain/access-policy.ts';
import { EVIDENCE_TYPES, type EvidenceFile } from '../../domain/activity/evidence.ts';
import type { Realisation } from '../../domain/indicator/realisation.ts';
import { reject } from '../../domain/problem.ts';
import type { DownloadLink } from '../../store/contract/files.ts';
import { authorise, permits, type Subject } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { type PlanPlace, placeOfPlan } from '../plan/plan-place.ts';
import { type EvidenceTargetInput, fileKeyOf, readTarget, requireEvidenced } from './evidence-target.ts';

const LINK_SECONDS = 5 * 60;

export interface EvidenceLink extends DownloadLink {
  readonly fileName: string;
}

/** Whom a plan is about, for the access policy. */
const subjectOf = (place: PlanPlace): Subject =>
  place.staff === undefined ? { unitId: place.unit.id } : { staff: place.staff };

/**
 * A link to a file, for those who may read what it belongs to. The name in the link says nothing about anybody.
 * @throws Rejection REQUIRED, NOT_FOUND, FORBIDDEN
 */
export async function linkEvidence(
  deps: Deps,
  actor: Actor,
  { target: given, evidenceId }: { readonly target: EvidenceTargetInput; readonly evidenceId: string },
): Promise<EvidenceLink> {
  const target = readTarget(given);
  const place = await placeOfPlan(deps, target.planId);
  await authorise(deps, actor, 'Query.evidenceLink', subjectOf(place));
  if (target.activityId !== undefined) await authorise(deps, actor, 'Query.activity', subjectOf(place));
  const { files } = await requireEvidenced(deps, place, target);
  const file = files.find(({ id }) => id === evidenceId);
  if (file === undefined) throw reject('NOT_FOUND', 'evidenceId', { id: evidenceId });
  const { extension } = EVIDENCE_TYPES[file.type];
  const link = await deps.files.presignDownload(fileKeyOf(file.id), {
    fileName: `bukti-${file.id}.${extension}`,
    expiresInSeconds: LINK_SECONDS,
  });
  return { ...link, fileName: file.fileName };
}

/** The files of a realisation, for those who may know of them; null for others. */
export async function filesOfRealisation(
  deps: Deps,
  actor: Actor,
  { planId, files }: Realisation,
): Promise<readonly EvidenceFile[] | null> {
  const place = await placeOfPlan(deps, planId);
  return (await permits(deps, actor, 'Realisation.files', subjectOf(place))) ? files : null;
}
