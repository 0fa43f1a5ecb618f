import { count, countOperation, logOf, type Outcome } from '../telemetry.ts';

/** How a request ended, as the log tells it. */
export interface RequestLine {
  /** Name that the client gave the operation, or null. */
  readonly operation: string | null;
  /** The field of Query or Mutation that was asked for, `several`, or `none` when the request was no valid operation. */
  readonly field: string;
  readonly correlationId: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly outcome: Outcome;
}

/**
 * Logs a request and counts it by its field, which the schema names. One that failed is counted for the alarm too: a masked
 * error answers with status 200, which no metric of AWS tells.
 */
export const logRequest = ({ correlationId, ...line }: RequestLine): void => {
  logOf(correlationId).info('request', { ...line });
  countOperation(line.field, line.outcome, line.duration);
  if (line.outcome === 'FAILED') count('UnexpectedErrors', 1);
};
