import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimal } from '../../functions/domain/decimal.ts';
import { beginClose } from '../../functions/domain/period/period.ts';
import { defaultPolicyRules } from '../../functions/domain/period/policy.ts';
import type { Problem } from '../../functions/domain/problem.ts';
import type { RaterGroup } from '../../functions/domain/rating/rating.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { decidePeers } from '../../functions/usecases/peers/decide-peers.ts';
import { declineRating } from '../../functions/usecases/peers/decline-rating.ts';
import { nominatePeers } from '../../functions/usecases/peers/nominate-peers.ts';
import { importAgreements, importPlans } from '../../functions/usecases/plan/import-plans.ts';
import { importRatings, type RatingRow } from '../../functions/usecases/rating/import-ratings.ts';
import {
  readAssessorRating,
  setAssessorRating,
} from '../../functions/usecases/rating/set-assessor-rating.ts';
import { readMyRating, submitRating } from '../../functions/usecases/rating/submit-rating.ts';
import {
  importRealisations,
  type RealisationRow,
} from '../../functions/usecases/realisation/import-realisations.ts';
import { rejectRealisation } from '../../functions/usecases/realisation/reject-realisation.ts';
import { reportRealisation } from '../../functions/usecases/realisation/report-realisation.ts';
import { verifyRealisation } from '../../functions/usecases/realisation/verify-realisation.ts';
import { verifyRealisations } from '../../functions/usecases/realisation/verify-realisations.ts';
import { readProposal } from '../../functions/usecases/result/read-proposal.ts';
import { myTasks } from '../../functions/usecases/task/my-tasks.ts';
import { countRequests } from '../support/dynamodb.ts';
import { CLOSES_AT, changePeriodOf, INSTRUMENT, openPeriodOf, policyOf } from '../workflow/region.ts';
import {
  as,
  region as example,
  hr,
  PERIOD,
  planner,
  problemsOf,
  type WorkRegion,
  workRegion,
  YEAR,
} from './work-region.ts';

const NIP = { kadis: nip(1), kapus: nip(2), n1: nip(3), n2: nip(4), n3: nip(5), n4: nip(6), m1: nip(8) };
function nip(serial: number): string {
  return `198001012005011${String(serial).padStart(3, '0')}`;
}

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion();
  const row = (person: string) => ({
    nip: person,
    year: YEAR,
    lines: [
      { id: 'L1', indicatorCode: 'VISITS', target: { value: decimal(120) } },
      { id: 'L2', indicatorCode: 'INDEX', target: { value: decimal(80) } },
    ],
  });
  const outcome = await importPlans(region.deps, planner, [NIP.n1, NIP.n2, NIP.kapus, NIP.m1].map(row));
  expect(outcome).toMatchObject({ imported: 4, problems: [] });
  const repeated = await importPlans(region.deps, planner, [NIP.n1, NIP.n2, NIP.kapus, NIP.m1].map(row));
  expect(repeated).toEqual({ imported: 0, unchanged: 4, problems: [] });
});
afterAll(() => region.api.drop());

const ADDRESS = { collection: { unitId: 'puskesmas', shard: 0 }, year: YEAR };
const report = (planId: string, more: object = {}) => ({
  planId,
  lineId: 'L1',
  month: '2026-01',
  value: decimal(9),
  evidence: [],
  ...more,
});

describe('realisations', () => {
  test('the person reports, the assessor rejects with a reason, and verifies what is reported again', async () => {
    const { deps } = region;
    const key = { planId: 'n1:2026', lineId: 'L1', month: '2026-01' };
    const first = await reportRealisation(deps, as('n1'), report('n1:2026'));
    expect(first).toMatchObject({ state: 'REPORTED', value: '9' });

    expect(
      await problemsOf(rejectRealisation(deps, as('kapus'), { ...key, version: 1, reason: ' ' })),
    ).toEqual(['REASON_REQUIRED reason']);
    const rejected = await rejectRealisation(deps, as('kapus'), {
      ...key,
      version: 1,
      reason: 'Tanpa rekap',
    });
    expect(rejected).toMatchObject({ state: 'REJECTED', rejection: 'Tanpa rekap' });

    const again = await reportRealisation(
      deps,
      as('n1'),
      report('n1:2026', { value: decimal(10), version: 2 }),
    );
    const verified = await verifyRealisation(deps, as('kapus'), { ...key, version: again.version });
    expect(verified).toMatchObject({ state: 'VERIFIED', rejection: null, value: '10' });
  });

  test('a month of another year has no figure here, and what cannot be reported is said before a version that is missing', async () => {
    const { deps } = region;
    const month = '2027-01';
    expect(await deps.store.realisations.get(ADDRESS, report('n1:2026'))).not.toBeNull();
    expect(await deps.store.realisations.get(ADDRESS, report('n1:2026', { month }))).toBeNull();
    const many = [
      { address: ADDRESS, ...report('n1:2026') },
      { address: ADDRESS, ...report('n1:2026', { month }) },
    ];
    expect((await deps.store.realisations.getMany(many)).map((found) => found?.month)).toEqual([
      '2026-01',
      undefined,
    ]);
    const next = { month, version: null };
    expect(await problemsOf(reportRealisation(deps, as('n1'), report('n1:2026', next)))).toContain(
      'OUTSIDE_PERIOD month',
    );
    expect(
      await problemsOf(reportRealisation(deps, as('n1'), report('n1:2026', { evidence: ['ftp://x'] }))),
    ).toEqual(['INVALID_FORMAT evidence.0']);
  });

  test('nobody verifies their own report, and nobody reports for another', async () => {
    const { deps } = region;
    await reportRealisation(deps, as('n2'), report('n2:2026'));
    const key = { planId: 'n2:2026', lineId: 'L1', month: '2026-01', version: 1 };

    expect(await problemsOf(verifyRealisation(deps, as('n2'), key))).toEqual(['FORBIDDEN']);
    expect(await problemsOf(verifyRealisation(deps, planner, key))).toEqual(['FORBIDDEN']);
    expect(await problemsOf(reportRealisation(deps, as('kapus'), report('n2:2026', { version: 1 })))).toEqual(
      ['FORBIDDEN'],
    );
  });

  test('a planner who reported a figure of an agreement does not verify it, the head above does', async () => {
    const { deps } = region;
    const lines = [{ id: 'L1', indicatorCode: 'VISITS', target: { value: decimal(1200) } }];
    await importAgreements(deps, planner, [{ unitCode: '03', year: YEAR, lines }]);
    await reportRealisation(deps, planner, report('unit:puskesmas2:2026', { value: decimal(200) }));
    const key = { planId: 'unit:puskesmas2:2026', lineId: 'L1', month: '2026-01', version: 1 };

    expect(await problemsOf(verifyRealisation(deps, planner, key))).toEqual(['FORBIDDEN']);
    expect((await verifyRealisation(deps, as('kadis'), key)).state).toBe('VERIFIED');
  });

  test('a link of evidence that is not https is refused with the form that it takes', async () => {
    const input = report('n1:2026', { month: '2026-02', evidence: ['http://dinas.example.id/sk.pdf'] });
    await expect(reportRealisation(region.deps, as('n1'), input)).rejects.toMatchObject({
      problems: [{ code: 'INVALID_FORMAT', params: { expected: 'https://…' } }],
    });
  });

  test.each([
    ['a month that no open period covers', { month: '2026-05' }, ['OUTSIDE_PERIOD month']],
    ['a month of another year', { month: '2025-12' }, ['OUTSIDE_PERIOD month', 'OUTSIDE_PERIOD month']],
    ['a line that is not in the plan', { lineId: 'L7' }, ['NOT_FOUND lineId']],
    ['a published figure without evidence', { lineId: 'L2' }, ['EVIDENCE_REQUIRED evidence']],
    ['evidence that is no link', { lineId: 'L2', evidence: ['di lemari'] }, ['INVALID_FORMAT evidence.0']],
    ['a stale version', { version: 7 }, ['CONFLICT version']],
    ['an unknown plan', { planId: 'nobody:2026' }, ['NOT_FOUND planId']],
  ])('%s is refused and changes nothing', async (_, more, problems) => {
    const input = report('n1:2026', { month: '2026-02', ...more });
    expect(await problemsOf(reportRealisation(region.deps, as('n1'), input))).toEqual(problems);
  });

  test('a month is reported once it has begun where the region is', async () => {
    const on = (instant: string) => ({ ...region.deps, now: () => instant });
    const march = report('m1:2026', { month: '2026-03' });
    const row = {
      ownerKind: 'STAFF',
      owner: NIP.m1,
      lineId: 'L1',
      month: '2026-03',
      value: decimal(9),
    } as const;
    const justBefore = on('2026-02-28T16:59:59.999Z');

    await expect(reportRealisation(justBefore, as('m1'), march)).rejects.toMatchObject({
      problems: [{ code: 'NOT_YET', path: ['month'], params: { date: '2026-03-01' } }],
    });
    expect((await importRealisations(justBefore, planner, [row])).problems).toMatchObject([
      { code: 'NOT_YET', path: ['rows', 0, 'month'] },
    ]);
    expect(await reportRealisation(on('2026-02-28T17:00:00.000Z'), as('m1'), march)).toMatchObject({
      version: 1,
    });
  });
});

const scores = (mark: number, without?: string) =>
  INSTRUMENT.items.flatMap(({ id }) => (id === without ? [] : [{ itemId: id, score: mark }])).reverse();

const rating = (rateeId: string, group: RaterGroup, more: object = {}) => ({
  periodId: PERIOD,
  rateeId,
  group,
  instrumentId: INSTRUMENT.id,
  scores: scores(4),
  ...more,
});

describe('ratings', () => {
  test('a second rating replaces the first, and only its rater reads it', async () => {
    const { deps } = region;
    await submitRating(deps, as('n2'), rating('n1', 'PEER'));
    const second = rating('n1', 'PEER', { scores: scores(5), comment: ' Rajin ' });
    expect(await problemsOf(submitRating(deps, as('n2'), second))).toEqual(['CONFLICT version']);
    const replaced = await submitRating(deps, as('n2'), { ...second, version: 1 });

    expect(replaced).toMatchObject({
      version: 2,
      scores: INSTRUMENT.items.map(() => 5),
      comment: 'Rajin',
      source: 'RATER',
    });
    const key = { periodId: PERIOD, rateeId: 'n1', group: 'PEER' as const };
    expect(await readMyRating(deps, as('n2'), key)).toMatchObject({ version: 2 });
    expect(await readMyRating(deps, as('kapus'), key)).toBeNull();
    expect(await readMyRating(deps, hr, key)).toBeNull();
  });

  test.each<[string, string, string, RaterGroup, object, readonly string[]]>([
    ['oneself as superior', 'n1', 'n1', 'SUPERIOR', {}, ['SELF_AS_OTHER group']],
    ['a stranger', 'm1', 'n1', 'PEER', {}, ['NOT_A_RATER group']],
    ['a colleague as superior', 'n2', 'n1', 'SUPERIOR', {}, ['NOT_A_RATER group']],
    ['a member of staff as the public', 'n2', 'n1', 'PUBLIC', {}, ['NOT_A_RATER group']],
    ['an item left out', 'n2', 'n1', 'PEER', { scores: scores(4, 'LOYAL') }, ['ITEMS_INCOMPLETE scores']],
    [
      'a score off the scale',
      'n2',
      'n1',
      'PEER',
      { scores: scores(6).slice(0, 7) },
      INSTRUMENT.items.map((_, at) => `OUT_OF_RANGE scores.${6 - at}.score`),
    ],
    [
      'an unknown person, instrument and period',
      'n2',
      'nobody',
      'PEER',
      { instrumentId: 'x', periodId: '2026-Q3' },
      ['NOT_FOUND periodId', 'NOT_FOUND instrumentId', 'NOT_FOUND rateeId'],
    ],
  ])('%s is refused', async (_, rater, ratee, group, more, problems) => {
    expect(await problemsOf(submitRating(region.deps, as(rater), rating(ratee, group, more)))).toEqual(
      problems,
    );
  });

  test("the assessor's rating needs a reason where it differs from the proposal, and keeps the proposal", async () => {
    const { deps } = region;
    const input = {
      periodId: PERIOD,
      staffId: 'n1',
      workResult: 'ABOVE' as const,
      behaviour: 'ABOVE' as const,
    };
    expect(await problemsOf(setAssessorRating(deps, as('kadis'), input))).toEqual(['NOT_YET periodId']);
    expect(await problemsOf(setAssessorRating(deps, as('kadispar'), input))).toEqual(['FORBIDDEN']);
    expect(await problemsOf(setAssessorRating(deps, as('kapus'), input))).toEqual(['REASON_REQUIRED reason']);

    const set = await setAssessorRating(deps, as('kapus'), { ...input, reason: 'Wabah' });
    expect(set).toMatchObject({ assessorId: 'kapus', proposed: { workResult: 'MEETS', behaviour: null } });
    expect(await problemsOf(readAssessorRating(deps, as('n2'), { periodId: PERIOD, staffId: 'n1' }))).toEqual(
      ['FORBIDDEN'],
    );
  });

  test("a proposal says nothing from which a single colleague's rating could be found", async () => {
    const { deps } = region;
    const proposal = () => readProposal(deps, as('kapus'), { staffId: 'n4', periodId: PERIOD });
    await submitRating(deps, as('kapus'), rating('n4', 'SUPERIOR', { scores: scores(5) }));
    const before = await proposal();
    // With these three the behaviour would come to 92: no longer above expectation.
    for (const rater of ['n1', 'n2', 'n3']) {
      await submitRating(deps, as(rater), rating('n4', 'PEER', { scores: scores(1) }));
    }

    expect(await proposal()).toEqual(before);
    expect(before.behaviour).toMatchObject({
      score: 120_000_000,
      proposed: 'ABOVE',
      pools: [
        { groups: ['SUPERIOR'], raters: 1, points: 120_000_000, effectiveWeight: 10_000 },
        {
          groups: ['PEER', 'SUBORDINATE'],
          raters: 0,
          mean: null,
          points: null,
          notMeasured: null,
          weight: 4_000,
        },
      ],
    });
    const set = await setAssessorRating(deps, as('kapus'), {
      periodId: PERIOD,
      staffId: 'n4',
      workResult: 'MEETS',
      behaviour: 'ABOVE',
      reason: 'Tanpa rencana kerja',
    });
    expect(set.proposed).toEqual({ workResult: null, behaviour: 'ABOVE' });
  });
});

describe('tasks', () => {
  test("a head finds reports to verify and ratings due, a nurse the own ones, with the period's end", async () => {
    const { deps } = region;
    const ofHead = await myTasks(deps, as('kapus'));
    expect(ofHead.filter(({ kind }) => kind === 'VERIFY_REALISATIONS')).toMatchObject([
      { planId: 'n2:2026', staffId: 'n2', periodId: PERIOD, count: 1, deadline: CLOSES_AT },
    ]);
    expect(
      ofHead
        .filter(({ kind }) => kind === 'SUBMIT_RATING')
        .map(({ group, staffId }) => `${group} ${staffId}`),
    ).toEqual(['SELF kapus', 'SUBORDINATE kadis', 'SUPERIOR n1', 'SUPERIOR n2', 'SUPERIOR n3']);

    expect((await myTasks(deps, as('n3'))).map(({ group, staffId }) => `${group} ${staffId}`)).toEqual([
      'SELF n3',
      'SUBORDINATE kapus',
    ]);
  });

  const reportsDue = async (who: string, deps: Pick<Deps, 'now'> = region.deps) =>
    (await myTasks({ ...region.deps, now: deps.now }, as(who)))
      .filter(({ kind }) => kind === 'REPORT_REALISATIONS')
      .map(({ planId, staffId, unitId, periodId, count, deadline }) => ({
        planId,
        about: staffId ?? unitId,
        count,
        due: `${periodId} ${deadline}`,
      }));
  const on = (instant: string): Pick<Deps, 'now'> => ({ now: () => instant });
  const DUE = `${PERIOD} ${CLOSES_AT}`;

  test('everybody finds the figures of the months that are over and not reported, a head those of the unit too', async () => {
    const own = (staffId: string, count: number) => [
      { planId: `${staffId}:2026`, about: staffId, count, due: DUE },
    ];
    // On 10 March. One figure was verified, one waits to be; of an index nothing is due before its release.
    expect(await reportsDue('n1')).toEqual(own('n1', 1));
    expect(await reportsDue('n2')).toEqual(own('n2', 1));
    expect(await reportsDue('kapus')).toEqual(own('kapus', 2));
    expect(await reportsDue('kapus2')).toEqual([
      { planId: 'unit:puskesmas2:2026', about: 'puskesmas2', count: 1, due: DUE },
    ]);
    for (const who of ['n3', 'kadis', 'account-planner']) expect(await reportsDue(who)).toEqual([]);
    // By the region's clock.
    expect(await reportsDue('kapus', on('2026-01-31T16:59:59.999Z'))).toEqual([]);
    expect(await reportsDue('kapus', on('2026-01-31T17:00:00.000Z'))).toEqual(own('kapus', 1));

    const april = on('2026-04-02T02:00:00.000Z');
    expect(await reportsDue('m1', april)).toEqual(own('m1', 2));
    const march = { planId: 'm1:2026', lineId: 'L1', month: '2026-03', version: 1, reason: 'Tanpa rekap' };
    await rejectRealisation(region.deps, as('kapus2'), march);
    expect(await reportsDue('m1', april)).toEqual(own('m1', 3));
  });
});

const at = ({ code, path }: Problem): string => `${code} ${path.join('.')}`;

describe('bulk imports', () => {
  const realisation = (owner: string, more: Partial<RealisationRow> = {}): RealisationRow => ({
    ownerKind: 'STAFF',
    owner,
    lineId: 'L1',
    month: '2026-02',
    value: decimal('11.5'),
    ...more,
  });
  const rated = (rateeNip: string, rater: string, more: Partial<RatingRow> = {}): RatingRow => ({
    periodId: PERIOD,
    rateeNip,
    group: 'PUBLIC',
    rater,
    instrumentId: 'overall',
    scores: [5],
    ...more,
  });

  test('realisations that fit are written together, the others reported with their row; a repetition changes nothing', async () => {
    const { deps } = region;
    const rows = [
      realisation(NIP.n1),
      realisation(NIP.n2),
      realisation('999'),
      realisation(NIP.n1, { month: '2026-07' }),
      realisation(NIP.n1),
      realisation(NIP.n3),
      realisation('04', { ownerKind: 'UNIT' }),
    ];
    const outcome = await importRealisations(deps, planner, rows);
    expect(outcome.imported).toBe(2);
    expect(outcome.problems.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([
      'NOT_FOUND rows.2.owner',
      'OUTSIDE_PERIOD rows.3.month',
      'DUPLICATE rows.4.month',
      'NOT_FOUND rows.5.owner',
      'NOT_FOUND rows.6.owner',
    ]);
    expect(await importRealisations(deps, planner, rows.slice(0, 2))).toEqual({
      imported: 0,
      unchanged: 2,
      problems: [],
    });
  });

  test('nobody imports what is about themselves', async () => {
    const { deps } = region;
    const self = as('n1', 'HR_ADMIN', 'PLANNER');
    const lines = [{ id: 'L1', indicatorCode: 'VISITS', target: { value: decimal(1) } }];
    const refusals = await Promise.all([
      importRealisations(deps, self, [realisation(NIP.n1)]),
      importPlans(deps, self, [{ nip: NIP.n1, year: YEAR, lines }]),
      importRatings(deps, self, [rated(NIP.n1, 'r-self')]),
      importAgreements(deps, as('kapus', 'PLANNER'), [{ unitCode: '02', year: YEAR, lines }]),
      importRealisations(deps, as('kapus', 'PLANNER'), [realisation('02', { ownerKind: 'UNIT' })]),
    ]);
    expect(refusals.map(({ imported, problems }) => [imported, problems.map(at)])).toEqual([
      [0, ['FORBIDDEN rows.0.owner']],
      [0, ['FORBIDDEN rows.0.nip']],
      [0, ['FORBIDDEN rows.0.rateeNip']],
      [0, ['FORBIDDEN rows.0.unitCode']],
      [0, ['FORBIDDEN rows.0.owner']],
    ]);
  });

  test('plans are imported for the next year at most', async () => {
    const lines = [{ id: 'L1', indicatorCode: 'VISITS', target: { value: decimal(1) } }];
    const rows = [1999, 2028, 2099].map((year) => ({ nip: NIP.n1, year, lines }));
    expect((await importPlans(region.deps, planner, rows)).problems.map(at)).toEqual([
      'OUT_OF_RANGE rows.0.year',
      'OUT_OF_RANGE rows.1.year',
      'OUT_OF_RANGE rows.2.year',
    ]);
  });

  test('what a rater gave is neither replaced nor compared with; what an import brought is', async () => {
    const { deps } = region;
    const row = (mark: number) =>
      rated(NIP.n4, NIP.n3, {
        group: 'PEER',
        instrumentId: INSTRUMENT.id,
        scores: INSTRUMENT.items.map(() => mark),
      });
    const outcome = async (mark: number) => {
      const { imported, unchanged, problems } = await importRatings(deps, hr, [row(mark)]);
      return [imported, unchanged, problems.map(at)];
    };
    // n3 gave the mark 1 above.
    for (const guess of [1, 2]) expect(await outcome(guess)).toEqual([0, 0, ['ALREADY_EXISTS rows.0.rater']]);

    const brought = rated(NIP.n2, NIP.n3, { group: 'PEER', instrumentId: INSTRUMENT.id });
    const marks = (mark: number) => ({ ...brought, scores: INSTRUMENT.items.map(() => mark) });
    expect(await importRatings(deps, hr, [marks(3)])).toMatchObject({ imported: 1 });
    expect(await importRatings(deps, hr, [marks(3)])).toMatchObject({ imported: 0, unchanged: 1 });
    expect(await importRatings(deps, hr, [marks(4)])).toMatchObject({ imported: 1 });
    await submitRating(deps, as('n3'), rating('n2', 'PEER', { version: 2 }));
    expect((await importRatings(deps, hr, [marks(4)])).problems.map(at)).toEqual([
      'ALREADY_EXISTS rows.0.rater',
    ]);
  });

  test('an agreement is in force at once, and a changed one becomes the next revision', async () => {
    const { deps } = region;
    const agreement = (...weights: readonly (number | null)[]) => ({
      unitCode: '02',
      year: YEAR,
      lines: weights.map((weight, at) => ({
        id: `L${at + 1}`,
        indicatorCode: 'VISITS',
        weight,
        target: { value: decimal(1200) },
      })),
    });
    expect(await importAgreements(deps, hr, [agreement(null, null, null)])).toMatchObject({
      imported: 1,
      problems: [],
    });
    expect(await importAgreements(deps, hr, [agreement(5000, 5000)])).toMatchObject({
      imported: 1,
      problems: [],
    });
    const wrong = [agreement(5000, 4000), { ...agreement(1), unitCode: 'X' }];
    expect(
      (await importAgreements(deps, hr, wrong)).problems.map(({ code, path }) => `${code} ${path.join('.')}`),
    ).toEqual(['WEIGHTS_DO_NOT_SUM rows.0.lines', 'NOT_FOUND rows.1.unitCode']);

    const revisions = await deps.store.plans.revisions('unit:puskesmas:2026');
    expect(revisions.map(({ lines }) => lines.map(({ weight }) => weight))).toEqual([
      [3334, 3333, 3333],
      [5000, 5000],
    ]);
    const reached = realisation('02', { ownerKind: 'UNIT', month: '2026-01', value: decimal(100) });
    expect(await importRealisations(deps, planner, [reached])).toMatchObject({ imported: 1, problems: [] });
  });

  test('forty-five ratings cost one transaction and a handful of reads', async () => {
    const { deps, api } = region;
    const rows = Array.from({ length: 45 }, (_, at) => rated(at % 2 === 0 ? NIP.n1 : NIP.n2, `r-${at}`));
    const count = countRequests(api.table.client);
    const outcome = await importRatings(deps, hr, rows);
    count.remove();

    expect(outcome).toEqual({ imported: 45, unchanged: 0, problems: [] });
    expect(count.byOperation['TransactWriteItems']).toBe(1);
    // Both people were registered by hand, so their NIPs are looked up one by one: four of these; one is the period's secret.
    expect(count.total).toBeLessThanOrEqual(12);
  });

  test('ratings of staff are held to the hierarchy, and references of the public to their form', async () => {
    const { deps } = region;
    const rows = [
      rated(NIP.n3, NIP.n3, {
        group: 'SUPERIOR',
        instrumentId: INSTRUMENT.id,
        scores: [4, 4, 4, 4, 4, 4, 4],
      }),
      rated(NIP.n3, NIP.m1, { group: 'PEER', instrumentId: INSTRUMENT.id, scores: [4, 4, 4, 4, 4, 4, 4] }),
      rated(NIP.n3, 'Bu Siti, RT 3'),
      rated(NIP.n3, 'r-1', { scores: [5, 5] }),
      rated(NIP.n3, NIP.n4, { group: 'PEER', instrumentId: INSTRUMENT.id, scores: [4, 4, 4, 4, 4, 4, 4] }),
    ];
    const outcome = await importRatings(deps, hr, rows);
    expect(outcome.imported).toBe(1);
    expect(outcome.problems.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([
      'SELF_AS_OTHER rows.0.group',
      'NOT_A_RATER rows.1.group',
      'INVALID_FORMAT rows.2.rater',
      'ITEMS_INCOMPLETE rows.3.scores',
    ]);
    expect(await problemsOf(importRatings(deps, planner, rows))).toEqual(['FORBIDDEN']);
  });
});

describe('who has declined to rate', () => {
  const STAFF = Array.from({ length: 27 }, (_, serial) => `s${serial}`);
  const PANEL = STAFF.slice(1, 4);
  let at: WorkRegion;
  beforeAll(async () => {
    at = await workRegion({
      ...example,
      people: [...example.people, ...STAFF.map((id) => ({ id, unit: 'puskesmas', jobGroup: 'nurse' }))],
      rules: {
        ...defaultPolicyRules,
        peers: { choice: 'NOMINATED', minimum: 3, maximum: 5, drawAfterDays: 0 },
      },
    });
    const panel = { periodId: PERIOD, staffId: 's0' };
    await nominatePeers(at.deps, as('s0'), { ...panel, peerIds: PANEL });
    await decidePeers(at.deps, as('kapus'), { ...panel, version: 1, approve: PANEL });
  });
  afterAll(() => at.api.drop());

  const declines = (rater: string, rateeId: string, group: 'PEER' | 'SUBORDINATE') =>
    declineRating(at.deps, as(rater), { periodId: PERIOD, rateeId, group, reason: 'Ipar' });
  const rowsOf = async (raters: readonly string[], ratee: string, group: RaterGroup) => {
    const [rated, ...rating] = await at.deps.store.staff.getMany([ratee, ...raters]);
    return rating.map((rater) => ({
      periodId: PERIOD,
      rateeNip: rated?.nip ?? '',
      group,
      rater: rater?.nip ?? '',
      instrumentId: 'overall',
      scores: [1],
    }));
  };
  const outcomeOf = async (deps: Deps, rows: readonly RatingRow[]) => {
    const { imported, problems } = await importRatings(deps, hr, rows);
    return [imported, ...problems.map(({ code, path }) => `${code} ${path.join('.')}`)];
  };

  test('is no rater of an import either, and holds back nobody; many rows are several transactions', async () => {
    await declines('s3', 'kapus', 'SUBORDINATE');
    await declines('s26', 'kapus', 'SUBORDINATE');
    const rows = await rowsOf(STAFF, 'kapus', 'SUBORDINATE');
    const refused = ['NOT_A_RATER rows.3.group', 'NOT_A_RATER rows.26.group'];
    expect(await outcomeOf(at.deps, rows)).toEqual([25, ...refused]);
    expect(await importRatings(at.deps, hr, rows)).toMatchObject({ imported: 0, unchanged: 25 });
    expect(await at.deps.store.ratings.ratedBy('s3', PERIOD)).toEqual([]);
  });

  test('in the very moment of the import is none: of the two one counts', async () => {
    let declined = false;
    const { commit } = at.deps.store;
    const meanwhile: Deps['store']['commit'] = async (...given) => {
      if (!declined) await declines('s2', 's0', 'PEER');
      declined = true;
      return commit(...given);
    };
    const deps = { ...at.deps, store: { ...at.deps.store, commit: meanwhile } };
    expect(await outcomeOf(deps, await rowsOf(PANEL, 's0', 'PEER'))).toEqual([2, 'NOT_A_RATER rows.1.group']);
    expect(await at.deps.store.ratings.ratedBy('s2', PERIOD)).not.toContainEqual({
      rateeId: 's0',
      group: 'PEER',
    });
  });
});

test('several reports are verified at once, each by itself, and a repetition changes nothing', async () => {
  const { deps } = region;
  const reports = [];
  for (const [staffId, month] of [
    ['m1', '2026-01'],
    ['m1', '2026-02'],
    ['kapus', '2026-01'],
  ] as const) {
    const planId = `${staffId}:2026`;
    const { version } = await reportRealisation(deps, as(staffId), report(planId, { month }));
    reports.push({ planId, lineId: 'L1', month, version });
  }
  const [first, second, other] = reports;
  if (first === undefined || second === undefined || other === undefined) throw new Error('not reported');
  const input = { realisations: [first, { ...second, version: 7 }, other, { ...first, lineId: 'L9' }] };
  const told = async () => {
    const { imported, unchanged, problems } = await verifyRealisations(deps, as('kapus2'), input);
    return { imported, unchanged, problems: problems.map(({ code, path }) => `${code} ${path.join('.')}`) };
  };
  const problems = [
    'CONFLICT realisations.1.version',
    'FORBIDDEN realisations.2',
    'NOT_FOUND realisations.3.month',
  ];
  expect(await told()).toEqual({ imported: 1, unchanged: 0, problems });
  expect(await told()).toEqual({ imported: 0, unchanged: 1, problems });
  expect(await problemsOf(verifyRealisations(deps, as('kapus2'), { realisations: [] }))).toEqual([
    'REQUIRED realisations',
  ]);
  const many = { realisations: Array.from({ length: 51 }, () => first) };
  expect(await problemsOf(verifyRealisations(deps, as('kapus2'), many))).toEqual(['TOO_MANY realisations']);
});

describe('after a period has begun to close', () => {
  test('no rating, report or decision is taken any more, and what was imported before still counts as unchanged', async () => {
    const { deps, api } = region;
    api.at('2026-04-06T02:00:00.000Z');
    const row: RatingRow = {
      periodId: PERIOD,
      rateeNip: NIP.n1,
      group: 'PUBLIC',
      rater: 'r-0',
      instrumentId: 'overall',
      scores: [5],
    };
    await changePeriodOf(deps.store, PERIOD, (period) =>
      beginClose(period, policyOf(), '2026-04-06T02:00:00.000Z'),
    );

    expect(await problemsOf(submitRating(deps, as('n3'), rating('n1', 'PEER')))).toEqual([
      'PERIOD_CLOSED periodId',
    ]);
    expect(
      await problemsOf(reportRealisation(deps, as('n1'), report('n1:2026', { month: '2026-03' }))),
    ).toEqual(['PERIOD_CLOSED month']);
    // Whoever sends no version is told the reason all the same.
    expect(await problemsOf(reportRealisation(deps, as('n1'), report('n1:2026')))).toEqual([
      'PERIOD_CLOSED month',
    ]);
    expect(
      await problemsOf(
        setAssessorRating(deps, as('kapus'), {
          periodId: PERIOD,
          staffId: 'n2',
          workResult: 'MEETS',
          behaviour: 'MEETS',
          reason: 'x',
        }),
      ),
    ).toEqual(['PERIOD_CLOSED periodId']);
    expect(await importRatings(deps, hr, [row])).toMatchObject({ imported: 0, unchanged: 1 });
    const guesses = await Promise.all(
      [1, 2].map((mark) =>
        importRatings(deps, hr, [
          {
            periodId: PERIOD,
            rateeNip: NIP.n4,
            group: 'PEER',
            rater: NIP.n3,
            instrumentId: INSTRUMENT.id,
            scores: INSTRUMENT.items.map(() => mark),
          },
        ]),
      ),
    );
    expect(guesses.map(({ unchanged, problems }) => [unchanged, problems.map(at)])).toEqual([
      [0, ['PERIOD_CLOSED rows.0.periodId']],
      [0, ['PERIOD_CLOSED rows.0.periodId']],
    ]);
    expect((await importRatings(deps, hr, [{ ...row, scores: [1] }])).problems).toMatchObject([
      { code: 'PERIOD_CLOSED', path: ['rows', 0, 'periodId'] },
    ]);
  });

  test('its months are nobody’s task any more, though the year is open: only those that come are', async () => {
    const { deps, api } = region;
    await openPeriodOf(deps.store, '2026', '2027-01-05T17:00:00.000Z');
    const waiting = async (who: string) =>
      (await myTasks(deps, as(who)))
        .filter(({ kind }) => kind === 'REPORT_REALISATIONS' || kind === 'VERIFY_REALISATIONS')
        .map(({ kind, planId, periodId, count }) => `${kind} ${planId} ${periodId} ${count}`);
    expect(await deps.store.realisations.reportedIn(ADDRESS, '2026-01', '2026-03')).not.toEqual([]);
    expect([await waiting('kapus'), await waiting('n1')]).toEqual([[], []]);
    api.at('2026-05-02T02:00:00.000Z');
    expect(await waiting('n1')).toEqual(['REPORT_REALISATIONS n1:2026 2026 1']);
    await reportRealisation(deps, as('n1'), report('n1:2026', { month: '2026-04' }));
    expect([await waiting('kapus'), await waiting('n1')]).toEqual([
      [
        'REPORT_REALISATIONS kapus:2026 2026 1',
        'REPORT_REALISATIONS unit:puskesmas:2026 2026 2',
        'VERIFY_REALISATIONS n1:2026 2026 1',
      ],
      [],
    ]);
    api.at('2026-04-06T02:00:00.000Z');
  });

  test('the next period takes them', async () => {
    const { deps } = region;
    await openPeriodOf(deps.store, '2026-Q2', '2026-07-05T17:00:00.000Z');
    expect(
      await problemsOf(submitRating(deps, as('n2'), rating('n1', 'PEER', { periodId: '2026-Q2' }))),
    ).toEqual([]);
  });
});
