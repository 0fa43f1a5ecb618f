import type { Actor } from '../../domain/access-policy.ts';
import { type Realisation, rejectRealisation as refuse } from '../../domain/indicator/realisation.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { type RealisationKey, reviewRealisation } from './change-realisation.ts';

export interface RejectRealisationInput extends RealisationKey {
  readonly version: number;
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * The assessor (for a unit the level above) rejects a report with the reason; it does not count until it is reported again.
 * @throws Rejection REASON_REQUIRED, TOO_LONG, CONFLICT, PERIOD_CLOSED, FORBIDDEN
 */
export const rejectRealisation = (
  deps: Deps,
  actor: Actor,
  input: RejectRealisationInput,
): Promise<Stored<Realisation>> =>
  reviewRealisation(
    deps,
    actor,
    'Mutation.rejectRealisation',
    input,
    (realisation) => refuse(realisation, input.reason),
    input.reason,
    'REALISATION_REJECTED',
  );
