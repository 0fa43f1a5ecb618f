import { isDate } from '../calendar.ts';
import { type Decimal, signOf } from '../decimal.ts';
import type { PlanLine } from '../plan/line.ts';
import type { PlanContent, PlanOwner } from '../plan/plan.ts';
import { type Problem, problem, reject, rejectIf } from '../problem.ts';
import { checkText, tidy } from '../text.ts';
import type { Instant, IsoDate, Month } from '../time.ts';
import type { EvidenceFile } from './evidence.ts';

/**
 * REPORTED waits for the assessor; RETURNED, also after it was VERIFIED, waits for the person, who corrects it (REPORTED again)
 * or withdraws it; WITHDRAWN is the end.
 */
export type ActivityState = 'REPORTED' | 'VERIFIED' | 'RETURNED' | 'WITHDRAWN';

/** What a staff member did on one day for one line of their plan (laporan aktivitas). */
export interface Activity {
  /** `<planId>:<MMDD>:<own id>`: says where it lies. */
  readonly id: string;
  readonly planId: string;
  readonly staffId: string;
  readonly lineId: string;
  readonly day: IsoDate;
  /** What was done. */
  readonly title: string;
  /** In the unit of measure of the line; null where the line's figure does not come from activities. */
  readonly amount: Decimal | null;
  readonly note: string | null;
  readonly state: ActivityState;
  /** Why it was returned; null otherwise. */
  readonly returnReason: string | null;
  readonly evidence: readonly EvidenceFile[];
  /** The actor who reported it: somebody else verifies. */
  readonly reportedBy: string;
  readonly reportedAt: Instant;
  /** When the assessor verified or returned it; null while nobody has. */
  readonly decidedAt: Instant | null;
  readonly version: number;
}

/** What somebody says of an activity. */
export type ActivityReport = Pick<Activity, 'lineId' | 'title' | 'amount' | 'note'>;

/** Limits of a report; text in characters. `aMonth`: activities of one person, withdrawn ones too. */
export const ACTIVITY_LIMITS = { title: 300, note: 2_000, reason: 2_000, evidence: 10, aMonth: 400 } as const;

/** @param ownId an id of the activity's own, without `:` */
export const activityIdOf = (planId: string, day: IsoDate, ownId: string): string =>
  `${planId}:${day.slice(5, 7)}${day.slice(8)}:${ownId}`;

const ACTIVITY_ID = /^(?<planId>.+:(?<year>\d{4})):(?<month>\d\d)(?<date>\d\d):(?<ownId>[^:]+)$/;

/** What an activity's id says; null when it is none. */
export const readActivityId = (
  id: string,
): { readonly planId: string; readonly day: IsoDate; readonly ownId: string } | null => {
  const { planId, year, month, date, ownId } = ACTIVITY_ID.exec(id)?.groups ?? {};
  const day = `${year}-${month}-${date}`;
  return planId === undefined || ownId === undefined || !isDate(day) ? null : { planId, day, ownId };
};

export const monthOfDay = (day: IsoDate): Month => day.slice(0, 7);

/**
 * Whether a line's monthly figures come from verified activities. Activities are a person's: a unit's agreement is reported
 * by hand whatever its indicators say [D].
 */
export const isRealisedByActivity = (owner: PlanOwner, { measure }: Pick<PlanLine, 'measure'>): boolean =>
  owner.kind === 'STAFF' && measure.realisedBy === 'ACTIVITY';

/** REALISED_BY_ACTIVITY at `lineId` for a line whose figures nobody reports by hand. */
export const checkReportedByHand = (owner: PlanOwner, agreed: PlanContent, lineId: string): Problem[] => {
  const line = agreed.lines.find(({ id }) => id === lineId);
  return line !== undefined && isRealisedByActivity(owner, line)
    ? [problem('REALISED_BY_ACTIVITY', 'lineId')]
    : [];
};

/**
 * Checks the day of a report: a day of the plan's year, not after today.
 * @returns INVALID_FORMAT, OUTSIDE_PERIOD, OUT_OF_RANGE at `day`
 */
export const checkDay = (day: IsoDate, year: number, today: IsoDate): Problem[] => {
  if (!isDate(day)) return [problem('INVALID_FORMAT', 'day', { value: day })];
  if (Number(day.slice(0, 4)) !== year)
    return [problem('OUTSIDE_PERIOD', 'day', { month: monthOfDay(day), period: String(year) })];
  return day > today ? [problem('OUT_OF_RANGE', 'day', { maximum: today })] : [];
};

/**
 * Checks a report against the plan in force: the line exists, and there is an amount where the line's figure is made of them. No
 * amount is below zero unless the line's figures may be (STABILIZE).
 */
export const checkActivity = (agreed: PlanContent, report: ActivityReport): Problem[] => {
  const problems: Problem[] = [];
  const line = agreed.lines.find(({ id }) => id === report.lineId);
  if (line === undefined) problems.push(problem('NOT_FOUND', 'lineId', { id: report.lineId }));
  problems.push(...checkText(report.title, 'title', ACTIVITY_LIMITS.title, 'LINE'));
  if (report.amount === null) {
    if (line?.measure.realisedBy === 'ACTIVITY') problems.push(problem('REQUIRED', 'amount'));
  } else if (signOf(report.amount) < 0 && line?.measure.polarity !== 'STABILIZE') {
    problems.push(problem('OUT_OF_RANGE', 'amount', { minimum: 0 }));
  }
  problems.push(...checkText(report.note ?? '', 'note', ACTIVITY_LIMITS.note, 'TEXT', null));
  return problems;
};

const tidied = ({ lineId, title, amount, note }: ActivityReport): ActivityReport => ({
  lineId,
  title: tidy(title),
  amount,
  note: tidy(note ?? '') || null,
});

/** A new report, seen by the superior from now on. */
export const reportActivity = (
  place: Pick<Activity, 'id' | 'planId' | 'staffId' | 'day'>,
  report: ActivityReport,
  reportedBy: string,
  now: Instant,
): Activity => ({
  ...place,
  ...tidied(report),
  state: 'REPORTED',
  returnReason: null,
  evidence: [],
  reportedBy,
  reportedAt: now,
  decidedAt: null,
  version: 0,
});

/** REPORTED or RETURNED, corrected → REPORTED. The day stays. @throws Rejection WRONG_STATE */
export const correctActivity = (
  activity: Activity,
  report: ActivityReport,
  reportedBy: string,
  now: Instant,
): Activity => ({
  ...whileOpen(activity),
  ...tidied(report),
  state: 'REPORTED',
  returnReason: null,
  reportedBy,
  reportedAt: now,
  decidedAt: null,
});

/** REPORTED or RETURNED → WITHDRAWN. @throws Rejection WRONG_STATE */
export const withdrawActivity = (activity: Activity): Activity => ({
  ...whileOpen(activity),
  state: 'WITHDRAWN',
});

/** REPORTED → VERIFIED, by somebody else than the one who reported. @throws Rejection WRONG_STATE, NO_CHANGE, FORBIDDEN */
export const verifyActivity = (activity: Activity, verifiedBy: string, now: Instant): Activity => {
  if (activity.state === 'VERIFIED') throw reject('NO_CHANGE');
  if (activity.state !== 'REPORTED') throw reject('WRONG_STATE', '', { state: activity.state });
  if (activity.reportedBy === verifiedBy) throw reject('FORBIDDEN');
  return { ...activity, state: 'VERIFIED', returnReason: null, decidedAt: now };
};

/** REPORTED or VERIFIED → RETURNED with what is wrong: it does not count any more. @throws Rejection WRONG_STATE, REASON_REQUIRED, TOO_LONG */
export const returnActivity = (activity: Activity, reason: string, now: Instant): Activity => {
  rejectIf(checkText(reason, 'reason', ACTIVITY_LIMITS.reason, 'TEXT', 'REASON_REQUIRED'));
  if (activity.state !== 'REPORTED' && activity.state !== 'VERIFIED')
    throw reject('WRONG_STATE', '', { state: activity.state });
  return { ...activity, state: 'RETURNED', returnReason: tidy(reason), decidedAt: now };
};

/** An activity that the person may still change. @throws Rejection WRONG_STATE for one that is verified or withdrawn */
export const whileOpen = (activity: Activity): Activity => {
  if (activity.state !== 'REPORTED' && activity.state !== 'RETURNED')
    throw reject('WRONG_STATE', '', { state: activity.state });
  return activity;
};
