/** What a head must not read of who leads them, and nobody of themselves, in lists about a unit. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../functions/domain/access-policy.ts';
import { readCalibration } from '../../functions/usecases/evaluation/read-calibration.ts';
import { readRatingChanges } from '../../functions/usecases/evaluation/read-rating-changes.ts';
import { readExport } from '../../functions/usecases/export/request-export.ts';
import { peopleOf } from '../../functions/usecases/progress/read-progress.ts';
import { refreshProgress } from '../../functions/usecases/progress/refresh-progress.ts';
import { type RankingStart, readRanking } from '../../functions/usecases/ranking/read-ranking.ts';
import {
  readAssessorRating,
  setAssessorRating,
} from '../../functions/usecases/rating/set-assessor-rating.ts';
import { readProposal } from '../../functions/usecases/result/read-proposal.ts';
import { retireStaff } from '../../functions/usecases/staff/retire-staff.ts';
import { transferStaff } from '../../functions/usecases/staff/transfer-staff.ts';
import { execute } from '../workflow/machine.ts';
import type { PersonSpec } from '../workflow/region.ts';
import { as, hr, PERIOD, problemsOf, type WorkRegion, workRegion } from './work-region.ts';

const worker = (id: string, reached: string, by: string): PersonSpec => ({
  id,
  unit: 'puskesmas',
  jobGroup: 'nurse',
  lines: [{ weight: 10_000, target: '10', reached: [reached, reached, reached] }],
  rated: [['SUPERIOR', by, 4]],
});

/** `acting` serves in the puskesmas that `kapus` heads, and acts as the head of the agency above. */
let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion({
    periodId: PERIOD,
    units: [
      { id: 'bupati', head: 'bupati' },
      { id: 'dinkes', parent: 'bupati', head: 'acting' },
      { id: 'puskesmas', parent: 'dinkes', head: 'kapus' },
    ],
    people: [
      { id: 'bupati', unit: 'bupati', jobGroup: 'leader' },
      worker('acting', '11', 'bupati'),
      worker('kapus', '10', 'acting'),
      worker('n1', '12', 'kapus'),
      worker('n2', '9', 'kapus'),
    ],
  });
  const { deps, api } = region;
  await refreshProgress(deps, (_, error) => {
    throw error;
  });
  api.at('2026-04-01T02:00:00.000Z');
});
afterAll(() => region.api.drop());

test('the calibration counts everybody but the reader, whoever reads', async () => {
  const key = { unitId: 'puskesmas', periodId: PERIOD };
  const count = async (actor: Actor) => {
    const { distribution, notEvaluated, entries } = await readCalibration(region.deps, actor, key);
    const counted = Object.values(distribution).reduce((sum, n) => sum + n, notEvaluated);
    return [entries.map(({ proposal }) => proposal.staffId), counted];
  };
  expect(await count(hr)).toEqual([['n1', 'n2'], 2]);
  expect(await count(as('n2', 'HR_ADMIN'))).toEqual([['n1'], 1]);
});

describe('before publication an office shows nobody their own evaluation', () => {
  beforeAll(async () => {
    for (const staffId of ['n1', 'n2'])
      await setAssessorRating(region.deps, as('kapus'), {
        periodId: PERIOD,
        staffId,
        workResult: 'BELOW',
        behaviour: 'BELOW',
        reason: 'Dilihat sendiri',
      });
  });
  const reads = {
    'the proposal': readProposal,
    'what the assessor set': readAssessorRating,
    'how that came about': readRatingChanges,
  } as const;

  test.each(Object.entries(reads))('not %s', async (_, read) => {
    const of = (staffId: string) => ({ staffId, periodId: PERIOD });
    for (const actor of [
      as('n2', 'HR_ADMIN'),
      as('n2', 'AUDITOR'),
      as('n2', 'HR_ADMIN', 'AUDITOR', 'PLANNER'),
    ]) {
      expect(await problemsOf(read(region.deps, actor, of('n2')))).toEqual(['FORBIDDEN']);
      expect(await read(region.deps, actor, of('n1'))).not.toBeNull();
    }
    // Who heads a unit and has an office is somebody's staff too.
    expect(await problemsOf(read(region.deps, as('kapus', 'HR_ADMIN'), of('kapus')))).toEqual(['FORBIDDEN']);
  });

  test('nor a row of a table, and a table of themselves not at all', async () => {
    const table = { table: 'RATING_CHANGES', format: 'CSV', periodId: PERIOD } as const;
    const rows = async (actor: Actor, more: object) =>
      (await readExport(region.deps, actor, { ...table, ...more }, 'en')).rows.map((row) => row[2]);
    const unit = { unitId: 'puskesmas' };
    expect(await rows(hr, unit)).toEqual(['Name n1', 'Name n2']);
    for (const role of ['HR_ADMIN', 'AUDITOR'] as const) {
      expect(await rows(as('n2', role), unit)).toEqual(['Name n1']);
      expect(await rows(as('n2', role), {})).toEqual(['Name n1']);
      expect(await problemsOf(rows(as('n2', role), { staffId: 'n2' }))).toEqual(['FORBIDDEN']);
    }
  });
});

test('a head sees the progress of their staff, not of who leads them', async () => {
  const of = async (actor: Actor, first = 50) => {
    const page = await peopleOf(
      region.deps,
      actor,
      { unitId: 'puskesmas', year: 2026 },
      {},
      {
        first,
        after: null,
      },
    );
    return page.items.map(({ value }) => value.staffId);
  };
  expect(await of(as('kapus'))).toEqual(['kapus', 'n1', 'n2']);
  expect(await of(as('kapus'), 1)).toEqual(['kapus']);
  expect(await of(as('acting'))).toEqual(['acting', 'kapus', 'n1', 'n2']);
  expect(await of(hr)).toEqual(['acting', 'kapus', 'n1', 'n2']);
  expect(await problemsOf(of(as('n1')))).toEqual(['FORBIDDEN']);
});

describe('the ranking of a unit', () => {
  beforeAll(async () => {
    region.api.at('2026-04-06T02:00:00.000Z');
    await execute(region.deps, { periodId: PERIOD, attempt: 1 });
  });
  const ranking = async (who: Actor, first: number, start: RankingStart = {}) => {
    const scope = { kind: 'UNIT', unitId: 'puskesmas' } as const;
    const part = await readRanking(region.deps, who, PERIOD, scope, { first }, start);
    return { places: part?.items.map(({ value }) => [value.staffId, value.rank]), part };
  };

  test('has no line of who leads the reader; places are those published', async () => {
    const whole = [
      ['n1', 1],
      ['acting', 2],
      ['kapus', 3],
      ['n2', 4],
    ];
    expect((await ranking(hr, 10)).places).toEqual(whole);
    expect((await ranking(as('acting'), 10)).places).toEqual(whole);
    expect((await ranking(as('kapus'), 10)).places).toEqual(whole.filter(([id]) => id !== 'acting'));
    for (const start of [{ fromRank: 2 }, { around: 'kapus' }])
      expect((await ranking(as('kapus'), 2, start)).places).not.toContainEqual(['acting', 2]);
    expect(await problemsOf(ranking(as('kapus'), 1, { around: 'acting' }))).toEqual(['FORBIDDEN around']);
  });

  test('is walked to its end, one line a page', async () => {
    const walked: unknown[] = [];
    let after: number | null = null;
    for (;;) {
      const { places, part }: Awaited<ReturnType<typeof ranking>> = await ranking(as('kapus'), 1, { after });
      walked.push(...(places ?? []));
      const last: string | undefined = part?.items.at(-1)?.position;
      if (part?.hasMore !== true || last === undefined) break;
      after = Number(last);
    }
    expect(walked).toEqual([
      ['n1', 1],
      ['kapus', 3],
      ['n2', 4],
    ]);
  });

  test('is no longer as a table', async () => {
    const rows = async (who: Actor) => {
      const table = { table: 'RANKING', format: 'CSV', periodId: PERIOD, unitId: 'puskesmas' } as const;
      return (await readExport(region.deps, who, table, 'en')).rows.map((row) => [row[3], row[1]]);
    };
    const whole = [
      ['Name n1', '1'],
      ['Name acting', '2'],
      ['Name kapus', '3'],
      ['Name n2', '4'],
    ];
    expect(await rows(hr)).toEqual(whole);
    expect(await rows(as('kapus'))).toEqual(whole.filter(([name]) => name !== 'Name acting'));
  });

  test('and the results are of whom the period evaluated, whatever has been entered since', async () => {
    const { deps } = region;
    const rows = async (more: object, table: 'RESULTS' | 'CREDITS' = 'RESULTS') => {
      const wanted = { table, format: 'CSV', periodId: PERIOD, ...more } as const;
      const { columns, rows: found } = await readExport(deps, hr, wanted, 'en');
      const at = (name: string) => columns.findIndex(({ title }) => title.en === name);
      return found.map((row) => [row[at('Name')], row[at('Unit')]]);
    };
    const evaluated = [
      ['Name acting', 'Unit puskesmas'],
      ['Name kapus', 'Unit puskesmas'],
      ['Name n1', 'Unit puskesmas'],
      ['Name n2', 'Unit puskesmas'],
    ];
    expect(await rows({ unitId: 'puskesmas' })).toEqual(evaluated);
    const credits = await rows({ unitId: 'puskesmas' }, 'CREDITS');

    const version = async (id: string) => (await deps.store.staff.get(id))?.version ?? 0;
    const assignment = { unitId: 'dinkes', position: 'Perawat', jobGroup: 'nurse', from: '2026-03-20' };
    await transferStaff(deps, hr, { id: 'n1', version: await version('n1'), assignment });
    await retireStaff(deps, hr, { id: 'n2', version: await version('n2'), from: '2026-03-25' });
    expect(await rows({ unitId: 'puskesmas' })).toEqual(evaluated);
    expect(await rows({ unitId: 'dinkes' })).toEqual(evaluated);
    expect(await rows({ staffId: 'n1' })).toEqual([['Name n1', 'Unit puskesmas']]);
    expect(await rows({ unitId: 'puskesmas' }, 'CREDITS')).toEqual(credits);
  });
});
