import * as z from 'zod/mini';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import type { Persona, Runtime } from '../runtime.ts';
import { reportActivities } from './activity.ts';
import { importAttendance, levelOf } from './allowance.ts';
import {
  CLOSED_QUARTER,
  change,
  clientOf,
  DEMO_YEAR,
  DUE_QUARTER,
  found,
  importRows,
  RUNNING_QUARTER,
  staffIds,
} from './demo-client.ts';
import { holdDialogue, servesOf, unitIdsOf } from './dialogue.ts';
import { askForDocument } from './document.ts';
import { evaluateOneUnit } from './evaluation.ts';
import { talkAboutWork } from './feedback.ts';
import { followUpOnQuarter } from './follow-up.ts';
import { carryResultOver, rateInPlace } from './handover.ts';
import { decideOneReview } from './indicator-review.ts';
import { emailOf, tellAndExport } from './notice.ts';
import { objectToResults } from './objection.ts';
import { type DemoPerson, headOf, people, subordinatesOf } from './people.ts';
import { adoptPolicy } from './policy.ts';
import { nominatePeers } from './ratings.ts';
import { goals, indicators, units } from './region.ts';
import { surveyPatients } from './satisfaction.ts';
import { offerTraining } from './training.ts';
import { agreementOf, type DemoLine, figuresOf, planOf, ratingsOf, targetMonthsOf } from './work.ts';

const monthsOfQuarter: Readonly<Record<string, readonly string[]>> = {
  [CLOSED_QUARTER]: ['01', '02', '03'],
  [DUE_QUARTER]: ['04', '05', '06'],
};

/**
 * Fills an empty region through the same GraphQL operations that every client has, and gives the runtime the people to
 * try it as. Leaves the first quarter final, the second one due, and the third one running: the clock is set back for what
 * happened in spring, since a quarter is final only when the days for objections have gone by.
 * @throws Error naming the operation when the service refuses anything: the demo data is wrong then
 */
export const loadDemo = async (runtime: Runtime): Promise<void> => {
  try {
    await loadFirstQuarter(runtime);
  } finally {
    runtime.setClock(null);
  }
  await loadWhatFollowed(runtime);
};

const administrator = (runtime: Runtime): Promise<GraphqlClient> =>
  clientOf(runtime, 'demo-admin', ['hr_admin', 'planner']);

/** From the first import to a first quarter beyond dispute. */
const loadFirstQuarter = async (runtime: Runtime): Promise<void> => {
  runtime.setClock(new Date(`${DEMO_YEAR}-04-13T02:00:00Z`));
  const admin = await administrator(runtime);
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
  const unitIds = await unitIdsOf(admin);
  await importRows(
    admin,
    'importPlans',
    'ImportPlansInput',
    people
      .filter((person) => planOf(person).length > 0)
      .map((person) => ({
        nip: person.nip,
        year: DEMO_YEAR,
        lines: planOf(person).map((line) => ({
          ...lineRow(line),
          serves: servesOf(line, person.unit, unitIds),
        })),
      })),
  );

  await adoptPolicy(admin);
  await openQuarter(admin, CLOSED_QUARTER);
  await reportQuarter(admin, CLOSED_QUARTER);
  await runtime.runScheduleOnce();
  await objectToResults(runtime);
  await runtime.runScheduleOnce();
  runtime.setClock(new Date(`${DEMO_YEAR}-06-15T02:00:00Z`));
  await runtime.runScheduleOnce();
};

/** The second quarter up to its close, and what the third one holds so far. */
const loadWhatFollowed = async (runtime: Runtime): Promise<void> => {
  const admin = await administrator(runtime);
  await openQuarter(admin, DUE_QUARTER);
  await reportQuarter(admin, DUE_QUARTER);
  await overrideOneProposal(runtime, admin);
  await evaluateOneUnit(runtime, admin);
  await rateInPlace(runtime, admin);
  await carryResultOver(runtime, admin);
  await startRunningQuarter(runtime, admin);
  await nominatePeers(runtime, admin);
  await reportActivities(runtime, admin);
  await importAttendance(admin);
  await decideOneReview(admin);
  await talkAboutWork(runtime, admin);
  const personas = await demoPersonas(runtime);
  await tellAndExport(runtime, personas);
  await askForDocument(runtime, personas);
  runtime.setPersonas(personas);
  await surveyPatients(runtime, admin);
  await holdDialogue(runtime, admin);
  await offerTraining(runtime, admin);
  await followUpOnQuarter(runtime, admin);
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
  email: emailOf(person),
  unitCode: person.unit,
  position: person.position,
  jobGroup: person.jobGroup,
  ...levelOf(person),
  from: '2025-01-01',
});

const goalRow = ({ code, title, level = 'OBJECTIVE', unit, parent }: (typeof goals)[number]) => ({
  code,
  title,
  level,
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
