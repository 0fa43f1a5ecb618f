import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countRequests } from '../support/dynamodb.ts';
import { problemsOf, type WorkRegion, workRegion } from '../usecases/work-region.ts';
import { write } from '../workflow/region.ts';
import { auditor, type Caller, caller, hrAdmin, nobody, planner } from './endpoint-client.ts';
import { ask, change, made, refused } from './operations.ts';

const head = caller('kapus');
const nurse = caller('n1');
let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion();
});
afterAll(() => region.api.drop());

const TOPIC =
  'topic { id version title text kind indicator { code } answer { text by { name } } hidden { reason } }';
const POST = 'post { id version text author { name } hidden { reason } }';
interface Entry {
  readonly id: string;
  readonly version: number;
  readonly text: string | null;
}
const READ = `query ($id: ID!) { topic(id: $id) { title text answer { text } posts(first: 10) { nodes { id text author { name } hidden { reason } } } } }`;
interface Read {
  readonly topic: {
    readonly text: string | null;
    readonly posts: { readonly nodes: readonly Entry[] };
  };
}

describe('the forum of a puskesmas', () => {
  let topic: Entry;
  let post: Entry;

  test('takes topics and posts of its own people, of all levels', async () => {
    const { api } = region;
    const input = {
      unitId: 'puskesmas',
      indicatorId: 'waiting',
      title: 'Waktu tunggu',
      text: 'Dihitung sejak kapan?',
    };
    topic = await made<Entry>(api, nurse, 'openTopic', input, TOPIC);
    expect(topic).toMatchObject({ kind: 'INDICATOR', indicator: { code: 'WAITING' }, answer: null });
    post = await made<Entry>(
      api,
      caller('n2'),
      'postToTopic',
      { topicId: topic.id, text: 'Pak Budi menunggu lama' },
      POST,
    );
    await made(api, head, 'postToTopic', { topicId: topic.id, text: 'Kita tanyakan ke dinas' }, POST);
    for (const who of [caller('m1'), hrAdmin, auditor])
      expect((await change(api, who, 'openTopic', input, TOPIC)).problems).toEqual(['FORBIDDEN']);
    const wrong = { unitId: 'puskesmas', indicatorId: 'none', policyId: 'none', title: ' ', text: '' };
    expect((await change(api, nurse, 'openTopic', wrong, TOPIC)).problems).toEqual([
      'REQUIRED title',
      'REQUIRED text',
      'ONE_OF policyId',
      'NOT_FOUND indicatorId',
      'NOT_FOUND policyId',
    ]);
    expect(await refused(api, caller('m1'), READ, { id: topic.id })).toEqual(['FORBIDDEN']);
    expect(await refused(api, nobody, READ, { id: topic.id })).toEqual(['UNAUTHENTICATED']);
    const { topic: read } = await ask<Read>(api, caller('kadis'), READ, { id: topic.id });
    expect(read.posts.nodes.map(({ text }) => text)).toEqual([
      'Pak Budi menunggu lama',
      'Kita tanyakan ke dinas',
    ]);
  });

  test('hides what should not stand there, with a reason and without losing it', async () => {
    const { api } = region;
    const hide = {
      topicId: topic.id,
      postId: post.id,
      version: 1,
      hide: true,
      reason: 'Menyebut nama pasien',
    };
    for (const who of [caller('n2'), planner])
      expect((await change(api, who, 'moderatePost', hide, POST)).problems).toEqual(['FORBIDDEN']);
    const stale = await change(api, head, 'moderatePost', { ...hide, version: 9 }, POST);
    expect(stale).toMatchObject({
      entity: { id: post.id, version: 1, hidden: null },
      problems: ['CONFLICT version'],
    });
    await made(api, head, 'moderatePost', hide, POST);
    const textFor = async (who: Parameters<typeof ask>[1]) =>
      (await ask<Read>(api, who, READ, { id: topic.id })).topic.posts.nodes[0];
    expect(await textFor(nurse)).toMatchObject({ text: null, hidden: { reason: hide.reason } });
    expect(await textFor(head)).toMatchObject({ text: 'Pak Budi menunggu lama' });
    expect(await textFor(auditor)).toMatchObject({ text: 'Pak Budi menunggu lama' });
    const { auditTrail } = await ask<{ auditTrail: { nodes: readonly object[]; verification: object } }>(
      api,
      auditor,
      'query ($e: String!) { auditTrail(entity: $e, first: 5) { nodes { operation reason } verification { brokenAt } } }',
      { e: `POST#${topic.id}#${post.id}` },
    );
    expect(auditTrail).toEqual({
      nodes: [
        { operation: 'postToTopic', reason: null },
        { operation: 'moderatePost', reason: hide.reason },
      ],
      verification: { brokenAt: null },
    });
    const topicHidden = { topicId: topic.id, version: 1, hide: true, reason: 'Ganda' };
    await made(api, hrAdmin, 'moderateTopic', topicHidden, TOPIC);
    expect((await ask<Read>(api, nurse, READ, { id: topic.id })).topic).toMatchObject({
      title: null,
      text: null,
    });
    await made(api, hrAdmin, 'moderateTopic', { ...topicHidden, version: 2, hide: false }, TOPIC);
  });

  test('closes a topic by one answer, also against a post that comes at the same moment', async () => {
    const { api, deps } = region;
    const late = deps.store.forum.savePost(null, {
      topicId: topic.id,
      id: 'p-late',
      text: 'x',
      authorId: 'n3',
      at: '2026-03-10T02:00:00.000Z',
      hidden: null,
      version: 0,
    });
    const answer = { topicId: topic.id, version: 3, text: 'Sejak pendaftaran' };
    expect((await change(api, nurse, 'answerTopic', answer, TOPIC)).problems).toEqual(['FORBIDDEN']);
    expect(await made(api, planner, 'answerTopic', answer, TOPIC)).toMatchObject({
      answer: { text: 'Sejak pendaftaran' },
    });
    expect(await kindsTold(nurse)).toEqual(['FORUM_ANSWERED']);
    expect(await kindsTold(head)).toEqual([]);
    expect(await problemsOf(write(deps.store, [late]))).toEqual(['WRONG_STATE']);
    const post = { topicId: topic.id, text: 'Terlambat' };
    expect((await change(api, nurse, 'postToTopic', post, POST)).problems).toEqual(['WRONG_STATE']);
    expect((await change(api, head, 'answerTopic', { ...answer, version: 4 }, TOPIC)).problems).toEqual([
      'WRONG_STATE',
    ]);
  });

  test('is read in the same requests, however many topics it shows', async () => {
    const { api } = region;
    for (const title of ['Dua', 'Tiga'])
      await made(api, nurse, 'openTopic', { unitId: 'puskesmas', title, text: 'x' }, TOPIC);
    const list = 'query ($n: Int!) { topics(unitId: "puskesmas", first: $n) { nodes { title } } }';
    const costOf = async (n: number) => {
      const count = countRequests(api.table.client);
      const { topics } = await ask<{ topics: { nodes: readonly { title: string }[] } }>(api, head, list, {
        n,
      });
      return { titles: topics.nodes.length, requests: count.requests.length };
    };
    const one = await costOf(1);
    expect(await costOf(10)).toEqual({ titles: 3, requests: one.requests });
  });
});

const kindsTold = async (who: Caller): Promise<readonly string[]> => {
  const { notices } = await ask<{ notices: { nodes: readonly { kind: string }[] } }>(
    region.api,
    who,
    '{ notices { nodes { kind } } }',
  );
  return notices.nodes.map(({ kind }) => kind);
};

const ANNOUNCEMENT = 'announcement { id version title audience withdrawn acknowledgedAt }';
const MINE = '{ announcements(first: 10) { nodes { title acknowledgedAt } } }';
const PUBLIC = '{ publicAnnouncements(first: 10) { nodes { title unit { name } } } }';
const READERS = `query ($id: ID!, $missing: Boolean!) { announcementReaders(id: $id, unitId: "puskesmas", missing: $missing, first: 10) {
  nodes { staff { name } acknowledgedAt } pageInfo { hasNextPage } } }`;
interface Readers {
  readonly announcementReaders: {
    readonly nodes: readonly {
      readonly staff: { readonly name: string };
      readonly acknowledgedAt: string | null;
    }[];
  };
}
const titlesOf = async (who: Parameters<typeof ask>[1]): Promise<readonly string[]> => {
  const { announcements } = await ask<{ announcements: { nodes: readonly { title: string }[] } }>(
    region.api,
    who,
    MINE,
  );
  return announcements.nodes.map(({ title }) => title);
};

describe('announcements', () => {
  const said = {
    title: 'Aturan jam kerja',
    text: 'Mulai April apel pukul 07.30',
    effectiveFrom: '2026-04-01',
  };
  let rule: Entry;
  let meeting: Entry;

  test('reach their audience, each once, and everybody where they are public', async () => {
    const { api } = region;
    rule = await made<Entry>(
      api,
      caller('kadis'),
      'publishAnnouncement',
      { ...said, unitId: 'dinkes' },
      ANNOUNCEMENT,
    );
    api.at('2026-03-10T03:00:00.000Z');
    meeting = await made<Entry>(
      api,
      head,
      'publishAnnouncement',
      { ...said, title: 'Rapat', unitId: 'puskesmas', audience: 'UNIT' },
      ANNOUNCEMENT,
    );
    api.at('2026-03-10T04:00:00.000Z');
    await made(
      api,
      planner,
      'publishAnnouncement',
      { ...said, title: 'Survei', isPublic: true },
      ANNOUNCEMENT,
    );
    expect(await titlesOf(nurse)).toEqual(['Survei', 'Rapat', 'Aturan jam kerja']);
    expect(await titlesOf(caller('m1'))).toEqual(['Survei', 'Aturan jam kerja']);
    expect(await titlesOf(caller('kadispar'))).toEqual(['Survei']);
    const toldTo = async (who: Caller): Promise<number> =>
      (await kindsTold(who)).filter((kind) => kind === 'ANNOUNCEMENT').length;
    expect(await toldTo(nurse)).toBe(3);
    expect(await toldTo(caller('m1'))).toBe(2);
    expect(await toldTo(caller('kadispar'))).toBe(1);
    expect(await ask(api, nobody, PUBLIC)).toEqual({
      publicAnnouncements: { nodes: [{ title: 'Survei', unit: null }] },
    });
    for (const who of [nurse, caller('kapus2'), auditor])
      expect(
        (await change(api, who, 'publishAnnouncement', { ...said, unitId: 'puskesmas' }, ANNOUNCEMENT))
          .problems,
      ).toEqual(['FORBIDDEN']);
    expect((await change(api, head, 'publishAnnouncement', said, ANNOUNCEMENT)).problems).toEqual([
      'FORBIDDEN',
    ]);
    // A head speaks to staff; what everybody reads is an office's to say, for a unit too.
    const toAll = { ...said, title: 'Jam buka', unitId: 'puskesmas', isPublic: true };
    for (const who of [head, caller('kadis')])
      expect((await change(api, who, 'publishAnnouncement', toAll, ANNOUNCEMENT)).problems).toEqual([
        'FORBIDDEN isPublic',
      ]);
    expect(
      (
        await change(
          api,
          hrAdmin,
          'publishAnnouncement',
          { ...said, title: ' ', effectiveFrom: '2026-03-01' },
          ANNOUNCEMENT,
        )
      ).problems,
    ).toEqual(['REQUIRED title', 'OUT_OF_RANGE effectiveFrom']);
  });

  test('are acknowledged, and who has not is found page by page', async () => {
    const { api } = region;
    const { id } = rule;
    expect(await made(api, nurse, 'acknowledgeAnnouncement', { id }, ANNOUNCEMENT)).toMatchObject({
      acknowledgedAt: '2026-03-10T04:00:00.000Z',
    });
    expect((await change(api, nurse, 'acknowledgeAnnouncement', { id }, ANNOUNCEMENT)).problems).toEqual([
      'ALREADY_EXISTS id',
    ]);
    expect(
      (await change(api, caller('kadispar'), 'acknowledgeAnnouncement', { id }, ANNOUNCEMENT)).problems,
    ).toEqual(['FORBIDDEN id']);
    const readers = async (missing: boolean) =>
      (await ask<Readers>(api, head, READERS, { id, missing })).announcementReaders.nodes.map(
        ({ staff }) => staff.name,
      );
    expect(await readers(false)).toEqual(['Name kapus', 'Name n1', 'Name n2', 'Name n3', 'Name n4']);
    expect(await readers(true)).toEqual(['Name kapus', 'Name n2', 'Name n3', 'Name n4']);
    for (const who of [nurse, caller('kapus2')])
      expect(await refused(api, who, READERS, { id, missing: true })).toEqual(['FORBIDDEN']);
    const costOf = async (first: number) => {
      const { requests } = countRequests(api.table.client);
      const { announcements } = await ask<{ announcements: { nodes: readonly object[] } }>(
        api,
        nurse,
        MINE.replace('first: 10', `first: ${first}`),
      );
      return { shown: announcements.nodes.length > 1, requests: requests.length };
    };
    const { requests } = await costOf(1);
    expect(await costOf(10)).toEqual({ shown: true, requests });
    const count = countRequests(api.table.client);
    await readers(true);
    const ofPage = count.requests.length;
    await ask(api, head, READERS.replace('first: 10', 'first: 1'), { id, missing: true });
    expect(count.requests.length - ofPage).toBe(ofPage);
  });

  test('are known to who made them known', async () => {
    const { api } = region;
    const { id } = meeting;
    const readers = (missing: boolean) => ask<Readers>(api, head, READERS, { id, missing });
    const { nodes } = (await readers(true)).announcementReaders;
    expect(nodes.map(({ staff }) => staff.name)).toEqual(['Name n1', 'Name n2', 'Name n3', 'Name n4']);
    const { announcements } = await ask<{ announcements: { nodes: readonly object[] } }>(api, head, MINE);
    expect(announcements.nodes).toContainEqual({
      title: 'Rapat',
      acknowledgedAt: '2026-03-10T03:00:00.000Z',
    });
    expect((await change(api, head, 'acknowledgeAnnouncement', { id }, ANNOUNCEMENT)).problems).toEqual([
      'ALREADY_EXISTS id',
    ]);
    expect((await change(api, nurse, 'acknowledgeAnnouncement', { id }, ANNOUNCEMENT)).problems).toEqual([]);
    expect((await readers(true)).announcementReaders.nodes.length).toBe(3);
  });

  test('are withdrawn with a reason, and then taken notice of no more', async () => {
    const { api, deps } = region;
    const late = deps.store.announcements.acknowledge({
      announcementId: rule.id,
      staffId: 'n2',
      at: '2026-03-10T04:00:00.000Z',
      version: 0,
    });
    const gone = { id: rule.id, version: 1, reason: 'Tanggal keliru' };
    expect((await change(api, head, 'withdrawAnnouncement', gone, ANNOUNCEMENT)).problems).toEqual([
      'FORBIDDEN',
    ]);
    expect(await made(api, caller('kadis'), 'withdrawAnnouncement', gone, ANNOUNCEMENT)).toMatchObject({
      withdrawn: 'Tanggal keliru',
    });
    expect(await problemsOf(write(deps.store, [late]))).toEqual(['WRONG_STATE']);
    expect(
      (await change(api, caller('n2'), 'acknowledgeAnnouncement', { id: rule.id }, ANNOUNCEMENT)).problems,
    ).toEqual(['WRONG_STATE']);
  });
});
