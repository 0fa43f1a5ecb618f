import { inParallel } from '../../domain/in-parallel.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { WorkCollection } from '../../domain/organisation/staff.ts';
import type { Store } from '../../store/store.ts';
import { CloseError, type CloseRun, type ClosingPeriod, findClosing } from './close-run.ts';
import { shardsOf } from './shard-list.ts';

/** Part of the frozen list of shards, from `from` to before `to`; work goes on at `cursor`. */
export interface ShardTask extends CloseRun {
  readonly from: number;
  readonly to: number;
  readonly cursor?: number | undefined;
  /** The published run of a final period for which follow-up is proposed; left out: the shards are closed. */
  readonly follow?: string | undefined;
  /** Whether what follows for somebody of the shards before `cursor` waits for a decision. */
  readonly waiting?: boolean | undefined;
}

/** A finished task, or the task to go on with in a fresh process. */
export type TaskOutcome = { readonly done: true } | (ShardTask & { readonly cursor: number });

/** Whether there is time for more shards; asked before each shard but the first, so that every call gets further. */
export type HasTime = () => boolean;

/** A period that is being closed, and the organisation as frozen for it. */
export interface OpenTask {
  readonly period: ClosingPeriod;
  readonly organisation: Organisation;
}

/** Null when the run is over: then there is nothing to do. @throws CloseError `RunNotBegun`, `SnapshotMissing` */
export async function openTask(store: Store, task: ShardTask): Promise<OpenTask | null> {
  const period = await findClosing(store, task);
  return period && { period, organisation: await readSnapshot(store, task) };
}

/** Most units are small: a worker would wait for the table and not compute. Four of 1,000 staff still fit its memory. */
const SHARDS_AT_ONCE = 4;

/**
 * Does `work` on each shard of a task, in order, a few at a time: while one waits for the table, another computes.
 * When time runs out, those that were begun are finished.
 */
export async function eachShard(
  { organisation }: Pick<OpenTask, 'organisation'>,
  task: ShardTask,
  hasTime: HasTime,
  work: (collection: WorkCollection) => Promise<void>,
): Promise<TaskOutcome> {
  const start = task.cursor ?? task.from;
  const shards = shardsOf(organisation).slice(0, task.to);
  let cursor = start;
  function* whileTime(): Generator<WorkCollection> {
    for (const shard of shards.slice(start)) {
      if (cursor > start && !hasTime()) return;
      cursor += 1;
      yield shard;
    }
  }
  await inParallel(whileTime(), SHARDS_AT_ONCE, work);
  return cursor < shards.length ? { ...task, cursor } : { done: true };
}

/** The organisation as frozen at begin. @throws CloseError `SnapshotMissing` */
export async function readSnapshot(store: Store, { periodId, run }: CloseRun): Promise<Organisation> {
  const organisation = await store.closeRuns.snapshot(periodId, run);
  if (organisation === null)
    throw new CloseError('SnapshotMissing', `${periodId} ${run} has no organisation`);
  return organisation;
}
