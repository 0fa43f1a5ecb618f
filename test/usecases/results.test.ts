import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../functions/domain/access-policy.ts';
import { mergeRankings, type RankingScope } from '../../functions/domain/evaluation/ranking.ts';
import { planPeriod } from '../../functions/domain/period/period.ts';
import type { RaterGroup } from '../../functions/domain/rating/rating.ts';
import { readRanking } from '../../functions/usecases/ranking/read-ranking.ts';
import { readFeedback } from '../../functions/usecases/result/read-feedback.ts';
import { readResult, resultOfStaff, resultsOfStaff } from '../../functions/usecases/result/read-result.ts';
import { readUnitResult } from '../../functions/usecases/result/read-unit-result.ts';
import { summarise } from '../../functions/usecases/result/summarise.ts';
import { countRequests } from '../support/dynamodb.ts';
import { putResults } from '../support/published-results.ts';
import { execute } from '../workflow/machine.ts';
import { type PersonSpec, ratingOf, write } from '../workflow/region.ts';
import {
  as,
  auditor,
  region as base,
  hr,
  nobody,
  PERIOD,
  planner,
  problemsOf,
  type WorkRegion,
  workRegion,
} from './work-region.ts';

const line = (reached: readonly (string | null)[]) => ({ weight: 10_000, target: '10', reached });
const worked: Readonly<Record<string, Partial<PersonSpec>>> = {
  n1: { lines: [line(['11', '11', '11'])] },
  n2: { lines: [line(['10', '10', '10'])] },
  n3: { lines: [line(['8', '8', '8'])] },
  n4: { lines: [line(['9', '10', null])] },
  m1: { lines: [line(['10', '10', '10'])] },
};

const assessors: Readonly<Record<string, string>> = {
  kapus: 'kadis',
  kapus2: 'kadis',
  n1: 'kapus',
  n2: 'kapus',
  n3: 'kapus',
  n4: 'kapus',
  m1: 'kapus2',
};

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion({
    ...base,
    units: base.units.map((unit) =>
      unit.id === 'puskesmas' ? { ...unit, lines: [line(['9', '10', '11'])] } : unit,
    ),
    people: base.people.map((person) => ({
      ...person,
      ...worked[person.id],
      rated: [
        ['SUPERIOR', assessors[person.id] ?? 'nobody', 4],
        ['PEER', 'p1', 3],
        ['PEER', 'p2', 4],
      ],
    })),
  });
  const { deps, api } = region;
  const address = { collection: { unitId: 'puskesmas2', shard: 0 }, year: 2026 };
  const comments: readonly (readonly [RaterGroup, string, string])[] = [
    ['SUPERIOR', 's', 'Teladan'],
    ['SUBORDINATE', 'b1', 'Galak'],
    ['SUBORDINATE', 'b2', 'Pemarah'],
    ['PUBLIC', 'c1', 'Sabar'],
    ['PUBLIC', 'c2', 'Ramah'],
    ['PUBLIC', 'c3', 'Cepat'],
  ];
  await write(
    deps.store,
    comments.map(([group, rater, comment]) =>
      deps.store.ratings.save(address, null, { ...ratingOf(PERIOD, 'm1', group, rater, 4), comment }),
    ),
  );
  api.at('2026-04-06T02:00:00.000Z');
  await execute(deps, { periodId: PERIOD, attempt: 1 });
});
afterAll(() => region.api.drop());

const outcome = async (attempt: Promise<unknown>) =>
  (await problemsOf(attempt)).length === 0 ? 'sees' : 'refused';

/** Who may see the result of the nurse n1. */
const readers: readonly (readonly [string, Actor, boolean])[] = [
  ['the person', as('n1'), true],
  ['the assessor', as('kapus'), true],
  ["the assessor's superior", as('kadis'), true],
  ['HR', hr, true],
  ['an auditor', auditor, true],
  ['a planner', planner, false],
  ['a colleague', as('n2'), false],
  ['the head of another unit', as('kapus2'), false],
  ['the head of another agency', as('kadispar'), false],
  ['the public', nobody, false],
];

describe('who sees the result of a person', () => {
  test.each(readers)('%s', async (_, actor, may) => {
    const { deps } = region;
    const staff = await deps.store.staff.get('n1');
    if (staff === null) throw new Error('no n1');

    expect(await outcome(readResult(deps, actor, { staffId: 'n1', periodId: PERIOD }))).toBe(
      may ? 'sees' : 'refused',
    );
    expect((await resultOfStaff(deps, actor, staff, PERIOD)) !== null).toBe(may);
    expect((await resultsOfStaff(deps, actor, staff)) !== null).toBe(may);
  });

  test('a person reads how the result came about, and nothing of who rated', async () => {
    const { deps } = region;
    const result = await readResult(deps, as('n1'), { staffId: 'n1', periodId: PERIOD });
    if (result === null) throw new Error('no result');

    // 110 × 0.7 + 105 × 0.3: two peers are too few to count, so the superior's opinion stands alone.
    const [ranks = null] = await deps.store.rankings.ranksOf([result]);
    expect({ ...result, ranks }).toMatchObject({
      predicate: 'GOOD',
      score: 108_500_000,
      ranks: { unit: { rank: 1 } },
    });
    expect(JSON.stringify(result)).not.toMatch(/"p1"|"p2"|somebody/);
    expect(summarise(result, ranks, 'id')).toEqual([
      'Hasil kerja 110,00: rata-rata tertimbang capaian 1 dari 1 rencana hasil kerja utama.',
      'Work result 1: target 30, realisasi 33, capaian 110,00 %, bobot 100,00 %; di atas ekspektasi.',
      'Perilaku kerja 105,00: rata-rata tertimbang kelompok penilai.',
      'Penilai atasan: 105,00 poin, bobot 100,00 %.',
      'Penilai rekan + bawahan: tidak dihitung karena penilai terlalu sedikit untuk menjaga kerahasiaan mereka; bobotnya dibagikan kepada yang lain.',
      'Ketat atau longgarnya penilai tidak dapat diperhitungkan karena unit ini mempunyai terlalu sedikit penilaian; nilai tanpa penyesuaian yang berlaku.',
      'Usulan sistem: hasil kerja di atas ekspektasi, perilaku sesuai ekspektasi.',
      'Predikat kinerja: baik.',
      'Nilai untuk pemeringkatan: 70 % hasil kerja + 30 % perilaku = 108,50.',
      expect.stringMatching(/^Peringkat: 1 dari \d di unit/),
    ]);
    expect(summarise(result, null, 'en')[0]).toMatch(/^Work result 110\.00: the weighted mean/);
  });
});

describe('comments of raters', () => {
  test('of an anonymous group they come to light only from k raters on, in an order that says nothing', async () => {
    const { deps } = region;
    const feedback = await readFeedback(deps, { staffId: 'm1', periodId: PERIOD });
    expect(feedback).toEqual([
      { group: 'SUPERIOR', comments: ['Teladan'] },
      { group: 'PUBLIC', comments: ['Cepat', 'Ramah', 'Sabar'] },
    ]);
  });
});

describe('the result of a unit', () => {
  test.each([
    ['its head', as('kapus'), true],
    ['the head above', as('kadis'), true],
    ['HR', hr, true],
    ['a planner', planner, true],
    ['an auditor', auditor, true],
    ['a member', as('n1'), false],
    ['the head of another unit', as('kapus2'), false],
    ['the public', nobody, false],
  ])('%s sees achievements; exact counts and the guidance: %s', async (_, actor, exact) => {
    const found = await readUnitResult(region.deps, actor, { unitId: 'puskesmas', periodId: PERIOD });
    expect(found).toMatchObject({ score: 100_000_000, proposed: 'GOOD' });
    expect(found?.warnings !== null).toBe(exact);
    // n1, n2 and n4 are GOOD, n3 NEEDS_IMPROVEMENT: the one would be known, so both counts are hidden.
    expect(found?.distribution).toMatchObject(
      exact
        ? { GOOD: 3, NEEDS_IMPROVEMENT: 1, POOR: 0 }
        : { GOOD: null, NEEDS_IMPROVEMENT: null, POOR: null },
    );
  });
});

describe('rankings', () => {
  const unit: RankingScope = { kind: 'UNIT', unitId: 'puskesmas' };
  const whole: RankingScope = { kind: 'REGION' };
  const nurses: RankingScope = { kind: 'JOB_GROUP', jobGroup: 'nurse' };

  test.each<[string, Actor, RankingScope, boolean]>([
    ['HR the region', hr, whole, true],
    ['an auditor a job group', auditor, nurses, true],
    ['a head the own unit', as('kapus'), unit, true],
    ['the head above a unit below', as('kadis'), unit, true],
    ['a head the region', as('kapus'), whole, false],
    ['a head another unit', as('kapus2'), unit, false],
    ['a planner the region', planner, whole, false],
    ['a member the own unit', as('n1'), unit, false],
    ['the public', nobody, unit, false],
  ])('%s: %s', async (_, actor, scope, may) => {
    expect(await outcome(readRanking(region.deps, actor, PERIOD, scope, { first: 10 }, {}))).toBe(
      may ? 'sees' : 'refused',
    );
  });

  test("staff read their own line and nobody else's, without a page being read", async () => {
    const { deps, api } = region;
    const count = countRequests(api.table.client);
    const part = await readRanking(deps, as('n2'), PERIOD, unit, { first: 10 }, { around: 'n2' });
    count.remove();

    expect(part?.items.map(({ value }) => value)).toEqual([
      { staffId: 'n2', unitId: 'puskesmas', score: 101_500_000, rank: 2 },
    ]);
    expect(part?.total).toBe(5);
    expect(JSON.stringify(count.requests)).not.toMatch(/RANK#/);
    expect(
      await problemsOf(readRanking(deps, as('n2'), PERIOD, unit, { first: 10 }, { around: 'n1' })),
    ).toEqual(['FORBIDDEN']);
    expect(
      await problemsOf(
        readRanking(
          deps,
          as('n2'),
          PERIOD,
          { kind: 'UNIT', unitId: 'dispar' },
          { first: 10 },
          { around: 'n2' },
        ),
      ),
    ).toEqual(['NOT_FOUND around']);
  });

  describe('of seven hundred people over three pages', () => {
    const old = '2025-Q4';
    const score = (at: number) => (1_200 - Math.floor(at / 2)) * 100_000;
    beforeAll(async () => {
      const { store } = region.deps;
      const people = Array.from({ length: 700 }, (_, at) => ({
        staffId: `s${String(at).padStart(3, '0')}`,
        unitId: 'puskesmas',
        jobGroup: 'nurse',
        score: score(at),
      }));
      const merged = mergeRankings([people]);
      for (const scope of merged.scopes)
        await store.rankings.putPages(old, 'r1', scope.pages(store.rankings.pageSize));
      const own = await store.results.get(PERIOD, 'r1', 'n1');
      if (own === null) throw new Error('no result of n1');
      await putResults(
        store,
        ['s301', 's699'].map((staffId) => {
          const person = people.find((each) => each.staffId === staffId);
          if (person === undefined) throw new Error(staffId);
          return { ...own, ...person, periodId: old };
        }),
        ({ staffId, unitId, jobGroup, score }) =>
          score === null ? null : merged.ranksOf({ staffId, unitId, jobGroup, score }),
      );
      await write(store, [
        store.periods.save(null, {
          ...planPeriod(old, '2026-01-05T17:00:00.000Z', 420),
          state: 'PUBLISHED',
          publishedRun: 'r1',
          publishedAt: '2026-01-06T17:00:00.000Z',
        }),
      ]);
    });

    test.each([
      ['from the top', 10, {}, ['s000', 's009'], 1, 1],
      ['after an entry', 10, { after: 9 }, ['s010', 's019'], 11, 1],
      ['over the edge of a page', 100, { after: 249 }, ['s250', 's349'], 251, 2],
      ['from a place', 4, { fromRank: 302 }, ['s301', 's304'], 301, 2],
      ['at the end', 10, { after: 694 }, ['s695', 's699'], 695, 1],
      ['past the end', 10, { after: 900 }, [], undefined, 2],
      ['around somebody at the edge of a page', 10, { around: 's301' }, ['s296', 's305'], 297, 2],
      ['around the last', 10, { around: 's699' }, ['s690', 's699'], 691, 1],
    ] as const)('%s', async (_, first, start, ends, rank, pages) => {
      const { deps, api } = region;
      const count = countRequests(api.table.client);
      const part = await readRanking(deps, hr, old, whole, { first }, start);
      count.remove();

      const ids = part?.items.map(({ value }) => value.staffId) ?? [];
      expect(ids.length === 0 ? [] : [ids.at(0), ids.at(-1)]).toEqual(ends);
      expect(part?.items[0]?.value.rank).toBe(rank);
      expect(part?.total).toBe(700);
      expect(part?.items.map(({ position }) => Number(position))).toEqual(
        ids.map((id) => Number(id.slice(1))),
      );
      expect(JSON.stringify(count.requests).split('"RANK#').length - 1).toBeLessThanOrEqual(pages);
    });
  });
});
