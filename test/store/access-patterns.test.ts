import { randomBytes } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RanksKey } from '../../functions/domain/evaluation/result.ts';
import { NOT_MEASURED } from '../../functions/domain/evaluation/result.ts';
import { homeOf } from '../../functions/domain/organisation/staff.ts';
import { putItems } from '../../functions/store/batch-write.ts';
import { toChunks } from '../../functions/store/chunks.ts';
import type { Write } from '../../functions/store/contract/stored.ts';
import { createStore } from '../../functions/store/create-store.ts';
import {
  planKey,
  ranksOf,
  realisationKey,
  resultKey,
  runPartition,
  scoresOf,
} from '../../functions/store/keys.ts';
import type { RankedShard, Store } from '../../functions/store/store.ts';
import { rankedResults } from '../../functions/usecases/result/ranked-results.ts';
import { countRequests, createTestTable, type RequestCount, type TestTable } from '../support/dynamodb.ts';
import { pseudonym } from '../support/pseudonym.ts';
import * as an from './examples.ts';

let table: TestTable;
let store: Store;
let requests: RequestCount;
const TODAY = an.AT.slice(0, 10);

const save = (...writes: Write[]): Promise<void> => store.commit(an.intent(), writes);
const counted = async <T>(
  read: () => Promise<T>,
): Promise<{ value: T; requests: RequestCount['byOperation'] }> => {
  requests.reset();
  const value = await read();
  return { value, requests: requests.byOperation };
};

beforeAll(async () => {
  table = await createTestTable();
  store = createStore({ client: table.client, tableName: table.tableName });
  requests = countRequests(table.client);
});
afterAll(() => table.drop());

describe('the organisation', () => {
  test('is loaded once and then costs one small read until a unit changes', async () => {
    const before = await store.organisation.load();
    await save(
      store.organisation.save(before.version, null, an.unit({ id: 'u-region', code: 'REGION' })),
      store.organisation.save(
        before.version,
        null,
        an.unit({ id: 'u-pkm', code: 'PKM', parentId: 'u-region' }),
      ),
    );

    const loaded = await counted(() => store.organisation.load());
    const again = await counted(() => store.organisation.load());

    expect(loaded.requests).toEqual({ GetItem: 2, Query: 1 });
    expect(again.requests).toEqual({ GetItem: 1 });
    expect(again.value).toBe(loaded.value);
    expect(loaded.value.version).toBe(before.version + 1);
    expect(loaded.value.units.get('u-pkm')).toEqual(
      an.unit({ id: 'u-pkm', code: 'PKM', parentId: 'u-region', version: 1 }),
    );
    expect([...loaded.value.trails.keys()]).toEqual(['u-pkm', 'u-region']);
  });

  test('gives a unit by id and by code, and a changed code frees the old one', async () => {
    const { version } = await store.organisation.load();
    await save(store.organisation.save(version, null, an.unit({ id: 'u-code', code: 'OLD' })));
    const stored = await store.organisation.unitByCode('OLD');
    if (stored === null) throw new Error('not stored');
    await save(store.organisation.save(version + 1, stored, { ...stored, code: 'NEW' }));

    expect(await store.organisation.unitByCode('OLD')).toBeNull();
    expect(await store.organisation.unitByCode('NEW')).toMatchObject({ id: 'u-code', version: 2 });
    expect(await store.organisation.unit('u-code')).toMatchObject({ code: 'NEW' });
    expect(await store.organisation.unit('u-nobody')).toBeNull();
  });
});

describe('staff', () => {
  test('are found by id, by NIP and many at once in the order asked for', async () => {
    const ani = an.staff({ id: 's-ani', name: 'Ani' });
    const budi = an.staff({ id: 's-budi', name: 'Budi' });
    await save(store.staff.save(null, ani), store.staff.save(null, budi));

    const many = await counted(() => store.staff.getMany(['s-budi', 's-none', 's-ani', 's-budi']));

    expect(many.value.map((one) => one?.id ?? null)).toEqual(['s-budi', null, 's-ani', 's-budi']);
    expect(many.requests).toEqual({ BatchGetItem: 1 });
    expect(await store.staff.get('s-ani')).toMatchObject({ ...ani, version: 1 });
    expect(await store.staff.findByNip(budi.nip)).toMatchObject({ id: 's-budi' });
    expect(await store.staff.findByNip('0')).toBeNull();
  });

  test('of a unit are listed by name, page by page, each page in one request', async () => {
    const names = ['Dewi', 'Ana B', 'Ana', 'Çakra', 'budi'];
    await save(
      ...names.map((name, at) =>
        store.staff.save(
          null,
          an.staff({ id: `s-list-${at}`, name, assignments: [an.assignment({ unitId: 'u-list' })] }),
        ),
      ),
    );

    const first = await counted(() => store.staff.ofUnit('u-list', { first: 2, after: null }, TODAY));
    const after = first.value.items.at(-1)?.position ?? null;
    const rest = await store.staff.ofUnit('u-list', { first: 10, after }, TODAY);

    expect(first.requests).toEqual({ Query: 1 });
    expect(first.value.items.map(({ value }) => value.name)).toEqual(['Ana', 'Ana B']);
    expect(first.value.hasMore).toBe(true);
    expect(rest.items.map(({ value }) => value.name)).toEqual(['budi', 'Çakra', 'Dewi']);
    expect(rest.hasMore).toBe(false);
  });

  test('who move on a day to come are listed in the old unit until then, and in the new one from then on', async () => {
    const mover = an.staff({
      id: 's-mover',
      assignments: [
        an.assignment({ unitId: 'u-from', to: '2026-06-30' }),
        an.assignment({ unitId: 'u-to', from: '2026-07-01', assessorId: 's-chief' }),
      ],
    });
    await save(store.staff.save(null, mover));
    const page = { first: 5, after: null };
    const idsOf = async (unitId: string, on: string) =>
      (await store.staff.ofUnit(unitId, page, on)).items.map(({ value }) => value.id);

    expect(await idsOf('u-from', '2026-06-30')).toEqual(['s-mover']);
    expect(await idsOf('u-to', '2026-06-30')).toEqual([]);
    expect(await idsOf('u-from', '2026-07-01')).toEqual([]);
    expect(await idsOf('u-to', '2026-07-01')).toEqual(['s-mover']);
    expect((await store.staff.ofNamedAssessor('s-chief', page, TODAY)).items).toEqual([]);
    expect((await store.staff.ofNamedAssessor('s-chief', page, '2026-07-01')).items).toHaveLength(1);
  });

  test('of the region are found by the beginning of their name, whatever its case and accents', async () => {
    await save(
      store.staff.save(null, an.staff({ id: 's-w1', name: 'Wayan Ardika' })),
      store.staff.save(null, an.staff({ id: 's-w2', name: 'WÁYAN BUDI' })),
      store.staff.save(null, an.staff({ id: 's-w3', name: 'Wulan' })),
      store.staff.save(null, an.staff({ id: 's-w4', name: 'dr. Hj. Widya, Sp.A.' })),
    );
    const idsOf = async (prefix: string) =>
      (await store.staff.byName(prefix, { first: 10, after: null })).items.map(({ value }) => value.id);

    expect(await idsOf('w')).toEqual(['s-w1', 's-w2', 's-w4', 's-w3']);
    expect(await idsOf('dr. w')).toEqual(['s-w1', 's-w2', 's-w4', 's-w3']);
    expect(await idsOf('wáyan b')).toEqual(['s-w2']);
    expect(await idsOf('x')).toEqual([]);
    expect(await idsOf(' . ')).toEqual([]);
  });

  test('renamed are found under the new name only, in every list', async () => {
    await save(
      store.staff.save(
        null,
        an.staff({ id: 's-old', name: 'Quinta', assignments: [an.assignment({ unitId: 'u-q' })] }),
      ),
    );
    const stored = await store.staff.get('s-old');
    if (stored === null) throw new Error('not stored');
    await save(store.staff.save(stored, { ...stored, name: 'Yulia' }));

    const page = { first: 5, after: null };
    expect((await store.staff.byName('q', page)).items).toEqual([]);
    expect((await store.staff.byName('yul', page)).items).toHaveLength(1);
    expect(
      (await store.staff.ofUnit('u-q', page, TODAY)).items.map(({ value }) => [value.name, value.version]),
    ).toEqual([['Yulia', 2]]);
  });

  test('leave stays in the rosters of the shards they served in, with the home of the first year', async () => {
    const moved = an.staff({
      id: 's-moved',
      assignments: [
        an.assignment({ unitId: 'u-ra', from: '2025-03-01', to: '2026-05-31' }),
        an.assignment({ unitId: 'u-rb', shard: 1, from: '2026-06-01' }),
      ],
      retiredFrom: '2027-03-01',
    });
    await save(store.staff.save(null, moved));

    const [first] = await store.staff.roster({ unitId: 'u-ra', shard: 0 });
    const [second] = await store.staff.roster({ unitId: 'u-rb', shard: 1 });

    expect(first).toMatchObject({ from: '2025-03-01', to: '2026-05-31', homes: {} });
    expect(second).toMatchObject({ from: '2026-06-01', to: '2027-02-28' });
    if (second === undefined) throw new Error('no second stay');
    expect(homeOf(second, 2026)).toEqual({ unitId: 'u-ra', shard: 0 });
    expect(homeOf(second, 2027)).toEqual({ unitId: 'u-rb', shard: 1 });
  });

  test('lose a stay that a corrected assignment does not have any more', async () => {
    await save(
      store.staff.save(
        null,
        an.staff({ id: 's-wrong', assignments: [an.assignment({ unitId: 'u-wrong' })] }),
      ),
    );
    const stored = await store.staff.get('s-wrong');
    if (stored === null) throw new Error('not stored');
    await save(store.staff.save(stored, { ...stored, assignments: [an.assignment({ unitId: 'u-right' })] }));

    expect(await store.staff.roster({ unitId: 'u-wrong', shard: 0 })).toEqual([]);
    expect(await store.staff.roster({ unitId: 'u-right', shard: 0 })).toHaveLength(1);
    expect((await store.staff.ofUnit('u-wrong', { first: 5, after: null }, TODAY)).items).toEqual([]);
  });
});

describe('a store that gathers reads', () => {
  test('sends what is asked for at one moment as one batch, and keeps nothing', async () => {
    const gathering = createStore({ client: table.client, tableName: table.tableName, gathersReads: true });
    await save(store.staff.save(null, an.staff({ id: 's-gathered', nip: '198001012005011991' })));
    const read = () =>
      Promise.all([
        gathering.staff.get('s-gathered'),
        gathering.staff.getMany(['s-gathered', 's-none']),
        gathering.staff.delegationVersion('s-gathered'),
        gathering.periods.get('none'),
      ]);
    const together = await counted(read);
    const again = await counted(read);
    const alone = await counted(() => gathering.staff.get('s-gathered'));

    expect(together.requests).toEqual({ BatchGetItem: 1 });
    expect(again.requests).toEqual({ BatchGetItem: 1 });
    expect(alone.requests).toEqual({ GetItem: 1 });
    expect(alone.value).toEqual(await store.staff.get('s-gathered'));
    expect(together.value).toEqual([alone.value, [alone.value, null], 0, null]);
  });
});

describe('goals, indicators and instruments', () => {
  test('goals are listed by code and found by it', async () => {
    await save(
      store.goals.save(null, an.goal({ id: 'g-b', code: 'B' })),
      store.goals.save(null, an.goal({ id: 'g-a', code: 'A' })),
    );
    const listed = await counted(() => store.goals.list({ first: 10, after: null }));

    expect(listed.value.items.map(({ value }) => value.id)).toEqual(['g-a', 'g-b']);
    expect(listed.requests).toEqual({ Query: 1 });
    expect(await store.goals.byCode(null, 'B')).toMatchObject({ id: 'g-b', version: 1 });
    expect((await store.goals.getMany(['g-b', 'g-x'])).map((one) => one?.id ?? null)).toEqual(['g-b', null]);
  });

  test('an indicator keeps every definition, and is listed by code in its unit and in all', async () => {
    await save(
      store.indicators.save(null, an.indicator({ id: 'i-2', code: 'IKU-2' })),
      store.indicators.save(null, an.indicator({ id: 'i-1', code: 'IKU-1' })),
      store.indicators.save(null, an.indicator({ id: 'i-3', code: 'IKU-0', unitId: 'u-other' })),
    );
    const stored = await store.indicators.get('i-1');
    if (stored === null) throw new Error('not stored');
    const current = { ...stored.current, definition: 2, effectiveFrom: '2026-07-01' };
    await save(store.indicators.save(stored, { ...stored, current }));

    const page = { first: 10, after: null };
    const idsOf = async (unitId: string | null) =>
      (await store.indicators.list(unitId, page)).items.map(({ value }) => value.id);
    expect(await idsOf('u-dinkes')).toEqual(['i-1', 'i-2']);
    expect(await idsOf(null)).toEqual(['i-3', 'i-1', 'i-2']);
    expect((await store.indicators.definitions('i-1')).map(({ definition }) => definition)).toEqual([1, 2]);
    expect(await store.indicators.byCode('u-other', 'IKU-0')).toMatchObject({ id: 'i-3' });
  });

  test('an instrument has versions that never change', async () => {
    await save(store.instruments.add(an.instrument()));
    await save(store.instruments.add(an.instrument({ version: 2 })));

    await expect(save(store.instruments.add(an.instrument({ version: 2 })))).rejects.toMatchObject({
      problems: [{ code: 'ALREADY_EXISTS' }],
    });
    expect(await store.instruments.get('berakhlak', 1)).toEqual(an.instrument());
    expect(await store.instruments.get('berakhlak', 3)).toBeNull();
    // The two written here, and one of the two that every region starts with.
    expect(await store.instruments.list()).toHaveLength(3);
  });
});

describe('the work of a year', () => {
  const address = an.address();

  test('holds the plans of a shard, with the unit’s agreement, in one query', async () => {
    const ids = ['s-0001:2026', 's-0002:2026'];
    await save(
      ...ids.map((id) => store.plans.save(address, null, an.plan({ id }))),
      store.plans.save(
        address,
        null,
        an.plan({ id: 'unit:u-dinkes:2026', owner: { kind: 'UNIT', unitId: 'u-dinkes' } }),
      ),
    );
    const all = await counted(() => store.plans.ofCollection(address));
    const some = await counted(() =>
      store.plans.getMany([...ids, 's-none:2026'].map((planId) => ({ address, planId }))),
    );

    expect(all.value.map(({ id }) => id)).toEqual([...ids, 'unit:u-dinkes:2026']);
    expect(all.value[0]).not.toHaveProperty('auditHash');
    expect(all.requests).toEqual({ Query: 1 });
    expect(some.value.map((one) => one?.id ?? null)).toEqual([...ids, null]);
    expect(some.requests).toEqual({ BatchGetItem: 1 });
    expect(await store.plans.get(an.address({ unitId: 'u-else' }), 's-0001:2026')).toBeNull();
  });

  test('tells of many plans which wait for an answer, without reading the others', async () => {
    const [crowd, few] = [an.address({ unitId: 'u-crowd' }), an.address({ unitId: 'u-few' })];
    const states = ['DRAFT', 'PROPOSED', 'CHANGES_REQUESTED', null] as const;
    const ofCrowd = Array.from({ length: 60 }, (_, at) => states[at % states.length] ?? null);
    const idOf = (place: typeof crowd, at: number) => `${place === crowd ? 'c' : 'f'}-${at}:2026`;
    const put = (place: typeof crowd, at: number) =>
      save(
        store.plans.save(
          place,
          null,
          an.plan({ id: idOf(place, at), proposalState: ofCrowd[at] ?? null, proposedBy: 'OWNER' }),
        ),
      );
    for (const [at] of ofCrowd.entries()) await put(crowd, at);
    for (const at of [0, 1, 2, 3]) await put(few, at);
    // As an earlier release left them: the state stands in the body alone.
    for (const at of [0, 1, 2]) {
      for (const place of [crowd, few])
        await table.client.send(
          new UpdateCommand({
            TableName: table.tableName,
            Key: planKey(place, idOf(place, at)),
            UpdateExpression: 'REMOVE proposal',
          }),
        );
    }

    const asked = [
      ...ofCrowd.map((_, at) => ({ address: crowd, planId: idOf(crowd, at) })),
      ...[3, 2, 1, 0, 9].map((at) => ({ address: few, planId: idOf(few, at) })),
    ];
    const found = await counted(() => store.plans.awaitingAnswer(asked));

    const waits = ofCrowd.map((state, at) => (state === null || state === 'DRAFT' ? null : idOf(crowd, at)));
    expect(found.value.map((one) => one?.id ?? null)).toEqual([
      ...waits,
      null,
      'f-2:2026',
      'f-1:2026',
      null,
      null,
    ]);
    expect(found.value[1]).toEqual(await store.plans.get(crowd, 'c-1:2026'));
    expect(found.requests).toEqual({ Query: 1, BatchGetItem: 1 });
  });

  test('keeps every agreed revision of a plan', async () => {
    const planId = 's-rev:2026';
    await save(store.plans.save(address, null, an.plan({ id: planId })));
    for (const revision of [1, 2]) {
      const stored = await store.plans.get(address, planId);
      if (stored === null) throw new Error('not stored');
      const agreed = {
        ...stored,
        agreed: an.planContent(revision),
        agreedAt: an.AT,
        proposal: null,
        proposalState: null,
      };
      await save(store.plans.save(address, stored, agreed));
      await save(
        store.plans.save(address, { ...stored, ...(await store.plans.get(address, planId)) }, agreed),
      );
    }
    expect((await store.plans.revisions(planId)).map(({ revision }) => revision)).toEqual([1, 2]);
    expect(await store.plans.get(address, planId)).toMatchObject({ version: 5 });
  });

  test('holds activities by day: of a plan in a month, by id, of a shard in one state, and out of the way of the close', async () => {
    const own = { ...address, collection: { ...address.collection, shard: 7 } };
    const days = ['0114', '0131', '0201', '0301'];
    const activities = days.map((day) =>
      an.activity({
        id: `s-act:2026:${day}:a-${day}`,
        planId: 's-act:2026',
        day: `2026-${day.slice(0, 2)}-${day.slice(2)}`,
        ...(day === '0131' && { state: 'VERIFIED' }),
      }),
    );
    await save(...activities.map((each) => store.activities.save(own, null, each)));
    const all = { from: '2026-01-01', to: '2026-12-31' };
    const dates = (found: readonly { readonly day: string }[]) => found.map(({ day }) => day);

    const january = await counted(() => store.activities.ofMonth(own, 's-act:2026', '2026-01'));
    expect(dates(january.value)).toEqual(['2026-01-14', '2026-01-31']);
    expect(january.requests).toEqual({ Query: 1 });

    const { items } = await store.activities.ofPlan(
      own,
      's-act:2026',
      { from: '2026-01-31', to: '2026-02-01' },
      { first: 10, after: null },
    );
    expect(dates(items.map(({ value }) => value))).toEqual(['2026-01-31', '2026-02-01']);

    const waiting = await counted(() =>
      store.activities.ofCollection(own, 'REPORTED', all, { first: 2, after: null }),
    );
    expect(dates(waiting.value.items.map(({ value }) => value))).toEqual(['2026-01-14', '2026-02-01']);
    expect(waiting.value.hasMore).toBe(true);
    expect(waiting.requests).toEqual({ Query: 1 });

    expect(await store.activities.get(own, 's-act:2026:0201:a-0201')).toMatchObject({ day: '2026-02-01' });
    expect(await store.activities.get(own, 'nonsense')).toBeNull();

    // What the close reads of a collection: an activity would not fit their codecs.
    expect(await store.plans.ofCollection(own)).toEqual([]);
    expect(await store.realisations.ofCollection(own, '2026-01', '2026-12')).toEqual([]);
    expect(await store.ratings.ofCollection(own, '2026-Q1')).toEqual([]);
  });

  test('holds the ticket of an upload until it expires', async () => {
    const { uploadedAt: _, ...file } = an.evidenceFile();
    const ticket = { ...file, target: '["a-1"]', expiresAt: '2026-03-02T03:00:00.000Z' };
    await store.evidence.putTicket(ticket);

    expect(await store.evidence.ticket(file.id)).toEqual(ticket);
    expect(await store.evidence.ticket('e-none')).toBeNull();
  });

  test('holds realisations by month: of a period, of a plan, by key', async () => {
    const months = ['2026-01', '2026-02', '2026-03', '2026-04'];
    await save(
      ...months.flatMap((month) =>
        ['L1', 'L2'].map((lineId) =>
          store.realisations.save(address, null, an.realisation({ planId: 's-real:2026', month, lineId })),
        ),
      ),
      store.realisations.save(address, null, an.realisation({ planId: 's-other:2026', month: '2026-02' })),
    );
    const quarter = await counted(() => store.realisations.ofCollection(address, '2026-01', '2026-03'));
    const ofPlan = await store.realisations.ofPlan(address, 's-real:2026', ['2026-02', '2026-03']);
    const byKey = await counted(() =>
      store.realisations.getMany(
        months.map((month) => ({ address, planId: 's-other:2026', lineId: 'L1', month })),
      ),
    );

    expect(quarter.value).toHaveLength(7);
    expect(quarter.requests).toEqual({ Query: 1 });
    expect(ofPlan.map(({ month, lineId }) => `${month} ${lineId}`)).toEqual([
      '2026-02 L1',
      '2026-02 L2',
      '2026-03 L1',
      '2026-03 L2',
    ]);
    expect(byKey.value.map((one) => one?.month ?? null)).toEqual([null, '2026-02', null, null]);
    expect(byKey.requests).toEqual({ BatchGetItem: 1 });
  });

  test('tells which realisations of a collection wait to be verified, in one query', async () => {
    const place = an.address({ unitId: 'u-reports' });
    const states = ['REPORTED', 'VERIFIED', 'REJECTED'] as const;
    for (const [at, state] of states.entries())
      for (const lineId of ['OLD', 'NEW'])
        await save(
          store.realisations.save(
            place,
            null,
            an.realisation({ planId: 's-reports:2026', month: `2026-0${at + 1}`, lineId, state }),
          ),
        );
    await save(
      store.realisations.save(place, null, an.realisation({ planId: 's-reports:2026', month: '2026-05' })),
    );
    // As an earlier release left them: the state stands in the body alone.
    for (const [at] of states.entries())
      await table.client.send(
        new UpdateCommand({
          TableName: table.tableName,
          Key: realisationKey(place, { planId: 's-reports:2026', lineId: 'OLD', month: `2026-0${at + 1}` }),
          UpdateExpression: 'REMOVE #state',
          ExpressionAttributeNames: { '#state': 'state' },
        }),
      );

    const found = await counted(() => store.realisations.reportedIn(place, '2026-01', '2026-04'));

    expect(found.value.map(({ month, lineId }) => `${month} ${lineId}`)).toEqual([
      '2026-01 NEW',
      '2026-01 OLD',
    ]);
    expect(found.requests).toEqual({ Query: 1 });
  });

  test('holds ratings by ratee, and tells a rater whom they rated, but not what the public did', async () => {
    await save(store.periods.save(null, an.period('2026-Q1', 'OPEN')));
    await save(
      store.ratings.save(address, null, an.rating({ raterId: pseudonym('s-r1') }), 's-r1'),
      store.ratings.save(address, null, an.rating({ raterId: pseudonym('s-r2') }), 's-r2'),
      store.ratings.save(
        address,
        null,
        an.rating({ raterId: pseudonym('s-r1'), rateeId: 's-0003', group: 'SUBORDINATE' }),
        's-r1',
      ),
      store.ratings.save(address, null, an.rating({ raterId: pseudonym('code-1'), group: 'PUBLIC' })),
      store.ratings.saveAssessorRating(address, null, an.assessorRating()),
    );
    const ofRatee = await counted(() => store.ratings.ofRatee(address, '2026-Q1', 's-0001'));
    const all = await counted(() => store.ratings.ofCollection(address, '2026-Q1'));

    expect(ofRatee.value).toHaveLength(3);
    expect(ofRatee.requests).toEqual({ Query: 1 });
    expect(all.value).toHaveLength(4);
    expect(all.requests).toEqual({ Query: 1 });
    expect(await store.ratings.ratedBy('s-r1', '2026-Q1')).toEqual([
      { rateeId: 's-0001', group: 'PEER' },
      { rateeId: 's-0003', group: 'SUBORDINATE' },
    ]);
    expect(await store.ratings.ratedBy('code-1', '2026-Q1')).toEqual([]);
    expect(await store.ratings.assessorRating(address, '2026-Q1', 's-0001')).toMatchObject({
      workResult: 'ABOVE',
    });
    expect(await store.ratings.assessorRatingsOfCollection(address, '2026-Q1')).toHaveLength(1);
    expect(await store.ratings.ofCollection(address, '2026-Q2')).toEqual([]);
  });

  test('tells who has agreed on a previous result, and not both that and ratings of which it knew nothing', async () => {
    const staffId = 's-0007';
    await save(store.carryovers.save(address, null, an.carryover({ staffId }), null));
    const ofShard = await counted(() => store.carryovers.ofCollection(address, '2026-Q1'));
    expect(ofShard.value).toEqual([expect.objectContaining({ ...an.carryover({ staffId }), version: 1 })]);
    expect(ofShard.requests).toEqual({ Query: 1 });
    const known = await store.carryovers.get(address, '2026-Q1', staffId);
    expect(await store.carryovers.get(address, '2026-Q2', staffId)).toBeNull();

    const rate = (carryover: typeof known) =>
      save(store.ratings.saveAssessorRating(address, null, an.assessorRating({ staffId }), carryover));
    await expect(rate(null)).rejects.toMatchObject({ problems: [{ code: 'CONFLICT' }] });
    await rate(known);
    await expect(
      save(
        store.carryovers.save(address, known, an.carryover({ staffId, state: 'AGREED', version: 1 }), null),
      ),
    ).rejects.toMatchObject({ problems: [{ code: 'CONFLICT' }] });
  });

  test('of units are read one by one or many at once, by unit and period', async () => {
    await save(
      store.unitAssessments.save(null, an.unitAssessment()),
      store.unitAssessments.save(null, an.unitAssessment({ unitId: 'u-pkm', decision: null })),
    );
    const keys = ['u-pkm', 'u-none', 'u-dinkes'].map((unitId) => ({ periodId: '2026-Q1', unitId }));
    const many = await counted(() => store.unitAssessments.getMany(keys));
    expect(many.value.map((one) => one?.unitId ?? null)).toEqual(['u-pkm', null, 'u-dinkes']);
    expect(many.requests).toEqual({ BatchGetItem: 1 });
    expect(await store.unitAssessments.get('2026-Q1', 'u-dinkes')).toMatchObject({
      ...an.unitAssessment(),
      version: 1,
    });
    expect(await store.unitAssessments.get('2026-Q2', 'u-dinkes')).toBeNull();
  });
});

describe('periods and policies', () => {
  test('are listed whole, by id', async () => {
    await save(
      store.periods.save(null, an.period('2027', 'PLANNED')),
      store.policies.save(null, an.policy()),
    );
    await save(store.periods.save(null, an.period('2027-01', 'PLANNED')));

    expect((await store.periods.list()).map(({ id }) => id)).toEqual(['2026-Q1', '2027', '2027-01']);
    expect(await store.periods.get('2027-01')).toMatchObject({
      ...an.period('2027-01', 'PLANNED'),
      version: 1,
    });
    expect(await store.policies.get('p-1')).toMatchObject({ ...an.policy(), version: 1 });
    expect(await store.policies.list()).toHaveLength(1);
  });
});

describe('results and rankings', () => {
  test('are read by key, many in one request, and a person’s in order of time', async () => {
    await save(store.periods.save(null, an.period('2025', 'PUBLISHED', { publishedRun: 'r2' })));
    await save(store.periods.save(null, an.period('2025-Q4', 'PUBLISHED')));
    await save(store.periods.save(null, an.period('2025-12', 'CLOSING')));
    const of = (periodId: string, run: string) => an.result({ staffId: 's-trend', periodId, run });
    await store.results.putMany([
      of('2025', 'r1'),
      of('2025', 'r2'),
      of('2025', 'r3'),
      of('2025-Q4', 'r1'),
      of('2025-12', 'r1'),
    ]);

    const trend = await store.results.ofStaff('s-trend');
    const many = await counted(() =>
      store.results.getMany([
        { periodId: '2025', run: 'r2', staffId: 's-trend' },
        { periodId: '2025', run: 'r2', staffId: 's-nobody' },
      ]),
    );

    // r1 of the year is superseded, or failed and was never published; r3 is not published yet, and neither is December.
    expect(trend.map(({ periodId, run }) => `${periodId} ${run}`)).toEqual(['2025-Q4 r1', '2025 r2']);
    expect(many.value).toEqual([of('2025', 'r2'), null]);
    expect(many.requests).toEqual({ BatchGetItem: 1 });
    expect(await store.results.get('2025', 'r1', 's-trend')).toEqual(of('2025', 'r1'));
  });

  test('of units are read one or many', async () => {
    await store.results.putUnits([an.unitResult(), an.unitResult({ unitId: 'u-pkm' })]);

    expect(await store.results.unit('2026-Q1', 'r1', 'u-pkm')).toEqual(an.unitResult({ unitId: 'u-pkm' }));
    expect(
      (
        await store.results.units(
          ['u-none', 'u-dinkes'].map((unitId) => ({ periodId: '2026-Q1', run: 'r1', unitId })),
        )
      ).map((one) => one?.unitId ?? null),
    ).toEqual([null, 'u-dinkes']);
  });

  test('any page of any ranking is one read', async () => {
    const scopes = [
      { kind: 'REGION' },
      { kind: 'UNIT', unitId: 'u-dinkes' },
      { kind: 'JOB_GROUP', jobGroup: 'nurse # ward' },
    ] as const;
    const entriesOf = (number: number, size: number) =>
      Array.from({ length: size }, (_, at) => ({
        staffId: `s-${number}-${at}`,
        unitId: 'u-dinkes',
        score: 120_000_000 - at,
        rank: number * store.rankings.pageSize + at + 1,
      }));
    await store.rankings.putPages(
      '2026-Q1',
      'r1',
      scopes.flatMap((scope) => [
        { scope, number: 0, total: 302, entries: entriesOf(0, store.rankings.pageSize) },
        { scope, number: 1, total: 302, entries: entriesOf(1, 2) },
      ]),
    );
    for (const scope of scopes) {
      const page = await counted(() => store.rankings.page('2026-Q1', 'r1', scope, 1));
      expect(page.value).toEqual({ total: 302, entries: entriesOf(1, 2) });
      expect(page.requests).toEqual({ GetItem: 1 });
      expect(await store.rankings.page('2026-Q1', 'r1', scope, 2)).toBeNull();
    }
  });
});

describe('the working items of a close', () => {
  const organisationOf = (version: number, units: number) => ({
    version,
    units: new Map(
      Array.from({ length: units }, (_, at) => an.unit({ id: `u-${String(at).padStart(4, '0')}` })).map(
        (one) => [one.id, one],
      ),
    ),
  });

  test('keep the organisation as it was when the period began to close, whoever is slower', async () => {
    const { version } = await store.organisation.load();
    const closing = an.period('2024-Q1', 'CLOSING', { policy: an.policy() });
    const frozen = await store.closeRuns.putSnapshot('2024-Q1', 'r1', organisationOf(version, 3));
    expect(await store.closeRuns.snapshot('2024-Q1', 'r1')).toBeNull();
    await save(store.periods.save(null, closing, frozen));
    await store.closeRuns.putSnapshot('2024-Q1', 'r1', organisationOf(version + 1, 4));
    await store.closeRuns.putSnapshot('2024-Q1', 'r1', organisationOf(version, 5));

    expect(await store.closeRuns.snapshot('2024-Q1', 'r1')).toEqual(organisationOf(version, 3));
    expect(await store.closeRuns.policy('2024-Q1', 'r1')).toEqual(an.policy());
    expect(await store.closeRuns.policy('2024-Q1', 'r2')).toBeNull();
    expect(await store.closeRuns.snapshot('2024-Q1', 'r2')).toBeNull();
  });

  test('stream every shard’s scores in order, whatever their size', async () => {
    const scoresOf = (unitId: string, shard: number, size: number) => ({
      collection: { unitId, shard },
      scores: Array.from({ length: size }, (_, at) => ({
        staffId: `s-${Math.random()}-${at}`,
        jobGroup: 'nurse',
        score: Math.floor(Math.random() * 120_000_000),
        predicate: 'GOOD' as const,
        assessedInUnitId: unitId,
      })),
      achievement: null,
      // Every reason that a line can have must come back: what cannot be read again stops the close.
      indicators: [
        {
          indicatorId: 'i-1',
          lines: NOT_MEASURED.length,
          measured: 0,
          notMeasured: Object.fromEntries(NOT_MEASURED.map((reason) => [reason, 1])),
          atCap: 0,
          atZero: 0,
          sum: 0,
          lowest: null,
          highest: null,
          definitions: [1],
        },
      ],
    });
    const shards = [scoresOf('u-a', 0, 20_000), scoresOf('u-a', 1, 1), scoresOf('u-b', 0, 0)];
    for (const shard of shards.toReversed()) await store.closeRuns.putScores('2026-Q1', 'r1', shard);

    const streamed = [];
    for await (const one of store.closeRuns.scores('2026-Q1', 'r1')) streamed.push(one);

    expect(streamed).toEqual(shards);
    expect(await store.closeRuns.scoresOf('2026-Q1', 'r1', { unitId: 'u-a', shard: 1 })).toEqual(shards[1]);
    expect(await store.closeRuns.scoresOf('2026-Q1', 'r1', { unitId: 'u-c', shard: 0 })).toBeNull();
  });

  test('hand the places of a shard on, of a large one too', async () => {
    const small = {
      collection: { unitId: 'u-a', shard: 0 },
      staff: [
        { staffId: 's-0001', ranks: an.ranks() },
        { staffId: 's-0002', ranks: null },
      ],
    };
    const large = {
      collection: { unitId: 'u-a', shard: 1 },
      staff: Array.from({ length: 10_000 }, (_, at) => ({
        staffId: randomBytes(40).toString('base64'),
        ranks: an.ranks({ unit: { rank: at + 1, of: 10_000, percentile: at } }),
      })),
    };
    await store.rankings.putRanks('2026-Q1', 'r1', [small, large]);
    const keysOf = ({ collection, staff }: RankedShard) =>
      staff.map(({ staffId }) => ({ ...collection, periodId: '2026-Q1', run: 'r1', staffId }));
    const all = [...small.staff, ...large.staff];

    expect(await store.rankings.ranksOf([...keysOf(small), ...keysOf(large)])).toEqual(
      all.map(({ ranks }) => ranks),
    );
    const nobody = { ...keysOf(small)[0], run: 'r2' } as RanksKey;
    await expect(store.rankings.ranksOf([nobody])).rejects.toThrow('a shard without ranks');
    const stranger = { ...keysOf(small)[0], staffId: 's-9999' } as RanksKey;
    await expect(store.rankings.ranksOf([stranger])).rejects.toThrow('somebody is missing');
  });

  test('of a correction run hold the shards in which places differ, and all else is as in its base', async () => {
    const at = (unitId: string, run: string) => ({
      periodId: '2026-Q2',
      run,
      unitId,
      shard: 0,
      staffId: 's-1',
    });
    const shard = (unitId: string, rank: number) => ({
      collection: { unitId, shard: 0 },
      staff: [{ staffId: 's-1', ranks: an.ranks({ unit: { rank, of: 9, percentile: 0 } }) }],
    });
    await store.rankings.putRanks('2026-Q2', 'r1', [shard('u-a', 1), shard('u-b', 2)]);
    await store.rankings.putRanks('2026-Q2', 'r1c1', [shard('u-b', 3)]);

    const found = await store.rankings.ranksOf([
      at('u-a', 'r1'),
      at('u-a', 'r1c1'),
      at('u-b', 'r1'),
      at('u-b', 'r1c1'),
    ]);
    expect(found.map((ranks) => ranks?.unit.rank)).toEqual([1, 1, 2, 3]);
  });

  test('of a correction run of release 0.1.0 lie with the people, with a result or alone', async () => {
    const place = (rank: number) => an.ranks({ unit: { rank, of: 9, percentile: 0 } });
    const collection = { unitId: 'u-a', shard: 0 };
    const people = ['s-same', 's-shifted', 's-changed', 's-unranked'];
    await store.rankings.putRanks('2026-Q3', 'r1', [
      {
        collection,
        staff: people.map((staffId, index) => ({ staffId, ranks: place(index + 1) })),
      },
    ]);
    await store.results.putMany(
      people.map((staffId) => an.result({ staffId, ...collection, periodId: '2026-Q3' })),
    );
    const left = (staffId: string, body: object, more = {}) => ({
      ...resultKey(staffId, '2026-Q3', 'r1c1'),
      ...more,
      body: JSON.stringify({ staffId, periodId: '2026-Q3', run: 'r1c1', ...body }),
    });
    const changed = an.result({
      staffId: 's-changed',
      ...collection,
      periodId: '2026-Q3',
      run: 'r1c1',
      predicate: 'POOR',
    });
    await putItems({ client: table.client, name: table.tableName }, [
      left('s-shifted', { ranks: place(7) }, { shift: true }),
      left('s-changed', { ...changed, ranks: place(8) }),
      left('s-unranked', { ranks: null }, { shift: true }),
    ]);

    const keys = people.map((staffId) => ({ periodId: '2026-Q3', run: 'r1c1', staffId }));
    const results = await rankedResults(store, keys);
    expect(results.map((result) => [result?.run, result?.predicate, result?.ranks?.unit.rank])).toEqual([
      ['r1', 'GOOD', 1],
      ['r1', 'GOOD', 7],
      ['r1c1', 'POOR', 8],
      ['r1', 'GOOD', undefined],
    ]);
  });

  test('are read as an earlier release left them, as lists', async () => {
    const collection = { unitId: 'u-old', shard: 0 };
    const { staffId, jobGroup, score, predicate, assessedInUnitId } = an.result();
    const ranks = an.ranks();
    const scored = { staffId, jobGroup, score, predicate, assessedInUnitId };
    const chunksOf = (pk: string, prefix: string, value: unknown) =>
      toChunks(pk, prefix, JSON.stringify(value));
    await putItems({ client: table.client, name: table.tableName }, [
      ...chunksOf(runPartition('2025-Q4', 'r1'), scoresOf('u-old', 0), {
        collection,
        scores: [scored],
        achievement: null,
      }),
      ...chunksOf(runPartition('2025-Q4', 'r1'), ranksOf('u-old', 0), [{ ...scored, ranks }]),
    ]);

    const streamed = [];
    for await (const one of store.closeRuns.scores('2025-Q4', 'r1')) streamed.push(one);
    expect(streamed).toEqual([{ collection, scores: [scored], achievement: null, indicators: [] }]);
    const key = { periodId: '2025-Q4', run: 'r1', ...collection, staffId };
    expect(await store.rankings.ranksOf([key])).toEqual([ranks]);
  });
});
