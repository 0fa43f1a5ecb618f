import { monthsOf, periodOf } from '../../../functions/domain/period/span.ts';
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
  /** Imports what a story takes for granted, personnel and planning in one; with a token as of now. */
  admin(): Promise<GraphqlClient>;
}

/**
 * The guide's region on a table of its own: units, heads and staff, nothing else. Once a file.
 * @param clock when the story begins
 */
export async function startGuideRegion(tableName: string, clock: string): Promise<GuideRegion> {
  const runtime = await startSystem(tableName, new Date(clock));
  const newAdmin = () => clientOf(runtime, 'account-import', ['hr_admin', 'planner']);
  const admin = await newAdmin();
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
  const known: Region['known'] = new Map([
    ...PEOPLE.map(([name]) => [name, staffIdOf(name)] as const),
    ...PEOPLE.map(([name]) => [`NIP of ${name}`, nipOf(name)] as const),
    ...UNITS.map(({ code, name }) => [name, importedId('u', code)] as const),
  ]);
  return {
    runtime,
    admin: newAdmin,
    // Also somebody who joins in the course of a story.
    who: (name) => ROLES[name] ?? (name in ROLES ? null : { username: String(known.get(name)) }),
    known,
  };
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

/** Plans and agreements of a year, of one line each: by owner (NIP, or code of a unit) the indicator's code and the target of the year. */
export async function havePlans(
  admin: GraphqlClient,
  year: number,
  work: Readonly<Record<string, readonly [indicatorCode: string, target: string]>>,
): Promise<void> {
  const rows = Object.entries(work).map(([owner, [indicatorCode, target]]) => ({
    owner,
    year,
    lines: [{ id: LINE, indicatorCode, weight: 10_000, target: { value: target } }],
  }));
  const agreements = rows.filter(({ owner }) => !isNip(owner));
  const plans = rows.filter(({ owner }) => isNip(owner));
  await importRows(
    admin,
    'importAgreements',
    'ImportAgreementsInput',
    agreements.map(({ owner, ...row }) => ({ ...row, unitCode: owner })),
  );
  await importRows(
    admin,
    'importPlans',
    'ImportPlansInput',
    plans.map(({ owner, ...row }) => ({ ...row, nip: owner })),
  );
}

const LINE = 'L1';
const isNip = (owner: string): boolean => owner.length === 18;

export interface ReportedPeriod {
  /** A month or a quarter. */
  readonly id: string;
  /** From when on its close is due. */
  readonly closesAt: string;
  /** By owner what was reached in each of its months. */
  readonly reached: Readonly<Record<string, readonly number[]>>;
  /** The mark that the superior gives somebody on every value. */
  readonly marks: readonly { readonly of: Name; readonly by: Name; readonly mark: number }[];
}

/** Opens a month or a quarter in which everything has been reported and rated. */
export async function haveReported(
  admin: GraphqlClient,
  { id, closesAt, reached, marks }: ReportedPeriod,
): Promise<void> {
  await change(admin, 'planPeriod', 'PlanPeriodInput', { id, closesAt });
  await change(admin, 'openPeriod', 'OpenPeriodInput', { id, version: 1 });
  const span = periodOf(id);
  if (span === null) throw new Error(`${id} is no period`);
  const months = monthsOf(span);
  await importRows(
    admin,
    'importRealisations',
    'ImportRealisationsInput',
    Object.entries(reached).flatMap(([owner, figures]) => {
      if (figures.length !== months.length) throw new Error(`${id} has ${months.length} months`);
      return figures.map((figure, at) => ({
        ownerKind: isNip(owner) ? 'STAFF' : 'UNIT',
        owner,
        lineId: LINE,
        month: months[at],
        value: String(figure),
      }));
    }),
  );
  await importRows(
    admin,
    'importRatings',
    'ImportRatingsInput',
    marks.map(({ of, by, mark }) => ({
      periodId: id,
      rateeNip: nipOf(of),
      rater: nipOf(by),
      group: 'SUPERIOR',
      instrumentId: 'berakhlak',
      scores: Array.from({ length: 7 }, () => mark),
    })),
  );
}
