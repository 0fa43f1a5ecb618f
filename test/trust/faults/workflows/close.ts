/** The schedule finds a period due, starts its execution, and the execution closes it. */
import { reopen } from '../../../../functions/domain/period/period.ts';
import { periodDuties } from '../../../../functions/usecases/close/period-duties.ts';
import { KECAMATAN } from '../../../workflow/kecamatan.ts';
import { execute, executeSteps } from '../../../workflow/machine.ts';
import { PUSKESMAS } from '../../../workflow/puskesmas.ts';
import { changePeriodOf, seedRegion, write } from '../../../workflow/region.ts';
import type { ProcessDeps, Services, Workflow } from '../cloud.ts';

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

const isAttempt = (input: unknown): input is { readonly periodId: string; readonly attempt: number } =>
  typeof input === 'object' && input !== null && 'periodId' in input && 'attempt' in input;

/** Runs the executions of the close that were started: the steps of infra/close-machine.ts, each in a process of its own. */
export const closeExecutions = (services: Services): Promise<void> =>
  services.executions('close', async (input) => {
    if (!isAttempt(input)) throw new Error('no input of the close');
    await executeSteps<ProcessDeps>((step, act) => services.invoke(step, act), input);
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
