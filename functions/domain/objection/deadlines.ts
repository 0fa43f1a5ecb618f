import { addDays, addWorkingDays, localDateOf, startOfLocalDay } from '../calendar.ts';
import type { Policy } from '../period/policy.ts';
import type { Instant, IsoDate } from '../time.ts';

type Rules = Pick<Policy, 'rules'>;

/** The day on which a publication, or anything else, falls by the region's clock. */
export const localDay = (at: Instant, { rules }: Rules): IsoDate => localDateOf(at, rules.utcOffsetMinutes);

/** The n-th working day after a day, by the region's calendar. */
export const workingDaysAfter = (day: IsoDate, days: number, { rules }: Rules): IsoDate =>
  addWorkingDays(day, days, new Set(rules.holidays));

/** The first instant at which a day is over in the region. */
export const endOfDay = (day: IsoDate, { rules }: Rules): Instant =>
  startOfLocalDay(addDays(day, 1), rules.utcOffsetMinutes);

/**
 * The day on which a document counts as received although nobody has acknowledged it: so many working days after its delivery,
 * which is its publication [D]. The annex counts from the receipt, and silence must not keep a result open for ever.
 */
export const deemedReceivedOn = (publishedAt: Instant, policy: Rules): IsoDate =>
  workingDaysAfter(localDay(publishedAt, policy), policy.rules.objection.deemedReceivedAfter, policy);

/**
 * The day from which the time to object counts: the one on which the receipt was put on record, but none later than the one that is
 * deemed [D]. A day on paper that is entered later takes nobody's open days away.
 * @param recordedAt null: no receipt is on record
 */
export const receivedOn = (publishedAt: Instant, recordedAt: Instant | null, policy: Rules): IsoDate => {
  const deemed = deemedReceivedOn(publishedAt, policy);
  const recorded = recordedAt === null ? null : localDay(recordedAt, policy);
  return recorded !== null && recorded < deemed ? recorded : deemed;
};

/** The last day to object: 14 working days from the receipt (annex, objections, 2), by policy. */
export const lastDayToObject = (received: IsoDate, policy: Rules): IsoDate =>
  workingDaysAfter(received, policy.rules.objection.fileWithin, policy);

/**
 * When the last objection that may still be filed has had to be decided: the end, by the region's clock, of the last day to
 * decide on one filed on the last day to object by somebody who never acknowledged. Only then is a result beyond dispute [D].
 */
export const finalAt = (publishedAt: Instant, policy: Rules): Instant => {
  const last = lastDayToObject(deemedReceivedOn(publishedAt, policy), policy);
  return endOfDay(workingDaysAfter(last, policy.rules.objection.decideWithin, policy), policy);
};
