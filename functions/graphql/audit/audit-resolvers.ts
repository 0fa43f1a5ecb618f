import { readTrail } from '../../usecases/audit/read-trail.ts';
import { verifyTrail } from '../../usecases/audit/verify-trail.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { encodeCursor, pageRequest, toConnection } from '../pagination.ts';
import { staffOf } from '../people-and-units.ts';

export const auditResolvers: Resolvers = {
  Query: {
    auditTrail: async (_, { entity, filter, ...args }, { deps, actor }) => {
      const list = { query: 'Query.auditTrail', scope: [entity, filter ?? null] };
      const page = await readTrail(deps, actor, entity, pageRequest(list, args), filter ?? {});
      const connection = toConnection(list, page);
      const endCursor = page.end === null ? null : encodeCursor(list, page.end);
      return { ...connection, pageInfo: { ...connection.pageInfo, endCursor }, entity };
    },
  },
  AuditConnection: {
    verification: ({ entity }, _, { deps, actor }) => verifyTrail(deps, actor, entity),
  },
  AuditEntry: {
    actor: ({ actor }, _, context) => staffOf(context, actor.id),
    actorId: ({ actor }) => actor.id,
    actorRole: ({ actor }) => actor.role,
  },
};
