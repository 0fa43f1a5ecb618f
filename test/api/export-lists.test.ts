/** Tables hold what the queries that show the same answer to the same reader, no more and no less. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimal } from '../../functions/domain/decimal.ts';
import { exportColumns } from '../../functions/domain/export/columns.ts';
import { asPlainText, type ExportTableName, type Row } from '../../functions/domain/export/table.ts';
import { exportWords } from '../../functions/domain/export/words.ts';
import { type Message, resultWords } from '../../functions/domain/messages.ts';
import { planPeriod } from '../../functions/domain/period/period.ts';
import { NO_ATTACHMENTS, NO_EXPECTATIONS } from '../../functions/domain/plan/expectations.ts';
import { type PlanOwner, planIdOf } from '../../functions/domain/plan/plan.ts';
import type { WrittenLine } from '../../functions/domain/plan/written-line.ts';
import { IN_A_JOB } from '../../functions/usecases/export/export-scope.ts';
import { readTable } from '../../functions/usecases/export/read-table.ts';
import * as an from '../store/examples.ts';
import { putResults } from '../support/published-results.ts';
import { as, PERIOD, region, type WorkRegion, workRegion } from '../usecases/work-region.ts';
import { execute } from '../workflow/machine.ts';
import { openPeriodOf, type PersonSpec, write } from '../workflow/region.ts';
import { auditor, type Caller, caller, hrAdmin, nobody, planner, send } from './endpoint-client.ts';

/** Open while the readers ask. */
const NEXT = '2026-Q2';
const NURSES = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'];
let at: WorkRegion;

/** n6 gives everybody 3, of their peers; the superior is far below all others. */
const markOf = (rater: string): number => (rater === 'n6' ? 3 : 4);

beforeAll(async () => {
  at = await workRegion({
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
            ...NURSES.filter((rater) => rater !== id).map((rater) => ['PEER', rater, markOf(rater)] as const),
          ],
        }),
      ),
    ],
  });
  await fill();
  await fillTalks();
  await fillWork();
  at.api.at('2026-04-05T17:00:03.000Z');
  await execute(at.deps, { periodId: PERIOD, attempt: 1 });
});
afterAll(() => at.api.drop());

/** One of everything beside ratings. */
async function fill(): Promise<void> {
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
async function fillTalks(): Promise<void> {
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
async function fillWork(): Promise<void> {
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

const readers: Readonly<Record<string, Caller | null>> = {
  hrAdmin,
  auditor,
  planner,
  kadis: caller('kadis'),
  kapus: caller('kapus'),
  kadispar: caller('kadispar'),
  n1: caller('n1'),
  nobody,
};

async function exported(who: Caller | null, table: ExportTableName, input: object) {
  const query = 'query ($input: ExportInput!) { exportTable(input: $input) { rows base64 } }';
  const { data, codes } = await send<{ exportTable: { rows: number; base64: string } | null }>(
    at.api.handler,
    who,
    query,
    { input: { table, format: 'CSV', ...input } },
    { language: 'en' },
  );
  const text = Buffer.from(data?.exportTable?.base64 ?? '', 'base64').toString('utf8');
  return { codes, text, rows: cellsOf(text).slice(1) };
}

/** Cells of a CSV; '' is null. */
function cellsOf(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    const cell = quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"');
    if (end === '' && cell === '') break;
    rows.at(-1)?.push(cell === '' ? null : cell);
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

/** A part of an answer. */
class Node {
  private readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  private of(path: string): unknown {
    let value = this.value;
    for (const name of path.split('.'))
      value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
    return value ?? null;
  }

  node(path: string): Node {
    return new Node(this.of(path));
  }

  list(path: string): readonly Node[] {
    const value = this.of(path);
    return Array.isArray(value) ? value.map((each) => new Node(each)) : [];
  }

  /** As a cell says it. */
  cell(path: string): string | null {
    const value = this.of(path);
    return value === null || value === '' ? null : String(value);
  }

  cells(...paths: readonly string[]): readonly (string | null)[] {
    return paths.map((path) => this.cell(path));
  }

  /** A code in words. */
  word(path: string, words: Readonly<Record<string, Message>>): string | null {
    const code = this.cell(path);
    return code === null ? null : (words[code]?.en ?? `no word for ${code}`);
  }

  words(path: string, words: Readonly<Record<string, Message>>): string {
    const value = this.of(path);
    return (Array.isArray(value) ? value : []).map((code) => words[String(code)]?.en).join('; ');
  }
}

type Cells = readonly (string | null)[];

/** A table beside the query that shows the same. */
interface Sample {
  readonly table: ExportTableName;
  readonly input: object;
  readonly query: string;
  /** The rows that the answer makes. */
  readonly rows: (answer: Node) => readonly Cells[];
  /** Who is answered; the others are refused, by the query as by the table. */
  readonly allowed: readonly string[];
  /** Who has something to read; all of them if left out. */
  readonly few?: readonly string[];
  /** The query answers without a login, too. */
  readonly open?: true;
}

const SIGNED_IN = ['hrAdmin', 'auditor', 'planner', 'kadis', 'kapus', 'kadispar', 'n1'];
const HEADS = ['kadis', 'kapus'];
const unit = { unitId: 'puskesmas' };
const PUSKESMAS = ['02', 'Unit puskesmas'];
const who = 'staff { nip name }';
const WHO = ['staff.nip', 'staff.name'];
const yesNo = { true: exportWords.yesNo.yes, false: exportWords.yesNo.no };

const looked = 'unit { code name } year at through agreementPace counts { count }';
const ofLook = (one: Node): Cells => [
  ...one.cells('year', 'unit.code', 'unit.name', 'at', 'through'),
  one.word('agreementPace', exportWords.pace),
  ...one.list('counts').map((each) => each.cell('count')),
];

const feedbackCells = (one: Node): Cells => [
  one.cell('givenOn'),
  one.word('source', exportWords.feedbackSource),
  one.cell('author.name'),
  one.word('form', exportWords.feedbackForm),
  one.word('value', exportWords.value),
  one.cell('line.title'),
  one.word('progress', yesNo),
  ...one.cells('text', 'origin', 'answer', 'answeredAt'),
];
const saidFields =
  'staff { nip name } givenOn source author { name } form value line { title } progress text origin answer answeredAt';
const noteFields = `staff { nip name } heldOn method givenBy { name } line { title } value issue discussion actions { text dueOn } followUpOn acknowledgedAt response followUp { outcome note }`;
const noteCells = (one: Node): Cells => [
  ...one.cells(...WHO),
  ...PUSKESMAS,
  one.cell('heldOn'),
  one.word('method', exportWords.guidanceMethod),
  ...one.cells('givenBy.name', 'line.title'),
  one.word('value', exportWords.value),
  ...one.cells('issue', 'discussion'),
  one
    .list('actions')
    .map((action) => `${action.cell('text')} (${action.cell('dueOn')})`)
    .join('; '),
  ...one.cells('followUpOn', 'acknowledgedAt', 'response'),
  one.word('followUp.outcome', exportWords.guidanceOutcome),
  one.cell('followUp.note'),
];
const oneFeedback: Omit<Sample, 'input' | 'allowed'> = {
  table: 'FEEDBACK',
  query: `{ feedback(staffId: "n1") { nodes { ${saidFields} } } }`,
  rows: (answer) =>
    answer.list('feedback.nodes').map((one) => [...one.cells(...WHO), ...PUSKESMAS, ...feedbackCells(one)]),
};
const counselling: Omit<Sample, 'input' | 'allowed'> = {
  table: 'COUNSELLING',
  query: `{ counselling(staffId: "n1") { nodes { ${noteFields} } } }`,
  rows: (answer) => answer.list('counselling.nodes').map(noteCells),
};
const panel: Omit<Sample, 'input' | 'allowed'> = {
  table: 'PEER_PANELS',
  query: `{ peerPanel(periodId: "${NEXT}", staffId: "n1") { ${who} assigned members { ${who} state origin reason } } }`,
  rows: (answer) =>
    answer
      .list('peerPanel.members')
      .map((one) => [
        NEXT,
        ...answer.cells('peerPanel.staff.nip', 'peerPanel.staff.name'),
        ...PUSKESMAS,
        answer.word('peerPanel.assigned', yesNo),
        ...one.cells(...WHO),
        one.word('state', exportWords.panel),
        one.word('origin', exportWords.panelOrigin),
        one.cell('reason'),
      ]),
};
const changes: Omit<Sample, 'input' | 'allowed'> = {
  table: 'RATING_CHANGES',
  query: `{ ratingChanges(periodId: "${PERIOD}", staffId: "n1") { at by { name } before { workResult behaviour }
    after { workResult behaviour innovation reason } } staff(id: "n1") { nip name } }`,
  rows: (answer) =>
    answer
      .list('ratingChanges')
      .map((one) => [
        PERIOD,
        ...answer.cells(...WHO),
        ...PUSKESMAS,
        ...one.cells('at', 'by.name'),
        one.word('before.workResult', resultWords.rating),
        one.word('before.behaviour', resultWords.rating),
        one.word('after.workResult', resultWords.rating),
        one.word('after.behaviour', resultWords.rating),
        one.word('after.innovation', yesNo),
        one.cell('after.reason'),
      ]),
};

const targetOf = (target: Node): string | null =>
  target.cell('value') ?? (target.cell('low') && `${target.cell('low')}–${target.cell('high')}`);
const percentOf = (one: Node, path: string): string => String(Number(one.cell(path)) / 100);

const templateFields = `jobGroup name retired lines { title kind goalId indicatorId weight target { value low high }
  monthlyTargets { month target { value low high } } }`;
const templates: Omit<Sample, 'input' | 'query' | 'allowed'> = {
  table: 'PLAN_TEMPLATES',
  rows: (answer) =>
    answer.list('planTemplates.nodes').flatMap((one) =>
      one.list('lines').flatMap((line) => {
        const about = [
          ...one.cells('jobGroup', 'name'),
          one.word('retired', yesNo),
          line.cell('title'),
          line.word('kind', resultWords.line),
          line.cell('goalId') && 'S2',
          'VISITS',
          'Indikator visits',
          'patients',
          percentOf(line, 'weight'),
        ];
        const ofYear = targetOf(line.node('target'));
        return [
          ...(ofYear === null ? [] : [[...about, null, ofYear]]),
          ...line
            .list('monthlyTargets')
            .map((each) => [
              ...about,
              each.cell('month')?.padStart(2, '0') ?? null,
              targetOf(each.node('target')),
            ]),
        ];
      }),
    ),
};
const suggestions = (campaignId: string): Sample => ({
  table: 'SUGGESTIONS',
  input: { campaignId },
  query: `{ surveyCampaign(id: "${campaignId}") { unit { code name } service { en } opens closes PUBLISHED: suggestions { nodes { text } }
    SUBMITTED: suggestionsInState(state: SUBMITTED) { nodes { text } } WITHHELD: suggestionsInState(state: WITHHELD) { nodes { text } } } }`,
  rows: (answer) =>
    (['PUBLISHED', 'SUBMITTED', 'WITHHELD'] as const).flatMap((state) =>
      answer
        .list(`surveyCampaign.${state}.nodes`)
        .map((one) => [
          ...answer.cells('surveyCampaign.unit.code', 'surveyCampaign.unit.name'),
          ...answer.cells('surveyCampaign.service.en', 'surveyCampaign.opens', 'surveyCampaign.closes'),
          exportWords.suggestion[state].en,
          one.cell('text'),
        ]),
    ),
  allowed: SIGNED_IN,
  open: true,
});

const samples: readonly Sample[] = [
  { ...oneFeedback, input: { staffId: 'n1' }, allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'] },
  { ...counselling, input: { staffId: 'n1' }, allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'] },
  { ...panel, input: { periodId: NEXT, staffId: 'n1' }, allowed: ['hrAdmin', 'auditor', 'kapus', 'n1'] },
  { ...changes, input: { periodId: PERIOD, staffId: 'n1' }, allowed: ['hrAdmin', 'auditor', ...HEADS] },
  {
    table: 'GIVEN_FEEDBACK',
    input: {},
    query: `{ givenFeedback { nodes { ${saidFields} } } }`,
    rows: (answer) =>
      answer.list('givenFeedback.nodes').map((one) => [...one.cells(...WHO), ...feedbackCells(one)]),
    allowed: SIGNED_IN,
    few: ['kapus'],
  },
  {
    table: 'GUIDANCE',
    input: { staffId: 'n1' },
    query: `{ guidance(staffId: "n1") { nodes { ${noteFields} } } }`,
    rows: (answer) => answer.list('guidance.nodes').map(noteCells),
    allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'],
  },
  {
    table: 'CALIBRATION',
    input: { ...unit, periodId: PERIOD },
    query: `{ calibration(unitId: "puskesmas", periodId: "${PERIOD}") { entries { nodes { differs proposal { ${who}
      workResult { score { shown } proposed } behaviour { score { shown } proposed }
      decision { workResult behaviour reason } predicate score { shown } } } } } }`,
    rows: (answer) =>
      answer
        .list('calibration.entries.nodes')
        .map((one) => [
          PERIOD,
          ...one.cells('proposal.staff.nip', 'proposal.staff.name'),
          ...PUSKESMAS,
          one.cell('proposal.workResult.score.shown'),
          one.word('proposal.workResult.proposed', resultWords.rating),
          one.cell('proposal.behaviour.score.shown'),
          one.word('proposal.behaviour.proposed', resultWords.rating),
          one.word('proposal.decision.workResult', resultWords.rating),
          one.word('proposal.decision.behaviour', resultWords.rating),
          one.cell('proposal.decision.reason'),
          one.word('differs', yesNo),
          one.word('proposal.predicate', resultWords.predicate),
          one.cell('proposal.score.shown'),
        ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS],
  },
  {
    table: 'JOINT_ACTIVITIES',
    input: { staffId: 'n1' },
    query: `{ jointActivities(staffId: "n1") { nodes { title purpose from to leadUnit { code name } leader { name } state reason
      results { on text } participants { ${who} unit { code name } role state reason } } } }`,
    rows: (answer) =>
      answer.list('jointActivities.nodes').flatMap((one) =>
        one.list('participants').map((each) => [
          ...one.cells('title', 'purpose', 'from', 'to', 'leadUnit.code', 'leadUnit.name', 'leader.name'),
          one.word('state', exportWords.joint),
          one.cell('reason'),
          one
            .list('results')
            .map((result) => `${result.cell('on')}: ${result.cell('text')}`)
            .join('; '),
          ...each.cells(...WHO, 'unit.code', 'unit.name', 'role'),
          each.word('state', exportWords.participation),
          each.cell('reason'),
        ]),
      ),
    allowed: SIGNED_IN,
  },
  {
    table: 'TOPICS',
    input: unit,
    query: `{ topics(unitId: "puskesmas") { nodes { kind indicator { code } title text author { name } at
      answer { text by { name } at } hidden { reason } } } }`,
    rows: (answer) =>
      answer
        .list('topics.nodes')
        .map((one) => [
          ...PUSKESMAS,
          one.word('kind', exportWords.topic),
          ...one.cells('indicator.code', 'title', 'text', 'author.name', 'at'),
          ...one.cells('answer.text', 'answer.by.name', 'answer.at', 'hidden.reason'),
        ]),
    allowed: ['hrAdmin', 'auditor', 'planner', ...HEADS, 'n1'],
  },
  {
    table: 'ANNOUNCEMENTS',
    input: {},
    query: `{ announcements { nodes { unit { code name } audience title text effectiveFrom isPublic publishedAt withdrawn acknowledge acknowledgedAt } } }`,
    rows: (answer) =>
      answer
        .list('announcements.nodes')
        .map((one) => [
          ...one.cells('unit.code', 'unit.name'),
          one.word('audience', exportWords.audience),
          ...one.cells('title', 'text', 'effectiveFrom'),
          one.word('isPublic', yesNo),
          ...one.cells('publishedAt', 'withdrawn'),
          one.word('acknowledge', yesNo),
          one.cell('acknowledgedAt'),
        ]),
    allowed: SIGNED_IN,
    few: [...HEADS, 'n1'],
  },
  {
    table: 'ANNOUNCEMENT_READERS',
    input: { ...unit, announcementId: 'a-1' },
    query: `{ announcementReaders(id: "a-1", unitId: "puskesmas") { nodes { ${who} acknowledgedAt } } }`,
    rows: (answer) =>
      answer
        .list('announcementReaders.nodes')
        .map((one) => [...one.cells(...WHO), ...PUSKESMAS, one.cell('acknowledgedAt')]),
    allowed: ['hrAdmin', 'auditor', 'planner', ...HEADS],
  },
  {
    table: 'AUDIT_TRAIL',
    input: { entity: `PERIOD#${PERIOD}` },
    query: `{ auditTrail(entity: "PERIOD#${PERIOD}") { nodes { entity sequence at actorId actorRole operation reason correlationId after previousHash hash } } }`,
    rows: (answer) =>
      answer
        .list('auditTrail.nodes')
        .map((one) => [
          ...one.cells('entity', 'sequence', 'at', 'actorId', 'actorRole', 'operation', 'reason'),
          ...one.cells('correlationId', 'after', 'previousHash', 'hash'),
        ]),
    allowed: ['auditor'],
  },
  {
    table: 'COURSES',
    input: {},
    query:
      '{ courses { nodes { id title description competence method hours values indicatorIds jobGroups retired } } }',
    rows: (answer) =>
      answer.list('courses.nodes').map((one) => [
        ...one.cells('id', 'title', 'description'),
        one.word('competence', exportWords.competence),
        one.word('method', exportWords.trainingMethod),
        one.cell('hours'),
        one.words('values', exportWords.value),
        // The catalogue of the test has its ids as codes.
        one.cell('indicatorIds')?.toUpperCase() ?? null,
        one.cell('jobGroups'),
        one.word('retired', yesNo),
      ]),
    allowed: SIGNED_IN,
  },
  {
    table: 'PROGRAMMES',
    input: {},
    query:
      '{ programmes(from: "2000-01-01") { nodes { course { id title } startsOn endsOn place seats { capacity taken waiting } state } } }',
    rows: (answer) =>
      answer
        .list('programmes.nodes')
        .map((one) => [
          ...one.cells('course.id', 'course.title', 'startsOn', 'endsOn', 'place'),
          ...one.cells('seats.capacity', 'seats.taken', 'seats.waiting'),
          one.word('state', exportWords.programme),
        ]),
    allowed: SIGNED_IN,
  },
  {
    table: 'TRAINING_CANDIDATES',
    input: { ...unit, periodId: PERIOD, courseId: 'PRIMA' },
    query: `{ course(id: "PRIMA") { title candidates(unitId: "puskesmas", periodId: "${PERIOD}", top: 100) {
      ${who} need { shown } reasons { value title } } } }`,
    rows: (answer) =>
      answer.list('course.candidates').map((one, index) => [
        answer.cell('course.title'),
        PERIOD,
        ...PUSKESMAS,
        String(index + 1),
        ...one.cells(...WHO),
        one.cell('need.shown'),
        one
          .list('reasons')
          .map((reason) => reason.word('value', exportWords.value) ?? reason.cell('title'))
          .join('; '),
      ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS],
  },
  {
    table: 'CAREER_PLANS',
    input: { staffId: 'n1' },
    query: `{ staff(id: "n1") { nip name unit { code name } careerPlan { goal mentor { name } state steps { text dueOn course { title } state note } } } }`,
    rows: (answer) =>
      answer
        .list('staff.careerPlan.steps')
        .map((step) => [
          ...answer.cells('staff.nip', 'staff.name', 'staff.unit.code', 'staff.unit.name'),
          ...answer.cells('staff.careerPlan.goal', 'staff.careerPlan.mentor.name'),
          answer.word('staff.careerPlan.state', exportWords.careerPlan),
          ...step.cells('text', 'dueOn', 'course.title'),
          step.word('state', exportWords.careerStep),
          step.cell('note'),
        ]),
    // The mentor heads neither the person nor the unit.
    allowed: ['hrAdmin', 'auditor', ...HEADS, 'kadispar', 'n1'],
  },
  {
    table: 'RATING_COMPLETION',
    input: { ...unit, periodId: PERIOD },
    query: `{ ratingCompletion(periodId: "${PERIOD}", unitId: "puskesmas") { staff groups { group due done } } }`,
    rows: (answer) =>
      answer
        .list('ratingCompletion.groups')
        .map((one) => [
          PERIOD,
          ...PUSKESMAS,
          answer.cell('ratingCompletion.staff'),
          one.word('group', resultWords.group),
          ...one.cells('due', 'done'),
        ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS],
  },
  {
    table: 'RATING_FLAGS',
    input: { ...unit, periodId: PERIOD },
    query: `{ ratingFlags(periodId: "${PERIOD}", unitId: "puskesmas") { kind ${who} caseId ratings mean others day } }`,
    rows: (answer) =>
      answer
        .list('ratingFlags')
        .map((one) => [
          PERIOD,
          ...PUSKESMAS,
          one.word('kind', exportWords.flag),
          ...one.cells(...WHO, 'caseId', 'ratings', 'mean', 'others', 'day'),
        ]),
    allowed: ['hrAdmin', 'auditor'],
  },
  {
    table: 'PROGRESS',
    input: { ...unit, year: 2026 },
    query: `{ unitProgress(unitId: "puskesmas", year: 2026) { at through people { nodes { ${who} pace missing } } } }`,
    rows: (answer) =>
      answer
        .list('unitProgress.people.nodes')
        .map((one) => [
          '2026',
          ...one.cells(...WHO),
          ...PUSKESMAS,
          ...answer.cells('unitProgress.at', 'unitProgress.through'),
          one.word('pace', exportWords.pace),
          one.cell('missing'),
        ]),
    allowed: ['hrAdmin', 'auditor', 'planner', ...HEADS],
  },
  {
    table: 'UNIT_PROGRESS',
    input: { year: 2026 },
    query: `{ regionProgress(year: 2026) { units { nodes { ${looked} } } } }`,
    rows: (answer) => answer.list('regionProgress.units.nodes').map(ofLook),
    allowed: ['hrAdmin', 'auditor', 'planner'],
  },
  {
    table: 'UNIT_PROGRESS',
    input: { unitId: 'dinkes', year: 2026 },
    query: `{ unitProgress(unitId: "dinkes", year: 2026) { ${looked} unitsBelow { nodes { ${looked} } } } }`,
    rows: (answer) =>
      [answer.node('unitProgress'), ...answer.list('unitProgress.unitsBelow.nodes')].map(ofLook),
    allowed: ['hrAdmin', 'auditor', 'planner', 'kadis'],
  },
  {
    table: 'PERIODS',
    input: {},
    query: '{ periods { id start end state closesAt attempt publishedAt finalAt failure } }',
    rows: (answer) =>
      answer
        .list('periods')
        .map((one) => [
          ...one.cells('id', 'start', 'end'),
          one.word('state', exportWords.period),
          ...one.cells('closesAt', 'attempt', 'publishedAt', 'finalAt', 'failure'),
        ]),
    allowed: SIGNED_IN,
    open: true,
  },
  {
    table: 'LATE_CORRECTIONS',
    input: { periodId: '2025' },
    query: `{ lateCorrections(periodId: "2025") { nodes { sourcePeriodId ${who} decision { outcome reason at } } } }`,
    rows: (answer) =>
      answer
        .list('lateCorrections.nodes')
        .map((one) => [
          '2025',
          ...one.cells('sourcePeriodId', ...WHO),
          one.word('decision.outcome', exportWords.late),
          ...one.cells('decision.reason', 'decision.at'),
        ]),
    allowed: ['hrAdmin', 'auditor'],
  },
  {
    table: 'GOALS_NOT_TAKEN_UP',
    input: { year: 2026 },
    query: '{ goalsNotTakenUp(year: 2026) { nodes { code title unit { code name } fromYear toYear } } }',
    rows: (answer) =>
      answer
        .list('goalsNotTakenUp.nodes')
        .map((one) => [
          '2026',
          ...one.cells('code', 'title', 'unit.code', 'unit.name', 'fromYear', 'toYear'),
        ]),
    allowed: SIGNED_IN,
  },
  {
    table: 'UNIT_INDICATORS',
    input: { ...unit, periodId: PERIOD },
    query: `{ unitResult(unitId: "puskesmas", periodId: "${PERIOD}") { lines { title kind indicatorName measure { unitOfMeasure }
      target { value low high } realisation achievement { shown } notMeasured weight effectiveWeight rating } } }`,
    rows: (answer) =>
      answer
        .list('unitResult.lines')
        .map((one) => [
          PERIOD,
          ...PUSKESMAS,
          one.cell('title'),
          one.word('kind', resultWords.line),
          ...one.cells('indicatorName', 'measure.unitOfMeasure'),
          targetOf(one.node('target')),
          ...one.cells('realisation', 'achievement.shown'),
          one.word('notMeasured', resultWords.notMeasured),
          percentOf(one, 'weight'),
          percentOf(one, 'effectiveWeight'),
          one.word('rating', resultWords.rating),
        ]),
    allowed: SIGNED_IN,
    open: true,
  },
  {
    table: 'GOAL_SERVICE',
    input: { year: 2026 },
    query: `{ goals(first: 5) { nodes { code title servedBy(year: 2026, first: 5) { nodes { plan { staff { nip name } unit { code name } }
      lines { title indicatorName measure { unitOfMeasure } } } } } } }`,
    rows: (answer) =>
      answer
        .list('goals.nodes')
        .flatMap((goal) =>
          goal
            .list('servedBy.nodes')
            .flatMap((one) =>
              one
                .list('lines')
                .map((line) => [
                  '2026',
                  ...goal.cells('code', 'title'),
                  ...one.cells('plan.staff.nip', 'plan.staff.name', 'plan.unit.code', 'plan.unit.name'),
                  ...line.cells('title', 'indicatorName', 'measure.unitOfMeasure'),
                ]),
            ),
        ),
    allowed: SIGNED_IN,
    open: true,
  },
  { ...templates, input: {}, query: `{ planTemplates { nodes { ${templateFields} } } }`, allowed: SIGNED_IN },
  {
    ...templates,
    input: { jobGroup: 'leader' },
    query: `{ planTemplates(jobGroup: "leader") { nodes { ${templateFields} } } }`,
    allowed: SIGNED_IN,
  },
  {
    table: 'PROGRAMME_EFFECTS',
    input: {},
    query: `{ programmes(from: "2000-01-01") { nodes { course { id title } startsOn endsOn
      effect { before after values { participants before { shown } after { shown } } lines { participants before { shown } after { shown } } } } } }`,
    rows: (answer) =>
      answer
        .list('programmes.nodes')
        .filter((one) => one.cell('effect.before') !== null)
        .map((one) => [
          ...one.cells('course.id', 'course.title', 'startsOn', 'endsOn', 'effect.before', 'effect.after'),
          ...['values', 'lines'].flatMap((figure) =>
            one.cells(
              `effect.${figure}.participants`,
              `effect.${figure}.before.shown`,
              `effect.${figure}.after.shown`,
            ),
          ),
        ]),
    allowed: ['hrAdmin', 'auditor', 'planner'],
  },
  {
    table: 'RUNNING_SURVEYS',
    input: {},
    query: `{ surveyCampaigns { nodes { unit { code name } service { en } opens closes phase withoutCodePerHour minimumAnswers
      counts { codesIssued withCode withoutCode } } } }`,
    rows: (answer) =>
      answer
        .list('surveyCampaigns.nodes')
        .map((one) => [
          ...one.cells('unit.code', 'unit.name', 'service.en', 'opens', 'closes'),
          one.word('phase', exportWords.surveyPhase),
          ...one.cells('withoutCodePerHour', 'minimumAnswers'),
          ...one.cells('counts.codesIssued', 'counts.withCode', 'counts.withoutCode'),
        ]),
    allowed: SIGNED_IN,
    open: true,
  },
  suggestions('skm-open'),
  suggestions('skm-shut'),
  {
    table: 'PUBLIC_ANNOUNCEMENTS',
    input: {},
    query:
      '{ publicAnnouncements { nodes { unit { code name } title text effectiveFrom publishedAt withdrawn } } }',
    rows: (answer) =>
      answer
        .list('publicAnnouncements.nodes')
        .map((one) =>
          one.cells('unit.code', 'unit.name', 'title', 'text', 'effectiveFrom', 'publishedAt', 'withdrawn'),
        ),
    allowed: SIGNED_IN,
    open: true,
  },
  {
    table: 'STAFF_ENROLMENTS',
    input: { staffId: 'n1' },
    query: `{ staff(id: "n1") { nip name enrolments { nodes { programme { course { title } startsOn endsOn } state requestedAt hours } } } }`,
    rows: (answer) =>
      answer
        .list('staff.enrolments.nodes')
        .map((one) => [
          ...answer.cells('staff.nip', 'staff.name'),
          ...PUSKESMAS,
          ...one.cells('programme.course.title', 'programme.startsOn', 'programme.endsOn'),
          one.word('state', exportWords.enrolment),
          ...one.cells('requestedAt', 'hours'),
        ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'],
  },
  {
    table: 'TRAINING_NEEDS',
    input: { staffId: 'n1', periodId: PERIOD },
    query: `{ staff(id: "n1") { nip name trainingNeeds(periodId: "${PERIOD}") { course { title } need { shown } reasons { value title } } } }`,
    rows: (answer) =>
      answer.list('staff.trainingNeeds').map((one, index) => [
        PERIOD,
        ...answer.cells('staff.nip', 'staff.name'),
        ...PUSKESMAS,
        String(index + 1),
        ...one.cells('course.title', 'need.shown'),
        one
          .list('reasons')
          .map((reason) => reason.word('value', exportWords.value) ?? reason.cell('title'))
          .join('; '),
      ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'],
  },
  {
    table: 'PLANS',
    input: { staffId: 'n1', year: 2026 },
    query: `{ plan(staffId: "n1", year: 2026) { staff { nip name } lines { line { title kind indicatorName
      measure { unitOfMeasure } weight targets { month target { value low high } } } } } }`,
    rows: (answer) =>
      answer
        .list('plan.lines')
        .flatMap((one) =>
          one
            .list('line.targets')
            .map((each) => [
              '2026',
              ...answer.cells('plan.staff.nip', 'plan.staff.name'),
              ...PUSKESMAS,
              one.cell('line.title'),
              one.word('line.kind', resultWords.line),
              ...one.cells('line.indicatorName', 'line.measure.unitOfMeasure'),
              percentOf(one, 'line.weight'),
              each.cell('month')?.slice(5) ?? null,
              targetOf(each.node('target')),
            ]),
        ),
    allowed: ['hrAdmin', 'auditor', 'planner', ...HEADS, 'n1'],
  },
  {
    table: 'FOLLOW_UPS',
    input: { staffId: 'n1', periodId: PERIOD },
    query: `{ staff(id: "n1") { nip name followUps { nodes { measure state proposal { reason } } } } }`,
    rows: (answer) =>
      answer
        .list('staff.followUps.nodes')
        .map((one) => [
          PERIOD,
          ...answer.cells('staff.nip', 'staff.name'),
          ...PUSKESMAS,
          one.word('measure', exportWords.measure),
          one.word('state', exportWords.followUp),
          exportWords.proposer.PERSON.en,
          one.cell('proposal.reason'),
          null,
          null,
          null,
          null,
          null,
        ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'],
  },
];

/** Rows as whoever may read everything reads them, up to so many places on the way where a call may end. */
async function readAs(input: { readonly table: ExportTableName }, from: string | null, most: number) {
  const actor = as('kapus', 'HR_ADMIN', 'PLANNER', 'AUDITOR');
  const request = { ...NOTHING, ...input };
  const rows: Row[] = [];
  let places = 0;
  let reached: string | null = null;
  const walk = {
    from,
    reached: (position: string) => {
      places += 1;
      if (places === most) reached = position;
    },
  };
  const limits = { ...IN_A_JOB, walk };
  const { pages } = await readTable(at.deps, actor, request, limits, 'en');
  for await (const page of pages) {
    if (places >= most) break;
    rows.push(...page);
  }
  return { rows, reached: places >= most ? reached : null };
}
const NOTHING = {
  unitId: null,
  periodId: null,
  year: null,
  month: null,
  programmeId: null,
  courseId: null,
  announcementId: null,
  campaignId: null,
  entity: null,
  jobGroup: null,
  staffId: null,
};

describe.each(samples)('$table $input', ({ table, input, query, rows, allowed, few = allowed, open }) => {
  test('says to each reader what the query says to them', async () => {
    for (const [name, reader] of Object.entries(readers)) {
      const answer = await send(at.api.handler, reader, query);
      const file = await exported(reader, table, input);
      if (!allowed.includes(name)) {
        const refused = reader === null ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        expect([name, file.codes, file.text]).toEqual([name, [refused], '']);
        // What nobody but its readers sees is refused, or null.
        if (answer.codes.length === 0 && !open) expect(rows(new Node(answer.data))).toEqual([]);
        continue;
      }
      expect([name, answer.codes, file.codes]).toEqual([name, [], []]);
      const expected = rows(new Node(answer.data)).map((row) =>
        row.map((cell, index) =>
          cell !== null && exportColumns[table][index]?.kind === 'TEXT' ? asPlainText(cell) : cell,
        ),
      );
      expect([name, expected.length > 0]).toEqual([name, few.includes(name)]);
      expect([name, ...file.rows]).toEqual([name, ...expected]);
      for (const row of file.rows) expect(row).toHaveLength(exportColumns[table].length);
    }
  });

  test('has the same rows when it is read in several calls, from each place where one may end', async () => {
    const atOnce = await readAs({ table, ...input }, null, Number.POSITIVE_INFINITY);
    let found: readonly Row[] = [];
    let from: string | null = null;
    for (;;) {
      const part = await readAs({ table, ...input }, from, 1);
      found = [...found, ...part.rows];
      if (part.reached === null) break;
      from = part.reached;
    }
    expect(found).toEqual(atOnce.rows);
  });
});

test('patterns among anonymous raters are a case without a name, in the table too', async () => {
  const { rows } = await exported(auditor, 'RATING_FLAGS', { ...unit, periodId: PERIOD });
  const anonymous = rows.filter((row) => row[6] !== null);
  expect(anonymous.length).toBeGreaterThan(0);
  for (const row of anonymous) expect(row.slice(4, 6)).toEqual([null, null]);
});

test('of a unit with units below a table has the rows of each, as the query says them', async () => {
  const of = (who: Caller, unitId: string) =>
    exported(who, 'RATING_COMPLETION', { unitId, periodId: PERIOD });
  const all = await of(caller('kadis'), 'dinkes');
  const each = await Promise.all(
    ['dinkes', 'puskesmas', 'puskesmas2'].map((unitId) => of(caller('kadis'), unitId)),
  );
  expect(all.rows).toHaveLength(12);
  expect(all.rows.slice(4)).toEqual(each.slice(1).flatMap(({ rows }) => rows));
  expect((await of(caller('kapus'), 'dinkes')).codes).toEqual(['FORBIDDEN']);
});

test('of people a head may read a table has the rows of each, as the query says them', async () => {
  const of = async (reader: Caller, table: ExportTableName, input: object) =>
    (await exported(reader, table, input)).rows;
  const kapus = caller('kapus');
  const one = await of(kapus, 'FEEDBACK', { staffId: 'n1' });
  expect(one).toHaveLength(2);
  expect(await of(kapus, 'FEEDBACK', unit)).toEqual(one);
  expect(await of(kapus, 'CAREER_PLANS', unit)).toHaveLength(2);
  const changed = await of(kapus, 'RATING_CHANGES', { ...unit, periodId: PERIOD });
  expect(changed).toHaveLength(NURSES.length);
  expect(await of(hrAdmin, 'COUNSELLING', unit)).toEqual(await of(hrAdmin, 'COUNSELLING', { staffId: 'n1' }));
  // Each activity once, though people of two units take part.
  expect(await of(hrAdmin, 'JOINT_ACTIVITIES', { unitId: 'dinkes' })).toHaveLength(2);
  for (const [table, input] of [
    ['COUNSELLING', unit],
    ['PEER_PANELS', { ...unit, periodId: NEXT }],
  ] as const)
    expect((await exported(kapus, table, input)).codes).toEqual(['FORBIDDEN']);
});

test('who wrote what is not signed, and who declines to rate a person, is in no table of theirs', async () => {
  for (const reader of [hrAdmin, auditor, caller('kapus'), caller('n1')]) {
    const { rows } = await exported(reader, 'FEEDBACK', { staffId: 'n1' });
    expect(rows.filter((row) => row[5] === 'colleague').map((row) => row[6])).toEqual([null]);
  }
  const { text, rows } = await exported(caller('n1'), 'PEER_PANELS', { periodId: NEXT, staffId: 'n1' });
  expect(rows).toHaveLength(2);
  for (const hidden of ['berselisih', 'declined', 'Name n4']) expect(text).not.toContain(hidden);
});

test('what citizens suggested is read by heads only when the campaign is over, in the table too', async () => {
  const of = async (reader: Caller, campaignId: string) =>
    (await exported(reader, 'SUGGESTIONS', { campaignId })).rows.length;
  expect(await of(planner, 'skm-open')).toBe(3);
  expect(await of(caller('kapus'), 'skm-open')).toBe(1);
  expect(await of(caller('kapus'), 'skm-shut')).toBe(3);
  expect(await of(caller('kadispar'), 'skm-shut')).toBe(1);
  expect((await exported(planner, 'SUGGESTIONS', { campaignId: 'x' })).codes).toEqual(['NOT_FOUND']);
});

test('an effect of fewer than three participants has no figure', async () => {
  const [effect] = (await exported(auditor, 'PROGRAMME_EFFECTS', {})).rows;
  expect(effect?.slice(4, 7)).toEqual(['2025-Q3', PERIOD, '3']);
  expect(effect?.slice(9)).toEqual([null, null, null]);
});

test('tables of a region go on unit by unit, roster by roster and page by page', async () => {
  const places = async (input: {
    readonly table: ExportTableName;
    readonly [name: string]: string | number;
  }) => {
    let from: string | null = null;
    for (let place = 0; ; place += 1) {
      const { reached } = await readAs(input, from, 1);
      if (reached === null) return place;
      from = reached;
    }
  };
  expect(await places({ table: 'RATING_COMPLETION', periodId: PERIOD })).toBe(region.units.length);
  expect(await places({ table: 'GOAL_SERVICE', year: 2026 })).toBe(2);
  expect(await places({ table: 'STAFF' })).toBe(1);
});

test('a trail of anonymous ratings is refused as the query refuses it', async () => {
  const entity = `RATING#${PERIOD}#n1#PEER#x`;
  expect((await exported(auditor, 'AUDIT_TRAIL', { entity })).codes).toEqual(['FORBIDDEN']);
});
