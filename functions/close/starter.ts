import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { count, logOf, observe, scheduledCall } from '../telemetry.ts';
import { AUDIT_CHECK } from '../usecases/audit/check-trails.ts';
import { runSchedule } from '../usecases/close/run-schedule.ts';
import { createCloseStarter } from './start-close.ts';
import { depsOf } from './step.ts';

const { STATE_MACHINE_ARN } = z.object({ STATE_MACHINE_ARN: z.string() }).parse(process.env);

const now = () => new Date().toISOString();
const starter = createCloseStarter(new SFNClient(), STATE_MACHINE_ARN, now);

/** Some periods or other things could not be treated; the log says which. Thrown at the end, so that the call is repeated. */
class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

/** Called by the schedule every hour; EventBridge may deliver a call twice, late, or not at all. */
export const handler = async (event: unknown): Promise<void> => {
  const correlationId = scheduledCall('schedule', event, now());
  await observe('schedule', correlationId, () => run(correlationId));
};

async function run(correlationId: string): Promise<void> {
  const log = logOf(correlationId);
  const { failed, duties, ...report } = await runSchedule({ ...depsOf(correlationId), ...starter });
  log.info('schedule run', report);
  for (const { duty, periodId, error } of failed) {
    // Not its message: those of drivers quote what they failed on.
    const name = error instanceof Error ? error.name : 'Unknown';
    log.error('period not treated', { duty, periodId, error: name });
  }
  const undone = Object.entries(duties).flatMap(([duty, { done, failed: left }]) => {
    log.info('duty done', { duty, ids: done });
    return left.map((failure) => ({ duty, ...failure }));
  });
  for (const { duty, id, error } of undone)
    log.error('duty failed', { duty, id, error: error instanceof Error ? error.name : 'Unknown' });
  count('AuditTrailsBroken', (duties[AUDIT_CHECK]?.failed ?? []).filter(({ id }) => id !== null).length);
  count('PeriodsOverdue', report.overdue.length);
  if (failed.length + undone.length > 0)
    throw new ScheduleError(
      `${failed.length} periods and ${undone.length} other things could not be treated`,
    );
}
