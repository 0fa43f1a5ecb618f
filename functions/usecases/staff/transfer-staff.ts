import type { Actor } from '../../domain/access-policy.ts';
import { type Staff, unitsHeadedAndLeft } from '../../domain/organisation/staff.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import {
  type AssignmentInput,
  authoriseService,
  delegationsFrom,
  leftBehind,
  readAssignment,
  readStaff,
  requireStaff,
  withNextAssignment,
  withoutStaysToCome,
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
 * record of a period is found from them; one that is still to come then gives way. Whoever has retired serves again, from the day of
 * the retirement or a later one; a retirement still to come stays where the assignment begins before it.
 * @throws Rejection FORBIDDEN, also for oneself; OUT_OF_RANGE when it would begin before the present assignment or a past retirement; IN_USE while the person
 * heads the unit that they leave on that day or later (name another head first, or nobody), and with the id of each person whom they
 * assess as named assessor then and would from another unit (name another first, or them anew afterwards); NOT_APPLICABLE for an
 * assessor whom the person leads; RETIRED, NOT_FOUND, CONFLICT;
 * PERIOD_CLOSED while a year that it reaches into is being closed
 */
export const transferStaff = (deps: Deps, actor: Actor, input: TransferStaff): Promise<Staff> =>
  perform(
    deps,
    { actor, operation: 'transferStaff', input },
    () => authoriseService(deps, actor, 'Mutation.transferStaff', input.id),
    async (as) => {
      const { from } = input.assignment;
      const [before, organisation, today, assessed] = await Promise.all([
        requireStaff(deps, input.id),
        deps.store.organisation.load(),
        regionToday(deps),
        delegationsFrom(deps, input.id, from),
      ]);
      expectVersion(before, input.version);
      const check = checkInput();
      const staff = withoutStaysToCome(withoutTrail(before), from, today);
      const next = await readAssignment(
        deps,
        { organisation, today, by: actor },
        staff.id,
        input.assignment,
        check,
      );
      for (const unit of unitsHeadedAndLeft(organisation, staff, next))
        check.add('IN_USE', 'id', { id: unit.code });
      const after = withNextAssignment(staff, next, today, check);
      for (const id of leftBehind(assessed, before, after, from)) check.add('IN_USE', 'id', { id });
      check.done();
      const conditions = { organisationVersion: organisation.version, delegationVersion: assessed.version };
      return { as, ref: staff.id, writes: [deps.store.staff.save(before, after, conditions)] };
    },
    readStaff(deps),
  );
