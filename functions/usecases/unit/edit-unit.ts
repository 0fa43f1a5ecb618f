import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { isActiveOn, type Unit } from '../../domain/organisation/organisation.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { checkAssessors } from './assessors-kept.ts';
import { nameHead } from './name-head.ts';
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
 * @throws Rejection with every problem of the input; NOT_FOUND; CONFLICT for a stale version; FORBIDDEN and IN_USE as in `checkAssessors`
 */
export const editUnit = (deps: Deps, actor: Actor, input: EditUnit): Promise<Unit> =>
  perform(
    deps,
    { actor, operation: 'editUnit', input },
    () => authorise(deps, actor, 'Mutation.editUnit'),
    async (as) => {
      const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
      const before = requireUnit(organisation, input.id);
      expectVersion(before, input.version);
      const check = checkInput();
      if (!isActiveOn(before, today)) check.add('RETIRED', 'id', { id: before.id });
      const { auditHash: _, ...unit } = before;
      const staffId = input.head?.staffId ?? null;
      const head = staffId === null ? null : await deps.store.staff.get(staffId);
      if (staffId !== null && head === null) check.add('NOT_FOUND', 'head.staffId', { id: staffId });
      const after: Unit = {
        ...unit,
        name: input.name == null ? unit.name : check.line('name', input.name, LENGTHS.name),
        kind: input.kind == null ? unit.kind : check.line('kind', input.kind, LENGTHS.kind),
        mission:
          input.mission === undefined
            ? unit.mission
            : check.optionalText('mission', input.mission, LENGTHS.long),
        heads:
          input.head == null
            ? unit.heads
            : nameHead(unit, { head, from: input.head.from, today, by: actor }, check, HEAD_PATHS),
      };
      const from = input.head?.from ?? null;
      await checkAssessors(
        deps,
        { organisation, unit: after, from, today, by: actor },
        check,
        HEAD_PATHS.head,
      );
      check.done();
      const changed = canonicalJson(after) !== canonicalJson(unit);
      return {
        as,
        ref: unit.id,
        writes: changed
          ? [
              deps.store.organisation.save(organisation.version, before, after, {
                heads: head === null ? [] : [head],
              }),
            ]
          : [],
      };
    },
    readUnit(deps),
  );

const HEAD_PATHS = { head: 'head.staffId', from: 'head.from' };
