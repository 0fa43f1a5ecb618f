import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Rejection } from '../../functions/domain/problem.ts';
import type { Campaign } from '../../functions/domain/satisfaction/campaign.ts';
import type { CodeBatch } from '../../functions/domain/satisfaction/single-use-code.ts';
import type { SurveyAnswer } from '../../functions/domain/satisfaction/survey-tally.ts';
import { entityCodec } from '../../functions/store/codec.ts';
import type { Write } from '../../functions/store/contract/stored.ts';
import { createStore } from '../../functions/store/create-store.ts';
import * as schemas from '../../functions/store/schemas/satisfaction.ts';
import type { Store } from '../../functions/store/store.ts';
import { countRequests, createTestTable, type RequestCount, type TestTable } from '../support/dynamodb.ts';
import * as an from './examples.ts';

let table: TestTable;
let store: Store;
let requests: RequestCount;
beforeAll(async () => {
  table = await createTestTable();
  store = createStore({ client: table.client, tableName: table.tableName });
  requests = countRequests(table.client);
});
afterAll(() => table.drop());

const save = (...writes: Write[]): Promise<void> => store.commit(an.intent(), writes);
const codesOf = (attempt: Promise<unknown>): Promise<readonly string[]> =>
  attempt.then(
    () => [],
    (error: unknown) => {
      if (error instanceof Rejection) return error.problems.map(({ code }) => code);
      throw error;
    },
  );

const campaign = (changes: Partial<Campaign> = {}): Campaign => ({
  id: 'c-1',
  unitId: 'u-pkm',
  service: { id: 'Rawat jalan', en: 'Outpatient care' },
  opens: '2026-01-05',
  closes: '2026-03-20',
  withoutCodePerHour: 2,
  minimumAnswers: 5,
  state: 'RUNNING',
  closedAt: null,
  result: null,
  version: 1,
  ...changes,
});
const answer = (id: string, changes: Partial<SurveyAnswer> = {}): SurveyAnswer => ({
  id,
  campaignId: 'c-1',
  shard: 3,
  channel: 'WITH_CODE',
  scores: [1, 2, 3, 4, 1, 2, 3, 4, 1],
  version: 1,
  ...changes,
});
const batch = (id: string, purpose: CodeBatch['purpose'], count: number): CodeBatch => ({
  id,
  purpose,
  count,
  issuedAt: '2026-03-01T02:00:00.000Z',
  voided: null,
  version: 1,
});
const SURVEY = { kind: 'SURVEY', campaignId: 'c-1' } as const;

test('a campaign is read as it was written, whatever is in it', () => {
  const codec = entityCodec<Campaign>('TEST', schemas.campaign);
  const text = fc.string({ unit: 'binary', maxLength: 30 });
  const figures = fc.record({
    answers: fc.nat(),
    index: fc.option(fc.nat()),
    grade: fc.option(fc.constantFrom('A' as const, 'B' as const, 'C' as const, 'D' as const)),
    elements: fc.array(
      fc.record({ element: fc.constantFrom('TIME' as const, 'COST' as const), mean: fc.nat() }),
    ),
  });
  fc.assert(
    fc.property(
      text,
      text,
      fc.option(fc.record({ withCode: figures, withoutCode: figures })),
      (id, name, result) => {
        const written = campaign({ id, service: { id: name, en: id }, result });
        expect(codec.read({ body: codec.toText(written, 7), auditHash: 'h' })).toEqual({
          ...written,
          version: 7,
          auditHash: 'h',
        });
      },
    ),
    { numRuns: 50 },
  );
});

describe('campaigns', () => {
  test('are listed by their last day: those of a unit, of a stretch of days, and those that are not closed', async () => {
    for (const [id, closes, unitId] of [
      ['c-late', '2026-06-30', 'u-list'],
      ['c-early', '2026-01-31', 'u-list'],
      ['c-middle', '2026-03-31', 'u-list'],
      ['c-other', '2026-02-28', 'u-other'],
    ] as const)
      await save(store.satisfaction.save(null, campaign({ id, closes, unitId, opens: '2026-01-01' })));
    const stored = await store.satisfaction.get('c-middle');
    if (stored === null) throw new Error('not stored');
    await save(store.satisfaction.save(stored, { ...stored, state: 'CLOSED' }));

    requests.reset();
    const page = await store.satisfaction.ofUnit('u-list', { first: 2, after: null });
    const quarter = await store.satisfaction.ofUnitBetween('u-list', '2026-01-31', '2026-03-31', {
      first: 20,
      after: null,
    });
    const running = await store.satisfaction.running({ first: 10, after: null });

    expect(requests.byOperation).toEqual({ Query: 3 });
    expect([page.items.map(({ value }) => value.id), page.hasMore]).toEqual([['c-early', 'c-middle'], true]);
    expect(quarter.items.map(({ value }) => value.id)).toEqual(['c-early', 'c-middle']);
    expect(running.items.map(({ value }) => value.id)).toEqual(['c-early', 'c-other', 'c-late']);
  });
});

describe('answers', () => {
  test('use up a code of their campaign, count in its shards, and are added up', async () => {
    await save(store.satisfaction.save(null, campaign()));
    await save(store.satisfaction.issue(batch('b-1', SURVEY, 2), ['hash-1', 'hash-2'], 1_800_000_000));
    const withCode = (id: string, codeHash: string) =>
      store.satisfaction.answer(answer(id), { kind: 'CODE', codeHash });

    await save(withCode('A1', 'hash-1'));
    expect(await codesOf(save(withCode('A2', 'hash-1')))).toEqual(['INVALID_CODE']);
    expect(await codesOf(save(withCode('A2', 'hash-0')))).toEqual(['INVALID_CODE']);

    const open = (id: string) =>
      store.satisfaction.answer(answer(id, { channel: 'WITHOUT_CODE', shard: 9 }), {
        kind: 'HOUR',
        hour: '2026-03-10T02',
        limit: 2,
      });
    await save(open('A3'));
    await save(open('A4'));
    expect(await codesOf(save(open('A5')))).toEqual(['RATE_LIMITED']);

    requests.reset();
    expect(await store.satisfaction.counts(['c-1', 'c-none'])).toEqual([
      { codesIssued: 2, withCode: 1, withoutCode: 2 },
      { codesIssued: 0, withCode: 0, withoutCode: 0 },
    ]);
    expect(requests.byOperation).toEqual({ BatchGetItem: 1 });
    requests.reset();
    expect(await store.satisfaction.tally('c-1')).toEqual({
      WITH_CODE: { answers: 1, sums: [1, 2, 3, 4, 1, 2, 3, 4, 1] },
      WITHOUT_CODE: { answers: 2, sums: [2, 4, 6, 8, 2, 4, 6, 8, 2] },
    });
    expect(requests.byOperation).toEqual({ Query: 16 });

    const stored = await store.satisfaction.get('c-1');
    if (stored === null) throw new Error('not stored');
    await save(store.satisfaction.save(stored, { ...stored, state: 'COUNTING' }));
    expect(await codesOf(save(withCode('A6', 'hash-2')))).toEqual(['CAMPAIGN_CLOSED']);
    const late = store.satisfaction.issue(batch('b-2', SURVEY, 1), ['hash-3'], 1_800_000_000);
    expect(await codesOf(save(late))).toEqual(['CAMPAIGN_CLOSED']);
  });

  test('are let in by codes that rate nobody: the table answers as if there were none', async () => {
    await save(store.satisfaction.save(null, campaign({ id: 'c-codes' })));
    const ofSurvey = batch('b-codes', { kind: 'SURVEY', campaignId: 'c-codes' }, 1);
    await save(store.satisfaction.issue(ofSurvey, ['hash-survey'], 1_800_000_000));
    const found: unknown[] = [];
    table.client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        found.push(answer.output);
        return answer;
      },
      { step: 'initialize', name: 'found' },
    );

    expect(await store.satisfaction.contactOf('hash-survey')).toBeNull();
    expect(await store.satisfaction.contactOf('hash-never')).toBeNull();

    table.client.middlewareStack.remove('found');
    expect(found).toMatchObject([{ Items: [] }, { Items: [] }]);
    expect(await store.satisfaction.surveyOf('hash-survey')).toBe('c-codes');
    expect(await store.satisfaction.surveyOf('hash-never')).toBeNull();
  });

  test('leave trails that verify against them, as do campaigns, suggestions and batches', async () => {
    const suggestion = { id: 'S1', campaignId: 'c-1', text: 'Tambah kursi', version: 1 } as const;
    await save(store.satisfaction.saveSuggestion(null, { ...suggestion, state: 'SUBMITTED' }));
    const stored = await store.satisfaction.suggestion('c-1', 'S1');
    await save(store.satisfaction.saveSuggestion(stored, { ...suggestion, state: 'PUBLISHED' }));

    for (const [entity, entries] of [
      ['SURVEY#c-1', 2],
      ['ANSWER#c-1#03#A1', 1],
      ['SUGGESTION#c-1#S1', 2],
      ['CODEBATCH#b-1', 1],
    ] as const)
      expect([entity, await store.audit.verify(entity)]).toEqual([entity, { entries, brokenAt: null }]);
    const listed = await store.satisfaction.suggestions('c-1', 'PUBLISHED', { first: 5, after: null });
    expect(listed.items.map(({ value }) => value.text)).toEqual(['Tambah kursi']);
    expect(
      (await store.satisfaction.suggestions('c-1', 'SUBMITTED', { first: 5, after: null })).items,
    ).toEqual([]);
    expect(await store.satisfaction.batch('b-1')).toMatchObject({ count: 2, purpose: SURVEY });
  });
});
