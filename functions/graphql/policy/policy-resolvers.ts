import { activatePolicy } from '../../usecases/policy/activate-policy.ts';
import { draftPolicy } from '../../usecases/policy/draft-policy.ts';
import { editPolicyDraft } from '../../usecases/policy/edit-policy-draft.ts';
import { findPolicy } from '../../usecases/policy/find-policy.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { unitOf } from '../people-and-units.ts';

const asPolicy = <T>(policy: T) => ({ policy });

export const policyResolvers: Resolvers = {
  Query: {
    policy: (_, args, { deps, actor }) => findPolicy(deps, actor, args),
    policies: (_, __, { deps }) => deps.store.policies.list(),
  },
  UnitRaterPools: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
  },
  Mutation: {
    draftPolicy: (_, { input }, context) =>
      mutate(context, () => draftPolicy(context.deps, context.actor, input), asPolicy),
    editPolicyDraft: (_, { input }, context) =>
      mutate(
        context,
        () => editPolicyDraft(context.deps, context.actor, input),
        asPolicy,
        () => context.deps.store.policies.get(input.id),
      ),
    activatePolicy: (_, { input }, context) =>
      mutate(
        context,
        () => activatePolicy(context.deps, context.actor, input),
        asPolicy,
        () => context.deps.store.policies.get(input.id),
      ),
  },
};
