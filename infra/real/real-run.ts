import { messageOf } from '../../functions/domain/messages.ts';
import { createGraphqlClient, type GraphqlClient } from '../import/graphql-client.ts';
import { type ImportReport, importFile, type Progress } from '../import/import-file.ts';
import { KINDS, type Kind } from '../import/kinds.ts';
import type { Runtime } from '../local/runtime.ts';
import type { CapacityMeter, Spent } from './capacity-meter.ts';
import { convertKpi, type KpiFiles } from './convert-kpi.ts';
import { convertRatings, RATINGS_PERIOD, type RatingFiles } from './convert-ratings.ts';
import { KPI_FILE, RATINGS_FILE } from './paths.ts';
import {
  activateDefaultPolicy,
  activatePolicy,
  addInstrument,
  openPastPeriod,
  type RankedStaff,
  readRanking,
  readUnitResult,
  type UnitResult,
} from './region-client.ts';

export interface RealRunOptions {
  /** An empty region. */
  readonly runtime: Pick<Runtime, 'graphqlUrl' | 'tokens' | 'runScheduleOnce'>;
  readonly meter: Pick<CapacityMeter, 'spent'>;
  /** Where the import files are written. */
  readonly folder: string;
  /** Only the ratings of these departments; null: all. */
  readonly departments: readonly string[] | null;
  /** Name of the phase that begins, and how far an import is. */
  readonly onPhase?: (name: string) => void;
  readonly onProgress?: (progress: Progress) => void;
}

export interface RealReport {
  readonly kpi: KpiFiles;
  readonly ratings: RatingFiles;
  readonly imports: readonly { readonly what: string; readonly kind: Kind; readonly report: ImportReport }[];
  readonly closes: readonly { readonly name: string; readonly status: string }[];
  readonly agencies: readonly AgencyYear[];
  readonly ranking: {
    readonly total: number;
    readonly top: readonly RankedStaff[];
    readonly bottom: readonly RankedStaff[];
  };
  readonly phases: readonly Phase[];
}

/** An agency's published result of a year. */
export interface AgencyYear {
  readonly agency: string;
  readonly year: number;
  readonly result: UnitResult;
}

export interface Phase extends Spent {
  readonly name: string;
  readonly seconds: number;
}

const SHOWN = 10;

/** Imports both data sets into an empty region, lets the schedule close every period, and reads what was published. */
export const runReal = async (options: RealRunOptions): Promise<RealReport> => {
  const { runtime, folder, departments } = options;
  const phases: Phase[] = [];
  const phase = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    options.onPhase?.(name);
    const start = performance.now();
    const before = options.meter.spent();
    const result = await work();
    const after = options.meter.spent();
    phases.push({
      name,
      seconds: (performance.now() - start) / 1000,
      requests: after.requests - before.requests,
      readUnits: after.readUnits - before.readUnits,
      writeUnits: after.writeUnits - before.writeUnits,
    });
    return result;
  };

  const [kpi, ratings] = await phase(
    'convert',
    async () =>
      [await convertKpi(KPI_FILE, folder), await convertRatings(RATINGS_FILE, folder, departments)] as const,
  );

  const token = await runtime.tokens.mint({ username: 'real-admin', groups: ['hr_admin', 'planner'] });
  const client = createGraphqlClient({ endpoint: runtime.graphqlUrl, token, language: 'en' });
  const imports: { what: string; kind: Kind; report: ImportReport }[] = [];
  const importAs = (kind: Kind, file: string, what: string) =>
    phase(`import ${what}`, async () => {
      const describe = ({ problem }: { readonly problem: Parameters<typeof messageOf>[0] }) =>
        messageOf(problem, 'en');
      const { onProgress } = options;
      const report = await importFile({
        kind,
        file,
        client,
        describe,
        ...(onProgress !== undefined && { onProgress }),
      });
      imports.push({ what, kind, report });
    });

  const years = kpi.years.map(String);
  await phase('set up policies, instrument, periods', () => setUp(client, years));
  await importAs(KINDS.units, kpi.units, 'agencies');
  await importAs(KINDS.indicators, kpi.indicators, 'indicators');
  await importAs(KINDS.agreements, kpi.agreements, 'agreements');
  await importAs(KINDS.realisations, kpi.realisations, 'realisations');
  await importAs(KINDS.units, ratings.units, 'departments');
  await importAs(KINDS.staff, ratings.staff, 'lecturers');
  await importAs(KINDS.ratings, ratings.ratings, 'ratings');

  const closes = await phase('close all periods', () => runtime.runScheduleOnce());

  const agencies: AgencyYear[] = [];
  const ranking = await phase('read results and ranking', async () => {
    for (const { code, name } of kpi.agencies) {
      for (const year of kpi.years) {
        agencies.push({ agency: name, year, result: await readUnitResult(client, code, String(year)) });
      }
    }
    const top = await readRanking(client, RATINGS_PERIOD, 1, SHOWN);
    const bottom = await readRanking(client, RATINGS_PERIOD, Math.max(1, top.total - SHOWN + 1), SHOWN);
    return { total: top.total, top: top.entries, bottom: bottom.entries };
  });
  return {
    kpi,
    ratings,
    imports,
    closes: closes.map(({ name, status }) => ({ name, status })),
    agencies,
    ranking,
    phases,
  };
};

/**
 * The region's decisions: the national defaults for the indicators; for the ratings, which are of people served and of staff
 * without plans, a policy that lets them count whole and alone.
 */
const setUp = async (client: GraphqlClient, years: readonly string[]): Promise<void> => {
  const defaults = await activateDefaultPolicy(client, `${years[0]}-01-01`);
  await activatePolicy(client, `${RATINGS_PERIOD}-01-01`, {
    ...defaults,
    raterPools: [{ groups: ['PUBLIC'], weight: 10_000 }],
    oneSidedScore: 'RENORMALISED',
  });
  await addInstrument(client);
  for (const period of [...years, RATINGS_PERIOD]) await openPastPeriod(client, period);
};
