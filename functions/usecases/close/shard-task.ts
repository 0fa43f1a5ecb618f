import type { PeriodRun } from '../../domain/evaluation/basis.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { WorkCollection } from '../../domain/organisation/staff.ts';
import type { Instrument } from '../../domain/rating/rating.ts';
import type { Store } from '../../store/store.ts';
import { namesForReading } from '../rating/rater-pseudonym.ts';
import { CloseError, type CloseRun, type ClosingPeriod, findClosing } from './close-run.ts';
import { shardsOf } from './shard-list.ts';

/** Part of the frozen list of shards, from `from` to before `to`; work goes on at `cursor`. */
export interface ShardTask extends CloseRun {
  readonly from: number;
  readonly to: number;
  readonly cursor?: number | undefined;
}

/** A finished task, or the task to go on with in a fresh process. */
export type TaskOutcome = { readonly done: true } | (ShardTask & { readonly cursor: number });

/** Whether there is time for more shards; asked before each group but the first, so that every call gets further. */
export type HasTime = () => boolean;

/** What a worker needs to treat one shard. */
export interface ShardWork {
  readonly period: ClosingPeriod;
  readonly organisation: Organisation;
  readonly collection: WorkCollection;
  /** Every version of every instrument. */
  readonly instruments: readonly Instrument[];
  /** The runs that it may build on, as frozen at begin: a year's on all of them, where policy says so, others' by agreement on one. */
  readonly builtOn: readonly PeriodRun[];
  /** How a superior is called where raters are told apart, so that one person is one rater, whether named or not. */
  readonly pseudonymOf: (staffId: string) => string;
}

/** Most units are small: a worker would wait for the table and not compute. Four of 1,000 staff still fit its memory. */
const SHARDS_AT_ONCE = 4;

/** Does `work` on each shard of a task, a few at a time, until time runs out. Nothing when the run is over. */
export async function runTask(
  store: Store,
  task: ShardTask,
  hasTime: HasTime,
  work: (shard: ShardWork) => Promise<void>,
): Promise<TaskOutcome> {
  const period = await findClosing(store, task);
  if (period === null) return { done: true };
  const [organisation, builtOn, instruments, nameRater] = await Promise.all([
    readSnapshot(store, task),
    store.closeRuns.builtOn(task.periodId, task.run),
    store.instruments.list(),
    namesForReading({ store }, task.periodId),
  ]);
  const pseudonymOf = (staffId: string) => nameRater?.('PEER', staffId) ?? staffId;
  const shards = shardsOf(organisation);
  const start = task.cursor ?? task.from;
  for (let cursor = start; cursor < task.to; cursor += SHARDS_AT_ONCE) {
    if (cursor > start && !hasTime()) return { ...task, cursor };
    const group = shards.slice(cursor, Math.min(cursor + SHARDS_AT_ONCE, task.to));
    await Promise.all(
      group.map((collection) =>
        work({ period, organisation, collection, instruments, builtOn, pseudonymOf }),
      ),
    );
  }
  return { done: true };
}

/** The organisation as frozen at begin. @throws CloseError `SnapshotMissing` */
export async function readSnapshot(store: Store, { periodId, run }: CloseRun): Promise<Organisation> {
  const organisation = await store.closeRuns.snapshot(periodId, run);
  if (organisation === null)
    throw new CloseError('SnapshotMissing', `${periodId} ${run} has no organisation`);
  return organisation;
}
