import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { reject } from '../../functions/domain/problem.ts';
import { createUtf8Check } from './utf8.ts';

/** A record of the file, the header included. */
export interface CsvRow {
  /** Line on which the record begins, from 1; a quoted cell may hold line breaks. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** No honest row is longer; an unclosed quote would otherwise swallow the rest of the file into memory. */
const LONGEST_RECORD_BYTES = 1_000_000;
const LONGEST_HEADER_BYTES = 64_000;

const DELIMITERS = [',', ';', '\t'] as const;

/** The file's records in order, blank lines left out, in the memory of a few of them. `onBytes` hears how far the reading is. */
export async function* readCsv(
  path: string,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    delimiter: await delimiterOf(path),
    info: true,
    max_record_size: LONGEST_RECORD_BYTES,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  // A failure of the source ends the parser with it, and the loop below throws it.
  pipeline(Readable.from(checkedBytes(path, onBytes), { objectMode: false }), parser, () => undefined);
  const source = parser as AsyncIterable<{ record: string[]; info: Info }>;
  // The parser counts a quoted CRLF as two lines.
  let countedTwice = 0;
  try {
    for await (const { record, info } of source) {
      const text = record.join('');
      countedTwice += text.split('\r\n').length - 1;
      const breaks = text.split(/\r\n|\r|\n/).length - 1;
      yield { line: info.lines - countedTwice - breaks, cells: record.map((cell) => cell.trim()) };
    }
  } catch (error) {
    if (error instanceof CsvError) throw new CsvSyntaxError(lineOf(error), error.code, { cause: error });
    throw error;
  }
}

/** The file is no CSV from a line on: an unclosed quote, or a record without end. */
export class CsvSyntaxError extends Error {
  override readonly name = 'CsvSyntaxError';
  readonly line: number;

  constructor(line: number, code: string, options?: ErrorOptions) {
    super(`line ${line}: ${code}`, options);
    this.line = line;
  }
}

const lineOf = (error: CsvError): number => {
  const { lines } = error as CsvError & { readonly lines?: unknown };
  return typeof lines === 'number' ? lines : 1;
};

async function* checkedBytes(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  const check = createUtf8Check();
  const refuse = (byte: number) => reject('INVALID_ENCODING', '', { byte });
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const invalid = check.add(chunk);
    if (invalid !== null) throw refuse(invalid);
    bytes += chunk.length;
    onBytes(bytes);
    yield chunk;
  }
  const cut = check.end();
  if (cut !== null) throw refuse(cut);
}

/** Indonesian spreadsheets write semicolons: the delimiter is the one that the header has most of. */
const delimiterOf = async (path: string): Promise<string> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(LONGEST_HEADER_BYTES),
      0,
      LONGEST_HEADER_BYTES,
      0,
    );
    const [header = ''] = buffer.toString('utf8', 0, bytesRead).split(/\r\n|\r|\n/, 1);
    const count = (delimiter: string) => header.split(delimiter).length;
    return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
  } finally {
    await file.close();
  }
};
