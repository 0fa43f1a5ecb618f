import { type Problem, problem, reject, rejectIf } from '../problem.ts';
import { checkText } from '../text.ts';
import type { Instant } from '../time.ts';
import { PLAN_LIMITS, type Plan, type PlanSide } from './plan.ts';

/** From where somebody speaks: one of the two sides, or a head further above. */
export type CommentSide = PlanSide | 'ABOVE';

/**
 * One post in the discussion of a plan (dialog kinerja): each line has a thread of its own, and the plan as a whole has one.
 * A thread goes on over all revisions, so that a year later one can read why a target is what it is.
 */
export interface PlanComment {
  /** `<line>.<tail>`, the line empty for the plan as a whole; tails sort by time. Unique within the plan. */
  readonly id: string;
  readonly planId: string;
  /** Null: on the whole plan. */
  readonly lineId: string | null;
  /** The revision that was under discussion, or in force. */
  readonly revision: number;
  readonly authorId: string;
  readonly side: CommentSide;
  readonly at: Instant;
  readonly text: string;
  /** Whether it hands the proposal back for changes. */
  readonly asksForChanges: boolean;
  readonly resolved: { readonly by: string; readonly at: Instant } | null;
  readonly version: number;
}

/** The id of a comment. @param tail sorts by time and holds no dot */
export const commentIdOf = (lineId: string | null, tail: string): string => `${lineId ?? ''}.${tail}`;

/** The parts of a comment's id; null for what is none. Tails hold no dot, so the last one separates. */
export const readCommentId = (
  id: string,
): { readonly lineId: string | null; readonly tail: string } | null => {
  const dot = id.lastIndexOf('.');
  const tail = id.slice(dot + 1);
  return dot < 0 || tail === '' ? null : { lineId: id.slice(0, dot) || null, tail };
};

/** What somebody says of a plan. */
export type NewComment = Pick<PlanComment, 'authorId' | 'side' | 'lineId' | 'text'>;

/**
 * A comment on a plan, on one of its lines in force or under discussion, or on the whole.
 * @throws Rejection REQUIRED, TOO_LONG, INVALID_FORMAT at `text`, NOT_FOUND at `lineId`
 */
export const newComment = (
  plan: Plan,
  { authorId, side, lineId, text }: NewComment,
  { tail, at, asksForChanges = false }: { tail: string; at: Instant; asksForChanges?: boolean },
): PlanComment => {
  const lines = [...(plan.proposal?.lines ?? []), ...(plan.agreed?.lines ?? [])];
  const problems: Problem[] = checkText(text, 'text', PLAN_LIMITS.comment, 'TEXT');
  if (lineId !== null && !lines.some(({ id }) => id === lineId)) {
    problems.push(problem('NOT_FOUND', 'lineId', { id: lineId }));
  }
  rejectIf(problems);
  return {
    id: commentIdOf(lineId, tail),
    planId: plan.id,
    lineId,
    revision: (plan.proposal ?? plan.agreed)?.revision ?? 1,
    authorId,
    side,
    at,
    text,
    asksForChanges,
    resolved: null,
    version: 0,
  };
};

/**
 * Marks a comment as settled, or as open again. The side that raised it says so, whoever stands on it by now; of a head
 * further above, the author.
 * @throws Rejection FORBIDDEN for another side, NO_CHANGE
 */
export const resolveComment = (
  comment: PlanComment,
  who: { readonly staffId: string; readonly side: CommentSide },
  resolved: boolean,
  at: Instant,
): PlanComment => {
  const raisedHere = comment.side === 'ABOVE' ? comment.authorId === who.staffId : comment.side === who.side;
  if (!raisedHere) throw reject('FORBIDDEN');
  if ((comment.resolved !== null) === resolved) throw reject('NO_CHANGE');
  return { ...comment, resolved: resolved ? { by: who.staffId, at } : null };
};
