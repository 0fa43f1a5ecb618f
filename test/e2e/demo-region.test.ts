import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { discrepancies } from '../../functions/domain/evaluation/recompute.ts';
import type { RankedResult } from '../../functions/domain/evaluation/result.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import { rankedResults } from '../../functions/usecases/result/ranked-results.ts';
import { verifyTable } from '../../infra/audit/verify-table.ts';
import { found } from '../../infra/local/demo/demo-client.ts';
import {
  CLOSED_QUARTER,
  DEMO_YEAR,
  DRAWN_QUARTER,
  DUE_QUARTER,
  TRIAL_MONTH,
  TRIAL_QUARTERS,
  TRIAL_YEAR_ID,
} from '../../infra/local/demo/demo-year.ts';
import { TRANSFERRED } from '../../infra/local/demo/handover.ts';
import { CORRECTED_LATE, SLIP } from '../../infra/local/demo/late-correction.ts';
import { loadDemo } from '../../infra/local/demo/load-demo.ts';
import { type DemoPerson, headOf, people, subordinatesOf } from '../../infra/local/demo/people.ts';
import { units } from '../../infra/local/demo/region.ts';

import { planOf } from '../../infra/local/demo/work.ts';
import { exampleQueries } from '../../infra/local/example-queries.ts';
import { titleOf } from '../../infra/local/example-query.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { createTestClient } from '../support/dynamodb.ts';
import { pdfPages } from '../support/pdf-text.ts';
import { zipFiles } from '../support/zip-files.ts';
import { type Answer, ask, mutate, startSystem, type Who } from './endpoint.ts';

const TABLE = 'e2e-demo-region';
const hr: Who = { username: 'demo-admin', groups: ['hr_admin'] };

interface RankedNode {
  readonly rank: number;
  readonly score: { readonly exact: string };
}
interface RankingPage {
  readonly ranking: {
    readonly nodes: readonly RankedNode[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
interface UnitsWithResults {
  readonly units: readonly {
    readonly subtree: readonly {
      readonly code: string;
      readonly result: {
        readonly proposed: string | null;
        readonly distribution: readonly { readonly count: number }[];
        readonly notEvaluated: number;
      };
    }[];
  }[];
}

/** The file of the latest job of documents that somebody asked for, once it is there. */
const madeFor = async (who: Who): Promise<{ readonly fileName: string; readonly bytes: Uint8Array }> => {
  const query = '{ myJobs(first: 5) { nodes { kind fileName download { url } } } }';
  interface Jobs {
    readonly myJobs: {
      readonly nodes: readonly { kind: string; fileName: string; download: { url: string } | null }[];
    };
  }
  const job = await vi.waitFor(
    async () => {
      const { data } = await ask<Jobs>(runtime, who, query);
      const latest = data.myJobs.nodes.find(({ kind }) => kind === 'DOCUMENTS');
      if (latest?.download == null) throw new Error('not there yet');
      return { fileName: latest.fileName, url: latest.download.url };
    },
    { timeout: 15_000, interval: 200 },
  );
  const response = await fetch(job.url);
  return { fileName: job.fileName, bytes: new Uint8Array(await response.arrayBuffer()) };
};

let runtime: Runtime;
let store: Store;
let client: DynamoDBDocumentClient;
let results: readonly RankedResult[];

beforeAll(async () => {
  runtime = await startSystem(TABLE);
  await loadDemo(runtime);
  await runtime.runScheduleOnce();
  client = createTestClient();
  store = createStore({ client, tableName: TABLE });
  const ids = await Promise.all(people.map(async ({ nip }) => (await store.staff.findByNip(nip))?.id ?? ''));
  const keys = [CLOSED_QUARTER, DUE_QUARTER].flatMap((periodId) =>
    ids.map((staffId) => ({ periodId, run: 'r1', staffId })),
  );
  results = (await rankedResults(store, keys)).filter((result) => result !== null);
}, 120_000);

afterAll(() => runtime?.close());

describe('the demo region after its due quarter', () => {
  it('was closed by the schedule alone', async () => {
    const { data } = await ask(runtime, hr, '{ periods { id state attempt } }');
    expect(data.periods).toEqual(
      expect.arrayContaining([
        { id: CLOSED_QUARTER, state: 'FINAL', attempt: 1 },
        { id: DUE_QUARTER, state: 'PUBLISHED', attempt: 1 },
      ]),
    );
  });

  it('has a whole audit trail of everything in it', async () => {
    const { trails, broken } = await verifyTable(client, TABLE);
    expect(broken).toEqual([]);
    expect(trails).toBeGreaterThan(people.length);
  });

  it('has mailed the assessor, who wants mails at once, and named nobody', async () => {
    const mails = await runtime.sendMailsOnce();
    expect(mails.length).toBeGreaterThan(0);
    const text = await readFile(join(runtime.mailFolder, mails[0] ?? ''), 'utf8');
    const words = text.replaceAll(/^[A-Za-z0-9+/=]+$/gm, (line) => Buffer.from(line, 'base64').toString());
    for (const { name, nip } of people) expect(words).not.toMatch(new RegExp(`${name}|${nip}`));
  });

  it('shows the first quarter with what was decided on an objection', async () => {
    const period = await store.periods.get(CLOSED_QUARTER);
    expect(period).toMatchObject({ publishedRun: 'r1c1', correcting: null });
    const { open, decided } = await store.objections.register(CLOSED_QUARTER, 1);
    expect([open.length, decided.length]).toEqual([0, 0]);
  });

  it('has followed up on the quarter that is final, by rule and by a leader, and granted both in one unit', async () => {
    const { data, errors } = await ask<{
      followUps: { nodes: readonly { id: string; measure: string; state: string }[] };
    }>(
      runtime,
      hr,
      `{ followUps(periodId: "${CLOSED_QUARTER}", first: 100) { nodes { id measure state } } }`,
    );
    expect(errors).toEqual([]);
    const granted = data.followUps.nodes.filter(({ state }) => state === 'GRANTED');
    expect(granted.map(({ measure }) => measure).sort()).toEqual(['CERTIFICATE', 'GUIDANCE']);
    expect(data.followUps.nodes.filter(({ id }) => id === 'best-of-quarter').length).toBeGreaterThan(5);
  });

  it('counts a midwife’s first quarter once more after her transfer, as she and her new assessor agreed', async () => {
    const id = (await store.staff.findByNip(TRANSFERRED.person.nip))?.id;
    const [first, second] = [CLOSED_QUARTER, DUE_QUARTER].map((periodId) =>
      results.find((result) => result.staffId === id && result.periodId === periodId),
    );
    expect(second?.carriedOver).toMatchObject({ periodId: CLOSED_QUARTER, proposedBy: 'ASSESSOR' });
    expect([second?.score, second?.predicate]).toEqual([first?.score, first?.predicate]);
    expect(second?.unitId).not.toBe(first?.unitId);
  });

  it('holds a result for everybody in both quarters', () => {
    expect(results).toHaveLength(2 * people.length);
  });

  it('can recompute every result from its explanation and the frozen policy alone', async () => {
    for (const periodId of [CLOSED_QUARTER, DUE_QUARTER]) {
      const policy = (await store.periods.get(periodId))?.policy;
      if (policy === null || policy === undefined) throw new Error('the policy was not frozen');
      for (const result of results.filter((one) => one.periodId === periodId)) {
        expect({ staffId: result.staffId, wrong: discrepancies(result, policy.rules) }).toEqual({
          staffId: result.staffId,
          wrong: [],
        });
      }
    }
  });

  it('ranks as a naive sort does, in every scope', () => {
    for (const periodId of [CLOSED_QUARTER, DUE_QUARTER]) {
      const ranked = results.filter((result) => result.periodId === periodId && result.score !== null);
      for (const result of ranked) {
        const place = (others: readonly RankedResult[]) => ({
          rank: 1 + others.filter((other) => (other.score ?? 0) > (result.score ?? 0)).length,
          of: others.length,
        });
        expect(result.ranks).toMatchObject({
          unit: place(ranked.filter(({ unitId }) => unitId === result.unitId)),
          jobGroup: place(ranked.filter(({ jobGroup }) => jobGroup === result.jobGroup)),
          region: place(ranked),
        });
      }
    }
  });

  it('serves the ranking in the order of the results, page by page', async () => {
    const served: RankedNode[] = [];
    let after: string | null = null;
    do {
      const { data, errors }: Answer<RankingPage> = await ask(
        runtime,
        hr,
        `query R($after: String) { ranking(periodId: "${DUE_QUARTER}", scope: { kind: REGION }, first: 40, after: $after) {
          totalCount nodes { rank score { exact } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      expect(errors).toEqual([]);
      served.push(...data.ranking.nodes);
      after = data.ranking.pageInfo.hasNextPage ? data.ranking.pageInfo.endCursor : null;
    } while (after !== null);

    const scores = results
      .filter(({ periodId, score }) => periodId === DUE_QUARTER && score !== null)
      .map(({ score }) => (score ?? 0) / 1_000_000)
      .sort((a, b) => b - a);
    expect(served.map(({ score }) => Number(score.exact))).toEqual(scores);
    expect(served.map(({ rank }) => rank)).toEqual(
      scores.map((score) => 1 + scores.filter((other) => other > score).length),
    );
  });

  it('keeps the raw and the adjusted behaviour score of everybody who was rated, and the raw one counts', () => {
    const rated = results.filter(
      ({ behaviour, carriedOver }) => behaviour.rawScore !== null && carriedOver === null,
    );
    const adjusted = rated.filter(({ behaviour }) => behaviour.adjusted?.mean != null);
    expect(adjusted.length).toBeGreaterThan(rated.length / 2);
    for (const { behaviour } of rated) {
      expect(behaviour.adjusted).not.toBeNull();
      expect(behaviour.adjusted?.mean === null).toBe(behaviour.adjusted?.notAdjusted !== null);
      expect(behaviour).toMatchObject({ counts: 'RAW', score: behaviour.rawScore });
    }
  });

  it('never takes what is missing for zero', async () => {
    const unplanned = results.filter(({ workResult }) => workResult.notMeasured === 'NO_PLAN');
    expect(unplanned.length).toBeGreaterThan(0);
    for (const { workResult, predicate, score, ranks } of unplanned) {
      expect({ score: workResult.score, predicate, total: score, ranks }).toEqual({
        score: null,
        predicate: null,
        total: null,
        ranks: null,
      });
    }
    const unmeasured = results
      .flatMap(({ workResult }) => workResult.lines)
      .filter(({ achievement }) => achievement === null);
    expect(unmeasured.length).toBeGreaterThan(0);
    for (const line of unmeasured) {
      expect(line.notMeasured).not.toBeNull();
      expect(line.effectiveWeight).toBe(0);
    }
  });

  it('shows the assessor’s own rating with its reason where it differs from the proposal', () => {
    const decided = results.filter(({ assessor }) => assessor !== null);
    expect(
      decided
        .map(({ assessor, workResultRating }) => [workResultRating, assessor?.reason])
        .sort((a, b) => String(a).localeCompare(String(b))),
    ).toEqual([
      ['ABOVE', expect.stringContaining('kejadian luar biasa')],
      ['MEETS', expect.stringContaining('bertugas di posko')],
    ]);
    expect(decided.map(({ periodId }) => periodId)).toEqual([DUE_QUARTER, DUE_QUARTER]);
  });

  it('gives each unit its achievement and the distribution of the staff whom its head assesses', async () => {
    const { data, errors } = await ask<UnitsWithResults>(
      runtime,
      { username: 'demo-admin', groups: ['planner'] },
      `{ units { subtree { code result(periodId: "${DUE_QUARTER}") { score { shown } proposed distribution { predicate count } notEvaluated } } } }`,
    );
    expect(errors).toEqual([]);
    const below = data.units[0]?.subtree ?? [];
    expect(below).toHaveLength(units.length - 1);
    for (const unit of below) {
      expect(unit.result.proposed).not.toBeNull();
      const counted = unit.result.distribution.reduce(
        (sum, { count }) => sum + count,
        unit.result.notEvaluated,
      );
      const unitOf = (person: DemoPerson) => (person === TRANSFERRED.person ? TRANSFERRED.to : person.unit);
      const expected = people.filter(
        (person) =>
          (unitOf(person) === unit.code && !person.heads) ||
          (person.heads && units.find(({ code }) => code === person.unit)?.parent === unit.code),
      );
      expect({ unit: unit.code, counted }).toEqual({ unit: unit.code, counted: expected.length });
    }
  });

  it.each(exampleQueries.map((example) => ({ ...example, title: titleOf(example) })))(
    'answers the explorer’s query $title for one of its people',
    async ({ query, variables = '{}' }) => {
      const answers = await Promise.all(
        runtime.personas().map((persona) => ask(runtime, persona, query, JSON.parse(variables))),
      );
      const whole = answers.filter(({ errors }) => errors.length === 0);
      expect(whole.map(({ data }) => Object.values(data)[0])).toContainEqual(expect.anything());
    },
  );

  it('has made the document that the nurse asked for, and makes those of a unit', async () => {
    const [nurse] = runtime.personas();
    if (nurse === undefined) throw new Error('the demo has nobody');
    const own = await madeFor(nurse);
    expect(own.fileName).toBe(`kinerja-dokumen-evaluasi-${CLOSED_QUARTER.toLowerCase()}.pdf`);
    expect(pdfPages(own.bytes).join('')).toContain('DOKUMEN EVALUASI KINERJA PEGAWAI');

    const { data } = await ask<{ unit: { id: string } }>(runtime, hr, '{ unit(code: "5.03") { id } }');
    const input = { kind: 'PLAN', unitId: data.unit.id, year: DEMO_YEAR };
    const { userErrors } = await mutate(runtime, hr, 'requestUnitDocuments', 'UnitDocumentsInput', input);
    expect(userErrors).toEqual([]);
    const { bytes } = await madeFor(hr);
    const planned = people.filter((person) => person.unit === '5.03' && planOf(person).length > 0);
    expect(zipFiles(bytes).size).toBe(planned.length);
  });

  it('shows nobody’s result to the public', async () => {
    const { data, errors } = await ask(
      runtime,
      null,
      `{ result(staffId: "${results[0]?.staffId}", periodId: "${DUE_QUARTER}") { predicate } }`,
    );
    expect(data?.result ?? null).toBeNull();
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['UNAUTHENTICATED']);
  });
});

/** A figure as the endpoint answers it, in micro-points. */
interface Exact {
  readonly exact: string;
}
const micro = ({ exact }: Exact): number => Math.round(Number(exact) * 1_000_000);
const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
/** Half-up to a whole micro-point. */
const divided = (sum: number, by: number): number => Math.floor((2 * sum + by) / (2 * by));

const idOf = async (person: DemoPerson): Promise<string> =>
  (await store.staff.findByNip(person.nip))?.id ?? '';

interface Part {
  readonly score: Exact;
  readonly periods: readonly { readonly periodId: string; readonly score: Exact }[];
}
interface YearResult {
  readonly run: string;
  readonly score: Exact;
  readonly scoreShares: { readonly workResult: number; readonly behaviour: number };
  readonly ranks: { readonly unit: { readonly rank: number; readonly of: number } };
  readonly workResult: Part;
  readonly behaviour: Part;
}
interface QuarterResult {
  readonly workResult: { readonly score: Exact };
  readonly behaviour: { readonly score: Exact };
}
const PARTS = ['workResult', 'behaviour'] as const;
const YEAR_RESULT = `run score { exact } scoreShares { workResult behaviour } ranks { unit { rank of } }
  workResult { score { exact } periods { periodId score { exact } } }
  behaviour { score { exact } periods { periodId score { exact } } }`;
const yearAndQuarters = (staffId: string): string =>
  `{ staff(id: "${staffId}") {
    year: result(periodId: "${TRIAL_YEAR_ID}") { ${YEAR_RESULT} }
    ${TRIAL_QUARTERS.map((id, at) => `q${at}: result(periodId: "${id}") { workResult { score { exact } } behaviour { score { exact } } }`).join(' ')}
  } }`;
const readYear = async (who: Who, staffId: string) => {
  const { data, errors } = await ask<{
    staff: { readonly year: YearResult } & Readonly<Record<`q${number}`, QuarterResult>>;
  }>(runtime, who, yearAndQuarters(staffId));
  expect(errors).toEqual([]);
  const quarters = TRIAL_QUARTERS.flatMap((_, at) => data.staff[`q${at}`] ?? []);
  return { year: data.staff.year, quarters };
};

/** The year's figures must follow from its parts, whichever run of the quarters it builds on. */
const expectBuilt = ({ score, scoreShares, ...year }: YearResult): void => {
  for (const part of PARTS) {
    const { periods, score: whole } = year[part];
    expect(periods.map(({ periodId }) => periodId)).toEqual(TRIAL_QUARTERS);
    const sum = sumOf(periods.map((period) => micro(period.score)));
    expect(micro(whole)).toBe(divided(sum, periods.length));
  }
  const weighed = sumOf(PARTS.map((part) => scoreShares[part] * micro(year[part].score)));
  expect(micro(score)).toBe(divided(weighed, 100));
};

describe('the year in which the region tried the system', () => {
  const nurse = (): Who & { readonly username: string } => {
    return found(runtime.personas()[0]);
  };
  const officer = (): Who => {
    return found(runtime.personas().find(({ groups }) => groups.includes('hr_admin')));
  };
  const colleagues = subordinatesOf(headOf('1.02.11'));

  it('is final with its quarters and a month', async () => {
    const { data } = await ask<{ periods: readonly { id: string }[] }>(
      runtime,
      nurse(),
      '{ periods { id kind state } }',
    );
    const final = (kind: string) => (id: string) => ({ id, kind, state: 'FINAL' });
    expect(data.periods.filter(({ id }) => id.startsWith(TRIAL_YEAR_ID))).toEqual([
      final('YEAR')(TRIAL_YEAR_ID),
      final('MONTH')(TRIAL_MONTH),
      ...TRIAL_QUARTERS.map(final('QUARTER')),
    ]);
  });

  it('builds a nurse’s year on her quarters, and ranks it', async () => {
    const { year, quarters } = await readYear(nurse(), nurse().username);
    expectBuilt(year);
    for (const part of PARTS)
      expect(year[part].periods.map(({ score }) => score)).toEqual(
        quarters.map((quarter) => quarter[part].score),
      );
    const { data } = await ask<{ ranking: { totalCount: number; nodes: readonly { score: Exact }[] } }>(
      runtime,
      officer(),
      `{ ranking(periodId: "${TRIAL_YEAR_ID}", scope: { kind: REGION }, first: 100) { totalCount nodes { score { exact } } } }`,
    );
    const higher = data.ranking.nodes.filter(({ score }) => micro(score) > micro(year.score));
    expect(year.ranks.unit).toEqual({ rank: 1 + higher.length, of: data.ranking.totalCount });
  });

  it('can recompute every result of it from its explanation and the frozen policy alone', async () => {
    const ids = await Promise.all(colleagues.map(idOf));
    for (const periodId of [TRIAL_YEAR_ID, TRIAL_MONTH, ...TRIAL_QUARTERS]) {
      const period = await store.periods.get(periodId);
      const keys = ids.map((staffId) => ({ periodId, run: period?.publishedRun ?? '', staffId }));
      const kept = (await store.results.getMany(keys)).filter((result) => result !== null);
      const scored = kept.filter(({ score }) => score !== null);
      expect([periodId, scored.length]).toEqual([periodId, 9]);
      for (const result of kept)
        expect(period?.policy && discrepancies(result, period.policy.rules)).toEqual([]);
    }
  });

  it('earns credits once: the year takes the place of what it covers', async () => {
    const { data } = await ask<{
      viewer: {
        staff: {
          credits: {
            total: Exact;
            periods: readonly { periodId: string; predicate: string; counts: boolean; credit: Exact }[];
          };
        };
      };
    }>(
      runtime,
      nurse(),
      '{ viewer { staff { credits { total { exact } periods { periodId predicate counts credit { exact } } } } } }',
    );
    const { total, periods } = data.viewer.staff.credits;
    expect(periods.filter(({ counts }) => counts).map(({ periodId }) => periodId)).toEqual([
      TRIAL_YEAR_ID,
      CLOSED_QUARTER,
      DUE_QUARTER,
    ]);
    // BKN 3/2023: Ahli Pertama has 12.5 a year.
    const share: Readonly<Record<string, number>> = { EXCELLENT: 1.5, GOOD: 1, NEEDS_IMPROVEMENT: 0.75 };
    const year = periods.find(({ periodId }) => periodId === TRIAL_YEAR_ID);
    expect(Number(year?.credit.exact)).toBe(12.5 * (share[year?.predicate ?? ''] ?? 0));
    expect(micro(total)).toBe(
      sumOf(periods.filter(({ counts }) => counts).map(({ credit }) => micro(credit))),
    );
  });

  it('finds courses for values that fall short over the year', async () => {
    interface Need {
      readonly need: Exact;
      readonly reasons: readonly { readonly kind: string; readonly mean: Exact }[];
    }
    const { data } = await ask<{
      unit: { staff: { nodes: readonly { trainingNeeds: readonly Need[] | null }[] } };
    }>(
      runtime,
      officer(),
      `{ unit(code: "1.02.11") { staff(first: 50) { nodes {
        trainingNeeds(periodId: "${TRIAL_YEAR_ID}") { need { exact } reasons { kind mean { exact } } } } } } }`,
    );
    const needs = data.unit.staff.nodes.flatMap(({ trainingNeeds }) => trainingNeeds ?? []);
    expect(needs.length).toBeGreaterThan(0);
    for (const { need, reasons } of needs) {
      const gaps = reasons.map(({ mean }) => ((4 - Number(mean.exact)) / 3) * 100);
      expect(Math.min(...gaps)).toBeGreaterThan(0);
      expect(Number(need.exact)).toBeCloseTo(sumOf(gaps), 5);
    }
  });

  it('has taken the first of the unit into the succession pool', async () => {
    const { data } = await ask<{
      followUps: {
        nodes: readonly { measure: string; state: string; staff: { result: YearResult } }[];
      };
    }>(
      runtime,
      officer(),
      `{ followUps(periodId: "${TRIAL_YEAR_ID}", first: 50) { nodes { measure state staff { result(periodId: "${TRIAL_YEAR_ID}") { ${YEAR_RESULT} } } } } }`,
    );
    const pool = data.followUps.nodes.filter(({ measure }) => measure === 'SUCCESSION_POOL');
    expect(pool.map(({ state, staff }) => [state, staff.result.ranks.unit.rank])).toEqual([['GRANTED', 1]]);
  });

  it('evaluates a month by the figures of that month alone', async () => {
    interface Lines {
      readonly workResult: {
        readonly lines: readonly {
          readonly lineId: string;
          readonly months: readonly { readonly month: string; readonly realisation: string | null }[];
        }[];
      };
    }
    const lines = 'workResult { lines { lineId months { month realisation } } }';
    const { data } = await ask<{ viewer: { staff: { month: Lines; quarter: Lines } } }>(
      runtime,
      nurse(),
      `{ viewer { staff { month: result(periodId: "${TRIAL_MONTH}") { ${lines} } quarter: result(periodId: "${DRAWN_QUARTER}") { ${lines} } } } }`,
    );
    const { month, quarter } = data.viewer.staff;
    expect(month.workResult.lines).toEqual(
      quarter.workResult.lines.map(({ lineId, months }) => ({
        lineId,
        months: months.filter((one) => one.month === TRIAL_MONTH),
      })),
    );
  });

  it('had its peers drawn: everybody’s lots can be drawn again, and exactly they have rated', async () => {
    const ids = await Promise.all(colleagues.map(idOf));
    const lot = (seed: string, id: string) => createHash('sha256').update(`${seed}\n${id}`).digest('hex');
    for (const staffId of ids) {
      const { data } = await ask<{
        peerPanel: {
          seed: string;
          members: readonly { state: string; origin: string; staff: { id: string } }[];
        };
      }>(
        runtime,
        officer(),
        `{ peerPanel(periodId: "${DRAWN_QUARTER}", staffId: "${staffId}") { seed members { state origin staff { id } } } }`,
      );
      const { seed, members } = data.peerPanel;
      const drawn = ids
        .filter((id) => id !== staffId)
        .toSorted((a, b) => (lot(seed, a) < lot(seed, b) ? -1 : 1))
        .slice(0, 3);
      expect(members).toEqual(drawn.map((id) => ({ state: 'APPROVED', origin: 'LOT', staff: { id } })));
    }
    const { data } = await ask<{
      viewer: { staff: { result: { behaviour: { pools: readonly { raters: number }[] } } } };
    }>(
      runtime,
      nurse(),
      `{ viewer { staff { result(periodId: "${DRAWN_QUARTER}") { behaviour { pools { groups raters } } } } } }`,
    );
    expect(data.viewer.staff.result.behaviour.pools).toContainEqual({
      groups: ['PEER', 'SUBORDINATE'],
      raters: 3,
    });
  });

  it('was corrected late for whom the personnel office decided it, and for nobody else', async () => {
    const [applied, waiting] = await Promise.all([CORRECTED_LATE.applied, CORRECTED_LATE.waiting].map(idOf));
    const { data } = await ask<{
      lateCorrections: {
        nodes: readonly { staff: { id: string }; decision: { outcome: string } | null }[];
      };
    }>(
      runtime,
      officer(),
      `{ lateCorrections(periodId: "${TRIAL_YEAR_ID}") { nodes { sourcePeriodId staff { id } decision { outcome } } } }`,
    );
    expect(data.lateCorrections.nodes.toSorted((a) => (a.staff.id === applied ? -1 : 1))).toEqual([
      { sourcePeriodId: DRAWN_QUARTER, staff: { id: applied }, decision: { outcome: 'APPLY' } },
      { sourcePeriodId: DRAWN_QUARTER, staff: { id: waiting }, decision: null },
    ]);
    const { data: asked } = await ask<{ myTasks: { nodes: readonly { kind: string }[] } }>(
      runtime,
      officer(),
      '{ myTasks { nodes { kind periodId count staff { id } } } }',
    );
    expect(asked.myTasks.nodes).toContainEqual({
      ...{ kind: 'DECIDE_LATE_CORRECTION', periodId: TRIAL_YEAR_ID, count: 1, staff: null },
    });

    const follows = await readYear(officer(), applied ?? '');
    expect(follows.year.run).toBe('r1c1');
    expectBuilt(follows.year);
    expect(follows.year.workResult.periods.at(-1)?.score).toEqual(follows.quarters.at(-1)?.workResult.score);
    const stays = await readYear(officer(), waiting ?? '');
    expectBuilt(stays.year);
    expect(micro(stays.quarters.at(-1)?.workResult.score ?? { exact: '0' })).toBeGreaterThan(
      micro(stays.year.workResult.periods.at(-1)?.score ?? { exact: '0' }),
    );
  });

  it('lets the person see what the correction changed, from the figure to the year', async () => {
    const staffId = await idOf(CORRECTED_LATE.applied);
    interface Version {
      readonly run: string;
      readonly result: { readonly score: Exact; readonly workResult: { readonly score: Exact } };
      readonly differences: readonly {
        readonly field: string;
        readonly month: string | null;
        readonly before: string;
        readonly after: string;
      }[];
    }
    const versions =
      'run result { score { exact } workResult { score { exact } } } differences { field month before after }';
    const { data, errors } = await ask<{ quarter: readonly Version[]; year: readonly Version[] }>(
      runtime,
      { username: staffId },
      `{ quarter: resultVersions(staffId: "${staffId}", periodId: "${DRAWN_QUARTER}") { ${versions} }
        year: resultVersions(staffId: "${staffId}", periodId: "${TRIAL_YEAR_ID}") { ${versions} } }`,
    );
    expect(errors).toEqual([]);
    const [quarter, year] = [data.quarter, data.year];
    expect([quarter, year].map((each) => each.map(({ run }) => run))).toEqual([
      ['r1', 'r1c1'],
      ['r1', 'r1c1'],
    ]);
    expect(quarter[1]?.differences).toContainEqual({
      field: 'REALISATION',
      month: TRIAL_MONTH,
      before: SLIP.copied,
      after: SLIP.right,
    });
    const [before, after] = year.map(({ result }) => result);
    expect(year[1]?.differences).toContainEqual({
      field: 'SCORE',
      month: null,
      before: before?.score.exact,
      after: after?.score.exact,
    });
    const gain = (each: readonly Version[]) => {
      const [first, last] = each.map(({ result }) => micro(result.workResult.score));
      return (last ?? 0) - (first ?? 0);
    };
    // The mean of four quarters moves by a quarter of what one of them does; each is rounded to a micro-point.
    expect(Math.abs(gain(year) - gain(quarter) / 4)).toBeLessThanOrEqual(1);
  });

  it('leaves the other one to whoever tries it as the personnel officer', async () => {
    const staffId = await idOf(CORRECTED_LATE.waiting);
    const { userErrors } = await mutate(
      runtime,
      officer(),
      'decideLateCorrection',
      'DecideLateCorrectionInput',
      {
        id: TRIAL_YEAR_ID,
        version: (await store.periods.get(TRIAL_YEAR_ID))?.version,
        sourcePeriodId: DRAWN_QUARTER,
        staffIds: [staffId],
        outcome: 'APPLY',
        reason: 'Putusan keberatan diikuti',
      },
    );
    expect(userErrors).toEqual([]);
    await runtime.runScheduleOnce();
    const { year, quarters } = await readYear(officer(), staffId);
    expect(year.run).toBe('r1c2');
    expectBuilt(year);
    expect(year.workResult.periods.at(-1)?.score).toEqual(quarters.at(-1)?.workResult.score);
  });
});

describe('what patients say', () => {
  interface Pool {
    readonly groups: readonly string[];
    readonly raters: number;
    readonly points: Exact;
    readonly weight: number;
    readonly effectiveWeight: number;
  }
  interface Rated {
    readonly staff: { readonly result: { readonly behaviour: { readonly score: Exact; pools: Pool[] } } };
  }
  const behaviourOf = async (who: Who, staffId: string) => {
    const { data, errors } = await ask<Rated>(
      runtime,
      who,
      `{ staff(id: "${staffId}") { result(periodId: "${DUE_QUARTER}") { behaviour { score { exact }
        pools { groups raters points { exact } weight effectiveWeight } } } } }`,
    );
    expect(errors).toEqual([]);
    return data.staff.result.behaviour;
  };

  it('counts in a published result by the weights of the health centre', async () => {
    const nurse = found(runtime.personas()[0]);
    const { score, pools } = await behaviourOf(nurse, nurse.username);
    expect(pools.map(({ groups, effectiveWeight }) => [groups.join(), effectiveWeight])).toEqual([
      ['SUPERIOR', 5_000],
      ['PEER,SUBORDINATE', 3_000],
      ['PUBLIC', 2_000],
    ]);
    // Marks of 4, 5, 5 and 5: their mean lies at 7 eighths of the way from 3 (90 points) to 5 (120 points).
    expect(pools.at(-1)).toMatchObject({ raters: 4, points: { exact: '116.25' } });
    const weighed = sumOf(pools.map(({ points, weight }) => weight * micro(points)));
    expect(Math.abs(micro(score) - weighed / 10_000)).toBeLessThanOrEqual(1);
  });

  it('counts nowhere else', async () => {
    const elsewhere = found(
      people.find(({ unit, jobGroup }) => unit === '1.02.12' && jobGroup === 'perawat'),
    );
    const { pools } = await behaviourOf(hr, await idOf(elsewhere));
    expect(pools.map(({ groups, weight }) => [groups.join(), weight])).toEqual([
      ['SUPERIOR', 6_000],
      ['PEER,SUBORDINATE', 4_000],
    ]);
  });
});
