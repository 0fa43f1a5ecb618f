import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  approvedOf,
  asSeenByRatee,
  decidePanel,
  declinePlace,
  drawPanel,
  inOrderOfLots,
  isOnPanel,
  nominate,
  type PeerPanel,
} from '../../../functions/domain/peers/peer-panel.ts';
import type { Problem } from '../../../functions/domain/problem.ts';
import { lotsOf } from '../../../functions/usecases/peers/lots.ts';

const KEY = { periodId: '2026-Q1', staffId: 'n1' };
const RULES = { choice: 'NOMINATED', minimum: 2, maximum: 3, drawAfterDays: 0 } as const;
/** More peers than the policy asks for. */
const MANY = 9;
const anybody = () => null;
const refusalOf = (id: string) => (id === 'stranger' ? 'NOT_A_PEER' : id === 'ghost' ? 'NOT_FOUND' : null);
const codes = (problems: readonly Problem[]) => problems.map(({ code, path }) => [code, ...path].join(' '));
const proposed = nominate(KEY, null, ['a', 'b', 'c'], anybody, RULES, MANY).panel;
const nothing = { approve: [], refuse: [], add: [], reason: null };
const decide = (before: PeerPanel | null, decision: Partial<typeof nothing> | object) =>
  decidePanel(KEY, before, { ...nothing, ...decision }, refusalOf, RULES);

describe('a nomination', () => {
  test('names as many peers as the policy asks, each once, and only peers', () => {
    expect(proposed.members.map(({ state }) => state)).toEqual(['NOMINATED', 'NOMINATED', 'NOMINATED']);
    expect(
      codes(nominate(KEY, null, ['a', 'stranger', 'a', 'ghost'], refusalOf, RULES, MANY).problems),
    ).toEqual(['NOT_A_PEER peerIds 1', 'DUPLICATE peerIds 2', 'NOT_FOUND peerIds 3', 'TOO_MANY peerIds']);
    expect(codes(nominate(KEY, null, ['a'], anybody, RULES, MANY).problems)).toEqual([
      'TOO_FEW_PEERS peerIds',
    ]);
  });

  test('nobody rates before the assessor has decided, and afterwards it stands', () => {
    expect(isOnPanel(proposed, 'a')).toBe(false);
    const { panel } = decide(proposed, { approve: ['a', 'b', 'c'] });
    expect(isOnPanel(panel, 'a')).toBe(true);
    expect(codes(nominate(KEY, panel, ['a', 'b'], anybody, RULES, MANY).problems)).toEqual(['WRONG_STATE']);
  });
});

describe('a place on a panel', () => {
  const panel = decide(proposed, { approve: ['a', 'b'], refuse: [{ staffId: 'c', reason: 'x' }] }).panel;
  test.each([
    ['who was approved', panel, 'a', true],
    ['who was refused, others being approved', panel, 'c', false],
    ['whom nobody named, others being approved', panel, 'x', false],
    ['who declined', declinePlace(panel, 'a', 'adik ipar', []), 'a', false],
    ['who was approved, another having declined', declinePlace(panel, 'a', 'adik ipar', []), 'b', true],
    ['who was nominated', proposed, 'a', false],
    ['where nothing is assigned yet', { ...panel, assigned: false }, 'a', false],
    ['where there is no panel', null, 'a', false],
  ])('is theirs, %s: %s', (_, of, staffId, has) => {
    expect(isOnPanel(of, staffId)).toBe(has);
  });
});

describe('a panel from one step to the next', () => {
  const stored = { ...proposed, version: 4 };

  test('is assigned by the assessor or the lot, and never by who nominates', () => {
    expect(proposed.assigned).toBe(false);
    expect(decide(proposed, { approve: ['a', 'b', 'c'] }).panel.assigned).toBe(true);
    const drawn = drawPanel(KEY, 's', lotsOf('s', ['a', 'b', 'c']), RULES);
    expect(drawn).toMatchObject({ assigned: true, seed: 's' });
    expect(isOnPanel(drawn, 'a')).toBe(true);
  });

  test('keeps its version and the seed of its draw', () => {
    expect(nominate(KEY, stored, ['a', 'd'], anybody, RULES, MANY).panel).toMatchObject({
      seed: null,
      version: 4,
    });
    expect(nominate(KEY, null, ['a', 'd'], anybody, RULES, MANY).panel.version).toBe(0);
    const drawn = { ...drawPanel(KEY, 's', lotsOf('s', ['a', 'b', 'c']), RULES), version: 4 };
    expect(decide(drawn, {}).panel).toEqual(drawn);
    expect(decide(null, {}).panel).toMatchObject({ seed: null, version: 0 });
  });

  test('is not joined a second time, nor by who was refused', () => {
    const { panel } = decide(proposed, { approve: ['a', 'b'], refuse: [{ staffId: 'c', reason: 'x' }] });
    const add = ['a', 'c', 'd', 'd'].map((staffId) => ({ staffId, reason: 'satu tim' }));
    const again = decide(panel, { add });
    expect(codes(again.problems)).toEqual([
      'DUPLICATE add 0 staffId',
      'DUPLICATE add 1 staffId',
      'DUPLICATE add 3 staffId',
    ]);
    expect(again.panel.members.slice(0, 3)).toEqual(panel.members);
  });

  test('goes on with a lot only where it was drawn', () => {
    const { panel } = decide(proposed, { approve: ['a', 'b', 'c'] });
    expect(approvedOf(declinePlace(panel, 'a', 'adik ipar', lotsOf('s', ['d', 'e'])))).toEqual(['b', 'c']);
  });
});

describe('at the limits of the policy', () => {
  test.each([
    [1, ['TOO_FEW_PEERS peerIds']],
    [2, []],
    [3, []],
    [4, ['TOO_MANY peerIds']],
  ])('%i nominated', (count, expected) => {
    const peers = ['a', 'b', 'c', 'd'].slice(0, count);
    expect(codes(nominate(KEY, null, peers, anybody, RULES, MANY).problems)).toEqual(expected);
  });

  test.each([
    [0, 1, [['TOO_FEW_PEERS', 1]]],
    [1, 1, []],
    [1, 2, [['TOO_FEW_PEERS', 2]]],
    [1, 3, [['TOO_FEW_PEERS', 2]]],
    [0, 0, []],
  ])('%i nominated where %i could be', (count, eligible, expected) => {
    const { problems } = nominate(KEY, null, ['a', 'b'].slice(0, count), anybody, RULES, eligible);
    expect(problems.map(({ code, params }) => [code, params['minimum']])).toEqual(expected);
  });

  test.each([
    [1, null, ['TOO_FEW_PEERS approve', 'REASON_REQUIRED reason']],
    [1, 'unit kecil', []],
    [2, null, []],
    [3, null, []],
    [4, null, ['TOO_MANY add']],
    [4, 'unit besar', ['TOO_MANY add']],
  ])('%i approved, with the reason %s', (count, reason, expected) => {
    const add = ['a', 'b', 'c', 'd'].slice(0, count).map((staffId) => ({ staffId, reason: 'satu tim' }));
    expect(codes(decide(null, { add, reason }).problems)).toEqual(expected);
  });

  test('who was refused is none of those who count', () => {
    const decision = { approve: ['a', 'b', 'c'], add: [] };
    expect(codes(decide(proposed, decision).problems)).toEqual([]);
    const refuse = [{ staffId: 'c', reason: 'x' }];
    const add = [{ staffId: 'd', reason: 'satu tim' }];
    expect(codes(decide(proposed, { approve: ['a', 'b'], refuse, add }).problems)).toEqual([]);
  });
});

test('equal lots are drawn by id, and the same whatever their order', () => {
  const lots = [
    { staffId: 'b', lot: '07' },
    { staffId: 'c', lot: '01' },
    { staffId: 'a', lot: '07' },
    { staffId: 'd', lot: 'ff' },
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(lots, { minLength: lots.length }), (shuffled) => {
      expect(inOrderOfLots(shuffled)).toEqual(['c', 'a', 'b', 'd']);
    }),
  );
});

describe('the assessor', () => {
  test('answers every nomination, refuses with a reason, and names others in their place', () => {
    const { panel, problems } = decide(proposed, {
      approve: ['a', 'b'],
      refuse: [{ staffId: 'c', reason: 'saudara kandung' }],
      add: [{ staffId: 'd', reason: 'satu tim' }],
    });
    expect(problems).toEqual([]);
    expect(approvedOf(panel)).toEqual(['a', 'b', 'd']);
    expect(panel.members[2]).toMatchObject({ state: 'REFUSED', reason: 'saudara kandung' });
  });

  test.each([
    ['leaves a nomination open', { approve: ['a', 'b'] }, ['REQUIRED approve']],
    ['says two things of one', { approve: ['a', 'a', 'b', 'c'] }, ['DUPLICATE approve 1']],
    ['approves whom nobody nominated', { approve: ['a', 'b', 'c', 'x'] }, ['NOT_FOUND approve 3']],
    [
      'gives no reason',
      { approve: ['a', 'b'], refuse: [{ staffId: 'c', reason: '' }] },
      ['REASON_REQUIRED refuse 0 reason'],
    ],
    [
      'adds a stranger, without a reason',
      {
        approve: ['a', 'b'],
        refuse: [{ staffId: 'c', reason: 'x' }],
        add: [{ staffId: 'stranger', reason: '' }],
      },
      ['NOT_A_PEER add 0 staffId', 'REASON_REQUIRED add 0 reason'],
    ],
    ['takes too many', { approve: ['a', 'b', 'c'], add: [{ staffId: 'd', reason: 'x' }] }, ['TOO_MANY add']],
    [
      'takes too few without a reason',
      { approve: ['a'], refuse: ['b', 'c'].map((staffId) => ({ staffId, reason: 'x' })) },
      ['TOO_FEW_PEERS approve', 'REASON_REQUIRED reason'],
    ],
  ])('who %s is told', (_, decision, expected) => {
    expect(codes(decide(proposed, decision).problems)).toEqual(expected);
  });

  test('takes fewer with a reason, and takes nobody off who may have rated', () => {
    const refuse = ['b', 'c'].map((staffId) => ({ staffId, reason: 'x' }));
    const { panel, problems } = decide(proposed, { approve: ['a'], refuse, reason: 'unit kecil' });
    expect(problems).toEqual([]);
    expect(codes(decide(panel, { refuse: [{ staffId: 'a', reason: 'x' }], reason: 'y' }).problems)).toEqual([
      'NOT_FOUND refuse 0 staffId',
    ]);
  });
});

describe('a nominee who is no peer any more', () => {
  const named = nominate(KEY, null, ['a', 'b', 'stranger'], anybody, RULES, MANY).panel;

  test('is not approved', () => {
    const { problems } = decide(named, { approve: ['a', 'b', 'stranger'] });
    expect(codes(problems)).toEqual(['NOT_A_PEER approve 2']);
  });

  test.each([
    [['a', 'b'], [], null],
    [['a'], ['b'], 'unit kecil'],
  ])('is refused, %j being approved', (approve, refused, reason) => {
    const refuse = [...refused, 'stranger'].map((staffId) => ({ staffId, reason: 'kini pimpinan' }));
    const { panel, problems } = decide(named, { approve, refuse, reason });
    expect(problems).toEqual([]);
    expect(panel.assigned).toBe(true);
    expect(approvedOf(panel)).toEqual(approve);
  });
});

describe('a draw', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 4, maxLength: 20 });

  test('takes as many as the policy, the same whatever the order of the candidates', () => {
    fc.assert(
      fc.property(ids, fc.string(), (candidates, seed) => {
        const panel = drawPanel(KEY, seed, lotsOf(seed, candidates), RULES);
        expect(approvedOf(panel)).toHaveLength(3);
        expect(drawPanel(KEY, seed, lotsOf(seed, candidates.toReversed()), RULES)).toEqual(panel);
      }),
    );
  });

  test('gives everybody the same chance', () => {
    const candidates = ['a', 'b', 'c', 'd', 'e', 'f'];
    const drawn = new Map(candidates.map((id) => [id, 0]));
    for (let seed = 0; seed < 1_200; seed += 1) {
      const [first = ''] = inOrderOfLots(lotsOf(String(seed), candidates));
      drawn.set(first, (drawn.get(first) ?? 0) + 1);
    }
    for (const count of drawn.values()) expect(Math.abs(count - 200)).toBeLessThan(60);
  });

  test('goes on with the next lot when somebody declines; a nominated panel waits', () => {
    const candidates = ['a', 'b', 'c', 'd', 'e'];
    const order = inOrderOfLots(lotsOf('s', candidates));
    const panel = drawPanel(KEY, 's', lotsOf('s', candidates), RULES);
    const after = declinePlace(panel, order[0] ?? '', 'adik ipar', lotsOf('s', candidates));
    expect(approvedOf(after)).toEqual([order[1], order[2], order[3]]);
    expect(after.members[0]).toMatchObject({ state: 'DECLINED', reason: 'adik ipar' });

    const { panel: nominated } = decide(proposed, { approve: ['a', 'b', 'c'] });
    expect(approvedOf(declinePlace(nominated, 'a', 'adik ipar', []))).toEqual(['b', 'c']);
  });
});

test('the person sees their nominations, not who was added or declined', () => {
  const decided = decide(proposed, {
    approve: ['a', 'b'],
    refuse: [{ staffId: 'c', reason: 'x' }],
    add: [{ staffId: 'd', reason: 'y' }],
  }).panel;
  const seen = asSeenByRatee(declinePlace(decided, 'a', 'rahasia', []));
  expect(seen.members.map(({ staffId, state, reason }) => [staffId, state, reason])).toEqual([
    ['a', 'APPROVED', null],
    ['b', 'APPROVED', null],
    ['c', 'REFUSED', 'x'],
  ]);
});
