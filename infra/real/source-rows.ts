import { readCsv } from '../import/csv-rows.ts';

/** The records of a source file, streamed. @throws RangeError when a column is not there */
export async function* readSource<Column extends string>(
  file: string,
  columns: readonly Column[],
): AsyncGenerator<Readonly<Record<Column, string>>> {
  let indexes: readonly (readonly [Column, number])[] | null = null;
  for await (const { cells } of readCsv(file)) {
    if (indexes === null) {
      indexes = columns.map((column) => [column, cells.indexOf(column)] as const);
      const missing = indexes.find(([, index]) => index < 0);
      if (missing !== undefined) throw new RangeError(`${file} has no column ${missing[0]}`);
    } else {
      const row: Partial<Record<Column, string>> = {};
      for (const [column, index] of indexes) row[column] = cells[index] ?? '';
      yield row as Readonly<Record<Column, string>>;
    }
  }
}
