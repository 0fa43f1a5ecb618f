import { decidersAfter, decidersOf } from '../../domain/objection/deciders.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import { type AssessorOfRecord, assignmentOn } from '../../domain/organisation/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Store } from '../../store/store.ts';

/** Whose objection it is, the assessor of record and the period's day of rating. */
export interface Disputed extends AssessorOfRecord {
  readonly staffId: string;
  readonly ratedOn: IsoDate;
}

/**
 * Who decides on a day: the first of the hierarchy who still serves; null: the personnel office.
 * @param had who has had to decide it: it goes on to those behind them
 */
export async function findDecider(
  store: Pick<Store, 'staff'>,
  organisation: Organisation,
  { staffId, ratedOn, ...assessor }: Disputed,
  today: IsoDate,
  had: ReadonlySet<string> = new Set(),
): Promise<string | null> {
  const all = decidersOf(organisation, staffId, assessor, ratedOn, today);
  const found = await store.staff.getMany(decidersAfter(all, had));
  return found.find((staff) => staff !== null && assignmentOn(staff, today) !== null)?.id ?? null;
}

/** Whether somebody is in service on a day. */
export async function serves(store: Pick<Store, 'staff'>, staffId: string, today: IsoDate): Promise<boolean> {
  const staff = await store.staff.get(staffId);
  return staff !== null && assignmentOn(staff, today) !== null;
}
