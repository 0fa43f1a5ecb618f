import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const logger = new Logger();
const metrics = new Metrics({ namespace: 'Kinerja' });

/** How an operation ended, as the log tells it. */
export interface RequestLine {
  /** Name that the client gave the operation, or null. */
  readonly operation: string | null;
  readonly correlationId: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly outcome: 'OK' | 'REFUSED' | 'FAILED';
}

/** Logs a request. One that failed is counted too: a masked error answers with status 200, which no metric of AWS tells. */
export const logRequest = (line: RequestLine): void => {
  logger.info('request', { ...line });
  if (line.outcome !== 'FAILED') return;
  metrics.addMetric('UnexpectedErrors', MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
};

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
