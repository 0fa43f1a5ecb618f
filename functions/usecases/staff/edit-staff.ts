import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { checkNip } from '../../domain/organisation/nip.ts';
import type { Employment, Staff } from '../../domain/organisation/staff.ts';
import { authorise } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { readEmail, readStaff, requireStaff, withoutTrail } from './staff-change.ts';

export interface EditStaff {
  readonly id: string;
  readonly version: number;
  readonly nip?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly employment?: Employment | null | undefined;
  readonly grade?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Changes what is known of a person; what is left out stays. @throws Rejection INVALID_NIP, ALREADY_EXISTS, NOT_FOUND, CONFLICT */
export const editStaff = (deps: Deps, actor: Actor, input: EditStaff): Promise<Staff> =>
  perform(
    deps,
    { actor, operation: 'editStaff', input },
    () => authorise(deps, actor, 'Mutation.editStaff'),
    async (as) => {
      const before = await requireStaff(deps, input.id);
      expectVersion(before, input.version);
      const check = checkInput();
      const staff = withoutTrail(before);
      const nip = input.nip?.trim() ?? staff.nip;
      const employment = input.employment ?? staff.employment;
      if (nip !== staff.nip || employment !== staff.employment) {
        const faults = checkNip(nip, employment, await regionToday(deps));
        check.addAll(faults);
        if (nip !== staff.nip && faults.length === 0 && (await deps.store.staff.findByNip(nip)) !== null)
          check.add('ALREADY_EXISTS', 'nip');
      }
      const after: Staff = {
        ...staff,
        nip,
        employment,
        name: input.name == null ? staff.name : check.line('name', input.name, LENGTHS.name),
        grade:
          input.grade === undefined ? staff.grade : check.optionalLine('grade', input.grade, LENGTHS.kind),
        email: input.email === undefined ? staff.email : readEmail(input.email, check),
      };
      check.done();
      const changed = canonicalJson(after) !== canonicalJson(staff);
      return { as, ref: staff.id, writes: changed ? [deps.store.staff.save(before, after)] : [] };
    },
    readStaff(deps),
  );
