import * as z from 'zod/mini';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import { change, clientOf, found, staffIds } from './demo-client.ts';
import { DEMO_YEAR } from './demo-year.ts';
import { headOf, people, subordinatesOf } from './people.ts';

const courses = [
  {
    code: 'PELAYANAN-PRIMA',
    title: 'Pelayanan prima di fasilitas kesehatan',
    description: 'Menyapa, mendengar, menjelaskan, dan menuntaskan keluhan; simulasi loket dan poli',
    competence: 'SOCIO_CULTURAL',
    method: 'SIMULATION',
    hours: 16,
    values: ['SERVICE', 'HARMONIOUS'],
    indicatorIds: [],
    jobGroups: [],
  },
  {
    code: 'MUTU-KEPERAWATAN',
    title: 'Mutu dan keselamatan pasien',
    description: 'Audit klinis, pelaporan insiden, dan perbaikan berkelanjutan dengan studi kasus',
    competence: 'TECHNICAL',
    method: 'CASE_STUDY',
    hours: 24,
    values: ['COMPETENT', 'ACCOUNTABLE'],
    indicatorIds: [],
    jobGroups: ['perawat', 'bidan', 'dokter'],
  },
  {
    code: 'KEPEMIMPINAN-TIM',
    title: 'Memimpin tim kecil',
    description: 'Dialog kinerja, umpan balik, dan pendampingan',
    competence: 'MANAGERIAL',
    method: 'COACHING',
    hours: 12,
    values: ['COLLABORATIVE', 'ADAPTIVE'],
    indicatorIds: [],
    jobGroups: [],
  },
] as const;

/** A catalogue, a programme with two places and three who want one, and a nurse's career development plan. */
export const offerTraining = async (runtime: Runtime, admin: GraphqlClient): Promise<void> => {
  for (const course of courses) await change(admin, 'createCourse', 'CreateCourseInput', course);
  const head = headOf('1.02.11');
  const nurses = subordinatesOf(head)
    .filter(({ jobGroup }) => jobGroup === 'perawat')
    .slice(0, 3);
  const mentor = found(people.find(({ unit, jobGroup }) => unit === '1.02.11' && jobGroup === 'dokter'));
  const [headId, mentorId, ...nurseIds] = await staffIds(admin, [head, mentor, ...nurses]);
  const leader = await clientOf(runtime, found(headId), []);

  const inTwoMonths = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  await change(admin, 'planProgramme', 'PlanProgrammeInput', {
    courseId: 'PELAYANAN-PRIMA',
    startsOn: inTwoMonths,
    endsOn: inTwoMonths,
    place: 'Aula BKPSDM',
    capacity: 2,
  });
  const { programmes } = await admin.execute(
    'query Programmes { programmes(first: 1) { nodes { id } } }',
    {},
    z.object({ programmes: z.object({ nodes: z.array(z.object({ id: z.string() })) }) }),
  );
  const programmeId = found(programmes.nodes[0]).id;
  for (const staffId of nurseIds) await change(leader, 'enrol', 'EnrolInput', { programmeId, staffId });

  const nurseId = found(nurseIds[0]);
  await change(await clientOf(runtime, nurseId, []), 'proposeCareerPlan', 'ProposeCareerPlanInput', {
    staffId: nurseId,
    goal: 'Perawat Ahli Muda dengan keahlian pelayanan lansia',
    mentorId,
    steps: [
      {
        id: 'S1',
        text: 'Mengikuti pelatihan pelayanan prima dan membagikannya di rapat tim',
        dueOn: `${DEMO_YEAR + 1}-03-31`,
        courseId: 'PELAYANAN-PRIMA',
      },
      { id: 'S2', text: 'Mengelola posyandu lansia selama satu semester', dueOn: `${DEMO_YEAR + 1}-06-30` },
    ],
  });
  await change(leader, 'agreeCareerPlan', 'AgreeCareerPlanInput', { staffId: nurseId, version: 1 });
};
