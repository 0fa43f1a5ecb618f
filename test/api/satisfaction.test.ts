/** Public satisfaction (SKM) from a puskesmas' campaign to its figures, told through the endpoint. */
import { createHash } from 'node:crypto';
import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planPeriod } from '../../functions/domain/period/period.ts';
import { readCode } from '../../functions/domain/satisfaction/single-use-code.ts';
import { SURVEY_ELEMENTS } from '../../functions/domain/satisfaction/survey-questions.ts';
import { createStore } from '../../functions/store/create-store.ts';
import { beginClose } from '../../functions/usecases/close/begin-close.ts';
import { runDuties } from '../../functions/usecases/close/hourly-duties.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { COUNTED_AT_ONCE, closeCampaign } from '../../functions/usecases/satisfaction/close-campaign.ts';
import { closeDueCampaigns } from '../../functions/usecases/satisfaction/close-due-campaigns.ts';
import { voidSurveyCodes } from '../../functions/usecases/satisfaction/void-codes.ts';
import * as an from '../store/examples.ts';
import { countRequests, createTestClient, cutAtCall } from '../support/dynamodb.ts';
import { as } from '../usecases/work-region.ts';
import { choicesOf, takeTurns } from '../workflow/interleave.ts';
import { openPeriodOf, policyOf, write } from '../workflow/region.ts';
import {
  auditor,
  caller,
  employee,
  type Failure,
  hrAdmin,
  nobody,
  planner,
  problemsOf,
  send,
} from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, people, unitId } from './example-region.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const head = caller(people.head);
const nurse = caller(people.nurse);
const stranger = caller(people.stranger);

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
});
afterAll(() => api.drop());

interface Outcome {
  readonly campaign: { readonly id: string; readonly version: number; readonly phase: string } | null;
  readonly batchId: string | null;
  readonly count: number | null;
  readonly codes: readonly { readonly code: string; readonly svg: string }[] | null;
  readonly sheets: readonly string[] | null;
  readonly suggestion: { readonly state: string; readonly version: number } | null;
  readonly userErrors: readonly Failure[];
}

const CAMPAIGN = 'campaign { id version phase }';
const change = async (
  who: Parameters<typeof send>[1],
  name: string,
  input: object,
  fields = CAMPAIGN,
): Promise<Outcome> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await send<{ outcome: Outcome }>(
    api.handler,
    who,
    `mutation ($input: ${type}!) { outcome: ${name}(input: $input) { ${fields} userErrors { code message path } } }`,
    { input },
  );
  expect(errors).toEqual([]);
  return data.outcome;
};

const terms = (more: object = {}) => ({
  unitId: unitId('P'),
  service: { id: 'Rawat jalan', en: 'Outpatient care' },
  opens: '2026-03-05',
  closes: '2026-03-20',
  ...more,
});

/** A new campaign of the puskesmas. */
const campaignOf = async (more: object = {}): Promise<string> => {
  const { campaign, userErrors } = await change(head, 'createSurveyCampaign', terms(more));
  expect(userErrors).toEqual([]);
  return campaign?.id ?? '';
};

const codesOf = async (campaignId: string, count: number): Promise<readonly string[]> => {
  const { codes, userErrors } = await change(
    head,
    'issueSurveyCodes',
    { campaignId, count },
    'codes { code }',
  );
  expect(userErrors).toEqual([]);
  return (codes ?? []).map(({ code }) => code);
};

const scored = (...scores: readonly number[]) =>
  SURVEY_ELEMENTS.map((element, at) => ({ element, score: scores[at % scores.length] ?? 3 }));

const answer = async (campaignId: string, code: string | null, more: object = {}) =>
  problemsOf(
    await change(
      nobody,
      'answerSurvey',
      { campaignId, code, answers: scored(3), ...more },
      'campaign { id }',
    ),
  );

const FIGURES = 'answers tooFew index { shown } grade elements { element mean { shown } }';
const readCampaign = async (who: Parameters<typeof send>[1], id: string, fields: string) =>
  (
    await send<{ surveyCampaign: Record<string, unknown> }>(
      api.handler,
      who,
      `query ($id: ID!) { surveyCampaign(id: $id) { ${fields} } }`,
      { id },
    )
  ).data.surveyCampaign;

/** Every item of the table, as text: what somebody would find who could read all of it. */
const wholeTable = async (): Promise<readonly Record<string, unknown>[]> => {
  const { Items = [] } = await api.table.client.send(new ScanCommand({ TableName: api.table.tableName }));
  return Items;
};

/** The days on which the codes that something issues may vanish, with whatever is kept to make them void. */
const vanishingOf = async (issue: () => Promise<unknown>): Promise<readonly string[]> => {
  const isNew = new Set((await wholeTable()).map(({ pk, sk }) => `${pk} ${sk}`));
  await issue();
  const added = (await wholeTable()).filter(({ pk, sk }) => !isNew.has(`${pk} ${sk}`));
  return added.flatMap(({ expiresAt }) =>
    typeof expiresAt === 'number' ? [new Date(expiresAt * 1_000).toISOString().slice(0, 10)] : [],
  );
};

describe('a campaign', () => {
  test('is planned by the head of the unit or of one above, and by planners; nobody else', async () => {
    for (const who of [head, caller(people.agencyHead), planner])
      expect((await change(who, 'createSurveyCampaign', terms())).campaign).toMatchObject({ phase: 'OPEN' });
    for (const who of [nurse, stranger, auditor, employee])
      expect(problemsOf(await change(who, 'createSurveyCampaign', terms()))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await change(nobody, 'createSurveyCampaign', terms()))).toEqual(['UNAUTHENTICATED']);
  });

  test('hears of everything that is wrong with it at once', async () => {
    const wrong = terms({
      service: { id: ' ', en: 'x'.repeat(201) },
      opens: '2026-03-12',
      closes: '2026-03-11',
      withoutCodePerHour: 601,
      minimumAnswers: 4,
    });
    expect(problemsOf(await change(head, 'createSurveyCampaign', wrong))).toEqual([
      'OUT_OF_RANGE closes',
      'REQUIRED service id',
      'TOO_LONG service en',
      'OUT_OF_RANGE withoutCodePerHour',
      'OUT_OF_RANGE minimumAnswers',
    ]);
    const unknown = terms({ unitId: 'u-none' });
    expect(problemsOf(await change(planner, 'createSurveyCampaign', unknown))).toEqual(['NOT_FOUND unitId']);
  });

  test('shows everybody what it asks, in both languages', async () => {
    const id = await campaignOf({ opens: '2026-03-11' });
    const shown = await readCampaign(
      nobody,
      id,
      `phase service { id en } unit { name } acceptsWithoutCode counts { withCode } result { withCode { answers } }
       questions { element text { id en } choices { score text { id en } } }`,
    );
    expect(shown).toMatchObject({
      phase: 'PLANNED',
      service: { id: 'Rawat jalan', en: 'Outpatient care' },
      unit: { name: 'Puskesmas Melati' },
      acceptsWithoutCode: false,
      counts: null,
      result: null,
    });
    const questions = shown['questions'] as readonly { element: string; choices: readonly object[] }[];
    expect(questions.map(({ element }) => element)).toEqual(SURVEY_ELEMENTS);
    expect(questions[3]).toEqual({
      element: 'COST',
      text: {
        id: 'Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?',
        en: 'How fair is the cost of the service?',
      },
      choices: [
        { score: 1, text: { id: 'Sangat mahal', en: 'Very expensive' } },
        { score: 2, text: { id: 'Cukup mahal', en: 'Rather expensive' } },
        { score: 3, text: { id: 'Murah', en: 'Cheap' } },
        { score: 4, text: { id: 'Gratis', en: 'Free of charge' } },
      ],
    });
    expect(await answer(id, null)).toEqual(['CAMPAIGN_NOT_OPEN campaignId', 'CODE_REQUIRED code']);
  });

  test('keeps what citizens have seen once it is open, but can last longer', async () => {
    const id = await campaignOf();
    const edit = (version: number, more: object) =>
      change(head, 'editSurveyCampaign', { id, version, ...more });
    expect(problemsOf(await edit(1, { minimumAnswers: 20, opens: '2026-03-06' }))).toEqual([
      'WRONG_STATE opens',
      'WRONG_STATE minimumAnswers',
    ]);
    expect((await edit(1, { closes: '2026-03-31' })).campaign).toMatchObject({ version: 2 });
    const stale = await edit(1, { closes: '2026-04-01' });
    expect([problemsOf(stale), stale.campaign?.version]).toEqual([['CONFLICT version'], 2]);
    expect(problemsOf(await change(stranger, 'editSurveyCampaign', { id, version: 2 }))).toEqual([
      'FORBIDDEN',
    ]);
  });
});

describe('single-use codes', () => {
  test('are printed once, as QR codes and as sheets, and stored only as hashes', async () => {
    const campaignId = await campaignOf();
    const input = {
      campaignId,
      count: 21,
      formAddress: 'https://skm.example/isi?bahasa=id',
      idempotencyKey: 'print',
    };
    const fields = 'batchId count codes { code svg } sheets';
    const first = await change(head, 'issueSurveyCodes', input, fields);
    expect(first).toMatchObject({ count: 21, userErrors: [] });
    expect(new Set(first.codes?.map(({ code }) => code)).size).toBe(21);
    for (const { code, svg } of first.codes ?? []) {
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
    }
    expect(first.sheets?.map((sheet) => sheet.match(/<g /g)?.length)).toEqual([20, 1]);
    expect(first.sheets?.[0]).toContain(first.codes?.[0]?.code);
    expect(first.sheets?.[0]).toContain('Puskesmas Melati');

    const repeated = await change(head, 'issueSurveyCodes', input, fields);
    expect(repeated).toMatchObject({ batchId: first.batchId, count: 21, codes: [], sheets: [] });

    const stored = JSON.stringify(await wholeTable());
    for (const { code } of first.codes ?? []) {
      expect(stored).not.toContain(code);
      expect(stored).not.toContain(readCode(code));
    }
  });

  test('are issued by those who may, in batches of 60 at most, for a form at an https address', async () => {
    const campaignId = await campaignOf();
    const issue = async (who: Parameters<typeof send>[1], more: object = {}) =>
      problemsOf(await change(who, 'issueSurveyCodes', { campaignId, count: 1, ...more }, 'batchId'));
    for (const who of [nurse, stranger, auditor]) expect(await issue(who)).toEqual(['FORBIDDEN']);
    expect(await issue(head, { count: 0 })).toEqual(['OUT_OF_RANGE count']);
    expect(await issue(head, { count: 61 })).toEqual(['OUT_OF_RANGE count']);
    expect(await issue(planner, { count: 60 })).toEqual([]);
    for (const formAddress of [
      'http://skm.example',
      'javascript:alert(1)',
      'https://a@b.example',
      'https://a.example/#x',
    ])
      expect(await issue(head, { formAddress })).toEqual(['INVALID_FORMAT formAddress']);
  });

  test('let one answer in, however they are typed; a wrong one, a used one and one of another campaign look alike', async () => {
    const campaignId = await campaignOf();
    const [code = '', second = ''] = await codesOf(campaignId, 2);
    const [foreign = ''] = await codesOf(await campaignOf(), 1);

    expect(await answer(campaignId, ` ${code.toLowerCase().replaceAll('-', ' ')} `)).toEqual([]);
    const refusals = [];
    for (const wrong of [code, foreign, '0000-0000-0000-0000', 'no code at all']) {
      const requests = countRequests(api.table.client);
      refusals.push([await answer(campaignId, wrong), requests.byOperation]);
      requests.remove();
    }
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0]);
    expect(refusals[0]).toEqual([['INVALID_CODE code'], { GetItem: 1, TransactWriteItems: 2 }]);
    expect(await answer(campaignId, second)).toEqual([]);
    expect(await readCampaign(head, campaignId, 'counts { codesIssued withCode withoutCode }')).toEqual({
      counts: { codesIssued: 2, withCode: 2, withoutCode: 0 },
    });
  });

  test('outlive their campaign by thirty days, however far its end is moved', async () => {
    const moved = async (id: string, days: object) => {
      const edited = await change(head, 'editSurveyCampaign', { id, version: 1, ...days });
      expect(edited.userErrors).toEqual([]);
    };
    const open = await campaignOf();
    // Two codes, and the list by which they are made void.
    expect(await vanishingOf(() => codesOf(open, 2))).toEqual(Array(3).fill('2027-05-08'));
    await moved(open, { closes: '2027-04-08' });

    const planned = await campaignOf({ opens: '2026-03-11' });
    expect(await vanishingOf(() => codesOf(planned, 1))).toEqual(Array(2).fill('2033-03-04'));
    await moved(planned, { opens: '2031-12-31', closes: '2033-02-02' });
    for (const [id, closes] of [
      [open, '2027-04-09'],
      [planned, '2033-02-03'],
    ])
      expect(problemsOf(await change(head, 'editSurveyCampaign', { id, version: 2, closes }))).toEqual([
        'OUT_OF_RANGE closes',
      ]);
  });

  test('that release 0.1.0 has issued are taken, once each', async () => {
    const campaignId = await campaignOf();
    const digits = '0123456789ABCDEF';
    const batch = {
      id: 'b-before',
      purpose: { kind: 'SURVEY', campaignId },
      count: 1,
      issuedAt: null,
      voided: null,
      version: 0,
    } as const;
    const { satisfaction } = api.deps.store;
    await write(api.deps.store, [satisfaction.issue(batch, [sha256(digits)], 4_000_000_000)]);
    expect(await answer(await campaignOf(), digits)).toEqual(['INVALID_CODE code']);
    expect(await answer(campaignId, '0123-4567-89ab-cdef')).toEqual([]);
    expect(await answer(campaignId, digits)).toEqual(['INVALID_CODE code']);
  });

  test('of a survey are nowhere where a code to rate a person is looked for', async () => {
    const [code = ''] = await codesOf(await campaignOf(), 1);
    const digits = readCode(code) ?? '';
    const places = (await wholeTable()).map(({ pk }) => String(pk));
    expect(places).not.toContain(`CODE#${sha256(digits)}`);
    expect(places).toContain(`CODE#${sha256(`SURVEY ${digits}`)}`);
  });

  test('are made void by those who issue them, with a reason; a void one is refused as one that never was', async () => {
    const campaignId = await campaignOf();
    const { batchId, codes } = await change(
      head,
      'issueSurveyCodes',
      { campaignId, count: 3 },
      'batchId codes { code }',
    );
    const [used = '', lost = ''] = (codes ?? []).map(({ code }) => code);
    const [kept = ''] = await codesOf(campaignId, 1);
    expect(await answer(campaignId, used)).toEqual([]);
    const make = async (who: Parameters<typeof send>[1], more: object = {}) =>
      change(who, 'voidSurveyCodes', { batchId, reason: 'Lembar kode hilang', ...more }, 'voided');
    for (const who of [nurse, stranger, auditor]) expect(problemsOf(await make(who))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await make(head, { reason: ' ' }))).toEqual(['REASON_REQUIRED reason']);
    expect(problemsOf(await make(head, { batchId: 'b-none' }))).toEqual(['NOT_FOUND batchId']);
    expect(await make(head)).toEqual({ voided: 2, userErrors: [] });
    expect(problemsOf(await make(head))).toEqual(['WRONG_STATE batchId']);

    const list = 'codeBatches(first: 2) { nodes { id count issuedAt isVoid } pageInfo { hasNextPage } }';
    const issuedAt = '2026-03-10T02:00:00.000Z';
    for (const who of [head, planner])
      expect(await readCampaign(who, campaignId, list)).toEqual({
        codeBatches: {
          nodes: [
            { id: batchId, count: 3, issuedAt, isVoid: true },
            { id: expect.any(String), count: 1, issuedAt, isVoid: false },
          ],
          pageInfo: { hasNextPage: false },
        },
      });
    for (const who of [nurse, hrAdmin, nobody])
      expect(await readCampaign(who, campaignId, list)).toEqual({ codeBatches: null });

    const refusals = [];
    for (const wrong of [lost, '0000-0000-0000-0000']) {
      const requests = countRequests(api.table.client);
      refusals.push([await answer(campaignId, wrong), requests.byOperation]);
      requests.remove();
    }
    expect(refusals[0]).toEqual([['INVALID_CODE code'], { GetItem: 1, TransactWriteItems: 2 }]);
    expect(refusals[1]).toEqual(refusals[0]);
    expect(await answer(campaignId, kept)).toEqual([]);
    expect((await api.deps.store.satisfaction.tally(campaignId)).WITH_CODE.answers).toBe(2);
    const entries = await api.deps.store.audit.entries(`CODEBATCH#${batchId}`, { first: 5, after: null });
    expect(entries.items.map(({ value }) => [value.operation, value.reason])).toEqual([
      ['issueSurveyCodes', null],
      ['voidSurveyCodes', 'Lembar kode hilang'],
    ]);
  });

  test('that are used in the moment in which they are made void are either used or void', async () => {
    const campaignId = await campaignOf();
    const { batchId, codes } = await change(
      head,
      'issueSurveyCodes',
      { campaignId, count: 60 },
      'batchId codes { code }',
    );
    const [code = ''] = (codes ?? []).map((one) => one.code);
    const { satisfaction } = api.deps.store;
    let looked = 0;
    const racing: Deps = {
      ...api.deps,
      store: {
        ...api.deps.store,
        satisfaction: {
          ...satisfaction,
          unusedCodes: async (id) => {
            const unused = await satisfaction.unusedCodes(id);
            looked += 1;
            if (looked === 1) expect(await answer(campaignId, code)).toEqual([]);
            return unused;
          },
        },
      },
    };
    const input = { batchId: batchId ?? '', reason: 'Hilang' };
    // Refused by the table, it looks again: the one that was used is not void.
    expect(await voidSurveyCodes(racing, as(people.head), input)).toMatchObject({ voided: 59 });
    expect(looked).toBeGreaterThan(1);
    expect((await satisfaction.tally(campaignId)).WITH_CODE.answers).toBe(1);
  });

  test.each([1, 2])('are used exactly once by many who race for them, seed %i', async (seed) => {
    const campaignId = await campaignOf();
    const [code = '', ...others] = await codesOf(campaignId, 4);
    const codes = [...Array.from({ length: 9 }, () => code), ...others];
    const clients = codes.map(() => createTestClient());
    takeTurns(clients, choicesOf(seed));
    const { answerSurvey } = await import('../../functions/usecases/satisfaction/answer-survey.ts');
    const actor = { roles: new Set(['PUBLIC'] as const), staffId: null, id: 'public' };

    const outcomes = await Promise.allSettled(
      clients.map((client, at) =>
        answerSurvey({ ...api.deps, store: createStore({ client, tableName: api.table.tableName }) }, actor, {
          campaignId,
          code: codes[at] ?? '',
          answers: scored(4),
        }),
      ),
    );

    for (const client of clients) client.destroy();
    const taken = outcomes.map(({ status }) => status === 'fulfilled');
    expect(taken.slice(0, 9).filter(Boolean)).toHaveLength(1);
    expect(taken.slice(9)).toEqual([true, true, true]);
    expect((await api.deps.store.satisfaction.tally(campaignId)).WITH_CODE.answers).toBe(4);
  });

  test('leave nothing behind that says whose answer it was, nor when it came', async () => {
    const campaignId = await campaignOf({ withoutCodePerHour: 5 });
    const [code = ''] = await codesOf(campaignId, 1);
    const before = new Set((await wholeTable()).map(({ pk, sk }) => `${pk} ${sk}`));
    api.at('2026-03-11T07:31:17.123Z');
    expect(await answer(campaignId, code, { suggestion: 'Tambah kursi tunggu' })).toEqual([]);
    api.at('2026-03-10T02:00:00.000Z');

    const added = (await wholeTable()).filter(({ pk, sk }) => !before.has(`${pk} ${sk}`));
    expect(added).toHaveLength(4);
    const text = JSON.stringify(added);
    expect(text).not.toContain('2026-03-11');
    expect(text).not.toContain('07:31');
    const scoresAndText = added.filter((item) => JSON.stringify(item).includes('Tambah kursi'));
    const ofAnswer = added.filter(({ pk }) => /ANSWER/.test(String(pk)));
    expect(scoresAndText.length + ofAnswer.length).toBe(4);
    const ids = ofAnswer.flatMap(({ sk, pk }) => `${pk} ${sk}`.match(/(?<!c-)\b[0-9A-Z]{26}\b/g) ?? []);
    expect(ids).not.toEqual([]);
    for (const id of ids) expect(JSON.stringify(scoresAndText)).not.toContain(id);
  });
});

describe('answers without a code', () => {
  test('are accepted where the unit allows them, so many an hour, and counted apart', async () => {
    const campaignId = await campaignOf({ withoutCodePerHour: 3 });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => answer(campaignId, null)));
    expect(outcomes.filter((found) => found.length === 0)).toHaveLength(3);
    expect(outcomes.filter(([found]) => found === 'RATE_LIMITED')).toHaveLength(2);
    api.at('2026-03-10T03:00:00.000Z');
    expect(await answer(campaignId, null)).toEqual([]);
    api.at('2026-03-10T02:00:00.000Z');
    const [code = ''] = await codesOf(campaignId, 1);
    expect(await answer(campaignId, code)).toEqual([]);
    expect(await readCampaign(planner, campaignId, 'counts { withCode withoutCode }')).toEqual({
      counts: { withCode: 1, withoutCode: 4 },
    });
  });

  test('are refused where it does not, with everything else that is wrong', async () => {
    const campaignId = await campaignOf();
    const wrong = { answers: [{ element: 'TIME', score: 5 }], suggestion: 'x'.repeat(1_001) };
    expect(await answer(campaignId, '  ', wrong)).toEqual([
      'CODE_REQUIRED code',
      'OUT_OF_RANGE answers 0 score',
      'ITEMS_INCOMPLETE answers',
      'TOO_LONG suggestion',
    ]);
    expect(await answer('c-none', null)).toEqual(['NOT_FOUND campaignId']);
  });

  test('come without a login only', async () => {
    const campaignId = await campaignOf({ withoutCodePerHour: 3 });
    const input = { campaignId, answers: scored(4) };
    for (const who of [nurse, head, planner, auditor])
      expect(problemsOf(await change(who, 'answerSurvey', input, 'campaign { id }'))).toEqual(['FORBIDDEN']);
  });
});

describe('suggestions', () => {
  test('are read by planners and inspectors, by the public once a planner has published them, and by the head after the close', async () => {
    const campaignId = await campaignOf({ withoutCodePerHour: 5 });
    expect(await answer(campaignId, null, { suggestion: 'Buka loket lebih pagi' })).toEqual([]);
    expect(await answer(campaignId, null, { suggestion: 'Petugas di loket dua kasar' })).toEqual([]);
    const inState = async (who: Parameters<typeof send>[1], state: string) => {
      const page = await readCampaign(
        who,
        campaignId,
        `suggestionsInState(state: ${state}, first: 5) { nodes { id text version } }`,
      );
      return (page['suggestionsInState'] as { nodes: { id: string; text: string; version: number }[] } | null)
        ?.nodes;
    };
    const published = async () =>
      (await readCampaign(nobody, campaignId, 'suggestions { nodes { text state } }'))['suggestions'];

    for (const who of [planner, auditor]) expect(await inState(who, 'SUBMITTED')).toHaveLength(2);
    for (const who of [nobody, nurse, stranger, head])
      expect(await inState(who, 'SUBMITTED')).toBeUndefined();
    expect(await published()).toEqual({ nodes: [] });

    const submitted = (await inState(planner, 'SUBMITTED')) ?? [];
    const counter = submitted.find(({ text }) => text.startsWith('Buka'));
    const rude = submitted.find(({ text }) => text.startsWith('Petugas'));
    const moderate = (who: typeof head, suggestion: typeof counter, more: object) =>
      change(
        who,
        'moderateSuggestion',
        { campaignId, id: suggestion?.id, version: suggestion?.version, ...more },
        'suggestion { state version }',
      );
    for (const who of [head, auditor])
      expect(problemsOf(await moderate(who, counter, { publish: true }))).toEqual(['FORBIDDEN']);
    expect((await moderate(planner, counter, { publish: true })).suggestion).toEqual({
      state: 'PUBLISHED',
      version: 2,
    });
    expect(problemsOf(await moderate(planner, rude, { publish: false }))).toEqual(['REASON_REQUIRED reason']);
    expect(
      (await moderate(planner, rude, { publish: false, reason: 'Menunjuk seorang pegawai' })).suggestion,
    ).toEqual({ state: 'WITHHELD', version: 2 });
    expect(problemsOf(await moderate(planner, rude, { publish: true }))).toEqual(['CONFLICT version']);
    expect(await published()).toEqual({ nodes: [{ text: 'Buka loket lebih pagi', state: 'PUBLISHED' }] });
    expect(await inState(head, 'WITHHELD')).toBeUndefined();
  });
});

describe('what is said about a unit', () => {
  const inLine = {
    'a planner who serves in the unit': caller(people.nurse, 'PLANNER'),
    'a personnel officer who serves in the unit': caller(people.nurse, 'HR_ADMIN'),
    'a planner who heads the unit': caller(people.head, 'PLANNER'),
    'a planner who heads the agency': caller(people.agencyHead, 'PLANNER'),
  };

  test('is moderated by officers who serve elsewhere, who alone see it come in', async () => {
    const campaignId = await campaignOf({ withoutCodePerHour: 5 });
    expect(await answer(campaignId, null, { suggestion: 'Tambah kursi' })).toEqual([]);
    interface Words {
      readonly nodes: readonly { readonly id: string }[];
    }
    const words = async (who: typeof head) => {
      const read = 'suggestionsInState(state: SUBMITTED, first: 5) { nodes { id } }';
      return (await readCampaign(who, campaignId, read))['suggestionsInState'] as Words | null;
    };
    const id = (await words(planner))?.nodes[0]?.id;
    const moderate = (who: typeof head, version: number, publish: boolean) =>
      change(
        who,
        'moderateSuggestion',
        { campaignId, id, version, publish, reason: 'Sudah ditangani' },
        'suggestion { state version }',
      );
    for (const [name, who] of Object.entries(inLine)) {
      expect(await words(who), name).toBeNull();
      expect(problemsOf(await moderate(who, 1, true)), name).toEqual(['FORBIDDEN']);
    }
    const ofAnotherUnit = caller(people.other, 'PLANNER');
    const inspector = caller(people.nurse, 'PLANNER', 'AUDITOR');
    for (const who of [ofAnotherUnit, hrAdmin, inspector]) expect((await words(who))?.nodes).toHaveLength(1);
    expect((await moderate(ofAnotherUnit, 1, true)).suggestion).toEqual({ state: 'PUBLISHED', version: 2 });
    expect((await moderate(hrAdmin, 2, false)).suggestion).toEqual({ state: 'WITHHELD', version: 3 });
  });
});

describe('the close', () => {
  const close = (now: string) => runDuties({ store: api.deps.store, now: () => now });

  test('computes IKM, grade and profile of each kind of answers, and shows them beside the result of the period', async () => {
    const id = await campaignOf({ closes: '2026-03-12', withoutCodePerHour: 9, minimumAnswers: 5 });
    const codes = await codesOf(id, 8);
    for (const code of codes) expect(await answer(id, code, { answers: scored(4, 3, 4) })).toEqual([]);
    for (let at = 0; at < 4; at += 1) expect(await answer(id, null, { answers: scored(1) })).toEqual([]);
    const words = (who: typeof head) =>
      readCampaign(who, id, 'suggestionsInState(state: SUBMITTED, first: 5) { nodes { text } }');
    expect(await words(head)).toEqual({ suggestionsInState: null });

    expect((await close('2026-03-12T16:59:59.000Z'))['closeSurveyCampaigns']?.done).not.toContain(id);
    const [first, second] = await Promise.all([
      close('2026-03-12T17:00:00.000Z'),
      close('2026-03-12T17:00:00.000Z'),
    ]);
    expect(first['closeSurveyCampaigns']?.failed).toEqual([]);
    expect(second['closeSurveyCampaigns']?.failed).toEqual([]);
    expect((await close('2026-03-12T18:00:00.000Z'))['closeSurveyCampaigns']?.done).toEqual([]);
    expect(await words(head)).toEqual({ suggestionsInState: { nodes: [] } });
    expect(await words(nurse)).toEqual({ suggestionsInState: null });

    const figures = {
      withCode: {
        answers: 8,
        tooFew: false,
        index: { shown: '91.67' },
        grade: 'A',
        elements: SURVEY_ELEMENTS.map((element, at) => ({
          element,
          mean: { shown: at % 3 === 1 ? '3.00' : '4.00' },
        })),
      },
      withoutCode: { answers: 4, tooFew: true, index: null, grade: null, elements: [] },
    };
    const shown = await readCampaign(
      nobody,
      id,
      `phase version result { withCode { ${FIGURES} } withoutCode { ${FIGURES} } }`,
    );
    expect(shown).toEqual({ phase: 'CLOSED', version: 3, result: figures });
    expect(await answer(id, null)).toEqual(['CAMPAIGN_CLOSED campaignId']);

    const { store } = api.deps;
    const policy = { ...policyOf(), id: 'policy-skm' };
    await store.results.putUnits([an.unitResult({ unitId: unitId('P'), periodId: '2026-Q1', run: 'r1' })]);
    await write(store, [
      store.periods.save(null, {
        ...planPeriod('2026-Q1', '2026-04-05T17:00:00.000Z', 420),
        state: 'PUBLISHED',
        publishedRun: 'r1',
        policy,
      }),
    ]);
    const { data } = await send<{ unitResult: { surveyCampaigns: readonly { id: string }[] } }>(
      api.handler,
      nobody,
      `{ unitResult(unitId: "${unitId('P')}", periodId: "2026-Q1") { surveyCampaigns { id result { withCode { index { shown } } } } } }`,
    );
    expect(data.unitResult.surveyCampaigns).toEqual([
      { id, result: { withCode: { index: { shown: '91.67' } } } },
    ]);
  });

  test('that is killed at any request goes on where it stopped, and comes to the same figures', async () => {
    for (let call = 1; call <= 40; call += 1) {
      const id = await campaignOf({ closes: '2026-03-12', withoutCodePerHour: 1 });
      expect(await answer(id, null)).toEqual([]);
      const { closeDueCampaign } = await import('../../functions/usecases/satisfaction/close-campaign.ts');
      const client = createTestClient();
      const cut = cutAtCall(client, call, call % 2 === 0 ? 'before' : 'after');
      const store = createStore({ client, tableName: api.table.tableName });
      const now = () => '2026-03-13T00:00:00.000Z';
      const [killed] = await Promise.allSettled([closeDueCampaign({ store, now }, id)]);
      client.destroy();
      const survived = killed.status === 'fulfilled';
      await closeDueCampaign({ store: api.deps.store, now }, id);
      expect(await api.deps.store.satisfaction.get(id)).toMatchObject({
        state: 'CLOSED',
        version: 3,
        result: { withCode: { answers: 0 }, withoutCode: { answers: 1 } },
      });
      if (survived && !cut.happened) return;
      // The tally is read in sixteen requests side by side: each of them may be the last.
      if (call === 4) call = 18;
    }
    throw new Error('the close never ended');
  });

  test('can come early, with a reason; an answer in that moment is counted or refused, never lost', async () => {
    const id = await campaignOf({ minimumAnswers: 5 });
    const codes = await codesOf(id, 12);
    const [outcome, ...answers] = await Promise.all([
      change(head, 'closeSurveyCampaign', { id, version: 1, reason: 'Layanan pindah gedung' }),
      ...codes.map((code) => answer(id, code)),
    ]);
    expect(outcome).toMatchObject({ campaign: { phase: 'CLOSED', version: 3 }, userErrors: [] });
    const taken = answers.filter((found) => found.length === 0).length;
    for (const found of answers) expect([[], ['CAMPAIGN_CLOSED campaignId']]).toContainEqual(found);
    expect(await readCampaign(nobody, id, 'closes result { withCode { answers } }')).toEqual({
      closes: '2026-03-10',
      result: { withCode: { answers: taken } },
    });
    expect(problemsOf(await change(head, 'issueSurveyCodes', { campaignId: id, count: 1 }, 'count'))).toEqual(
      ['CAMPAIGN_CLOSED campaignId'],
    );
    const again = { id, version: 3, reason: '' };
    expect(problemsOf(await change(head, 'closeSurveyCampaign', again))).toEqual([
      'CAMPAIGN_CLOSED id',
      'REASON_REQUIRED reason',
    ]);
    expect(problemsOf(await change(nurse, 'closeSurveyCampaign', again))).toEqual(['FORBIDDEN']);
  });
});

test('the close of a large campaign leaves its figures to the schedule', async () => {
  const id = await campaignOf({ minimumAnswers: 5 });
  const [code = ''] = await codesOf(id, 1);
  expect(await answer(id, code)).toEqual([]);
  const { store } = api.deps;
  let counted = COUNTED_AT_ONCE;
  let tallies = 0;
  const large: Deps = {
    ...api.deps,
    store: {
      ...store,
      satisfaction: {
        ...store.satisfaction,
        counts: async () => [{ codesIssued: 1, withCode: 1, withoutCode: counted }],
        tally: (campaignId) => {
          tallies += 1;
          return store.satisfaction.tally(campaignId);
        },
      },
    },
  };
  const actor = as(people.head);
  const early = { version: 1, reason: 'Gedung pindah' };
  const counting = await closeCampaign(large, actor, { id, ...early });
  expect([counting.state, counting.result, tallies]).toEqual(['COUNTING', null, 0]);
  expect(await answer(id, code)).toEqual(['CAMPAIGN_CLOSED campaignId']);
  expect(await closeDueCampaigns(api.deps, () => {})).toContain(id);
  expect(await store.satisfaction.get(id)).toMatchObject({
    state: 'CLOSED',
    result: { withCode: { answers: 1 } },
  });
  counted -= 1;
  const other = await campaignOf();
  const atOnce = await closeCampaign(large, actor, { id: other, ...early });
  expect([atOnce.state, tallies]).toEqual(['CLOSED', 1]);
});

describe('people whom a nurse has served', () => {
  const codes = (who: Parameters<typeof send>[1], more: object = {}) =>
    change(
      who,
      'issueContactCodes',
      { staffId: people.nurse, periodId: '2026-03', instrumentId: 'berakhlak', count: 3, ...more },
      'codes { code } sheets',
    );
  const VALUES = ['SERVICE', 'ACCOUNTABLE', 'COMPETENT', 'HARMONIOUS', 'LOYAL', 'ADAPTIVE', 'COLLABORATIVE'];
  const rate = async (code: string, score: number, more: object = {}) => {
    const scores = VALUES.map((itemId) => ({ itemId, score }));
    return problemsOf(await change(nobody, 'rateContact', { code, scores, ...more }, 'form { id }'));
  };
  const ratings = () => {
    const address = { collection: { unitId: unitId('P'), shard: 0 }, year: 2026 };
    return api.deps.store.ratings.ofRatee(address, '2026-03', people.nurse);
  };

  beforeAll(() => openPeriodOf(api.deps.store, '2026-03'));

  test('get codes from those who lead the nurse, never from the nurse', async () => {
    for (const who of [head, caller(people.agencyHead), hrAdmin])
      expect((await codes(who)).codes).toHaveLength(3);
    for (const who of [nurse, stranger, planner, auditor])
      expect(problemsOf(await codes(who))).toEqual(['FORBIDDEN']);
    const personnel = caller(people.nurse, 'HR_ADMIN');
    expect(problemsOf(await codes(personnel))).toEqual(['SELF_AS_OTHER staffId']);
    const wrong = { count: 0, periodId: '2026-05', instrumentId: 'none' };
    expect(problemsOf(await codes(head, wrong))).toEqual([
      'OUT_OF_RANGE count',
      'NOT_FOUND periodId',
      'NOT_FOUND instrumentId',
    ]);
    expect((await codes(head)).sheets?.[0]).toContain('Citra Perawat');
  });

  test('get none for an instrument that is retired, and those that they have are good for nothing', async () => {
    const addInstrument = {
      id: 'pasien',
      name: { id: 'Pasien', en: 'Patient' },
      items: [{ id: 'OVERALL', text: { id: 'Keseluruhan', en: 'Overall' } }],
    };
    await change(hrAdmin, 'addInstrument', addInstrument, 'instrument { id }');
    const [code = ''] = ((await codes(head, { instrumentId: 'pasien' })).codes ?? []).map((one) => one.code);
    const retire = { id: 'pasien', reason: 'Diganti' };
    expect(problemsOf(await change(hrAdmin, 'retireInstrument', retire, 'instrument { id }'))).toEqual([]);
    expect(problemsOf(await codes(head, { instrumentId: 'pasien' }))).toEqual(['RETIRED instrumentId']);
    const scores = [{ itemId: 'OVERALL', score: 4 }];
    const late = await change(nobody, 'rateContact', { code, scores }, 'form { id }');
    expect(problemsOf(late)).toEqual(['INVALID_CODE code']);
    expect(await ratings()).toEqual([]);
  });

  test('find the survey of a slip, until its code is used', async () => {
    const id = await campaignOf();
    const [code = ''] = await codesOf(id, 1);
    const [contact = ''] = (await codes(head)).codes?.map((each) => each.code) ?? [];
    const find = async (typed: string): Promise<unknown> => {
      const { data, codes: refused } = await send<{ surveyOfCode: unknown } | null>(
        api.handler,
        nobody,
        'query ($code: String!) { surveyOfCode(code: $code) { id phase } }',
        { code: typed },
      );
      return data?.surveyOfCode ?? refused;
    };
    expect(await find(code)).toEqual({ id, phase: 'OPEN' });
    expect(await find(code.toLowerCase().replaceAll('-', ' '))).toEqual({ id, phase: 'OPEN' });
    for (const other of [contact, '0000-0000-0000-0000', ''])
      expect(await find(other)).toEqual(['INVALID_CODE']);

    expect(await answer(id, code)).toEqual([]);
    expect(await find(code)).toEqual(['INVALID_CODE']);
  });

  test('see what they are asked, and not who it was', async () => {
    const [code = ''] = (await codes(head)).codes?.map((each) => each.code) ?? [];
    const form = await send<{ contactForm: { items: readonly { id: string }[] } }>(
      api.handler,
      nobody,
      'query ($code: String!) { contactForm(code: $code) { name low high items { id text } } }',
      { code },
    );
    expect(form.data.contactForm.items.map(({ id }) => id)).toEqual(VALUES);
    expect(form.text).not.toContain('Citra');
    const wrong = await send(api.handler, nobody, '{ contactForm(code: "0000-0000-0000-0000") { id } }');
    expect(wrong.codes).toEqual(['INVALID_CODE']);
  });

  test('rate once each as PUBLIC, under names of chance and without an hour', async () => {
    const [first = '', second = ''] = (await codes(head)).codes?.map((each) => each.code) ?? [];
    expect(await rate(first, 6)).toEqual(VALUES.map((_, at) => `OUT_OF_RANGE scores ${at} score`));
    const raced = await Promise.all(Array.from({ length: 4 }, () => rate(first, 5)));
    expect(raced.map((found) => found.join()).sort()).toEqual(['', ...Array(3).fill('INVALID_CODE code')]);
    expect(await rate(second, 4, { comment: 'Ramah dan sabar' })).toEqual([]);
    expect(await rate(first, 5)).toEqual(['INVALID_CODE code']);
    const [survey = ''] = await codesOf(await campaignOf(), 1);
    expect(await rate(survey, 5)).toEqual(['INVALID_CODE code']);

    const stored = await ratings();
    expect(stored.map(({ group, source, ratedAt }) => ({ group, source, ratedAt }))).toEqual(
      Array(2).fill({ group: 'PUBLIC', source: 'RATER', ratedAt: '2026-03-09T17:00:00.000Z' }),
    );
    expect(new Set(stored.map(({ raterId }) => raterId)).size).toBe(2);
    const written = (await wholeTable()).filter((item) => JSON.stringify(item).includes('rateContact'));
    expect(written).toHaveLength(2);
    for (const { at, actorId } of written)
      expect({ at, public: actorId }).toMatchObject({ at: '2026-03-01T00:00:00.000Z' });
  });

  test('have codes that outlive the latest close of the period by thirty days', async () => {
    const move = async (id: string, closesAt: string) =>
      problemsOf(
        await change(hrAdmin, 'moveClose', { id, version: 2, closesAt, reason: 'Cuti' }, 'period { id }'),
      );
    // A month that is not over, and one that is.
    for (const [periodId, latest, vanishes] of [
      ['2026-04', '2027-05-01', '2027-05-31'],
      ['2026-02', '2027-03-11', '2027-04-10'],
    ] as const) {
      await openPeriodOf(api.deps.store, periodId, '2026-05-05T17:00:00.000Z');
      expect(await vanishingOf(() => codes(head, { periodId }))).toEqual(Array(4).fill(vanishes));
      expect(await move(periodId, `${latest}T00:00:01.000Z`)).toEqual(['OUT_OF_RANGE closesAt']);
      expect(await move(periodId, `${latest}T00:00:00.000Z`)).toEqual([]);
    }
  });

  test('have codes that are made void by those who issue them, and nothing tells how many were used', async () => {
    const issue = async (): Promise<[string, readonly string[]]> => {
      const input = { staffId: people.nurse, periodId: '2026-03', instrumentId: 'berakhlak', count: 2 };
      const issued = await change(head, 'issueContactCodes', input, 'batchId codes { code }');
      return [issued.batchId ?? '', (issued.codes ?? []).map(({ code }) => code)];
    };
    const make = (who: Parameters<typeof send>[1], batchId: string, more: object = {}) =>
      change(who, 'voidContactCodes', { batchId, reason: 'Lembar hilang', ...more }, 'batchId');
    const [one, [used = '', lost = '']] = await issue();
    const [two, unused] = await issue();
    expect(await rate(used, 4)).toEqual([]);

    for (const who of [nurse, stranger, planner, auditor])
      expect(problemsOf(await make(who, one))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await make(caller(people.nurse, 'HR_ADMIN'), one))).toEqual(['SELF_AS_OTHER batchId']);
    expect(problemsOf(await make(head, one, { reason: ' ' }))).toEqual(['REASON_REQUIRED reason']);
    const survey = await change(
      head,
      'issueSurveyCodes',
      { campaignId: await campaignOf(), count: 1 },
      'batchId',
    );
    for (const none of ['b-none', survey.batchId ?? ''])
      expect(problemsOf(await make(head, none))).toEqual(['NOT_FOUND batchId']);
    const asSurvey = { batchId: one, reason: 'x' };
    expect(problemsOf(await change(head, 'voidSurveyCodes', asSurvey, 'voided'))).toEqual([
      'NOT_FOUND batchId',
    ]);

    expect(await make(head, one)).toEqual({ batchId: one, userErrors: [] });
    expect(await make(hrAdmin, two)).toEqual({ batchId: two, userErrors: [] });
    for (const code of [lost, ...unused]) expect(await rate(code, 4)).toEqual(['INVALID_CODE code']);
    expect(problemsOf(await make(head, one))).toEqual(['WRONG_STATE batchId']);

    const listed = async (
      who: Parameters<typeof send>[1],
      staffId: string = people.nurse,
      periodId = '2026-03',
    ) => {
      const { data, errors } = await send<{ contactCodeBatches?: { nodes: { id: string }[] } }>(
        api.handler,
        who,
        `query ($staffId: ID!, $periodId: ID!) {
          contactCodeBatches(staffId: $staffId, periodId: $periodId, first: 100) { nodes { id count isVoid } }
        }`,
        { staffId, periodId },
      );
      const mine = data.contactCodeBatches?.nodes.filter(({ id }) => id === one || id === two);
      return mine ?? errors?.map(({ extensions }) => extensions['code']);
    };
    const both = [one, two].map((id) => ({ id, count: 2, isVoid: true }));
    for (const who of [head, hrAdmin]) expect(await listed(who)).toEqual(both);
    for (const who of [nurse, caller(people.nurse, 'HR_ADMIN'), stranger, planner, auditor])
      expect(await listed(who)).toEqual(['FORBIDDEN']);
    expect(await listed(hrAdmin, 'nobody')).toEqual(['NOT_FOUND']);
    expect(await listed(hrAdmin, people.nurse, '2031-03')).toEqual(['NOT_FOUND']);
    expect(await listed(hrAdmin, people.head)).toEqual([]);
    const batches = await Promise.all([one, two].map((id) => api.deps.store.satisfaction.batch(id)));
    expect(batches.map((batch) => batch?.voided)).toEqual([2, 2]);
  });

  test('have codes of release 0.1.0 that cannot be made void, and are not said to be', async () => {
    const issued = await change(
      head,
      'issueContactCodes',
      { staffId: people.nurse, periodId: '2026-03', instrumentId: 'berakhlak', count: 1 },
      'batchId codes { code }',
    );
    const batchId = issued.batchId ?? '';
    await api.table.client.send(
      new DeleteCommand({ TableName: api.table.tableName, Key: { pk: `CODEBATCH#${batchId}`, sk: 'CODES' } }),
    );
    const refused = await change(head, 'voidContactCodes', { batchId, reason: 'Hilang' }, 'batchId');
    expect(problemsOf(refused)).toEqual(['NOT_FOUND batchId']);
    expect(await rate(issued.codes?.[0]?.code ?? '', 3)).toEqual([]);
  });

  test('are too late once the period has closed', async () => {
    const [code = ''] = (await codes(head)).codes?.map((each) => each.code) ?? [];
    const { store } = api.deps;
    await beginClose({ store, now: () => '2026-04-05T17:00:00.000Z' }, { periodId: '2026-03', attempt: 1 });
    expect(await rate(code, 5)).toEqual(['PERIOD_CLOSED code']);
    expect(problemsOf(await codes(head))).toEqual(['PERIOD_CLOSED periodId']);
    const form = await send(
      api.handler,
      nobody,
      'query ($code: String!) { contactForm(code: $code) { id } }',
      { code },
    );
    expect(form.codes).toEqual(['PERIOD_CLOSED']);
  });
});

test('lists of campaigns with their counts are read in as many requests as their pages are long', async () => {
  const requests = countRequests(api.table.client);
  const { data } = await send<{ unit: { surveyCampaigns: { nodes: readonly object[] } } }>(
    api.handler,
    planner,
    `{ unit(code: "P") { surveyCampaigns(first: 6) { nodes { id counts { withCode } result { withCode { answers } } } } } }`,
  );
  const { byOperation } = requests;
  requests.remove();
  expect(data.unit.surveyCampaigns.nodes).toHaveLength(6);
  expect(byOperation).toEqual({ GetItem: 1, Query: 1, BatchGetItem: 1 });
});
