/** A plan's dialogue: both sides on two devices each propose, ask for changes, agree, take back and amend what they have just read. */
import { type Caller, caller, planner } from '../../api/endpoint-client.ts';
import type { Arena } from './clients.ts';
import { History, isLinearizable, type Model } from './linearizable.ts';
import type { Played } from './scenario.ts';

const ROUNDS = 6;
const DEVICES = 2;

type Side = 'OWNER' | 'SUPERIOR';
const MOVES = ['PROPOSE', 'REQUEST_CHANGES', 'AGREE', 'WITHDRAW', 'AMEND'] as const;
type Move = (typeof MOVES)[number];

interface Dialogue {
  readonly version: number | null;
  readonly state: string | null;
  readonly proposedBy: Side | null;
  /** Of the agreed content; null: none yet. */
  readonly revision: number | null;
}

type Input =
  | { readonly does: 'READ' }
  | { readonly does: Move; readonly side: Side; readonly version: number | null };
type Output = Dialogue | string;

/** The dialogue as the regulation and docs tell it, written anew. */
const moved = (before: Dialogue, move: Move, side: Side): Dialogue | 'WRONG_STATE' | 'FORBIDDEN' => {
  const version = (before.version ?? 0) + 1;
  const { state, proposedBy, revision } = before;
  switch (move) {
    case 'PROPOSE':
      if (revision !== null && state === null) return 'WRONG_STATE';
      return { version, state: 'PROPOSED', proposedBy: side, revision };
    case 'AMEND':
      if (revision === null || state !== null) return 'WRONG_STATE';
      return { version, state: 'PROPOSED', proposedBy: side, revision };
    case 'REQUEST_CHANGES':
      if (state !== 'PROPOSED') return 'WRONG_STATE';
      return proposedBy === side ? 'FORBIDDEN' : { ...before, version, state: 'CHANGES_REQUESTED' };
    case 'AGREE':
      if (state !== 'PROPOSED') return 'WRONG_STATE';
      if (proposedBy === side) return 'FORBIDDEN';
      return { version, state: null, proposedBy: null, revision: (revision ?? 0) + 1 };
    case 'WITHDRAW':
      if (state !== 'PROPOSED' && state !== 'CHANGES_REQUESTED') return 'WRONG_STATE';
      if (proposedBy !== side) return 'FORBIDDEN';
      return revision === null
        ? { ...before, version, state: 'DRAFT' }
        : { version, state: null, proposedBy: null, revision };
  }
};

const model: Model<Dialogue, Input, Output> = {
  initial: { version: null, state: null, proposedBy: null, revision: null },
  step: (dialogue, input, output) => {
    if (input.does === 'READ')
      return typeof output !== 'string' && isSame(dialogue, output) ? dialogue : null;
    if (input.version !== dialogue.version) {
      // Who proposes first is told that there is a plan, or that it has a version.
      const isFirst = input.version === null && output === 'ALREADY_EXISTS';
      return output === 'CONFLICT' || isFirst ? dialogue : null;
    }
    const after = moved(dialogue, input.does, input.side);
    if (typeof after === 'string') return output === after ? dialogue : null;
    return output === 'DONE' ? after : null;
  },
  keyOf: (dialogue) => JSON.stringify(dialogue),
};

const isSame = (a: Dialogue, b: Dialogue): boolean =>
  a.version === b.version &&
  a.state === b.state &&
  a.proposedBy === b.proposedBy &&
  a.revision === b.revision;

interface PlanRead {
  readonly version: number;
  readonly proposalState: string | null;
  readonly proposedBy: Side | null;
  readonly agreed: { readonly revision: number } | null;
}
const FIELDS = '{ version proposalState proposedBy agreed { revision } }';
const toDialogue = (plan: PlanRead | null): Dialogue =>
  plan === null
    ? model.initial
    : {
        version: plan.version,
        state: plan.proposalState,
        proposedBy: plan.proposedBy,
        revision: plan.agreed?.revision ?? null,
      };

const MUTATIONS: Readonly<Record<Move, readonly [name: string, input: string]>> = {
  PROPOSE: ['proposePlan', 'ProposePlanInput'],
  REQUEST_CHANGES: ['requestPlanChanges', 'RequestPlanChangesInput'],
  AGREE: ['agreePlan', 'AgreePlanInput'],
  WITHDRAW: ['withdrawPlanProposal', 'WithdrawPlanProposalInput'],
  AMEND: ['amendPlan', 'AmendPlanInput'],
};

/** @returns the id of an indicator that plans can name */
export async function indicatorFor(arena: Arena): Promise<string> {
  const made = await arena.mutate<{ id: string }>(
    planner,
    'createIndicator',
    'CreateIndicatorInput',
    {
      code: 'KUNJUNGAN',
      definition: {
        name: 'Kunjungan rumah',
        description: 'Kunjungan',
        formula: 'cacah',
        source: 'register',
        measure: { unitOfMeasure: 'kunjungan', polarity: 'MAXIMIZE', buildUp: 'SUM' },
        effectiveFrom: '2025-01-01',
      },
    },
    'indicator { id }',
  );
  if (made.answer === null) throw new Error(made.codes.join());
  return made.answer.id;
}

export async function agreeOnPlan(
  arena: Arena,
  indicatorId: string,
  { owner, superior, year }: { readonly owner: string; readonly superior: string; readonly year: number },
): Promise<Played> {
  const history = new History<Input, Output>(arena.tick);
  const planId = `${owner}:${year}`;
  let titles = 0;
  const read = (who: Caller): Promise<Dialogue> =>
    history.record(
      async () =>
        toDialogue(
          (
            await arena.query<{ plan: PlanRead | null }>(
              who,
              `query ($id: ID!, $year: Int!) { plan(staffId: $id, year: $year) ${FIELDS} }`,
              { id: owner, year },
            )
          ).plan,
        ),
      (dialogue) => [{ input: { does: 'READ' }, output: dialogue }],
    );
  const inputOf = (move: Move, version: number | null): object => {
    titles += 1;
    const lines = [
      {
        title: `Kunjungan rumah ${titles}`,
        aspect: 'QUANTITY',
        indicatorId,
        target: { value: '600' },
      },
    ];
    const content = { lines, equalWeights: true };
    switch (move) {
      case 'PROPOSE':
        return { staffId: owner, year, version, ...content };
      case 'AMEND':
        return { planId, version: version ?? 0, reason: 'Desa bertambah', ...content };
      case 'REQUEST_CHANGES':
        return { planId, version: version ?? 0, text: 'Naikkan target' };
      default:
        return { planId, version: version ?? 0 };
    }
  };
  const act = async (who: Caller, side: Side, move: Move, version: number | null): Promise<void> => {
    const [name, type] = MUTATIONS[move];
    await history.record(
      () => arena.mutate<PlanRead>(who, name, type, inputOf(move, version), `plan ${FIELDS}`),
      ({ answer, codes }) =>
        codes.length > 0 || answer === null
          ? [{ input: { does: move, side, version }, output: codes.join() }]
          : [
              { input: { does: move, side, version }, output: 'DONE' },
              { input: { does: 'READ' }, output: toDialogue(answer) },
            ],
    );
  };
  const device = async (who: Caller, side: Side): Promise<void> => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { version } = await read(who);
      // Before the first proposal there is nothing that the other moves could name.
      const move = version === null ? 'PROPOSE' : (MOVES[arena.random(MOVES.length)] ?? 'PROPOSE');
      await act(who, side, move, version);
    }
  };
  await Promise.all(
    Array.from({ length: DEVICES }, () => [
      device(caller(owner), 'OWNER'),
      device(caller(superior), 'SUPERIOR'),
    ]).flat(),
  );
  const { events } = history;
  const wrong = isLinearizable(model, events)
    ? []
    : [
        events
          .map(({ input, output, called, answered }) => JSON.stringify([called, answered, input, output]))
          .join(' '),
      ];
  return { operations: events.length, wrong, again: 0 };
}
