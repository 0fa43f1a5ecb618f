/** What a region brings along: the importer sends rows, and sends them again until all are there. */
import type { Actor } from '../../../../functions/domain/access-policy.ts';
import type { Decimal } from '../../../../functions/domain/decimal.ts';
import { requestStore } from '../../../../functions/store/request-store.ts';
import type { Deps } from '../../../../functions/usecases/deps.ts';
import { importGoals } from '../../../../functions/usecases/goal/import-goals.ts';
import type { ImportOutcome } from '../../../../functions/usecases/import-rows.ts';
import { importIndicators } from '../../../../functions/usecases/indicator/import-indicators.ts';
import { importAgreements, importPlans } from '../../../../functions/usecases/plan/import-plans.ts';
import { importRatings } from '../../../../functions/usecases/rating/import-ratings.ts';
import { importRealisations } from '../../../../functions/usecases/realisation/import-realisations.ts';
import { importStaff } from '../../../../functions/usecases/staff/import-staff.ts';
import { importUnits } from '../../../../functions/usecases/unit/import-units.ts';
import { INSTRUMENT, openPeriodOf, policyOf, write } from '../../../workflow/region.ts';
import type { Services, Workflow } from '../cloud.ts';

const PERIOD = '2026-Q1';

export const personnel: Actor = { id: 'account-hr', staffId: null, roles: new Set(['HR_ADMIN']) };
const planning: Actor = { id: 'account-planner', staffId: null, roles: new Set(['PLANNER']) };

const nipOf = (serial: number): string => `198001012005011${String(serial).padStart(3, '0')}`;
const target = (value: string) => ({ value: value as Decimal });

const dinas = { code: 'D', name: 'Dinas Kesehatan', kind: 'DINAS' };
const puskesmas = { code: 'P', name: 'Puskesmas Melati', kind: 'PUSKESMAS', parentCode: 'D' };
const person = (serial: number, name: string, unitCode: string, position: string, jobGroup: string) => ({
  nip: nipOf(serial),
  name,
  employment: 'PNS' as const,
  unitCode,
  position,
  jobGroup,
  email: `pegawai-${serial}@daerah.go.id`,
  from: '2025-01-01',
});
const indicator = {
  code: 'IKU-1',
  unitCode: 'P',
  goalCode: 'S1',
  name: 'Kunjungan',
  source: 'Register',
  unitOfMeasure: 'kunjungan',
  polarity: 'MAXIMIZE' as const,
  buildUp: 'SUM' as const,
  effectiveFrom: '2025-01-01',
};
const line = {
  id: 'L1',
  title: 'Kunjungan pasien',
  aspect: 'QUANTITY' as const,
  indicatorCode: 'IKU-1',
  weight: 10_000,
};

/** In the order in which a region brings them. */
const imports: Readonly<Record<string, (deps: Deps) => Promise<ImportOutcome>>> = {
  units: (deps) => importUnits(deps, personnel, [puskesmas, dinas]),
  staff: (deps) =>
    importStaff(deps, personnel, [
      person(1, 'Ani Kepala', 'D', 'Kepala Dinas', 'leader'),
      person(2, 'Budi Kepala', 'P', 'Kepala Puskesmas', 'leader'),
      person(3, 'Citra Perawat', 'P', 'Perawat', 'nurse'),
    ]),
  heads: (deps) =>
    importUnits(deps, personnel, [
      { ...dinas, headNip: nipOf(1), headFrom: '2025-01-01' },
      { ...puskesmas, headNip: nipOf(2), headFrom: '2025-01-01' },
    ]),
  goals: (deps) =>
    importGoals(deps, planning, [
      { code: 'S1', title: 'Derajat kesehatan', fromYear: 2025, toYear: 2029 },
      { code: 'S1.1', title: 'Layanan dasar', unitCode: 'P', parentCode: 'S1', fromYear: 2025, toYear: 2029 },
    ]),
  indicators: (deps) => importIndicators(deps, planning, [indicator]),
  agreements: (deps) =>
    importAgreements(deps, personnel, [
      { unitCode: 'P', year: 2026, lines: [{ ...line, goalCode: 'S1.1', target: target('1200') }] },
    ]),
  plans: (deps) =>
    importPlans(deps, personnel, [
      { nip: nipOf(2), year: 2026, lines: [{ ...line, goalCode: 'S1.1', target: target('600') }] },
      { nip: nipOf(3), year: 2026, lines: [{ ...line, goalCode: 'S1.1', target: target('600') }] },
    ]),
  realisations: (deps) =>
    importRealisations(
      deps,
      personnel,
      ['2026-01', '2026-02'].map((month) => ({
        ownerKind: 'STAFF' as const,
        owner: nipOf(3),
        lineId: 'L1',
        month,
        value: '55' as Decimal,
      })),
    ),
  ratings: (deps) =>
    importRatings(
      deps,
      personnel,
      (['SUPERIOR', 'SELF'] as const).map((group) => ({
        periodId: PERIOD,
        rateeNip: nipOf(3),
        group,
        rater: nipOf(group === 'SELF' ? 3 : 2),
        instrumentId: INSTRUMENT.id,
        scores: INSTRUMENT.items.map(() => 4),
      })),
    ),
};

/** Calls a use case as a request does: with a store that remembers what it has read. */
export const asRequest = (deps: Deps): Deps => ({ ...deps, store: requestStore(deps.store) });

export const importing: Workflow = {
  name: 'import',
  at: '2026-03-10T02:00:00.000Z',
  late: 'FROM_THE_BEGINNING',
  prepare: async ({ store }) => {
    await write(store, [store.policies.save(null, policyOf())]);
    await write(store, [store.instruments.add(INSTRUMENT)]);
    await openPeriodOf(store, PERIOD);
    // Drawn at random with the first rating; it must be the same in every run.
    await store.raterSecrets.ensure(PERIOD);
  },
  drive: async (services: Services) => {
    for (const [kind, run] of Object.entries(imports)) {
      await services.invoke(kind, async (deps) => {
        const { problems } = await run(asRequest(deps));
        if (problems.length > 0)
          throw new Error(problems.map(({ code, path }) => `${code} ${path.join(' ')}`).join(', '));
      });
    }
  },
};
