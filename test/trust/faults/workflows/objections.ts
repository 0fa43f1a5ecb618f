/** What the schedule does after publication: a decision becomes a correction run, and the period final. */
import type { FollowUpRule } from '../../../../functions/domain/follow-up/rules.ts';
import { openPeriod, planPeriod } from '../../../../functions/domain/period/period.ts';
import { runSchedule } from '../../../../functions/usecases/close/run-schedule.ts';
import type { Deps } from '../../../../functions/usecases/deps.ts';
import { decideLateCorrection } from '../../../../functions/usecases/period/decide-late-correction.ts';
import { correctionOf, decide, figure, filed } from '../../../workflow/decisions.ts';
import { KECAMATAN } from '../../../workflow/kecamatan.ts';
import { execute } from '../../../workflow/machine.ts';
import { PUSKESMAS } from '../../../workflow/puskesmas.ts';
import {
  changePeriodOf,
  type PersonSpec,
  type RegionSpec,
  seedRegion,
  write,
} from '../../../workflow/region.ts';
import type { Workflow } from '../cloud.ts';
import { close, closeExecutions, hourly } from './close.ts';
import { asRequest, personnel } from './import.ts';

const { periodId } = KECAMATAN;

/** Brings a region to where its results are published. */
export async function publish({ store }: Pick<Deps, 'store'>, spec: RegionSpec = KECAMATAN): Promise<void> {
  await seedRegion(store, spec);
  await execute({ store, now: () => close.at }, { periodId, attempt: 1 });
}

/** The clerk's objection was granted, so everybody is ranked anew. */
export const correction: Workflow = {
  name: 'objection re-ranking',
  at: '2026-04-20T04:00:00.000Z',
  late: 'FROM_THE_BEGINNING',
  prepare: async (deps) => {
    await publish(deps);
    const granted = correctionOf({ workResult: 'ABOVE', figures: [figure('L1', '2026-02', '4')] });
    await decide(deps.store, periodId, 'staf', granted);
  },
  drive: (services) => hourly(services, ['corrected']),
};

const certificate: FollowUpRule = {
  id: 'certificate',
  measure: 'CERTIFICATE',
  periods: ['QUARTER'],
  predicates: [],
  inARow: 1,
  rank: null,
  trend: null,
  valueBelow: null,
  after: null,
};

/** Nobody can object any more: final, the raters' secret written over, certificates proposed. */
export const finalise: Workflow = {
  name: 'finalise',
  at: '2026-08-03T02:30:00.000Z',
  late: 'FROM_THE_BEGINNING',
  prepare: async (deps) => {
    await publish(deps, { ...KECAMATAN, rules: { followUp: [certificate] } });
    await deps.store.raterSecrets.ensure(periodId);
  },
  drive: async (services) => {
    await hourly(services, ['finalised', 'settled']);
    await closeExecutions(services);
  },
};

const guidance: FollowUpRule = {
  ...certificate,
  id: 'guidance',
  measure: 'GUIDANCE',
  predicates: ['NEEDS_IMPROVEMENT', 'POOR', 'VERY_POOR'],
};
const best: FollowUpRule = {
  ...certificate,
  id: 'best',
  measure: 'SUCCESSION_POOL',
  rank: { scope: 'UNIT', atMost: 1 },
};

/** What follows from a final period takes longer than one function lives: each call treats a shard and hands the rest on. */
export const longFollowUp: Workflow = {
  ...finalise,
  name: 'long follow-up',
  prepare: async (deps) => {
    await publish(deps, { ...PUSKESMAS, rules: { followUp: [certificate, guidance, best] } });
    await deps.store.raterSecrets.ensure(periodId);
  },
  drive: async (services) => {
    await hourly(services, ['finalised', 'settled']);
    await closeExecutions(services, () => false);
  },
};

const YEAR = '2026';
const clerk = (id: string, reached: string): PersonSpec => ({
  id,
  unit: 'office',
  jobGroup: 'clerk',
  lines: [{ weight: 10_000, target: '10', reached: [reached, reached, reached] }],
  rated: [['SUPERIOR', 'head', 4]],
});
const OFFICE: RegionSpec = {
  periodId,
  rules: { annual: 'FROM_PERIODS', followUp: [{ ...certificate, periods: ['YEAR'] }] },
  units: [{ id: 'office', head: 'head' }],
  people: [
    { id: 'head', unit: 'office', jobGroup: 'leader' },
    clerk('ani', '10'),
    clerk('budi', '9'),
    clerk('citra', '8'),
  ],
};

/** Brings a region to where a year is published that builds on a quarter to which two have objected. */
async function publishYear({ store }: Pick<Deps, 'store'>): Promise<void> {
  await publish({ store }, OFFICE);
  for (const staffId of ['ani', 'budi', 'citra'])
    await write(store, [store.objections.save(null, filed(periodId, staffId))]);
  await write(store, [store.periods.save(null, planPeriod(YEAR, '2027-01-05T17:00:00.000Z', 420))]);
  await changePeriodOf(store, YEAR, openPeriod);
  await store.raterSecrets.ensure(YEAR);
  await execute({ store, now: () => '2027-01-06T01:00:00.000Z' }, { periodId: YEAR, attempt: 1 });
}

/** A quarter is corrected when the year that builds on it is published: the year follows. */
export const yearFollows: Workflow = {
  name: 'correction that a year follows',
  at: '2027-01-06T02:00:00.000Z',
  late: 'FROM_THE_BEGINNING',
  prepare: async (deps) => {
    await publishYear(deps);
    const granted = correctionOf({ figures: [figure('L1', '2026-01', '15'), figure('L1', '2026-02', '12')] });
    await decide(deps.store, periodId, 'budi', granted);
  },
  drive: async (services) => {
    await hourly(services, ['corrected']);
    // A year is looked at before its quarters.
    await hourly(services, ['corrected']);
  },
};

/** The same when the year is final: the personnel office is asked and decides, the year follows, and what follows from it is looked at again. */
export const finalYearFollows: Workflow = {
  name: 'correction that a final year follows',
  at: '2027-03-15T02:00:00.000Z',
  // Who decides asks again with what they have sent.
  late: 'THE_STEP',
  prepare: async ({ store }) => {
    await publishYear({ store });
    const now = () => '2027-03-14T02:00:00.000Z';
    const { failed } = await runSchedule({
      store,
      now,
      startClose: (attempt) => execute({ store, now }, attempt),
    });
    if (failed.length > 0) throw new Error('the year is not final', { cause: failed[0]?.error });
    await decide(store, periodId, 'ani', correctionOf({ workResult: 'BELOW' }));
  },
  drive: async (services) => {
    const hour = () => hourly(services, ['corrected', 'asked', 'finalised', 'settled']);
    await hour();
    await hour();
    const version = await services.invoke(
      'look',
      async ({ store }) => (await store.periods.get(YEAR))?.version ?? 0,
    );
    await services.invoke('decide', async (deps) => {
      await decideLateCorrection(asRequest(deps), personnel, {
        id: YEAR,
        version,
        sourcePeriodId: periodId,
        staffIds: ['ani'],
        outcome: 'APPLY',
        reason: 'Angka keliru',
        idempotencyKey: 'decide-1',
      });
    });
    await hour();
    await closeExecutions(services);
  },
};
