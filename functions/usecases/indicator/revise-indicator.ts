import type { Actor } from '../../domain/access-policy.ts';
import type { Indicator } from '../../domain/indicator/indicator.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import { checkInput, type InputCheck } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { checkOwner } from '../goal/goal-change.ts';
import { perform } from '../perform.ts';
import {
  checkGoal,
  type DefinitionInput,
  readDefinition,
  readIndicator,
  requireIndicator,
  withoutTrail,
} from './indicator-change.ts';

export interface ReviseIndicator {
  readonly id: string;
  readonly version: number;
  readonly definition: DefinitionInput;
  readonly unitId?: string | null | undefined;
  readonly goalId?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * The indicator with a new definition. Notes RETIRED at `path`, and OUT_OF_RANGE when the definition would not begin after
 * the one before.
 */
export function nextDefinition(
  before: Stored<Indicator>,
  input: DefinitionInput,
  check: InputCheck,
  path: string,
): Indicator {
  if (before.retired) check.add('RETIRED', path, { id: before.code });
  const { definition, effectiveFrom } = before.current;
  if (input.effectiveFrom <= effectiveFrom)
    check.add('OUT_OF_RANGE', 'definition.effectiveFrom', { minimum: effectiveFrom });
  return {
    ...withoutTrail(before),
    current: readDefinition(before.id, definition + 1, input, check, 'definition'),
  };
}

/**
 * Gives an indicator a new definition; agreed lines keep the one that was agreed.
 * @throws Rejection OUT_OF_RANGE when it would not begin after the one before; RETIRED, NOT_FOUND, CONFLICT
 */
export const reviseIndicator = (deps: Deps, actor: Actor, input: ReviseIndicator): Promise<Indicator> =>
  perform(
    deps,
    { actor, operation: 'reviseIndicator', input },
    () => authorise(deps, actor, 'Mutation.reviseIndicator'),
    async (as) => {
      const before = await requireIndicator(deps, input.id);
      expectVersion(before, input.version);
      const check = checkInput();
      const after: Indicator = {
        ...nextDefinition(before, input.definition, check, 'id'),
        unitId: input.unitId === undefined ? before.unitId : input.unitId,
        goalId: input.goalId === undefined ? before.goalId : input.goalId,
      };
      if (after.unitId !== before.unitId)
        checkOwner(await deps.store.organisation.load(), after.unitId, check);
      if (after.goalId !== before.goalId) await checkGoal(deps, after.goalId, check);
      check.done();
      return { as, ref: before.id, writes: [deps.store.indicators.save(before, after)] };
    },
    readIndicator(deps),
  );
