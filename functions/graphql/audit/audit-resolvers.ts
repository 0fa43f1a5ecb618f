import { readTrail } from '../../usecases/audit/read-trail.ts';
import { verifyTrail } from '../../usecases/audit/verify-trail.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { connect } from '../pagination.ts';

export const auditResolvers: Resolvers = {
  Query: {
    auditTrail: async (_, { entity, ...args }, { deps, actor }) => ({
      ...(await connect({ query: 'Query.auditTrail', scope: entity }, args, (page) =>
        readTrail(deps, actor, entity, page),
      )),
      entity,
    }),
  },
  AuditConnection: {
    verification: ({ entity }, _, { deps, actor }) => verifyTrail(deps, actor, entity),
  },
  AuditEntry: {
    actorId: ({ actor }) => actor.id,
    actorRole: ({ actor }) => actor.role,
  },
};
