/** The schedule finds a period due, starts its execution, and the execution closes it. */
import { reopen } from '../../../../functions/domain/period/period.ts';
import { errorCode } from '../../../../functions/failed-execution.ts';
import type { CloseAttempt } from '../../../../functions/usecases/close/close-run.ts';
import { periodDuties } from '../../../../functions/usecases/close/period-duties.ts';
import { recordCloseFailure } from '../../../../functions/usecases/close/record-close-failure.ts';
import type { HasTime } from '../../../../functions/usecases/close/shard-task.ts';
import { reopenPeriod } from '../../../../functions/usecases/period/reopen-period.ts';
import { KECAMATAN } from '../../../workflow/kecamatan.ts';
import { execute, executeSteps } from '../../../workflow/machine.ts';
import { PUSKESMAS } from '../../../workflow/puskesmas.ts';
import { changePeriodOf, seedRegion, write } from '../../../workflow/region.ts';
import { ExecutionFailed, type Services, type Workflow } from '../cloud.ts';
import type { ProcessDeps } from '../process-deps.ts';
import { asRequest, personnel } from './import.ts';

type DutyName = keyof typeof periodDuties;

/** The hour's call of the starter, as far as it is about periods. */
export const hourly = (services: Services, duties: readonly DutyName[]): Promise<void> =>
  services.invoke('starter', async (deps: ProcessDeps) => {
    const [periods, policies] = await Promise.all([deps.store.periods.list(), deps.store.policies.list()]);
    for (const listed of periods) {
      let period = listed;
      for (const duty of duties) {
        if (await periodDuties[duty](deps, period, policies))
          period = (await deps.store.periods.get(period.id)) ?? period;
      }
    }
  });

const isAttempt = (input: unknown): input is CloseAttempt =>
  typeof input === 'object' && input !== null && 'periodId' in input && 'attempt' in input;

/** A step cannot be done: it is called again in vain, and the execution fails. */
class Outage extends Error {
  override readonly name = 'Outage';
}

/** Whether a step fails after it has done its work. */
type Failing = (step: string, attempt: CloseAttempt, now: string) => boolean;

/**
 * Runs the executions of the close that were started: the steps of infra/close-machine.ts, each in a process of its own, and what
 * is called when one of them has failed for good.
 */
export const closeExecutions = (
  services: Services,
  hasTime: HasTime = () => true,
  isFailing: Failing = () => false,
): Promise<void> =>
  services.executions('close', async (input) => {
    if (!isAttempt(input)) throw new Error('no input of the close');
    const { periodId, attempt } = input;
    const run = <Answer>(step: string, act: (deps: ProcessDeps) => Promise<Answer>): Promise<Answer> =>
      services.invoke(step, async (deps) => {
        const answer = await act(deps);
        if (isFailing(step, input, deps.now())) throw new Outage(step);
        return answer;
      });
    try {
      await executeSteps<ProcessDeps>(run, input, hasTime);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'Outage') throw error;
      const failure = errorCode({ Error: error.name });
      await services.invoke('recordFailure', (deps) =>
        recordCloseFailure(deps, { periodId, attempt, failure }),
      );
      throw new ExecutionFailed(error.message);
    }
  });

async function drive(services: Services): Promise<void> {
  await hourly(services, ['started']);
  await closeExecutions(services);
}

export const close: Workflow = {
  name: 'close',
  at: '2026-04-05T17:30:00.000Z',
  late: 'FROM_THE_BEGINNING',
  prepare: ({ store }) => seedRegion(store, KECAMATAN),
  drive,
};

/** The awkward cases: two shards, transfers, ties, anonymous groups. */
export const closeOfAgency: Workflow = {
  ...close,
  name: 'close of an agency',
  prepare: ({ store }) => seedRegion(store, PUSKESMAS),
};

/** A period that was opened again, and in which a rating was corrected. */
export const closeAgain: Workflow = {
  name: 're-close',
  at: '2026-04-12T17:30:00.000Z',
  late: 'FROM_THE_BEGINNING',
  prepare: async ({ store }) => {
    await seedRegion(store, KECAMATAN);
    await execute({ store, now: () => close.at }, { periodId: KECAMATAN.periodId, attempt: 1 });
    await changePeriodOf(store, KECAMATAN.periodId, (period) =>
      reopen(period, '2026-04-12T17:00:00.000Z', '2026-04-10T03:00:00.000Z', period.policy),
    );
    const address = { collection: { unitId: 'kelurahan', shard: 0 }, year: 2026 };
    const key = {
      periodId: KECAMATAN.periodId,
      rateeId: 'staf',
      group: 'SUPERIOR',
      raterId: 'lurah',
    } as const;
    const before = await store.ratings.get(address, key);
    if (before === null) throw new Error('the region has no such rating');
    const scores = before.scores.map(() => 1);
    await write(store, [store.ratings.save(address, before, { ...before, scores })]);
  },
  drive,
};

/** Until then the merge fails at its end. */
const MENDED_AT = '2026-04-05T18:15:00.000Z';

/** A step failed for good; the next hour's execution goes on where that one stopped. */
export const closeThatFailed: Workflow = {
  ...close,
  name: 'close that failed',
  drive: async (services) => {
    for (let hour = 0; hour < 2; hour += 1) {
      await hourly(services, ['started']);
      await closeExecutions(
        services,
        () => true,
        (step, _, now) => step === 'merge' && now < MENDED_AT,
      );
      services.pass(60);
    }
  },
};

/** A step failed for good, so the personnel office opens the period again; the next close is another run. */
export const closeThatFailedReopened: Workflow = {
  ...close,
  name: 'close that failed, reopened',
  // A period that is left as failed is closed by the schedule every hour, and fails again, which its trail says.
  late: 'THE_STEP',
  drive: async (services) => {
    const { periodId } = KECAMATAN;
    const failing: Failing = (step, { attempt }) => step === 'rank' && attempt === 1;
    await hourly(services, ['started']);
    await closeExecutions(services, () => true, failing);
    const version = await services.invoke(
      'look',
      async ({ store }) => (await store.periods.get(periodId))?.version ?? 0,
    );
    await services.invoke('reopen', async (deps) => {
      await reopenPeriod(asRequest(deps), personnel, {
        id: periodId,
        version,
        reason: 'Penutupan gagal',
        closesAt: '2026-04-07T17:00:00.000Z',
        idempotencyKey: 'reopen-1',
      });
    });
    services.pass(48 * 60);
    await hourly(services, ['started']);
    await closeExecutions(services, () => true, failing);
  },
};
