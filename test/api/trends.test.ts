import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planPeriod } from '../../functions/domain/period/period.ts';
import { nationalPolicy } from '../../functions/domain/period/policy.ts';
import { result as exampleResult, unitResult } from '../store/examples.ts';
import { countRequests } from '../support/dynamodb.ts';
import { putResults } from '../support/published-results.ts';
import { write } from '../workflow/region.ts';
import { auditor, type Caller, caller, nobody, planner, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, people, unitId } from './example-region.ts';

const PERIODS = ['2025-Q2', '2025-Q3', '2025-Q4'];
const SCORES = [80_000_000, null, 95_500_000];
const BIG = { EXCELLENT: 5, GOOD: 20, NEEDS_IMPROVEMENT: 4, POOR: 3, VERY_POOR: 3 };
const SMALL = { EXCELLENT: 1, GOOD: 2, NEEDS_IMPROVEMENT: 0, POOR: 0, VERY_POOR: 0 };

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
  const { store } = api.deps;
  for (const [at, id] of PERIODS.entries()) {
    const period = planPeriod(id, null, 420);
    await write(store, [
      store.periods.save(null, {
        ...period,
        state: 'PUBLISHED',
        publishedRun: 'r1',
        publishedAt: period.closesAt,
        policy: nationalPolicy,
      }),
    ]);
    const score = SCORES[at] ?? null;
    await putResults(store, [
      exampleResult({ staffId: people.nurse, unitId: unitId('P'), periodId: id, run: 'r1', score }),
    ]);
    const of = (code: string, distribution: typeof BIG, more = {}) =>
      unitResult({
        unitId: unitId(code),
        periodId: id,
        run: 'r1',
        score,
        distribution,
        notEvaluated: 0,
        ...more,
      });
    await store.results.putUnits([of('P', SMALL), of('D', BIG, { score: 105_000_000, proposed: 'GOOD' })]);
  }
});
afterAll(() => api.drop());

const nurse = caller(people.nurse);
const stranger = caller(people.stranger);

async function ask<Data>(who: Caller | null, query: string, variables: object = {}, language = 'id') {
  return send<Data>(api.handler, who, query, variables, { language });
}

describe('a trend', () => {
  test('of a unit is open to everyone: a gap where nothing was measured, and the change since the last figure', async () => {
    const { data, errors } = await ask<{ unit: { trend: unknown[] } }>(
      nobody,
      'query ($id: ID!) { unit(id: $id) { trend { periodId score { shown } change { shown } } } }',
      { id: unitId('P') },
    );
    expect(errors).toEqual([]);
    expect(data.unit.trend).toEqual([
      { periodId: '2025-Q2', score: { shown: '80.00' }, change: null },
      { periodId: '2025-Q3', score: null, change: null },
      { periodId: '2025-Q4', score: { shown: '95.50' }, change: { shown: '15.50' } },
    ]);
  });

  test('of a person is for who may read the results', async () => {
    const query = 'query ($id: ID!) { staff(id: $id) { trend(last: 2) { periodId change { shown } } } }';
    const of = async (who: Caller) =>
      (await ask<{ staff: { trend: unknown } }>(who, query, { id: people.nurse })).data.staff.trend;
    expect(await of(nurse)).toEqual([
      { periodId: '2025-Q3', change: null },
      { periodId: '2025-Q4', change: null },
    ]);
    expect(await of(caller(people.head))).toHaveLength(2);
    expect(await of(stranger)).toBeNull();
    expect(await of(planner)).toBeNull();
  });

  test('of an indicator follows the lines that used it', async () => {
    const { data } = await ask<{ unit: { result: { lines: { indicatorId: string }[] } } }>(
      nobody,
      'query ($id: ID!) { unit(id: $id) { result(periodId: "2025-Q4") { lines { indicatorId } } } }',
      { id: unitId('D') },
    );
    const indicatorId = data.unit.result.lines[0]?.indicatorId;
    const found = await ask<{ unit: { indicatorTrend: { line: { indicatorId: string } }[] } }>(
      nobody,
      'query ($id: ID!, $i: ID!) { unit(id: $id) { indicatorTrend(indicatorId: $i) { periodId line { indicatorId } } } }',
      { id: unitId('D'), i: indicatorId },
    );
    expect(found.data.unit.indicatorTrend.map(({ line }) => line.indicatorId)).toEqual(
      PERIODS.map(() => indicatorId),
    );
  });

  test('costs the same requests however many periods it shows', async () => {
    const requests = async (last: number): Promise<number> => {
      const counted = countRequests(api.table.client);
      await ask(
        nobody,
        'query ($id: ID!, $last: Int!) { unit(id: $id) { trend(last: $last) { periodId } } }',
        { id: unitId('P'), last },
      );
      counted.remove();
      return counted.byOperation['Query'] ?? 0;
    };
    expect(await requests(3)).toBe(await requests(1));
    const { codes } = await ask(
      nobody,
      'query ($id: ID!) { unit(id: $id) { trend(last: 41) { periodId } } }',
      { id: unitId('P') },
    );
    expect(codes).toEqual(['OUT_OF_RANGE']);
  });
});

describe('units side by side and the region', () => {
  const COMPARE = `query ($ids: [ID!]!) { compareUnits(unitIds: $ids, periodId: "2025-Q4") {
    unit { code } score { shown } distribution { predicate count }
  } }`;

  test('show of each what its own result shows', async () => {
    const ids = [unitId('D'), unitId('P'), unitId('E')];
    const { data } = await ask<{
      compareUnits: { unit: { code: string }; distribution: { count: number | null }[] }[];
    }>(nobody, COMPARE, { ids });
    expect(data.compareUnits.map(({ unit }) => unit.code)).toEqual(['D', 'P']);
    expect(data.compareUnits[0]?.distribution.map(({ count }) => count)).toEqual([5, 20, 4, 3, 3]);
    expect(data.compareUnits[1]?.distribution.map(({ count }) => count)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect((await ask(nobody, COMPARE, { ids: [ids[0], ids[0]] })).codes).toEqual(['DUPLICATE']);
    const { errors } = await ask(nobody, COMPARE, { ids: [ids[0], 'none', ids[1], 'no one'] });
    const unknown = ['1', '3'].map((at) => ({ code: 'NOT_FOUND', path: ['unitIds', at] }));
    expect(errors).toMatchObject([{ extensions: { problems: unknown } }]);
  });

  test('are listed by their codes, page by page, for everybody', async () => {
    const RESULTS = `query ($first: Int!, $after: String) { unitResults(periodId: "2025-Q4", first: $first, after: $after) {
      nodes { unit { code } score { shown } distribution { count } } pageInfo { hasNextPage endCursor }
    } }`;
    interface Page {
      readonly nodes: { unit: { code: string }; distribution: { count: number | null }[] }[];
      readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
    }
    const pageOf = async (first: number, after: string | null): Promise<Page> =>
      (await ask<{ unitResults: Page }>(nobody, RESULTS, { first, after })).data.unitResults;
    const whole = await pageOf(100, null);
    expect(whole.nodes.map(({ unit }) => unit.code)).toEqual(['D', 'P']);
    expect(whole.pageInfo.hasNextPage).toBe(false);
    const nodes: Page['nodes'][number][] = [];
    let after: string | null = null;
    let pages = 0;
    for (let more = true; more; pages += 1) {
      const page: Page = await pageOf(1, after);
      nodes.push(...page.nodes);
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    // Two of the four units have no result.
    expect([pages, nodes]).toEqual([4, whole.nodes]);
    expect(whole.nodes[1]?.distribution.every(({ count }) => count === null)).toBe(true);
    expect((await ask(nobody, RESULTS.replace('2025-Q4', '2031-Q4'), { first: 1 })).codes).toEqual([
      'NOT_FOUND',
    ]);
  });

  test('add up to no more than what is shown, so that no difference tells what is hidden', async () => {
    const query = `{ regionOverview(periodId: "2025-Q4") {
      units measured meanScore { shown } hiddenUnits distribution { count } unitPredicates { predicate count }
    } }`;
    const open = await ask<{ regionOverview: { distribution: { count: number }[]; hiddenUnits: number } }>(
      nobody,
      query,
    );
    expect(open.data.regionOverview).toMatchObject({
      units: 4,
      measured: 2,
      meanScore: { shown: '100.25' },
      hiddenUnits: 1,
    });
    expect(open.data.regionOverview.distribution.map(({ count }) => count)).toEqual([5, 20, 4, 3, 3]);
    const exact = await ask<{ regionOverview: { distribution: { count: number }[]; hiddenUnits: number } }>(
      auditor,
      query,
    );
    expect(exact.data.regionOverview.distribution.map(({ count }) => count)).toEqual([6, 22, 4, 3, 3]);
    expect(exact.data.regionOverview.hiddenUnits).toBe(0);
  });

  test('never say zero of a predicate that a unit hides', async () => {
    const { store } = api.deps;
    const nobodyPoor = { ...BIG, POOR: 0, VERY_POOR: 0 };
    const inQuarter = (code: string, distribution: typeof BIG) =>
      unitResult({
        unitId: unitId(code),
        periodId: '2025-Q3',
        run: 'r1',
        score: null,
        distribution,
        notEvaluated: 0,
      });
    await store.results.putUnits([inQuarter('D', nobodyPoor), inQuarter('P', SMALL)]);
    const query = '{ regionOverview(periodId: "2025-Q3") { hiddenUnits distribution { count } } }';
    const shown = async (who: Caller | null) =>
      (
        await ask<{ regionOverview: { distribution: { count: number | null }[] } }>(who, query)
      ).data.regionOverview.distribution.map(({ count }) => count);
    expect(await shown(nobody)).toEqual([5, 20, 4, null, null]);
    expect(await shown(auditor)).toEqual([6, 22, 4, 0, 0]);
  });
});

describe('a chart', () => {
  const CHART = 'query ($input: ChartInput!) { chart(input: $input) { title description svg } }';
  const draw = async (who: Caller | null, input: object, language = 'id') => {
    const { data, codes } = await ask<{ chart: { title: string; description: string; svg: string } | null }>(
      who,
      CHART,
      { input },
      language,
    );
    return { chart: data.chart, codes };
  };

  test('is an image that says in words what it shows, gaps included', async () => {
    const { chart } = await draw(nobody, { kind: 'UNIT_TREND', unitId: unitId('P') }, 'en');
    expect(chart?.description).toBe(
      'Trend: Puskesmas Melati. 2025-Q2: 80.00; 2025-Q3: not measured; 2025-Q4: 95.50.',
    );
    expect(chart?.svg).toMatch(/^<svg [^>]*role="img"><title>Trend: Puskesmas Melati<\/title><desc>/);
    expect(chart?.svg).toContain('80.00');
    expect(chart?.svg).not.toMatch(/<script|href=|url\(http/);
  });

  test('hides what the query hides', async () => {
    const input = { kind: 'DISTRIBUTION', unitId: unitId('P'), periodId: '2025-Q4' };
    const { chart } = await draw(nobody, input);
    expect(chart?.description).toContain('sangat baik: disembunyikan; baik: disembunyikan');
    expect(chart?.svg).not.toMatch(/>[12]<\/text>/);
    expect((await draw(auditor, input)).chart?.description).toContain('sangat baik: 1; baik: 2');
  });

  test('of a person or a ranking is for who may read it', async () => {
    const trend = { kind: 'STAFF_TREND', staffId: people.nurse };
    expect((await draw(nurse, trend)).chart?.title).toBe('Tren: Citra Perawat');
    expect((await draw(stranger, trend)).codes).toEqual(['FORBIDDEN']);
    for (const staffId of [people.nurse, 'nobody'])
      expect((await draw(nobody, { ...trend, staffId })).codes).toEqual(['UNAUTHENTICATED']);
    const ranking = { kind: 'RANKING', periodId: '2025-Q4', unitId: unitId('P') };
    expect((await draw(nurse, ranking)).codes).toEqual(['FORBIDDEN']);
    expect((await draw(auditor, ranking)).codes).toEqual([]);
  });

  test('asks for what it needs', async () => {
    expect((await draw(nobody, { kind: 'UNIT_TREND' })).codes).toEqual(['REQUIRED']);
    expect((await draw(nobody, { kind: 'ELEMENT_PROFILE', campaignId: 'x' })).codes).toEqual(['NOT_FOUND']);
  });
});
