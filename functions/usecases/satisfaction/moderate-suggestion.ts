import type { Actor } from '../../domain/access-policy.ts';
import { servesInLine } from '../../domain/organisation/leading.ts';
import { reject } from '../../domain/problem.ts';
import type { Suggestion } from '../../domain/satisfaction/suggestion.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { officerToday } from '../interest.ts';
import { perform } from '../perform.ts';
import { requireCampaign } from './campaign-change.ts';

export interface ModerateSuggestion {
  readonly campaignId: string;
  readonly id: string;
  readonly version: number;
  readonly publish: boolean;
  readonly reason?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Publishes a suggestion or withholds it; a decision can be changed. Not by the unit itself or its line (`servesInLine`): nobody
 * sorts out what is said about them. @throws Rejection FORBIDDEN, REASON_REQUIRED for withholding; NOT_FOUND, CONFLICT
 */
export const moderateSuggestion = (
  deps: Deps,
  actor: Actor,
  input: ModerateSuggestion,
): Promise<Suggestion> =>
  perform(
    deps,
    { actor, operation: 'moderateSuggestion', input, reason: input.reason },
    async () => {
      const as = await authorise(deps, actor, 'Mutation.moderateSuggestion');
      const { unitId } = await requireCampaign(deps, input.campaignId, 'campaignId');
      const { organisation, officer, today } = await officerToday(deps, actor);
      if (servesInLine(organisation, officer, unitId, today)) throw reject('FORBIDDEN');
      return as;
    },
    async (as) => {
      const before = await requireSuggestion(deps, input);
      expectVersion(before, input.version);
      const check = checkInput();
      const reason = check.optionalText('reason', input.reason, LENGTHS.reason);
      if (!input.publish && reason === null) check.add('REASON_REQUIRED', 'reason');
      check.done();
      const { auditHash: _, ...suggestion } = before;
      const state = input.publish ? 'PUBLISHED' : 'WITHHELD';
      const changed = state !== suggestion.state;
      return {
        as,
        ref: suggestion.id,
        writes: changed ? [deps.store.satisfaction.saveSuggestion(before, { ...suggestion, state })] : [],
      };
    },
    (id) => requireSuggestion(deps, { campaignId: input.campaignId, id }),
  );

export async function requireSuggestion(
  { store }: Deps,
  { campaignId, id }: Pick<ModerateSuggestion, 'campaignId' | 'id'>,
): Promise<Stored<Suggestion>> {
  const suggestion = await store.satisfaction.suggestion(campaignId, id);
  if (suggestion === null) throw reject('NOT_FOUND', 'id', { id });
  return suggestion;
}
