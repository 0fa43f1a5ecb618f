import type { Actor, Role } from '../../functions/domain/access-policy.ts';
import type { BuildUp, Indicator, Polarity } from '../../functions/domain/indicator/indicator.ts';
import { Rejection } from '../../functions/domain/problem.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { type EndpointUnderTest, endpointUnderTest } from '../api/endpoint-under-test.ts';
import { type PersonSpec, type RegionSpec, seedRegion, write } from '../workflow/region.ts';

/** The period that is open in the region. */
export const PERIOD = '2026-Q1';
export const YEAR = 2026;

const nurse = (id: string, more: Partial<PersonSpec> = {}): PersonSpec => ({
  id,
  unit: 'puskesmas',
  jobGroup: 'nurse',
  ...more,
});

/**
 * A health agency (head `kadis`) with two puskesmas: one headed by `kapus` with the nurses n1 to n4, another headed by
 * `kapus2` with the nurse m1; and the agency for tourism, headed by `kadispar`. Nobody has a plan.
 */
export const region: RegionSpec = {
  periodId: PERIOD,
  units: [
    { id: 'dinkes', head: 'kadis' },
    { id: 'puskesmas', parent: 'dinkes', head: 'kapus' },
    { id: 'puskesmas2', parent: 'dinkes', head: 'kapus2' },
    { id: 'dispar', head: 'kadispar' },
  ],
  people: [
    { id: 'kadis', unit: 'dinkes', jobGroup: 'leader' },
    { id: 'kapus', unit: 'puskesmas', jobGroup: 'leader' },
    nurse('n1'),
    nurse('n2'),
    nurse('n3'),
    nurse('n4'),
    { id: 'kapus2', unit: 'puskesmas2', jobGroup: 'leader' },
    nurse('m1', { unit: 'puskesmas2' }),
    { id: 'kadispar', unit: 'dispar', jobGroup: 'leader' },
  ],
};

const indicator = (id: string, polarity: Polarity, buildUp: BuildUp, retired = false): Indicator => ({
  id,
  code: id.toUpperCase(),
  unitId: null,
  goalId: null,
  current: {
    indicatorId: id,
    definition: 1,
    name: `Indikator ${id}`,
    description: id,
    formula: id,
    source: 'register',
    measure: {
      unitOfMeasure: 'patients',
      polarity,
      aboveRange: polarity === 'RANGE' ? 'INSIDE_IS_BEST' : null,
      buildUp,
      realisedBy: 'REPORT',
    },
    effectiveFrom: '2025-01-01',
  },
  retired,
  version: 0,
});

export interface WorkRegion {
  readonly api: EndpointUnderTest;
  readonly deps: Deps;
}

/** The region on a table of its own, with a few indicators in the catalogue; the clock shows 10 March 2026. */
export async function workRegion(spec: RegionSpec = region): Promise<WorkRegion> {
  const api = await endpointUnderTest();
  await seedRegion(api.deps.store, spec);
  await write(api.deps.store, [
    api.deps.store.indicators.save(null, indicator('visits', 'MAXIMIZE', 'SUM')),
    api.deps.store.indicators.save(null, indicator('waiting', 'MINIMIZE', 'LATEST')),
    api.deps.store.indicators.save(null, indicator('occupancy', 'RANGE', 'LATEST')),
    api.deps.store.indicators.save(null, indicator('index', 'MAXIMIZE', 'RELEASED')),
    api.deps.store.indicators.save(null, indicator('old', 'MAXIMIZE', 'SUM', true)),
  ]);
  return { api, deps: api.deps };
}

export const as = (staffId: string, ...roles: readonly Role[]): Actor => ({
  roles: new Set<Role>(['STAFF', ...roles]),
  staffId,
  id: staffId,
});
export const hr = as('account-hr', 'HR_ADMIN');
export const planner = as('account-planner', 'PLANNER');
export const auditor = as('account-auditor', 'AUDITOR');
export const nobody: Actor = { roles: new Set<Role>(['PUBLIC']), staffId: null, id: 'public' };

/** The same, but just before its first commit something else happens. */
export function overtaken(deps: Deps, by: () => Promise<unknown>): Deps {
  let pending = true;
  return {
    ...deps,
    store: {
      ...deps.store,
      commit: async (intent, writes) => {
        if (pending) {
          pending = false;
          await by();
        }
        await deps.store.commit(intent, writes);
      },
    },
  };
}

/** `code path` of each problem that a use case rejects with; empty when it does not. */
export async function problemsOf(attempt: Promise<unknown>): Promise<readonly string[]> {
  try {
    await attempt;
    return [];
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return error.problems.map(({ code, path }) => [code, path.join('.')].join(' ').trim());
  }
}
