/** Objects of others where one's own would do: ids in inputs, cursors, idempotency keys, jobs and files. */
import { getNamedType } from 'graphql';
import { caller } from '../../api/endpoint-client.ts';
import { upload } from '../../support/files.ts';
import { attempt, isAllowed } from './check-mutations.ts';
import { fieldsOf, inputFieldsOf } from './documents.ts';
import { MUTATIONS } from './expected.ts';
import { SAMPLES } from './samples.ts';
import {
  ASKERS,
  type Asker,
  CLOSED,
  formOf,
  hr,
  INDICATOR,
  realisationTarget,
  relationsOf,
  sendAs,
  TICKET,
  ticketOf,
  uploadOf,
  type World,
} from './world.ts';

export interface Probe {
  readonly tried: number;
  readonly wrong: readonly string[];
}

type Json = null | string | number | boolean | undefined | readonly Json[] | { readonly [key: string]: Json };

/**
 * Inputs that name people and things of others by right: a part in work across units is offered to anybody, and each participant's
 * assessor decides.
 */
const MEANT_FOR_OTHERS = [
  'proposeJointActivity participants.0.staffId',
  'proposeJointActivity participants.1.staffId',
  'inviteToJointActivity participants.0.staffId',
];

/** The same of the agency of tourism: made by its own people. Taken back by the caller. */
async function twins({ ids, made, api }: World): Promise<ReadonlyMap<string, string>> {
  const t1 = caller('t1');
  const head = caller('kadispar');
  const idIn = (payload: object): string =>
    String(
      Object.values(payload).flatMap((value) =>
        value !== null && typeof value === 'object' && 'id' in value ? [value.id] : [],
      )[0] ?? '',
    );
  const twin = new Map<string, string>();
  const keep = async (
    name: string,
    who: Parameters<World['made']>[0],
    mutation: string,
    input: object,
    field: string,
  ): Promise<string> => {
    const id = idIn(await made(who, mutation, input, `${field} { id }`));
    twin.set(ids[name] ?? name, id);
    return id;
  };
  const note = {
    staffId: 't1',
    heldOn: '2026-04-10',
    issue: 'x',
    discussion: 'x',
    actions: [{ text: 'x', dueOn: '2026-05-01' }],
    followUpOn: '2026-05-08',
  };
  await keep('feedback', head, 'giveFeedback', { staffId: 't1', text: 'x', value: 'LOYAL' }, 'feedback');
  await keep('guidance', head, 'recordGuidance', { ...note, method: 'COACHING' }, 'guidance');
  await keep('counselling', head, 'recordCounselling', note, 'guidance');
  const topicId = await keep(
    'topic',
    t1,
    'openTopic',
    { unitId: 'dispar', title: 'x', text: 'x', indicatorId: INDICATOR },
    'topic',
  );
  await keep('post', head, 'postToTopic', { topicId, text: 'x' }, 'post');
  await keep(
    'announcement',
    head,
    'publishAnnouncement',
    {
      unitId: 'dispar',
      title: 'x',
      text: 'x',
      effectiveFrom: '2026-05-01',
      acknowledge: true,
      audience: 'UNIT',
    },
    'announcement',
  );
  await keep(
    'activity',
    t1,
    'reportActivity',
    { planId: 't1:2026', lineId: 'L1', day: '2026-04-09', title: 'x', amount: '1' },
    'activity',
  );
  await keep('objection', t1, 'fileObjection', { periodId: CLOSED, reasons: 'x' }, 'objection').catch(
    () => undefined,
  );
  await keep(
    'followUp',
    hr,
    'proposeFollowUp',
    { staffId: 't1', periodId: CLOSED, measure: 'GUIDANCE', reason: 'x' },
    'followUp',
  );
  await keep(
    'campaign',
    head,
    'createSurveyCampaign',
    {
      unitId: 'dispar',
      service: { id: 'x', en: 'x' },
      opens: '2026-04-01',
      closes: '2026-05-31',
      minimumAnswers: 5,
      withoutCodePerHour: 100,
    },
    'campaign',
  );
  await keep(
    'joint',
    head,
    'proposeJointActivity',
    {
      leadUnitId: 'dispar',
      leaderId: 't1',
      title: 'x',
      purpose: 'x',
      from: '2026-04-01',
      to: '2026-06-30',
      participants: [
        { staffId: 't1', role: 'x' },
        { staffId: 'u1', role: 'x' },
      ],
    },
    'jointActivity',
  );
  await keep('comment', head, 'commentPlan', { planId: 't1:2026', text: 'x' }, 'comment');
  await made(t1, 'reportRealisation', {
    planId: 't1:2026',
    lineId: 'L1',
    month: '2026-04',
    value: '12',
    evidence: [],
  });
  const content = Buffer.from('%PDF-1.4 orang lain');
  const ticket = ticketOf(
    await made(t1, 'requestEvidenceUpload', uploadOf(realisationTarget('t1'), content), TICKET),
  );
  await upload(formOf(ticket), content);
  await made(t1, 'confirmEvidence', { target: realisationTarget('t1'), evidenceId: ticket.evidenceId });
  twin.set(ids['evidence'] ?? '', ticket.evidenceId);
  for (const id of ['n1', 'n2', 'm1', 'mv', 'kapus', 'keluar']) {
    twin.set(id, 't1');
    twin.set(`${id}:2026`, 't1:2026');
  }
  for (const id of ['puskesmas', 'ustu', 'dinkes']) {
    twin.set(id, 'dispar');
    twin.set(`unit:${id}:2026`, 'unit:dispar:2026');
  }
  await api.deps.store.organisation.load();
  return twin;
}

/** Places of an input with an id that has a twin. */
function placesOf(
  value: Json,
  twin: ReadonlyMap<string, string>,
  at: readonly string[] = [],
): readonly (readonly string[])[] {
  if (typeof value === 'string') return twin.has(value) ? [at] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => placesOf(inner as Json, twin, [...at, name]));
}

function replaced(
  value: Json,
  places: readonly (readonly string[])[],
  twin: ReadonlyMap<string, string>,
  at: readonly string[] = [],
): Json {
  const isHere = places.some((place) => place.join('.') === at.join('.'));
  if (typeof value === 'string') return isHere ? (twin.get(value) ?? value) : value;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value))
    return value.map((inner: Json, index) => replaced(inner, places, twin, [...at, String(index)]));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      replaced(inner as Json, places, twin, [...at, name]),
    ]),
  );
}

const OFFICELESS: readonly Asker[] = ASKERS.filter(({ roles }) => roles.length === 1 && roles[0] === 'STAFF');

/** Runs `work` with each mutation's input, those that succeed with it, and everything taken back after each sample. */
async function withSamples(
  world: World,
  work: (sample: string, name: string, input: Json, may: readonly Asker[]) => Promise<void>,
): Promise<void> {
  for (const [sample, row] of Object.entries(MUTATIONS)) {
    const start = world.journal.length;
    const { before, input, until } = SAMPLES[sample] ?? {};
    if (input === undefined || until !== undefined) continue;
    const prepared = (await before?.(world)) ?? '';
    const body = (await input(world, prepared)) as Json;
    await work(
      sample,
      sample.split(' ')[0] ?? '',
      body,
      ASKERS.filter((asker) => isAllowed(row, asker, true)),
    );
    await world.journal.takeBack(start);
    world.api.at('2026-04-13T02:00:00.000Z');
  }
}

/** Each id in each input changed for the same of another agency, one at a time and all together, by those who may with their own. */
export async function tryOthersIds(world: World): Promise<Probe> {
  const wrong: string[] = [];
  let tried = 0;
  const start = world.journal.length;
  const twin = await twins(world);
  await withSamples(world, async (sample, name, input, may) => {
    const ready = world.journal.length;
    const places = placesOf(input, twin);
    const sets = [...places.map((place) => [place]), ...(places.length > 1 ? [places] : [])];
    for (const asker of OFFICELESS.filter((each) => may.includes(each)))
      for (const set of sets) {
        const what = set.map((place) => place.join('.')).join(' ');
        const { outcome, told } = await attempt(world, name, asker, replaced(input, set, twin) as object);
        tried += 1;
        const meant = MEANT_FOR_OTHERS.includes(`${name} ${what}`);
        if (!meant && (outcome === 'DONE' || told))
          wrong.push(`${sample} as ${asker.name} with another's ${what}: ${outcome}`);
        if (outcome !== 'DONE' && world.journal.length > ready)
          wrong.push(`${sample} as ${asker.name} with another's ${what}: ${outcome}, and written`);
        await world.journal.takeBack(ready);
      }
  });
  await world.journal.takeBack(start);
  return { tried, wrong };
}

/** One's key used by others and with another body, after it was used. */
export async function tryOthersKeys(world: World): Promise<Probe> {
  const wrong: string[] = [];
  let tried = 0;
  await withSamples(world, async (sample, name, input, may) => {
    if (!inputFieldsOf(name).includes('idempotencyKey') || may[0] === undefined) return;
    const ready = world.journal.length;
    const first = may[0];
    const keyed = { ...(input as object), idempotencyKey: `key of ${first.name}` };
    const done = await attempt(world, name, first, keyed);
    if (done.outcome !== 'DONE') wrong.push(`${sample} as ${first.name} with a key: ${done.outcome}`);
    const after = world.journal.length;
    for (const asker of ASKERS.filter((each) => !may.includes(each)).filter((_, at) => at % 4 === 0)) {
      const { outcome, told } = await attempt(world, name, asker, keyed);
      tried += 1;
      // A conflict shows those who may read it what is there now.
      const isShown =
        told &&
        !(outcome === 'CONFLICT' && relationsOf(asker, MUTATIONS[sample]?.[0] ?? 'region').length > 0);
      if (outcome === 'DONE' || isShown)
        wrong.push(
          `${sample} as ${asker.name} with the key of ${first.name}: ${outcome}${told ? ', and told' : ''}`,
        );
      if (world.journal.length > after)
        wrong.push(`${sample} as ${asker.name} with the key of ${first.name}: written`);
    }
    for (const [field, value] of Object.entries(keyed)) {
      if (field === 'idempotencyKey' || typeof value !== 'string') continue;
      const other = await attempt(world, name, first, { ...keyed, [field]: `${value}x` });
      tried += 1;
      if (other.outcome === 'DONE')
        wrong.push(`${sample} as ${first.name}: the same key with another ${field} is answered`);
    }
    await world.journal.takeBack(ready);
  });
  return { tried, wrong };
}

const LISTS = Object.values(fieldsOf('Query')).filter((field) =>
  /Connection$/.test(getNamedType(field.type).name),
);

/** Every list's cursor in every other list, of another person or unit, by those who may not, cut, changed and forged. */
export async function tryOthersCursors(world: World): Promise<Probe> {
  const wrong: string[] = [];
  let tried = 0;
  const LITERALS: Readonly<Record<string, string>> = {
    staffId: '"n1"',
    unitId: '"puskesmas"',
    periodId: `"${CLOSED}"`,
    year: '2026',
    missing: 'true',
    ofOffice: 'false',
    entity: '"STAFF#n1"',
    id: JSON.stringify(world.ids['announcement']),
    'activities.filter': '{ staffId: "n1" }',
    'reportedActivities.filter': '{ state: REPORTED }',
    'staffMembers.filter': '{ unitId: "puskesmas" }',
    'ranking.scope': '{ kind: UNIT, unitId: "puskesmas" }',
  };
  const ask = (list: (typeof LISTS)[number], after: string | null, of: 'n1' | 't1' = 'n1'): string => {
    const named = list.args.flatMap(({ name, type }) => {
      const literal =
        LITERALS[`${list.name}.${name}`] ?? (String(type).endsWith('!') ? LITERALS[name] : undefined);
      if (name === 'first' || literal === undefined) return [];
      return [
        `${name}: ${of === 'n1' ? literal : literal.replace('n1', 't1').replace('puskesmas', 'dispar')}`,
      ];
    });
    const cursor = after === null ? [] : [`after: ${JSON.stringify(after)}`];
    return `{ list: ${list.name}(${['first: 1', ...named, ...cursor].join(', ')}) { nodes { __typename } pageInfo { endCursor } } }`;
  };
  interface Page {
    readonly list?: {
      readonly nodes: readonly object[];
      readonly pageInfo: { readonly endCursor: string | null };
    } | null;
  }
  const cursors = new Map<string, { readonly cursor: string; readonly asker: Asker }>();
  for (const list of LISTS)
    for (const asker of ASKERS) {
      const { data } = await sendAs<Page>(world, asker, ask(list, null));
      const cursor = data.list?.pageInfo.endCursor;
      if (cursor != null) {
        cursors.set(list.name, { cursor, asker });
        break;
      }
    }
  for (const list of LISTS) {
    const own = cursors.get(list.name);
    if (own === undefined) continue;
    const try_ = async (
      cursor: string,
      asker: Asker,
      what: string,
      of: 'n1' | 't1' = 'n1',
    ): Promise<void> => {
      const { data, codes } = await sendAs<Page>(world, asker, ask(list, cursor, of));
      tried += 1;
      if (codes.includes('INTERNAL_SERVER_ERROR') || codes.includes('GRAPHQL_VALIDATION_FAILED'))
        wrong.push(`${list.name} with ${what} as ${asker.name}: ${codes.join(' ')}`);
      if (data.list != null) wrong.push(`${list.name} with ${what} as ${asker.name}: answered`);
    };
    for (const [other, { cursor }] of cursors)
      if (other !== list.name) await try_(cursor, own.asker, `a cursor of ${other}`);
    const { cursor } = own;
    const text = Buffer.from(cursor, 'base64url').toString();
    const forged = Buffer.from(`${text}~`).toString('base64url');
    for (const bad of [cursor.slice(0, -2), cursor.slice(2), `${cursor}AA`, forged, 'x', ''])
      await try_(bad, own.asker, `the cursor ${bad}`);
    // Where a person or a unit decides what is in the list.
    if (ask(list, null) !== ask(list, null, 't1'))
      await try_(cursor, { name: 'hr', who: hr, roles: ['HR_ADMIN'] }, 'the cursor of another', 't1');
    for (const asker of ASKERS) {
      const plain = await sendAs<Page>(world, asker, ask(list, null));
      if (plain.data.list == null) await try_(cursor, asker, `the cursor of ${own.asker.name}`);
    }
  }
  return { tried, wrong };
}

/** Jobs by their ids, as everybody but who asked for them; and their files by links that were changed or have expired. */
export async function tryOthersJobs(world: World): Promise<Probe> {
  const wrong: string[] = [];
  let tried = 0;
  const query = 'query ($id: ID!) { job(id: $id) { id fileName download { url } } }';
  interface Found {
    readonly job: { readonly download: { readonly url: string } | null } | null;
  }
  const links = new Map<string, string>();
  for (const [name, owner] of [
    ['job', 'account-hr'],
    ['jobOfN1', 'n1'],
  ] as const)
    for (const asker of ASKERS) {
      const { data, text } = await sendAs<Found>(world, asker, query, { id: world.ids[name] });
      tried += 1;
      if (asker.who?.staffId === owner) links.set(name, data.job?.download?.url ?? '');
      else if (data.job != null || text.includes('http'))
        wrong.push(`the job of ${owner} as ${asker.name}: shown`);
    }
  if (links.size < 2 || [...links.values()].includes('')) wrong.push('nobody reads their own job');
  for (const link of links.values()) tried += await tryLink(link, wrong);
  return { tried, wrong };
}

/** A signed link, changed in each of its parts, and after its time. */
async function tryLink(link: string, wrong: string[]): Promise<number> {
  const whole = await fetch(link);
  await whole.arrayBuffer();
  if (!whole.ok) wrong.push(`the link itself: ${whole.status}`);
  const changed = [...new URL(link).searchParams.keys()].flatMap((name) => {
    const without = new URL(link);
    without.searchParams.delete(name);
    const other = new URL(link);
    other.searchParams.set(name, `${other.searchParams.get(name)}0`);
    return [without, other];
  });
  const place = new URL(link);
  place.pathname = `${place.pathname}x`;
  const longer = new URL(link);
  longer.searchParams.set('X-Amz-Expires', '604800');
  const cut = new URL(link);
  cut.searchParams.set('X-Amz-Signature', (cut.searchParams.get('X-Amz-Signature') ?? '').slice(0, -1));
  const all = [...changed, place, longer, cut];
  for (const url of all) {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    if (answer.ok) wrong.push(`a link changed to ${url.search}: ${answer.status}`);
  }
  for (const method of ['PUT', 'DELETE', 'POST']) {
    const answer = await fetch(link, { method });
    await answer.arrayBuffer();
    if (answer.ok) wrong.push(`a link by ${method}: ${answer.status}`);
  }
  await later(async () => {
    const answer = await fetch(link);
    await answer.arrayBuffer();
    if (answer.ok) wrong.push(`a link two days later: ${answer.status}`);
  });
  return all.length + 5;
}

/** Two days later by the clock of whoever checks a signature. */
async function later(work: () => Promise<void>): Promise<void> {
  const now = Date.now;
  Date.now = () => now() + 2 * 86_400_000;
  try {
    await work();
  } finally {
    Date.now = now;
  }
}

/** Uploads by a ticket whose fields, type, size or content were changed, and after its time; links to evidence likewise. */
export async function tryUploads(world: World): Promise<Probe> {
  const wrong: string[] = [];
  let tried = 0;
  const start = world.journal.length;
  const content = Buffer.from('%PDF-1.4 bukti yang lain lagi');
  const ticket = ticketOf(
    await world.made(
      caller('n1'),
      'requestEvidenceUpload',
      uploadOf(realisationTarget('n1'), content),
      TICKET,
    ),
  );
  const form = formOf(ticket);
  const send = async (
    what: string,
    fields: Readonly<Record<string, string>>,
    body: Uint8Array = content,
  ): Promise<void> => {
    const answer = await upload({ url: form.url, fields }, body);
    await answer.arrayBuffer();
    tried += 1;
    if (answer.ok) wrong.push(`an upload with ${what}: ${answer.status}`);
  };
  // The address names the bucket, whatever the field of that name says.
  for (const [name, value] of Object.entries(form.fields).filter(([field]) => field !== 'bucket')) {
    const { [name]: _, ...without } = form.fields;
    await send(`no ${name}`, without);
    await send(`another ${name}`, { ...form.fields, [name]: `${value}0` });
    await send(`a shorter ${name}`, { ...form.fields, [name]: value.slice(0, -1) });
  }
  await send('a field more', { ...form.fields, acl: 'public-read' });
  await send('more bytes', form.fields, Buffer.concat([content, Buffer.from('!')]));
  await send('fewer bytes', form.fields, content.subarray(1));
  await send('other bytes', form.fields, Buffer.from(content.toString().toUpperCase()));
  await later(() => send('a ticket of two days ago', form.fields));
  const right = await upload(form, content);
  if (!right.ok) wrong.push(`the upload itself: ${right.status}`);
  await world.journal.takeBack(start);
  const query = `{ evidenceLink(target: { realisation: { planId: "n1:2026", lineId: "L1", month: "2026-04" } }, evidenceId: ${JSON.stringify(world.ids['evidence'])}) { url } }`;
  const { data } = await sendAs<{ readonly evidenceLink: { readonly url: string } }>(
    world,
    { name: 'n1', who: caller('n1'), roles: ['STAFF'] },
    query,
  );
  tried += await tryLink(data.evidenceLink.url, wrong);
  return { tried, wrong };
}
