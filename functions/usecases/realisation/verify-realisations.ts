import type { Actor } from '../../domain/access-policy.ts';
import type { Deps } from '../deps.ts';
import type { ImportOutcome } from '../import-rows.ts';
import { verifyEach } from '../verify-each.ts';
import { findRealisation, type RealisationKey } from './change-realisation.ts';
import { verifyRealisation } from './verify-realisation.ts';

export interface VerifyRealisationsInput {
  readonly realisations: readonly (RealisationKey & { readonly version: number })[];
}

/** The superior side verifies several reports, of one plan or of many (verify-each.ts). */
export const verifyRealisations = (
  deps: Deps,
  actor: Actor,
  { realisations }: VerifyRealisationsInput,
): Promise<ImportOutcome> =>
  verifyEach(
    'realisations',
    realisations,
    (each) => verifyRealisation(deps, actor, each),
    async (each) => (await findRealisation(deps, each))?.state === 'VERIFIED',
  );
