import type { Actor } from '../../domain/access-policy.ts';
import {
  checkEvidence,
  EVIDENCE_LIMITS,
  EVIDENCE_TYPES,
  type EvidenceType,
} from '../../domain/activity/evidence.ts';
import { problem, rejectIf } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { Instant } from '../../domain/time.ts';
import type { UploadTicket } from '../../store/contract/files.ts';
import type { Deps } from '../deps.ts';
import {
  authoriseEvidence,
  type EvidenceTargetInput,
  fileKeyOf,
  readTarget,
  refOfTarget,
  requireEvidenced,
  requireOpenFor,
} from './evidence-target.ts';

export interface RequestUploadInput {
  readonly target: EvidenceTargetInput;
  readonly fileName: string;
  readonly type: EvidenceType;
  readonly size: number;
  readonly sha256: string;
}

/** Leave to upload, and to confirm what was uploaded. */
export interface EvidenceUpload extends UploadTicket {
  readonly evidenceId: string;
  readonly confirmBefore: Instant;
}

/** Long enough for a slow line. */
const UPLOAD_SECONDS = 15 * 60;
/** Storage forgets what nobody confirms after a day. */
const CONFIRM_MILLISECONDS = 24 * 3600 * 1000;

/**
 * Gives leave to upload one file for something of one's own that is not verified. Changes nothing that lasts: who asks twice
 * has two tickets, of which one expires.
 * @throws Rejection with all of REQUIRED, TOO_LONG, OUT_OF_RANGE, INVALID_FORMAT, TOO_MANY; NOT_FOUND, WRONG_STATE, PERIOD_CLOSED,
 * FORBIDDEN
 */
export async function requestEvidenceUpload(
  deps: Deps,
  actor: Actor,
  input: RequestUploadInput,
): Promise<EvidenceUpload> {
  const target = readTarget(input.target);
  const { place } = await authoriseEvidence(deps, actor, 'Mutation.requestEvidenceUpload', target);
  const evidenced = await requireEvidenced(deps, place, target);
  await requireOpenFor(deps, evidenced);
  const most = EVIDENCE_LIMITS.files;
  rejectIf([
    ...checkEvidence(input),
    ...(evidenced.files.length >= most ? [problem('TOO_MANY', 'target', { maximum: most })] : []),
  ]);
  const id = deps.newId('e');
  const { type, size } = input;
  const sha256 = input.sha256.toLowerCase();
  const confirmBefore = new Date(Date.parse(deps.now()) + CONFIRM_MILLISECONDS).toISOString();
  await deps.store.evidence.putTicket({
    id,
    fileName: tidy(input.fileName),
    type,
    size,
    sha256,
    uploadedBy: actor.id,
    target: refOfTarget(target),
    expiresAt: confirmBefore,
  });
  const ticket = await deps.files.presignUpload(fileKeyOf(id), {
    contentType: EVIDENCE_TYPES[type].contentType,
    size: { exactly: size },
    sha256,
    expiresInSeconds: UPLOAD_SECONDS,
  });
  return { ...ticket, evidenceId: id, confirmBefore };
}
