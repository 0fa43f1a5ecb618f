import type { Actor } from '../domain/access-policy.ts';
import type { Locale } from '../domain/messages.ts';
import { correlatedStore } from '../store/correlated-store.ts';
import { requestStore } from '../store/request-store.ts';
import type { Deps } from '../usecases/deps.ts';

/** Filled in by the server (server.ts), read by the endpoint when the answer is made. */
export interface RequestNotes {
  field: string;
  refused: boolean;
}

/** What the resolvers of one request share. */
export interface GraphQLContext {
  readonly actor: Actor;
  readonly locale: Locale;
  /** Names the request in the log, in masked errors, and in the audit entries and jobs that it makes. */
  readonly correlationId: string;
  /** The store in it batches and remembers reads within the request. */
  readonly deps: Deps;
  /** What the server learns of the request while it answers, for the log. */
  readonly notes: RequestNotes;
}

/** A new context; each request needs its own, for the store in it remembers what was read. */
export const createContext = (
  deps: Deps,
  request: Pick<GraphQLContext, 'actor' | 'locale' | 'correlationId' | 'notes'>,
): GraphQLContext => {
  const { correlationId } = request;
  // One request is one moment, whatever of it is asked how often.
  const at = deps.now();
  const store = requestStore(correlatedStore(deps.store, correlationId));
  return { ...request, deps: { ...deps, correlationId, store, now: () => at } };
};
