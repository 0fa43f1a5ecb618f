/** Rating many at once, how far ratings have come, patterns in them, and instruments that go out of use. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultPolicyRules } from '../../functions/domain/period/policy.ts';
import { countRequests } from '../support/dynamodb.ts';
import { PERIOD, region, type WorkRegion, workRegion } from '../usecases/work-region.ts';
import { execute } from '../workflow/machine.ts';
import type { PersonSpec } from '../workflow/region.ts';
import {
  auditor,
  type Caller,
  caller,
  type Failure,
  hrAdmin,
  nobody,
  planner,
  problemsOf,
  send,
} from './endpoint-client.ts';

let at: WorkRegion;
const NURSES = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'];
const scores = (score: number) => [{ itemId: 'OVERALL', score }];
const errors = 'userErrors { code message path }';

/** n6 gives everybody 3; n1 and n2 trade top marks; the superior is far below all others. n5 rates nobody. */
const TRADE = ['n1 n2', 'n2 n1'];
const markOf = (rater: string, ratee: string): number => {
  if (TRADE.includes(`${rater} ${ratee}`)) return 5;
  return rater !== 'n6' && (ratee === 'n3' || `${rater} ${ratee}` === 'n3 n4') ? 4 : 3;
};

beforeAll(async () => {
  at = await workRegion({
    ...region,
    people: [
      ...region.people.filter(({ id }) => !/^n\d$/.test(id)),
      ...NURSES.map((id): PersonSpec => ({ id, unit: 'puskesmas', jobGroup: 'nurse' })),
    ],
  });
  const rate = `mutation ($input: SubmitRatingInput!) { submitRating(input: $input) { ${errors} } }`;
  for (const rateeId of NURSES)
    for (const rater of NURSES.filter((id) => id !== rateeId && id !== 'n5')) {
      const mark = scores(markOf(rater, rateeId));
      const input = { periodId: PERIOD, rateeId, group: 'PEER', instrumentId: 'overall', scores: mark };
      const { data } = await send(at.api.handler, caller(rater), rate, { input });
      expect(data).toEqual({ submitRating: { userErrors: [] } });
    }
});
afterAll(() => at.api.drop());

interface Rated {
  readonly imported: number;
  readonly unchanged: number;
  readonly userErrors: readonly Failure[];
}
const rateStaff = async (
  who: Caller | null,
  ratings: readonly object[],
  more: object = {},
): Promise<Rated> => {
  const query = `mutation ($input: RateStaffInput!) { rateStaff(input: $input) { imported unchanged ${errors} } }`;
  const input = { periodId: PERIOD, instrumentId: 'overall', ratings, ...more };
  return (await send<{ rateStaff: Rated }>(at.api.handler, who, query, { input })).data.rateStaff;
};

describe('a superior who rates many at once', () => {
  const three = NURSES.slice(0, 3).map((rateeId) => ({ rateeId, scores: scores(1) }));

  test('has each person checked: who is refused holds back nobody', async () => {
    const outcome = await rateStaff(caller('kapus'), [
      ...three,
      { rateeId: 'm1', scores: scores(4) },
      { rateeId: 'kapus', scores: scores(5) },
      { rateeId: 'n4', scores: [] },
      { rateeId: 'n1', scores: scores(3) },
      { rateeId: 'n5', scores: scores(9) },
      { rateeId: 'nobody', scores: scores(3) },
    ]);
    expect(outcome).toMatchObject({ imported: 3, unchanged: 0 });
    expect(problemsOf(outcome)).toEqual([
      'NOT_A_RATER ratings 3 rateeId',
      'SELF_AS_OTHER ratings 4 rateeId',
      'ITEMS_INCOMPLETE ratings 5 scores',
      'DUPLICATE ratings 6 rateeId',
      'OUT_OF_RANGE ratings 7 scores 0 score',
      'NOT_FOUND ratings 8 rateeId',
    ]);
  });

  test('changes nothing with the same again, and needs the version to change something', async () => {
    expect(await rateStaff(caller('kapus'), three)).toMatchObject({ imported: 0, unchanged: 3 });
    const other = [{ rateeId: 'n1', scores: scores(2) }];
    expect(problemsOf(await rateStaff(caller('kapus'), other))).toEqual(['CONFLICT ratings 0 version']);
    const back = async (version: number, score: number) =>
      rateStaff(caller('kapus'), [{ rateeId: 'n1', scores: scores(score), version }]);
    expect(await back(1, 2)).toMatchObject({ imported: 1 });
    expect(await back(2, 1)).toMatchObject({ imported: 1 });
  });

  test('is the assessor and nobody else', async () => {
    for (const who of [caller('n2'), caller('kadis'), hrAdmin])
      expect(problemsOf(await rateStaff(who, [{ rateeId: 'n1', scores: scores(3) }]))).toEqual([
        'NOT_A_RATER ratings 0 rateeId',
      ]);
    const many = Array.from({ length: 51 }, () => ({ rateeId: 'n1', scores: scores(3) }));
    expect(problemsOf(await rateStaff(caller('kapus'), many))).toEqual(['TOO_MANY ratings']);
    const closed = await rateStaff(caller('kapus'), three, { periodId: '2026-Q2' });
    expect(problemsOf(closed)).toEqual(['NOT_FOUND periodId']);
  });
});

describe('completion', () => {
  const query = `{ ratingCompletion(periodId: "${PERIOD}", unitId: "puskesmas") { staff unit { name } groups { group due done } } }`;

  test('counts what is due and given, for the head, HR and auditors', async () => {
    for (const who of [caller('kapus'), caller('kadis'), hrAdmin, auditor])
      expect((await send(at.api.handler, who, query)).data).toEqual({
        ratingCompletion: {
          staff: 7,
          unit: { name: 'Unit puskesmas' },
          groups: [
            { group: 'SUPERIOR', due: 7, done: 3 },
            { group: 'PEER', due: null, done: 25 },
            { group: 'SUBORDINATE', due: 6, done: null },
            { group: 'SELF', due: 7, done: 0 },
          ],
        },
      });
    for (const who of [caller('n1'), caller('kapus2'), planner])
      expect((await send(at.api.handler, who, query)).codes).toEqual(['FORBIDDEN']);
    expect((await send(at.api.handler, nobody, query)).codes).toEqual(['UNAUTHENTICATED']);
  });

  test('costs as many requests for a hundred people as for three', async () => {
    const count = countRequests(at.api.table.client);
    await send(at.api.handler, hrAdmin, query);
    count.remove();
    expect(count.total).toBeLessThanOrEqual(6);
  });
});

describe('an instrument', () => {
  const retire = async (who: Caller, id: string, reason = 'Diganti') => {
    const mutation = `mutation ($input: RetireInstrumentInput!) { retireInstrument(input: $input) { instrument { id } ${errors} } }`;
    type Answer = { readonly retireInstrument: { readonly userErrors: readonly Failure[] } };
    const { data } = await send<Answer>(at.api.handler, who, mutation, { input: { id, reason } });
    return problemsOf(data.retireInstrument);
  };

  test('that is retired takes no rating more, and ratings by it count as before', async () => {
    expect(await retire(planner, 'overall')).toEqual(['FORBIDDEN']);
    expect(await retire(hrAdmin, 'unknown')).toEqual(['NOT_FOUND id']);
    expect(await retire(hrAdmin, 'overall', ' ')).toEqual(['REASON_REQUIRED reason']);
    expect(await retire(hrAdmin, 'overall')).toEqual([]);
    expect(await retire(hrAdmin, 'overall')).toEqual(['RETIRED id']);
    expect(await retire(hrAdmin, 'berakhlak')).toEqual(['IN_USE id']);
    const outcome = await rateStaff(caller('kapus'), [{ rateeId: 'n4', scores: scores(4) }]);
    expect(problemsOf(outcome)).toEqual(['RETIRED instrumentId']);
    const { data } = await send(at.api.handler, caller('n1'), '{ retiredInstruments }');
    expect(data).toEqual({ retiredInstruments: ['overall'] });
  });
});

describe('patterns', () => {
  const query = `{ ratingFlags(periodId: "${PERIOD}", unitId: "puskesmas") { kind staff { id } caseId ratings mean others day } }`;
  type Flags = { readonly ratingFlags: readonly { readonly kind: string; readonly caseId: string | null }[] };

  test('are not told before the period is published', async () => {
    expect((await send<Flags>(at.api.handler, hrAdmin, query)).data.ratingFlags).toEqual([]);
  });

  test('name superiors; anonymous raters are a case with coarse figures', async () => {
    at.api.at('2026-04-05T17:00:03.000Z');
    await execute(at.deps, { periodId: PERIOD, attempt: 1 });
    const { data, text } = await send<Flags>(at.api.handler, auditor, query);
    expect(data.ratingFlags).toEqual([
      {
        kind: 'FLAT_RATER',
        staff: null,
        caseId: expect.any(String),
        ratings: 5,
        mean: 3,
        others: 3,
        day: null,
      },
      {
        kind: 'OUTLYING_SUPERIOR',
        staff: { id: 'kapus' },
        caseId: null,
        ratings: 3,
        mean: 1,
        others: expect.any(Number),
        day: null,
      },
      {
        kind: 'TRADING_PAIR',
        staff: null,
        caseId: expect.any(String),
        ratings: 2,
        mean: 5,
        others: 3,
        day: null,
      },
    ]);
    for (const nurse of NURSES) expect(text).not.toContain(`"${nurse}"`);
  });

  test('are not told to whoever they are about', async () => {
    const kinds = async (who: Caller) =>
      (await send<Flags>(at.api.handler, who, query)).data.ratingFlags.map(({ kind }) => kind);
    for (const role of ['HR_ADMIN', 'AUDITOR'] as const) {
      expect(await kinds(caller('kapus', role))).toEqual(['FLAT_RATER', 'TRADING_PAIR']);
      expect(await kinds(caller('kadis', role))).toEqual(['FLAT_RATER', 'OUTLYING_SUPERIOR', 'TRADING_PAIR']);
    }
  });

  test('are for HR and auditors, not for the line', async () => {
    for (const who of [caller('kapus'), caller('kadis'), caller('n1'), planner])
      expect((await send(at.api.handler, who, query)).codes).toEqual(['FORBIDDEN']);
  });
});

describe('patterns of raters who sit on panels that HR reads', () => {
  /** n1 is on every panel and gives each the same 2. */
  const marks: Readonly<Record<string, number>> = {
    'n1 n2': 2,
    'n3 n2': 4,
    'n4 n2': 3,
    'n1 n3': 2,
    'n4 n3': 5,
    'n5 n3': 4,
    'n1 n4': 2,
    'n5 n4': 3,
    'n6 n4': 4,
    'n1 n5': 2,
    'n6 n5': 4,
    'n7 n5': 5,
    'n1 n6': 2,
    'n7 n6': 4,
    'n2 n6': 3,
  };
  const peersOf = (id: string) =>
    Object.entries(marks).flatMap(([pair, mark]) => {
      const [rater = '', ratee] = pair.split(' ');
      return ratee === id ? [['PEER', rater, mark] as const] : [];
    });
  let small: WorkRegion;
  afterAll(() => small.api.drop());

  test('tell of no case that only one of them could be', async () => {
    small = await workRegion({
      ...region,
      people: [
        ...region.people.filter(({ id }) => !/^n\d$/.test(id)),
        ...[...NURSES, 'n7'].map(
          (id): PersonSpec => ({ id, unit: 'puskesmas', jobGroup: 'nurse', rated: peersOf(id) }),
        ),
      ],
      rules: {
        ...defaultPolicyRules,
        peers: { choice: 'NOMINATED', minimum: 3, maximum: 5, drawAfterDays: 0 },
      },
    });
    small.api.at('2026-04-05T17:00:03.000Z');
    await execute(small.deps, { periodId: PERIOD, attempt: 1 });
    const query = `{ ratingFlags(periodId: "${PERIOD}", unitId: "puskesmas") { kind } }`;
    expect((await send(small.api.handler, hrAdmin, query)).data).toEqual({ ratingFlags: [] });
  });
});
