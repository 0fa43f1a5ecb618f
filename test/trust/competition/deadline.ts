/**
 * Ratings at the deadline: a superior on two devices replaces ratings while the close begins. What was accepted last before the gate
 * shut is what counts, and whoever was told that the period is closed does not count.
 */
import { beginClose } from '../../../functions/usecases/close/begin-close.ts';
import { caller } from '../../api/endpoint-client.ts';
import { execute } from '../../workflow/machine.ts';
import { INSTRUMENT } from '../../workflow/region.ts';
import type { Arena } from './clients.ts';
import { History, isLinearizable, type Model } from './linearizable.ts';
import type { Played } from './scenario.ts';

const ROUNDS = 4;
const DEVICES = 2;
const MICRO = 1_000_000;
/** After the period's last day. */
const CLOSE_DUE = '2026-04-06T00:00:00.000Z';

interface Rated {
  readonly open: boolean;
  readonly version: number | null;
  readonly mark: number | null;
}

type Input =
  | { readonly does: 'READ' }
  | { readonly does: 'RATE'; readonly mark: number; readonly version: number | null }
  | { readonly does: 'CLOSE' };
type Output = Pick<Rated, 'version' | 'mark'> | { readonly counts: number | null } | string;

const model: Model<Rated, Input, Output> = {
  initial: { open: true, version: null, mark: null },
  step: (rated, input, output) => {
    switch (input.does) {
      case 'READ':
        return typeof output !== 'string' &&
          'version' in output &&
          output.version === rated.version &&
          output.mark === rated.mark
          ? rated
          : null;
      case 'CLOSE':
        return typeof output !== 'string' && 'counts' in output && output.counts === rated.mark
          ? { ...rated, open: false }
          : null;
      case 'RATE':
        if (!rated.open) {
          const both = input.version !== rated.version && output === 'CONFLICT,PERIOD_CLOSED';
          return output === 'PERIOD_CLOSED' || both ? rated : null;
        }
        if (input.version !== rated.version) return output === 'CONFLICT' ? rated : null;
        return output === 'DONE' ? { open: true, version: (rated.version ?? 0) + 1, mark: input.mark } : null;
    }
  },
  keyOf: ({ open, version, mark }) => `${open} ${version} ${mark}`,
};

interface MyRating {
  readonly version: number;
  readonly scores: readonly { readonly score: number }[];
}
const FIELDS = '{ version scores { score } }';
const toRead = (rating: MyRating | null): Pick<Rated, 'version' | 'mark'> => ({
  version: rating?.version ?? null,
  mark: rating?.scores[0]?.score ?? null,
});

/** @param delay how many answers to wait for before the close begins */
export async function rateAtDeadline(
  arena: Arena,
  periodId: string,
  superior: string,
  ratees: readonly string[],
  delay: number,
): Promise<Played> {
  const histories = new Map(ratees.map((ratee) => [ratee, new History<Input, Output>(arena.tick)]));
  const who = caller(superior);
  let answers = 0;
  let begin = (): void => undefined;
  const due = new Promise<void>((settle) => {
    begin = settle;
  });
  const device = async (rateeId: string): Promise<void> => {
    const history = histories.get(rateeId);
    if (history === undefined) return;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { version } = await history.record(
        async () =>
          toRead(
            (
              await arena.query<{ myRating: MyRating | null }>(
                who,
                `query ($periodId: ID!, $rateeId: ID!) { myRating(periodId: $periodId, rateeId: $rateeId, group: SUPERIOR) ${FIELDS} }`,
                { periodId, rateeId },
              )
            ).myRating,
          ),
        (output) => [{ input: { does: 'READ' }, output }],
      );
      const mark = 1 + arena.random(5);
      const scores = INSTRUMENT.items.map(({ id: itemId }) => ({ itemId, score: mark }));
      await history.record(
        () =>
          arena.mutate<MyRating>(
            who,
            'submitRating',
            'SubmitRatingInput',
            { periodId, rateeId, group: 'SUPERIOR', instrumentId: INSTRUMENT.id, scores, version },
            `rating ${FIELDS}`,
          ),
        ({ answer, codes }) =>
          codes.length > 0 || answer === null
            ? [{ input: { does: 'RATE', mark, version }, output: codes.join() }]
            : [
                { input: { does: 'RATE', mark, version }, output: 'DONE' },
                { input: { does: 'READ' }, output: toRead(answer) },
              ],
      );
      answers += 1;
      if (answers >= delay) begin();
    }
  };
  const deps = { ...arena.deps, now: () => CLOSE_DUE };
  const closing = due.then(async () => {
    const called = arena.tick();
    await beginClose(deps, { periodId, attempt: 1 });
    return { called, answered: arena.tick() };
  });
  await Promise.all(ratees.flatMap((ratee) => Array.from({ length: DEVICES }, () => device(ratee))));
  begin();
  const { called, answered } = await closing;
  await execute(deps, { periodId, attempt: 1 });

  const results = await arena.store.results.getMany(
    ratees.map((staffId) => ({ periodId, run: 'r1', staffId })),
  );
  const wrong: string[] = [];
  let operations = 0;
  for (const [ratee, { events }] of histories) {
    const mean = results.find((result) => result?.staffId === ratee)?.behaviour.values[0]?.mean ?? null;
    const closed = {
      input: { does: 'CLOSE' } as const,
      output: { counts: mean === null ? null : mean / MICRO },
      called,
      answered,
    };
    operations += events.length;
    if (!isLinearizable(model, [...events, closed]))
      wrong.push(
        [...events, closed]
          .map((event) => JSON.stringify([event.called, event.answered, event.input, event.output]))
          .join(' '),
      );
  }
  return { operations, wrong, again: 0 };
}
