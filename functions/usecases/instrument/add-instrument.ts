import type { Actor } from '../../domain/access-policy.ts';
import { reject } from '../../domain/problem.ts';
import { checkInstrument, newestVersion } from '../../domain/rating/instrument.ts';
import type { Instrument } from '../../domain/rating/rating.ts';
import { tidy } from '../../domain/text.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';

export interface AddInstrument {
  readonly id: string;
  readonly name: Instrument['name'];
  readonly items: Instrument['items'];
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Adds an instrument, or the next version of a known one. @throws Rejection with every problem of the input */
export const addInstrument = (deps: Deps, actor: Actor, input: AddInstrument): Promise<Instrument> =>
  perform(
    deps,
    { actor, operation: 'addInstrument', input },
    () => authorise(deps, actor, 'Mutation.addInstrument'),
    async (as) => {
      const known = newestVersion(await deps.store.instruments.list(), input.id);
      const instrument: Instrument = {
        id: input.id,
        version: (known?.version ?? 0) + 1,
        name: tidied(input.name),
        items: input.items.map(({ id, text }) => ({ id, text: tidied(text) })),
        scale: { low: input.low ?? 1, high: input.high ?? 5 },
      };
      const check = checkInput();
      check.addAll(checkInstrument(instrument));
      if ((await deps.store.instruments.retired()).has(input.id))
        check.add('RETIRED', 'id', { id: input.id });
      check.done();
      const ref = `${instrument.id}#${instrument.version}`;
      return { as, ref, writes: [deps.store.instruments.add(instrument)] };
    },
    async (ref) => {
      const [id = '', version = ''] = ref.split('#');
      const instrument = await deps.store.instruments.get(id, Number(version));
      if (instrument === null) throw reject('NOT_FOUND', 'id', { id });
      return instrument;
    },
  );

const tidied = ({ id, en }: Instrument['name']) => ({ id: tidy(id), en: tidy(en) });
