import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import { change, clientOf, found, staffIds } from './demo-client.ts';
import { DEMO_YEAR } from './demo-year.ts';
import { headOf, subordinatesOf } from './people.ts';

const CODE = 'KUNJUNGAN-RUMAH';
const DAYS = [
  { day: '07-06', title: 'Kunjungan rumah RT 02: tiga ibu hamil risiko tinggi', amount: '3' },
  { day: '07-14', title: 'Kunjungan rumah RT 05: pasien pascarawat inap', amount: '4' },
  { day: '08-04', title: 'Kunjungan rumah RT 07 bersama kader', amount: '5' },
];

/**
 * A nurse takes home visits into her plan, whose figures are built from what she does: one activity is verified with its
 * evidence, one is returned, one waits.
 */
export const reportActivities = async (runtime: Runtime, admin: GraphqlClient): Promise<void> => {
  const assessor = headOf('1.02.11');
  const nurse = found(subordinatesOf(assessor).find(({ jobGroup }) => jobGroup === 'perawat'));
  const [nurseId, assessorId] = await staffIds(admin, [nurse, assessor]);
  const asNurse = await clientOf(runtime, found(nurseId), []);
  const asAssessor = await clientOf(runtime, found(assessorId), []);
  const planId = `${nurseId}:${DEMO_YEAR}`;

  const lineId = await addLine(admin, asNurse, asAssessor, found(nurseId));
  for (const { day, ...rest } of DAYS)
    await change(asNurse, 'reportActivity', 'ReportActivityInput', {
      planId,
      lineId,
      day: `${DEMO_YEAR}-${day}`,
      ...rest,
    });
  const [first, second] = await activitiesOf(asNurse, found(nurseId));
  const evidenced = await attachEvidence(asNurse, found(first).id);
  await change(asAssessor, 'verifyActivity', 'VerifyActivityInput', evidenced);
  await change(asAssessor, 'returnActivity', 'ReturnActivityInput', {
    ...second,
    reason: 'Satu pasien tercatat dua kali; mohon jumlahnya diperiksa lagi',
  });
};

/** The indicator, and an additional line for it in the plan, agreed by both sides. @returns id of the line */
const addLine = async (
  admin: GraphqlClient,
  asNurse: GraphqlClient,
  asAssessor: GraphqlClient,
  staffId: string,
): Promise<string> => {
  const planId = `${staffId}:${DEMO_YEAR}`;
  await change(admin, 'createIndicator', 'CreateIndicatorInput', {
    code: CODE,
    definition: {
      name: 'Kunjungan rumah',
      description: 'Pasien yang dikunjungi di rumah',
      formula: 'jumlah pasien dari aktivitas yang terverifikasi',
      source: 'Laporan aktivitas',
      measure: { unitOfMeasure: 'pasien', polarity: 'MAXIMIZE', buildUp: 'SUM', realisedBy: 'ACTIVITY' },
      effectiveFrom: `${DEMO_YEAR}-01-01`,
    },
  });
  const { indicators, plan } = await asNurse.execute(
    `query Lines($staffId: ID!, $year: Int!) {
      indicators(first: 100) { nodes { id code } }
      plan(staffId: $staffId, year: $year) { version agreed { lines {
        id kind title aspect perspective goalId indicatorId weight
        serves { planId lineId role } targets { month target { value low high } }
      } } }
    }`,
    { staffId, year: DEMO_YEAR },
    z.object({
      indicators: z.object({ nodes: z.array(z.object({ id: z.string(), code: z.string() })) }),
      plan: z.object({
        version: z.int(),
        agreed: z.object({
          lines: z.array(
            z.looseObject({
              targets: z.array(
                z.object({ month: z.string(), target: z.record(z.string(), z.nullable(z.string())) }),
              ),
            }),
          ),
        }),
      }),
    }),
  );
  const indicatorId = found(indicators.nodes.find(({ code }) => code === CODE)).id;
  const months = ['07', '08', '09', '10', '11', '12'].map((month) => `${DEMO_YEAR}-${month}`);
  await change(asNurse, 'amendPlan', 'AmendPlanInput', {
    planId,
    version: plan.version,
    reason: 'Kunjungan rumah menjadi tugas tambahan mulai triwulan III',
    lines: [
      ...plan.agreed.lines.map(({ targets, ...line }) => ({
        ...line,
        monthlyTargets: targets.map(({ month, target }) => ({
          month,
          target: Object.fromEntries(Object.entries(target).filter(([, value]) => value !== null)),
        })),
      })),
      {
        kind: 'ADDITIONAL',
        title: 'Pasien risiko tinggi dikunjungi di rumah',
        aspect: 'QUANTITY',
        indicatorId,
        monthlyTargets: months.map((month) => ({ month, target: { value: '10' } })),
      },
    ],
  });
  await change(asAssessor, 'agreePlan', 'AgreePlanInput', { planId, version: plan.version + 1 });
  const { plan: agreed } = await asNurse.execute(
    'query LineIds($staffId: ID!, $year: Int!) { plan(staffId: $staffId, year: $year) { agreed { lines { id indicatorId } } } }',
    { staffId, year: DEMO_YEAR },
    z.object({
      plan: z.object({
        agreed: z.object({ lines: z.array(z.object({ id: z.string(), indicatorId: z.string() })) }),
      }),
    }),
  );
  return found(agreed.agreed.lines.find((line) => line.indicatorId === indicatorId)).id;
};

const activitiesOf = async (
  asNurse: GraphqlClient,
  staffId: string,
): Promise<readonly { readonly id: string; readonly version: number }[]> => {
  const { activities } = await asNurse.execute(
    `query Activities($filter: ActivityFilter!) { activities(filter: $filter, first: 10) { nodes { id version } } }`,
    { filter: { staffId, from: `${DEMO_YEAR}-07-01`, to: `${DEMO_YEAR}-09-30` } },
    z.object({
      activities: z.object({ nodes: z.array(z.object({ id: z.string(), version: z.int() })) }),
    }),
  );
  return activities.nodes;
};

/** Uploads and confirms a file as an app does. @returns the activity as it is then */
const attachEvidence = async (
  asNurse: GraphqlClient,
  activityId: string,
): Promise<{ readonly id: string; readonly version: number }> => {
  const content = new TextEncoder().encode(PDF);
  const target = { activityId };
  const { answer } = await asNurse.execute(
    `mutation Upload($input: RequestEvidenceUploadInput!) {
      answer: requestEvidenceUpload(input: $input) { upload { evidenceId url fields { name value } } }
    }`,
    {
      input: {
        target,
        fileName: 'daftar-kunjungan.pdf',
        type: 'PDF',
        size: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      },
    },
    z.object({
      answer: z.object({
        upload: z.object({
          evidenceId: z.string(),
          url: z.string(),
          fields: z.array(z.object({ name: z.string(), value: z.string() })),
        }),
      }),
    }),
  );
  const form = new FormData();
  for (const { name, value } of answer.upload.fields) form.set(name, value);
  form.set('file', new Blob([content]));
  const uploaded = await fetch(answer.upload.url, { method: 'POST', body: form });
  if (!uploaded.ok) throw new Error(`The demo's evidence was refused: ${uploaded.status}`);
  await change(asNurse, 'confirmEvidence', 'ConfirmEvidenceInput', {
    target,
    evidenceId: answer.upload.evidenceId,
  });
  const { activity } = await asNurse.execute(
    'query Activity($id: ID!) { activity(id: $id) { id version } }',
    { id: activityId },
    z.object({ activity: z.object({ id: z.string(), version: z.int() }) }),
  );
  return activity;
};

/** A page that says what it is. */
const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 58>>stream
BT /F1 14 Tf 60 780 Td (Daftar kunjungan rumah, 6 Juli) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
`;
