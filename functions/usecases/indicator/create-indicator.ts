import type { Actor } from '../../domain/access-policy.ts';
import type { Indicator } from '../../domain/indicator/indicator.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { checkOwner } from '../goal/goal-change.ts';
import { perform } from '../perform.ts';
import { checkGoal, type DefinitionInput, readDefinition, readIndicator } from './indicator-change.ts';

export interface CreateIndicator {
  readonly code: string;
  readonly unitId?: string | null | undefined;
  readonly goalId?: string | null | undefined;
  readonly definition: DefinitionInput;
  readonly idempotencyKey?: string | null | undefined;
}

/** Adds an indicator with its first definition. @throws Rejection with every problem; ALREADY_EXISTS for a code in use in the unit */
export const createIndicator = (deps: Deps, actor: Actor, input: CreateIndicator): Promise<Indicator> =>
  perform(
    deps,
    { actor, operation: 'createIndicator', input },
    () => authorise(deps, actor, 'Mutation.createIndicator'),
    async (as) => {
      const check = checkInput();
      const id = deps.newId('i');
      const indicator: Indicator = {
        id,
        code: check.code('code', input.code),
        unitId: input.unitId ?? null,
        goalId: input.goalId ?? null,
        current: readDefinition(id, 1, input.definition, check, 'definition'),
        retired: false,
        version: 0,
      };
      checkOwner(await deps.store.organisation.load(), indicator.unitId, check);
      await checkGoal(deps, indicator.goalId, check);
      check.done();
      return { as, ref: id, writes: [deps.store.indicators.save(null, indicator)] };
    },
    readIndicator(deps),
  );
