import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { RowError } from './import-file.ts';
import type { Texts } from './texts.ts';

/** One line an error, for people: `12, weight: text (CODE)`. */
export const errorLine = (texts: Texts, { line, column, code, message }: RowError): string => {
  const [lineWord] = texts.errorColumns;
  return `${lineWord} ${line}${column === null ? '' : `, ${column}`}: ${message} (${code})`;
};

/** Writes every error as CSV (line, column, code, message), for a spreadsheet beside the file. */
export const writeErrors = async (texts: Texts, errors: readonly RowError[], file: string): Promise<void> => {
  const stream = createWriteStream(file);
  stream.write(`${texts.errorColumns.join(',')}\n`);
  for (const { line, column, code, message } of errors) {
    stream.write(`${[String(line), column ?? '', code, message].map(csvCell).join(',')}\n`);
  }
  stream.end();
  await finished(stream);
};

/** A cell of CSV; a leading `=`, `+`, `-` or `@` is made harmless, since spreadsheets would run it as a formula. */
export const csvCell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
