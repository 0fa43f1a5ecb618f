/** Who rates whom as a peer, where a region has peers chosen: nominated, or drawn by lot. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approvedOf, inOrderOfLots } from '../../functions/domain/peers/peer-panel.ts';
import { defaultPolicyRules } from '../../functions/domain/period/policy.ts';
import { Rejection } from '../../functions/domain/problem.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { declineRating } from '../../functions/usecases/peers/decline-rating.ts';
import { drawPeers } from '../../functions/usecases/peers/draw-peers.ts';
import { lotsOf } from '../../functions/usecases/peers/lots.ts';
import { nominatePeers } from '../../functions/usecases/peers/nominate-peers.ts';
import { submitRating } from '../../functions/usecases/rating/submit-rating.ts';
import { myTasks } from '../../functions/usecases/task/my-tasks.ts';
import { editUnit } from '../../functions/usecases/unit/edit-unit.ts';
import { as, hr, PERIOD, region, type WorkRegion, workRegion } from '../usecases/work-region.ts';
import type { RegionSpec } from '../workflow/region.ts';
import {
  type Caller,
  caller,
  employee,
  hrAdmin,
  nobody,
  type Payload,
  problemsOf,
  send,
} from './endpoint-client.ts';

const regions: WorkRegion[] = [];
const open = async (
  choice: 'NOMINATED' | 'DRAWN',
  {
    units = [],
    people = [],
    minimum = 2,
  }: Partial<Pick<RegionSpec, 'units' | 'people'>> & { readonly minimum?: number } = {},
): Promise<WorkRegion> => {
  const opened = await workRegion({
    ...region,
    units: [...region.units, ...units],
    people: [...region.people, { id: 'n5', unit: 'puskesmas', jobGroup: 'nurse' }, ...people],
    rules: { ...defaultPolicyRules, peers: { choice, minimum, maximum: 3, drawAfterDays: 0 } },
  });
  regions.push(opened);
  return opened;
};
afterAll(() => Promise.all(regions.map(({ api }) => api.drop())));

const errors = 'userErrors { code message path }';
const panel = 'panel { assigned version members { staff { id } state origin reason } }';
type Panel = {
  readonly assigned: boolean;
  readonly version: number;
  readonly members: readonly { readonly staff: { readonly id: string }; readonly state: string }[];
};
const run = async <Answer>(
  { api }: WorkRegion,
  who: Caller | null,
  name: string,
  input: object,
  answer: string,
): Promise<Answer> => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { answer: ${name}(input: $input) { ${answer} ${errors} } }`;
  const { data } = await send<{ answer: Answer }>(api.handler, who, query, { input });
  return data.answer;
};
const change = (at: WorkRegion, who: Caller | null, name: string, input: object) =>
  run<Payload<'panel', Panel>>(at, who, name, { periodId: PERIOD, ...input }, panel);
const rate = (at: WorkRegion, rater: string, rateeId: string, group = 'PEER') =>
  run<Payload<'rating', object>>(
    at,
    caller(rater),
    'submitRating',
    { periodId: PERIOD, rateeId, group, instrumentId: 'overall', scores: [{ itemId: 'OVERALL', score: 4 }] },
    'rating { ratedAt }',
  );
const decline = (at: WorkRegion, rater: string, rateeId: string, more: object = {}) =>
  run<{ readonly declined: boolean } & Payload<'x', null>>(
    at,
    caller(rater),
    'declineRating',
    { periodId: PERIOD, rateeId, group: 'PEER', reason: 'Adik ipar', ...more },
    'declined',
  );
const tasks = async ({ api }: WorkRegion, who: string): Promise<readonly string[]> => {
  type Tasks = {
    readonly myTasks: {
      readonly nodes: readonly { kind: string; group: string | null; staff: { id: string } }[];
    };
  };
  const query = '{ myTasks(first: 100) { nodes { kind group staff { id } } } }';
  const { data } = await send<Tasks>(api.handler, caller(who), query);
  return data.myTasks.nodes.map(({ kind, group, staff }) =>
    [kind, group, staff.id].filter((word) => word !== null).join(' '),
  );
};

/** Lets two use cases read and decide, then write one after the other. */
function inTurn(deps: Deps, first: string) {
  const arrived: (() => void)[] = [];
  const both = new Promise<void>((resolve) => arrived.push(resolve));
  let waiting = 0;
  let isDone: () => void = () => {};
  const firstIsDone = new Promise<void>((resolve) => {
    isDone = resolve;
  });
  const turn = (name: string): Deps => ({
    ...deps,
    store: {
      ...deps.store,
      commit: async (...given: Parameters<Deps['store']['commit']>) => {
        waiting += 1;
        if (waiting === 2) for (const go of arrived) go();
        await both;
        if (name !== first) await firstIsDone;
        try {
          return await deps.store.commit(...given);
        } finally {
          if (name === first) isDone();
        }
      },
    },
  });
  return { deps, turn };
}

/** Whether somebody would be refused as no peer, next to one who is none: so that nothing is written. */
const nominatedWith = async (at: WorkRegion, who: string, peer: string) => {
  const found = await change(at, caller(who), 'nominatePeers', { staffId: who, peerIds: [peer, 'no one'] });
  return { refused: problemsOf(found).includes('NOT_A_PEER peerIds 0') };
};

describe('nominated peers', () => {
  let at: WorkRegion;
  beforeAll(async () => {
    at = await open('NOMINATED');
  });

  test('a nurse is asked to name peers; the assessor approves, refuses with a reason and names another', async () => {
    expect(await tasks(at, 'n1')).toContain('NOMINATE_PEERS n1');
    expect(problemsOf(await rate(at, 'n2', 'n1'))).toEqual(['NOT_A_RATER group']);
    const named = await change(at, caller('n1'), 'nominatePeers', { staffId: 'n1', peerIds: ['n2', 'n3'] });
    expect(named).toMatchObject({ panel: { assigned: false, version: 1 }, userErrors: [] });
    expect(problemsOf(await rate(at, 'n2', 'n1'))).toEqual(['NOT_A_RATER group']);
    expect(await tasks(at, 'kapus')).toContain('DECIDE_PEERS n1');

    const decided = await change(at, caller('kapus'), 'decidePeers', {
      staffId: 'n1',
      version: 1,
      approve: ['n2'],
      refuse: [{ staffId: 'n3', reason: 'Suami istri' }],
      add: [{ staffId: 'n4', reason: 'Satu regu jaga' }],
    });
    expect(decided).toMatchObject({ panel: { assigned: true, version: 2 }, userErrors: [] });
    expect(decided.panel?.members.map(({ staff, state }) => [staff.id, state])).toEqual([
      ['n2', 'APPROVED'],
      ['n3', 'REFUSED'],
      ['n4', 'APPROVED'],
    ]);
    expect(await tasks(at, 'kapus')).not.toContain('DECIDE_PEERS n1');
    expect(await tasks(at, 'n4')).toContain('SUBMIT_RATING PEER n1');
  });

  test('whom one may name is listed by name, page by page: exactly those who are taken', async () => {
    const QUERY = `query ($periodId: ID!, $first: Int!, $after: String) {
      list: peerCandidates(periodId: $periodId, first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
    interface Page {
      readonly nodes: readonly { readonly id: string }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    }
    const ask = (who: Caller | null, variables: object = {}) =>
      send<{ list: Page }>(at.api.handler, who, QUERY, { periodId: PERIOD, first: 3, ...variables });
    const listed = async (who: string): Promise<readonly string[]> => {
      const found: string[] = [];
      let after: string | null = null;
      for (let more = true; more; ) {
        const { list }: { list: Page } = (await ask(caller(who), { after })).data;
        found.push(...list.nodes.map(({ id }) => id));
        ({ endCursor: after, hasNextPage: more } = list.pageInfo);
      }
      return found;
    };
    expect(await listed('n1')).toEqual(['n2', 'n3', 'n4', 'n5']);
    const everybody = region.people.map(({ id }) => id);
    for (const who of ['n3', 'kapus', 'kapus2', 'm1']) {
      const taken = [];
      for (const peer of everybody) {
        const { refused } = await nominatedWith(at, who, peer);
        if (!refused) taken.push(peer);
      }
      expect([who, (await listed(who)).filter((id) => everybody.includes(id)).sort()]).toEqual([
        who,
        taken.sort(),
      ]);
    }
    expect((await ask(caller('account-hr', 'HR_ADMIN'))).codes).toEqual(['NOT_FOUND']);
    expect((await ask(nobody)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await ask(caller('n1'), { periodId: '2031-Q1' })).codes).toEqual(['NOT_FOUND']);
  });

  test('of two decisions at once one counts', async () => {
    await change(at, caller('n2'), 'nominatePeers', { staffId: 'n2', peerIds: ['n1', 'n3'] });
    const decide = (approve: string, refuse: string) =>
      change(at, caller('kapus'), 'decidePeers', {
        staffId: 'n2',
        version: 1,
        approve: [approve],
        refuse: [{ staffId: refuse, reason: 'Kerabat' }],
        reason: 'Unit kecil',
      });
    const outcomes = await Promise.all([decide('n1', 'n3'), decide('n3', 'n1')]);
    expect(outcomes.map(problemsOf).sort()).toEqual([[], ['CONFLICT version']]);
    const members = outcomes.map(({ panel: decided }) => decided?.members);
    expect(members[0]).toEqual(members[1]);
  });

  test('only the assigned ones rate, and a rating done is no task any more', async () => {
    expect((await rate(at, 'n2', 'n1')).userErrors).toEqual([]);
    expect(problemsOf(await rate(at, 'n3', 'n1'))).toEqual(['NOT_A_RATER group']);
    expect(problemsOf(await rate(at, 'n5', 'n1'))).toEqual(['NOT_A_RATER group']);
    expect(await tasks(at, 'n2')).not.toContain('SUBMIT_RATING PEER n1');
    expect(problemsOf(await decline(at, 'n2', 'n1'))).toEqual(['ALREADY_RATED rateeId']);
  });

  test('who declines says why, and the assessor puts somebody in their place', async () => {
    expect(problemsOf(await decline(at, 'n4', 'n1', { reason: ' ' }))).toEqual(['REQUIRED reason']);
    expect(problemsOf(await decline(at, 'n5', 'n1'))).toEqual(['NOT_A_RATER group']);
    expect(await decline(at, 'n4', 'n1')).toMatchObject({ declined: true, userErrors: [] });
    expect(await tasks(at, 'n4')).not.toContain('SUBMIT_RATING PEER n1');
    expect(problemsOf(await rate(at, 'n4', 'n1'))).toEqual(['NOT_A_RATER group']);
    const replaced = await change(at, caller('kapus'), 'decidePeers', {
      staffId: 'n1',
      version: 3,
      add: [{ staffId: 'n5', reason: 'Pengganti' }],
    });
    expect(replaced.userErrors).toEqual([]);
    expect((await rate(at, 'n5', 'n1')).userErrors).toEqual([]);
    const trail = await at.deps.store.audit.entries(`PEER_PANEL#${PERIOD}#n1`, { first: 9, after: null });
    expect(trail.items.map(({ value }) => [value.operation, value.actor.id])).toEqual([
      ['nominatePeers', 'n1'],
      ['decidePeers', 'kapus'],
      ['declineRating', 'n4'],
      ['decidePeers', 'kapus'],
    ]);
  });

  test('is for the person and the assessor; what the person sees leaves out who declined and who was added', async () => {
    const query = `{ peerPanel(periodId: "${PERIOD}", staffId: "n1") { members { staff { id } state reason } } }`;
    const ask = (who: Caller | null) => send(at.api.handler, who, query);
    expect(JSON.stringify((await ask(caller('kapus'))).data)).toContain('Adik ipar');
    expect(JSON.stringify((await ask(hrAdmin)).data)).toContain('DECLINED');
    const own = JSON.stringify((await ask(caller('n1'))).data);
    expect(own).toContain('n2');
    expect(own).not.toMatch(/n4|n5|DECLINED|Adik/);
    for (const who of [caller('n2'), caller('kapus2'), employee])
      expect((await ask(who)).codes).toEqual(['FORBIDDEN']);
    expect((await ask(nobody)).codes).toEqual(['UNAUTHENTICATED']);
    const refused = { staffId: 'n1', approve: ['n2'] };
    expect(problemsOf(await change(at, caller('n1'), 'decidePeers', refused))).toEqual(['FORBIDDEN']);
    expect(
      problemsOf(await change(at, caller('n2'), 'nominatePeers', { staffId: 'n1', peerIds: ['n2', 'n3'] })),
    ).toEqual(['FORBIDDEN']);
    expect(
      problemsOf(
        await change(at, caller('m1'), 'nominatePeers', { staffId: 'm1', peerIds: ['n2', 'ghost'] }),
      ),
    ).toEqual(['NOT_A_PEER peerIds 0', 'NOT_FOUND peerIds 1']);
  });

  test('a nominee who heads the unit by now is not approved as a peer; as the assessor they refuse themselves', async () => {
    const it = await open('NOMINATED');
    await change(it, caller('n1'), 'nominatePeers', { staffId: 'n1', peerIds: ['n2', 'n3', 'n4'] });
    const version = (await it.deps.store.organisation.load()).units.get('puskesmas')?.version ?? 0;
    const head = { staffId: 'n2', from: '2026-03-10' };
    await editUnit(it.deps, hr, { id: 'puskesmas', version, head });

    const decide = (input: object) =>
      change(it, caller('n2'), 'decidePeers', { staffId: 'n1', version: 1, ...input });
    const refuse = [{ staffId: 'n2', reason: 'Kini pimpinan' }];
    expect(problemsOf(await decide({ approve: ['n2', 'n3', 'n4'] }))).toEqual(['NOT_A_PEER approve 0']);
    const decided = await decide({ approve: ['n3', 'n4'], refuse });
    expect(decided).toMatchObject({ panel: { assigned: true }, userErrors: [] });
    expect(await tasks(it, 'n2')).not.toContain('DECIDE_PEERS n1');
    expect(problemsOf(await rate(it, 'n2', 'n1'))).toEqual(['NOT_A_RATER group']);
    expect((await rate(it, 'n2', 'n1', 'SUPERIOR')).userErrors).toEqual([]);
  });

  describe('in small units, of a policy that asks for three', () => {
    let it: WorkRegion;
    const nurse = (id: string, unit: string, more: object = {}) => ({ id, unit, jobGroup: 'nurse', ...more });
    const asked = async (who: string): Promise<boolean> =>
      (await tasks(it, who)).includes(`NOMINATE_PEERS ${who}`);
    beforeAll(async () => {
      it = await open('NOMINATED', {
        minimum: 3,
        units: [
          { id: 'alone', parent: 'dinkes', head: 'kapus' },
          { id: 'headless' },
          { id: 'left', parent: 'dispar', head: 'kaleft' },
        ],
        people: [
          nurse('m2', 'puskesmas2'),
          nurse('a1', 'alone', { assessor: 'kapus2' }),
          nurse('h1', 'headless'),
          nurse('h2', 'headless'),
          nurse('kaleft', 'left'),
          nurse('l1', 'left'),
          nurse('l2', 'left', { movesTo: { unit: 'puskesmas', shard: 0, from: '2026-04-01' } }),
        ],
      });
    });

    test('who has fewer peers names them all, and the assessor decides with a reason', async () => {
      expect(await asked('m1')).toBe(true);
      const name = (who: string, peerIds: readonly string[]) =>
        change(it, caller(who), 'nominatePeers', { staffId: who, peerIds });
      // A colleague, and one elsewhere who has the same assessor.
      expect(problemsOf(await name('m1', ['m2']))).toEqual(['TOO_FEW_PEERS peerIds']);
      expect((await name('m1', ['m2', 'a1'])).userErrors).toEqual([]);
      expect(await asked('m1')).toBe(false);
      expect(await tasks(it, 'kapus2')).toContain('DECIDE_PEERS m1');
      const decide = { staffId: 'm1', version: 1, approve: ['m2', 'a1'] };
      expect(problemsOf(await change(it, caller('kapus2'), 'decidePeers', decide))).toEqual([
        'TOO_FEW_PEERS approve',
        'REASON_REQUIRED reason',
      ]);
      const decided = await change(it, caller('kapus2'), 'decidePeers', { ...decide, reason: 'Unit kecil' });
      expect(decided).toMatchObject({ panel: { assigned: true }, userErrors: [] });
      // The only other head below the agency.
      expect((await name('kapus', ['kapus2'])).userErrors).toEqual([]);
      expect(problemsOf(await name('n1', ['n2', 'n3']))).toEqual(['TOO_FEW_PEERS peerIds']);
    });

    test.each([
      ['a nurse among nurses', 'n1', true],
      ['the head of a unit beside others', 'kapus2', true],
      ['who shares the assessor with others, but no unit', 'a1', true],
      ['who has nobody to decide', 'h1', false],
      ['who heads everybody', 'kadis', false],
      ['the head of the only unit below', 'kaleft', false],
    ])('%s (%s) is asked to name peers: %s', async (_, who, expected) => {
      expect(await asked(who)).toBe(expected);
    });

    test('of a period that has ended, who were peers on its last day', async () => {
      const ended = { ...it.deps, now: () => '2026-04-02T03:00:00.000Z' };
      const kinds = (await myTasks(ended, as('l1'))).map(({ kind }) => kind);
      expect(kinds).toContain('NOMINATE_PEERS');
      const named = nominatePeers(ended, as('l1'), { periodId: PERIOD, staffId: 'l1', peerIds: ['l2'] });
      expect((await named).members).toHaveLength(1);
    });

    test('for who has colleagues it costs no look at the whole unit', async () => {
      const staff = { ...it.deps.store.staff, roster: () => Promise.reject(new Error('read')) };
      const frugal = { ...it.deps, store: { ...it.deps.store, staff } };
      expect((await myTasks(frugal, as('n1'))).map(({ kind }) => kind)).toContain('NOMINATE_PEERS');
    });
  });

  test.each(['PEER', 'SUBORDINATE'] as const)(
    'of declining and rating as %s in the same moment one counts, whoever is first',
    async (group) => {
      for (const first of ['DECLINE', 'RATE'] as const) {
        const it = await open('NOMINATED');
        const rateeId = group === 'PEER' ? 'n1' : 'kapus';
        if (group === 'PEER') {
          await change(it, caller('n1'), 'nominatePeers', { staffId: 'n1', peerIds: ['n2', 'n3'] });
          await change(it, caller('kapus'), 'decidePeers', {
            staffId: 'n1',
            version: 1,
            approve: ['n2', 'n3'],
          });
        }
        // Both have read and decided before either writes.
        const { deps, turn } = inTurn(it.deps, first);
        const actor = as('n2');
        const pair = { periodId: PERIOD, rateeId, group };
        const declining = declineRating(turn('DECLINE'), actor, { ...pair, reason: 'Adik ipar' });
        const rating = submitRating(turn('RATE'), actor, {
          ...pair,
          instrumentId: 'overall',
          scores: [{ itemId: 'OVERALL', score: 2 }],
        });
        const [declined, rated] = await Promise.allSettled([declining, rating]);
        expect([declined.status, rated.status]).toEqual(
          first === 'DECLINE' ? ['fulfilled', 'rejected'] : ['rejected', 'fulfilled'],
        );
        const lost = first === 'DECLINE' ? rated : declined;
        const error: unknown = lost.status === 'rejected' ? lost.reason : null;
        expect(error instanceof Rejection ? error.problems.map(({ code }) => code) : error).toEqual([
          first === 'DECLINE' ? 'NOT_A_RATER' : 'ALREADY_RATED',
        ]);
        const done = await deps.store.ratings.ratedBy('n2', PERIOD);
        expect(done).toHaveLength(first === 'DECLINE' ? 0 : 1);
      }
    },
  );

  test('a subordinate declines too, and is asked no more', async () => {
    expect(await tasks(at, 'n3')).toContain('SUBMIT_RATING SUBORDINATE kapus');
    expect((await decline(at, 'n3', 'kapus', { group: 'SUBORDINATE' })).declined).toBe(true);
    expect(await tasks(at, 'n3')).not.toContain('SUBMIT_RATING SUBORDINATE kapus');
    expect(problemsOf(await decline(at, 'm1', 'kapus', { group: 'SUBORDINATE' }))).toEqual([
      'NOT_A_RATER group',
    ]);
    expect(problemsOf(await rate(at, 'n3', 'kapus', 'SUBORDINATE'))).toEqual(['NOT_A_RATER group']);
  });
});

describe('drawn peers', () => {
  let at: WorkRegion;
  beforeAll(async () => {
    at = await open('DRAWN');
  });
  const draw = (who: Caller) =>
    run<{ imported: number; unchanged: number } & Payload<'x', null>>(
      at,
      who,
      'drawPeers',
      { periodId: PERIOD, unitId: 'puskesmas' },
      'imported unchanged',
    );
  const panelOf = async (staffId: string, { deps } = at) => {
    const found = await deps.store.peers.panel({
      address: { collection: { unitId: 'puskesmas', shard: 0 }, year: 2026 },
      periodId: PERIOD,
      staffId,
    });
    if (found === null) throw new Error(`no panel of ${staffId}`);
    return found;
  };

  /** Whom somebody was told to rate. */
  const toldOf = async (staffId: string): Promise<readonly string[]> => {
    const { data } = await send<{ notices: { nodes: { kind: string; staff: { id: string } | null }[] } }>(
      at.api.handler,
      caller(staffId),
      '{ notices { nodes { kind staff { id } } } }',
    );
    return data.notices.nodes.flatMap(({ kind, staff }) =>
      kind === 'TASK_ASSIGNED' && staff !== null ? [staff.id] : [],
    );
  };

  test('everybody of the unit gets theirs once, from their peers', async () => {
    expect(problemsOf(await draw(caller('n1')))).toEqual(['FORBIDDEN']);
    expect(await draw(caller('kapus'))).toMatchObject({ imported: 6, unchanged: 0, userErrors: [] });
    const before = await panelOf('n1');
    expect(await draw(hrAdmin)).toMatchObject({ imported: 0, unchanged: 6 });
    expect(await panelOf('n1')).toEqual(before);
    expect(approvedOf(before)).toHaveLength(3);
    for (const peer of approvedOf(before)) expect(['n2', 'n3', 'n4', 'n5']).toContain(peer);
    // The head's peers are the heads beside them, and nobody of the unit that they assess.
    expect(approvedOf(await panelOf('kapus'))).toEqual(['kapus2']);
    expect(await toldOf('kapus2')).toEqual(['kapus']);
    for (const peer of ['n1', 'n2', 'n3', 'n4', 'n5'])
      expect((await toldOf(peer)).includes('n1')).toBe(approvedOf(before).includes(peer));
  });

  test('are nothing that the person could draw again', async () => {
    const { seed } = await panelOf('n1');
    expect(seed).toMatch(/^[0-9a-f]{64}$/);
    const query = `query ($id: ID!) { peerPanel(periodId: "${PERIOD}", staffId: $id) { seed members { state } } }`;
    const seen = async (who: Caller, id: string) =>
      (await send<{ peerPanel: object | null }>(at.api.handler, who, query, { id })).data.peerPanel;
    expect(await seen(caller('n1'), 'n1')).toEqual({ seed: null, members: [] });
    expect(await seen(caller('n1', 'HR_ADMIN'), 'n1')).toEqual({ seed: null, members: [] });
    expect(await seen(caller('kapus'), 'n1')).toMatchObject({ seed });
  });

  test('who declines is replaced by the next lot', async () => {
    const [first = '', ...others] = approvedOf(await panelOf('n1'));
    expect((await decline(at, first, 'n1')).declined).toBe(true);
    const now = approvedOf(await panelOf('n1'));
    expect(now).toHaveLength(3);
    expect(now.slice(0, 2)).toEqual(others);
    expect(await tasks(at, now[2] ?? '')).toContain('SUBMIT_RATING PEER n1');
    expect(await toldOf(now[2] ?? '')).toContain('n1');
    expect((await rate(at, now[2] ?? '', 'n1')).userErrors).toEqual([]);
  });

  test('a head who loses a peer gets the next of the heads beside them', async () => {
    const heads = ['3', '4', '5', '6'];
    const it = await open('DRAWN', {
      units: heads.map((n) => ({ id: `puskesmas${n}`, parent: 'dinkes', head: `kapus${n}` })),
      people: heads.map((n) => ({ id: `kapus${n}`, unit: `puskesmas${n}`, jobGroup: 'leader' })),
    });
    await drawPeers(it.deps, hr, { periodId: PERIOD, unitId: 'puskesmas' });
    const [first = '', ...others] = approvedOf(await panelOf('kapus', it));
    expect(others).toHaveLength(2);
    expect((await decline(it, first, 'kapus')).declined).toBe(true);

    const { seed, ...after } = await panelOf('kapus', it);
    const lots = lotsOf(
      seed ?? '',
      ['2', ...heads].map((n) => `kapus${n}`),
    );
    expect(approvedOf(after)).toEqual(inOrderOfLots(lots).slice(1, 4));
    expect(await tasks(it, approvedOf(after)[2] ?? '')).toContain('SUBMIT_RATING PEER kapus');
  });

  test('who will move later gets the next lot among the colleagues whom they still have', async () => {
    const it = await open('DRAWN', {
      people: [
        {
          id: 'n6',
          unit: 'puskesmas',
          jobGroup: 'nurse',
          movesTo: { unit: 'puskesmas2', shard: 0, from: '2026-03-25' },
        },
      ],
    });
    await drawPeers(it.deps, hr, { periodId: PERIOD, unitId: 'puskesmas' });
    const [first = '', ...others] = approvedOf(await panelOf('n6', it));
    expect((await decline(it, first, 'n6')).declined).toBe(true);
    const now = approvedOf(await panelOf('n6', it));
    expect(now).toHaveLength(3);
    expect(now.slice(0, 2)).toEqual(others);
    expect(['n1', 'n2', 'n3', 'n4', 'n5']).toContain(now[2]);
  });

  test('nobody nominates where the lot decides', async () => {
    const named = await change(at, caller('n2'), 'nominatePeers', {
      staffId: 'n2',
      peerIds: ['n1', 'n3'],
      version: 1,
    });
    expect(problemsOf(named)).toEqual(['PEERS_NOT_CHOSEN periodId']);
  });
});
