import type { Actor } from '../../domain/access-policy.ts';
import { reject } from '../../domain/problem.ts';
import { newestVersion } from '../../domain/rating/instrument.ts';
import type { Instrument } from '../../domain/rating/rating.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';

export interface RetireInstrument {
  readonly id: string;
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Takes an instrument out of use: nobody rates by it any more, in whatever version. Ratings that name it count as before.
 * @throws Rejection NOT_FOUND, RETIRED; IN_USE for the last one, without which nobody could rate; REASON_REQUIRED, TOO_LONG, FORBIDDEN
 */
export const retireInstrument = (deps: Deps, actor: Actor, input: RetireInstrument): Promise<Instrument> =>
  perform(
    deps,
    { actor, operation: 'retireInstrument', input, reason: input.reason },
    () => authorise(deps, actor, 'Mutation.retireInstrument'),
    async (as) => {
      const [instruments, retired] = await Promise.all([
        deps.store.instruments.list(),
        deps.store.instruments.retired(),
      ]);
      const check = checkInput();
      check.reason(input.reason);
      if (newestVersion(instruments, input.id) === null) check.add('NOT_FOUND', 'id', { id: input.id });
      else if (retired.has(input.id)) check.add('RETIRED', 'id', { id: input.id });
      check.done();
      const left = instruments.find(({ id }) => id !== input.id && !retired.has(id));
      if (left === undefined) throw reject('IN_USE', 'id');
      return { as, ref: input.id, writes: [deps.store.instruments.retire(input.id, left.id)] };
    },
    async (id) => {
      const instrument = newestVersion(await deps.store.instruments.list(), id);
      if (instrument === null) throw reject('NOT_FOUND', 'id', { id });
      return instrument;
    },
  );
