import * as z from 'zod/mini';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import { change, clientOf, found, staffIds } from './demo-client.ts';
import { DEMO_YEAR } from './demo-year.ts';
import { headOf, subordinatesOf } from './people.ts';

const DAY = 86_400_000;
/** A day by UTC, so many days from now. */
const dayFromNow = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/**
 * What people say to each other in the course of the year: feedback and its answer, guidance, a work result taken over, an
 * activity of two puskesmas, a topic that was answered, and announcements.
 */
export const talkAboutWork = async (runtime: Runtime, admin: GraphqlClient): Promise<void> => {
  const nursesOf = (unit: string) =>
    subordinatesOf(headOf(unit)).filter(({ jobGroup }) => jobGroup === 'perawat');
  const [first, second, third] = nursesOf('1.02.11');
  const [head, nurse, peer, falling, otherHead, other, agency] = await staffIds(admin, [
    headOf('1.02.11'),
    found(first),
    found(second),
    found(third),
    headOf('1.02.12'),
    found(nursesOf('1.02.12')[0]),
    headOf('1.02'),
  ]);
  const as = (id: string | undefined): Promise<GraphqlClient> => clientOf(runtime, found(id), []);
  const [asHead, asNurse, asPeer, asOtherHead, asAgency] = await Promise.all(
    [head, nurse, peer, otherHead, agency].map(as),
  );

  await giveFeedback(admin, found(asHead), found(asNurse), found(asPeer), found(nurse));
  await takeOver(found(asHead), found(falling));
  await workTogether(admin, found(asHead), found(asOtherHead), found(nurse), found(other));
  await discuss(admin, found(asHead), found(asNurse), found(asAgency));
};

const giveFeedback = async (
  admin: GraphqlClient,
  asHead: GraphqlClient,
  asNurse: GraphqlClient,
  asPeer: GraphqlClient,
  nurse: string,
): Promise<void> => {
  const id = await make(asHead, 'giveFeedback', 'GiveFeedbackInput', 'feedback', {
    staffId: nurse,
    planId: `${nurse}:${DEMO_YEAR}`,
    lineId: 'L1',
    form: 'SCHEDULED',
    progress: true,
    text: 'Tindakan keperawatan tercatat lengkap tiga bulan berturut-turut; pertahankan',
  });
  await change(asPeer, 'giveFeedback', 'GiveFeedbackInput', {
    staffId: nurse,
    value: 'COLLABORATIVE',
    text: 'Selalu bersedia bertukar jadwal jaga dan membimbing perawat baru',
  });
  await change(admin, 'recordFeedback', 'RecordFeedbackInput', {
    staffId: nurse,
    value: 'SERVICE',
    text: 'Penjelasannya sabar dan mudah dipahami orang tua saya',
    origin: 'Kotak saran puskesmas',
  });
  await change(asNurse, 'answerFeedback', 'AnswerFeedbackInput', {
    id,
    version: 1,
    text: 'Terima kasih; formulir yang baru sangat membantu',
  });
};

/** Guidance comes first; the month lies after every quarter of the demo that closes. */
const takeOver = async (asHead: GraphqlClient, falling: string): Promise<void> => {
  const planId = `${falling}:${DEMO_YEAR}`;
  await change(asHead, 'recordGuidance', 'RecordGuidanceInput', {
    staffId: falling,
    method: 'MENTORING',
    heldOn: dayFromNow(-1),
    planId,
    lineId: 'L1',
    issue: 'Tindakan keperawatan tertinggal dari target dua bulan',
    discussion: 'Jadwal bentrok dengan pelatihan; pembagian ruangan disusun ulang',
    actions: [{ text: 'Menyusun jadwal mingguan bersama kepala ruangan', dueOn: dayFromNow(7) }],
    followUpOn: dayFromNow(30),
  });
  const { plan } = await asHead.execute(
    `query PlanVersion($staffId: ID!) { plan(staffId: $staffId, year: ${DEMO_YEAR}) { version } }`,
    { staffId: falling },
    z.object({ plan: z.object({ version: z.int() }) }),
  );
  await change(asHead, 'takeOverWorkResult', 'TakeOverWorkResultInput', {
    planId,
    version: plan.version,
    lineId: 'L2',
    from: `${DEMO_YEAR}-10`,
    note: 'Tidak dapat diselesaikan karena mengikuti pendidikan dari Oktober; dilanjutkan oleh kepala puskesmas',
  });
};

const workTogether = async (
  admin: GraphqlClient,
  asHead: GraphqlClient,
  asOtherHead: GraphqlClient,
  leader: string,
  member: string,
): Promise<void> => {
  const { unit } = await admin.execute(
    '{ unit(code: "1.02.11") { id } }',
    {},
    z.object({ unit: z.object({ id: z.string() }) }),
  );
  const id = await make(asHead, 'proposeJointActivity', 'ProposeJointActivityInput', 'jointActivity', {
    title: 'Penurunan stunting lintas puskesmas',
    purpose: 'Balita di perbatasan dua wilayah kerja ditimbang dan dirujuk bersama',
    from: `${DEMO_YEAR}-08-01`,
    to: `${DEMO_YEAR}-11-30`,
    leadUnitId: unit.id,
    leaderId: leader,
    participants: [
      { staffId: leader, role: 'Ketua' },
      { staffId: member, role: 'Penghubung posyandu' },
    ],
  });
  await change(asOtherHead, 'decideJointParticipation', 'DecideJointParticipationInput', {
    id,
    version: 1,
    staffId: member,
    approve: true,
  });
};

const discuss = async (
  admin: GraphqlClient,
  asHead: GraphqlClient,
  asNurse: GraphqlClient,
  asAgency: GraphqlClient,
): Promise<void> => {
  const units = await admin.execute(
    '{ melati: unit(code: "1.02.11") { id } dinas: unit(code: "1.02") { id } }',
    {},
    z.object({ melati: z.object({ id: z.string() }), dinas: z.object({ id: z.string() }) }),
  );
  const topicId = await make(asNurse, 'openTopic', 'OpenTopicInput', 'topic', {
    unitId: units.melati.id,
    title: 'Waktu tunggu dihitung sejak kapan?',
    text: 'Di loket dan di ruang periksa catatannya berbeda; mana yang masuk indikator?',
  });
  await change(asHead, 'answerTopic', 'AnswerTopicInput', {
    topicId,
    version: 1,
    text: 'Sejak pasien mendaftar di loket. Catatan di ruang periksa hanya untuk keperluan sendiri.',
  });
  const id = await make(asAgency, 'publishAnnouncement', 'PublishAnnouncementInput', 'announcement', {
    unitId: units.dinas.id,
    title: 'Realisasi disertai bukti dukung',
    text: 'Mulai tanggal berlakunya, realisasi tanpa bukti dukung dikembalikan. Contoh bukti ada di forum unit.',
    effectiveFrom: dayFromNow(30),
  });
  await change(asNurse, 'acknowledgeAnnouncement', 'AcknowledgeAnnouncementInput', { id });
  await change(admin, 'publishAnnouncement', 'PublishAnnouncementInput', {
    title: 'Hasil survei kepuasan masyarakat dapat dilihat siapa saja',
    text: 'Setiap unit menampilkan capaian dan indeks kepuasannya kepada masyarakat.',
    effectiveFrom: dayFromNow(7),
    acknowledge: false,
    isPublic: true,
  });
};

/** Runs a mutation that makes something. @returns its id @throws Error when it is refused */
const make = async (
  client: GraphqlClient,
  name: string,
  inputType: string,
  field: string,
  input: Readonly<Record<string, unknown>>,
): Promise<string> => {
  const { outcome } = await client.execute(
    `mutation Make($input: ${inputType}!) { outcome: ${name}(input: $input) { made: ${field} { id } userErrors { code } } }`,
    { input },
    z.object({
      outcome: z.object({
        made: z.nullable(z.object({ id: z.string() })),
        userErrors: z.array(z.object({ code: z.string() })),
      }),
    }),
  );
  if (outcome.made === null)
    throw new Error(
      `The demo data was refused by ${name}: ${outcome.userErrors.map(({ code }) => code).join(', ')}`,
    );
  return outcome.made.id;
};
