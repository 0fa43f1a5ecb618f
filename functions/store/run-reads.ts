import { baseRunOf, isCorrection } from '../domain/period/run.ts';
import { getItems } from './batch-get.ts';
import type { Key } from './keys.ts';
import type { Item, Table } from './table.ts';

/** What lies under a run, and, of a correction run, under the run of the close that it corrects. */
export interface UnderRun {
  readonly own: Item | undefined;
  readonly base: Item | undefined;
}

/**
 * One item of each run, and of a correction run (domain/period/run.ts) that of its base as well, all in one batch. Of the run of a
 * close `own` and `base` are the same.
 */
export async function readUnderRuns(
  table: Table,
  asked: readonly { readonly run: string; readonly keyOf: (run: string) => Key }[],
): Promise<readonly UnderRun[]> {
  const keys = asked.flatMap(({ run, keyOf }) =>
    isCorrection(run) ? [keyOf(run), keyOf(baseRunOf(run))] : [keyOf(run)],
  );
  const found = (await getItems(table, keys)).values();
  return asked.map(({ run }) => {
    const own = found.next().value;
    return { own, base: isCorrection(run) ? found.next().value : own };
  });
}
