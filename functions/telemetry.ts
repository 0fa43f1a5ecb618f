import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { inSource } from './source-places.ts';

const logger = new Logger();
/** Every metric has the dimensions `service` and `stage`. */
const metrics = new Metrics({
  namespace: 'Kinerja',
  defaultDimensions: { stage: process.env['STAGE'] ?? 'local' },
});

/** Counted under the dimensions `service` and `stage` alone: what alarms watch. */
export type WatchedMetric = 'UnexpectedErrors' | 'AuditTrailsBroken' | 'PeriodsOverdue' | 'MailsGivenUp';

/** How an operation ended. */
export type Outcome =
  | 'OK'
  /** The caller was told why not. */
  | 'REFUSED'
  /** A defect or an outage. */
  | 'FAILED';

/** Ids, counts and codes; never a name, a NIP, a score, a comment, or a message of a driver or validator, which quotes such. */
export type LogFields = Readonly<Record<string, unknown>>;

/** The log of one request or one call of a workflow: each line carries its correlation id. */
export interface Log {
  info(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
}

export const logOf = (correlationId: string): Log => ({
  info: (message, fields) => logger.info(message, { ...fields, correlationId }),
  error: (message, fields) => logger.error(message, { ...fields, correlationId }),
});

/** Publishes a count, zero included: an alarm tells zero from silence. */
export function count(name: WatchedMetric, value: number): void {
  metrics.addMetric(name, MetricUnit.Count, value);
  metrics.publishStoredMetrics();
}

/**
 * Publishes `Operations` and `Duration` under the dimensions service, stage and outcome, and one that FAILED a second time under
 * its name too. Whatever combination occurs is a metric that is paid for by the hour, and there are hundreds of operations: how
 * often each is asked for, how slow it is and what of it is refused is told by the log (docs/operations.md).
 * @param operation a name that the program or the schema gives, never one that a client chose
 */
export function countOperation(operation: string, outcome: Outcome, milliseconds: number): void {
  metrics.addDimensions({ outcome });
  metrics.addMetric('Operations', MetricUnit.Count, 1);
  metrics.addMetric('Duration', MetricUnit.Milliseconds, Math.round(milliseconds));
  metrics.publishStoredMetrics();
  if (outcome !== 'FAILED') return;
  metrics.addDimensions({ operation, outcome });
  metrics.addMetric('Operations', MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}

/**
 * Does one operation of a workflow, and counts how it ended. What it throws is logged by kind and place, and its name is thrown on.
 * @param operation see countOperation
 */
export async function observe<T>(
  operation: string,
  correlationId: string,
  run: () => Promise<T>,
): Promise<T> {
  const begun = performance.now();
  let outcome: Outcome = 'FAILED';
  try {
    const answer = await run();
    outcome = 'OK';
    return answer;
  } catch (error) {
    logUnexpected(correlationId, error);
    throw nameOf(error);
  } finally {
    countOperation(operation, outcome, performance.now() - begun);
  }
}

/**
 * What leaves a function instead of what it failed with. Lambda itself logs what a handler throws, with its message, its stack and
 * all that it carries, and writes the message into the state machine's history and into dead letters; Retry and Catch go by the
 * name.
 */
function nameOf(error: unknown): Error {
  const name = error instanceof Error ? error.name : 'Error';
  const thrown = new Error(name);
  thrown.name = name;
  thrown.stack = name;
  return thrown;
}

/**
 * Logs a defect or an outage by its kind and place. Messages stay out: those of drivers and validators quote the data they
 * failed on.
 */
export function logUnexpected(correlationId: string, error: unknown): void {
  logOf(correlationId).error('unexpected error', { chain: chainOf(error) });
}

/** Names and stack frames of an error and its causes, with places in the source, without their messages. */
function chainOf(error: unknown): readonly { readonly name: string; readonly frames: readonly string[] }[] {
  const chain: { readonly name: string; readonly frames: readonly string[] }[] = [];
  let next = error;
  while (next instanceof Error && chain.length < 5) {
    const frames = (next.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    chain.push({ name: next.name, frames: frames.slice(0, 12).map((line) => inSource(line.trim())) });
    next = next.cause ?? ('originalError' in next ? next.originalError : undefined);
  }
  return chain;
}

/**
 * The correlation id of a call by the schedule, from the time that it was planned for: a call that comes twice has the same.
 * @param event the schedule's, which says `scheduledAt`; a call by hand says nothing and is named by the hour
 */
export function scheduledCall(name: string, event: unknown, now: string): string {
  const given =
    typeof event === 'object' && event !== null && 'scheduledAt' in event ? event.scheduledAt : null;
  const at =
    typeof given === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{5,12}Z$/.test(given) ? given : now.slice(0, 13);
  return `${name}-${at}`;
}
