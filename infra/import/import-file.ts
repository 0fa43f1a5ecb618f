import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { type GraphqlClient, GraphqlRefusal } from './graphql-client.ts';
import { documentOf, type Kind } from './kinds.ts';
import { type FileProblem, type ImportRow, locate, readRows } from './read-rows.ts';

/** One problem with its place in the file and its wording. */
export interface RowError {
  readonly line: number;
  /** Null: the line as a whole. */
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
}

export interface ImportReport {
  /** Lines of data in the file, blank ones and the header left out. */
  readonly lines: number;
  /** Rows of the mutation: lines, or for plans and agreements whole plans. */
  readonly rows: number;
  readonly imported: number;
  /** Were there already with the same content. */
  readonly unchanged: number;
  readonly rejected: number;
  readonly rejectedLines: number;
  /** By line and column. */
  readonly errors: readonly RowError[];
}

export interface ImportOptions {
  readonly kind: Kind;
  readonly file: string;
  /** Null: only look at the file, send nothing. */
  readonly client: GraphqlClient | null;
  /** Words for what the importer itself finds; the service words its own problems. */
  readonly describe: (found: FileProblem) => string;
  readonly onProgress?: (progress: Progress) => void;
  /** First pause in milliseconds before rows that were refused as BUSY are sent again. */
  readonly busyPause?: number;
}

export interface Progress {
  /** Read before the first request is sent, so that a broken file changes nothing; then rows are sent. */
  readonly phase: 'checking' | 'sending';
  /** Bytes of the file read, rows done. */
  readonly bytes: number;
  readonly rows: number;
  /** Rows in the file; null while it is being checked. */
  readonly totalRows: number | null;
}

/** The service takes 1,000,000 in a request; a transaction takes 4 MB, and a plan is written three times (itself, revision, trail). */
const LARGEST_REQUEST_BYTES = 500_000;
const BUSY_ATTEMPTS = 6;

/**
 * Imports a file. It is read twice, as a stream: first to the end without sending anything, so that a wrong encoding or
 * wrong columns change nothing; then in batches with a few requests at a time. Rows that the service has already are
 * counted as unchanged, so that a broken-off import is resumed by running it again.
 * @throws Rejection (INVALID_ENCODING, WRONG_COLUMNS), CsvSyntaxError: nothing was sent;
 *   TokenError, GraphqlRefusal, EndpointError: earlier batches are imported, run it again
 */
export const importFile = async (options: ImportOptions): Promise<ImportReport> => {
  const { kind, file, client, describe } = options;
  const onProgress = options.onProgress ?? (() => undefined);
  const errors: RowError[] = [];
  let lines = 0;
  let rows = 0;
  let rejected = 0;
  let rejectedLines = 0;
  let bytes = 0;

  for await (const row of readRows(kind, file, (read) => (bytes = read))) {
    lines += row.lines.length;
    rows++;
    if (row.kind === 'unreadable') {
      rejected++;
      rejectedLines += row.lines.length;
      for (const found of row.problems) {
        errors.push({
          line: found.line,
          column: found.column,
          code: found.problem.code,
          message: describe(found),
        });
      }
    }
    if (rows % 100 === 0) onProgress({ phase: 'checking', bytes, rows, totalRows: null });
  }

  let done = rejected;
  let imported = 0;
  let unchanged = 0;
  if (client !== null) {
    onProgress({ phase: 'sending', bytes, rows: done, totalRows: rows });
    await inOrder(kind, batchesOf(kind, file), async (batch) => {
      const outcome = await send(kind, client, batch, options.busyPause ?? 250);
      imported += outcome.imported;
      unchanged += outcome.unchanged;
      rejected += outcome.rejected.size;
      for (const index of outcome.rejected) rejectedLines += batch[index]?.lines.length ?? 0;
      errors.push(...outcome.errors);
      done += batch.length;
      onProgress({ phase: 'sending', bytes, rows: done, totalRows: rows });
    });
  }
  errors.sort((a, b) => a.line - b.line || (a.column ?? '').localeCompare(b.column ?? ''));
  return { lines, rows, imported, unchanged, rejected, rejectedLines, errors };
};

/** Rows that can be sent, as many as fit one request. */
async function* batchesOf(kind: Kind, file: string): AsyncGenerator<readonly ImportRow[]> {
  let batch: ImportRow[] = [];
  let keys = new Set<string>();
  let size = 0;
  for await (const row of readRows(kind, file)) {
    if (row.kind === 'unreadable') continue;
    const bytes = Buffer.byteLength(JSON.stringify(row.input));
    const isFull = batch.length === kind.batchRows || size + bytes > LARGEST_REQUEST_BYTES;
    if (batch.length > 0 && (isFull || keys.has(row.apartKey))) {
      yield batch;
      batch = [];
      keys = new Set();
      size = 0;
    }
    batch.push(row);
    if (kind.apart.length > 0) keys.add(row.apartKey);
    size += bytes;
  }
  if (batch.length > 0) yield batch;
}

/** Works on as many batches at a time as the kind allows; one that shares an order key with an unfinished one waits for it. */
const inOrder = async (
  kind: Kind,
  batches: AsyncIterable<readonly ImportRow[]>,
  work: (batch: readonly ImportRow[]) => Promise<void>,
): Promise<void> => {
  const running = new Map<Promise<void>, ReadonlySet<string>>();
  let failure: { readonly error: unknown } | null = null;
  for await (const batch of batches) {
    const keys = new Set(kind.orderBy.length === 0 ? [] : batch.map(({ orderKey }) => orderKey));
    for (const [unfinished, others] of [...running]) {
      if ([...keys].some((key) => others.has(key))) await unfinished;
    }
    while (running.size >= kind.concurrency) await Promise.race(running.keys());
    if (failure !== null) break;
    const promise: Promise<void> = work(batch)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => running.delete(promise));
    running.set(promise, keys);
  }
  await Promise.all(running.keys());
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
};

interface BatchOutcome {
  readonly imported: number;
  readonly unchanged: number;
  /** Indexes in the batch. */
  readonly rejected: ReadonlySet<number>;
  readonly errors: readonly RowError[];
}

const payloadSchema = z.object({
  imported: z.int(),
  unchanged: z.int(),
  userErrors: z.array(z.object({ code: z.string(), message: z.string(), path: z.array(z.string()) })),
});

/**
 * Sends one batch until each of its rows is written or refused for good. A row is sent again while it is BUSY; rows that
 * GraphQL cannot even read are taken out, because it refuses the whole request for one of them.
 */
const send = async (
  kind: Kind,
  client: GraphqlClient,
  batch: readonly ImportRow[],
  busyPause: number,
): Promise<BatchOutcome> => {
  const errors: RowError[] = [];
  const rejected = new Set<number>();
  let imported = 0;
  let unchanged = 0;
  let pending = batch.map((_, index) => index);
  const document = documentOf(kind);
  const data = z.object({ [kind.mutation]: payloadSchema });

  for (let attempt = 1; pending.length > 0; attempt++) {
    const rows = pending.flatMap((index) => batch[index] ?? []);
    const busy: number[] = [];
    const refuse = (path: readonly string[], code: string, message: string): boolean => {
      const place = locate(kind, rows, path);
      const index = place === null ? undefined : pending[place.index];
      if (place === null || index === undefined) return false;
      if (code === 'BUSY' && attempt < BUSY_ATTEMPTS) busy.push(index);
      else {
        rejected.add(index);
        errors.push({ line: place.line, column: place.column, code, message });
      }
      return true;
    };

    let payload: z.infer<typeof payloadSchema> | undefined;
    try {
      const variables = { input: { rows: rows.map(({ input }) => input) } };
      payload = (await client.execute(document, variables, data))[kind.mutation];
    } catch (error) {
      if (!(error instanceof GraphqlRefusal)) throw error;
      const readable = error.messages.map((message) =>
        refuse(pathInMessage(message), 'INVALID_FORMAT', message),
      );
      if (!readable.includes(true)) throw error;
      pending = pending.filter((index) => !rejected.has(index));
      continue;
    }
    if (payload === undefined) break;
    imported += payload.imported;
    unchanged += payload.unchanged;
    for (const { code, message, path } of payload.userErrors) {
      if (!refuse(path, code, message)) throw new GraphqlRefusal(code, [message]);
    }
    pending = [...new Set(busy)].filter((index) => !rejected.has(index));
    if (pending.length > 0) await wait(busyPause * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
  }
  return { imported, unchanged, rejected, errors };
};

/** `Variable "$input" got invalid value "x" at "input.rows[3].value"; …` names the place in words only. */
const pathInMessage = (message: string): readonly string[] =>
  /at "input\.([^"]+)"/.exec(message)?.[1]?.match(/[^.[\]]+/g) ?? [];
