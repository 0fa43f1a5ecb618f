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
