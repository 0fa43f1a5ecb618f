import type { Actor } from '../../domain/access-policy.ts';
import type { Indicator } from '../../domain/indicator/indicator.ts';
import { reject } from '../../domain/problem.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { readIndicator, requireIndicator, withoutTrail } from './indicator-change.ts';

export interface RetireIndicator {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** Retires an indicator; agreed plans keep it. @throws Rejection RETIRED, NOT_FOUND, CONFLICT */
export const retireIndicator = (deps: Deps, actor: Actor, input: RetireIndicator): Promise<Indicator> =>
  perform(
    deps,
    { actor, operation: 'retireIndicator', input },
    () => authorise(deps, actor, 'Mutation.retireIndicator'),
    async (as) => {
      const before = await requireIndicator(deps, input.id);
      expectVersion(before, input.version);
      if (before.retired) throw reject('RETIRED', 'id', { id: before.code });
      const after: Indicator = { ...withoutTrail(before), retired: true };
      return { as, ref: before.id, writes: [deps.store.indicators.save(before, after)] };
    },
    readIndicator(deps),
  );
