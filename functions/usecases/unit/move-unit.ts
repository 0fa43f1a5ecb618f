import type { Actor } from '../../domain/access-policy.ts';
import { type Unit, wouldCycle } from '../../domain/organisation/organisation.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { checkAssessors } from './assessors-kept.ts';
import { readUnit, requireUnit } from './organisation-change.ts';

export interface MoveUnit {
  readonly id: string;
  readonly version: number;
  /** Null: becomes a root. */
  readonly parentId?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Moves a unit, and all below it, under another parent. Two moves at once cannot make a cycle together: both raise the
 * organisation's version.
 * @throws Rejection UNIT_CYCLE, NOT_FOUND, RETIRED, CONFLICT; FORBIDDEN and IN_USE as in `checkAssessors`
 */
export const moveUnit = (deps: Deps, actor: Actor, input: MoveUnit): Promise<Unit> =>
  perform(
    deps,
    { actor, operation: 'moveUnit', input },
    () => authorise(deps, actor, 'Mutation.moveUnit'),
    async (as) => {
      const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
      const before = requireUnit(organisation, input.id);
      expectVersion(before, input.version);
      const check = checkInput();
      const parentId = input.parentId ?? null;
      if (before.retiredFrom !== null) check.add('RETIRED', 'id', { id: before.id });
      if (parentId !== null) {
        const parent = organisation.units.get(parentId);
        if (parent === undefined) check.add('NOT_FOUND', 'parentId', { id: parentId });
        else if (parent.retiredFrom !== null) check.add('RETIRED', 'parentId', { id: parentId });
        else if (wouldCycle(organisation, before.id, parentId)) check.add('UNIT_CYCLE', 'parentId');
      }
      const { auditHash: _, ...unit } = before;
      const after: Unit = { ...unit, parentId };
      await checkAssessors(
        deps,
        { organisation, unit: after, from: null, today, by: actor },
        check,
        'parentId',
      );
      check.done();
      const writes =
        unit.parentId === parentId ? [] : [deps.store.organisation.save(organisation.version, before, after)];
      return { as, ref: unit.id, writes };
    },
    readUnit(deps),
  );
