/** The schedule draws the peers of a whole region: late, twice at once or killed, everybody gets what one undisturbed draw gives. */
import { createHash, createHmac } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { approvedOf } from '../../functions/domain/peers/peer-panel.ts';
import { defaultPolicyRules, type PolicyRules } from '../../functions/domain/period/policy.ts';
import { problem, Rejection } from '../../functions/domain/problem.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { DrawRefusedError, drawDuePeers } from '../../functions/usecases/peers/draw-due-peers.ts';
import { openPeriod } from '../../functions/usecases/period/open-period.ts';
import { planPeriod } from '../../functions/usecases/period/plan-period.ts';
import { myTasks } from '../../functions/usecases/task/my-tasks.ts';
import { countRequests } from '../support/dynamodb.ts';
import { as, hr, PERIOD, region, type WorkRegion, workRegion } from './work-region.ts';

/** The policy is activated on 2 February; lots are drawn twenty days after 1 January, so on that day. */
const DRAW_DAY_MORNING = '2026-02-02T03:00:00.000Z';

const regions: WorkRegion[] = [];
afterAll(() => Promise.all(regions.map(({ api }) => api.drop())));

/** Six nurses of whom one moves away in March, and one who comes to the puskesmas in March. */
const open = async (drawAfterDays = 20): Promise<WorkRegion> => {
  const opened = await workRegion({
    ...region,
    people: [
      ...region.people,
      { id: 'n5', unit: 'puskesmas', jobGroup: 'nurse' },
      {
        id: 'n6',
        unit: 'puskesmas',
        jobGroup: 'nurse',
        movesTo: { unit: 'dispar', shard: 0, from: '2026-03-01' },
      },
      {
        id: 'm2',
        unit: 'puskesmas2',
        jobGroup: 'nurse',
        movesTo: { unit: 'puskesmas', shard: 0, from: '2026-03-01' },
      },
    ],
    rules: {
      ...defaultPolicyRules,
      peers: { choice: 'DRAWN', minimum: 2, maximum: 3, drawAfterDays },
    },
  });
  regions.push(opened);
  return opened;
};

/** Who are peers on the day of the draw, written down by hand. */
const PEERS: Readonly<Record<string, readonly string[]>> = {
  // Nobody assesses them, and nobody beside them has the same assessor.
  kadis: [],
  kadispar: [],
  kapus: ['kapus2'],
  kapus2: ['kapus'],
  ...Object.fromEntries(
    ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'].map((id, _, all) => [id, all.filter((other) => other !== id)]),
  ),
  m1: ['m2'],
  m2: ['m1'],
};
const UNIT_OF = (id: string): string =>
  id.startsWith('n') || id === 'kapus'
    ? 'puskesmas'
    : id.startsWith('m') || id === 'kapus2'
      ? 'puskesmas2'
      : id === 'kadis'
        ? 'dinkes'
        : 'dispar';

const panels = async ({ deps: { store } }: WorkRegion) => {
  const ids = Object.keys(PEERS);
  const found = await store.peers.panels(
    ids.map((staffId) => ({
      address: { collection: { unitId: UNIT_OF(staffId), shard: 0 }, year: 2026 },
      periodId: PERIOD,
      staffId,
    })),
  );
  return Object.fromEntries(
    ids.map((id, at) => {
      const panel = found[at];
      return [id, panel == null ? null : approvedOf(panel)];
    }),
  );
};

/** The draw as its definition says it: HMAC of the person under the secret, SHA-256 of seed and candidate, the smallest three. */
const expected = async ({ deps: { store } }: WorkRegion) => {
  const secret = (await store.raterSecrets.get(PERIOD)) ?? '';
  return Object.fromEntries(
    Object.entries(PEERS).map(([id, candidates]) => {
      const seed = createHmac('sha256', Buffer.from(secret, 'hex'))
        .update(`INPUT\nDRAW\n${id}`)
        .digest('hex');
      const lot = (candidate: string) => createHash('sha256').update(`${seed}\n${candidate}`).digest('hex');
      return [id, candidates.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1)).slice(0, 3)];
    }),
  );
};

const at = (deps: Deps, now: string): Deps => ({ ...deps, now: () => now });
const noFailure = (id: string, error: unknown): void => {
  throw new Error(`${id} failed`, { cause: error });
};

describe('the draw of a region', () => {
  test('waits for the day that the policy states, then draws everybody by the hierarchy of that day', async () => {
    const it = await open(27);
    // 1 January and 27 days is past; the policy came into force later, on 2 February.
    expect(await drawDuePeers(at(it.deps, '2026-02-01T16:00:00.000Z'), noFailure)).toEqual([]);
    expect(Object.values(await panels(it)).every((panel) => panel === null)).toBe(true);
    expect(await drawDuePeers(at(it.deps, DRAW_DAY_MORNING), noFailure)).toEqual([PERIOD]);
    expect(await panels(it)).toEqual(await expected(it));
  });

  test('late, it is the draw of its day: who has left since is drawn, who came since is not', async () => {
    const it = await open();
    expect(await drawDuePeers(at(it.deps, '2026-03-10T03:00:00.000Z'), noFailure)).toEqual([PERIOD]);
    expect(await panels(it)).toEqual(await expected(it));
  });

  test('twice at once, it is the same draw, and everybody is told once', async () => {
    const it = await open();
    const deps = at(it.deps, DRAW_DAY_MORNING);
    const both = await Promise.all([drawDuePeers(deps, noFailure), drawDuePeers(deps, noFailure)]);
    expect(both.flat()).toContain(PERIOD);
    const all = await panels(it);
    expect(all).toEqual(await expected(it));
    const rated = Object.entries(all).flatMap(([id, raters]) => (raters?.includes('n1') ? [id] : []));
    expect((await it.deps.store.peers.assignedTo('n1', PERIOD)).toSorted()).toEqual(rated.toSorted());
    const { items } = await it.deps.store.notices.page(
      [{ kind: 'PERSON', staffId: 'n1' }],
      { first: 100, after: null },
      '2026-01-01T00:00:00.000Z',
    );
    expect(items.filter(({ value }) => value.kind === 'TASK_ASSIGNED')).toHaveLength(rated.length);
  });

  test('killed at every transaction and started again, it comes to the same', async () => {
    const it = await open();
    const deps = at(it.deps, DRAW_DAY_MORNING);
    let killed = 0;
    for (let budget = 0; budget < 40; budget += 1) {
      let left = 1;
      const dying: Deps = {
        ...deps,
        store: {
          ...deps.store,
          commit: (...given: Parameters<Deps['store']['commit']>) => {
            left -= 1;
            return left < 0 ? Promise.reject(new Error('killed')) : deps.store.commit(...given);
          },
        },
      };
      const done = await drawDuePeers(dying, () => {
        killed += 1;
      });
      if (done.length > 0) break;
    }
    expect(killed).toBeGreaterThan(1);
    expect(await panels(it)).toEqual(await expected(it));
    expect(await it.deps.store.peers.drawProgress(PERIOD)).toMatchObject({ done: true });
  });

  test('out of time, the rest is left to the next hour, which goes on behind the last unit', async () => {
    const it = await open();
    let clock = Date.parse(DRAW_DAY_MORNING);
    const slow: Deps = {
      ...it.deps,
      now: () => new Date(clock).toISOString(),
      store: {
        ...it.deps.store,
        commit: (...given: Parameters<Deps['store']['commit']>) => {
          clock += 40_000;
          return it.deps.store.commit(...given);
        },
      },
    };
    const stations: (string | null)[] = [];
    for (let hour = 0; hour < 10; hour += 1) {
      const done = await drawDuePeers(slow, noFailure);
      stations.push((await it.deps.store.peers.drawProgress(PERIOD)).after);
      if (done.length > 0) break;
    }
    expect(stations.length).toBeGreaterThan(1);
    expect(stations.at(-1)).toBeNull();
    expect(stations.slice(0, -1).every((station) => station !== null)).toBe(true);
    expect(await panels(it)).toEqual(await expected(it));
  });

  test('once drawn, no hour reads a unit again, and a panel that was changed stays', async () => {
    const it = await open();
    const deps = at(it.deps, DRAW_DAY_MORNING);
    await drawDuePeers(deps, noFailure);
    const counted = countRequests(it.api.table.client);
    expect(await drawDuePeers(at(it.deps, '2026-03-20T03:00:00.000Z'), noFailure)).toEqual([]);
    expect(counted.total).toBeLessThanOrEqual(5);
    expect(await panels(it)).toEqual(await expected(it));
  });

  test('a unit that was refused does not hold back the others and gets another round', async () => {
    const it = await open();
    const deps = at(it.deps, DRAW_DAY_MORNING);
    let commits = 0;
    const refusing: Deps = {
      ...deps,
      store: {
        ...deps.store,
        commit: async (...given: Parameters<Deps['store']['commit']>) => {
          commits += 1;
          if (commits === 1) throw new Rejection([problem('TOO_MANY', '', { maximum: 1 })]);
          return deps.store.commit(...given);
        },
      },
    };
    const failures: unknown[] = [];
    expect(await drawDuePeers(refusing, (id, error) => failures.push([id, error]))).toEqual([]);
    expect(failures).toEqual([['dinkes', new DrawRefusedError('TOO_MANY')]]);
    const { kadis, ...others } = await panels(it);
    expect(kadis).toBeNull();
    expect(Object.values(others)).not.toContain(null);
    expect(await drawDuePeers(refusing, noFailure)).toEqual([PERIOD]);
    expect(await panels(it)).toEqual(await expected(it));
  });
});

describe('the raters of a year', () => {
  /** An open year beside the quarter; everybody is drawn from 22 January on. */
  const openYear = async (annual: PolicyRules['annual']): Promise<WorkRegion> => {
    const it = await workRegion({
      ...region,
      rules: {
        ...defaultPolicyRules,
        annual,
        peers: { choice: 'DRAWN', minimum: 2, maximum: 3, drawAfterDays: 20 },
      },
    });
    regions.push(it);
    const { id, version } = await planPeriod(it.deps, hr, { id: '2026' });
    await openPeriod(it.deps, hr, { id, version });
    return it;
  };

  test.each([
    ['of figures of its own are drawn and have their tasks', 'FROM_INPUTS', ['2026', PERIOD]],
    [
      'that builds on its quarters are neither drawn nor asked: nothing that they say would count',
      'FROM_PERIODS',
      [PERIOD],
    ],
  ] as const)('%s', async (_, annual, periods) => {
    const it = await openYear(annual);
    const deps = at(it.deps, DRAW_DAY_MORNING);
    expect(await drawDuePeers(deps, noFailure)).toEqual(periods);
    const tasks = await myTasks(deps, as('n1'));
    const asked = tasks.flatMap(({ kind, periodId }) => (kind === 'SUBMIT_RATING' ? [periodId] : []));
    expect([...new Set(asked)].toSorted()).toEqual(periods);
  });
});
