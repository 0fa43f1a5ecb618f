import type { Actor } from '../../domain/access-policy.ts';
import type { Unit } from '../../domain/organisation/organisation.ts';
import { authorise } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { readUnit, unitByCode } from './organisation-change.ts';

export interface CreateUnit {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly mission?: string | null | undefined;
  readonly parentId?: string | null | undefined;
  /** One when left out. */
  readonly shardCount?: number | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** A unit of a hundred shards has room for some 100,000 staff. */
export const MOST_SHARDS = 100;

/** Adds a unit. @throws Rejection with every problem of the input; ALREADY_EXISTS for a code in use */
export const createUnit = (deps: Deps, actor: Actor, input: CreateUnit): Promise<Unit> =>
  perform(
    deps,
    { actor, operation: 'createUnit', input },
    () => authorise(deps, actor, 'Mutation.createUnit'),
    async (as) => {
      const organisation = await deps.store.organisation.load();
      const check = checkInput();
      const parentId = input.parentId ?? null;
      const unit: Unit = {
        id: deps.newId('u'),
        code: check.code('code', input.code),
        name: check.line('name', input.name, LENGTHS.name),
        kind: check.line('kind', input.kind, LENGTHS.kind),
        mission: check.optionalText('mission', input.mission, LENGTHS.long),
        parentId,
        heads: [],
        shardCount: check.integer('shardCount', input.shardCount ?? 1, 1, MOST_SHARDS),
        retiredFrom: null,
        version: 0,
      };
      if (unitByCode(organisation, unit.code) !== null)
        check.add('ALREADY_EXISTS', 'code', { id: unit.code });
      if (parentId !== null) {
        const parent = organisation.units.get(parentId);
        if (parent === undefined) check.add('NOT_FOUND', 'parentId', { id: parentId });
        else if (parent.retiredFrom !== null) check.add('RETIRED', 'parentId', { id: parentId });
      }
      check.done();
      return { as, ref: unit.id, writes: [deps.store.organisation.save(organisation.version, null, unit)] };
    },
    readUnit(deps),
  );
