/** A batch of which DynamoDB would not treat everything, however often it was asked. */
export class BatchIncompleteError extends Error {
  override readonly name = 'BatchIncompleteError';
  readonly left: number;

  constructor(operation: string, left: number) {
    super(`${operation}: ${left} still unprocessed after many attempts`);
    this.left = left;
  }
}

/** Cuts a list into slices of at most `size`. */
export function slices<T>(values: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < values.length; at += size) parts.push(values.slice(at, at + size));
  return parts;
}

/** Works through a list, at most `concurrency` at a time; stops taking new ones at the first failure and throws it. */
export async function inParallel<T>(
  values: Iterable<T>,
  concurrency: number,
  work: (value: T) => Promise<void>,
): Promise<void> {
  const queue = values[Symbol.iterator]();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); !next.done && !failed; next = queue.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: concurrency }, worker));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
