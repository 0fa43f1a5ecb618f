/**
 * Tries to find out who rated how. Two regions differ only in which colleague gave which ratings, and in the order and the hours
 * in which they came: whoever asks whatever, while the period is open, once it is published, and after it was closed anew, must
 * read the same in both.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RaterGroup } from '../../../functions/domain/rating/rating.ts';
import { reopenPeriod } from '../../../functions/usecases/period/reopen-period.ts';
import { hr, PERIOD, region, type WorkRegion, workRegion } from '../../usecases/work-region.ts';
import { execute } from '../../workflow/machine.ts';
import type { PersonSpec } from '../../workflow/region.ts';
import {
  auditor,
  type Caller,
  caller,
  employee,
  hrAdmin,
  nobody,
  planner,
  send,
} from '../endpoint-client.ts';
import { type Arguments, isAboutPerson, readEverything } from './crawler.ts';

const RATERS = ['r1', 'r2', 'r3', 'r4'] as const;
/** Ratings by colleagues, as `[ratee, group, marks of r1 to r4]`; 0: none. */
const RATINGS: readonly (readonly [ratee: string, group: RaterGroup, marks: readonly number[]])[] = [
  ['n1', 'PEER', [5, 1, 3, 4]],
  ['n2', 'PEER', [4, 2, 3, 3]],
  ['n3', 'PEER', [4, 3, 5, 2]],
  // Fewer than three: nothing of it is shown.
  ['n4', 'PEER', [5, 1, 0, 0]],
  ['kapus', 'SUBORDINATE', [2, 5, 4, 3]],
];
/** r1 and r2 have each other's opinions in the second region. */
const SWAPPED = [1, 0, 2, 3] as const;

const line = { weight: 10_000, target: '10', reached: ['10', '9', '11'] };
const spec = {
  ...region,
  people: [
    ...region.people
      .filter(({ id }) => id !== 'n4')
      .map(
        (person): PersonSpec =>
          /^n\d$/.test(person.id) ? { ...person, lines: [line], rated: [['SUPERIOR', 'kapus', 4]] } : person,
      ),
    ...['n4', ...RATERS].map((id) => ({ id, unit: 'puskesmas', jobGroup: 'nurse' })),
  ],
  rules: { behaviourScore: 'ADJUSTED' as const },
};

/** In one region in the order of the list, in the other backwards and on other days. */
async function rateAll(
  { api }: WorkRegion,
  raterAt: (at: number) => number,
  backwards: boolean,
): Promise<void> {
  const given = RATINGS.flatMap(([rateeId, group, marks]) =>
    marks.flatMap((_, at) => {
      const mark = marks[raterAt(at)] ?? 0;
      return mark === 0 ? [] : [{ rateeId, group, mark, rater: RATERS[at] ?? '' }];
    }),
  );
  for (const [at, rating] of (backwards ? given.toReversed() : given).entries()) {
    api.at(`2026-03-${String(backwards ? 28 - at : 2 + at).padStart(2, '0')}T0${at % 9}:15:00.000Z`);
    await rate(api, rating);
  }
  api.at('2026-03-30T02:00:00.000Z');
}

async function rate(
  api: WorkRegion['api'],
  given: { rateeId: string; group: RaterGroup; mark: number; rater: string; version?: number },
): Promise<void> {
  const { rateeId, group, mark, rater, version } = given;
  const input = {
    periodId: PERIOD,
    rateeId,
    group,
    instrumentId: 'overall',
    scores: [{ itemId: 'OVERALL', score: mark }],
    comment: `Nilai ${mark} untuk ${rateeId}`,
    version,
  };
  const mutation = `mutation ($input: SubmitRatingInput!) { submitRating(input: $input) { userErrors { code path } } }`;
  const { data } = await send(api.handler, caller(rater), mutation, { input });
  expect(data).toEqual({ submitRating: { userErrors: [] } });
}

interface Asking {
  readonly who: string;
  readonly as: Caller | null;
  /** What one has given oneself is one's own. */
  readonly own?: string;
}
/** Those who see most of ratings. */
const closest: readonly Asking[] = [
  { who: 'the person rated', as: caller('n1') },
  { who: 'HR', as: hrAdmin },
];
const everybody: readonly Asking[] = [
  ...closest,
  { who: 'the assessor', as: caller('kapus') },
  { who: 'the public', as: nobody },
  { who: 'the head above', as: caller('kadis') },
  { who: 'a colleague whose opinions were swapped', as: caller('r1'), own: 'myRating' },
  { who: 'an auditor', as: auditor },
  { who: 'a planner', as: planner },
  { who: 'anybody else', as: employee },
];

/** As whom and what is asked; the trail is that of a rating, guessed from what one knows. */
const values = (staffId: string): Arguments => ({
  periodId: `"${PERIOD}"`,
  staffId: `"${staffId}"`,
  rateeId: `"${staffId}"`,
  group: 'PEER',
  unitId: '"puskesmas"',
  year: '2026',
  first: '12',
  code: '"NO-CODE"',
  'ranking.scope': '{ kind: UNIT, unitId: "puskesmas" }',
  'staffMembers.filter': '{ unitId: "puskesmas" }',
  entity: `"RATING#${PERIOD}#${staffId}#PEER#r1"`,
  'exportTable.input': `{ table: RESULTS, format: CSV, unitId: "puskesmas", periodId: "${PERIOD}" }`,
  'staff.id': `"${staffId}"`,
  'unit.id': '"puskesmas"',
  'period.id': `"${PERIOD}"`,
  'policy.on': '"2026-03-31"',
  'goal.id': '"none"',
  'indicator.id': '"visits"',
  'surveyCampaign.id': '"none"',
  'job.id': '"none"',
});

let regions: readonly [WorkRegion, WorkRegion];
beforeAll(async () => {
  regions = await Promise.all([workRegion(spec), workRegion(spec)]);
  await Promise.all([
    rateAll(regions[0], (at) => at, false),
    rateAll(regions[1], (at) => SWAPPED[at] ?? at, true),
  ]);
});
afterAll(() => Promise.all(regions.map(({ api }) => api.drop())));

/** Fields of Query that say something of ratings, beside those that are asked about a person. */
const OF_RATINGS = [
  'viewer',
  'unit',
  'unitResult',
  'unitEvaluation',
  'ranking',
  'ratingCompletion',
  'ratingFlags',
  'exportTable',
  'myTasks',
  'notices',
  'auditTrail',
  'periods',
];
const isOfRatings = (field: string): boolean => OF_RATINGS.includes(field) || isAboutPerson(field);

/** Nobody reads anything else in the one region than in the other. */
const compare =
  (isAsked: (field: string) => boolean) =>
  async ({ as, own }: Asking): Promise<void> => {
    const asked: (readonly [ratee: string, wanted: (field: string) => boolean])[] = [
      ['n1', (field) => field !== own && isAsked(field)],
    ];
    // Of the head, whom their subordinates rate, too.
    if (as === hrAdmin) asked.push(['kapus', isAboutPerson]);
    for (const [ratee, wanted] of asked) {
      const [one, other] = await Promise.all(
        regions.map(({ api }) => readEverything(api.handler, as, values(ratee), wanted)),
      );
      expect(other).toEqual(one);
    }
  };

const close = (attempt: number, at: string): Promise<unknown> =>
  Promise.all(
    regions.map(async ({ api, deps }) => {
      api.at(at);
      await execute(deps, { periodId: PERIOD, attempt });
    }),
  );

describe('while ratings are taken', () => {
  test.each(closest)('$who reads the same in both regions', compare(isOfRatings));
});

describe('once they are published', () => {
  beforeAll(() => close(1, '2026-04-06T02:00:00.000Z'));
  test.each(everybody)('$who reads the same in both regions', compare(isOfRatings));
  test('whatever else can be asked is the same too', () => compare(() => true)({ who: 'HR', as: hrAdmin }));
});

describe('after the period was closed anew, a colleague of the second region having changed their mind', () => {
  beforeAll(async () => {
    for (const { api, deps } of regions) {
      api.at('2026-04-07T02:00:00.000Z');
      const version = (await deps.store.periods.get(PERIOD))?.version ?? 0;
      const closesAt = '2026-04-08T17:00:00.000Z';
      await reopenPeriod(deps, hr, { id: PERIOD, version, reason: 'Koreksi', closesAt });
    }
    await rate(regions[1].api, { rateeId: 'n1', group: 'PEER', mark: 1, rater: 'r4', version: 1 });
    await close(2, '2026-04-08T18:00:00.000Z');
  });
  test.each(closest)('$who reads the same in both regions', compare(isOfRatings));
});

test('what was compared are figures: the same person with another mark would have been noticed', async () => {
  const [{ api }] = regions;
  const ofResult = (field: string) => field === 'result';
  const answers = await readEverything(api.handler, caller('n1'), values('n1'), ofResult);
  expect(answers['result']).toContain('"raters":4');
  expect(answers['result']).toContain('Nilai 5 untuk n1');
  const small = await readEverything(api.handler, hrAdmin, values('n4'), ofResult);
  expect(small['result']).toContain('TOO_FEW_RATERS');
  expect(small['result']).not.toMatch(/"raters":[12]\b|Nilai \d untuk n4/);
});
