import type { Actor } from '../../domain/access-policy.ts';
import { type Realisation, verifyRealisation as verify } from '../../domain/indicator/realisation.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { type RealisationKey, reviewRealisation } from './change-realisation.ts';

export interface VerifyRealisationInput extends RealisationKey {
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * The assessor (for a unit the level above) verifies what somebody else reported.
 * @throws Rejection NO_CHANGE, CONFLICT, PERIOD_CLOSED, FORBIDDEN also for the reporter
 */
export const verifyRealisation = (
  deps: Deps,
  actor: Actor,
  input: VerifyRealisationInput,
): Promise<Stored<Realisation>> =>
  reviewRealisation(deps, actor, 'Mutation.verifyRealisation', input, (realisation) =>
    verify(realisation, actor.id),
  );
