import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimal } from '../../functions/domain/decimal.ts';
import { agreePlan } from '../../functions/usecases/plan/agree-plan.ts';
import { proposePlan } from '../../functions/usecases/plan/propose-plan.ts';
import { countRequests } from '../support/dynamodb.ts';
import { as, PERIOD, type WorkRegion, workRegion } from '../usecases/work-region.ts';
import { auditor, caller, hrAdmin, nobody, planner } from './endpoint-client.ts';
import { ask, change, made, refused } from './operations.ts';

const head = caller('kapus');
const nurse = caller('n1');
const colleague = caller('n2');

interface Shown {
  readonly id: string;
  readonly source: string;
  readonly author: { readonly name: string } | null;
  readonly text: string;
  readonly version: number;
  readonly line: { readonly title: string } | null;
  readonly answer: string | null;
}
const FIELDS = 'feedback { id source author { name } text version line { title } answer givenOn }';
const LIST = `query ($id: ID!, $first: Int!, $after: String) {
  feedback(staffId: $id, first: $first, after: $after) {
    nodes { id source author { name } text version line { title } answer givenOn }
    pageInfo { hasNextPage endCursor }
  }
}`;
interface Listed {
  readonly feedback: {
    readonly nodes: readonly Shown[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion();
  const line = {
    title: 'Kunjungan rumah terlaksana',
    aspect: 'QUANTITY' as const,
    indicatorId: 'visits',
    weight: 10_000,
    target: { value: decimal(120) },
  };
  await proposePlan(region.deps, as('n1'), { staffId: 'n1', year: 2026, lines: [line] });
  await agreePlan(region.deps, as('kapus'), { planId: 'n1:2026', version: 1 });
});
afterAll(() => region.api.drop());

const about = { staffId: 'n1', value: 'SERVICE' } as const;
const listOf = (who: Parameters<typeof ask>[1], id = 'n1', first = 50, after: string | null = null) =>
  ask<Listed>(region.api, who, LIST, { id, first, after });

describe('continuous feedback', () => {
  test('from leader, peer and people served is seen at once, answered, and lies before the assessor who rates', async () => {
    const { api } = region;
    const fromHead = await made<Shown>(
      api,
      head,
      'giveFeedback',
      {
        staffId: 'n1',
        planId: 'n1:2026',
        lineId: 'L1',
        form: 'SCHEDULED',
        progress: true,
        text: 'Kunjungan rumah naik',
      },
      FIELDS,
    );
    expect(fromHead).toMatchObject({ source: 'LEADER', author: { name: 'Name kapus' } });
    await made(api, colleague, 'giveFeedback', { ...about, text: 'Selalu membantu' }, FIELDS);
    await made(
      api,
      planner,
      'recordFeedback',
      { ...about, text: 'Perawatnya ramah', origin: 'Kotak saran' },
      FIELDS,
    );

    const seen = (await listOf(nurse)).feedback.nodes;
    expect(seen.map(({ source, author }) => [source, author?.name ?? null]).sort()).toEqual([
      ['COLLEAGUE', null],
      ['LEADER', 'Name kapus'],
      ['SERVED', null],
    ]);
    expect(seen.find(({ source }) => source === 'LEADER')?.line).toEqual({
      title: 'Kunjungan rumah terlaksana',
    });

    const answered = await made<Shown>(
      api,
      nurse,
      'answerFeedback',
      { id: fromHead.id, version: fromHead.version, text: 'Terima kasih' },
      FIELDS,
    );
    expect(answered).toMatchObject({ answer: 'Terima kasih', version: 2 });

    const { proposal } = await ask<{ proposal: { continuousFeedback: { nodes: readonly Shown[] } } }>(
      api,
      head,
      `{ proposal(staffId: "n1", periodId: "${PERIOD}") { continuousFeedback(first: 10) { nodes { source author { name } text answer } } } }`,
    );
    expect(proposal.continuousFeedback.nodes).toHaveLength(3);
    expect(proposal.continuousFeedback.nodes).toContainEqual({
      source: 'LEADER',
      author: { name: 'Name kapus' },
      text: 'Kunjungan rumah naik',
      answer: 'Terima kasih',
    });
    const own = await ask<{ givenFeedback: { nodes: readonly { readonly text: string }[] } }>(
      api,
      colleague,
      '{ givenFeedback(first: 10) { nodes { text staff { name } } } }',
    );
    expect(own.givenFeedback.nodes).toEqual([{ text: 'Selalu membantu', staff: { name: 'Name n1' } }]);
  });

  test('that is not signed names its author nowhere, to nobody, not in the trail', async () => {
    const { api } = region;
    const { entity } = await change<Shown>(
      api,
      caller('n3'),
      'giveFeedback',
      { ...about, text: 'Tolong datang tepat waktu' },
      FIELDS,
    );
    for (const who of [nurse, head, hrAdmin, auditor]) {
      const node = (await listOf(who)).feedback.nodes.find(({ id }) => id === entity?.id);
      expect(node).toMatchObject({ source: 'COLLEAGUE', author: null });
      expect(JSON.stringify(node)).not.toContain('n3');
    }
    const items = await region.deps.store.feedback.ofStaff('n1', { first: 50, after: null });
    const position = items.items.find(({ value }) => value.id === entity?.id)?.position ?? '';
    const trail = 'query ($entity: String!) { auditTrail(entity: $entity, first: 5) { nodes { actorId } } }';
    expect(await refused(api, auditor, trail, { entity: `UNSIGNED_FEEDBACK#n1#${position}` })).toEqual([
      'FORBIDDEN',
    ]);
    // Nothing lies under the name that inspectors may ask for.
    const { auditTrail } = await ask<{ auditTrail: { nodes: readonly unknown[] } }>(api, auditor, trail, {
      entity: `FEEDBACK#n1#${position}`,
    });
    expect(auditTrail.nodes).toEqual([]);
    // Nor does the order: an id made a moment later may come first.
    expect(entity?.id).toMatch(/^n1:2026-03-10:[0-9A-Z]{24}$/);
  });

  test('is signed where two could have written it, and by those who lead always', async () => {
    const { api } = region;
    const said = { staffId: 'kapus2', value: 'LOYAL', text: 'Adil kepada semua' };
    expect((await change(api, caller('m1'), 'giveFeedback', said, FIELDS)).problems).toEqual([
      'TOO_FEW_COLLEAGUES signed',
    ]);
    expect(
      await made<Shown>(api, caller('m1'), 'giveFeedback', { ...said, signed: true }, FIELDS),
    ).toMatchObject({ source: 'COLLEAGUE', author: { name: 'Name m1' } });
    const unsigned = { ...about, text: 'x', signed: false };
    expect((await change(api, head, 'giveFeedback', unsigned, FIELDS)).problems).toEqual([
      'FORBIDDEN signed',
    ]);
  });

  test('is for those who have to do with the person, on what they plan', async () => {
    const { api } = region;
    const attempt = async (who: Parameters<typeof change>[1], input: object, name = 'giveFeedback') =>
      (await change(api, who, name, input, FIELDS)).problems;
    expect(await attempt(nurse, { ...about, text: 'Saya hebat' })).toEqual(['FORBIDDEN']);
    expect(await attempt(caller('kadispar'), { ...about, text: 'x' })).toEqual(['FORBIDDEN']);
    expect(await attempt(nobody, { ...about, text: 'x' })).toEqual(['UNAUTHENTICATED']);
    expect(
      await attempt(caller('n1', 'PLANNER'), { ...about, text: 'x', origin: 'y' }, 'recordFeedback'),
    ).toEqual(['FORBIDDEN staffId']);
    expect(await attempt(head, { staffId: 'n1', planId: 'n1:2026', lineId: 'L9', text: ' ' })).toEqual([
      'REQUIRED text',
      'NOT_FOUND lineId',
    ]);
    expect(await attempt(head, { staffId: 'n2', planId: 'n1:2026', lineId: 'L1', text: 'x' })).toEqual([
      'NOT_FOUND planId',
    ]);
    expect(await attempt(head, { ...about, planId: 'n1:2026', lineId: 'L1', text: 'x' })).toEqual([
      'ONE_OF value',
    ]);
    const [first] = (await listOf(nurse)).feedback.nodes;
    const answer = { id: first?.id, version: 1, text: 'Bukan saya' };
    expect(await attempt(head, answer, 'answerFeedback')).toEqual(['FORBIDDEN']);
    for (const who of [colleague, planner, caller('kadispar')])
      expect(await refused(api, who, LIST, { id: 'n1', first: 5 })).toEqual(['FORBIDDEN']);
  });

  test('is read page by page, each page in the same number of requests', async () => {
    const { api } = region;
    for (const text of ['a', 'b', 'c', 'd'])
      await made(api, head, 'giveFeedback', { staffId: 'n4', value: 'LOYAL', text }, FIELDS);
    await listOf(caller('n4'), 'n4');
    const costOf = async (first: number) => {
      const count = countRequests(api.table.client);
      const { feedback } = await listOf(caller('n4'), 'n4', first);
      return { rows: feedback.nodes.length, requests: count.requests.length };
    };
    const one = await costOf(1);
    const all = await costOf(50);
    expect([one.rows, all.rows]).toEqual([1, 4]);
    expect(all.requests).toBe(one.requests);
    const firstPage = (await listOf(caller('n4'), 'n4', 3)).feedback;
    const rest = (await listOf(caller('n4'), 'n4', 3, firstPage.pageInfo.endCursor)).feedback;
    expect(new Set([...firstPage.nodes, ...rest.nodes].map(({ text }) => text))).toEqual(
      new Set(['a', 'b', 'c', 'd']),
    );
  });
});

interface Note {
  readonly id: string;
  readonly version: number;
  readonly acknowledgedAt: string | null;
  readonly response: string | null;
  readonly followUp: { readonly outcome: string; readonly by: { readonly name: string } | null } | null;
}
const NOTE =
  'guidance { id version acknowledgedAt response followUp { outcome by { name } } actions { text dueOn } givenBy { name } }';
const note = {
  staffId: 'n1',
  heldOn: '2026-03-09',
  issue: 'Kunjungan rumah tertinggal dari jadwal',
  discussion: 'Wilayah kerja dibagi ulang; kendaraan dipinjamkan',
  actions: [{ text: 'Menyusun jadwal mingguan', dueOn: '2026-03-16' }],
  followUpOn: '2026-04-09',
};
const notesOf = (kind: 'guidance' | 'counselling') =>
  `{ ${kind}(staffId: "n1", first: 10) { nodes { id issue acknowledgedAt } } }`;

describe('guidance and counselling', () => {
  test('are noted by the assessor, acknowledged by the person, and followed up', async () => {
    const { api } = region;
    const given = await made<Note>(
      api,
      head,
      'recordGuidance',
      { ...note, method: 'COACHING', planId: 'n1:2026', lineId: 'L1' },
      NOTE,
    );
    expect(given).toMatchObject({ acknowledgedAt: null, followUp: null, givenBy: { name: 'Name kapus' } });
    const read = await made<Note>(
      api,
      nurse,
      'acknowledgeGuidance',
      { id: given.id, version: 1, response: 'Saya setuju' },
      NOTE,
    );
    expect(read).toMatchObject({ acknowledgedAt: '2026-03-10T02:00:00.000Z', response: 'Saya setuju' });
    const again = { id: given.id, version: 2 };
    expect((await change(api, nurse, 'acknowledgeGuidance', again, NOTE)).problems).toEqual(['WRONG_STATE']);
    const done = { id: given.id, version: 2, outcome: 'NOT_IMPROVED', note: 'Belum ada perubahan' };
    expect((await change(api, nurse, 'followUpGuidance', done, NOTE)).problems).toEqual(['FORBIDDEN id']);
    expect((await change(api, hrAdmin, 'followUpGuidance', done, NOTE)).problems).toEqual(['FORBIDDEN']);
    expect(await made<Note>(api, head, 'followUpGuidance', done, NOTE)).toMatchObject({
      followUp: { outcome: 'NOT_IMPROVED', by: { name: 'Name kapus' } },
      version: 3,
    });
    const stale = { ...done, version: 1 };
    expect(await change<Note>(api, head, 'followUpGuidance', stale, NOTE)).toMatchObject({
      entity: { version: 3 },
      problems: ['CONFLICT version'],
    });
  });

  test('counselling is read by fewer than guidance', async () => {
    const { api } = region;
    await made(api, hrAdmin, 'recordCounselling', note, NOTE, 'RecordGuidanceInput');
    const mayRead = async (kind: 'guidance' | 'counselling') => {
      const people = {
        n1: nurse,
        kapus: head,
        kadis: caller('kadis'),
        n2: colleague,
        hrAdmin,
        auditor,
        planner,
      };
      const may: string[] = [];
      for (const [name, who] of Object.entries(people))
        if ((await refused(api, who, notesOf(kind))).length === 0) may.push(name);
      return may;
    };
    expect(await mayRead('guidance')).toEqual(['n1', 'kapus', 'kadis', 'hrAdmin', 'auditor']);
    expect(await mayRead('counselling')).toEqual(['n1', 'kapus', 'kadis', 'hrAdmin', 'auditor']);
    // A head further up than the assessor's superior reads guidance alone.
    const { decide } = await import('../../functions/domain/access-policy.ts');
    const further = { roles: new Set(['STAFF'] as const), staffId: 'x', id: 'x' };
    expect(decide('Query.guidance', further, new Set(['UNIT_HEAD'])).allowed).toBe(true);
    expect(decide('Query.counselling', further, new Set(['UNIT_HEAD'])).allowed).toBe(false);
  });

  test('all that is wrong is said at once, and others note nothing', async () => {
    const { api } = region;
    const wrong = { ...note, heldOn: '2026-03-11', issue: ' ', actions: [], lineId: 'L1' };
    expect((await change(api, head, 'recordGuidance', wrong, NOTE)).problems).toEqual([
      'REQUIRED issue',
      'OUT_OF_RANGE heldOn',
      'REQUIRED method',
      'REQUIRED actions',
      'REQUIRED planId',
    ]);
    for (const who of [colleague, caller('kadis'), hrAdmin, auditor])
      expect((await change(api, who, 'recordGuidance', note, NOTE)).problems).toEqual(['FORBIDDEN']);
    expect(
      (await change(api, caller('n1', 'HR_ADMIN'), 'recordCounselling', note, NOTE, 'RecordGuidanceInput'))
        .problems,
    ).toEqual(['FORBIDDEN staffId']);
  });
});
