import { type Problem, problem } from '../problem.ts';
import type { CoreValue } from '../rating/core-values.ts';
import { checkText, tidy } from '../text.ts';
import type { Instant, IsoDate } from '../time.ts';

/**
 * From whom feedback comes (art. 18): somebody who leads the person; a colleague, that is a peer or a subordinate, which are
 * never told apart; people served, recorded by an office.
 */
export type FeedbackSource = 'LEADER' | 'COLLEAGUE' | 'SERVED';

/** Art. 19: by arrangement at set times (berkala), or as occasion offers (insidentil). */
export type FeedbackForm = 'SCHEDULED' | 'INCIDENTAL';

/** What feedback is on: a line of the person's plan of a year, or a core value. */
export type FeedbackTopic =
  | { readonly kind: 'LINE'; readonly planId: string; readonly lineId: string }
  | { readonly kind: 'VALUE'; readonly value: CoreValue };

/** What the person said to it. */
export interface FeedbackAnswer {
  readonly text: string;
  readonly at: Instant;
}

/** Continuous feedback on one person's work (umpan balik berkelanjutan, art. 17 to 19). */
export interface Feedback {
  /** `<staff>:<day>:<token>`; the token tells neither author nor hour. */
  readonly id: string;
  readonly staffId: string;
  readonly source: FeedbackSource;
  /** The account of who wrote or recorded it. Never shown unless `signed`. */
  readonly authorId: string;
  /** Whether the person and their leaders see who wrote it. */
  readonly signed: boolean;
  readonly form: FeedbackForm;
  readonly topic: FeedbackTopic;
  /** Whether a leader sees progress (art. 20); null: not said. */
  readonly progress: boolean | null;
  readonly text: string;
  /** Of people served: how it reached the office, for example the suggestion box. */
  readonly origin: string | null;
  /** The day by the region's clock; the hour is not kept where the author stays unnamed. */
  readonly givenOn: IsoDate;
  readonly answer: FeedbackAnswer | null;
  readonly version: number;
}

/** Longest texts, in characters. */
export const FEEDBACK_LIMITS = { text: 2_000, origin: 200, answer: 2_000 } as const;

export const feedbackIdOf = (staffId: string, day: IsoDate, token: string): string =>
  `${staffId}:${day}:${token}`;

const FEEDBACK_ID = /^(?<staffId>.+):(?<day>\d{4}-\d{2}-\d{2}):(?<token>[^:]+)$/;

/** What the id of feedback says; null when it is none. */
export const readFeedbackId = (
  id: string,
): { readonly staffId: string; readonly day: IsoDate; readonly token: string } | null => {
  const { staffId, day, token } = FEEDBACK_ID.exec(id)?.groups ?? {};
  return staffId === undefined || day === undefined || token === undefined ? null : { staffId, day, token };
};

/**
 * Unsigned feedback needs a crowd to hide in: at least `minimum` colleagues who could have written it, the author among them.
 * @returns TOO_FEW_COLLEAGUES, or nothing
 */
export const checkUnnamed = (colleagues: number, minimum: number): Problem[] =>
  colleagues < minimum ? [problem('TOO_FEW_COLLEAGUES', 'signed', { minimum })] : [];

/** The person answers, once or in place of an earlier answer. @returns all that is wrong with the text, at `text` */
export const checkAnswer = (feedback: Feedback, text: string): Problem[] => [
  ...checkText(text, 'text', FEEDBACK_LIMITS.answer, 'TEXT'),
  ...(feedback.answer?.text === tidy(text) ? [problem('NO_CHANGE', 'text')] : []),
];
