import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discrepancies } from '../../functions/domain/evaluation/recompute.ts';
import { defaultPolicyRules } from '../../functions/domain/period/policy.ts';
import { createStaff } from '../../functions/usecases/staff/create-staff.ts';
import { countRequests } from '../support/dynamodb.ts';
import { region as base, hr, PERIOD, type WorkRegion, workRegion } from '../usecases/work-region.ts';
import { execute } from '../workflow/machine.ts';
import type { PersonSpec } from '../workflow/region.ts';
import {
  type Caller,
  caller,
  hrAdmin,
  nobody,
  type Payload,
  planner,
  problemsOf,
  send,
} from './endpoint-client.ts';
import type { ImportAnswer } from './example-region.ts';

/*
 * A quarter of the puskesmas from the end of the period to publication: kadis, one level up, sets the unit's predicate; kapus, its
 * head, looks at everybody side by side, decides, and justifies the distribution.
 */
const line = (...reached: readonly (string | null)[]) => ({ weight: 10_000, target: '10', reached });
const worked: Readonly<Record<string, Partial<PersonSpec>>> = {
  n1: { lines: [line('12', '12', '12')], rated: [['SUPERIOR', 'kapus', 5]] },
  n2: { lines: [line('10', '10', '10')], rated: [['SUPERIOR', 'kapus', 4]] },
  n3: { lines: [line('5', '5', '5')], rated: [['SUPERIOR', 'kapus', 3]] },
  n4: { lines: [line('10', '10', '10')], rated: [['SUPERIOR', 'kapus', 4]] },
  kapus: { lines: [line('11', '11', '11')], rated: [['SUPERIOR', 'kadis', 4]] },
};

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion({
    ...base,
    units: base.units.map((unit) =>
      unit.id === 'puskesmas' ? { ...unit, lines: [line('9', '10', '11')] } : unit,
    ),
    people: base.people.map((person) => ({ ...person, ...worked[person.id] })),
  });
});
afterAll(() => region.api.drop());

const kadis = caller('kadis');
const kapus = caller('kapus');

interface Evaluation {
  readonly proposed: string | null;
  readonly predicate: string | null;
  readonly decision: { readonly as: string; readonly reason: string | null } | null;
  readonly justification: string | null;
  readonly version: number | null;
}
const EVALUATION = 'evaluation { proposed predicate decision { as reason } justification version }';

const setPredicate = async (
  who: Caller,
  input: {
    readonly unitId?: string;
    readonly predicate?: string | null;
    readonly reason?: string;
    readonly version?: number;
  },
) => {
  const { data, codes } = await send<{ setUnitPredicate: Payload<'evaluation', Evaluation> }>(
    region.api.handler,
    who,
    `mutation ($input: SetUnitPredicateInput!) {
      setUnitPredicate(input: $input) { ${EVALUATION} userErrors { code message path } }
    }`,
    { input: { unitId: 'puskesmas', periodId: PERIOD, ...input } },
  );
  expect(codes).toEqual([]);
  return data.setUnitPredicate;
};
const refusals = async (...args: Parameters<typeof setPredicate>) => problemsOf(await setPredicate(...args));

const justify = async (who: Caller, justification: string | null, version?: number) => {
  const { data } = await send<{ justifyDistribution: Payload<'evaluation', Evaluation> }>(
    region.api.handler,
    who,
    `mutation ($input: JustifyDistributionInput!) {
      justifyDistribution(input: $input) { ${EVALUATION} userErrors { code message path } }
    }`,
    { input: { unitId: 'puskesmas', periodId: PERIOD, justification, version } },
  );
  return data.justifyDistribution;
};

describe('the predicate of a unit', () => {
  test('is not set before the period is over', async () => {
    region.api.at('2026-03-31T16:00:00.000Z');
    expect(await refusals(kadis, { predicate: 'GOOD' })).toEqual(['PERIOD_NOT_OVER periodId']);
    region.api.at('2026-04-02T02:00:00.000Z');
  });

  test.each([
    ['its own head', kapus],
    ['a member', caller('n1')],
    ['the head of another unit', caller('kapus2')],
    ['the head of another agency', caller('kadispar')],
    ['the planner, while somebody leads one level up', planner],
    ['personnel', caller('account-hr', 'HR_ADMIN')],
  ])('is not set by %s', async (_, who) => {
    expect(await refusals(who, { predicate: 'GOOD' })).toEqual(['FORBIDDEN']);
  });

  test('follows the proposal without a reason, and differs from it with one', async () => {
    expect(await refusals(kadis, { predicate: 'NEEDS_IMPROVEMENT' })).toEqual(['REASON_REQUIRED reason']);
    expect(await refusals(kadis, { predicate: 'POOR', reason: 'x'.repeat(2_001) })).toEqual([
      'TOO_LONG reason',
    ]);
    const followed = await setPredicate(kadis, { predicate: 'GOOD' });
    expect(followed.evaluation).toMatchObject({ proposed: 'GOOD', predicate: 'GOOD', version: 1 });
    expect(await refusals(kadis, { predicate: 'NEEDS_IMPROVEMENT', reason: 'Stok vaksin' })).toEqual([
      'CONFLICT version',
    ]);
    const set = await setPredicate(kadis, {
      predicate: 'NEEDS_IMPROVEMENT',
      reason: 'Stok vaksin',
      version: 1,
    });
    expect(set.evaluation).toEqual({
      proposed: 'GOOD',
      predicate: 'NEEDS_IMPROVEMENT',
      decision: { as: 'LEADER_ABOVE', reason: 'Stok vaksin' },
      justification: null,
      version: 2,
    });
  });

  test('is taken back, once', async () => {
    const taken = await setPredicate(kadis, { predicate: null, version: 2 });
    expect(taken.evaluation).toMatchObject({ predicate: 'GOOD', decision: null, version: 3 });
    expect(await refusals(kadis, { predicate: null, version: 3 })).toEqual(['NO_CHANGE']);
    await setPredicate(kadis, { predicate: 'NEEDS_IMPROVEMENT', reason: 'Stok vaksin', version: 3 });
  });

  test('of a unit at the top is set by the planner, and by no head', async () => {
    expect(await refusals(kadis, { unitId: 'dinkes', predicate: 'GOOD', reason: 'x' })).toEqual([
      'FORBIDDEN',
    ]);
    expect(await refusals(planner, { unitId: 'dinkes', predicate: 'GOOD' })).toEqual([
      'REASON_REQUIRED reason',
    ]);
    const set = await setPredicate(planner, { unitId: 'dinkes', predicate: 'GOOD', reason: 'Belum ada PK' });
    expect(set.evaluation).toMatchObject({ proposed: null, predicate: 'GOOD', decision: { as: 'PLANNER' } });
    expect(
      await refusals(caller('kadis', 'PLANNER'), { unitId: 'dinkes', predicate: 'GOOD', reason: 'x' }),
    ).toEqual(['FORBIDDEN']);
  });

  test('waits among the tasks of who decides, until it is set', async () => {
    const waiting = async (who: Caller) => {
      const { data } = await send<{ myTasks: { nodes: { kind: string; unit: { id: string } | null }[] } }>(
        region.api.handler,
        who,
        '{ myTasks(first: 50) { nodes { kind unit { id } } } }',
      );
      const { nodes } = data.myTasks;
      return nodes.flatMap(({ kind, unit }) => (kind === 'SET_UNIT_PREDICATE' ? (unit?.id ?? '?') : []));
    };
    expect(await waiting(kadis)).toEqual(['puskesmas2']);
    expect(await waiting(kapus)).toEqual([]);
    expect(await waiting(planner)).toEqual(['dispar']);
  });

  test('of nothing is not set', async () => {
    expect(await refusals(kadis, { unitId: 'nowhere', predicate: 'GOOD' })).toEqual(['NOT_FOUND unitId']);
  });
});

describe('the justification of a distribution', () => {
  test('is the word of the unit’s head', async () => {
    expect(problemsOf(await justify(kadis, 'Tim kecil', 4))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await justify(kapus, 'Tim kecil', 3))).toEqual(['CONFLICT version']);
    const said = await justify(kapus, 'Tim kecil dengan beban KLB', 4);
    expect(said.evaluation).toMatchObject({ justification: 'Tim kecil dengan beban KLB', version: 5 });
    expect(problemsOf(await justify(kapus, 'Tim kecil dengan beban KLB', 5))).toEqual(['NO_CHANGE']);
  });
});

describe('the absences of a person', () => {
  const set = async (who: Caller, absences: readonly object[], version = 1) => {
    const { data } = await send<{ setAbsences: Payload<'staff', { readonly absences: readonly object[] }> }>(
      region.api.handler,
      who,
      `mutation ($input: SetAbsencesInput!) {
        setAbsences(input: $input) { staff { absences { kind from to } version } userErrors { code message path } }
      }`,
      { input: { id: 'n4', version, absences } },
    );
    return data.setAbsences;
  };
  const leave = { kind: 'UNPAID_LEAVE', from: '2025-12-01', to: '2026-04-30' };

  test('are recorded by personnel, in order', async () => {
    expect(problemsOf(await set(kapus, [leave]))).toEqual(['FORBIDDEN']);
    const twice = await set(hrAdmin, [leave, { kind: 'STUDY', from: '2026-04-30', to: '2200-01-01' }]);
    expect(problemsOf(twice)).toEqual(['OUT_OF_RANGE absences 1 from', 'OUT_OF_RANGE absences 1 to']);
    expect((await set(hrAdmin, [leave])).staff).toEqual({ absences: [leave], version: 2 });
    expect(problemsOf(await set(hrAdmin, [leave], 2))).toEqual(['NO_CHANGE absences']);
  });

  test('are imported by NIP, one after the other, and correct the last day of one that is there', async () => {
    const nip = (await region.deps.store.staff.get('m1'))?.nip ?? '';
    const importing = async (who: Caller, ...rows: readonly object[]) => {
      const { data } = await send<{ importAbsences: ImportAnswer }>(
        region.api.handler,
        who,
        `mutation ($input: ImportAbsencesInput!) {
          importAbsences(input: $input) { imported unchanged userErrors { code message path } }
        }`,
        { input: { rows } },
      );
      const { imported, unchanged, userErrors } = data.importAbsences;
      return [imported, unchanged, ...userErrors.map(({ code, path }) => [code, ...path.slice(1)].join(' '))];
    };
    const sick = { nip, kind: 'LEAVE', from: '2025-05-05', to: '2025-05-09' };
    const study = { nip, kind: 'STUDY', from: '2025-09-01', to: '2025-09-30' };
    expect(await importing(kapus, sick)).toEqual([0, 0, 'FORBIDDEN']);
    expect(await importing(hrAdmin, study, sick)).toEqual([2, 0]);
    expect(await importing(hrAdmin, sick, { ...study, to: '2025-10-15' })).toEqual([1, 1]);
    expect((await region.deps.store.staff.get('m1'))?.absences).toEqual([
      { kind: 'LEAVE', from: '2025-05-05', to: '2025-05-09' },
      { kind: 'STUDY', from: '2025-09-01', to: '2025-10-15' },
    ]);
    expect(
      await importing(
        hrAdmin,
        { ...sick, from: '2025-10-01', to: '2025-11-01' },
        { ...sick, from: '2025-12-05', to: '2025-12-01' },
        { ...sick, nip: '198001012005011999' },
        { ...study, to: '2025-10-16' },
        study,
      ),
    ).toEqual([1, 0, 'OUT_OF_RANGE 0 from', 'OUT_OF_RANGE 1 to', 'NOT_FOUND 2 nip', 'DUPLICATE 4 from']);
  });

  test('are not for colleagues to see', async () => {
    const seen = async (who: Caller) =>
      (
        await send<{ staff: { absences: unknown } }>(
          region.api.handler,
          who,
          '{ staff(id: "n4") { absences { kind } } }',
        )
      ).data.staff.absences;
    expect(await seen(caller('n3'))).toBeNull();
    expect(await seen(caller('n4'))).toEqual([{ kind: 'UNPAID_LEAVE' }]);
  });
});

describe('the calibration of a unit', () => {
  interface Entry {
    readonly proposal: Record<string, unknown> & { readonly staff: { readonly id: string } };
    readonly differs: boolean;
    readonly ratingVersion: number | null;
  }
  interface Shown {
    readonly evaluation: Evaluation;
    readonly distribution: readonly { readonly predicate: string; readonly count: number }[];
    readonly notEvaluated: number;
    readonly guidance: readonly object[];
    readonly warnings: readonly object[];
    readonly entries: {
      readonly nodes: readonly Entry[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  }
  const calibration = (who: Caller, unitId = 'puskesmas', page = 'first: 50') =>
    send<{ calibration: Shown }>(
      region.api.handler,
      who,
      `{ calibration(unitId: "${unitId}", periodId: "${PERIOD}") {
          evaluation { predicate justification } notEvaluated distribution { predicate count }
          guidance { bound predicates allowed } warnings { bound predicates allowed actual }
          entries(${page}) { pageInfo { hasNextPage endCursor } nodes { differs ratingVersion
            proposal { staff { id } predicate workResultRating behaviourRating
              workResult { score { shown } proposed } behaviour { pools { groups raters } } decision { reason } } } } } }`,
    );

  test('shows everybody side by side, with what the guidance says of all of them', async () => {
    const { data, codes } = await calibration(kapus);
    expect(codes).toEqual([]);
    const { entries, ...shown } = data.calibration;
    expect(
      entries.nodes.map(({ proposal }) => [
        proposal.staff.id,
        proposal['predicate'],
        proposal['workResultRating'],
      ]),
    ).toEqual([
      ['n1', 'EXCELLENT', 'ABOVE'],
      ['n2', 'GOOD', 'MEETS'],
      ['n3', 'NEEDS_IMPROVEMENT', 'BELOW'],
      ['n4', null, null],
    ]);
    expect(shown).toEqual({
      evaluation: { predicate: 'NEEDS_IMPROVEMENT', justification: 'Tim kecil dengan beban KLB' },
      distribution: [
        { predicate: 'EXCELLENT', count: 1 },
        { predicate: 'GOOD', count: 1 },
        { predicate: 'NEEDS_IMPROVEMENT', count: 1 },
        { predicate: 'POOR', count: 0 },
        { predicate: 'VERY_POOR', count: 0 },
      ],
      notEvaluated: 1,
      guidance: [
        { bound: 'AT_LEAST', predicates: ['NEEDS_IMPROVEMENT'], allowed: 2 },
        { bound: 'AT_MOST', predicates: ['EXCELLENT'], allowed: 0 },
      ],
      warnings: [
        { bound: 'AT_LEAST', predicates: ['NEEDS_IMPROVEMENT'], allowed: 2, actual: 1 },
        { bound: 'AT_MOST', predicates: ['EXCELLENT'], allowed: 0, actual: 1 },
      ],
    });
  });

  test('comes to the same, one by one, as each proposal', async () => {
    const { data } = await calibration(kadis);
    for (const { proposal } of data.calibration.entries.nodes) {
      const alone = await send<{ proposal: object }>(
        region.api.handler,
        kadis,
        `{ proposal(staffId: "${proposal.staff.id}", periodId: "${PERIOD}") { staff { id } predicate workResultRating
          behaviourRating workResult { score { shown } proposed } behaviour { pools { groups raters } } decision { reason } } }`,
      );
      expect(alone.data.proposal).toEqual(proposal);
    }
  });

  test('of the unit above shows the heads below, with the predicate that was set', async () => {
    const { data } = await calibration(kadis, 'dinkes');
    expect(
      data.calibration.entries.nodes.map(({ proposal }) => [proposal.staff.id, proposal['workResultRating']]),
    ).toEqual([
      ['kapus', 'BELOW'],
      ['kapus2', null],
    ]);
  });

  test.each([
    ['a member', caller('n1')],
    ['the head of another unit', caller('kapus2')],
    ['the planner', planner],
  ])('is not for %s', async (_, who) => {
    expect((await calibration(who)).codes).toEqual(['FORBIDDEN']);
  });

  test('is null as a detail of the unit for those who may not see it', async () => {
    const query = `{ unit(id: "puskesmas") { calibration(periodId: "${PERIOD}") { notEvaluated } } }`;
    const seen = async (who: Caller) =>
      (await send<{ unit: object }>(region.api.handler, who, query)).data.unit;
    expect(await seen(kapus)).toEqual({ calibration: { notEvaluated: 1 } });
    expect(await seen(caller('n1'))).toEqual({ calibration: null });
  });

  test('is paged, and costs no more requests for more people', async () => {
    const first = (await calibration(kapus, 'puskesmas', 'first: 3')).data.calibration.entries;
    expect(first.nodes).toHaveLength(3);
    const after = `first: 3, after: "${first.pageInfo.endCursor}"`;
    const rest = (await calibration(kapus, 'puskesmas', after)).data.calibration.entries;
    expect(rest.nodes.map(({ proposal }) => proposal.staff.id)).toEqual(['n4']);
    expect((await calibration(caller('kadis'), 'dinkes', after)).codes).toEqual(['INVALID_CURSOR']);

    const requests = countRequests(region.api.table.client);
    let serial = 100;
    const costWith = async (more: number) => {
      for (let added = 0; added < more; added += 1) {
        serial += 1;
        await createStaff(region.deps, hr, {
          nip: `198501012010011${serial}`,
          name: `Rina ${serial}`,
          employment: 'PPPK',
          assignment: { unitId: 'puskesmas', position: 'Perawat', jobGroup: 'nurse', from: '2025-01-01' },
        });
      }
      requests.reset();
      expect((await calibration(kapus)).data.calibration.notEvaluated).toBe(1 + serial - 100);
      return requests.byOperation;
    };
    const few = await costWith(2);
    expect(await costWith(6)).toEqual(few);
    expect(Object.values(few).reduce((sum, count) => sum + count, 0)).toBeLessThan(40);
  });

  test('a change of a rating is told with before and after', async () => {
    const rate = (workResult: string, reason: string, version: number | null) =>
      send(
        region.api.handler,
        kapus,
        `mutation ($input: SetAssessorRatingInput!) { setAssessorRating(input: $input) { userErrors { code } } }`,
        { input: { staffId: 'n2', periodId: PERIOD, workResult, behaviour: 'MEETS', reason, version } },
      );
    await rate('ABOVE', 'Kunjungan rumah di luar target', null);
    const shown = (await calibration(kapus)).data.calibration.entries.nodes[1];
    expect(shown).toMatchObject({ differs: true, ratingVersion: 1, proposal: { workResultRating: 'ABOVE' } });
    await rate('MEETS', 'Dibandingkan dengan n1', 1);

    const query = `{ ratingChanges(staffId: "n2", periodId: "${PERIOD}") {
      by { id } before { workResult reason } after { workResult behaviour reason } } }`;
    const { data } = await send<{ ratingChanges: readonly object[] }>(region.api.handler, kadis, query);
    expect(data.ratingChanges).toEqual([
      {
        by: { id: 'kapus' },
        before: null,
        after: { workResult: 'ABOVE', behaviour: 'MEETS', reason: 'Kunjungan rumah di luar target' },
      },
      {
        by: { id: 'kapus' },
        before: { workResult: 'ABOVE', reason: 'Kunjungan rumah di luar target' },
        after: { workResult: 'MEETS', behaviour: 'MEETS', reason: 'Dibandingkan dengan n1' },
      },
    ]);
    expect((await send(region.api.handler, caller('n2'), query)).codes).toEqual(['FORBIDDEN']);
  });
});

describe('the published results', () => {
  beforeAll(async () => {
    region.api.at('2026-04-06T02:00:00.000Z');
    await execute(region.deps, { periodId: PERIOD, attempt: 1 });
  });

  test('the head’s work result follows the predicate that was set, and says by whom in what role, and why', async () => {
    const { data } = await send<{ result: Record<string, unknown> & { summary: readonly string[] } }>(
      region.api.handler,
      kapus,
      `{ result(staffId: "kapus", periodId: "${PERIOD}") { workResultRating predicate summary
         workResult { source score { shown } proposed unit { unit { id } predicate proposed setBy reason } } } }`,
      {},
      { language: 'en' },
    );
    expect(data.result).toMatchObject({
      workResultRating: 'BELOW',
      workResult: {
        source: 'UNIT_ACHIEVEMENT',
        score: { shown: '100.00' },
        proposed: 'BELOW',
        unit: {
          unit: { id: 'puskesmas' },
          predicate: 'NEEDS_IMPROVEMENT',
          proposed: 'GOOD',
          setBy: 'LEADER_ABOVE',
          reason: 'Stok vaksin',
        },
      },
    });
    expect(data.result.summary).toContain(
      'The predicate of the unit is needs improvement, set by the leader one level up (the system proposed good); reason: Stok vaksin.',
    );
  });

  test('a head without an agreement is measured by their own plan, and rated by what was set', async () => {
    const result = await region.deps.store.results.get(PERIOD, 'r1', 'kadis');
    expect(result?.workResult).toMatchObject({ source: 'PLAN', notMeasured: 'NO_PLAN', proposed: 'MEETS' });
  });

  test('of somebody who was away all the time say so, and evaluate nothing', async () => {
    const { data } = await send<{ result: Record<string, unknown> & { summary: readonly string[] } }>(
      region.api.handler,
      caller('n4'),
      `{ result(staffId: "n4", periodId: "${PERIOD}") { predicate score { shown } summary
         presence { days served absent study evaluated } workResult { score { shown } notMeasured proposed } } }`,
      {},
      { language: 'en' },
    );
    expect(data.result).toMatchObject({
      predicate: null,
      score: null,
      presence: { days: 90, served: 90, absent: 90, study: 0, evaluated: false },
      workResult: { score: { shown: '100.00' }, notMeasured: 'ABSENT', proposed: null },
    });
    expect(data.result.summary).toContain(
      'By the policy that is not enough to be evaluated; the figures that exist are only shown.',
    );
  });

  test('every result can be recomputed from what it says', async () => {
    const ids = base.people.map(({ id }) => id);
    const results = await region.deps.store.results.getMany(
      ids.map((staffId) => ({ periodId: PERIOD, run: 'r1', staffId })),
    );
    for (const result of results) {
      if (result === null) throw new Error('no result');
      expect([result.staffId, discrepancies(result, defaultPolicyRules)]).toEqual([result.staffId, []]);
    }
  });

  test('the guidance is that of the predicate that was set, and its justification stands with it', async () => {
    const query = `{ unitResult(unitId: "puskesmas", periodId: "${PERIOD}") {
      proposed predicate decision { predicate as reason decidedBy { id } } justification
      warnings { bound predicates allowed actual } } }`;
    const { data } = await send<{ unitResult: Record<string, unknown> }>(region.api.handler, kadis, query);
    expect(data.unitResult).toEqual({
      proposed: 'GOOD',
      predicate: 'NEEDS_IMPROVEMENT',
      decision: {
        predicate: 'NEEDS_IMPROVEMENT',
        as: 'LEADER_ABOVE',
        reason: 'Stok vaksin',
        decidedBy: { id: 'kadis' },
      },
      justification: 'Tim kecil dengan beban KLB',
      // Excellent, good and needs improvement, one each: of three, two should need improvement, and nobody be excellent.
      warnings: [
        { bound: 'AT_LEAST', predicates: ['NEEDS_IMPROVEMENT'], allowed: 2, actual: 1 },
        { bound: 'AT_MOST', predicates: ['EXCELLENT'], allowed: 0, actual: 1 },
      ],
    });
    const open = `{ unitResult(unitId: "puskesmas", periodId: "${PERIOD}") { predicate decision { as reason } justification } }`;
    const shown = await send<{ unitResult: Record<string, unknown> }>(region.api.handler, nobody, open);
    expect(shown.data.unitResult).toEqual({
      predicate: 'NEEDS_IMPROVEMENT',
      decision: { as: 'LEADER_ABOVE', reason: null },
      justification: null,
    });
  });

  test('nothing is decided any more', async () => {
    expect(await refusals(kadis, { predicate: 'GOOD', version: 5 })).toEqual(['PERIOD_CLOSED periodId']);
  });
});
