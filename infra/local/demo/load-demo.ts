import * as z from 'zod/mini';
import { createGraphqlClient, type GraphqlClient } from '../../import/graphql-client.ts';
import type { Persona, Runtime } from '../runtime.ts';
import { type DemoPerson, headOf, people, subordinatesOf } from './people.ts';
import { goals, indicators, units } from './region.ts';
import { agreementOf, type DemoLine, figuresOf, planOf, ratingsOf, targetMonthsOf } from './work.ts';

/** The year of the demo; its first quarter is closed while loading, the second one is left due, the third runs. */
export const DEMO_YEAR = 2026;
export const CLOSED_QUARTER = '2026-Q1';
export const DUE_QUARTER = '2026-Q2';
export const RUNNING_QUARTER = '2026-Q3';
const monthsOfQuarter: Readonly<Record<string, readonly string[]>> = {
  [CLOSED_QUARTER]: ['01', '02', '03'],
  [DUE_QUARTER]: ['04', '05', '06'],
};

const userErrors = z.array(z.object({ code: z.string(), message: z.string(), path: z.array(z.string()) }));

/**
 * Fills an empty region through the same GraphQL operations that every client has, and gives the runtime the people to
 * try it as. Leaves the first quarter published, the second one due, and the third one running.
 * @throws Error naming the operation when the service refuses anything: the demo data is wrong then
 */
export const loadDemo = async (runtime: Runtime): Promise<void> => {
  const admin = await clientOf(runtime, 'demo-admin', ['hr_admin', 'planner']);
  await importRows(admin, 'importUnits', 'ImportUnitsInput', units.map(unitRow));
  await importRows(admin, 'importStaff', 'ImportStaffInput', people.map(staffRow));
  await importRows(
    admin,
    'importUnits',
    'ImportUnitsInput',
    units.map((unit) => ({ ...unitRow(unit), headNip: headOf(unit.code).nip, headFrom: '2025-01-01' })),
  );
  await importRows(admin, 'importGoals', 'ImportGoalsInput', goals.map(goalRow));
  await importRows(admin, 'importIndicators', 'ImportIndicatorsInput', indicators.map(indicatorRow));
  await importRows(
    admin,
    'importAgreements',
    'ImportAgreementsInput',
    units.map(({ code }) => ({ unitCode: code, year: DEMO_YEAR, lines: agreementOf(code).map(lineRow) })),
  );
  await importRows(
    admin,
    'importPlans',
    'ImportPlansInput',
    people
      .filter((person) => planOf(person).length > 0)
      .map((person) => ({ nip: person.nip, year: DEMO_YEAR, lines: planOf(person).map(lineRow) })),
  );

  await openQuarter(admin, CLOSED_QUARTER);
  await reportQuarter(admin, CLOSED_QUARTER);
  await runtime.runScheduleOnce();
  await openQuarter(admin, DUE_QUARTER);
  await reportQuarter(admin, DUE_QUARTER);
  await overrideOneProposal(runtime, admin);
  await startRunningQuarter(runtime, admin);
  runtime.setPersonas(await demoPersonas(runtime));
};

/** Somebody of each role in a region that `loadDemo` has filled. */
export const demoPersonas = async (runtime: Runtime): Promise<readonly Persona[]> => {
  const inUnit = (code: string, jobGroup: string): DemoPerson =>
    found(people.find((person) => person.unit === code && person.jobGroup === jobGroup && !person.heads));
  const cast = [
    { who: inUnit('1.02.11', 'perawat'), groups: [], id: 'Pegawai', en: 'Staff member' },
    { who: headOf('1.02.11'), groups: [], id: 'Pejabat penilai', en: 'Assessor' },
    { who: inUnit('5.03', 'analis'), groups: ['hr_admin'], id: 'BKPSDM', en: 'Personnel officer' },
    { who: inUnit('5.01', 'analis'), groups: ['planner'], id: 'Bappeda', en: 'Planner' },
    { who: inUnit('6.01', 'auditor'), groups: ['auditor'], id: 'Inspektorat', en: 'Inspector' },
  ];
  const admin = await clientOf(runtime, 'demo-admin', ['hr_admin']);
  const ids = await staffIds(
    admin,
    cast.map(({ who }) => who),
  );
  return cast.map(({ who, groups, id, en }, at) => ({
    label: { id: `${id}: ${who.name}, ${who.position}`, en: `${en}: ${who.name}, ${who.position}` },
    username: found(ids[at]),
    groups,
  }));
};

const clientOf = async (
  runtime: Runtime,
  username: string,
  groups: readonly string[],
): Promise<GraphqlClient> =>
  createGraphqlClient({
    endpoint: runtime.graphqlUrl,
    token: await runtime.tokens.mint({ username, groups }),
    language: 'id',
  });

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('The demo region lacks somebody that the demo needs');
  return value;
};

const unitRow = ({ code, name, kind, parent, mission }: (typeof units)[number]) => ({
  code,
  name,
  kind,
  mission,
  ...(parent !== null && { parentCode: parent }),
});

const staffRow = (person: DemoPerson) => ({
  nip: person.nip,
  name: person.name,
  employment: person.employment,
  grade: person.grade,
  unitCode: person.unit,
  position: person.position,
  jobGroup: person.jobGroup,
  from: '2025-01-01',
});

const goalRow = ({ code, title, unit, parent }: (typeof goals)[number]) => ({
  code,
  title,
  fromYear: 2025,
  toYear: 2029,
  ...(unit !== null && { unitCode: unit }),
  ...(parent !== null && { parentCode: parent }),
});

const indicatorRow = (indicator: (typeof indicators)[number]) => ({
  code: indicator.code,
  name: indicator.name,
  description: indicator.description,
  formula: indicator.formula,
  source: indicator.source,
  unitCode: indicator.unit,
  goalCode: indicator.goal,
  unitOfMeasure: indicator.unitOfMeasure,
  polarity: indicator.polarity,
  buildUp: indicator.buildUp,
  effectiveFrom: '2025-01-01',
  ...(indicator.aboveRange !== undefined && { aboveRange: indicator.aboveRange }),
});

const lineRow = ({ id, indicator, weight }: DemoLine) => {
  const { target } = indicator;
  const ofMonth =
    typeof target === 'number'
      ? { value: String(target) }
      : { low: String(target[0]), high: String(target[1]) };
  return {
    id,
    indicatorCode: indicator.code,
    goalCode: indicator.goal,
    aspect: indicator.aspect,
    weight,
    monthlyTargets: targetMonthsOf(indicator).map((month) => ({
      month: `${DEMO_YEAR}-${month}`,
      target: ofMonth,
    })),
  };
};

/** Plans and opens a quarter that has ended: it is due as soon as the schedule looks. */
const openQuarter = async (admin: GraphqlClient, id: string, closesAt?: string): Promise<void> => {
  await change(admin, 'planPeriod', 'PlanPeriodInput', { id, ...(closesAt !== undefined && { closesAt }) });
  const { period } = await admin.execute(
    'query Period($id: ID!) { period(id: $id) { version state } }',
    { id },
    z.object({ period: z.object({ version: z.int(), state: z.string() }) }),
  );
  if (period.state === 'PLANNED') {
    await change(admin, 'openPeriod', 'OpenPeriodInput', { id, version: period.version });
  }
};

const reportQuarter = async (admin: GraphqlClient, quarter: string): Promise<void> => {
  const months = monthsOfQuarter[quarter] ?? [];
  const owners = [
    ...units.map(({ code }) => ({ ownerKind: 'UNIT', owner: code, lines: agreementOf(code) })),
    ...people.map((person) => ({ ownerKind: 'STAFF', owner: person.nip, lines: planOf(person) })),
  ];
  const realisations = owners.flatMap(({ ownerKind, owner, lines }) =>
    figuresOf(owner, lines, months).map(({ line, month, value }) => ({
      ownerKind,
      owner,
      lineId: line.id,
      month: `${DEMO_YEAR}-${month}`,
      value,
      evidence: line.indicator.releasedIn === undefined ? [] : ['https://tirtaasri.example/laporan-skm-2026'],
    })),
  );
  await importRows(admin, 'importRealisations', 'ImportRealisationsInput', realisations);
  const ratings = people.flatMap((person) =>
    ratingsOf(person, quarter).map(({ ratee, rater, group, scores }) => ({
      periodId: quarter,
      rateeNip: ratee.nip,
      rater: rater.nip,
      group,
      instrumentId: 'berakhlak',
      scores,
    })),
  );
  await importRows(admin, 'importRatings', 'ImportRatingsInput', ratings);
};

/** In the due quarter one assessor differs from the proposal, with the reason that the rules ask for. */
const overrideOneProposal = async (runtime: Runtime, admin: GraphqlClient): Promise<void> => {
  const assessor = headOf('1.02.12');
  const nurse = found(subordinatesOf(assessor).find(({ jobGroup }) => jobGroup === 'perawat'));
  const [assessorId, nurseId] = await staffIds(admin, [assessor, nurse]);
  const client = await clientOf(runtime, found(assessorId), []);
  await change(client, 'setAssessorRating', 'SetAssessorRatingInput', {
    periodId: DUE_QUARTER,
    staffId: nurseId,
    workResult: 'ABOVE',
    behaviour: 'ABOVE',
    reason: 'Memimpin penanganan kejadian luar biasa diare selama dua pekan di luar rencana',
  });
};

/** The third quarter runs: somebody proposes a plan, two nurses report, so that superiors find tasks. */
const startRunningQuarter = async (runtime: Runtime, admin: GraphqlClient): Promise<void> => {
  // Long after the demo's year this quarter is due as well: a close later than a year after its end is not planned.
  const inAMonth = Math.min(Date.now() + 30 * 86_400_000, Date.UTC(DEMO_YEAR + 1, 8, 1));
  await openQuarter(admin, RUNNING_QUARTER, new Date(inAMonth).toISOString());
  const newcomer = found(people.find((person) => planOf(person).length === 0));
  const nurses = subordinatesOf(headOf('1.02.11'))
    .filter(({ jobGroup }) => jobGroup === 'perawat')
    .slice(0, 2);
  const [newcomerId, ...nurseIds] = await staffIds(admin, [newcomer, ...nurses]);
  const catalogue = await admin.execute(
    'query Indicators { indicators(first: 100) { nodes { id code } } }',
    {},
    z.object({ indicators: z.object({ nodes: z.array(z.object({ id: z.string(), code: z.string() })) }) }),
  );
  await change(await clientOf(runtime, found(newcomerId), []), 'proposePlan', 'ProposePlanInput', {
    staffId: newcomerId,
    year: DEMO_YEAR,
    lines: [
      {
        title: 'Berkas pendaftaran pasien selesai diproses',
        aspect: 'QUANTITY',
        indicatorId: found(catalogue.indicators.nodes.find(({ code }) => code === 'BERKAS')).id,
        weight: 10_000,
        target: { value: '1440' },
      },
    ],
  });
  for (const nurseId of nurseIds) {
    const client = await clientOf(runtime, nurseId, []);
    await change(client, 'reportRealisation', 'ReportRealisationInput', {
      planId: `${nurseId}:${DEMO_YEAR}`,
      lineId: 'L1',
      month: `${DEMO_YEAR}-07`,
      value: '150',
      note: 'Rekap tindakan bulan Juli',
    });
  }
};

const staffIds = async (admin: GraphqlClient, wanted: readonly DemoPerson[]): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (const { nip } of wanted) {
    const { staff } = await admin.execute(
      'query StaffId($nip: String!) { staff(nip: $nip) { id } }',
      { nip },
      z.object({ staff: z.object({ id: z.string() }) }),
    );
    ids.push(staff.id);
  }
  return ids;
};

/** Runs one mutation. @throws Error with its user errors when it is refused */
const change = async (
  client: GraphqlClient,
  name: string,
  inputType: string,
  input: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const answer = await client.execute(
    `mutation Change($input: ${inputType}!) { outcome: ${name}(input: $input) { userErrors { code message path } } }`,
    { input },
    z.object({ outcome: z.object({ userErrors }) }),
  );
  refuse(name, answer.outcome.userErrors);
};

const BATCH = 45;

const importRows = async (
  client: GraphqlClient,
  name: string,
  inputType: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> => {
  const document = `mutation Import($input: ${inputType}!) { outcome: ${name}(input: $input) { imported unchanged userErrors { code message path } } }`;
  for (let at = 0; at < rows.length; at += BATCH) {
    const answer = await client.execute(
      document,
      { input: { rows: rows.slice(at, at + BATCH) } },
      z.object({ outcome: z.object({ imported: z.int(), unchanged: z.int(), userErrors }) }),
    );
    refuse(name, answer.outcome.userErrors);
  }
};

const refuse = (name: string, errors: z.infer<typeof userErrors>): void => {
  if (errors.length === 0) return;
  const shown = errors.slice(0, 5).map(({ code, message, path }) => `${code} ${path.join('.')}: ${message}`);
  throw new Error(`The demo data was refused by ${name}: ${shown.join('; ')}`);
};
