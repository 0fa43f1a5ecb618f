import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  auditor,
  caller,
  employee,
  hrAdmin,
  nobody,
  type Payload,
  planner,
  problemsOf,
  send,
} from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, nipOf, people, unitId } from './example-region.ts';

interface Person {
  readonly id: string;
  readonly version: number;
  readonly nip?: string | null;
  readonly position?: string | null;
}

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
});
afterAll(() => api.drop());

const mutation = async <Name extends string>(name: Name, inputType: string, input: object, who = hrAdmin) => {
  const { data, errors } = await send<Record<Name, Payload<'staff', Person>>>(
    api.handler,
    who,
    `mutation ($input: ${inputType}!) { ${name}(input: $input) { staff { id version nip position } userErrors { code message path } } }`,
    { input },
  );
  expect(errors).toEqual([]);
  return data[name];
};

const registered = (serial: number, more: object = {}): object => ({
  nip: nipOf(serial),
  name: 'Rina Rahma, S.Kep',
  employment: 'PNS',
  assignment: { unitId: unitId('P'), position: 'Perawat', jobGroup: 'nurse', from: '2026-01-05' },
  ...more,
});

describe('staff', () => {
  test('a person is registered, transferred, corrected and retired', async () => {
    const created = await mutation('createStaff', 'CreateStaffInput', registered(50));
    expect(created.userErrors).toEqual([]);
    const id = created.staff?.id ?? '';

    const transferred = await mutation('transferStaff', 'TransferStaffInput', {
      id,
      version: created.staff?.version,
      assignment: { unitId: unitId('Q'), position: 'Perawat ahli', jobGroup: 'nurse', from: '2026-03-01' },
    });
    expect(transferred).toMatchObject({ staff: { position: 'Perawat ahli', version: 2 }, userErrors: [] });

    const edited = await mutation('editStaff', 'EditStaffInput', {
      id,
      version: 2,
      grade: 'Penata Muda, III/a',
    });
    expect(edited).toMatchObject({ staff: { version: 3 }, userErrors: [] });

    const retired = await mutation('retireStaff', 'RetireStaffInput', { id, version: 3, from: '2026-03-05' });
    expect(retired).toMatchObject({ staff: { version: 4, position: null }, userErrors: [] });
    const again = await mutation('retireStaff', 'RetireStaffInput', { id, version: 4, from: '2026-03-05' });
    expect(problemsOf(again)).toEqual(['RETIRED id']);
  });

  test('all that is wrong is said at once, and nothing is written', async () => {
    const refused = await mutation(
      'createStaff',
      'CreateStaffInput',
      registered(51, {
        nip: '1980130120050110x',
        name: '',
        assignment: {
          unitId: 'u-none',
          position: '',
          jobGroup: 'nurse',
          assessorId: 's-none',
          from: '2026-01-05',
        },
      }),
    );
    expect(refused.staff).toBeNull();
    expect(problemsOf(refused)).toEqual([
      'INVALID_NIP nip',
      'INVALID_NIP nip',
      'REQUIRED name',
      'NOT_FOUND assignment unitId',
      'NOT_FOUND assignment assessorId',
      'REQUIRED assignment position',
    ]);
  });

  test('a NIP belongs to one person', async () => {
    const refused = await mutation('createStaff', 'CreateStaffInput', registered(3));
    expect(problemsOf(refused)).toEqual(['ALREADY_EXISTS nip']);
    const taken = await mutation('editStaff', 'EditStaffInput', {
      id: people.nurse,
      version: 1,
      nip: nipOf(4),
    });
    expect(problemsOf(taken)).toEqual(['ALREADY_EXISTS nip']);
  });

  test('whoever heads a unit cannot retire before somebody else does', async () => {
    const refused = await mutation('retireStaff', 'RetireStaffInput', {
      id: people.head,
      version: 1,
      from: '2026-06-01',
    });
    expect(problemsOf(refused)).toEqual(['IN_USE id']);
  });

  test('nobody decides on their own service: another personnel officer does', async () => {
    const own = caller(people.other, 'HR_ADMIN');
    const me = { id: people.other, version: 1 };
    const from = '2026-03-01';
    const absences = [{ kind: 'LEAVE', from, to: '2026-03-05' }];
    const assignment = {
      unitId: unitId('Q'),
      position: 'Perawat',
      jobGroup: 'nurse',
      positionClass: 17,
      from,
    };
    const answers = [
      await mutation('setAbsences', 'SetAbsencesInput', { ...me, absences }, own),
      await mutation('transferStaff', 'TransferStaffInput', { ...me, assignment }, own),
      await mutation('retireStaff', 'RetireStaffInput', { ...me, from }, own),
    ];
    for (const answer of answers) expect(problemsOf(answer)).toEqual(['FORBIDDEN id']);
    const byAnother = await mutation('setAbsences', 'SetAbsencesInput', { ...me, absences });
    expect(byAnother.userErrors).toEqual([]);
    const corrected = await mutation(
      'editStaff',
      'EditStaffInput',
      { ...me, version: 2, grade: 'Penata, III/d' },
      own,
    );
    expect(corrected.userErrors).toEqual([]);
  });

  test('a stale change is a conflict, answered with what is there now', async () => {
    const first = await mutation('editStaff', 'EditStaffInput', {
      id: people.colleague,
      version: 1,
      name: 'Dewi A',
    });
    expect(first.userErrors).toEqual([]);
    const stale = await mutation('editStaff', 'EditStaffInput', {
      id: people.colleague,
      version: 1,
      name: 'Dewi B',
    });
    expect(problemsOf(stale)).toEqual(['CONFLICT version']);
    expect(stale.staff).toMatchObject({ id: people.colleague, version: 2 });
  });
});

describe('what one sees of a person', () => {
  const look = async (who: Parameters<typeof send>[1], id: string) =>
    (
      await send<{ staff: { nip: string | null; name: string; assignments: unknown } | null }>(
        api.handler,
        who,
        'query ($id: ID!) { staff(id: $id) { nip grade name position assessor { id } assignments { from } } }',
        { id },
      )
    ).data.staff;

  test.each([
    ['the person', caller(people.nurse), true],
    ['the assessor', caller(people.head), true],
    ["the assessor's superior, who heads the unit above", caller(people.agencyHead), true],
    ['HR', hrAdmin, true],
    ['an inspector', auditor, true],
    ['a colleague of the same unit', caller(people.colleague), false],
    ['the head of another agency', caller(people.stranger), false],
    ['an account of nobody', employee, false],
    ['planning', planner, false],
  ])('%s', async (_, who, sees) => {
    const seen = await look(who, people.nurse);
    expect(seen).toMatchObject({ name: 'Citra Perawat', position: 'Perawat', assessor: { id: people.head } });
    expect(seen?.nip).toBe(sees ? nipOf(3) : null);
    expect(seen?.assignments).toEqual(sees || who === planner ? [{ from: '2025-01-01' }] : null);
  });

  test('in public: no person at all', async () => {
    const { codes } = await send(api.handler, nobody, 'query ($id: ID!) { staff(id: $id) { name } }', {
      id: people.nurse,
    });
    expect(codes).toEqual(['UNAUTHENTICATED']);
    const { data, text } = await send(
      api.handler,
      nobody,
      '{ unit(code: "P") { name head { name } heads { from } staff { nodes { name } } } }',
    );
    expect(data).toEqual({ unit: { name: 'Puskesmas Melati', head: null, heads: null, staff: null } });
    expect(text).not.toContain('Budi');
  });

  test('nobody finds out whose NIP it is who may not see it', async () => {
    const find = async (who: Parameters<typeof send>[1]) =>
      (await send(api.handler, who, 'query ($nip: String) { staff(nip: $nip) { id } }', { nip: nipOf(3) }))
        .data;
    expect(await find(hrAdmin)).toEqual({ staff: { id: people.nurse } });
    expect(await find(caller(people.nurse))).toEqual({ staff: { id: people.nurse } });
    expect(await find(caller(people.colleague))).toEqual({ staff: null });
  });
});

describe('lists of staff', () => {
  const LIST = `query ($filter: StaffFilter!, $first: Int! = 50, $after: String) {
    staffMembers(filter: $filter, first: $first, after: $after) {
      nodes { name } pageInfo { hasNextPage endCursor }
    }
  }`;
  interface Listed {
    readonly staffMembers: {
      readonly nodes: readonly { readonly name: string }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  }
  const list = async (filter: object, page: object = {}) => {
    const { data, codes } = await send<Listed>(api.handler, employee, LIST, { filter, ...page });
    return {
      names: data.staffMembers?.nodes.map(({ name }) => name),
      page: data.staffMembers?.pageInfo,
      codes,
    };
  };

  test('of a unit, of all below it, by the beginning of the name, by job group', async () => {
    const dewi = (await api.deps.store.staff.get(people.colleague))?.name;
    expect((await list({ unitId: unitId('P') })).names).toEqual(['Budi Kepala', 'Citra Perawat', dewi]);
    expect((await list({ unitId: unitId('D'), includeSubtree: true })).names).toEqual([
      'Ani Agensi',
      'Budi Kepala',
      'Citra Perawat',
      dewi,
      'Éka Perawat',
    ]);
    expect((await list({ namePrefix: 'eka' })).names).toEqual(['Éka Perawat']);
    expect((await list({ unitId: unitId('D'), includeSubtree: true, namePrefix: 'pera' })).names).toEqual([
      'Citra Perawat',
      'Éka Perawat',
    ]);
    expect((await list({ unitId: unitId('D'), includeSubtree: true, jobGroup: 'leader' })).names).toEqual([
      'Ani Agensi',
      'Budi Kepala',
    ]);
    expect((await list({ unitId: unitId('D'), includeSubtree: true, namePrefix: 'CI' })).names).toEqual([
      'Citra Perawat',
    ]);
  });

  test('of those whom one assesses, by name and page by page', async () => {
    const MINE = `query ($first: Int!, $after: String) {
      assessedStaff(first: $first, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }`;
    const assessed = async (
      staffId: string,
      page: { first: number; after?: string | null } = { first: 50 },
    ) => {
      const { data, codes } = await send<{ readonly assessedStaff: Listed['staffMembers'] }>(
        api.handler,
        caller(staffId),
        MINE,
        page,
      );
      expect(codes).toEqual([]);
      const { nodes, pageInfo } = data.assessedStaff;
      return { names: nodes.map(({ name }) => name), pageInfo };
    };
    const dewi = (await api.deps.store.staff.get(people.colleague))?.name;
    expect((await assessed(people.head)).names).toEqual(['Citra Perawat', dewi]);
    const first = await assessed(people.head, { first: 1 });
    expect(first).toMatchObject({ names: ['Citra Perawat'], pageInfo: { hasNextPage: true } });
    const rest = await assessed(people.head, { first: 1, after: first.pageInfo.endCursor });
    expect(rest).toMatchObject({ names: [dewi], pageInfo: { hasNextPage: false } });
    expect((await assessed(people.agencyHead)).names).toEqual(['Budi Kepala', 'Éka Perawat']);
    expect((await assessed(people.nurse)).names).toEqual([]);
    const { codes } = await send(api.handler, nobody, '{ assessedStaff { nodes { id } } }');
    expect(codes).toEqual(['UNAUTHENTICATED']);
  });

  test('page by page they come to the same, each person once', async () => {
    const filter = { unitId: unitId('D'), includeSubtree: true };
    const whole = (await list(filter)).names ?? [];
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 10; pages += 1) {
      const { names = [], page } = await list(filter, { first: 2, after });
      seen.push(...names);
      after = page?.endCursor ?? null;
      if (!page?.hasNextPage) break;
    }
    expect(seen).toEqual(whole);
  });

  test('not of everybody at once, and not of a unit that is none', async () => {
    expect((await list({})).codes).toEqual(['REQUIRED']);
    expect((await list({ unitId: 'u-none' })).codes).toEqual(['NOT_FOUND']);
  });
});
