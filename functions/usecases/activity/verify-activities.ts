import type { Actor } from '../../domain/access-policy.ts';
import type { Deps } from '../deps.ts';
import type { ImportOutcome } from '../import-rows.ts';
import { verifyEach } from '../verify-each.ts';
import { findActivity } from './activity-place.ts';
import { verifyActivity } from './verify-activity.ts';

export interface VerifyActivitiesInput {
  readonly activities: readonly { readonly id: string; readonly version: number }[];
}

/** The assessor verifies several activities (verify-each.ts). */
export const verifyActivities = (
  deps: Deps,
  actor: Actor,
  { activities }: VerifyActivitiesInput,
): Promise<ImportOutcome> =>
  verifyEach(
    'activities',
    activities,
    (each) => verifyActivity(deps, actor, each),
    async ({ id }) => (await findActivity(deps, id))?.state === 'VERIFIED',
  );
