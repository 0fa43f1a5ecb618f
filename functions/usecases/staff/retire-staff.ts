import type { Actor } from '../../domain/access-policy.ts';
import { headOn } from '../../domain/organisation.ts';
import type { Staff } from '../../domain/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { readStaff, requireStaff, withoutTrail } from './staff-change.ts';

export interface RetireStaff {
  readonly id: string;
  readonly version: number;
  /** First day on which the person serves no more. */
  readonly from: IsoDate;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Ends a person's service from a day on.
 * @throws Rejection IN_USE while the person heads a unit on that day (name another head first); RETIRED, NOT_FOUND, CONFLICT;
 * OUT_OF_RANGE for a day before the present assignment
 */
export const retireStaff = (deps: Deps, actor: Actor, input: RetireStaff): Promise<Staff> =>
  perform(
    deps,
    { actor, operation: 'retireStaff', input },
    async () => {
      const as = await authorise(deps, actor, 'Mutation.retireStaff');
      const [before, organisation] = await Promise.all([
        requireStaff(deps, input.id),
        deps.store.organisation.load(),
      ]);
      expectVersion(before, input.version);
      const check = checkInput();
      if (before.retiredFrom !== null) check.add('RETIRED', 'id', { id: before.id });
      const earliest = before.assignments.at(-1)?.from;
      if (earliest !== undefined && input.from <= earliest)
        check.add('OUT_OF_RANGE', 'from', { minimum: earliest });
      for (const unit of organisation.units.values())
        if (headOn(unit, input.from) === before.id) check.add('IN_USE', 'id', { id: unit.code });
      check.done();
      const after: Staff = { ...withoutTrail(before), retiredFrom: input.from };
      return { as, ref: before.id, writes: [deps.store.staff.save(before, after)] };
    },
    readStaff(deps),
  );
