import type { Actor } from '../../domain/access-policy.ts';
import type { Staff } from '../../domain/staff.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import {
  type AssignmentInput,
  readAssignment,
  readStaff,
  requireStaff,
  withAssignment,
  withoutTrail,
} from './staff-change.ts';

export interface TransferStaff {
  readonly id: string;
  readonly version: number;
  readonly assignment: AssignmentInput;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Gives a person another unit, position, job group or assessor from a day on. The stays before are kept: the assessor of
 * record of a period is found from them.
 * @throws Rejection OUT_OF_RANGE when it would begin before the present assignment; RETIRED, NOT_FOUND, CONFLICT; PERIOD_CLOSED
 * while a year that it reaches into is being closed
 */
export const transferStaff = (deps: Deps, actor: Actor, input: TransferStaff): Promise<Staff> =>
  perform(
    deps,
    { actor, operation: 'transferStaff', input },
    async () => {
      const as = await authorise(deps, actor, 'Mutation.transferStaff');
      const [before, organisation] = await Promise.all([
        requireStaff(deps, input.id),
        deps.store.organisation.load(),
      ]);
      expectVersion(before, input.version);
      const check = checkInput();
      if (before.retiredFrom !== null) check.add('RETIRED', 'id', { id: before.id });
      const staff = withoutTrail(before);
      const next = await readAssignment(deps, organisation, staff.id, input.assignment, check);
      const after: Staff = { ...staff, assignments: withAssignment(staff.assignments, next, check) };
      check.done();
      return { as, ref: staff.id, writes: [deps.store.staff.save(before, after)] };
    },
    readStaff(deps),
  );
