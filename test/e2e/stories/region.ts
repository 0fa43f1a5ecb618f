import { importedId } from '../../../functions/usecases/new-id.ts';
import type { GraphqlClient } from '../../../infra/import/graphql-client.ts';
import { change, clientOf, importRows } from '../../../infra/local/demo/demo-client.ts';
import { startSystem, type Who } from '../endpoint.ts';
import type { Region } from './telling.ts';

/** A unit of the guide's region. */
const UNITS = [
  { code: 'DK', name: 'Dinas Kesehatan', kind: 'DINAS', head: 'Ratna' },
  { code: 'PM', name: 'Puskesmas Melati', kind: 'PUSKESMAS', parentCode: 'DK', head: 'Budi' },
  { code: 'DP', name: 'Dinas Pendidikan', kind: 'DINAS', head: 'Agus' },
  { code: 'SD', name: 'SD Negeri 3', kind: 'SEKOLAH', parentCode: 'DP', head: 'Wati' },
] as const;

/** The people of the guide's region, as its first page introduces them. */
const PEOPLE = [
  ['Ratna', 'DK', 'Kepala Dinas Kesehatan', 'leader'],
  ['Budi', 'PM', 'Kepala Puskesmas', 'leader'],
  ['Siti', 'PM', 'Perawat', 'nurse'],
  ['Dewi', 'PM', 'Perawat', 'nurse'],
  ['Rina', 'PM', 'Perawat', 'nurse'],
  ['Tuti', 'PM', 'Perawat', 'nurse'],
  ['Agus', 'DP', 'Kepala Dinas Pendidikan', 'leader'],
  ['Wati', 'SD', 'Kepala Sekolah', 'leader'],
  ['Joko', 'SD', 'Guru', 'teacher'],
  ['Lina', 'SD', 'Guru', 'teacher'],
  ['Maya', 'SD', 'Guru', 'teacher'],
] as const;
type Name = (typeof PEOPLE)[number][0];

/** NIP of a person of the region. */
export const nipOf = (name: Name): string =>
  `198001012005011${String(1 + PEOPLE.findIndex(([known]) => known === name)).padStart(3, '0')}`;
export const staffIdOf = (name: Name): string => importedId('s', nipOf(name));

const ROLES: Readonly<Record<string, Who | null>> = {
  'Personnel office': { username: 'account-personnel', groups: ['hr_admin'] },
  Planner: { username: 'account-planner', groups: ['planner'] },
  Inspector: { username: 'account-inspector', groups: ['auditor'] },
  Anybody: null,
};

export interface GuideRegion extends Region {
  /** Imports what a story takes for granted; personnel and planning in one. */
  readonly admin: GraphqlClient;
}

/**
 * The guide's region on a table of its own: units, heads and staff, nothing else. Once a file.
 * @param clock when the story begins
 */
export async function startGuideRegion(tableName: string, clock: string): Promise<GuideRegion> {
  const runtime = await startSystem(tableName, new Date(clock));
  const admin = await clientOf(runtime, 'account-import', ['hr_admin', 'planner']);
  const units = UNITS.map(({ head: _, ...unit }) => unit);
  await importRows(admin, 'importUnits', 'ImportUnitsInput', units);
  const staff = PEOPLE.map(([name, unitCode, position, jobGroup]) => ({
    nip: nipOf(name),
    name,
    employment: 'PNS',
    unitCode,
    position,
    jobGroup,
    from: '2025-01-01',
  }));
  await importRows(admin, 'importStaff', 'ImportStaffInput', staff);
  const heads = UNITS.map(({ head, ...unit }) => ({ ...unit, headNip: nipOf(head), headFrom: '2025-01-01' }));
  await importRows(admin, 'importUnits', 'ImportUnitsInput', heads);
  return {
    runtime,
    admin,
    who: (name) => {
      const role = ROLES[name];
      if (role !== undefined) return role;
      return { username: staffIdOf(name as Name) };
    },
    known: new Map([
      ...PEOPLE.map(([name]) => [name, staffIdOf(name)] as const),
      ...UNITS.map(({ code, name }) => [name, importedId('u', code)] as const),
    ]),
  };
}

/** A line of a plan or agreement, with what was reached in each month of a quarter. */
export interface Work {
  /** NIP of a person, or code of a unit. */
  readonly owner: string;
  /** Code of the indicator, and the target of each month of the quarter. */
  readonly indicatorCode: string;
  readonly target: string;
  readonly reached: readonly string[];
}

/** An indicator of the health centre that more is better of, summed over months. */
export const indicatorRow = (code: string, name: string, unitOfMeasure: string) => ({
  code,
  name,
  source: 'Register puskesmas',
  unitCode: 'PM',
  unitOfMeasure,
  polarity: 'MAXIMIZE',
  buildUp: 'SUM',
  effectiveFrom: '2025-01-01',
});

const monthsOf = (quarter: string): readonly string[] => {
  const first = 3 * Number(quarter.slice(6)) - 2;
  return [0, 1, 2].map((after) => `${quarter.slice(0, 4)}-${String(first + after).padStart(2, '0')}`);
};

/**
 * Opens a quarter in which everything is reported and rated: plans of one line each, and marks of the superior on every value.
 * @param closesAt from when on its close is due
 */
export async function haveQuarter(
  admin: GraphqlClient,
  quarter: string,
  closesAt: string,
  work: readonly Work[],
  marks: readonly { readonly of: Name; readonly by: Name; readonly mark: number }[],
): Promise<void> {
  const year = Number(quarter.slice(0, 4));
  const months = monthsOf(quarter);
  const lines = ({ indicatorCode, target }: Work) => [
    {
      id: 'L1',
      indicatorCode,
      weight: 10_000,
      monthlyTargets: months.map((month) => ({ month, target: { value: target } })),
    },
  ];
  const isPerson = ({ owner }: Work) => owner.length === 18;
  const agreements = work.filter((each) => !isPerson(each));
  await importRows(
    admin,
    'importAgreements',
    'ImportAgreementsInput',
    agreements.map((each) => ({ unitCode: each.owner, year, lines: lines(each) })),
  );
  const plans = work.filter(isPerson);
  await importRows(
    admin,
    'importPlans',
    'ImportPlansInput',
    plans.map((each) => ({ nip: each.owner, year, lines: lines(each) })),
  );
  await change(admin, 'planPeriod', 'PlanPeriodInput', { id: quarter, closesAt });
  await change(admin, 'openPeriod', 'OpenPeriodInput', { id: quarter, version: 1 });
  await importRows(
    admin,
    'importRealisations',
    'ImportRealisationsInput',
    work.flatMap((each) =>
      months.map((month, at) => ({
        ownerKind: isPerson(each) ? 'STAFF' : 'UNIT',
        owner: each.owner,
        lineId: 'L1',
        month,
        value: each.reached[at] ?? '0',
      })),
    ),
  );
  await importRows(
    admin,
    'importRatings',
    'ImportRatingsInput',
    marks.map(({ of, by, mark }) => ({
      periodId: quarter,
      rateeNip: nipOf(of),
      rater: nipOf(by),
      group: 'SUPERIOR',
      instrumentId: 'berakhlak',
      scores: Array.from({ length: 7 }, () => mark),
    })),
  );
}
