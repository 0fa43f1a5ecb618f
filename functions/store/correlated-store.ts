import { delegate } from './delegate.ts';
import type { Store } from './store.ts';

/** The store of one request or one workflow: every audit entry that it writes says which, unless it is anonymous. */
export const correlatedStore = (store: Store, correlationId: string): Store =>
  delegate(store, { commit: (intent, writes) => store.commit({ ...intent, correlationId }, writes) });
