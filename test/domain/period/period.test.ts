import { describe, expect, test } from 'vitest';
import {
  beginClose,
  beginCorrection,
  cancelPeriod,
  finalise,
  isDue,
  moveClose,
  openPeriod,
  type Period,
  planPeriod,
  publish,
  publishCorrection,
  publishedAttempt,
  recordFailure,
  reopen,
  settle,
  shouldFinalise,
  shouldOpen,
  underWayBy,
} from '../../../functions/domain/period/period.ts';
import type { Policy } from '../../../functions/domain/period/policy.ts';
import { monthsOf, periodOf, periodsCovering } from '../../../functions/domain/period/span.ts';
import type { RaterGroup } from '../../../functions/domain/rating/rating.ts';
import { policyWith } from '../evaluation/evaluation-builders.ts';
import { codesOf } from '../problem-codes.ts';

const policy = policyWith({ holidays: [] });
const closesAt = '2026-04-10T17:00:00.000Z';
const later = '2026-04-10T17:05:00.000Z';

const planned = planPeriod('2026-Q1', closesAt, 420);
const open = openPeriod(planned);
const closing = beginClose(open, policy, later);
const published = publish(closing, later);

describe('the periods under way that a policy governs', () => {
  const version = (number: number, effectiveFrom: string): Policy => ({
    ...policy,
    id: `p-${number}`,
    number,
    effectiveFrom,
  });
  const inForce = version(1, '2025-01-01');
  const periods = [
    published,
    planPeriod('2026-03', null, 420),
    openPeriod(planPeriod('2026', null, 420)),
    planPeriod('2026-Q2', null, 420),
    openPeriod(planPeriod('2026-Q3', null, 420)),
  ];
  test.each([
    ['2026-01-01', '2026-03-10', ['2026-Q1', '2026-03', '2026', '2026-Q3']],
    ['2026-03-31', '2026-03-10', ['2026-Q1', '2026-03', '2026', '2026-Q3']],
    ['2026-04-01', '2026-03-31', ['2026', '2026-Q3']],
    ['2026-04-01', '2026-04-01', ['2026', '2026-Q2', '2026-Q3']],
    ['2026-10-01', '2026-03-10', ['2026']],
    ['2027-01-01', '2026-03-10', []],
  ])('from %s on, on %s', (effectiveFrom, today, ids) => {
    const next = version(2, effectiveFrom);
    expect(underWayBy(next, [inForce, next], periods, today).map(({ id }) => id)).toEqual(ids);
  });

  test('not those of a policy that takes effect after it', () => {
    const next = version(2, '2026-01-01');
    const policies = [inForce, next, version(3, '2026-02-01')];
    expect(underWayBy(next, policies, periods, '2026-04-01')).toEqual([]);
  });
});

describe('what an id says', () => {
  test.each([
    ['2026-01', 'MONTH', '2026-01-01', '2026-01-31', 1],
    ['2024-02', 'MONTH', '2024-02-01', '2024-02-29', 1],
    ['2026-Q1', 'QUARTER', '2026-01-01', '2026-03-31', 3],
    ['2026-Q4', 'QUARTER', '2026-10-01', '2026-12-31', 3],
    ['2026', 'YEAR', '2026-01-01', '2026-12-31', 12],
  ])('%s', (id, kind, start, end, months) => {
    const span = periodOf(id);
    expect(span).toEqual({ id, kind, year: Number(id.slice(0, 4)), start, end });
    expect(span && monthsOf(span)).toHaveLength(months);
  });
  test.each([
    '2026-00',
    '2026-13',
    '2026-Q0',
    '2026-Q5',
    '2026-q1',
    '26',
    '02026',
    '2026-1',
    '',
    '3026',
    '2026-Q1 ',
  ])('%j names none', (id) => {
    expect(periodOf(id)).toBeNull();
  });
  test('a month is covered by itself, its quarter and its year', () => {
    expect(periodsCovering('2026-03')).toEqual(['2026-03', '2026-Q1', '2026']);
    expect(periodsCovering('2026-04')).toEqual(['2026-04', '2026-Q2', '2026']);
    expect(periodsCovering('2026-12')).toEqual(['2026-12', '2026-Q4', '2026']);
  });
});

describe('the life of a period', () => {
  test('goes from PLANNED to FINAL', () => {
    expect(planned).toMatchObject({ state: 'PLANNED', attempt: 1, run: null, year: 2026 });
    expect(open.state).toBe('OPEN');
    expect(closing).toMatchObject({ state: 'CLOSING', run: 'r1', policy, failure: null });
    expect(published).toMatchObject({
      state: 'PUBLISHED',
      run: null,
      publishedRun: 'r1',
      publishedAt: later,
    });
    expect(finalise(published, published.finalAt ?? '').state).toBe('FINAL');
  });

  test('closes when its last day is over by the clock of the region, or later', () => {
    expect(planPeriod('2026-Q1', null, 420).closesAt).toBe('2026-03-31T17:00:00.000Z');
    expect(planPeriod('2026-Q1', '2026-03-31T17:00:00.000Z', 420).closesAt).toBe('2026-03-31T17:00:00.000Z');
    expect(planPeriod('2026-Q1', null, 540).closesAt).toBe('2026-03-31T15:00:00.000Z');
  });

  test('opens on its first day by the clock of the region', () => {
    expect(shouldOpen(planned, '2025-12-31T16:59:59.999Z', 420)).toBe(false);
    expect(shouldOpen(planned, '2025-12-31T17:00:00.000Z', 420)).toBe(true);
    expect(shouldOpen(open, later, 420)).toBe(false);
  });

  test('is due from its closing instant on, while it is open', () => {
    expect(isDue(open, '2026-04-10T16:59:59.999Z')).toBe(false);
    expect(isDue(open, closesAt)).toBe(true);
    expect(isDue(planned, later)).toBe(false);
    expect(isDue(closing, later)).toBe(false);
  });

  test('its close moves until it is due, to a time that is ahead and not before the period is over', () => {
    const before = '2026-04-10T16:59:59.999Z';
    expect(moveClose(open, '2026-05-01T00:00:00.000Z', before, 420)).toEqual({
      ...open,
      closesAt: '2026-05-01T00:00:00.000Z',
    });
    expect(moveClose(planned, '2026-03-31T17:00:00.000Z', '2026-03-01T00:00:00.000Z', 420)).toEqual({
      ...planned,
      closesAt: '2026-03-31T17:00:00.000Z',
    });
    const refused = (period: Period, to: string, now: string) =>
      codesOf(() => moveClose(period, to, now, 420));
    expect(refused(open, '2026-03-31T16:59:59.999Z', '2026-03-01T00:00:00.000Z')).toEqual(['OUT_OF_RANGE']);
    expect(refused(open, before, before)).toEqual(['OUT_OF_RANGE']);
    expect(refused(open, '2026-05-01T00:00:00.000Z', closesAt)).toEqual(['PERIOD_CLOSED']);
    expect(refused(closing, '2026-05-01T00:00:00.000Z', before)).toEqual(['PERIOD_CLOSED']);
    expect(refused(published, '2026-05-01T00:00:00.000Z', before)).toEqual(['PERIOD_CLOSED']);
  });

  test('a close that began goes on with its run and its frozen policy', () => {
    expect(beginClose(closing, { ...policy, id: 'another' }, later)).toBe(closing);
    const failed = recordFailure(closing, 'Contention');
    expect(failed).toMatchObject({ state: 'CLOSING', run: 'r1', failure: 'Contention' });
    expect(beginClose(failed, policy, later)).toEqual(closing);
    expect(publish(failed, later).failure).toBeNull();
  });

  test('reopened, it keeps what is published until the next run is', () => {
    const again = reopen(published, '2026-05-01T17:00:00.000Z', later, published.policy);
    expect(again).toMatchObject({
      state: 'OPEN',
      attempt: 2,
      publishedRun: 'r1',
      policy,
      finalAt: null,
    });
    const second = beginClose(again, { ...policy, id: 'another' }, '2026-05-02T00:00:00.000Z');
    expect(second).toMatchObject({ run: 'r2', policy: { id: 'another' } });
    expect(publish(second, '2026-05-02T00:00:00.000Z').publishedRun).toBe('r2');
  });

  test('reopened, the pools stay as they were cut in the published run, in every unit', () => {
    const withUnit = (groups: readonly RaterGroup[]): Policy => ({
      ...policy,
      rules: {
        ...policy.rules,
        unitRaterPools: [{ unitId: 'ward', withSubunits: false, raterPools: [{ groups, weight: 10_000 }] }],
      },
    });
    const again = reopen(published, '2026-05-01T17:00:00.000Z', later, published.policy);
    const pools = (next: Policy) =>
      beginClose(again, next, '2026-05-02T00:00:00.000Z').policy?.rules.unitRaterPools;
    expect(pools(withUnit(['PUBLIC']))).toEqual([]);
    expect(pools(withUnit(['SUBORDINATE', 'PEER']))).toHaveLength(1);
  });

  test('reopened after a correction, it has been published as often as it was closed', () => {
    expect(publishedAttempt(open)).toBe(0);
    expect(publishedAttempt(published)).toBe(1);
    const corrected = publishCorrection(beginCorrection(published), later);
    expect(corrected.publishedRun).toBe('r1c1');
    expect(publishedAttempt(corrected)).toBe(1);
  });

  test('a close that failed on its data is reopened, so that they can be mended', () => {
    const failed = recordFailure(closing, 'RanksMoved');
    expect(reopen(failed, '2026-05-01T17:00:00.000Z', later, null)).toMatchObject({
      state: 'OPEN',
      attempt: 2,
      run: null,
      publishedRun: null,
      policy: null,
      failure: null,
    });
  });

  const final: Period = { ...published, state: 'FINAL' };
  test.each([
    ['a period that opened', () => openPeriod(closing), 'WRONG_STATE'],
    ['taking back what is open', () => cancelPeriod(open), 'WRONG_STATE'],
    ['taking back twice', () => cancelPeriod(cancelPeriod(planned)), 'WRONG_STATE'],
    ['opening what was taken back', () => openPeriod(cancelPeriod(planned)), 'WRONG_STATE'],
    ['a close of what is planned', () => beginClose(planned, policy, later), 'PERIOD_NOT_OPEN'],
    ['a close of what is published', () => beginClose(published, policy, later), 'PERIOD_NOT_OPEN'],
    ['a close before it is due', () => beginClose(open, policy, '2026-04-01T00:00:00.000Z'), 'OUT_OF_RANGE'],
    ['a publication of what is open', () => publish(open, later), 'WRONG_STATE'],
    ['a failure of what is published', () => recordFailure(published, 'x'), 'WRONG_STATE'],
    ['an end before its day', () => finalise(published, later), 'WRONG_STATE'],
    [
      'a reopening of what is final',
      () => reopen(final, '2030-01-01T00:00:00.000Z', later, policy),
      'PERIOD_FINAL',
    ],
    [
      'a reopening of what is open',
      () => reopen(open, '2030-01-01T00:00:00.000Z', later, null),
      'WRONG_STATE',
    ],
    [
      'a reopening while it closes',
      () => reopen(closing, '2030-01-01T00:00:00.000Z', later, null),
      'WRONG_STATE',
    ],
    ['a reopening that closes in the past', () => reopen(published, closesAt, later, policy), 'OUT_OF_RANGE'],
    [
      'a period that closes before its end',
      () => planPeriod('2026-Q1', '2026-03-31T16:59:59.999Z', 420),
      'OUT_OF_RANGE',
    ],
    [
      'a reopening that closes at this very instant',
      () => reopen(published, later, later, policy),
      'OUT_OF_RANGE',
    ],
    ['a publication of what is published', () => publish(published, later), 'WRONG_STATE'],
    ['a publication of what is planned', () => publish(planned, later), 'WRONG_STATE'],
    ['a correction of what is open', () => beginCorrection(open), 'WRONG_STATE'],
    ['a correction while it closes', () => beginCorrection(closing), 'WRONG_STATE'],
    [
      'a correction of what was published and is open again',
      () => beginCorrection(reopen(published, '2030-01-01T00:00:00.000Z', later, policy)),
      'WRONG_STATE',
    ],
    ['a correction that nobody wrote', () => publishCorrection(published, later), 'WRONG_STATE'],
    [
      'a correction that is published while the period closes',
      () => publishCorrection({ ...closing, correcting: 'r1c1' }, later),
      'WRONG_STATE',
    ],
    [
      'an end while a correction is written',
      () => finalise(beginCorrection(published), published.finalAt ?? ''),
      'WRONG_STATE',
    ],
    ['an end of what is open', () => finalise(open, '2030-01-01T00:00:00.000Z'), 'WRONG_STATE'],
    ['what follows from a period that is not final', () => settle(published), 'WRONG_STATE'],
    ['a period without a name', () => planPeriod('2026-Q9', closesAt, 420), 'INVALID_FORMAT'],
  ])('refuses %s', (_, change, code) => {
    expect(codesOf(change)).toEqual([code]);
  });

  test('planned, it has no run, no policy and nothing that follows', () => {
    expect(planned).toEqual({
      ...periodOf('2026-Q1'),
      state: 'PLANNED',
      closesAt,
      attempt: 1,
      run: null,
      publishedRun: null,
      correcting: null,
      publications: [],
      publishedAt: null,
      finalAt: null,
      settled: false,
      lateDecisions: [],
      policy: null,
      failure: null,
      version: 0,
    });
  });

  test('keeps every run that readers have seen, oldest first', () => {
    const at = (day: number): string => `2026-05-0${day}T00:00:00.000Z`;
    const corrected = publishCorrection(beginCorrection(published), at(1));
    const twice = publishCorrection(beginCorrection(corrected), at(2));
    const again = beginClose(reopen(twice, at(4), at(3), policy), policy, at(4));
    expect(publish(again, at(5))).toMatchObject({
      publishedRun: 'r2',
      publications: [
        { run: 'r1', at: later },
        { run: 'r1c1', at: at(1) },
        { run: 'r1c2', at: at(2) },
        { run: 'r2', at: at(5) },
      ],
    });
  });

  test('a correction leaves its clocks as they are, and what follows from a final period is looked at again', () => {
    const settled = settle(final);
    expect(settled.settled).toBe(true);
    expect(publishCorrection(beginCorrection(settled), '2027-01-01T00:00:00.000Z')).toMatchObject({
      state: 'FINAL',
      publishedRun: 'r1c1',
      correcting: null,
      publishedAt: published.publishedAt,
      finalAt: published.finalAt,
      settled: false,
    });
  });

  test('reopened, pools in another order are the same pools, whose weights follow the policy', () => {
    const raterPools = policy.rules.raterPools
      .map((pool) => ({ ...pool, weight: 10_000 - pool.weight }))
      .toReversed();
    const again = reopen(published, '2026-05-01T17:00:00.000Z', later, published.policy);
    const next = { ...policy, rules: { ...policy.rules, raterPools } };
    expect(beginClose(again, next, '2026-05-02T00:00:00.000Z').policy?.rules.raterPools).toEqual(raterPools);
  });

  test('taken back before it opens, it neither opens nor closes when its time comes', () => {
    const cancelled = cancelPeriod(planned);
    expect(cancelled).toEqual({ ...planned, state: 'CANCELLED' });
    expect(shouldOpen(planned, closesAt, 420)).toBe(true);
    expect([shouldOpen(cancelled, later, 420), isDue(cancelled, later)]).toEqual([false, false]);
  });

  test('asking twice changes nothing', () => {
    expect(openPeriod(open)).toBe(open);
    const correcting = beginCorrection(published);
    expect(beginCorrection(correcting)).toBe(correcting);
    expect(shouldFinalise(final, '2030-01-01T00:00:00.000Z')).toBe(false);
    expect(finalise(final, later)).toBe(final);
  });
});

describe('the objection clock', () => {
  test('5 working days until it counts as received, 14 to object, 7 to decide, by the clock of the region', () => {
    // Saturday 11 April, 00:05 in Jakarta: working days count from Monday the 13th.
    expect(published.finalAt).toBe('2026-05-18T17:00:00.000Z');
    expect(shouldFinalise(published, '2026-05-18T16:59:59.999Z')).toBe(false);
    expect(shouldFinalise(published, '2026-05-18T17:00:00.000Z')).toBe(true);
    expect(shouldFinalise({ ...published, correcting: 'r1c1' }, '2026-05-18T17:00:00.000Z')).toBe(false);
  });
});
