import type { Actor } from '../../domain/access-policy.ts';
import { EVIDENCE_LIMITS, type EvidenceFile } from '../../domain/activity/evidence.ts';
import { reject } from '../../domain/problem.ts';
import type { EvidenceTicket } from '../../store/contract/evidence.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import {
  answerEvidence,
  authoriseEvidence,
  type EvidenceOutcome,
  type EvidenceTargetInput,
  fileKeyOf,
  readTarget,
  refOfTarget,
  requireEvidenced,
  requireOpenFor,
  withFiles,
} from './evidence-target.ts';

export interface ConfirmEvidenceInput {
  readonly target: EvidenceTargetInput;
  readonly evidenceId: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * What was uploaded becomes evidence of what it was announced for, by who announced it. A file that is there already stays.
 * @throws Rejection FILE_MISSING without a ticket of the actor's for this target that is still good, or without the file; TOO_MANY,
 * NOT_FOUND, WRONG_STATE, PERIOD_CLOSED, FORBIDDEN
 */
export async function confirmEvidence(
  deps: Deps,
  actor: Actor,
  input: ConfirmEvidenceInput,
): Promise<EvidenceOutcome> {
  const target = readTarget(input.target);
  const ref = refOfTarget(target);
  return perform(
    deps,
    { actor, operation: 'confirmEvidence', input },
    () => authoriseEvidence(deps, actor, 'Mutation.confirmEvidence', target),
    async ({ place, as }) => {
      const evidenced = await requireEvidenced(deps, place, target);
      const { files } = evidenced;
      if (files.some(({ id, uploadedBy }) => id === input.evidenceId && uploadedBy === actor.id))
        return { as, ref, writes: [] };
      await requireOpenFor(deps, evidenced);
      if (files.length >= EVIDENCE_LIMITS.files)
        throw reject('TOO_MANY', 'target', { maximum: EVIDENCE_LIMITS.files });
      const ticket = await goodTicket(deps, actor, ref, input.evidenceId);
      await keepFile(deps, ticket);
      const { target: _target, expiresAt: _expiresAt, ...announced } = ticket;
      const file: EvidenceFile = { ...announced, uploadedAt: deps.now() };
      return { as, ref, writes: [withFiles(deps, place, evidenced, [...files, file])] };
    },
    (answered) => answerEvidence(deps, answered),
  );
}

/** Somebody else's ticket is as good as none. */
async function goodTicket(
  deps: Deps,
  actor: Actor,
  ref: string,
  evidenceId: string,
): Promise<EvidenceTicket> {
  const ticket = await deps.store.evidence.ticket(evidenceId);
  if (
    ticket === null ||
    ticket.uploadedBy !== actor.id ||
    ticket.target !== ref ||
    ticket.expiresAt < deps.now()
  )
    throw reject('FILE_MISSING', 'evidenceId');
  return ticket;
}

/** Keeps the upload, before the transaction that names it: a file that nothing names harms less than a name without its file. */
async function keepFile({ files }: Deps, { id, size, sha256 }: EvidenceTicket): Promise<void> {
  const key = fileKeyOf(id);
  const uploaded = await files.headUpload(key);
  if (uploaded === null || uploaded.size !== size || uploaded.sha256 !== sha256)
    throw reject('FILE_MISSING', 'evidenceId');
  await files.keepUpload(key);
}
