import type { Actor } from '../../domain/access-policy.ts';
import {
  answerTopic as answer,
  checkPost,
  checkTopic,
  moderate,
  type Post,
  type Topic,
} from '../../domain/forum/forum.ts';
import { problem, reject, rejectIf } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';

interface Repeatable {
  readonly idempotencyKey?: string | null | undefined;
}

export interface OpenTopicInput extends Repeatable {
  readonly unitId: string;
  readonly indicatorId?: string | null | undefined;
  readonly policyId?: string | null | undefined;
  readonly title: string;
  readonly text: string;
}

/** @throws Rejection NOT_FOUND at `topicId` */
export async function requireTopic({ store }: Pick<Deps, 'store'>, id: string): Promise<Stored<Topic>> {
  const topic = await store.forum.topic(id);
  if (topic === null) throw reject('NOT_FOUND', 'topicId', { id });
  return topic;
}

/** Somebody of the unit raises something on an indicator or a policy, or in general. @throws Rejection with all that is wrong; FORBIDDEN, NOT_FOUND */
export const openTopic = (deps: Deps, actor: Actor, input: OpenTopicInput): Promise<Stored<Topic>> =>
  perform(
    deps,
    { actor, operation: 'openTopic', input },
    async () => {
      const { unitId } = input;
      if (!(await deps.store.organisation.load()).units.has(unitId))
        throw reject('NOT_FOUND', 'unitId', { id: unitId });
      return authorise(deps, actor, 'Mutation.openTopic', { unitId });
    },
    async (as) => {
      const { indicatorId = null, policyId = null } = input;
      const [indicator, policy] = await Promise.all([
        indicatorId === null ? null : deps.store.indicators.get(indicatorId),
        policyId === null ? null : deps.store.policies.get(policyId),
      ]);
      rejectIf([
        ...checkTopic(input),
        ...(indicatorId !== null && policyId !== null
          ? [problem('ONE_OF', 'policyId', { options: 'indicatorId, policyId' })]
          : []),
        ...(indicatorId !== null && indicator === null
          ? [problem('NOT_FOUND', 'indicatorId', { id: indicatorId })]
          : []),
        ...(policyId !== null && policy === null ? [problem('NOT_FOUND', 'policyId', { id: policyId })] : []),
      ]);
      const topic: Topic = {
        id: deps.newId('t'),
        unitId: input.unitId,
        subject:
          indicatorId !== null
            ? { kind: 'INDICATOR', indicatorId }
            : policyId !== null
              ? { kind: 'POLICY', policyId }
              : { kind: 'GENERAL' },
        title: tidy(input.title),
        text: tidy(input.text),
        authorId: actor.staffId ?? actor.id,
        at: deps.now(),
        answer: null,
        hidden: null,
        version: 0,
      };
      return { as, ref: topic.id, writes: [deps.store.forum.saveTopic(null, topic)] };
    },
    (id) => requireTopic(deps, id),
  );

export interface PostToTopicInput extends Repeatable {
  readonly topicId: string;
  readonly text: string;
}

/** Somebody of the unit says something to an open topic. @throws Rejection WRONG_STATE once it is answered; REQUIRED, TOO_LONG, FORBIDDEN, NOT_FOUND */
export const postToTopic = (deps: Deps, actor: Actor, input: PostToTopicInput): Promise<Stored<Post>> =>
  perform(
    deps,
    { actor, operation: 'postToTopic', input },
    async () => {
      const { unitId } = await requireTopic(deps, input.topicId);
      return authorise(deps, actor, 'Mutation.postToTopic', { unitId });
    },
    async (as) => {
      const topic = await requireTopic(deps, input.topicId);
      if (topic.answer !== null) throw reject('WRONG_STATE', '', { state: 'ANSWERED' });
      rejectIf(checkPost(input.text));
      const post: Post = {
        topicId: topic.id,
        id: deps.newId('p'),
        text: tidy(input.text),
        authorId: actor.staffId ?? actor.id,
        at: deps.now(),
        hidden: null,
        version: 0,
      };
      return { as, ref: post.id, writes: [deps.store.forum.savePost(null, post)] };
    },
    (id) => requirePost(deps, input.topicId, id),
  );

export interface AnswerTopicInput extends Repeatable {
  readonly topicId: string;
  readonly version: number;
  readonly text: string;
}

/** The unit's head, those above, or a planner answer a topic, which closes it. @throws Rejection WRONG_STATE the second time; REQUIRED, TOO_LONG, FORBIDDEN, CONFLICT */
export const answerTopic = (deps: Deps, actor: Actor, input: AnswerTopicInput): Promise<Stored<Topic>> =>
  perform(
    deps,
    { actor, operation: 'answerTopic', input },
    async () => {
      const { unitId } = await requireTopic(deps, input.topicId);
      return authorise(deps, actor, 'Mutation.answerTopic', { unitId });
    },
    async (as) => {
      const before = await requireTopic(deps, input.topicId);
      expectVersion(before, input.version);
      const byId = actor.staffId ?? actor.id;
      const after = answer(before, { text: input.text, byId, at: deps.now() });
      const { id, unitId, authorId } = before;
      const told = notify(deps, {
        kind: 'FORUM_ANSWERED',
        to: authorId === byId ? [] : person(authorId),
        refs: { subjectId: id, unitId },
      });
      return { as, ref: id, writes: [deps.store.forum.saveTopic(before, after), ...told] };
    },
    (id) => requireTopic(deps, id),
  );

export interface ModerateTopicInput extends Repeatable {
  readonly topicId: string;
  readonly version: number;
  readonly hide: boolean;
  readonly reason: string;
}

/** Takes a topic out of sight or puts it back; the trail keeps text and reason. @throws Rejection NO_CHANGE, REASON_REQUIRED, FORBIDDEN, CONFLICT */
export const moderateTopic = (deps: Deps, actor: Actor, input: ModerateTopicInput): Promise<Stored<Topic>> =>
  perform(
    deps,
    { actor, operation: 'moderateTopic', input, reason: input.reason },
    async () => {
      const { unitId } = await requireTopic(deps, input.topicId);
      return authorise(deps, actor, 'Mutation.moderateTopic', { unitId });
    },
    async (as) => {
      const before = await requireTopic(deps, input.topicId);
      expectVersion(before, input.version);
      const after = moderate<Topic>(before, input.reason, input.hide ? by(deps, actor) : null);
      return { as, ref: before.id, writes: [deps.store.forum.saveTopic(before, after)] };
    },
    (id) => requireTopic(deps, id),
  );

export interface ModeratePostInput extends ModerateTopicInput {
  readonly postId: string;
}

/** As moderateTopic, of one post. @throws Rejection NO_CHANGE, REASON_REQUIRED, FORBIDDEN, CONFLICT, NOT_FOUND */
export const moderatePost = (deps: Deps, actor: Actor, input: ModeratePostInput): Promise<Stored<Post>> =>
  perform(
    deps,
    { actor, operation: 'moderatePost', input, reason: input.reason },
    async () => {
      const { unitId } = await requireTopic(deps, input.topicId);
      return authorise(deps, actor, 'Mutation.moderatePost', { unitId });
    },
    async (as) => {
      const before = await requirePost(deps, input.topicId, input.postId);
      expectVersion(before, input.version);
      const after = moderate<Post>(before, input.reason, input.hide ? by(deps, actor) : null);
      return { as, ref: before.id, writes: [deps.store.forum.savePost(before, after)] };
    },
    (id) => requirePost(deps, input.topicId, id),
  );

const by = (deps: Deps, actor: Actor) => ({ byId: actor.staffId ?? actor.id, at: deps.now() });

/** @throws Rejection NOT_FOUND */
export async function requirePost({ store }: Deps, topicId: string, id: string): Promise<Stored<Post>> {
  const post = await store.forum.post(topicId, id);
  if (post === null) throw reject('NOT_FOUND', 'postId', { id });
  return post;
}
