import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { csvCell } from '../import/error-report.ts';
import type { Kind } from '../import/kinds.ts';

export type Cells = Readonly<Record<string, string | number>>;

/** Writes a file of one kind as it is to be imported: only the columns named, in the kind's order. */
export const writeCsv = async (
  kind: Kind,
  columns: readonly string[],
  rows: AsyncIterable<Cells> | Iterable<Cells>,
  file: string,
): Promise<void> => {
  const names = kind.columns.map(({ name }) => name).filter((name) => columns.includes(name));
  const stream = createWriteStream(file);
  const write = async (cells: readonly string[]) => {
    if (!stream.write(`${cells.join(',')}\n`)) await once(stream, 'drain');
  };
  await write(names);
  for await (const row of rows) await write(names.map((name) => csvCell(String(row[name] ?? ''))));
  stream.end();
  await finished(stream);
};
