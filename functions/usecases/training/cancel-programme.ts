import type { Actor } from '../../domain/access-policy.ts';
import type { Programme } from '../../domain/training/course.ts';
import { authorise } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { requireOpen, requireProgramme } from './programme-change.ts';
import { tellOfCancelled } from './tell-of-cancelled.ts';

export interface CancelProgramme {
  readonly id: string;
  readonly version: number;
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Calls a programme off: nobody enrols any more, and who has a place or waits for one is told. @throws Rejection REQUIRED, WRONG_STATE, NOT_FOUND, CONFLICT
 */
export const cancelProgramme = (deps: Deps, actor: Actor, input: CancelProgramme): Promise<Programme> =>
  perform(
    deps,
    { actor, operation: 'cancelProgramme', input, reason: input.reason },
    () => authorise(deps, actor, 'Mutation.cancelProgramme'),
    async (as) => {
      const before = await requireOpen(deps, input.id);
      expectVersion(before, input.version);
      const check = checkInput();
      check.text('reason', input.reason, LENGTHS.reason);
      check.done();
      const after: Programme = { ...before, state: 'CANCELLED', toldUpTo: '' };
      return {
        as,
        ref: before.id,
        writes: [deps.store.training.saveProgramme(before, after, { kind: 'CLOSE' })],
      };
    },
    async (id) => {
      await tellOfCancelled(deps, id);
      return requireProgramme(deps, id);
    },
  );
