/** Who puts a policy in force, and who hears of it; see periods-and-policies.test.ts for what a draft is. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultPolicyRules } from '../../functions/domain/period/policy.ts';
import { readInbox } from '../../functions/usecases/notice/read-inbox.ts';
import { openPeriod } from '../../functions/usecases/period/open-period.ts';
import { planPeriod } from '../../functions/usecases/period/plan-period.ts';
import { reopenPeriod } from '../../functions/usecases/period/reopen-period.ts';
import { activatePolicy } from '../../functions/usecases/policy/activate-policy.ts';
import { draftPolicy } from '../../functions/usecases/policy/draft-policy.ts';
import { editPolicyDraft } from '../../functions/usecases/policy/edit-policy-draft.ts';
import { endpointUnderTest } from '../api/endpoint-under-test.ts';
import { changePeriodOf, policyOf, write } from '../workflow/region.ts';
import { as, hr, PERIOD, planner, problemsOf, type WorkRegion, workRegion } from './work-region.ts';

const otherHr = as('account-hr-2', 'HR_ADMIN');
const reason = 'Peraturan bupati tentang bobot penilai';
/** In the open quarter, which runs from January to March; the clock shows 10 March. */
const WITHIN = '2026-03-20';
const AFTER = '2026-04-01';
const rules = {
  ...defaultPolicyRules,
  raterPools: [
    { groups: ['SUPERIOR' as const], weight: 9_000 },
    { groups: ['PEER' as const, 'SUBORDINATE' as const], weight: 1_000 },
  ],
};

let region: WorkRegion;
beforeEach(async () => {
  region = await workRegion();
});
afterEach(() => region.api.drop());

const draft = (by = hr, effectiveFrom = WITHIN) => draftPolicy(region.deps, by, { effectiveFrom, rules });
const activate = (id: string, by = hr, more: object = {}) => {
  const input = { id, version: 1, reason, ...more };
  return problemsOf(activatePolicy(region.deps, by, input));
};
/** The periods of which somebody is told that their rules have changed. */
const toldOf = async (): Promise<readonly (string | undefined)[]> => {
  const { items } = await readInbox(region.deps, as('n1'), { first: 50, after: null });
  return items.flatMap(({ value: { kind, refs } }) => (kind === 'POLICY_CHANGED' ? [refs.periodId] : []));
};

describe('a policy that governs a period under way', () => {
  test('is put in force by somebody else than its drafter, with a reason, and everybody is told', async () => {
    const { id } = await draft();
    expect(await activate(id)).toEqual(['FORBIDDEN id']);
    // Its first day is ahead, and yet the period that is open changes.
    expect(await activate(id, otherHr, { reason: ' ' })).toEqual(['REASON_REQUIRED reason']);
    expect(await toldOf()).toEqual([]);

    expect(await activate(id, otherHr)).toEqual([]);
    expect(await toldOf()).toEqual([PERIOD]);
    expect(await region.deps.store.policies.get(id)).toMatchObject({ state: 'ACTIVE', writtenBy: [] });
  });

  test('is put in force by nobody who wrote some of it', async () => {
    const { id } = await draft();
    await editPolicyDraft(region.deps, otherHr, { id, version: 1, rules: defaultPolicyRules });
    expect(await activate(id, hr, { version: 2 })).toEqual(['FORBIDDEN id']);
    expect(await activate(id, otherHr, { version: 2 })).toEqual(['FORBIDDEN id']);
    expect(await activate(id, as('account-hr-3', 'HR_ADMIN'), { version: 2 })).toEqual([]);
  });

  test('an edit that changes nothing makes nobody its writer', async () => {
    const { id } = await draft(planner);
    await editPolicyDraft(region.deps, hr, { id, version: 1, rules, effectiveFrom: WITHIN });
    expect(await activate(id, hr)).toEqual([]);
  });

  test('a draft of a release that kept no writers may be put in force by any officer', async () => {
    const { policies } = region.deps.store;
    const old = { ...policyOf(), id: 'policy-2', number: 2, state: 'DRAFT', effectiveFrom: WITHIN } as const;
    await write(region.deps.store, [policies.save(null, { ...old, activatedAt: null })]);
    expect(await activate('policy-2', hr)).toEqual([]);
    expect(await toldOf()).toEqual([PERIOD]);
  });

  test('is so of a published period too, whose people are told when it is opened again', async () => {
    const { deps } = region;
    await changePeriodOf(deps.store, PERIOD, (period) => ({
      ...period,
      state: 'PUBLISHED',
      publishedRun: 'r1',
      policy: policyOf(),
    }));
    const { id } = await draft();
    expect(await activate(id)).toEqual(['FORBIDDEN id']);
    expect(await activate(id, otherHr, { reason: null })).toEqual(['REASON_REQUIRED reason']);
    expect(await activate(id, otherHr)).toEqual([]);
    expect(await toldOf()).toEqual([]);

    const { version = 0 } = (await deps.store.periods.get(PERIOD)) ?? {};
    await reopenPeriod(deps, hr, {
      id: PERIOD,
      version,
      reason: 'Angka keliru',
      closesAt: '2026-05-01T00:00:00.000Z',
    });
    expect(await toldOf()).toEqual([PERIOD]);
  });

  test('is so of one that was opened before its time', async () => {
    const { deps } = region;
    await planPeriod(deps, hr, { id: '2026-Q2' });
    const { id } = await draft(hr, AFTER);
    await openPeriod(deps, hr, { id: '2026-Q2', version: 1 });
    expect(await activate(id)).toEqual(['FORBIDDEN id']);
    expect(await activate(id, otherHr)).toEqual([]);
    expect(await toldOf()).toEqual(['2026-Q2']);
  });
});

describe('a policy that governs no period under way', () => {
  test('is put in force by whoever wrote it, without a reason, and nobody is told', async () => {
    await planPeriod(region.deps, hr, { id: '2026-Q2' });
    const { id } = await draft(hr, AFTER);
    expect(await activate(id, hr, { reason: null })).toEqual([]);
    expect(await toldOf()).toEqual([]);
  });

  test('is also one whose days another one governs already', async () => {
    const later = await draft(planner, WITHIN);
    const earlier = await draft(hr, '2026-03-15');
    expect(await activate(later.id, hr)).toEqual([]);
    expect(await activate(earlier.id, hr)).toEqual([]);
    expect(await toldOf()).toEqual([PERIOD]);
  });

  test('is the first of a region, which one administrator sets up alone', async () => {
    const { deps, drop } = await endpointUnderTest();
    try {
      const first = await draftPolicy(deps, hr, { effectiveFrom: '2026-01-01' });
      const input = { id: first.id, version: 1, reason };
      expect((await activatePolicy(deps, hr, input)).state).toBe('ACTIVE');
    } finally {
      await drop();
    }
  });
});
