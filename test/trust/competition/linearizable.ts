/** What one client did, and when by the run's own counter: nothing has the same moment. */
export interface Event<Input, Output> {
  readonly input: Input;
  readonly output: Output;
  readonly called: number;
  readonly answered: number;
  /** Place in the history of what the same call did before this. */
  readonly after?: number;
}

/** What the thing under test would do if everybody came one after the other. */
export interface Model<State, Input, Output> {
  readonly initial: State;
  /** The state afterwards; null when the output is none that the input has in this state. */
  step(state: State, input: Input, output: Output): State | null;
  /** The same text for the same state. */
  keyOf(state: State): string;
}

/**
 * Whether there is an order of all events that the model agrees with, in which an event that was answered before another was called
 * comes first (M. Herlihy, J. Wing: Linearizability, 1990). The search is that of J. Wing and C. Gong (1993): take any event that
 * nothing has to precede, try it, go back when there is no way on; a set of events that led to the same state before is not tried
 * again (G. Lowe, 2017).
 */
export function isLinearizable<State, Input, Output>(
  model: Model<State, Input, Output>,
  history: readonly Event<Input, Output>[],
): boolean {
  const tried = new Set<string>();
  const search = (done: bigint, count: number, state: State): boolean => {
    if (count === history.length) return true;
    const stateKey = model.keyOf(state);
    const key = `${done.toString(36)} ${stateKey}`;
    if (tried.has(key)) return false;
    tried.add(key);
    const isDone = (at: number): boolean => ((done >> BigInt(at)) & 1n) === 1n;
    const firstAnswer = Math.min(
      ...history.map(({ answered }, at) => (isDone(at) ? Number.POSITIVE_INFINITY : answered)),
    );
    const ways: { readonly done: bigint; readonly state: State }[] = [];
    for (const [at, { input, output, called, after }] of history.entries()) {
      if (isDone(at) || called > firstAnswer || (after !== undefined && !isDone(after))) continue;
      const next = model.step(state, input, output);
      if (next === null) continue;
      const way = { done: done | (1n << BigInt(at)), state: next };
      // What may come now and changes nothing may as well come now: wherever an order has it later, it can be moved here.
      if (model.keyOf(next) === stateKey) return search(way.done, count + 1, next);
      ways.push(way);
    }
    return ways.some((way) => search(way.done, count + 1, way.state));
  };
  return search(0n, 0, model.initial);
}

/** Records what clients do at the same time. */
export class History<Input, Output> {
  readonly events: Event<Input, Output>[] = [];
  readonly #tick: () => number;

  /** @param tick counts up with each call; shared by histories that have events in common */
  constructor(tick: () => number) {
    this.#tick = tick;
  }

  /** Does something and records it as one event, or as several that came one after the other. */
  async record<Answer>(
    act: () => Promise<Answer>,
    toEvents: (answer: Answer) => readonly { readonly input: Input; readonly output: Output }[],
  ): Promise<Answer> {
    const called = this.#tick();
    const answer = await act();
    const answered = this.#tick();
    const first = this.events.length;
    toEvents(answer).forEach((event, at) => {
      this.events.push({ ...event, called, answered, ...(at > 0 && { after: first + at - 1 }) });
    });
    return answer;
  }
}
