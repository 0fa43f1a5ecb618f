import { isDate } from '../calendar.ts';
import { type Problem, problem, reject, rejectIf } from '../problem.ts';
import { checkText, tidy } from '../text.ts';
import type { Instant, IsoDate } from '../time.ts';

/** For whom an announcement is: staff of the unit, of it and all units below, or of the region. */
export type Audience = 'UNIT' | 'UNIT_AND_BELOW' | 'REGION';

/** What a unit or the region makes known (pengumuman), so that a new rule is explained before it counts. */
export interface Announcement {
  readonly id: string;
  /** Null: the region. */
  readonly unitId: string | null;
  readonly audience: Audience;
  readonly title: string;
  readonly text: string;
  /** From when what it says counts. */
  readonly effectiveFrom: IsoDate;
  /** Whether its readers are to say that they know of it. */
  readonly acknowledge: boolean;
  /** Whether everybody may read it without login. */
  readonly isPublic: boolean;
  readonly publishedById: string;
  readonly publishedAt: Instant;
  readonly withdrawn: { readonly reason: string; readonly byId: string; readonly at: Instant } | null;
  readonly version: number;
}

/** That a staff member knows of an announcement. */
export interface Acknowledgement {
  readonly announcementId: string;
  readonly staffId: string;
  readonly at: Instant;
  readonly version: number;
}

/** Since when a staff member knows of an announcement that asks for it; who made it known needs to say nothing. Null: not known, or not asked. */
export const knownSince = (
  { acknowledge, publishedById, publishedAt }: Announcement,
  staffId: string,
  acknowledgement: Acknowledgement | null | undefined,
): Instant | null => {
  if (!acknowledge) return null;
  return staffId === publishedById ? publishedAt : (acknowledgement?.at ?? null);
};

export const ANNOUNCEMENT_LIMITS = { title: 300, text: 8_000, reason: 1_000, yearsAhead: 2 } as const;

/** All that is wrong with an announcement; it is made known by the day from which it counts. */
export const checkAnnouncement = (
  { title, text, effectiveFrom, unitId, audience }: Announcement,
  today: IsoDate,
): Problem[] => {
  const latest = `${Number(today.slice(0, 4)) + ANNOUNCEMENT_LIMITS.yearsAhead}-12-31`;
  return [
    ...checkText(title, 'title', ANNOUNCEMENT_LIMITS.title, 'LINE'),
    ...checkText(text, 'text', ANNOUNCEMENT_LIMITS.text, 'TEXT'),
    ...(isDate(effectiveFrom)
      ? effectiveFrom < today || effectiveFrom > latest
        ? [problem('OUT_OF_RANGE', 'effectiveFrom', { minimum: today, maximum: latest })]
        : []
      : [problem('INVALID_FORMAT', 'effectiveFrom')]),
    ...((unitId === null) === (audience === 'REGION') ? [] : [problem('INVALID_FORMAT', 'audience')]),
  ];
};

/** Takes it back, with the reason; it stays readable as withdrawn to its audience. @throws Rejection WRONG_STATE, REASON_REQUIRED, TOO_LONG */
export const withdraw = (
  announcement: Announcement,
  reason: string,
  by: { readonly byId: string; readonly at: Instant },
): Announcement => {
  if (announcement.withdrawn !== null) throw reject('WRONG_STATE', '', { state: 'WITHDRAWN' });
  rejectIf(checkText(reason, 'reason', ANNOUNCEMENT_LIMITS.reason, 'TEXT', 'REASON_REQUIRED'));
  return { ...announcement, withdrawn: { ...by, reason: tidy(reason) } };
};

/**
 * Whether an announcement is for somebody who serves in a unit.
 * @param unitsUp the unit and those above it
 */
export const isFor = (
  { unitId, audience }: Pick<Announcement, 'unitId' | 'audience'>,
  unitsUp: readonly string[],
): boolean => {
  if (unitId === null) return true;
  return audience === 'UNIT' ? unitsUp[0] === unitId : unitsUp.includes(unitId);
};
