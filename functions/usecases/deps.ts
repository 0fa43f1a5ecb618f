import type { Instant } from '../domain/time.ts';
import type { FileStore } from '../store/contract/files.ts';
import type { Store } from '../store/store.ts';

/** Sets off what a job has written down. */
export interface JobStarter {
  /**
   * Does nothing when the job was started before.
   * @param correlationId of the request that wrote the job down
   */
  start(jobId: string, correlationId: string | null): Promise<void>;
}

/** What every use case is given. */
export interface Deps {
  readonly store: Store;
  /** Evidence, documents and exports. */
  readonly files: FileStore;
  /** What takes longer than a request. */
  readonly jobs: JobStarter;
  /** Now, as an instant in UTC. */
  readonly now: () => Instant;
  /** A new opaque id, sortable by time, for example `u-01J…`. */
  readonly newId: (prefix: string) => string;
  /** Of the request or the workflow, for what is started from here. */
  readonly correlationId?: string;
}
