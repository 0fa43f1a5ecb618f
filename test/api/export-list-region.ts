/** A region that has something to read in every list that a table shows. */

import { decimal } from '../../functions/domain/decimal.ts';
import { planPeriod } from '../../functions/domain/period/period.ts';
import { NO_ATTACHMENTS, NO_EXPECTATIONS } from '../../functions/domain/plan/expectations.ts';
import { type PlanOwner, planIdOf } from '../../functions/domain/plan/plan.ts';
import type { WrittenLine } from '../../functions/domain/plan/written-line.ts';
import * as an from '../store/examples.ts';
import { putResults } from '../support/published-results.ts';
import { PERIOD, region, type WorkRegion, workRegion } from '../usecases/work-region.ts';
import { execute } from '../workflow/machine.ts';
import { openPeriodOf, type PersonSpec, write } from '../workflow/region.ts';

/** Open while the readers ask. */
export const NEXT = '2026-Q2';
export const NURSES = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'];
/** n6 gives everybody 3, of their peers; the superior is far below all others. */
const markOf = (rater: string, ratee: string): number => {
  if (rater === 'n6') return 3;
  return ratee === 'n1' ? 5 : 4;
};

/** A quarter that is closed, with what was said, agreed and done in it, and one that is open while readers ask. */
export async function exportListRegion(): Promise<WorkRegion> {
  const at = await workRegion({
    ...region,
    people: [
      ...region.people.filter(({ id }) => !/^n\d$/.test(id)),
      ...NURSES.map(
        (id): PersonSpec => ({
          id,
          unit: 'puskesmas',
          jobGroup: 'nurse',
          set: { by: 'kapus', workResult: 'MEETS', behaviour: 'BELOW' },
          rated: [
            ['SUPERIOR', 'kapus', 1],
            ...NURSES.filter((rater) => rater !== id).map(
              (rater) => ['PEER', rater, markOf(rater, id)] as const,
            ),
          ],
        }),
      ),
    ],
  });
  await fill(at);
  await fillTalks(at);
  await fillWork(at);
  at.api.at('2026-04-05T17:00:03.000Z');
  await execute(at.deps, { periodId: PERIOD, attempt: 1 });
  return at;
}

/** One of everything beside ratings. */
async function fill(at: WorkRegion): Promise<void> {
  const { store } = at.deps;
  const course = {
    id: 'PRIMA',
    title: 'Pelayanan prima',
    description: '=2+2',
    competence: 'SOCIO_CULTURAL',
    method: 'WORKSHOP',
    hours: 8,
    values: ['SERVICE', 'HARMONIOUS'],
    indicatorIds: ['visits'],
    jobGroups: ['nurse'],
    retired: false,
    version: 0,
  } as const;
  const programme = {
    id: 'prima-1',
    courseId: course.id,
    startsOn: '2026-02-01',
    endsOn: '2026-02-02',
    place: 'Aula',
    capacity: 5,
    state: 'OPEN',
    toldUpTo: null,
    version: 0,
  } as const;
  const step = {
    id: 's-1',
    text: 'Sertifikat',
    dueOn: '2026-12-01',
    courseId: course.id,
    state: 'PLANNED',
    note: null,
  } as const;
  const noCounts = {
    NO_PLAN: 0,
    NOT_REPORTED: 0,
    BEHIND: 1,
    ON_PACE: 2,
    AHEAD: 0,
    NOT_COMPARABLE: 0,
    NOT_DUE: 0,
    TAKEN_OVER: 0,
  };
  await write(store, [
    store.training.saveCourse(null, course),
    store.training.saveProgramme(null, programme),
    store.training.saveCareer(null, {
      staffId: 'n1',
      goal: '+Kepala ruang',
      mentorId: 'kadispar',
      steps: [step, { ...step, id: 's-2', text: 'Magang', courseId: null, state: 'DONE', note: 'baik' }],
      state: 'AGREED',
      version: 0,
    }),
    store.goals.save(null, an.goal({ unitId: 'puskesmas' })),
    store.periods.save(null, {
      ...planPeriod('2025', null, 420),
      state: 'FINAL',
      publishedRun: 'r1',
      publishedAt: '2026-01-20T17:00:00.000Z',
      failure: 'ThrottlingException',
      lateDecisions: [
        {
          sourcePeriodId: '2025-Q4',
          staffIds: ['n1', 'n2'],
          outcome: 'KEEP',
          reason: '@terlambat',
          decidedById: 'hr',
          at: '2026-02-20T01:00:00.000Z',
        },
      ],
    }),
  ]);
  for (const unitId of ['dinkes', 'puskesmas', 'dispar'])
    await store.progress.put(
      {
        unitId,
        year: 2026,
        day: '2026-03-10',
        at: '2026-03-09T20:00:00.000Z',
        through: '2026-02',
        counts: noCounts,
        lacking: 2,
        agreement: 'BEHIND',
      },
      unitId === 'puskesmas'
        ? [
            { staffId: 'kapus', pace: 'ON_PACE', missing: 0 },
            { staffId: 'n1', pace: 'BEHIND', missing: 2 },
          ]
        : [],
    );
}

/** What people say to each other, and who rates whom in the next quarter. */
async function fillTalks(at: WorkRegion): Promise<void> {
  const { store } = at.deps;
  const AT = '2026-03-01T01:00:00.000Z';
  const said = {
    staffId: 'n1',
    source: 'LEADER',
    authorId: 'kapus',
    signed: true,
    form: 'INCIDENTAL',
    topic: { kind: 'VALUE', value: 'SERVICE' },
    progress: true,
    text: '=1+1',
    origin: null,
    givenOn: '2026-03-01',
    answer: { text: 'terima kasih', at: AT },
    version: 0,
  } as const;
  const note = {
    staffId: 'n1',
    kind: 'GUIDANCE',
    method: 'COACHING',
    heldOn: '2026-03-01',
    unitId: 'puskesmas',
    givenById: 'kapus',
    planId: null,
    lineId: null,
    value: 'LOYAL',
    issue: '-terlambat',
    discussion: 'dibahas',
    actions: [{ text: 'datang tepat waktu', dueOn: '2026-04-01' }],
    followUpOn: '2026-05-01',
    acknowledged: { at: AT, response: 'baik' },
    followUp: { outcome: 'IMPROVED', note: 'lebih baik', byId: 'kapus', at: AT },
    version: 0,
  } as const;
  const topic = {
    unitId: 'puskesmas',
    subject: { kind: 'INDICATOR', indicatorId: 'visits' },
    title: '@judul',
    text: 'isi',
    authorId: 'n1',
    at: AT,
    answer: { text: 'jawaban', byId: 'kapus', at: AT },
    hidden: null,
    version: 0,
  } as const;
  const taking = {
    staffId: 'n1',
    unitId: 'puskesmas',
    role: '+ketua',
    state: 'APPROVED',
    decidedById: 'kapus',
    decidedAt: AT,
    reason: null,
    lineId: null,
  } as const;
  const member = { state: 'APPROVED', origin: 'RATEE', reason: null } as const;
  await openPeriodOf(store, NEXT, '2026-07-05T17:00:00.000Z');
  const puskesmas = { collection: { unitId: 'puskesmas', shard: 0 }, year: 2026 };
  await write(store, [
    store.feedback.save(null, { ...said, id: 'n1:2026-03-01:a' }),
    store.feedback.save(null, {
      ...said,
      id: 'n1:2026-03-02:b',
      source: 'COLLEAGUE',
      authorId: 'n2',
      signed: false,
      progress: null,
      givenOn: '2026-03-02',
      answer: null,
    }),
    store.guidance.save(null, { ...note, id: 'n1:GUIDANCE:2026-03-01:a' }),
    store.guidance.save(null, {
      ...note,
      kind: 'COUNSELLING',
      method: null,
      id: 'n1:COUNSELLING:2026-03-01:b',
    }),
    store.forum.saveTopic(null, { ...topic, id: 't-1' }),
    store.forum.saveTopic(null, {
      ...topic,
      id: 't-2',
      subject: { kind: 'GENERAL' },
      answer: null,
      hidden: { reason: 'kasar', byId: 'kapus', at: AT },
    }),
    store.announcements.save(null, {
      id: 'a-1',
      unitId: 'dinkes',
      audience: 'UNIT_AND_BELOW',
      title: '=Aturan baru',
      text: 'isi',
      effectiveFrom: '2026-04-01',
      acknowledge: true,
      isPublic: false,
      publishedById: 'kadis',
      publishedAt: AT,
      withdrawn: null,
      version: 0,
    }),
    store.jointActivities.save(null, {
      id: 'j-1',
      title: '=Bulan imunisasi',
      purpose: 'cakupan',
      from: '2026-03-01',
      to: '2026-04-30',
      leadUnitId: 'puskesmas',
      leaderId: 'n1',
      participants: [
        taking,
        { ...taking, staffId: 'm1', unitId: 'puskesmas2', state: 'DECLINED', reason: 'sibuk' },
      ],
      results: [{ text: '200 anak', on: '2026-03-20', byId: 'n1' }],
      state: 'OPEN',
      reason: null,
      version: 0,
    }),
    store.peers.savePanel(puskesmas, null, {
      periodId: NEXT,
      staffId: 'n1',
      assigned: true,
      members: [
        { ...member, staffId: 'n2' },
        { ...member, staffId: 'n3', state: 'DECLINED', reason: 'berselisih' },
        { ...member, staffId: 'n4', origin: 'ASSESSOR', reason: '=pengganti' },
      ],
      seed: null,
      version: 0,
    }),
  ]);
  await write(store, [
    store.announcements.acknowledge({ announcementId: 'a-1', staffId: 'n1', at: AT, version: 0 }),
  ]);
}

/** Plans and what serves a goal, a programme with figures on both sides of it, surveys with suggestions. */
async function fillWork(at: WorkRegion): Promise<void> {
  const { store } = at.deps;
  const AT = '2026-03-01T01:00:00.000Z';
  const goal = an.goal({ id: 'g-served', code: 'S2', title: '=Sehat' });
  const line = an.planLine({
    title: '+Kunjungan',
    goalId: goal.id,
    indicatorId: 'visits',
    targets: { '01': { value: decimal('10') }, '02': { low: decimal('5'), high: decimal('7') } },
  });
  const agreed = an.planContent(1, [line]);
  const planOf = (owner: PlanOwner) => {
    const id = planIdOf(owner, 2026);
    return an.plan({ id, owner, agreed, agreedAt: '2026-01-10T02:00:00.000Z', proposal: null });
  };
  const address = an.address({ unitId: 'puskesmas' });
  const written: WrittenLine = {
    id: null,
    kind: 'MAIN',
    title: '@Kunjungan',
    aspect: 'QUANTITY',
    perspective: null,
    goalId: goal.id,
    serves: null,
    indicatorId: 'visits',
    definition: 1,
    weight: 10_000,
    target: { value: decimal('120') },
    monthlyTargets: [],
  };
  const template = {
    name: 'SKP perawat',
    jobGroup: 'nurse',
    lines: [written, { ...written, kind: 'ADDITIONAL', weight: 0, goalId: null } as const],
    expectations: NO_EXPECTATIONS,
    attachments: NO_ATTACHMENTS,
    retired: false,
    version: 0,
  };
  const monthly = { month: '03', target: { low: decimal('1'), high: decimal('2') } };
  const programme = {
    id: 'prima-0',
    courseId: 'PRIMA',
    startsOn: '2025-10-06',
    endsOn: '2025-10-07',
    place: 'Aula',
    capacity: 5,
    state: 'COMPLETED',
    toldUpTo: null,
    version: 0,
  } as const;
  const campaign = {
    id: 'skm-open',
    unitId: 'puskesmas',
    service: { id: 'Rawat jalan', en: '=Outpatient care' },
    opens: '2026-01-05',
    closes: '2026-12-20',
    withoutCodePerHour: 2,
    minimumAnswers: 5,
    state: 'RUNNING',
    closedAt: null,
    result: null,
    version: 0,
  } as const;
  await write(store, [
    store.goals.save(null, goal),
    store.plans.save(address, null, planOf({ kind: 'UNIT', unitId: 'puskesmas' })),
    store.plans.save(address, null, planOf({ kind: 'STAFF', staffId: 'n1' })),
    store.planTemplates.save(null, { ...template, id: 't-1' }),
    store.planTemplates.save(null, {
      ...template,
      id: 't-2',
      jobGroup: 'leader',
      retired: true,
      lines: [{ ...written, target: null, monthlyTargets: [monthly] }],
    }),
    store.training.saveProgramme(null, programme),
    store.periods.save(null, {
      ...planPeriod('2025-Q3', '2025-10-05T17:00:00.000Z', 420),
      state: 'PUBLISHED',
      publishedRun: 'r0',
      publishedAt: '2025-10-06T17:00:00.000Z',
    }),
    store.satisfaction.save(null, campaign),
    store.satisfaction.save(null, { ...campaign, id: 'skm-shut', closes: '2026-02-20', state: 'CLOSED' }),
    store.announcements.save(null, {
      id: 'a-2',
      unitId: 'dinkes',
      audience: 'UNIT',
      title: '=Untuk umum',
      text: 'isi',
      effectiveFrom: '2026-04-01',
      acknowledge: false,
      isPublic: true,
      publishedById: 'kadis',
      publishedAt: AT,
      withdrawn: null,
      version: 0,
    }),
    store.followUps.save(null, {
      id: 'f-1',
      periodId: PERIOD,
      staffId: 'n1',
      unitId: 'puskesmas',
      measure: 'CERTIFICATE',
      grounds: null,
      proposal: { by: 'kapus', reason: '+Teladan' },
      state: 'PROPOSED',
      decision: null,
      end: null,
      version: 0,
    }),
  ]);
  const batch = {
    id: 'b-1',
    purpose: { kind: 'SURVEY', campaignId: campaign.id },
    count: 3,
    issuedAt: null,
    voided: null,
    version: 0,
  } as const;
  await write(store, [
    store.satisfaction.issue(batch, ['h1', 'h2', 'h3'], 1_900_000_000),
    ...['skm-open', 'skm-shut'].flatMap((campaignId) =>
      (['PUBLISHED', 'SUBMITTED', 'WITHHELD'] as const).map((state) =>
        store.satisfaction.saveSuggestion(null, {
          id: state,
          campaignId,
          text: `=${state}`,
          state,
          version: 0,
        }),
      ),
    ),
    ...NURSES.slice(0, 4).map((staffId) =>
      store.training.saveEnrolment(null, {
        programmeId: programme.id,
        staffId,
        courseId: programme.courseId,
        startsOn: programme.startsOn,
        state: 'COMPLETED',
        requestedAt: '2025-09-01T02:00:00.000Z',
        hours: 8,
        version: 0,
      }),
    ),
  ]);
  await putResults(
    store,
    NURSES.slice(0, 3).map((staffId) =>
      an.result({ staffId, unitId: 'puskesmas', periodId: '2025-Q3', run: 'r0' }),
    ),
  );
}
