/**
 * Assessors who let the time pass, and people who move: in the first quarter the superior of kapus evaluates a nurse whom kapus has
 * not evaluated, and that is final; in the second two nurses have moved, and the new assessor uses the previous result of one by
 * agreement.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discrepancies } from '../../functions/domain/evaluation/recompute.ts';
import { openPeriod, planPeriod } from '../../functions/domain/period/period.ts';
import { defaultPolicyRules } from '../../functions/domain/period/policy.ts';
import { region as base, PERIOD, type WorkRegion, workRegion } from '../usecases/work-region.ts';
import { execute } from '../workflow/machine.ts';
import { type PersonSpec, write } from '../workflow/region.ts';
import { type Caller, caller, type Failure, send } from './endpoint-client.ts';

const line = (...reached: readonly string[]) => ({ weight: 10_000, target: '10', reached });
const moves = { unit: 'puskesmas2', shard: 0, from: '2026-05-01' };
const worked: Readonly<Record<string, Partial<PersonSpec>>> = {
  n1: { lines: [line('12', '12', '12')], rated: [['SUPERIOR', 'kapus', 4]] },
  n2: { lines: [line('10', '10', '10')], rated: [['SUPERIOR', 'kapus', 4]], movesTo: moves },
  n4: { movesTo: moves },
};

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion({
    ...base,
    // The close is due on 6 April: from the 4th on the superior may rate.
    rules: { superiorDays: 2 },
    units: [
      ...base.units.map((unit) =>
        unit.id === 'dinkes' ? { ...unit, lines: [line('9', '10', '11')] } : unit,
      ),
      { id: 'labkesda', parent: 'dinkes', head: 'kalab' },
    ],
    people: [
      ...base.people.map((person) => ({ ...person, ...worked[person.id] })),
      { id: 'kalab', unit: 'labkesda', jobGroup: 'leader' },
      { id: 'l1', unit: 'labkesda', jobGroup: 'nurse', lines: [line('10', '10', '10')] },
    ],
  });
});
afterAll(() => region.api.drop());

const kadis = caller('kadis');
const kapus = caller('kapus');
const n1 = caller('n1');
const hr = caller('account-hr', 'HR_ADMIN');

/** One change; its entity, and what was refused as `code path`. */
async function change(who: Caller, name: string, entity: string, input: object) {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, codes } = await send<{
    outcome: { entity: Record<string, unknown> | null; userErrors: readonly Failure[] };
  }>(
    region.api.handler,
    who,
    `mutation ($input: ${type}!) { outcome: ${name}(input: $input) { entity: ${entity} userErrors { code message path } } }`,
    { input },
  );
  expect(codes).toEqual([]);
  return {
    ...data.outcome.entity,
    refused: data.outcome.userErrors.map(({ code, path }) => [code, ...path].join(' ')),
  };
}

const RATING = 'assessorRating { workResult behaviour as by { id } version }';
const rate = (who: Caller, staffId: string, more: object = {}) =>
  change(who, 'setAssessorRating', RATING, {
    periodId: PERIOD,
    staffId,
    workResult: 'MEETS',
    behaviour: 'MEETS',
    reason: 'Kunjungan bersama dua tim',
    ...more,
  });

const told = async (who: Caller, kind: string) => {
  const { data } = await send<{
    notices: { nodes: readonly { kind: string; text: string; period: { id: string } | null }[] };
  }>(
    region.api.handler,
    who,
    '{ notices(first: 100) { nodes { kind text period { id } } } }',
    {},
    { language: 'en' },
  );
  return data.notices.nodes.filter((notice) => notice.kind === kind);
};

const tasks = async (who: Caller, kind: string, periodId = PERIOD) => {
  const { data } = await send<{
    myTasks: {
      nodes: readonly { kind: string; periodId: string | null; staff: { id: string } | null }[];
    };
  }>(region.api.handler, who, '{ myTasks(first: 100) { nodes { kind periodId staff { id } } } }');
  return data.myTasks.nodes
    .filter((task) => task.kind === kind && task.periodId === periodId)
    .map(({ staff }) => staff?.id)
    .sort();
};

const resultOf = async (who: Caller, staffId: string, periodId = PERIOD, language = 'en') =>
  (
    await send<{ result: Record<string, unknown> & { summary: readonly string[] } }>(
      region.api.handler,
      who,
      `{ result(staffId: "${staffId}", periodId: "${periodId}") {
        workResultRating behaviourRating predicate summary score { exact } ranks { unit { of } } assessor { id }
        carriedOver { periodId run proposedBy innovation } workResult { source periods { periodId } } delivery { lastDayToObject }
        decision { workResult reason as } } }`,
      {},
      { language },
    )
  ).data.result;

describe('the assessor who lets the time pass', () => {
  test('has the time until the last days before the close', async () => {
    region.api.at('2026-04-03T16:59:59.000Z');
    expect((await rate(kadis, 'n1')).refused).toEqual(['NOT_YET periodId']);
    expect(await tasks(kadis, 'RATE_IN_PLACE')).toEqual([]);
    expect((await rate(kapus, 'n2')).refused).toEqual([]);
    // Without the assessor's version too.
    expect((await rate(kadis, 'n2')).refused).toEqual(['NOT_YET periodId']);
  });

  test('who has left the service since leaves it to the superior at once', async () => {
    const { store } = region.deps;
    const unit = await store.organisation.unit('labkesda');
    const kalab = await store.staff.get('kalab');
    if (unit === null || kalab === null) throw new Error('no labkesda');
    const head = { staffId: null, from: '2026-04-02' };
    expect(
      (await change(hr, 'editUnit', 'unit { id }', { id: unit.id, version: unit.version, head })).refused,
    ).toEqual([]);
    expect(await tasks(kadis, 'RATE_IN_PLACE')).toEqual([]);
    const retires = { id: 'kalab', version: kalab.version, from: '2026-04-02' };
    expect((await change(hr, 'retireStaff', 'staff { id }', retires)).refused).toEqual([]);
    expect(await tasks(kadis, 'RATE_IN_PLACE')).toEqual(['l1']);
    expect(await rate(kadis, 'l1')).toMatchObject({
      as: 'FOR_FORMER_ASSESSOR',
      by: { id: 'kadis' },
      refused: [],
    });
    expect(await tasks(kadis, 'RATE_IN_PLACE')).toEqual([]);
  });

  test('then the superior finds who has not been rated among the tasks, and nobody else does', async () => {
    region.api.at('2026-04-03T17:00:00.000Z');
    expect((await rate(kadis, 'n2')).refused).toEqual(['ALREADY_EXISTS staffId']);
    // n2 and l1 were rated; the heads of the puskesmas are assessed by kadis, above whom there is nobody.
    expect(await tasks(kadis, 'RATE_IN_PLACE')).toEqual(['m1', 'n1', 'n3', 'n4']);
    expect(await tasks(kapus, 'RATE_IN_PLACE')).toEqual([]);
    expect(await tasks(caller('kadispar'), 'RATE_IN_PLACE')).toEqual([]);
  });

  test.each([
    ['the head of another agency', 'kadispar'],
    ['the head of another unit', 'kapus2'],
    ['a colleague', 'n2'],
    ['the person', 'n1'],
  ])('%s does not rate in the assessor’s place', async (_, who) => {
    expect((await rate(caller(who), 'n1')).refused).toEqual(['FORBIDDEN']);
  });

  test('the superior gives the reason where the ratings differ, and rates nobody whom the assessor has rated', async () => {
    expect((await rate(kadis, 'n2', { version: 1 })).refused).toEqual(['ALREADY_EXISTS staffId']);
    expect((await rate(kadis, 'n1', { reason: null })).refused).toEqual(['REASON_REQUIRED reason']);
    expect(await rate(kadis, 'n1')).toMatchObject({
      as: 'ASSESSORS_SUPERIOR',
      by: { id: 'kadis' },
      workResult: 'MEETS',
      version: 1,
      refused: [],
    });
    expect(await tasks(kadis, 'RATE_IN_PLACE')).toEqual(['m1', 'n3', 'n4']);
  });

  test('of both at once one wins', async () => {
    const outcomes = await Promise.allSettled([rate(kadis, 'n3'), rate(kapus, 'n3')]);
    const refused = outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value.refused.length : 'failed',
    );
    expect(refused.toSorted()).toEqual([0, 1]);
  });

  test('what the superior set is final for the assessor', async () => {
    expect((await rate(kapus, 'n1', { version: 1 })).refused).toEqual(['RESULT_FINAL']);
    expect((await rate(kadis, 'n1', { version: 1, workResult: 'ABOVE' })).refused).toEqual([]);
    // Where the superior has not, the assessor may still.
    expect((await rate(kapus, 'n4')).refused).toEqual([]);
  });
});

describe('whom only the head of the region assesses', () => {
  const kadispar = caller('kadispar');

  test.each([
    ['personnel whom they lead', caller('n2', 'HR_ADMIN')],
    ['themselves, with the office', caller('kadis', 'HR_ADMIN')],
    ['who inspects', caller('kadispar', 'HR_ADMIN', 'AUDITOR')],
    ['planners', caller('account-planner', 'PLANNER')],
    ['the head of another agency', kadispar],
  ])('is not rated by %s', async (_, who) => {
    region.api.at('2026-04-04T02:00:00.000Z');
    expect((await rate(who, 'kadis')).refused).toEqual(['FORBIDDEN']);
  });

  test('is rated by the personnel office in that official’s name, which rates nobody else', async () => {
    const officer = caller('kadispar', 'HR_ADMIN');
    expect(await tasks(officer, 'RATE_IN_PLACE')).toEqual(['kadis']);
    expect(await tasks(caller('n2', 'HR_ADMIN'), 'RATE_IN_PLACE')).toEqual(['kadispar']);
    expect((await rate(officer, 'kadis', { reason: null })).refused).toEqual(['REASON_REQUIRED reason']);
    expect(await rate(officer, 'kadis')).toMatchObject({ as: 'REGIONAL_HEAD', by: null, refused: [] });
    expect(await tasks(officer, 'RATE_IN_PLACE')).toEqual([]);
    expect(await rate(hr, 'kadis', { version: 1, workResult: 'ABOVE' })).toMatchObject({ refused: [] });
    expect((await rate(hr, 'kapus')).refused).toEqual(['FORBIDDEN']);
    expect((await rate(hr, 'n1')).refused).toEqual(['FORBIDDEN']);
  });
});

describe('when the quarter is closed', () => {
  test('what the superior decided is said in both languages, holds together, and nobody objects to it', async () => {
    region.api.at('2026-04-06T02:00:00.000Z');
    await execute(region.deps, { periodId: PERIOD, attempt: 1 });
    const result = await resultOf(n1, 'n1');
    expect(result).toMatchObject({
      workResultRating: 'ABOVE',
      behaviourRating: 'MEETS',
      predicate: 'GOOD',
      delivery: { lastDayToObject: null },
      decision: { workResult: 'ABOVE', as: 'ASSESSORS_SUPERIOR' },
    });
    expect(result.summary).toContain(
      "The assessor's superior decided, because the assessor did not evaluate in time: work result above expectation, behaviour meets expectation; reason: Kunjungan bersama dua tim. This result is final.",
    );
    expect((await resultOf(n1, 'n1', PERIOD, 'id')).summary.join('\n')).toContain(
      'Atasan pejabat penilai menetapkan karena pejabat penilai tidak mengevaluasi pada waktunya',
    );
    expect((await resultOf(caller('n2'), 'n2')).delivery).not.toEqual({ lastDayToObject: null });

    const stored = await region.deps.store.results.get(PERIOD, 'r1', 'n1');
    expect(stored && discrepancies(stored, { ...defaultPolicyRules, superiorDays: 2 })).toEqual([]);
    const objects = (who: Caller) =>
      change(who, 'fileObjection', 'objection { id }', { periodId: PERIOD, reasons: 'Target tercapai' });
    expect((await objects(n1)).refused).toEqual(['RESULT_FINAL periodId']);
    expect((await objects(caller('n2'))).refused).toEqual([]);
  });

  test('the result of an assessor who had left can be objected to, is explained by who evaluated and decided by another', async () => {
    const l1 = caller('l1');
    const result = await resultOf(l1, 'l1');
    expect(result).toMatchObject({ decision: { as: 'FOR_FORMER_ASSESSOR' } });
    expect(result.summary.join('\n')).toContain(
      "The assessor's superior decided, because the assessor has left the service",
    );
    expect((await resultOf(l1, 'l1', PERIOD, 'id')).summary.join('\n')).toContain(
      'Atasan pejabat penilai menetapkan karena pejabat penilai tidak lagi bertugas',
    );
    const filed = { periodId: PERIOD, reasons: 'Target tercapai' };
    expect(
      await change(l1, 'fileObjection', 'objection { assessor { id } decider { id } explainBy }', filed),
    ).toMatchObject({ assessor: { id: 'kadis' }, decider: null, explainBy: expect.any(String), refused: [] });
    expect(await tasks(kadis, 'EXPLAIN_OBJECTION')).toEqual(['l1']);
  });

  test('what the head of the region decided is final; what nobody decided can be objected to', async () => {
    const result = await resultOf(kadis, 'kadis');
    expect(result).toMatchObject({
      workResultRating: 'ABOVE',
      decision: { as: 'REGIONAL_HEAD' },
      delivery: { lastDayToObject: null },
    });
    expect(result.summary.join('\n')).toContain('The head of the region decided: work result above');
    expect((await resultOf(kadis, 'kadis', PERIOD, 'id')).summary.join('\n')).toContain(
      'Kepala daerah menetapkan: hasil kerja di atas',
    );
    const filed = { periodId: PERIOD, reasons: 'Target tercapai' };
    expect((await change(kadis, 'fileObjection', 'objection { id }', filed)).refused).toEqual([
      'RESULT_FINAL periodId',
    ]);
    expect((await change(caller('kadispar'), 'fileObjection', 'objection { id }', filed)).refused).toEqual(
      [],
    );
  });
});

describe('the previous result', () => {
  const NEXT = '2026-Q2';
  const kapus2 = caller('kapus2');
  const n2 = caller('n2');
  const n4 = caller('n4');
  const CARRYOVER = 'carryover { state proposedBy sourcePeriodId assessor { id } reason version }';
  const propose = (who: Caller, staffId: string, more: object = {}) =>
    change(who, 'proposeCarryover', CARRYOVER, {
      periodId: NEXT,
      staffId,
      sourcePeriodId: PERIOD,
      reason: 'Baru dua bulan di unit ini',
      ...more,
    });
  const answer = (who: Caller, staffId: string, agree: boolean, version: number) =>
    change(who, 'answerCarryover', CARRYOVER, { periodId: NEXT, staffId, agree, version });
  const rateNext = (who: Caller, staffId: string) => rate(who, staffId, { periodId: NEXT });

  beforeAll(async () => {
    const { store } = region.deps;
    await write(store, [store.periods.save(null, planPeriod(NEXT, '2026-07-05T17:00:00.000Z', 420))]);
    const planned = await store.periods.get(NEXT);
    if (planned === null) throw new Error('not planned');
    await write(store, [store.periods.save(planned, openPeriod(planned))]);
    region.api.at('2026-06-20T02:00:00.000Z');
  });

  test.each([
    ['the former assessor', kapus],
    ['a former colleague', n1],
    ['the head above', kadis],
    ['personnel', caller('account-hr', 'HR_ADMIN')],
  ])('is not proposed by %s', async (_, who) => {
    expect((await propose(who, 'n2')).refused).toEqual(['FORBIDDEN']);
  });

  test('is one that another assessor made in the period before, and not a head’s', async () => {
    const refused = ['NO_PREVIOUS_RESULT sourcePeriodId'];
    expect((await propose(n2, 'n2', { sourcePeriodId: '2025' })).refused).toEqual(refused);
    // The same assessor as before; nothing came of the quarter before; a head.
    expect((await propose(kapus, 'n3')).refused).toEqual(refused);
    expect((await propose(kapus2, 'm1')).refused).toEqual(refused);
    expect((await propose(kadis, 'kapus')).refused).toEqual(['NO_PREVIOUS_RESULT staffId']);
    expect((await propose(n2, 'n2', { periodId: PERIOD })).refused).toEqual(['PERIOD_CLOSED periodId']);
  });

  test('is proposed by one side and agreed to by the other', async () => {
    const answers = (who: Caller) => tasks(who, 'ANSWER_CARRYOVER', NEXT);
    expect(await propose(n2, 'n2')).toMatchObject({ state: 'PROPOSED', proposedBy: 'STAFF', refused: [] });
    for (const [who, waiting] of [
      [kapus2, ['n2']],
      [n2, []],
      [kapus, []],
      [kadis, []],
    ] as const)
      expect(await answers(who)).toEqual(waiting);
    expect((await propose(kapus2, 'n2', { version: 1 })).refused).toEqual(['ALREADY_EXISTS sourcePeriodId']);
    expect((await answer(n2, 'n2', true, 1)).refused).toEqual(['FORBIDDEN']);
    expect(await answer(kapus2, 'n2', false, 1)).toMatchObject({ state: 'DECLINED', refused: [] });
    expect(await answers(kapus2)).toEqual([]);
    const answered = {
      kind: 'CARRYOVER_ANSWERED',
      text: `Your proposal that a previous result counts in the period ${NEXT} was agreed to or declined.`,
      period: { id: NEXT },
    };
    expect(await told(n2, answered.kind)).toEqual([answered]);

    expect(await propose(kapus2, 'n2', { version: 2 })).toMatchObject({ proposedBy: 'ASSESSOR', version: 3 });
    expect([await answers(n2), await answers(kapus2)]).toEqual([['n2'], []]);
    const withdrawal = { periodId: NEXT, staffId: 'n2', version: 3 };
    expect((await change(n2, 'withdrawCarryover', CARRYOVER, withdrawal)).refused).toEqual(['FORBIDDEN']);
    expect(await change(kapus2, 'withdrawCarryover', CARRYOVER, withdrawal)).toMatchObject({
      state: 'WITHDRAWN',
      refused: [],
    });
    await propose(kapus2, 'n2', { version: 4 });
    expect((await answer(n2, 'n2', true, 4)).refused).toEqual(['CONFLICT version']);
    expect(await answer(n2, 'n2', true, 5)).toMatchObject({
      state: 'AGREED',
      sourcePeriodId: PERIOD,
      assessor: { id: 'kapus2' },
      version: 6,
    });
    // Each side of the answer to what it proposed; of what was taken back nobody.
    expect(await told(kapus2, answered.kind)).toEqual([answered]);
    expect(await told(n2, answered.kind)).toEqual([answered]);
    expect(await told(kapus, answered.kind)).toEqual([]);
    expect((await answer(n2, 'n2', false, 6)).refused).toEqual(['WRONG_STATE']);
  });

  test('is read by the two, the heads above, HR and auditors', async () => {
    const query = `{ carryover(staffId: "n2", periodId: "${NEXT}") { state } }`;
    const read = async (who: Caller) => {
      const { data, codes } = await send<{ carryover: object }>(region.api.handler, who, query);
      return codes.length > 0 ? codes : data.carryover;
    };
    for (const who of [n2, kapus2, kadis, caller('account-hr', 'HR_ADMIN'), caller('account', 'AUDITOR')])
      expect(await read(who)).toEqual({ state: 'AGREED' });
    for (const who of [n1, kapus, caller('kadispar')]) expect(await read(who)).toEqual(['FORBIDDEN']);
  });

  test('then stands in the proposal and beside the others, and no rating is set over it', async () => {
    expect((await rateNext(kapus2, 'n2')).refused).toEqual(['CARRIED_OVER']);
    const { data } = await send<{
      proposal: object;
      calibration: { entries: { nodes: readonly object[] } };
    }>(
      region.api.handler,
      kapus2,
      `{ proposal(staffId: "n2", periodId: "${NEXT}") { predicate carriedOver { periodId } }
         calibration(unitId: "puskesmas2", periodId: "${NEXT}") {
           entries(first: 10) { nodes { proposal { staff { id } predicate carriedOver { run } } } } } }`,
    );
    expect(data.proposal).toEqual({ predicate: 'GOOD', carriedOver: { periodId: PERIOD } });
    expect(data.calibration.entries.nodes).toContainEqual({
      proposal: { staff: { id: 'n2' }, predicate: 'GOOD', carriedOver: { run: 'r1' } },
    });
  });

  test('leaves the assessor’s superior nothing to do; of an agreement and the superior’s ratings one wins', async () => {
    await propose(kapus2, 'n4');
    region.api.at('2026-07-04T02:00:00.000Z');
    expect(await tasks(kadis, 'RATE_IN_PLACE', NEXT)).toEqual(['m1', 'n1', 'n3', 'n4']);
    expect((await rateNext(kadis, 'n2')).refused).toEqual(['CARRIED_OVER']);

    const both = await Promise.allSettled([answer(n4, 'n4', true, 1), rateNext(kadis, 'n4')]);
    const refused = both.map((one) => (one.status === 'fulfilled' ? one.value.refused : ['failed']));
    expect(refused.map((codes) => codes.length).toSorted()).toEqual([0, 1]);
    expect(['RESULT_FINAL', 'CARRIED_OVER']).toContain(refused.flat()[0]);
  });

  test('is published with its score, from the run that was frozen, and the explanation says by whose wish', async () => {
    region.api.at('2026-07-06T02:00:00.000Z');
    await execute(region.deps, { periodId: NEXT, attempt: 1 });
    const [before, result] = [await resultOf(n2, 'n2'), await resultOf(n2, 'n2', NEXT)];
    expect(result).toMatchObject({
      workResultRating: before['workResultRating'],
      behaviourRating: before['behaviourRating'],
      predicate: before['predicate'],
      score: before['score'],
      assessor: { id: 'kapus2' },
      carriedOver: { periodId: PERIOD, run: 'r1', proposedBy: 'ASSESSOR', innovation: false },
      workResult: { source: 'PERIODS', periods: [{ periodId: PERIOD }] },
      decision: null,
    });
    expect(result.summary[0]).toBe(
      'After a transfer or with a new assessor, the result of 2026-Q1 is used by agreement of assessor and staff member, as the assessor proposed.',
    );
    expect((await resultOf(n2, 'n2', NEXT, 'id')).summary[0]).toContain('atas usul pejabat penilai');
    const stored = await region.deps.store.results.get(NEXT, 'r1', 'n2');
    expect(stored && discrepancies(stored, { ...defaultPolicyRules, superiorDays: 2 })).toEqual([]);
    // Who has agreed on nothing is evaluated by the quarter's own figures, of which there are none.
    expect(await resultOf(caller('m1'), 'm1', NEXT)).toMatchObject({ carriedOver: null, predicate: null });
  });
});
