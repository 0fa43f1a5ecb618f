import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { homeOf, type Staff, withAssignments } from '../../functions/domain/organisation/staff.ts';
import type { Stored, Write } from '../../functions/store/contract/stored.ts';
import { createStore } from '../../functions/store/create-store.ts';
import { membershipKey } from '../../functions/store/keys.ts';
import * as schemas from '../../functions/store/schemas.ts';
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

const save = (...writes: Write[]): Promise<void> => store.commit(an.intent(), writes);
const saveAt = (at: string, ...writes: Write[]): Promise<void> => store.commit(an.intent({ at }), writes);

const stored = async (staff: Staff): Promise<Stored<Staff>> => {
  await save(store.staff.save(null, staff));
  return found(staff.id);
};
const found = async (id: string): Promise<Stored<Staff>> => {
  const staff = await store.staff.get(id);
  if (staff === null) throw new Error('not stored');
  return staff;
};
const newUnit = async (id: string) => {
  const { version } = await store.organisation.load();
  await save(store.organisation.save(version, null, an.unit({ id })));
};
/** Two decisions on the same state; the second one to come is refused. */
const secondIsRefused = async (first: Write, second: Write) => {
  await save(first);
  await expect(save(second)).rejects.toMatchObject({ problems: [{ code: 'CONFLICT' }] });
};

describe('a unit that is retired while somebody joins it', () => {
  const decide = async (id: string) => {
    await newUnit(id);
    const { version } = await store.organisation.load();
    const unit = await store.organisation.unit(id);
    if (unit === null) throw new Error('not stored');
    const rosterVersion = await store.staff.rosterVersion(id);
    const mover = await stored(an.staff({ id: `s-${id}` }));
    const assignments = [
      an.assignment({ to: '2026-05-31' }),
      an.assignment({ unitId: id, from: '2026-06-01' }),
    ];
    return {
      retire: store.organisation.save(
        version,
        unit,
        { ...unit, retiredFrom: '2026-06-01' },
        { rosterVersion },
      ),
      join: store.staff.save(mover, { ...mover, assignments }),
    };
  };

  test('is joined first: it is not retired', async () => {
    const { retire, join } = await decide('u-joined');
    await secondIsRefused(join, retire);
  });
  test('is retired first: nobody joins', async () => {
    const { retire, join } = await decide('u-retired');
    await secondIsRefused(retire, join);
  });
  test('is joined by many in one transaction, which count once', async () => {
    await newUnit('u-many');
    const assignments = [an.assignment({ unitId: 'u-many' })];
    await save(...[1, 2, 3].map(() => store.staff.save(null, an.staff({ assignments }))));
    expect(await store.staff.rosterVersion('u-many')).toBe(1);
  });
  test('is not joined by those who are renamed, or leave it', async () => {
    const assignments = [an.assignment({ unitId: 'u-still' })];
    const staff = await stored(an.staff({ assignments }));
    await save(store.staff.save(staff, { ...staff, name: 'Nama Baru' }));
    const renamed = await found(staff.id);
    await save(
      store.staff.save(renamed, { ...renamed, retiredFrom: '2026-06-01' }, { delegationVersion: 0 }),
    );
    expect(await store.staff.rosterVersion('u-still')).toBe(1);
  });
});

describe('a person who retires while they are named head', () => {
  const decide = async (id: string) => {
    await newUnit(id);
    const head = await stored(an.staff({ id: `s-head-${id}` }));
    const { version } = await store.organisation.load();
    const unit = await store.organisation.unit(id);
    if (unit === null) throw new Error('not stored');
    const heads = [{ staffId: head.id, from: '2026-06-01', to: null }];
    return {
      name: store.organisation.save(version, unit, { ...unit, heads }, { heads: [head] }),
      retire: store.staff.save(
        head,
        { ...head, retiredFrom: '2026-05-01' },
        { organisationVersion: version, delegationVersion: 0 },
      ),
    };
  };

  test('is named first: does not retire', async () => {
    const { name, retire } = await decide('u-named');
    await secondIsRefused(name, retire);
  });
  test('retires first: is not named', async () => {
    const { name, retire } = await decide('u-vacant');
    await secondIsRefused(retire, name);
  });
});

describe('an assessor by delegation', () => {
  const naming = (assessorId: string, from = '2026-01-01') => [an.assignment({ assessorId, from })];

  test('is named by many in one transaction, which count once, and each of them is known', async () => {
    const staff = [1, 2, 3].map(() => an.staff({ assignments: naming('s-deputy') }));
    await save(...staff.map((each) => store.staff.save(null, each)));
    expect(await store.staff.delegationVersion('s-deputy')).toBe(1);
    expect([...(await store.staff.everNamed('s-deputy'))].sort()).toEqual(staff.map(({ id }) => id).sort());
  });
  test('is not named anew by who is renamed, or names somebody else from a day on', async () => {
    const staff = await stored(an.staff({ assignments: naming('s-still') }));
    await save(store.staff.save(staff, { ...staff, name: 'Nama Baru' }));
    const renamed = await found(staff.id);
    const assignments = [
      an.assignment({ assessorId: 's-still', from: '2026-01-01', to: '2026-05-31' }),
      an.assignment({ assessorId: 's-other', from: '2026-06-01' }),
    ];
    await save(store.staff.save(renamed, { ...renamed, assignments }));
    expect(await store.staff.delegationVersion('s-still')).toBe(1);
    expect(await store.staff.delegationVersion('s-other')).toBe(1);
    expect(await store.staff.assessedFrom('s-still', '2026-06-01')).toEqual([]);
    expect(await store.staff.everNamed('s-still')).toEqual([staff.id]);
  });
  test('does not retire without a look at whom they assess', async () => {
    const staff = await stored(an.staff());
    await expect(save(store.staff.save(staff, { ...staff, retiredFrom: '2026-06-01' }))).rejects.toThrow(
      'who is assessed',
    );
  });
});

describe('a stay that is over', () => {
  const attributesOf = async (staffId: string, unitId: string, from: string) =>
    Object.keys(
      (
        await table.client.send(
          new GetCommand({
            TableName: table.tableName,
            Key: membershipKey({ unitId, shard: 0 }, staffId, from),
          }),
        )
      ).Item ?? {},
    ).sort();

  test('leaves every list with the next change of the person, and stays on the roster', async () => {
    const staff = await stored(
      an.staff({
        id: 's-over',
        assignments: [
          an.assignment({ unitId: 'u-over', assessorId: 's-chief', to: '2026-06-30' }),
          an.assignment({ unitId: 'u-next', from: '2026-07-01' }),
        ],
      }),
    );
    expect(await attributesOf('s-over', 'u-over', '2024-01-01')).toContain('gsi3pk');

    await saveAt('2026-08-01T01:00:00.000Z', store.staff.save(staff, { ...staff, name: 'Nama Baru' }));

    expect(await attributesOf('s-over', 'u-over', '2024-01-01')).toEqual(['body', 'pk', 'sk']);
    expect(await attributesOf('s-over', 'u-next', '2026-07-01')).toContain('gsi1pk');
    expect(await store.staff.roster({ unitId: 'u-over', shard: 0 })).toHaveLength(1);
    expect(
      (await store.staff.ofNamedAssessor('s-chief', { first: 9, after: null }, '2026-06-30')).items,
    ).toEqual([]);
    expect(await store.staff.assessedFrom('s-chief', '2026-06-30')).toHaveLength(1);
  });
});

test('who names an assessor is known for a day and all later ones', async () => {
  await stored(
    an.staff({
      id: 's-assessed',
      assignments: [
        an.assignment({ assessorId: 's-first', to: '2026-06-30' }),
        an.assignment({ assessorId: 's-later', from: '2026-07-01' }),
      ],
    }),
  );
  const countFrom = async (assessorId: string, from: string) =>
    (await store.staff.assessedFrom(assessorId, from)).length;
  expect(await countFrom('s-first', '2026-06-30')).toBe(1);
  expect(await countFrom('s-first', '2026-07-01')).toBe(0);
  expect(await countFrom('s-later', '2026-05-01')).toBe(1);
});

test('a home that was pinned is on the roster of the stay that it is not in', async () => {
  const staff = await stored(
    an.staff({ id: 's-pinned', assignments: [an.assignment({ unitId: 'u-home', from: '2025-01-01' })] }),
  );
  const after = withAssignments(
    staff,
    [
      an.assignment({ unitId: 'u-home', from: '2025-01-01', to: '2025-12-14' }),
      an.assignment({ unitId: 'u-away', from: '2025-12-15' }),
    ],
    '2026-03-10',
  );
  await save(store.staff.save(staff, after));

  const [stay] = await store.staff.roster({ unitId: 'u-away', shard: 0 });
  if (stay === undefined) throw new Error('no stay');
  expect([2025, 2026, 2027, 2028].map((year) => homeOf(stay, year).unitId)).toEqual([
    'u-home',
    'u-home',
    'u-home',
    'u-away',
  ]);
  expect((await found('s-pinned')).homes).toEqual({
    2026: { unitId: 'u-home', shard: 0 },
    2027: { unitId: 'u-home', shard: 0 },
  });
});

test('items that are older than pinned homes are read', () => {
  const { homes: _, ...staff } = an.staff();
  expect(schemas.staff().parse(staff)).toMatchObject({ id: staff.id, homes: {} });
  const { functionalLevel: _level, positionClass: _class, ...assignment } = an.assignment();
  const stay = { ...assignment, staffId: staff.id };
  expect(schemas.membership().parse(stay)).toEqual({ ...stay, homes: {}, servesFrom: null, absences: [] });
});

test('a NIP that another person has is not in the message', async () => {
  const { nip } = await stored(an.staff());
  await expect(save(store.staff.save(null, an.staff({ nip })))).rejects.toMatchObject({
    problems: [{ code: 'ALREADY_EXISTS', path: ['nip'], params: {} }],
  });
});

test('somebody who has served for ever is saved in one transaction, with everybody else of an import', async () => {
  const veterans = Array.from({ length: 8 }, () =>
    an.staff({ assignments: [an.assignment({ from: '1945-01-01' })] }),
  );
  await save(...veterans.map((staff) => store.staff.save(null, staff)));
  expect(await store.staff.get(veterans[0]?.id ?? '')).not.toBeNull();
});
