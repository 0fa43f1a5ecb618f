/** Cuts a workflow at its calls and compares what it comes to with an undisturbed run, byte for byte. */
import {
  BEHIND_MILLISECONDS,
  type Cloud,
  comparedState,
  digestOf,
  KnownState,
  LATE_MILLISECONDS,
  linesOfState,
  type Ran,
  type RunOptions,
  type State,
  type Workflow,
} from './cloud.ts';
import { canBefall, FAULT_KINDS, type FaultKind, type Request, type Strike } from './wire.ts';

/** What was tried with one kind of fault, and what came out otherwise than undisturbed. */
export interface Trial {
  readonly fault: string;
  readonly tried: number;
  /** What was counted. */
  readonly of: 'calls cut' | 'pairs' | 'steps' | 'processes';
  readonly differences: readonly string[];
}

export interface TrialOptions {
  /** Which calls are cut; if left out all of them, and every step is delivered twice. */
  readonly at?: (call: number, request: Request) => boolean;
  readonly kinds?: readonly FaultKind[];
  /** How many pairs of faults, and what draws them. */
  readonly pairs?: { readonly count: number; readonly choose: (of: number) => number };
}

/** Runs a workflow undisturbed, then with faults. @throws Error when it does not come to the same twice undisturbed */
export async function tryFaults(
  cloud: Cloud,
  workflow: Workflow,
  { at, kinds = FAULT_KINDS, pairs }: TrialOptions = {},
): Promise<{ readonly calls: number; readonly trials: readonly Trial[] }> {
  const restore = withoutWaiting();
  try {
    const begin = await cloud.prepare(workflow);
    const undisturbed = await cloud.run(workflow);
    const comparison = createComparison(cloud, workflow, begin, undisturbed);
    const isWhole = at === undefined;
    /** What a process that dies before a call leaves, by the number of the call less one. */
    const left: string[] = [];
    const again = await comparison.verdict(isWhole ? { beforeCall: (key) => left.push(key) } : {});
    if (again !== null) throw new Error(`${workflow.name} is not the same when it is repeated: ${again}`);

    const trials: Trial[] = [];
    for (const kind of kinds) {
      const strikes = undisturbed.calls.flatMap((request, index) =>
        canBefall(kind, request) && (at === undefined || at(index + 1, request))
          ? [{ kind, call: index + 1 }]
          : [],
      );
      const differences: string[] = [];
      // Where nothing was written since the call before, a dead process leaves the same: it is restarted from once.
      const verdicts = new Map<string, string | null>();
      for (const strike of strikes) {
        const key = isDeathBefore(kind) ? left[strike.call - 1] : undefined;
        const known = key === undefined ? undefined : verdicts.get(key);
        const verdict = known === undefined ? await comparison.verdict({ strikes: [strike] }) : known;
        if (key !== undefined) verdicts.set(key, verdict);
        if (verdict !== null) differences.push(`${describe(strike, undisturbed)}: ${verdict}`);
      }
      trials.push({ fault: kind, tried: strikes.length, of: 'calls cut', differences });
    }
    if (isWhole) trials.push(...(await twice(comparison, undisturbed)));
    if (pairs !== undefined) trials.push(await inPairs(comparison, undisturbed, pairs));
    return { calls: undisturbed.calls.length, trials };
  } finally {
    restore();
  }
}

/** An event that is delivered a second time: at once, and when all is over. */
async function twice(comparison: Comparison, undisturbed: Ran): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const when of ['AT_ONCE', 'AT_THE_END'] as const) {
    const differences: string[] = [];
    for (let step = 1; step <= undisturbed.steps; step += 1) {
      const verdict = await comparison.verdict({ twice: { step, when } });
      if (verdict !== null) differences.push(`step ${step}: ${verdict}`);
    }
    const fault = when === 'AT_ONCE' ? 'delivered twice' : 'delivered again at the end';
    trials.push({ fault, tried: undisturbed.steps, of: 'steps', differences });
  }
  return trials;
}

async function inPairs(
  comparison: Comparison,
  undisturbed: Ran,
  { count, choose }: NonNullable<TrialOptions['pairs']>,
): Promise<Trial> {
  const differences: string[] = [];
  const draw = (kinds: readonly FaultKind[]): Strike => {
    for (;;) {
      const call = choose(undisturbed.calls.length) + 1;
      const kind = kinds[choose(kinds.length)];
      const request = undisturbed.calls[call - 1];
      if (kind !== undefined && request !== undefined && canBefall(kind, request)) return { kind, call };
    }
  };
  for (let pair = 0; pair < count; pair += 1) {
    // The clock jumps once at most.
    const strikes = [draw(FAULT_KINDS), draw(FAULT_KINDS.filter((kind) => millisecondsOf(kind) === 0))];
    const verdict = await comparison.verdict({ strikes });
    if (verdict !== null)
      differences.push(`${strikes.map((strike) => describe(strike, undisturbed)).join(' and ')}: ${verdict}`);
  }
  return { fault: 'random pairs', tried: count, of: 'pairs', differences };
}

const describe = ({ kind, call }: Strike, { calls }: Ran): string =>
  `${kind} at call ${call} (${calls[call - 1]?.operation})`;

const isDeathBefore = (kind: FaultKind): boolean => kind === 'killed before' || millisecondsOf(kind) !== 0;

const millisecondsOf = (kind: FaultKind): number => {
  if (kind === 'killed, an hour late') return LATE_MILLISECONDS;
  return kind === 'killed, clock behind' ? BEHIND_MILLISECONDS : 0;
};

interface Comparison {
  /** Runs the workflow from its beginning. @returns null when it comes to what it should, else what is otherwise */
  verdict(options: Pick<RunOptions, 'strikes' | 'twice' | 'beforeCall'>): Promise<string | null>;
}

function createComparison(cloud: Cloud, workflow: Workflow, begin: State, undisturbed: Ran): Comparison {
  let found: State | undefined = undisturbed.state;
  /** What a restart comes to follows from what is there, so it is tried once from each state. */
  const known = new Map<string, string | null>();
  const rewind = async (): Promise<void> => {
    await cloud.reset(begin, found);
    // Until a run has ended nobody knows what is there.
    found = undefined;
  };
  /** What undisturbed runs come to whose clock jumped somewhere on the way. */
  const compared = (state: State): State => comparedState(state, workflow);
  const wantedState = compared(undisturbed.state);
  const expected = new Map<number, Promise<readonly State[]>>([[0, Promise.resolve([wantedState])]]);
  const runsThatJump = async (milliseconds: number): Promise<readonly State[]> => {
    const states = new Map<string, State>();
    for (let after = 0; after <= undisturbed.effects; after += 1) {
      await rewind();
      const { state } = await cloud.run(workflow, { jump: { after, milliseconds } });
      found = state;
      const wanted = compared(state);
      states.set(digestOf(wanted), wanted);
    }
    return [...states.values()];
  };
  const expectedAfter = (milliseconds: number): Promise<readonly State[]> => {
    const states = expected.get(milliseconds) ?? runsThatJump(milliseconds);
    expected.set(milliseconds, states);
    return states;
  };

  return {
    verdict: async (options) => {
      const { strikes = [] } = options;
      const milliseconds = strikes.reduce((sum, { kind }) => sum + millisecondsOf(kind), 0);
      // A fault that the run never came to leaves the clock alone.
      const wanted = milliseconds === 0 ? await expectedAfter(0) : await expectedAfter(milliseconds);
      await rewind();
      const keys: string[] = [];
      const onRestart = (key: string, state: State): void => {
        if (known.has(key)) throw new KnownState(key, state);
        keys.push(key);
      };
      let verdict: string | null;
      try {
        const ran = await cloud.run(workflow, { ...options, onRestart });
        found = ran.state;
        const came = compared(ran.state);
        const text = digestOf(came);
        const jumped = ran.struck.some(({ kind }) => millisecondsOf(kind) !== 0);
        const allowed = jumped ? wanted : [wantedState];
        const isAllowed =
          allowed.some((state) => digestOf(state) === text) ||
          (jumped && workflow.writesAtOnce === true && isMadeOf(came, allowed));
        verdict = isAllowed ? null : differenceOf(came, closest(came, allowed));
        if (strikes.length === 1 && ran.struck.length === 0) verdict = 'the call was never reached';
      } catch (error) {
        if (error instanceof KnownState) {
          found = error.state;
          return known.get(error.key) ?? null;
        }
        verdict = `failed: ${error instanceof Error ? `${error.name} ${error.message}` : error}`;
      }
      for (const key of keys) known.set(key, verdict);
      return verdict;
    },
  };
}

/** Instants in keys: of notices, newest first. */
const INSTANT_IN_KEY = /#\d{13}#/g;

/** Whether the same things are there as in each of some states, everything as it is in one or another of them. */
function isMadeOf(state: State, others: readonly State[]): boolean {
  const linesByPlace = (of: State) =>
    new Map(
      Object.entries(linesOfState(of)).map(([place, text]) => [
        place.replaceAll(INSTANT_IN_KEY, '##'),
        `${place} ${text}`,
      ]),
    );
  const came = linesByPlace(state);
  const allowed = others.map(linesByPlace);
  return (
    allowed.every((one) => one.size === came.size) &&
    [...came].every(([place, line]) => allowed.some((one) => one.get(place) === line))
  );
}

const differingKeys = (a: State, b: State): readonly string[] => {
  const [left, right] = [linesOfState(a), linesOfState(b)];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (key) => left[key] !== right[key],
  );
};

function closest(state: State, allowed: readonly State[]): State {
  const [first = state, ...rest] = allowed;
  return rest.reduce(
    (best, next) => (differingKeys(state, next).length < differingKeys(state, best).length ? next : best),
    first,
  );
}

/** What is otherwise, in words. */
export function differenceOf(state: State, wanted: State): string {
  const keys = differingKeys(state, wanted);
  const [key = ''] = keys;
  return `${keys.length} items, ${keys.slice(0, 3).join('; ')}: ${linesOfState(state)[key] ?? 'missing'} instead of ${linesOfState(wanted)[key] ?? 'nothing'}`;
}

/** Repetitions wait a random time up to some bound: none, while faults are tried. @returns what puts chance back */
export function withoutWaiting(): () => void {
  const { random } = Math;
  Math.random = () => 0;
  return () => {
    Math.random = random;
  };
}
