import * as z from 'zod/mini';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import type { Persona, Runtime } from '../runtime.ts';
import { reportActivities } from './activity.ts';
import { importAttendance } from './allowance.ts';
import { administrator, change, clientOf, found, staffIds } from './demo-client.ts';
import { CLOSED_QUARTER, DEMO_YEAR, DUE_QUARTER, RUNNING_QUARTER } from './demo-year.ts';
import { holdDialogue } from './dialogue.ts';
import { askForDocument } from './document.ts';
import { evaluateOneUnit } from './evaluation.ts';
import { talkAboutWork } from './feedback.ts';
import { followUpOnQuarter } from './follow-up.ts';
import { carryResultOver, rateInPlace } from './handover.ts';
import { importAgreed, importOrganisation, type YearWork } from './import-region.ts';
import { decideOneReview } from './indicator-review.ts';
import { tellAndExport } from './notice.ts';
import { objectToResults } from './objection.ts';
import { type DemoPerson, headOf, people, subordinatesOf } from './people.ts';
import { openPeriod, rate, reportMonths } from './period.ts';
import { nominatePeers } from './ratings.ts';
import { units } from './region.ts';
import { rateByPatients, surveyPatients } from './satisfaction.ts';
import { offerTraining } from './training.ts';
import { laterUnits, loadTrialYear } from './trial-year.ts';
import { agreementOf, planOf, ratingsOf } from './work.ts';

const monthsOfQuarter: Readonly<Record<string, readonly string[]>> = {
  [CLOSED_QUARTER]: ['01', '02', '03'],
  [DUE_QUARTER]: ['04', '05', '06'],
};

/** What the region agreed on for the demo's own year. */
const work: YearWork = { year: DEMO_YEAR, units, agreementOf, people, planOf };

/**
 * Fills an empty region through the same GraphQL operations that every client has, and gives the runtime the people to
 * try it as. Leaves the year before final, the first quarter too, the second one due, and the third one running: the clock is
 * set back for what happened until spring, since results are final only when the days for objections have gone by.
 * @throws Error naming the operation when the service refuses anything: the demo data is wrong then
 */
export const loadDemo = async (runtime: Runtime): Promise<void> => {
  try {
    await loadTrialYear(runtime);
    await loadFirstQuarter(runtime);
  } finally {
    runtime.setClock(null);
  }
  await loadWhatFollowed(runtime);
};

/** From the import of everybody else to a first quarter beyond dispute. */
const loadFirstQuarter = async (runtime: Runtime): Promise<void> => {
  runtime.setClock(new Date(`${DEMO_YEAR}-04-13T02:00:00Z`));
  const admin = await administrator(runtime);
  await importOrganisation(admin, laterUnits);
  await importAgreed(admin, work);
  await openPeriod(admin, CLOSED_QUARTER);
  await reportQuarter(admin, CLOSED_QUARTER);
  await runtime.runScheduleOnce();
  await objectToResults(runtime);
  await runtime.runScheduleOnce();
  runtime.setClock(new Date(`${DEMO_YEAR}-06-15T02:00:00Z`));
  await runtime.runScheduleOnce();
};

const reportQuarter = async (admin: GraphqlClient, quarter: string): Promise<void> => {
  await reportMonths(admin, work, monthsOfQuarter[quarter] ?? []);
  const ratings = people.flatMap((person) => ratingsOf(person, quarter));
  await rate(admin, quarter, ratings);
};

/** The second quarter up to its close, and what the third one holds so far. */
const loadWhatFollowed = async (runtime: Runtime): Promise<void> => {
  const admin = await administrator(runtime);
  await openPeriod(admin, DUE_QUARTER);
  await reportQuarter(admin, DUE_QUARTER);
  await rateByPatients(runtime, admin, DUE_QUARTER);
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
  await rateByPatients(runtime, admin, RUNNING_QUARTER);
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
  await openPeriod(admin, RUNNING_QUARTER, new Date(inAMonth).toISOString());
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
