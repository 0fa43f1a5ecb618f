import {
  acknowledgeAnnouncement,
  publishAnnouncement,
  withdrawAnnouncement,
} from '../../usecases/announcement/announce.ts';
import {
  acknowledgedAt,
  readAnnouncements,
  readPublicAnnouncements,
  readReaders,
} from '../../usecases/announcement/read-announcements.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { connect, encodeCursor, pageRequest, toConnection } from '../pagination.ts';
import { unitOf } from '../people-and-units.ts';

const asAnnouncement = <T>(announcement: T) => ({ announcement });

export const announcementResolvers: Resolvers = {
  Query: {
    announcements: (_, args, { deps, actor }) =>
      connect({ query: 'Query.announcements', scope: actor.id }, args, (page) =>
        readAnnouncements(deps, actor, page),
      ),
    publicAnnouncements: (_, args, { deps, actor }) =>
      connect({ query: 'Query.publicAnnouncements', scope: null }, args, (page) =>
        readPublicAnnouncements(deps, actor, page),
      ),
    announcementReaders: async (_, { id, unitId, missing, ...args }, { deps, actor }) => {
      const list = { query: 'Query.announcementReaders', scope: [id, unitId, missing] };
      const page = await readReaders(deps, actor, { id, unitId, missing }, pageRequest(list, args));
      const connection = toConnection(list, page);
      const endCursor = page.end === null ? null : encodeCursor(list, page.end);
      return { ...connection, pageInfo: { ...connection.pageInfo, endCursor } };
    },
  },
  Mutation: {
    publishAnnouncement: (_, { input }, context) =>
      mutate(context, () => publishAnnouncement(context.deps, context.actor, input), asAnnouncement),
    withdrawAnnouncement: (_, { input }, context) =>
      mutate(
        context,
        () => withdrawAnnouncement(context.deps, context.actor, input),
        asAnnouncement,
        () => context.deps.store.announcements.get(input.id),
      ),
    acknowledgeAnnouncement: (_, { input }, context) =>
      mutate(context, () => acknowledgeAnnouncement(context.deps, context.actor, input), asAnnouncement),
  },
  Announcement: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    withdrawn: ({ withdrawn }) => withdrawn?.reason ?? null,
    acknowledgedAt: (announcement, _, { deps, actor }) => acknowledgedAt(deps, actor, announcement),
  },
};
