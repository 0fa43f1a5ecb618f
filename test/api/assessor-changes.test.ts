/**
 * Assessors who let the time pass, and people who move: in the first quarter the superior of kapus evaluates a nurse whom kapus has
 * not evaluated, and that is final.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultPolicyRules } from '../../functions/domain/policy.ts';
import { discrepancies } from '../../functions/domain/recompute.ts';
import { region as base, PERIOD, type WorkRegion, workRegion } from '../usecases/work-region.ts';
import { execute } from '../workflow/machine.ts';
import type { PersonSpec } from '../workflow/region.ts';
import { type Caller, caller, type Failure, send } from './endpoint-client.ts';

const line = (...reached: readonly string[]) => ({ weight: 10_000, target: '10', reached });
const worked: Readonly<Record<string, Partial<PersonSpec>>> = {
  n1: { lines: [line('12', '12', '12')], rated: [['SUPERIOR', 'kapus', 4]] },
  n2: { lines: [line('10', '10', '10')], rated: [['SUPERIOR', 'kapus', 4]] },
};

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion({
    ...base,
    // The close is due on 6 April: from the 4th on the superior may rate.
    rules: { superiorDays: 2 },
    units: base.units.map((unit) =>
      unit.id === 'dinkes' ? { ...unit, lines: [line('9', '10', '11')] } : unit,
    ),
    people: base.people.map((person) => ({ ...person, ...worked[person.id] })),
  });
});
afterAll(() => region.api.drop());

const kadis = caller('kadis');
const kapus = caller('kapus');
const n1 = caller('n1');

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
        workResultRating behaviourRating predicate summary delivery { lastDayToObject }
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
  });

  test('then the superior finds who has not been rated among the tasks, and nobody else does', async () => {
    region.api.at('2026-04-03T17:00:00.000Z');
    // n2 was rated; the heads of the puskesmas are assessed by kadis, above whom there is nobody.
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

  test('the published result says so in both languages, holds together, and nobody objects to it', async () => {
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
    // A head above whom there is only the head of the region.
    expect((await objects(kadis)).refused).toEqual(['RESULT_FINAL periodId']);
  });
});
