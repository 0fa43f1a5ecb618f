/** What the schedule does after publication: a decision becomes a correction run, and the period final. */
import type { FollowUpRule } from '../../../../functions/domain/follow-up/rules.ts';
import type { Deps } from '../../../../functions/usecases/deps.ts';
import { correctionOf, decide, figure } from '../../../workflow/decisions.ts';
import { KECAMATAN } from '../../../workflow/kecamatan.ts';
import { execute } from '../../../workflow/machine.ts';
import { type RegionSpec, seedRegion } from '../../../workflow/region.ts';
import type { Workflow } from '../cloud.ts';
import { close, closeExecutions, hourly } from './close.ts';

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
