import type { Post, Topic } from '../../domain/forum/forum.ts';
import {
  answerTopic,
  moderatePost,
  moderateTopic,
  openTopic,
  postToTopic,
  requirePost,
  requireTopic,
} from '../../usecases/forum/forum-change.ts';
import { readPosts, readTopic, readTopics, shownTo } from '../../usecases/forum/read-forum.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { connect } from '../pagination.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

const shown = ({ deps, actor }: GraphQLContext, topic: Topic) => shownTo(deps, actor, topic, topic.unitId);
const asTopic = <T>(topic: T) => ({ topic });
const asPost = <T>(post: T) => ({ post });

const shownPost = async ({ deps, actor }: GraphQLContext, post: Post) =>
  shownTo(deps, actor, post, (await requireTopic(deps, post.topicId)).unitId);

const topicNow = (context: GraphQLContext, id: string) => async () =>
  shown(context, await requireTopic(context.deps, id));

export const forumResolvers: Resolvers = {
  Query: {
    topics: (_, { unitId, ...args }, { deps, actor }) =>
      connect({ query: 'Query.topics', scope: unitId }, args, (page) =>
        readTopics(deps, actor, unitId, page),
      ),
    topic: (_, { id }, { deps, actor }) => readTopic(deps, actor, id),
  },
  Mutation: {
    openTopic: (_, { input }, context) =>
      mutate(
        context,
        async () => shown(context, await openTopic(context.deps, context.actor, input)),
        asTopic,
      ),
    postToTopic: (_, { input }, context) =>
      mutate(
        context,
        async () => shownPost(context, await postToTopic(context.deps, context.actor, input)),
        asPost,
      ),
    answerTopic: (_, { input }, context) =>
      mutate(
        context,
        async () => shown(context, await answerTopic(context.deps, context.actor, input)),
        asTopic,
        topicNow(context, input.topicId),
      ),
    moderateTopic: (_, { input }, context) =>
      mutate(
        context,
        async () => shown(context, await moderateTopic(context.deps, context.actor, input)),
        asTopic,
        topicNow(context, input.topicId),
      ),
    moderatePost: (_, { input }, context) =>
      mutate(
        context,
        async () => shownPost(context, await moderatePost(context.deps, context.actor, input)),
        asPost,
        async () => shownPost(context, await requirePost(context.deps, input.topicId, input.postId)),
      ),
  },
  Topic: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    kind: ({ subject }) => subject.kind,
    indicator: ({ subject }, _, { deps }) =>
      subject.kind === 'INDICATOR' ? deps.store.indicators.get(subject.indicatorId) : null,
    policyId: ({ subject }) => (subject.kind === 'POLICY' ? subject.policyId : null),
    author: ({ authorId }, _, context) => staffOf(context, authorId),
    posts: (topic, args, { deps, actor }) =>
      connect({ query: 'Topic.posts', scope: topic.id }, args, (page) => readPosts(deps, actor, topic, page)),
  },
  TopicAnswer: {
    by: ({ byId }, _, context) => staffOf(context, byId),
  },
  Hidden: {
    by: ({ byId }, _, context) => staffOf(context, byId),
  },
  Post: {
    author: ({ authorId }, _, context) => staffOf(context, authorId),
  },
};
