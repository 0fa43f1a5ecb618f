import type { Activity, ActivityState } from '../../domain/activity/activity.ts';
import type { IsoDate, Month } from '../../domain/time.ts';
import type { Page, PageRequest, Stored, WorkAddress, Write } from './stored.ts';

/** Days from one to another, both included. */
export interface Days {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** Activities lie beside the plans of their year; the close, which reads those, never reads them. */
export interface ActivityStore {
  /** Null for what is no activity's id, too. */
  get(address: WorkAddress, id: string): Promise<Stored<Activity> | null>;
  /** All of a plan in a month, by day: one query, which is strongly consistent. */
  ofMonth(address: WorkAddress, planId: string, month: Month): Promise<readonly Stored<Activity>[]>;
  /** Of a plan, by day. */
  ofPlan(
    address: WorkAddress,
    planId: string,
    days: Days,
    page: PageRequest,
  ): Promise<Page<Stored<Activity>>>;
  /** Of everybody in a work collection, in one state, by day; through an index. */
  ofCollection(
    address: WorkAddress,
    state: ActivityState,
    days: Days,
    page: PageRequest,
  ): Promise<Page<Stored<Activity>>>;
  /** Refused with PERIOD_CLOSED when a period that covers the day has been closed. */
  save(address: WorkAddress, before: Stored<Activity> | null, after: Activity): Write;
}
