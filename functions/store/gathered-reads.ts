import { getItems } from './batch-get.ts';
import type { Key } from './keys.ts';
import { getItem, type Item, type Table } from './table.ts';

interface Read {
  readonly keys: readonly Key[];
  readonly settle: (items: (Item | undefined)[]) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * The table of a function that answers requests: reads of single items that are asked for before any of them is answered go out
 * as one batch, whichever store asks. Nothing is kept.
 */
export function gatheringTable(table: Table): Table {
  let waiting: Read[] = [];
  const send = async (): Promise<void> => {
    const reads = waiting;
    waiting = [];
    const keys = reads.flatMap((read) => read.keys);
    try {
      const [first] = keys;
      const items =
        keys.length === 1 && first !== undefined
          ? [await getItem(table, first)]
          : await getItems(table, keys);
      let from = 0;
      for (const read of reads) {
        read.settle(items.slice(from, from + read.keys.length));
        from += read.keys.length;
      }
    } catch (error) {
      for (const read of reads) read.fail(error);
    }
  };
  return {
    ...table,
    gather: (keys) =>
      new Promise((settle, fail) => {
        // Not before everything that can go on without an answer has gone on, and has asked for what it needs.
        if (waiting.length === 0) setImmediate(() => void send());
        waiting.push({ keys, settle, fail });
      }),
  };
}
