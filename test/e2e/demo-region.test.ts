import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { discrepancies } from '../../functions/domain/evaluation/recompute.ts';
import type { Result } from '../../functions/domain/evaluation/result.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import { verifyTable } from '../../infra/audit/verify-table.ts';
import { CLOSED_QUARTER, DEMO_YEAR, DUE_QUARTER } from '../../infra/local/demo/demo-client.ts';
import { TRANSFERRED } from '../../infra/local/demo/handover.ts';
import { loadDemo } from '../../infra/local/demo/load-demo.ts';
import { type DemoPerson, people } from '../../infra/local/demo/people.ts';
import { units } from '../../infra/local/demo/region.ts';
import { planOf } from '../../infra/local/demo/work.ts';
import { exampleQueries } from '../../infra/local/example-queries.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
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
let results: readonly Result[];

beforeAll(async () => {
  runtime = await startSystem(TABLE);
  await loadDemo(runtime);
  await runtime.runScheduleOnce();
  const { endpoint, region, accessKeyId, secretAccessKey } = inject('dynamoDb');
  client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } }),
  );
  store = createStore({ client, tableName: TABLE });
  const ids = await Promise.all(people.map(async ({ nip }) => (await store.staff.findByNip(nip))?.id ?? ''));
  const keys = [CLOSED_QUARTER, DUE_QUARTER].flatMap((periodId) =>
    ids.map((staffId) => ({ periodId, run: 'r1', staffId })),
  );
  results = (await store.results.getMany(keys)).filter((result) => result !== null);
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
        const place = (others: readonly Result[]) => ({
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

  it.each(
    exampleQueries.map(({ query, variables }) => ({
      title: /query (\w+)/.exec(query)?.[1],
      query,
      variables,
    })),
  )('answers the explorer’s query $title for one of its people', async ({ query, variables = '{}' }) => {
    const answers = await Promise.all(
      runtime.personas().map((persona) => ask(runtime, persona, query, JSON.parse(variables))),
    );
    const whole = answers.filter(({ errors }) => errors.length === 0);
    expect(whole.map(({ data }) => Object.values(data)[0])).toContainEqual(expect.anything());
  });

  it('has made the document that the nurse asked for, and makes those of a unit', async () => {
    const [nurse] = runtime.personas();
    if (nurse === undefined) throw new Error('the demo has nobody');
    const own = await madeFor(nurse);
    expect(own.fileName).toBe('kinerja-dokumen-evaluasi.pdf');
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
