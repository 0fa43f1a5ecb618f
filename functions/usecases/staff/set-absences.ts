import type { Actor } from '../../domain/access-policy.ts';
import { type Absence, checkAbsences } from '../../domain/organisation/absence.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { authoriseService, readStaff, requireStaff, withoutTrail } from './staff-change.ts';

export interface SetAbsences {
  readonly id: string;
  readonly version: number;
  readonly absences: readonly {
    readonly kind: Absence['kind'];
    readonly from: Absence['from'];
    readonly to?: Absence['to'] | undefined;
  }[];
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Records when a person does not serve: leave, suspension, study and the like, all of it, oldest first. Periods that close from
 * then on take it into account; a published one when it is reopened.
 * @throws Rejection FORBIDDEN, also for oneself; OUT_OF_RANGE for days that are not in order or far away, TOO_MANY; NOT_FOUND, CONFLICT, NO_CHANGE; PERIOD_CLOSED
 * while a year that it reaches into is being closed
 */
export const setAbsences = (deps: Deps, actor: Actor, input: SetAbsences): Promise<Staff> =>
  perform(
    deps,
    { actor, operation: 'setAbsences', input },
    () => authoriseService(deps, actor, 'Mutation.setAbsences', input.id),
    async (as) => {
      const [before, today] = await Promise.all([requireStaff(deps, input.id), regionToday(deps)]);
      expectVersion(before, input.version);
      const check = checkInput();
      const absences = input.absences.map(({ kind, from, to = null }) => ({ kind, from, to }));
      check.addAll(checkAbsences(absences));
      for (const [at, { from, to }] of absences.entries()) {
        check.day(`absences.${at}.from`, from, today);
        if (to !== null) check.day(`absences.${at}.to`, to, today);
      }
      if (JSON.stringify(absences) === JSON.stringify(before.absences)) check.add('NO_CHANGE', 'absences');
      check.done();
      const after: Staff = { ...withoutTrail(before), absences };
      return { as, ref: before.id, writes: [deps.store.staff.save(before, after)] };
    },
    readStaff(deps),
  );
