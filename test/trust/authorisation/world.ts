/**
 * The region that authorisation is tried in, built through the endpoint by those who may, so that whatever is asked for exists.
 * Who stands how to whom is written down here by hand, and not computed.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Role } from '../../../functions/domain/access-policy.ts';
import { type Answer, type Caller, caller, claimsOf, type Failure, send } from '../../api/endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from '../../api/endpoint-under-test.ts';
import type { TestTable } from '../../support/dynamodb.ts';
import { upload } from '../../support/files.ts';
import { execute } from '../../workflow/machine.ts';
import {
  type LineSpec,
  openPeriodOf,
  type PersonSpec,
  type RegionSpec,
  seedRegion,
  write,
} from '../../workflow/region.ts';
import { inputTypeOf } from './documents.ts';
import { type Journal, keepJournal } from './journal.ts';

export const CLOSED = '2026-Q1';
export const OPEN = '2026-Q2';
export const NOW = '2026-04-13T02:00:00.000Z';
/** The indicator of everybody's first line. */
export const INDICATOR = 'indicator-1';

const line: LineSpec = { weight: 10_000, target: '40', reached: ['40', '41', '38'] };
const person = (
  id: string,
  unit: string,
  rater: string | null,
  more: Partial<PersonSpec> = {},
): PersonSpec => ({
  id,
  unit,
  jobGroup: 'nurse',
  lines: [line],
  ...(rater !== null && { rated: [['SUPERIOR', rater, 4] as const] }),
  ...more,
});
const leader = { jobGroup: 'leader' };

/**
 * Health agency (`kadis`) with two puskesmas (`kapus`, `kapus2`), the first with an auxiliary post that `plt`, of the second, heads
 * in an acting capacity; and the agency of tourism (`kadispar`), which has nothing to do with them.
 */
const REGION: RegionSpec = {
  periodId: CLOSED,
  units: [
    { id: 'dinkes', head: 'kadis', lines: [line] },
    { id: 'puskesmas', parent: 'dinkes', head: 'kapus', lines: [line] },
    { id: 'puskesmas2', parent: 'dinkes', head: 'kapus2', lines: [line] },
    { id: 'ustu', parent: 'puskesmas', head: 'plt' },
    { id: 'dispar', head: 'kadispar', lines: [line] },
  ],
  people: [
    person('kadis', 'dinkes', null, leader),
    person('kapus', 'puskesmas', 'kadis', leader),
    person('n1', 'puskesmas', 'kapus'),
    person('n2', 'puskesmas', 'kapus'),
    person('n3', 'puskesmas', 'kapus'),
    // Assessed by n1, who was asked to.
    person('ank', 'puskesmas', 'n1', { assessor: 'n1' }),
    person('kapus2', 'puskesmas2', 'kadis', leader),
    person('m1', 'puskesmas2', 'kapus2'),
    person('plt', 'puskesmas2', 'kapus2'),
    person('mv', 'puskesmas', 'kapus', {
      movesTo: { unit: 'puskesmas2', shard: 0, from: '2026-04-08' },
    }),
    person('u1', 'ustu', 'plt'),
    person('kadispar', 'dispar', null, leader),
    person('t1', 'dispar', 'kadispar'),
    // Headed the puskesmas until the end of 2025.
    person('dulu', 'dispar', 'kadispar'),
    // Retired on 1 April; the account still lives.
    person('keluar', 'puskesmas', 'kapus'),
  ],
};

/** Somebody who asks: an account with its roles, or null, nobody. */
export interface Asker {
  readonly name: string;
  readonly who: Caller | null;
  readonly roles: readonly Role[];
  /** Claims of a token that is not, or no more, one of an access to the API. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** Sends an operation as somebody. */
export const sendAs = <Data>(
  world: World,
  { who, claims }: Asker,
  query: string,
  variables: object = {},
): Promise<Answer<Data>> =>
  send<Data>(
    world.api.handler,
    who,
    query,
    variables,
    claims === undefined ? {} : { claims, path: '/graphql' },
  );

const staffAsker = (id: string, ...roles: Caller['roles']): Asker => ({
  name: [id, ...roles].join('+'),
  who: caller(id, ...roles),
  roles: ['STAFF', ...roles],
});

/** Everybody who asks. Officers have accounts of their own; three people have an office beside their work. */
export const ASKERS: readonly Asker[] = [
  ...[
    'n1',
    'kapus',
    'kadis',
    'n2',
    'ank',
    'kapus2',
    'm1',
    'plt',
    'mv',
    'u1',
    'kadispar',
    't1',
    'dulu',
    'keluar',
  ].map((id) => staffAsker(id)),
  staffAsker('account-hr', 'HR_ADMIN'),
  staffAsker('account-planner', 'PLANNER'),
  staffAsker('account-auditor', 'AUDITOR'),
  staffAsker('account-staff'),
  staffAsker('n1', 'HR_ADMIN'),
  staffAsker('n1', 'PLANNER'),
  staffAsker('kapus', 'HR_ADMIN'),
  staffAsker('kapus', 'AUDITOR'),
  staffAsker('t1', 'HR_ADMIN', 'AUDITOR'),
  { name: 'public', who: null, roles: ['PUBLIC'] },
  {
    name: 'a token that has expired',
    who: null,
    roles: [],
    claims: { ...claimsOf(caller('n1', 'HR_ADMIN')), exp: '1' },
  },
  {
    name: 'an id token',
    who: null,
    roles: [],
    claims: { ...claimsOf(caller('n1', 'HR_ADMIN')), token_use: 'id' },
  },
];

/** What each asker is to each person or unit that something is about. Who is not named is nothing to it. */
export const RELATIONS = {
  n1: {
    n1: 'self',
    kapus: 'assessor head member',
    kadis: 'superior head',
    n2: 'peer member',
    ank: 'subordinate member',
  },
  n2: {
    n2: 'self',
    kapus: 'assessor head member',
    kadis: 'superior head',
    n1: 'peer member',
    ank: 'peer member',
  },
  ank: { ank: 'self', n1: 'assessor', kapus: 'superior head member', kadis: 'head', n2: 'peer member' },
  kapus: {
    kapus: 'self',
    kadis: 'assessor head',
    n1: 'subordinate',
    n2: 'subordinate',
    kapus2: 'peer',
  },
  /** Came to the second puskesmas on 8 April. */
  mv: {
    mv: 'self',
    kapus: 'then once',
    kapus2: 'assessor head member',
    kadis: 'superior head',
    m1: 'peer member',
    plt: 'peer member',
  },
  m1: {
    m1: 'self',
    kapus2: 'assessor head member',
    kadis: 'superior head',
    mv: 'peer member',
    plt: 'peer member',
  },
  n3: {
    kapus: 'assessor head member',
    kadis: 'superior head',
    n1: 'peer member',
    n2: 'peer member',
    ank: 'peer member',
  },
  /** `led`: the person's, or the unit head's, who is to decide nothing about them in an office's name. */
  kadis: {
    kadis: 'self',
    kapus: 'subordinate led',
    kapus2: 'subordinate led',
    n1: 'led',
    n2: 'led',
    ank: 'led',
  },
  kapus2: {
    kapus2: 'self',
    kadis: 'assessor head',
    kapus: 'peer',
    m1: 'subordinate',
    plt: 'subordinate',
    mv: 'subordinate',
  },
  plt: {
    plt: 'self',
    kapus2: 'assessor head member',
    kadis: 'superior head',
    m1: 'peer member',
    mv: 'peer member',
    u1: 'subordinate',
  },
  kadispar: { kadispar: 'self', t1: 'subordinate', dulu: 'subordinate' },
  dulu: { dulu: 'self', kadispar: 'assessor head member', t1: 'peer member' },
  /** Led by who heads the post in an acting capacity. */
  u1: { u1: 'self', plt: 'assessor head', kapus: 'superior head', kadis: 'head' },
  t1: { t1: 'self', kadispar: 'assessor head member', dulu: 'peer member' },
  /** `then`, `once`: assessed, and headed the unit of, a person who has left it since the closed quarter. */
  keluar: { keluar: 'self', kapus: 'then once', kadis: 'once' },
  /** `above`: heads a unit above it. */
  puskesmas: {
    kapus: 'head member',
    kadis: 'head above',
    n1: 'member led',
    n2: 'member led',
    ank: 'member led',
  },
  puskesmas2: { kapus2: 'head member', kadis: 'head above', m1: 'member', plt: 'member', mv: 'member' },
  dinkes: { kadis: 'head member', kapus: 'led', n1: 'led', n2: 'led', ank: 'led' },
  ustu: { plt: 'head', u1: 'member', kapus: 'head above', kadis: 'head above' },
  dispar: { kadispar: 'head member', t1: 'member', dulu: 'member' },
  /** Nobody is anything to what is the region's. */
  region: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type About = keyof typeof RELATIONS;

/** The relations of an asker to what something is about. */
export function relationsOf({ who }: Asker, about: About): readonly string[] {
  const to: Readonly<Record<string, string>> = RELATIONS[about];
  return (who === null ? undefined : to[who.staffId])?.split(' ') ?? [];
}

/** Ids and versions that only building tells. */
export interface Known {
  readonly [name: string]: string;
}

export interface World {
  readonly api: EndpointUnderTest;
  readonly journal: Journal;
  readonly ids: Known;
  /** Makes a change that must be made. @returns the payload */
  made(who: Caller | null, name: string, input: object, selection?: string): Promise<Payload>;
}

export type Payload = Readonly<Record<string, Entity>>;
interface Entity {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

export const hr = caller('account-hr', 'HR_ADMIN');
export const planner = caller('account-planner', 'PLANNER');

/** NIP by the place in the region's list. */
export const nipOf = (id: string): string =>
  `198001012005011${String(REGION.people.findIndex((each) => each.id === id) + 1).padStart(3, '0')}`;

export async function buildWorld(table?: TestTable): Promise<World> {
  const api = await endpointUnderTest({ ...(table !== undefined && { table }) });
  const made: World['made'] = async (who, name, input, selection = '__typename') => {
    const query = `mutation ($input: ${inputTypeOf(name)}!) { answer: ${name}(input: $input) { ${selection} userErrors { code message path } } }`;
    const { data, errors } = await send<{ answer: Payload & { userErrors: readonly Failure[] } }>(
      api.handler,
      who,
      query,
      { input },
      { language: 'en' },
    );
    if (errors.length > 0 || data.answer.userErrors.length > 0)
      throw new Error(
        `${name}: ${JSON.stringify([errors, data.answer?.userErrors])} for ${JSON.stringify(input)}`,
      );
    return data.answer;
  };
  await foundRegion(api);
  const ids = await fillRegion(api, made);
  const journal = keepJournal(api.table.client, api.table.tableName);
  return { api, journal, ids, made };
}

/** Units and people, a quarter that was closed and published, and the next one open. */
async function foundRegion(api: EndpointUnderTest): Promise<void> {
  const { store } = api.deps;
  api.at('2026-02-02T02:00:00.000Z');
  await seedRegion(store, REGION);
  for (const [id, realisedBy] of [
    [INDICATOR, 'REPORT'],
    ['visits', 'ACTIVITY'],
  ] as const)
    await write(store, [
      store.indicators.save(null, {
        id,
        code: id.toUpperCase(),
        unitId: null,
        goalId: null,
        current: {
          indicatorId: id,
          definition: 1,
          name: `Indikator ${id}`,
          description: id,
          formula: id,
          source: 'register',
          measure: {
            unitOfMeasure: 'patients',
            polarity: 'MAXIMIZE',
            aboveRange: null,
            buildUp: 'SUM',
            realisedBy,
          },
          effectiveFrom: '2025-01-01',
        },
        retired: false,
        version: 0,
      }),
    ]);
  const unit = await store.organisation.unit('puskesmas');
  if (unit === null) throw new Error('no puskesmas');
  await write(store, [
    store.organisation.save((await store.organisation.load()).version, unit, {
      ...unit,
      heads: [
        { staffId: 'dulu', from: '2025-01-01', to: '2025-12-31' },
        { staffId: 'kapus', from: '2026-01-01', to: null },
      ],
    }),
  ]);
  for (const { id } of REGION.people) {
    const staff = await store.staff.get(id);
    if (staff === null) throw new Error(`no ${id}`);
    await write(store, [
      store.staff.save(staff, { ...staff, email: `${id}@example.id`, grade: `Grade of ${id}` }),
    ]);
  }
  await execute({ ...api.deps, now: () => '2026-04-05T17:00:03.000Z' }, { periodId: CLOSED, attempt: 1 });
  await openPeriodOf(store, OPEN, '2026-07-05T17:00:00.000Z');
  api.at(NOW);
}

const n1 = caller('n1');
const n2 = caller('n2');
const kapus = caller('kapus');

/** Something of everything, made by those who may. */
async function fillRegion(api: EndpointUnderTest, made: World['made']): Promise<Known> {
  const ids: Record<string, string> = {};
  const keep = async (name: string, payload: Promise<Payload>): Promise<void> => {
    const entity = Object.values(await payload).find((value) => value !== null && 'id' in value);
    ids[name] = entity?.id ?? '';
  };
  const ID = (field: string): string => `${field} { id }`;
  const target = { value: '10' };
  const { version } = (await api.deps.store.staff.get('keluar')) ?? { version: 0 };
  await made(hr, 'retireStaff', { id: 'keluar', version, from: '2026-04-01' });
  await keep(
    'feedback',
    made(
      kapus,
      'giveFeedback',
      { staffId: 'n1', text: 'Umpan balik rahasia', value: 'LOYAL' },
      ID('feedback'),
    ),
  );
  const note = {
    staffId: 'n1',
    heldOn: '2026-04-10',
    issue: 'Hal bimbingan',
    discussion: 'Isi bimbingan',
    actions: [{ text: 'Latihan', dueOn: '2026-05-01' }],
    followUpOn: '2026-05-08',
  };
  await keep('guidance', made(kapus, 'recordGuidance', { ...note, method: 'COACHING' }, ID('guidance')));
  await keep(
    'counselling',
    made(kapus, 'recordCounselling', { ...note, issue: 'Hal konseling' }, ID('guidance')),
  );
  await keep(
    'topic',
    made(
      n1,
      'openTopic',
      { unitId: 'puskesmas', indicatorId: INDICATOR, title: 'Topik', text: 'Isi topik' },
      ID('topic'),
    ),
  );
  await keep('post', made(n2, 'postToTopic', { topicId: ids['topic'], text: 'Isi tanggapan' }, ID('post')));
  await keep(
    'announcement',
    made(
      kapus,
      'publishAnnouncement',
      {
        unitId: 'puskesmas',
        title: 'Aturan',
        text: 'Isi aturan',
        effectiveFrom: '2026-05-01',
        acknowledge: true,
        audience: 'UNIT',
      },
      ID('announcement'),
    ),
  );
  await keep(
    'course',
    made(
      hr,
      'createCourse',
      {
        code: 'C1',
        title: 'Pelayanan',
        description: 'x',
        competence: 'TECHNICAL',
        method: 'CLASS',
        hours: 8,
        values: ['SERVICE'],
        indicatorIds: [],
        jobGroups: [],
      },
      ID('course'),
    ),
  );
  await keep(
    'programme',
    made(
      hr,
      'planProgramme',
      { courseId: ids['course'], startsOn: '2026-05-04', endsOn: '2026-05-05', place: 'Aula', capacity: 5 },
      ID('programme'),
    ),
  );
  await made(hr, 'enrol', { programmeId: ids['programme'], staffId: 'n1' });
  await made(n1, 'proposeCareerPlan', {
    staffId: 'n1',
    goal: 'Menjadi penyelia',
    steps: [{ id: 's1', text: 'Magang', dueOn: '2026-09-01' }],
  });
  await keep(
    'activity',
    made(
      n1,
      'reportActivity',
      { planId: 'n1:2026', lineId: 'L1', day: '2026-04-09', title: 'Kunjungan', amount: '1' },
      ID('activity'),
    ),
  );
  await made(n1, 'reportRealisation', {
    planId: 'n1:2026',
    lineId: 'L1',
    month: '2026-04',
    value: '12',
    evidence: [],
  });
  await keep(
    'objection',
    made(n1, 'fileObjection', { periodId: CLOSED, reasons: 'Alasan keberatan' }, ID('objection')),
  );
  await keep(
    'followUp',
    made(
      kapus,
      'proposeFollowUp',
      { staffId: 'n1', periodId: CLOSED, measure: 'GUIDANCE', reason: 'Alasan tindak lanjut' },
      ID('followUp'),
    ),
  );
  await keep(
    'campaign',
    made(
      kapus,
      'createSurveyCampaign',
      {
        unitId: 'puskesmas',
        service: { id: 'Loket', en: 'Desk' },
        opens: '2026-04-01',
        closes: '2026-05-31',
        minimumAnswers: 5,
        withoutCodePerHour: 100,
      },
      ID('campaign'),
    ),
  );
  await keep(
    'joint',
    made(
      kapus,
      'proposeJointActivity',
      {
        leadUnitId: 'puskesmas',
        leaderId: 'n1',
        title: 'Bersama',
        purpose: 'x',
        from: '2026-04-01',
        to: '2026-06-30',
        participants: [
          { staffId: 'n1', role: 'Ketua' },
          { staffId: 'm1', role: 'Anggota' },
        ],
      },
      ID('jointActivity'),
    ),
  );
  await keep(
    'comment',
    made(kapus, 'commentPlan', { planId: 'n1:2026', text: 'Catatan rencana' }, ID('comment')),
  );
  await keep(
    'template',
    made(
      planner,
      'createPlanTemplate',
      {
        name: 'SKP',
        jobGroup: 'nurse',
        lines: [{ title: 'Kunjungan', aspect: 'QUANTITY', indicatorId: INDICATOR, weight: 10_000, target }],
      },
      ID('template'),
    ),
  );
  await keep('policy', made(planner, 'draftPolicy', { effectiveFrom: '2027-01-01' }, ID('policy')));
  await made(planner, 'planPeriod', { id: '2026-Q3' });
  await made(caller('mv'), 'proposeCarryover', {
    periodId: OPEN,
    staffId: 'mv',
    sourcePeriodId: CLOSED,
    reason: 'Pindah',
  });
  await keep(
    'job',
    made(hr, 'requestExport', { table: 'RESULTS', format: 'CSV', periodId: CLOSED }, ID('job')),
  );
  await keep(
    'jobOfN1',
    made(n1, 'requestDocument', { kind: 'EVALUATION', staffId: 'n1', periodId: CLOSED }, ID('job')),
  );
  await made(kapus, 'setAssessorRating', {
    periodId: OPEN,
    staffId: 'n1',
    workResult: 'ABOVE',
    behaviour: 'MEETS',
    reason: 'Dilihat sendiri',
  });
  await keep(
    'goal',
    made(planner, 'createGoal', { code: 'G1', title: 'Sehat', fromYear: 2026, toYear: 2029 }, ID('goal')),
  );
  await keep(
    'spareIndicator',
    made(
      planner,
      'createIndicator',
      { code: 'CADANGAN', definition: definitionOf('Cadangan') },
      ID('indicator'),
    ),
  );
  await keep(
    'spareUnit',
    made(
      hr,
      'createUnit',
      { code: 'X9', name: 'Unit kosong', kind: 'SEKSI', parentId: 'dispar' },
      ID('unit'),
    ),
  );
  await made(n1, 'savePlanDraft', { planId: 'n1:2026', lines: [] });
  await made(hr, 'publishAnnouncement', {
    title: 'Untuk umum',
    text: 'x',
    effectiveFrom: '2026-04-13',
    audience: 'REGION',
    isPublic: true,
  });
  await made(hr, 'addInstrument', {
    id: 'bekas',
    name: { id: 'x', en: 'x' },
    items: [{ id: 'OVERALL', text: { id: 'x', en: 'x' } }],
    low: 1,
    high: 5,
  });
  await made(hr, 'retireInstrument', { id: 'bekas', reason: 'x' });
  const { codes } = await made(
    kapus,
    'issueContactCodes',
    { staffId: 'n1', periodId: OPEN, instrumentId: 'berakhlak', count: 1 },
    'codes { code }',
  );
  ids['contactCode'] = firstCode(codes) ?? '';
  const survey = await made(
    kapus,
    'issueSurveyCodes',
    { campaignId: ids['campaign'], count: 1 },
    'codes { code }',
  );
  ids['surveyCode'] = firstCode(survey['codes']) ?? '';
  const scores = ['SERVICE', 'ACCOUNTABLE', 'COMPETENT', 'HARMONIOUS', 'LOYAL', 'ADAPTIVE', 'COLLABORATIVE'];
  await made(n2, 'submitRating', {
    periodId: OPEN,
    rateeId: 'n3',
    group: 'PEER',
    instrumentId: 'berakhlak',
    scores: scores.map((itemId) => ({ itemId, score: 4 })),
  });
  const content = Buffer.from('%PDF-1.4 bukti');
  ids['evidence'] = await attach(made, n1, realisationTarget('n1'), content);
  return ids;
}

export const definitionOf = (name: string): object => ({
  name,
  description: name,
  formula: name,
  source: 'register',
  measure: { unitOfMeasure: 'orang', polarity: 'MAXIMIZE', buildUp: 'SUM', realisedBy: 'REPORT' },
  effectiveFrom: '2026-01-01',
});

export const realisationTarget = (staffId: string): object => ({
  realisation: { planId: `${staffId}:2026`, lineId: 'L1', month: '2026-04' },
});

export const uploadOf = (target: object, content: Uint8Array): object => ({
  target,
  fileName: 'bukti.pdf',
  type: 'PDF',
  size: content.byteLength,
  sha256: createHash('sha256').update(content).digest('hex'),
});

const codesIssued = z.array(z.object({ code: z.string() }));
/** The first of the codes that a payload holds. */
export const firstCode = (codes: unknown): string | undefined => codesIssued.parse(codes)[0]?.code;

const ticket = z.object({
  evidenceId: z.string(),
  url: z.string(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
});
type Ticket = z.infer<typeof ticket>;

export const TICKET = 'upload { evidenceId url fields { name value } }';
export const ticketOf = (payload: Payload): Ticket => ticket.parse(payload['upload']);
export const formOf = ({ url, fields }: Ticket): Parameters<typeof upload>[0] => ({
  url,
  fields: Object.fromEntries(fields.map(({ name, value }) => [name, value])),
});

/** Uploads a piece of evidence and confirms it. @returns its id */
async function attach(
  made: World['made'],
  who: Caller,
  target: object,
  content: Uint8Array,
): Promise<string> {
  const ticket = ticketOf(await made(who, 'requestEvidenceUpload', uploadOf(target, content), TICKET));
  const answer = await upload(formOf(ticket), content);
  if (!answer.ok) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
  await made(who, 'confirmEvidence', { target, evidenceId: ticket.evidenceId });
  return ticket.evidenceId;
}
