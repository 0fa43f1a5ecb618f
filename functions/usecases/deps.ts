import type { Instant } from '../domain/time.ts';
import type { FileStore } from '../store/contract/files.ts';
import type { Store } from '../store/store.ts';

/** What every use case is given. */
export interface Deps {
  readonly store: Store;
  /** Evidence, documents and exports. */
  readonly files: FileStore;
  /** Now, as an instant in UTC. */
  readonly now: () => Instant;
  /** A new opaque id, sortable by time, for example `u-01J…`. */
  readonly newId: (prefix: string) => string;
}
