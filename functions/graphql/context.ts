import type { Actor } from '../domain/access-policy.ts';
import type { Locale } from '../domain/messages.ts';
import type { Deps } from '../usecases/deps.ts';
import { requestStore } from './loaders.ts';

/** What the resolvers of one request share. */
export interface GraphQLContext {
  readonly actor: Actor;
  readonly locale: Locale;
  /** Names the request in the log and in masked errors. */
  readonly correlationId: string;
  /** The store in it batches and remembers reads within the request. */
  readonly deps: Deps;
}

/** A new context; each request needs its own, for the store in it remembers what was read. */
export const createContext = (
  deps: Deps,
  request: Pick<GraphQLContext, 'actor' | 'locale' | 'correlationId'>,
): GraphQLContext => ({ ...request, deps: { ...deps, store: requestStore(deps.store) } });
