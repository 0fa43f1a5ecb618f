import type { Actor } from '../../domain/access-policy.ts';
import { reject } from '../../domain/problem.ts';
import type { CareerPlan } from '../../domain/training/career.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { requireDisinterested } from '../interest.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { assessorNow, requireCareer } from './career-change.ts';
import { authoriseFor } from './enrolment-change.ts';

export interface AgreeCareerPlan {
  readonly staffId: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * The assessor agrees to a person's proposal; to that of somebody whom nobody assesses, as the head of a root unit, the personnel office
 * does, to nobody's own or of who leads them. @throws Rejection NOT_FOUND, FORBIDDEN, WRONG_STATE, CONFLICT
 */
export const agreeCareerPlan = (deps: Deps, actor: Actor, input: AgreeCareerPlan): Promise<CareerPlan> =>
  perform(
    deps,
    { actor, operation: 'agreeCareerPlan', input },
    () => authoriseFor(deps, actor, 'Mutation.agreeCareerPlan', input.staffId),
    async ({ staff, as }) => {
      const { assessorId } = await assessorNow(deps, staff);
      if (assessorId === null) await requireDisinterested(deps, actor, [staff.id], 'staffId');
      else if (actor.staffId !== assessorId) throw reject('FORBIDDEN');
      const before = await requireCareer(deps, staff.id);
      expectVersion(before, input.version);
      if (before.state !== 'PROPOSED') throw reject('WRONG_STATE', 'staffId', { state: before.state });
      const to = [...person(staff.id), ...person(before.mentorId)];
      return {
        as,
        ref: staff.id,
        writes: [
          deps.store.training.saveCareer(before, { ...before, state: 'AGREED' }),
          ...notify(deps, {
            kind: 'DEVELOPMENT_PLAN',
            to,
            refs: { staffId: staff.id },
            occasion: before.version,
          }),
        ],
      };
    },
    (staffId) => requireCareer(deps, staffId),
  );
