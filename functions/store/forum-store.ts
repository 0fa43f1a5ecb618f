import type { Post, Topic } from '../domain/forum/forum.ts';
import { problem } from '../domain/problem.ts';
import { entityCodec } from './codec.ts';
import type { ForumStore } from './contract/forum.ts';
import { auditName, latestFirst, postKey, postPrefix, topicKey, topicsPartition } from './keys.ts';
import { requireOpen } from './require-open.ts';
import * as schemas from './schemas/forum.ts';
import { getItem, queryList, type Table } from './table.ts';
import { prepare } from './write.ts';

const topicCodec = entityCodec<Topic>('TOPIC# / TOPIC', schemas.topic);
const postCodec = entityCodec<Post>('TOPIC# / POST#', schemas.post);

export function forumStore(table: Table): ForumStore {
  return {
    topic: async (id) => {
      const item = await getItem(table, topicKey(id));
      return item === undefined ? null : topicCodec.read(item);
    },
    topics: (unitId, page) =>
      queryList(table, { index: 'gsi1', pk: topicsPartition(unitId) }, page, topicCodec.read),
    post: async (topicId, id) => {
      const item = await getItem(table, postKey(topicId, id));
      return item === undefined ? null : postCodec.read(item);
    },
    posts: (topicId, page) =>
      queryList(table, { pk: topicKey(topicId).pk, prefix: postPrefix }, page, postCodec.read),
    saveTopic: (before, after) =>
      prepare({
        audit: auditName.topic(after.id),
        key: topicKey(after.id),
        ...topicCodec.change(before, after),
        attributes: {
          gsi1pk: topicsPartition(after.unitId),
          gsi1sk: latestFirst(after.at, after.id),
          open: after.answer === null,
        },
        ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
      }),
    savePost: (before, after) =>
      prepare(
        {
          audit: auditName.post(after.topicId, after.id),
          key: postKey(after.topicId, after.id),
          ...postCodec.change(before, after),
          attributes: {},
          ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
        },
        () => (before === null ? [requireOpen(table, topicKey(after.topicId), 'ANSWERED')] : []),
      ),
  };
}
