import { isDate } from '../calendar.ts';
import { type Problem, problem, reject, rejectIf } from '../problem.ts';
import type { CoreValue } from '../rating/core-values.ts';
import { checkText, tidy } from '../text.ts';
import type { Instant, IsoDate } from '../time.ts';

/** Art. 21: guidance on work and competence (bimbingan kinerja), or counselling on conduct (konseling kinerja). */
export type GuidanceKind = 'GUIDANCE' | 'COUNSELLING';

/** How guidance is given (annex, chapter III D 4 c). Counselling is a talk and has no method. */
export type GuidanceMethod = 'COACHING' | 'MENTORING' | 'FORMAL_TRAINING' | 'INFORMAL_TRAINING';

/** Something that was agreed to be done. */
export interface AgreedAction {
  readonly text: string;
  readonly dueOn: IsoDate;
}

/** How it went by the follow-up day. */
export type FollowUpOutcome = 'IMPROVED' | 'PARTLY_IMPROVED' | 'NOT_IMPROVED';

export interface FollowUp {
  readonly outcome: FollowUpOutcome;
  readonly note: string;
  readonly byId: string;
  readonly at: Instant;
}

/** A note of guidance or counselling that a leader gave a person. */
export interface GuidanceNote {
  /** `<staff>:<KIND>:<day>:<token>`. */
  readonly id: string;
  readonly staffId: string;
  /** Where the person served when it was written down; null: unknown, of release 0.1.0. */
  readonly unitId: string | null;
  readonly kind: GuidanceKind;
  readonly method: GuidanceMethod | null;
  readonly heldOn: IsoDate;
  /** The account of the leader, or of the counsellor of the personnel office. */
  readonly givenById: string;
  /** The plan line that it is about; null: none. */
  readonly planId: string | null;
  readonly lineId: string | null;
  /** The core value that it is about; null: none. */
  readonly value: CoreValue | null;
  /** What falls behind, or what the conduct is. */
  readonly issue: string;
  readonly discussion: string;
  readonly actions: readonly AgreedAction[];
  readonly followUpOn: IsoDate;
  /** That the person has read it, and what they say to it. */
  readonly acknowledged: { readonly at: Instant; readonly response: string | null } | null;
  readonly followUp: FollowUp | null;
  readonly version: number;
}

/** What a leader writes down. */
export type GuidanceDraft = Pick<
  GuidanceNote,
  'kind' | 'method' | 'heldOn' | 'issue' | 'discussion' | 'actions' | 'followUpOn'
>;

export const GUIDANCE_LIMITS = { text: 4_000, action: 500, actions: 20, daysAhead: 366 } as const;

export const guidanceIdOf = (staffId: string, kind: GuidanceKind, day: IsoDate, token: string): string =>
  `${staffId}:${kind}:${day}:${token}`;

const GUIDANCE_ID =
  /^(?<staffId>.+):(?<kind>GUIDANCE|COUNSELLING):(?<day>\d{4}-\d{2}-\d{2}):(?<token>[^:]+)$/;

/** What the id of a note says; null when it is none. */
export const readGuidanceId = (
  id: string,
): {
  readonly staffId: string;
  readonly kind: GuidanceKind;
  readonly day: IsoDate;
  readonly token: string;
} | null => {
  const { staffId, kind, day, token } = GUIDANCE_ID.exec(id)?.groups ?? {};
  if (staffId === undefined || day === undefined || token === undefined) return null;
  return { staffId, kind: kind === 'COUNSELLING' ? 'COUNSELLING' : 'GUIDANCE', day, token };
};

/**
 * All that is wrong with a note: guidance names its method and counselling none; it was held by today; its actions and its
 * follow-up come on that day or later, within about a year.
 */
export const checkGuidance = (draft: GuidanceDraft, today: IsoDate, latest: IsoDate): Problem[] => {
  const problems = [
    ...checkText(draft.issue, 'issue', GUIDANCE_LIMITS.text, 'TEXT'),
    ...checkText(draft.discussion, 'discussion', GUIDANCE_LIMITS.text, 'TEXT'),
    ...checkHeldOn(draft.heldOn, today),
    ...checkDay(draft.followUpOn, 'followUpOn', draft.heldOn, latest),
  ];
  if (draft.kind === 'GUIDANCE' && draft.method === null) problems.push(problem('REQUIRED', 'method'));
  const { actions: most, action: longest } = GUIDANCE_LIMITS;
  if (draft.actions.length === 0) problems.push(problem('REQUIRED', 'actions'));
  if (draft.actions.length > most) problems.push(problem('TOO_MANY', 'actions', { maximum: most }));
  draft.actions.forEach(({ text, dueOn }, at) => {
    problems.push(
      ...checkText(text, `actions.${at}.text`, longest, 'TEXT'),
      ...checkDay(dueOn, `actions.${at}.dueOn`, draft.heldOn, latest),
    );
  });
  return problems;
};

const checkHeldOn = (heldOn: IsoDate, today: IsoDate): Problem[] => {
  if (!isDate(heldOn)) return [problem('INVALID_FORMAT', 'heldOn')];
  const earliest = `${Number(today.slice(0, 4)) - 1}-01-01`;
  return heldOn > today || heldOn < earliest
    ? [problem('OUT_OF_RANGE', 'heldOn', { minimum: earliest, maximum: today })]
    : [];
};

const checkDay = (day: IsoDate, path: string, minimum: IsoDate, maximum: IsoDate): Problem[] => {
  if (!isDate(day)) return [problem('INVALID_FORMAT', path)];
  return day < minimum || day > maximum ? [problem('OUT_OF_RANGE', path, { minimum, maximum })] : [];
};

/** The person has read the note, and says what they have to say to it. @throws Rejection WRONG_STATE the second time, TOO_LONG */
export const acknowledge = (note: GuidanceNote, response: string | null, at: Instant): GuidanceNote => {
  if (note.acknowledged !== null) throw reject('WRONG_STATE', '', { state: 'ACKNOWLEDGED' });
  rejectIf(checkText(response ?? '', 'response', GUIDANCE_LIMITS.text, 'TEXT', null));
  return { ...note, acknowledged: { at, response: tidy(response ?? '') || null } };
};

/** What came of it, once, from the day of the guidance on. @throws Rejection WRONG_STATE the second time, REQUIRED, TOO_LONG */
export const followUp = (note: GuidanceNote, found: FollowUp): GuidanceNote => {
  if (note.followUp !== null) throw reject('WRONG_STATE', '', { state: 'FOLLOWED_UP' });
  rejectIf(checkText(found.note, 'note', GUIDANCE_LIMITS.text, 'TEXT'));
  return { ...note, followUp: { ...found, note: tidy(found.note) } };
};
