import { Logger } from '@aws-lambda-powertools/logger';

const logger = new Logger();

/** How an operation ended, as the log tells it. */
export interface RequestLine {
  /** Name that the client gave the operation, or null. */
  readonly operation: string | null;
  readonly correlationId: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly outcome: 'OK' | 'REFUSED' | 'FAILED';
}

export const logRequest = (line: RequestLine): void => logger.info('request', { ...line });

/**
 * Logs a defect or an outage by its kind and place. Messages stay out: those of drivers and validators quote the data they
 * failed on.
 */
export function logUnexpected(correlationId: string, error: unknown): void {
  logger.error('unexpected error', { correlationId, chain: chainOf(error) });
}

/** Names and stack frames of an error and its causes, without their messages. */
function chainOf(error: unknown): readonly { readonly name: string; readonly frames: readonly string[] }[] {
  const chain: { readonly name: string; readonly frames: readonly string[] }[] = [];
  let next = error;
  while (next instanceof Error && chain.length < 5) {
    const frames = (next.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    chain.push({ name: next.name, frames: frames.slice(0, 12).map((line) => line.trim()) });
    next = next.cause ?? ('originalError' in next ? next.originalError : undefined);
  }
  return chain;
}
