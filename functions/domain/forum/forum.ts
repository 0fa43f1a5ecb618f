import { type Problem, problem, reject, rejectIf } from '../problem.ts';
import { checkText, tidy } from '../text.ts';
import type { Instant } from '../time.ts';

/** What a topic is about. */
export type TopicSubject =
  | { readonly kind: 'INDICATOR'; readonly indicatorId: string }
  | { readonly kind: 'POLICY'; readonly policyId: string }
  | { readonly kind: 'GENERAL' };

/** Taken out of sight, with the reason; the text stays in the trail, and moderators go on reading it. */
export interface Hidden {
  readonly reason: string;
  readonly byId: string;
  readonly at: Instant;
}

/** The unit's word on a topic, which closes it. */
export interface TopicAnswer {
  readonly text: string;
  readonly byId: string;
  readonly at: Instant;
}

/** A topic in a unit's forum. It is OPEN until it is answered. */
export interface Topic {
  readonly id: string;
  readonly unitId: string;
  readonly subject: TopicSubject;
  readonly title: string;
  readonly text: string;
  readonly authorId: string;
  readonly at: Instant;
  readonly answer: TopicAnswer | null;
  readonly hidden: Hidden | null;
  readonly version: number;
}

/** What somebody says to a topic. */
export interface Post {
  readonly topicId: string;
  readonly id: string;
  readonly text: string;
  readonly authorId: string;
  readonly at: Instant;
  readonly hidden: Hidden | null;
  readonly version: number;
}

export const FORUM_LIMITS = { title: 300, text: 4_000, reason: 1_000 } as const;

/** All that is wrong with a new topic. */
export const checkTopic = ({ title, text }: Pick<Topic, 'title' | 'text'>): Problem[] => [
  ...checkText(title, 'title', FORUM_LIMITS.title, 'LINE'),
  ...checkText(text, 'text', FORUM_LIMITS.text, 'TEXT'),
];

export const checkPost = (text: string): Problem[] => checkText(text, 'text', FORUM_LIMITS.text, 'TEXT');

/** The unit answers, once; the topic takes no more posts. @throws Rejection WRONG_STATE, REQUIRED, TOO_LONG */
export const answerTopic = (topic: Topic, answer: TopicAnswer): Topic => {
  if (topic.answer !== null) throw reject('WRONG_STATE', '', { state: 'ANSWERED' });
  rejectIf(checkPost(answer.text));
  return { ...topic, answer: { ...answer, text: tidy(answer.text) } };
};

/**
 * Takes a topic or post out of sight, or puts it back; both with the reason, which the trail keeps.
 * @param hidden null: back in sight
 * @throws Rejection NO_CHANGE, REASON_REQUIRED, TOO_LONG
 */
export const moderate = <Entry extends Topic | Post>(
  entry: Entry,
  reason: string,
  hidden: Omit<Hidden, 'reason'> | null,
): Entry => {
  rejectIf([
    ...((entry.hidden === null) === (hidden === null) ? [problem('NO_CHANGE')] : []),
    ...checkText(reason, 'reason', FORUM_LIMITS.reason, 'TEXT', 'REASON_REQUIRED'),
  ]);
  return { ...entry, hidden: hidden && { ...hidden, reason: tidy(reason) } };
};
