import type { Role } from '../access-policy.ts';
import { addDays, localDateOf, startOfLocalDay } from '../calendar.ts';
import type { Locale } from '../messages.ts';
import type { Period } from '../period/period.ts';
import type { Policy } from '../period/policy.ts';
import type { Instant } from '../time.ts';

/** What a notice is about. `notice-text.ts` has the words of each. */
export const NOTICE_KINDS = [
  // periods
  'PERIOD_OPENED',
  'PERIOD_REOPENED',
  'CLOSE_MOVED',
  'POLICY_CHANGED',
  'DEADLINE_NEAR',
  'RESULTS_PUBLISHED',
  // plans and agreements
  'PLAN_PROPOSED',
  'PLAN_CHANGES_REQUESTED',
  'PLAN_AGREED',
  'PLAN_REPLACED',
  'PLAN_COMMENTED',
  // work
  'REALISATION_REJECTED',
  'ACTIVITY_RETURNED',
  'FEEDBACK_GIVEN',
  'GUIDANCE_GIVEN',
  'JOINT_PART_PROPOSED',
  'JOINT_PART_DECIDED',
  'JOINT_ACTIVITY_ENDED',
  // ratings
  'TASK_ASSIGNED',
  'NOMINATION_DECIDED',
  // evaluation
  'CARRYOVER_ANSWERED',
  'RESULT_CHANGED',
  'CORRECTION_AFTER_FINAL',
  'DOCUMENT_DELIVERED',
  // objections
  'OBJECTION_FILED',
  'OBJECTION_STATEMENT_ASKED',
  'OBJECTION_DUE',
  'OBJECTION_OVERDUE',
  'OBJECTION_DECIDED',
  // follow-up
  'FOLLOW_UP_PROPOSED',
  'FOLLOW_UP_DECIDED',
  'FOLLOW_UP_OVER',
  'TRAINING_ENROLMENT',
  'DEVELOPMENT_PLAN',
  // the unit
  'ANNOUNCEMENT',
  'FORUM_ANSWERED',
  'INDICATOR_REVIEW',
  // files
  'FILE_READY',
  'FILE_FAILED',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Roles that an audience may be: those beyond STAFF. */
export const AUDIENCE_ROLES = ['HR_ADMIN', 'PLANNER', 'AUDITOR'] as const satisfies readonly Role[];
export type AudienceRole = (typeof AUDIENCE_ROLES)[number];

/** Whom a notice is for. Everybody but a single person is one item that many read, however many they are. */
export type Audience =
  | { readonly kind: 'PERSON'; readonly staffId: string }
  | { readonly kind: 'EVERYBODY' }
  /** Who serves in the unit or below it. */
  | { readonly kind: 'UNIT'; readonly unitId: string }
  /** Who serves in the unit itself. */
  | { readonly kind: 'UNIT_ALONE'; readonly unitId: string }
  | { readonly kind: 'ROLE'; readonly role: AudienceRole };

/** Ids that a notice points to; nothing else is in it: no name, no figure, no score, and never the id of a rater. */
export interface NoticeRefs {
  readonly periodId?: string;
  readonly staffId?: string;
  readonly unitId?: string;
  readonly planId?: string;
  /** Month, `2026-03`. */
  readonly month?: string;
  /** What else it is about: an objection, an announcement, a training, a job. */
  readonly subjectId?: string;
  /** Days that are left. */
  readonly days?: number;
}

/** Something that somebody should hear of. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly audience: Audience;
  readonly at: Instant;
  readonly refs: NoticeRefs;
}

/** A notice that is to be written; `at` is the time of its transaction unless it is given. */
export interface NewNotice {
  readonly kind: NoticeKind;
  readonly to: readonly Audience[];
  readonly refs: NoticeRefs;
  /** Tells this occasion from another of the same kind about the same things, for example a version. */
  readonly occasion?: string | number;
  readonly at?: Instant;
}

/** How a person wants to hear by mail of what is in their inbox. */
export type MailPreference = 'NONE' | 'DAILY' | 'AT_ONCE';

/** What a person has chosen; who has chosen nothing gets one mail a day, in Indonesian, if an address is known. */
export interface NoticePreferences {
  readonly owner: string;
  readonly mail: MailPreference;
  readonly locale: Locale;
  readonly version: number;
}
export const defaultPreferences = (owner: string): NoticePreferences => ({
  owner,
  mail: 'DAILY',
  locale: 'id',
  version: 0,
});

/** The hour at which the day's mail goes out, by the region's clock. */
const DIGEST_HOUR = 7;

/** When a notice that comes now is to be mailed. @param utcOffsetMinutes minutes east of UTC (WIB 420) */
export const mailDue = (mail: 'DAILY' | 'AT_ONCE', now: Instant, utcOffsetMinutes: number): Instant => {
  if (mail === 'AT_ONCE') return now;
  const hourOf = (date: string): Instant => {
    const begin = Date.parse(startOfLocalDay(date, utcOffsetMinutes));
    return new Date(begin + DIGEST_HOUR * 3_600_000).toISOString();
  };
  const today = localDateOf(now, utcOffsetMinutes);
  return now <= hourOf(today) ? hourOf(today) : hourOf(addDays(today, 1));
};

/** Tells everybody of a period's change of state; each attempt of a period is an occasion of its own. */
export const periodNotice = (
  kind: 'PERIOD_OPENED' | 'PERIOD_REOPENED' | 'RESULTS_PUBLISHED',
  { id, attempt }: Pick<Period, 'id' | 'attempt'>,
): NewNotice => ({ kind, to: [{ kind: 'EVERYBODY' }], refs: { periodId: id }, occasion: attempt });

/** Tells everybody that an open period closes at another time than they were told; each time is an occasion of its own. */
export const closeMovedNotice = ({ id, version }: Pick<Period, 'id' | 'version'>): NewNotice => ({
  kind: 'CLOSE_MOVED',
  to: [{ kind: 'EVERYBODY' }],
  refs: { periodId: id },
  occasion: version,
});

/** Tells everybody that an open period will be evaluated by other rules than those that were in force for it. */
export const policyChangedNotice = ({ id }: Pick<Period, 'id'>, policy: Pick<Policy, 'id'>): NewNotice => ({
  kind: 'POLICY_CHANGED',
  to: [{ kind: 'EVERYBODY' }],
  refs: { periodId: id },
  occasion: policy.id,
});

/** Tells the planners that indicators mislead and wait for their decision. @param occasion an attempt, or a correction run */
export const indicatorReviewNotice = (periodId: string, occasion: string | number): NewNotice => ({
  kind: 'INDICATOR_REVIEW',
  to: [{ kind: 'ROLE', role: 'PLANNER' }],
  refs: { periodId },
  occasion,
});

/** Notices are kept so long; then they expire. */
export const NOTICE_DAYS = 400;

/** The beginning of what an inbox still shows. */
export const oldestShown = (now: Instant): Instant => shift(now, -NOTICE_DAYS);

/** What could not be mailed for so long is old news, and is mailed no more. */
export const MAIL_DAYS = 14;

/** Nothing that was due before is mailed. */
export const oldestMailed = (now: Instant): Instant => shift(now, -MAIL_DAYS);

/** How many days before a period closes everybody is told so. */
export const DEADLINE_DAYS = [7, 1] as const;

/**
 * The notice that an open period's close is near: of the days that have come, the nearest. Its time is the day itself, so that
 * it is the same notice whenever and however often it is made; null while the close is far off, or past.
 */
export const deadlineNotice = (
  { id, state, closesAt, attempt }: Pick<Period, 'id' | 'state' | 'closesAt' | 'attempt'>,
  now: Instant,
): (NewNotice & { readonly at: Instant }) | null => {
  if (state !== 'OPEN' || now >= closesAt) return null;
  const days = DEADLINE_DAYS.findLast((each) => now >= shift(closesAt, -each));
  if (days === undefined) return null;
  return {
    kind: 'DEADLINE_NEAR',
    to: [{ kind: 'EVERYBODY' }],
    refs: { periodId: id, days },
    occasion: attempt,
    at: shift(closesAt, -days),
  };
};

const shift = (instant: Instant, days: number): Instant =>
  `${addDays(instant.slice(0, 10), days)}${instant.slice(10)}`;
