import type { Resolvers } from '../generated/resolvers.ts';

export const viewerResolvers: Resolvers = {
  Query: {
    viewer: (_, __, { actor }) => actor,
  },
  Viewer: {
    roles: ({ roles }) => [...roles],
    staff: async ({ staffId }, _, { deps }) => {
      if (staffId === null) return null;
      // Nearly all that is asked of the person needs the organisation: read along, it costs no request of its own.
      const [staff] = await Promise.all([deps.store.staff.get(staffId), deps.store.organisation.load()]);
      return staff;
    },
  },
};
