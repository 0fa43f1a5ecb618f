import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { reject } from '../../functions/domain/problem.ts';
import { createUtf8Check, type InvalidCharacter } from './utf8.ts';

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
  // The parser counts a quoted CRLF as two lines.
  let countedTwice = 0;
  let lastLine = 0;
  // Noted while parsing: when the parser fails, the records that it has read but not handed out are lost, and with them their lines.
  const parsed: CsvRow[] = [];
  const note = (record: string[], { lines }: Info): string[] => {
    const text = record.join('');
    countedTwice += text.split('\r\n').length - 1;
    lastLine = lines - countedTwice;
    const breaks = text.split(/\r\n|\r|\n/).length - 1;
    parsed.push({ line: lastLine - breaks, cells: record.map((cell) => cell.trim()) });
    return record;
  };
  const parser = parse({
    bom: true,
    delimiter: await delimiterOf(path),
    max_record_size: LONGEST_RECORD_BYTES,
    on_record: note,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  // A failure of the source ends the parser with it, and the loop below throws it.
  pipeline(Readable.from(checkedBytes(path, onBytes), { objectMode: false }), parser, () => undefined);
  try {
    for await (const _ of parser) {
      const row = parsed.shift();
      if (row !== undefined) yield row;
    }
  } catch (error) {
    // The parser's own line is where it gave up: after an unclosed quote, the end of the file.
    if (error instanceof CsvError) throw new CsvSyntaxError(lastLine + 1, error.code, { cause: error });
    throw error;
  }
}

/** The file is no CSV from a line on: an unclosed quote, or a record without end. */
export class CsvSyntaxError extends Error {
  override readonly name = 'CsvSyntaxError';
  /** The line after the last good record. */
  readonly line: number;

  constructor(line: number, code: string, options?: ErrorOptions) {
    super(`line ${line}: ${code}`, options);
    this.line = line;
  }
}

async function* checkedBytes(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  const check = createUtf8Check();
  const refuse = ({ line, byte }: InvalidCharacter) => reject('INVALID_ENCODING', '', { line, byte });
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
