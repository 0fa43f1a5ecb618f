import type { Actor } from '../../domain/access-policy.ts';
import { periodNotice } from '../../domain/notice/notice.ts';
import { openPeriod as open, type Period } from '../../domain/period/period.ts';
import { reject } from '../../domain/problem.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { readPeriod, requirePeriod, withoutTrail } from './period-change.ts';

export interface OpenPeriod {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** Opens a planned period before its day has come. @throws Rejection WRONG_STATE, NOT_FOUND, CONFLICT */
export const openPeriod = (deps: Deps, actor: Actor, input: OpenPeriod): Promise<Period> =>
  perform(
    deps,
    { actor, operation: 'openPeriod', input },
    () => authorise(deps, actor, 'Mutation.openPeriod'),
    async (as) => {
      const before = await requirePeriod(deps, input.id);
      expectVersion(before, input.version);
      if (before.state === 'OPEN') throw reject('WRONG_STATE', '', { state: before.state });
      const after = open(withoutTrail(before));
      const writes = [
        deps.store.periods.save(before, after),
        ...notify(deps, periodNotice('PERIOD_OPENED', after)),
      ];
      return { as, ref: before.id, writes };
    },
    readPeriod(deps),
  );
