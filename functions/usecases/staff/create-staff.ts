import type { Actor } from '../../domain/access-policy.ts';
import { checkNip } from '../../domain/organisation/nip.ts';
import type { Employment, Staff } from '../../domain/organisation/staff.ts';
import { authorise } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { type AssignmentInput, readAssignment, readEmail, readStaff } from './staff-change.ts';

export interface CreateStaff {
  readonly nip: string;
  readonly name: string;
  readonly employment: Employment;
  readonly grade?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly assignment: AssignmentInput;
  readonly idempotencyKey?: string | null | undefined;
}

/** Registers a person with the first assignment. @throws Rejection with every problem; ALREADY_EXISTS for a NIP in use */
export const createStaff = (deps: Deps, actor: Actor, input: CreateStaff): Promise<Staff> =>
  perform(
    deps,
    { actor, operation: 'createStaff', input },
    () => authorise(deps, actor, 'Mutation.createStaff'),
    async (as) => {
      const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
      const check = checkInput();
      const id = deps.newId('s');
      const nip = input.nip.trim();
      const faults = checkNip(nip, input.employment, today);
      check.addAll(faults);
      if (faults.length === 0 && (await deps.store.staff.findByNip(nip)) !== null)
        check.add('ALREADY_EXISTS', 'nip');
      const staff: Staff = {
        id,
        nip,
        name: check.line('name', input.name, LENGTHS.name),
        employment: input.employment,
        grade: check.optionalLine('grade', input.grade, LENGTHS.kind),
        email: readEmail(input.email, check),
        assignments: [
          await readAssignment(deps, { organisation, today, by: actor }, id, input.assignment, check),
        ],
        retiredFrom: null,
        homes: {},
        absences: [],
        version: 0,
      };
      check.done();
      return { as, ref: id, writes: [deps.store.staff.save(null, staff)] };
    },
    readStaff(deps),
  );
