import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/audit.ts';
import { addDays } from '../../domain/calendar.ts';
import { type Unit, withHeadFrom } from '../../domain/organisation.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { readUnit, requireUnit } from './organisation-change.ts';

export interface EditUnit {
  readonly id: string;
  readonly version: number;
  readonly name?: string | null | undefined;
  readonly kind?: string | null | undefined;
  readonly mission?: string | null | undefined;
  readonly head?: { readonly staffId?: string | null | undefined; readonly from: IsoDate } | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Changes a unit's name, kind, mission or head; what is left out stays, and a mission of null is removed.
 * @throws Rejection with every problem of the input; NOT_FOUND; CONFLICT for a stale version
 */
export const editUnit = (deps: Deps, actor: Actor, input: EditUnit): Promise<Unit> =>
  perform(
    deps,
    { actor, operation: 'editUnit', input },
    async () => {
      const as = await authorise(deps, actor, 'Mutation.editUnit');
      const organisation = await deps.store.organisation.load();
      const before = requireUnit(organisation, input.id);
      expectVersion(before, input.version);
      const check = checkInput();
      if (before.retiredFrom !== null) check.add('RETIRED', 'id', { id: before.id });
      const { auditHash: _, ...unit } = before;
      const after: Unit = {
        ...unit,
        name: input.name == null ? unit.name : check.text('name', input.name, LENGTHS.name),
        kind: input.kind == null ? unit.kind : check.text('kind', input.kind, LENGTHS.kind),
        mission:
          input.mission === undefined
            ? unit.mission
            : check.optionalText('mission', input.mission, LENGTHS.long),
        heads: input.head == null ? unit.heads : headsAfter(unit, input.head),
      };
      const staffId = input.head?.staffId ?? null;
      if (staffId !== null) {
        const head = await deps.store.staff.get(staffId);
        if (head === null) check.add('NOT_FOUND', 'head.staffId', { id: staffId });
        else if (head.retiredFrom !== null) check.add('RETIRED', 'head.staffId', { id: staffId });
      }
      check.done();
      const changed = canonicalJson(after) !== canonicalJson(unit);
      return {
        as,
        ref: unit.id,
        writes: changed ? [deps.store.organisation.save(organisation.version, before, after)] : [],
      };
    },
    readUnit(deps),
  );

const headsAfter = (unit: Unit, { staffId, from }: NonNullable<EditUnit['head']>) =>
  withHeadFrom(unit.heads, staffId ?? null, from, addDays(from, -1));
