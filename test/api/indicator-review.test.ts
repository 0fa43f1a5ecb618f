/** An indicator that misled: the close says so, a planner decides, and the history keeps both definitions. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as an from '../store/examples.ts';
import { countRequests } from '../support/dynamodb.ts';
import { execute } from '../workflow/machine.ts';
import { type LineSpec, type RegionSpec, seedRegion, write } from '../workflow/region.ts';
import { auditor, caller, hrAdmin, type Payload, planner, problemsOf, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';

const full: LineSpec = { weight: 2_500, target: '10', reached: ['20', '20', '20'] };
const unreported: LineSpec = { weight: 2_500, target: '10', reached: [null, null, null] };
const zero: LineSpec = { weight: 2_500, target: '0', reached: ['5', '5', '5'] };
const sound = (reached: string): LineSpec => ({
  weight: 2_500,
  target: '10',
  reached: [reached, reached, reached],
});

const nurse = (id: string, reached: string) => ({
  id,
  unit: 'puskesmas',
  jobGroup: 'nurse',
  lines: [full, unreported, zero, sound(reached)],
});
const REGION: RegionSpec = {
  periodId: '2026-Q1',
  units: [{ id: 'puskesmas', head: 'kapus', shards: 2 }],
  people: [
    { id: 'kapus', unit: 'puskesmas', jobGroup: 'leader' },
    nurse('n1', '8'),
    nurse('n2', '9'),
    { ...nurse('n3', '10'), shard: 1 },
  ],
};

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  const { store } = api.deps;
  await seedRegion(store, REGION);
  await write(
    store,
    [1, 2, 3, 4].map((number) =>
      store.indicators.save(
        null,
        an.indicator({
          id: `indicator-${number}`,
          code: `IKU-${number}`,
          current: {
            ...an.indicator().current,
            indicatorId: `indicator-${number}`,
            effectiveFrom: '2025-01-01',
          },
        }),
      ),
    ),
  );
  api.at('2026-04-05T17:00:03.000Z');
  await execute({ store, now: api.deps.now }, { periodId: '2026-Q1', attempt: 1 });
});
afterAll(() => api.drop());

interface Review {
  readonly indicator: { readonly code: string };
  readonly findings: readonly string[];
  readonly decision: { readonly outcome: string } | null;
}
const REVIEWS = `query ($first: Int!, $after: String) { indicatorReviews(periodId: "2026-Q1", first: $first, after: $after) {
  nodes { indicator { code } findings decision { outcome reason definition }
    figures { lines measured atCap atZero mean { shown } lowest { shown } highest { shown } definitions notMeasured { reason count } } }
  pageInfo { hasNextPage endCursor } } }`;
const reviews = (who: typeof planner, first = 50, after: string | null = null) =>
  send<{
    indicatorReviews: {
      nodes: Review[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }>(api.handler, who, REVIEWS, { first, after });

const tasks = async (who: typeof planner) => {
  const { data } = await send<{ myTasks: { nodes: readonly { readonly kind: string }[] } }>(
    api.handler,
    who,
    '{ myTasks { nodes { kind periodId count } } }',
  );
  return data.myTasks.nodes.filter(({ kind }) => kind === 'DECIDE_INDICATOR_REVIEW');
};

const DECIDE = `mutation ($input: DecideIndicatorReviewInput!) { decideIndicatorReview(input: $input) {
  review { findings decision { outcome reason definition decidedAt } indicator { retired version current { definition } } }
  userErrors { code message path } } }`;
const decide = async (input: object, who = planner) =>
  (
    await send<{ decideIndicatorReview: Payload<'review', Record<string, unknown>> }>(
      api.handler,
      who,
      DECIDE,
      {
        input: {
          periodId: '2026-Q1',
          reason: 'Target disusun ulang dengan data tiga tahun',
          version: 1,
          ...input,
        },
      },
    )
  ).data.decideIndicatorReview;

const newDefinition = {
  name: 'Tindakan keperawatan sesuai standar',
  description: 'Tindakan yang memenuhi standar operasional',
  formula: 'Tindakan sesuai standar dibagi semua tindakan',
  source: 'Rekam medis',
  measure: { unitOfMeasure: '%', polarity: 'MAXIMIZE', buildUp: 'LATEST' },
  effectiveFrom: '2026-07-01',
};

describe('after the close', () => {
  test('the queue names what misled, with its figures, over all shards', async () => {
    const { data } = await reviews(planner);
    expect(data.indicatorReviews.nodes).toEqual([
      {
        indicator: { code: 'IKU-1' },
        findings: ['ALL_AT_CAP'],
        decision: null,
        figures: {
          lines: 3,
          measured: 3,
          atCap: 3,
          atZero: 0,
          mean: { shown: '120.00' },
          lowest: { shown: '120.00' },
          highest: { shown: '120.00' },
          definitions: [1],
          notMeasured: [],
        },
      },
      expect.objectContaining({ indicator: { code: 'IKU-2' }, findings: ['NOBODY_MEASURED'] }),
      expect.objectContaining({
        indicator: { code: 'IKU-3' },
        findings: ['NOBODY_MEASURED', 'ZERO_TARGET'],
        figures: expect.objectContaining({ notMeasured: [{ reason: 'ZERO_TARGET', count: 3 }], mean: null }),
      }),
    ]);
  });

  test('the planners are told, and everybody that results are out', async () => {
    const kinds = async (who: typeof planner) => {
      const { data } = await send<{ notices: { nodes: { kind: string; period: { id: string } }[] } }>(
        api.handler,
        who,
        '{ notices { nodes { kind period { id } } } }',
      );
      return data.notices.nodes.map(({ kind, period }) => `${kind} ${period.id}`).sort();
    };
    expect(await kinds(planner)).toEqual(['INDICATOR_REVIEW 2026-Q1', 'RESULTS_PUBLISHED 2026-Q1']);
    expect(await kinds(caller('n1'))).toEqual(['RESULTS_PUBLISHED 2026-Q1']);
  });

  test('what is undecided is a task of the planners', async () => {
    expect(await tasks(planner)).toEqual([
      { kind: 'DECIDE_INDICATOR_REVIEW', periodId: '2026-Q1', count: 3 },
    ]);
    for (const who of [caller('kapus'), hrAdmin, auditor, caller('both', 'PLANNER', 'AUDITOR')])
      expect([who, await tasks(who)]).toEqual([who, []]);
  });

  test('half a year later newer figures tell the same, and it is no task any more', async () => {
    api.at('2026-10-01T05:00:00.000Z');
    expect(await tasks(planner)).toHaveLength(1);
    api.at('2026-10-02T05:00:00.000Z');
    expect(await tasks(planner)).toEqual([]);
    api.at('2026-04-06T05:00:00.000Z');
  });

  test('the queue can be paged, and a page costs few requests', async () => {
    const count = countRequests(api.table.client);
    const first = await reviews(auditor, 2);
    count.remove();
    expect(count.total).toBeLessThanOrEqual(5);
    const { pageInfo, nodes } = first.data.indicatorReviews;
    expect([nodes.length, pageInfo.hasNextPage]).toEqual([2, true]);
    const second = await reviews(auditor, 2, pageInfo.endCursor);
    expect(second.data.indicatorReviews.nodes.map(({ indicator }) => indicator.code)).toEqual(['IKU-3']);
  });

  test('staff and heads do not see it, and only planners decide', async () => {
    expect((await reviews(caller('kapus'))).codes).toEqual(['FORBIDDEN']);
    expect(problemsOf(await decide({ indicatorId: 'indicator-1', outcome: 'KEEP' }, hrAdmin))).toEqual([
      'FORBIDDEN',
    ]);
    expect(problemsOf(await decide({ indicatorId: 'indicator-1', outcome: 'KEEP' }, auditor))).toEqual([
      'FORBIDDEN',
    ]);
  });

  test('a decision that does not fit is refused with all that is wrong, and changes nothing', async () => {
    expect(problemsOf(await decide({ indicatorId: 'indicator-4', outcome: 'KEEP' }))).toEqual([
      'NOT_FOUND indicatorId',
    ]);
    expect(problemsOf(await decide({ indicatorId: 'indicator-1', outcome: 'REVISE', reason: ' ' }))).toEqual([
      'REQUIRED reason',
      'REQUIRED definition',
    ]);
    expect(
      problemsOf(await decide({ indicatorId: 'indicator-1', outcome: 'KEEP', definition: newDefinition })),
    ).toEqual(['NOT_APPLICABLE definition']);
    const early = { ...newDefinition, effectiveFrom: '2024-12-31' };
    expect(
      problemsOf(await decide({ indicatorId: 'indicator-1', outcome: 'REVISE', definition: early })),
    ).toEqual(['OUT_OF_RANGE definition effectiveFrom']);
    expect((await api.deps.store.indicators.get('indicator-1'))?.version).toBe(1);
  });

  test('revising gives a new definition, retiring ends it, and each is decided once', async () => {
    const revised = await decide({
      indicatorId: 'indicator-1',
      outcome: 'REVISE',
      definition: newDefinition,
    });
    expect(revised).toMatchObject({
      userErrors: [],
      review: { decision: { outcome: 'REVISE', definition: 2 }, indicator: { current: { definition: 2 } } },
    });
    expect(await decide({ indicatorId: 'indicator-3', outcome: 'RETIRE' })).toMatchObject({
      review: { decision: { outcome: 'RETIRE', definition: null }, indicator: { retired: true } },
    });
    expect(await decide({ indicatorId: 'indicator-1', outcome: 'KEEP', version: 77 })).toMatchObject({
      review: { decision: { outcome: 'REVISE' }, indicator: { version: 2 } },
      userErrors: [{ code: 'CONFLICT', path: ['version'] }],
    });
    expect(problemsOf(await decide({ indicatorId: 'indicator-1', outcome: 'KEEP', version: 2 }))).toEqual([
      'ALREADY_EXISTS periodId',
    ]);
    const trail = await api.deps.store.audit.entries('INDICATOR_REVIEW#indicator-1#2026-Q1', {
      first: 9,
      after: null,
    });
    expect(trail.items.map(({ value }) => [value.operation, value.reason])).toEqual([
      ['decideIndicatorReview', 'Target disusun ulang dengan data tiga tahun'],
    ]);
  });

  test('of two planners at once one decides', async () => {
    const outcomes = await Promise.all([
      decide({ indicatorId: 'indicator-2', outcome: 'KEEP' }),
      decide({ indicatorId: 'indicator-2', outcome: 'RETIRE' }),
    ]);
    expect(outcomes.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const kept = outcomes[0]?.userErrors.length === 0;
    expect((await api.deps.store.indicators.get('indicator-2'))?.retired).toBe(!kept);
    expect(await tasks(planner)).toEqual([]);
  });

  test('the history shows the figures of each period beside the definitions, to those who look after indicators', async () => {
    const HISTORY = `{ indicator(id: "indicator-1") { definitions { definition name }
      history { periodId findings decision { outcome } figures { definitions mean { shown } } } } }`;
    const { data } = await send<{ indicator: object }>(api.handler, planner, HISTORY);
    expect(data.indicator).toMatchObject({
      definitions: [{ definition: 1 }, { definition: 2, name: 'Tindakan keperawatan sesuai standar' }],
      history: [
        {
          periodId: '2026-Q1',
          findings: ['ALL_AT_CAP'],
          decision: { outcome: 'REVISE' },
          figures: { definitions: [1], mean: { shown: '120.00' } },
        },
      ],
    });
    expect((await send(api.handler, null, HISTORY)).data).toMatchObject({ indicator: { history: null } });
  });
});
