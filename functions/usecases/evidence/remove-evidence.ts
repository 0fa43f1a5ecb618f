import type { Actor } from '../../domain/access-policy.ts';
import { reject } from '../../domain/problem.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import type { ConfirmEvidenceInput } from './confirm-evidence.ts';
import {
  answerEvidence,
  authoriseEvidence,
  type EvidenceOutcome,
  fileKeyOf,
  readTarget,
  refOfTarget,
  requireEvidenced,
  requireOpenFor,
  withFiles,
} from './evidence-target.ts';

/**
 * Who uploaded a file takes it away, as long as what it belongs to is not verified.
 * @throws Rejection NOT_FOUND, FORBIDDEN also for somebody else's file, WRONG_STATE, PERIOD_CLOSED
 */
export async function removeEvidence(
  deps: Deps,
  actor: Actor,
  input: ConfirmEvidenceInput,
): Promise<EvidenceOutcome> {
  const target = readTarget(input.target);
  const ref = refOfTarget(target);
  const outcome = await perform(
    deps,
    { actor, operation: 'removeEvidence', input },
    () => authoriseEvidence(deps, actor, 'Mutation.removeEvidence', target),
    async ({ place, as }) => {
      const evidenced = await requireEvidenced(deps, place, target);
      const file = evidenced.files.find(({ id }) => id === input.evidenceId);
      if (file === undefined) throw reject('NOT_FOUND', 'evidenceId', { id: input.evidenceId });
      if (file.uploadedBy !== actor.id) throw reject('FORBIDDEN', 'evidenceId');
      await requireOpenFor(deps, evidenced);
      const rest = evidenced.files.filter((each) => each !== file);
      return { as, ref, writes: [withFiles(deps, place, evidenced, rest)] };
    },
    (answered) => answerEvidence(deps, answered),
  );
  // A repetition may come after the file was confirmed anew, even verified: what is named stays.
  const files = outcome.activity?.evidence ?? outcome.realisation?.files ?? [];
  if (!files.some(({ id }) => id === input.evidenceId)) await deps.files.delete(fileKeyOf(input.evidenceId));
  return outcome;
}
