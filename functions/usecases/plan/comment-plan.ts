import type { Actor } from '../../domain/access-policy.ts';
import { type PlanComment, resolveComment } from '../../domain/plan/discussion.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { authoriseSpeaker, commentBy, findComment } from './discussion.ts';
import { planNotice } from './plan-notice.ts';
import { findPlan } from './plan-place.ts';

export interface CommentPlanInput {
  readonly planId: string;
  readonly lineId?: string | null | undefined;
  readonly text: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Adds a comment to the discussion of a plan or agreement, on a line or on the whole, at any time. It changes no content, so
 * the plan's version stays. @throws Rejection NOT_FOUND, REQUIRED, TOO_LONG, INVALID_FORMAT, FORBIDDEN
 */
export const commentPlan = (
  deps: Deps,
  actor: Actor,
  input: CommentPlanInput,
): Promise<Stored<PlanComment>> =>
  perform(
    deps,
    { actor, operation: 'commentPlan', input },
    async () => {
      const found = await findPlan(deps, input.planId);
      return { ...found, ...(await authoriseSpeaker(deps, actor, 'Mutation.commentPlan', found.place)) };
    },
    async ({ place, plan, side, as }) => {
      const comment = commentBy(deps, actor, plan, { side, lineId: input.lineId ?? null, text: input.text });
      // A head above speaks to both sides.
      const speakers = side === 'ABOVE' ? (['OWNER', 'SUPERIOR'] as const) : [side];
      const told = await Promise.all(
        speakers.map((by) => planNotice(deps, 'PLAN_COMMENTED', place, by, comment.id)),
      );
      return {
        as,
        ref: comment.id,
        writes: [deps.store.discussion.save(null, comment), ...told.flat()],
      };
    },
    (commentId) => findComment(deps, input.planId, commentId),
  );

export interface ResolvePlanCommentInput {
  readonly planId: string;
  readonly commentId: string;
  readonly version: number;
  readonly resolved: boolean;
  readonly idempotencyKey?: string | null | undefined;
}

/** Marks a comment as settled, or opens it again, by the side that raised it. @throws Rejection NOT_FOUND, CONFLICT, FORBIDDEN, NO_CHANGE */
export const resolvePlanComment = (
  deps: Deps,
  actor: Actor,
  input: ResolvePlanCommentInput,
): Promise<Stored<PlanComment>> =>
  perform(
    deps,
    { actor, operation: 'resolvePlanComment', input },
    async () => {
      const { place } = await findPlan(deps, input.planId);
      return authoriseSpeaker(deps, actor, 'Mutation.resolvePlanComment', place);
    },
    async ({ side, as }) => {
      const before = await findComment(deps, input.planId, input.commentId);
      expectVersion(before, input.version);
      const who = { staffId: actor.staffId ?? actor.id, side };
      const after = resolveComment(before, who, input.resolved, deps.now());
      return { as, ref: before.id, writes: [deps.store.discussion.save(before, after)] };
    },
    (commentId) => findComment(deps, input.planId, commentId),
  );
