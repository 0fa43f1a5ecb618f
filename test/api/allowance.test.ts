import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultPolicyRules } from '../../functions/domain/period/policy.ts';
import * as an from '../store/examples.ts';
import { countRequests } from '../support/dynamodb.ts';
import { putResults } from '../support/published-results.ts';
import { write } from '../workflow/region.ts';
import { auditor, caller, hrAdmin, planner, problemsOf, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import {
  createExampleRegion,
  type ImportAnswer,
  importStaff,
  nipOf,
  people,
  staffRow,
  unitId,
} from './example-region.ts';

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
  const nurses = [3, 4].map((serial) =>
    staffRow(serial, serial === 3 ? 'Citra Perawat' : 'Dewi Perawat', 'P', {
      functionalLevel: 'AHLI_PERTAMA',
      positionClass: 8,
    }),
  );
  expect(await importStaff(api, nurses)).toMatchObject({ imported: 2 });
  // A file without the columns takes nothing away.
  expect(await importStaff(api, [staffRow(4, 'Dewi Perawat', 'P')])).toMatchObject({ unchanged: 1 });

  const { store } = api.deps;
  const allowance = { ...defaultPolicyRules.allowance, bases: [{ positionClass: 8, amount: 5_000_000 }] };
  await write(store, [
    store.policies.save(
      null,
      an.policy({ effectiveFrom: '2025-01-01', rules: { ...defaultPolicyRules, allowance } }),
    ),
    store.periods.save(null, an.period('2025-Q4', 'PUBLISHED')),
  ]);
  await putResults(
    store,
    [people.nurse, people.colleague].map((staffId) =>
      an.result({
        staffId,
        periodId: '2025-Q4',
        unitId: unitId('P'),
        assessorId: people.head,
        predicate: 'EXCELLENT',
        workResult: { ...an.result().workResult, score: 92_500_000 },
      }),
    ),
  );
});
afterAll(() => api.drop());

const IMPORT = `mutation ($rows: [ImportAttendanceRow!]!) {
  importAttendance(input: { rows: $rows }) { imported unchanged userErrors { code message path } }
}`;
const importAttendance = async (rows: readonly object[], who = hrAdmin): Promise<ImportAnswer> =>
  (await send<{ importAttendance: ImportAnswer }>(api.handler, who, IMPORT, { rows })).data.importAttendance;
const row = (serial: number, changes: object = {}) => ({
  nip: nipOf(serial),
  month: '2025-12',
  workingDays: 20,
  absentDays: 1,
  lostMinutes: 0,
  ...changes,
});

const ALLOWANCE = `query ($id: ID!, $month: Month!) { staff(id: $id) { allowance(month: $month) {
  positionClass base weights { productivity discipline } periodId productivity { shown } minutesADay
  attendance { workingDays absentDays lostMinutes } discipline { shown } amount gaps policyId
} } }`;
const allowanceOf = async (who: typeof hrAdmin, id: string, month = '2025-12') =>
  (
    await send<{ staff: { allowance: Record<string, unknown> | null } }>(api.handler, who, ALLOWANCE, {
      id,
      month,
    })
  ).data.staff.allowance;

describe('the allowance (TPP)', () => {
  test('has no amount before the attendance has come, then one that can be recomputed, and follows corrections', async () => {
    expect(await allowanceOf(hrAdmin, people.nurse)).toMatchObject({ amount: null, gaps: ['NO_ATTENDANCE'] });

    expect(await importAttendance([row(3), row(4, { absentDays: 0 })])).toMatchObject({ imported: 2 });
    expect(await importAttendance([row(3), row(4, { absentDays: 0 })])).toMatchObject({ unchanged: 2 });
    expect(await allowanceOf(hrAdmin, people.nurse)).toEqual({
      positionClass: 8,
      base: '5000000',
      weights: { productivity: 60, discipline: 40 },
      periodId: '2025-Q4',
      productivity: { shown: '92.50' },
      minutesADay: 450,
      attendance: { workingDays: 20, absentDays: 1, lostMinutes: 0 },
      discipline: { shown: '95.00' },
      amount: '4675000',
      gaps: [],
      policyId: 'p-1',
    });

    expect(await importAttendance([row(3, { absentDays: 0 })])).toMatchObject({ imported: 1 });
    expect(await allowanceOf(hrAdmin, people.nurse)).toMatchObject({ amount: '4775000' });
    const entity = `ATTENDANCE#${people.nurse}#2025-12`;
    const { entries } = {
      entries: (await api.deps.store.audit.entries(entity, { first: 9, after: null })).items,
    };
    expect(entries.map(({ value }) => value.operation)).toEqual(['importAttendance', 'importAttendance']);
    expect(await api.deps.store.audit.verify(entity)).toEqual({ entries: 2, brokenAt: null });
  });

  test('is for the person, the heads of the unit, HR_ADMIN and AUDITOR', async () => {
    const sees = async (who: typeof hrAdmin) => (await allowanceOf(who, people.nurse)) !== null;
    expect(await sees(caller(people.nurse))).toBe(true);
    expect(await sees(caller(people.head))).toBe(true);
    expect(await sees(caller(people.agencyHead))).toBe(true);
    expect(await sees(auditor)).toBe(true);
    expect(await sees(caller(people.colleague))).toBe(false);
    expect(await sees(caller(people.stranger))).toBe(false);
    expect(await sees(planner)).toBe(false);
  });

  test('names all that is wrong with each row, and writes the others', async () => {
    const answer = await importAttendance([
      row(3, { month: '2025-11' }),
      row(77),
      row(4, { month: '2026-04' }),
      row(4, { month: '2024-12' }),
      row(4, { workingDays: 32, absentDays: 40 }),
      row(3, { month: '2025-11' }),
    ]);
    expect(answer.imported).toBe(1);
    expect(problemsOf(answer)).toEqual([
      'NOT_FOUND rows 1 nip',
      'OUT_OF_RANGE rows 2 month',
      'NOT_MEMBER rows 3 month',
      'OUT_OF_RANGE rows 4 workingDays',
      'OUT_OF_RANGE rows 4 absentDays',
      'DUPLICATE rows 5 month',
    ]);
  });

  test('takes attendance from HR_ADMIN only, and nobody imports their own', async () => {
    expect(problemsOf(await importAttendance([row(3)], caller(people.head)))).toEqual(['FORBIDDEN']);
    const nurseOfHr = caller(people.nurse, 'HR_ADMIN');
    expect(
      problemsOf(await importAttendance([row(3, { absentDays: 0, lostMinutes: 1 })], nurseOfHr)),
    ).toEqual(['FORBIDDEN rows 0 nip']);
  });

  test("a unit's list for the payroll costs the same few requests for two as for one", async () => {
    const LIST = `query ($unit: ID!, $first: Int!) { staffMembers(filter: { unitId: $unit }, first: $first) {
      nodes { id allowance(month: "2025-12") { amount gaps } } } }`;
    const list = (first: number) => send(api.handler, hrAdmin, LIST, { unit: unitId('P'), first });
    await list(1);
    const counts: number[] = [];
    for (const first of [1, 3]) {
      const count = countRequests(api.table.client);
      await list(first);
      count.remove();
      counts.push(count.total);
    }
    expect(counts[1]).toBe(counts[0]);
    expect(counts[0]).toBeLessThanOrEqual(10);
  });
});

describe('credits (angka kredit)', () => {
  const CREDITS = `query ($id: ID!) { staff(id: $id) { credits {
    total { shown } levels { level credit { shown } }
    periods { periodId predicate counts notEarned credit { shown } spans { level from to months share yearly { shown } credit { shown } } }
  } } }`;
  const creditsOf = async (who: typeof hrAdmin, id: string) =>
    (await send<{ staff: { credits: unknown } }>(api.handler, who, CREDITS, { id })).data.staff.credits;

  test('are explained span by span', async () => {
    expect(await creditsOf(caller(people.nurse), people.nurse)).toEqual({
      total: { shown: '4.69' },
      levels: [{ level: 'AHLI_PERTAMA', credit: { shown: '4.69' } }],
      periods: [
        {
          periodId: '2025-Q4',
          predicate: 'EXCELLENT',
          counts: true,
          notEarned: null,
          credit: { shown: '4.69' },
          spans: [
            {
              level: 'AHLI_PERTAMA',
              from: '2025-10',
              to: '2025-12',
              months: 3,
              share: 150,
              yearly: { shown: '12.50' },
              credit: { shown: '4.69' },
            },
          ],
        },
      ],
    });
  });

  test('are for the person and the line above, not for colleagues', async () => {
    expect(await creditsOf(caller(people.head), people.nurse)).not.toBeNull();
    expect(await creditsOf(caller(people.colleague), people.nurse)).toBeNull();
    expect(await creditsOf(planner, people.nurse)).toBeNull();
  });
});
