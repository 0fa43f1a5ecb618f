import type { Resolvers } from '../generated/resolvers.ts';

export const viewerResolvers: Resolvers = {
  Query: {
    viewer: (_, __, { actor }) => actor,
  },
  Viewer: {
    roles: ({ roles }) => [...roles],
    staff: ({ staffId }, _, { deps }) => (staffId === null ? null : deps.store.staff.get(staffId)),
  },
};
