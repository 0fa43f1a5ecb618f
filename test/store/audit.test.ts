import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_ATTACHMENTS, NO_EXPECTATIONS } from '../../functions/domain/plan/expectations.ts';
import { createStore } from '../../functions/store/create-store.ts';
import { auditKey, auditName, auditPartition, goalKey, planKey } from '../../functions/store/keys.ts';
import type { Store } from '../../functions/store/store.ts';
import { createTestTable, type TestTable } from '../support/dynamodb.ts';
import * as an from './examples.ts';

let table: TestTable;
let store: Store;

beforeAll(async () => {
  table = await createTestTable();
  store = createStore({ client: table.client, tableName: table.tableName });
});
afterAll(() => table.drop());

/** A goal that was changed until it has five versions. */
async function trailOf(id: string): Promise<string> {
  await store.commit(an.intent({ operation: 'createGoal' }), [
    store.goals.save(null, an.goal({ id, code: id })),
  ]);
  for (let version = 2; version <= 5; version += 1) {
    const seen = await store.goals.get(id);
    if (seen === null) throw new Error('not stored');
    await store.commit(an.intent({ operation: 'editGoal', reason: `change ${version}` }), [
      store.goals.save(seen, { ...seen, title: `Sasaran ${version}` }),
    ]);
  }
  return auditName.goal(id);
}
const itemsOf = async (entity: string) =>
  (
    await table.client.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': auditPartition(entity) },
      }),
    )
  ).Items ?? [];
const put = (item: Record<string, unknown>) =>
  table.client.send(new PutCommand({ TableName: table.tableName, Item: item }));
const set = (key: { pk: string; sk: string }, name: string, value: unknown) =>
  table.client.send(
    new UpdateCommand({
      TableName: table.tableName,
      Key: key,
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
const remove = (entity: string, sequence: number) =>
  table.client.send(new DeleteCommand({ TableName: table.tableName, Key: auditKey(entity, sequence) }));

describe('the trail of an entity', () => {
  test('says who did what, when, why and what came of it, page by page', async () => {
    const entity = await trailOf('g-read');

    const first = await store.audit.entries(entity, { first: 2, after: null });
    const rest = await store.audit.entries(entity, {
      first: 10,
      after: first.items.at(-1)?.position ?? null,
    });

    expect(first.hasMore).toBe(true);
    expect(first.items[1]?.value).toMatchObject({
      entity,
      sequence: 2,
      at: an.AT,
      actor: { id: 's-hr', role: 'HR_ADMIN' },
      operation: 'editGoal',
      reason: 'change 2',
    });
    expect(JSON.parse(first.items[1]?.value.after ?? '')).toEqual(
      an.goal({ id: 'g-read', code: 'g-read', title: 'Sasaran 2', version: 2 }),
    );
    expect(rest.items.map(({ value }) => value.sequence)).toEqual([3, 4, 5]);
    expect(rest.items[0]?.value.previousHash).toBe(first.items[1]?.value.hash);
    expect((await store.goals.get('g-read'))?.auditHash).toBe(rest.items[2]?.value.hash);
  });

  test('that nobody touched is whole, however long its texts', async () => {
    const id = 's-long:2026';
    const lines = Array.from({ length: 8 }, (_, at) => an.planLine({ id: `L${at}` }));
    await store.commit(an.intent(), [
      store.plans.save(an.address(), null, an.plan({ id, proposal: an.planContent(1, lines) })),
    ]);

    expect(await store.audit.verify(await trailOf('g-whole'))).toEqual({ entries: 5, brokenAt: null });
    expect(await store.audit.verify(auditName.plan(id))).toEqual({ entries: 1, brokenAt: null });
    expect(await store.audit.verify('GOAL#never-written')).toEqual({ entries: 0, brokenAt: null });
  });

  test.each([
    ['at', '2020-01-01T00:00:00.000Z'],
    ['actorId', 's-somebody'],
    ['actorRole', 'PLANNER'],
    ['operation', 'retireGoal'],
    ['reason', null],
    ['after', '{}'],
    ['previousHash', '0'.repeat(64)],
    ['hash', 'f'.repeat(64)],
    ['after', 7],
  ])('shows an edit of %s, and is whole again when it is undone', async (name, value) => {
    const entity = (await store.goals.get('g-edit')) ? auditName.goal('g-edit') : await trailOf('g-edit');
    const original = (await itemsOf(entity))[2] ?? {};

    await set(auditKey(entity, 3), name, value);
    const edited = await store.audit.verify(entity);
    await put(original);

    expect(edited).toEqual({ entries: 5, brokenAt: 3 });
    expect(await store.audit.verify(entity)).toEqual({ entries: 5, brokenAt: null });
  });

  test.each([1, 3])('shows that entry %d was removed', async (sequence) => {
    const entity = await trailOf(`g-removed-${sequence}`);

    await remove(entity, sequence);

    expect(await store.audit.verify(entity)).toEqual({ entries: 4, brokenAt: sequence });
  });

  test('shows that its end was cut off', async () => {
    const entity = await trailOf('g-cut');

    await remove(entity, 5);
    await remove(entity, 4);

    expect(await store.audit.verify(entity)).toEqual({ entries: 3, brokenAt: 4 });
  });

  test('shows that two entries changed places', async () => {
    const entity = await trailOf('g-order');
    const [, second, third] = await itemsOf(entity);

    await put({ ...second, ...auditKey(entity, 3) });
    await put({ ...third, ...auditKey(entity, 2) });

    expect(await store.audit.verify(entity)).toEqual({ entries: 5, brokenAt: 2 });
  });

  test('shows an entry of another entity put in its place', async () => {
    const entity = await trailOf('g-mixed');
    const [, , foreign] = await itemsOf(await trailOf('g-foreign'));

    await put({ ...foreign, ...auditKey(entity, 3) });

    expect(await store.audit.verify(entity)).toEqual({ entries: 5, brokenAt: 3 });
  });

  test('shows that the entity itself was changed past it', async () => {
    const entity = await trailOf('g-past');
    const body = JSON.stringify(an.goal({ id: 'g-past', title: 'unnoticed?', version: 5 }));

    await set(goalKey('g-past'), 'body', body);

    expect(await store.audit.verify(entity)).toEqual({ entries: 5, brokenAt: 6 });
  });

  test('shows that all of it was removed', async () => {
    const entity = await trailOf('g-all');

    for (const sequence of [1, 2, 3, 4, 5]) await remove(entity, sequence);

    expect(await store.audit.verify(entity)).toEqual({ entries: 0, brokenAt: 1 });
  });

  test('is found whole for every kind of entity', async () => {
    const [{ version }, address] = [await store.organisation.load(), an.address()];
    const of = [
      [auditName.unit('u-1'), store.organisation.save(version, null, an.unit({ id: 'u-1' }))],
      [auditName.staff('s-1'), store.staff.save(null, an.staff({ id: 's-1' }))],
      [auditName.goal('g-1'), store.goals.save(null, an.goal({ id: 'g-1' }))],
      [auditName.indicator('i-1'), store.indicators.save(null, an.indicator({ id: 'i-1' }))],
      [auditName.instrument('berakhlak', 1), store.instruments.add(an.instrument())],
      [auditName.plan('s-1:2026'), store.plans.save(address, null, an.plan({ id: 's-1:2026' }))],
      [
        auditName.planTemplate('t-1'),
        store.planTemplates.save(null, {
          id: 't-1',
          name: 'SKP perawat',
          jobGroup: 'nurse',
          lines: [],
          expectations: NO_EXPECTATIONS,
          attachments: NO_ATTACHMENTS,
          retired: false,
          version: 0,
        }),
      ],
      [
        auditName.planDraft('s-1:2026', 'OWNER'),
        store.planDrafts.save(null, {
          planId: 's-1:2026',
          side: 'OWNER',
          lines: [],
          equalWeights: false,
          expectations: null,
          attachments: null,
          reason: null,
          savedAt: an.AT,
          open: true,
          version: 0,
        }),
      ],
      [
        auditName.planComment('s-1:2026', 'L1.c-1'),
        store.discussion.save(null, {
          id: 'L1.c-1',
          planId: 's-1:2026',
          lineId: 'L1',
          revision: 1,
          authorId: 's-1',
          side: 'OWNER',
          at: an.AT,
          text: 'Baik',
          asksForChanges: false,
          resolved: null,
          version: 0,
        }),
      ],
      [auditName.realisation(an.realisation()), store.realisations.save(address, null, an.realisation())],
      [
        auditName.activity({ planId: 's-0001:2026', day: '2026-01-14', ownId: 'a-1' }),
        store.activities.save(address, null, an.activity()),
      ],
      [auditName.policy('p-1'), store.policies.save(null, an.policy({ id: 'p-1' }))],
    ] as const;
    await store.commit(
      an.intent(),
      of.map(([, write]) => write),
    );
    await store.commit(an.intent(), [store.periods.save(null, an.period('2026-Q1', 'OPEN'))]);
    await store.commit(an.intent(), [
      store.ratings.save(address, null, an.rating()),
      store.ratings.saveAssessorRating(address, null, an.assessorRating()),
      store.unitAssessments.save(null, an.unitAssessment()),
      store.carryovers.save(address, null, an.carryover({ staffId: 's-0002' }), null),
    ]);

    const names = [
      ...of.map(([name]) => name),
      auditName.period('2026-Q1'),
      auditName.rating(an.rating()),
      auditName.assessorRating('2026-Q1', 's-0001'),
      auditName.unitAssessment('2026-Q1', 'u-dinkes'),
      auditName.carryover('2026-Q1', 's-0002'),
    ];
    for (const name of names) {
      expect([name, await store.audit.verify(name)]).toEqual([name, { entries: 1, brokenAt: null }]);
    }
  });

  test('shows that the entity was removed', async () => {
    const planId = 's-gone:2026';
    await store.commit(an.intent(), [store.plans.save(an.address(), null, an.plan({ id: planId }))]);

    await table.client.send(
      new DeleteCommand({ TableName: table.tableName, Key: planKey(an.address(), planId) }),
    );

    expect(await store.audit.verify(auditName.plan(planId))).toEqual({ entries: 1, brokenAt: 2 });
  });
});
