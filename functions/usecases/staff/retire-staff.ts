import type { Actor } from '../../domain/access-policy.ts';
import { addDays } from '../../domain/calendar.ts';
import { unitsHeadedFrom } from '../../domain/organisation/organisation.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import {
  authoriseService,
  delegationsFrom,
  readStaff,
  requireStaff,
  withoutStaysToCome,
  withoutTrail,
} from './staff-change.ts';

export interface RetireStaff {
  readonly id: string;
  readonly version: number;
  /** First day on which the person serves no more. */
  readonly from: IsoDate;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Ends a person's service from a day on. A transfer from that day on or a later one takes it back; one that is still to come may be
 * set to another day, and assignments still to come then give way.
 * @throws Rejection FORBIDDEN, also for oneself; IN_USE with the code of each unit that the person heads on that day or later (name another head first, or
 * nobody), and with the id of each person whom they assess as named assessor then (transfer them first); RETIRED, NOT_FOUND,
 * CONFLICT; OUT_OF_RANGE for a day that is not after the first one of the present assignment
 */
export const retireStaff = (deps: Deps, actor: Actor, input: RetireStaff): Promise<Staff> =>
  perform(
    deps,
    { actor, operation: 'retireStaff', input },
    () => authoriseService(deps, actor, 'Mutation.retireStaff', input.id),
    async (as) => {
      const [before, organisation, today, assessed] = await Promise.all([
        requireStaff(deps, input.id),
        deps.store.organisation.load(),
        regionToday(deps),
        delegationsFrom(deps, input.id, input.from),
      ]);
      expectVersion(before, input.version);
      const check = checkInput();
      const staff = withoutStaysToCome(withoutTrail(before), input.from, today);
      if (staff.retiredFrom !== null && staff.retiredFrom <= today)
        check.add('RETIRED', 'id', { id: before.id });
      const earliest = staff.assignments.at(-1)?.from;
      if (earliest !== undefined && input.from <= earliest)
        check.add('OUT_OF_RANGE', 'from', { minimum: addDays(earliest, 1) });
      check.day('from', input.from, today);
      for (const unit of unitsHeadedFrom(organisation, before.id, input.from))
        check.add('IN_USE', 'id', { id: unit.code });
      for (const id of new Set(assessed.stays.map(({ staffId }) => staffId)))
        check.add('IN_USE', 'id', { id });
      check.done();
      const after: Staff = { ...staff, retiredFrom: input.from };
      const conditions = { organisationVersion: organisation.version, delegationVersion: assessed.version };
      return { as, ref: before.id, writes: [deps.store.staff.save(before, after, conditions)] };
    },
    readStaff(deps),
  );
