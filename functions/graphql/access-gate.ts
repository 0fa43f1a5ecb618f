import {
  GraphQLBoolean,
  type GraphQLOutputType,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type Actor, decideByRole, ruleOf } from '../domain/access-policy.ts';
import { type Rejection, reject } from '../domain/problem.ts';
import type { GraphQLContext } from './context.ts';
import { userErrorOf } from './mutate.ts';
import type { FieldResolver, ResolvedField } from './outline.ts';

/**
 * A field's resolver with the access policy in front: a field of Query or Mutation that no role of the actor and no relation
 * could allow is refused before any code of its area runs, and so is one that the policy does not name. Where a relation
 * decides, the use case asks the policy again with the data at hand.
 */
export function guarded({ type, field, returns }: ResolvedField, resolve: FieldResolver): FieldResolver {
  const name = `${type}.${field}`;
  const rule = ruleOf(name);
  if (rule === null && type !== 'Query' && type !== 'Mutation') return resolve;
  return (parent, args, context, info) =>
    decideByRole(name, rule, context.actor).verdict === 'REFUSED'
      ? refuse(name, returns, context)
      : resolve(parent, args, context, info);
}

/** What was asked for by itself is refused; a detail that is only for some is empty for the others. */
function refuse(name: string, returns: GraphQLOutputType, context: GraphQLContext): unknown {
  const refusal = refusalFor(context.actor);
  if (name.startsWith('Query.')) throw refusal;
  if (!name.startsWith('Mutation.')) return null;
  const userErrors = refusal.problems.map((each) => userErrorOf(each, context));
  return Object.assign({}, nothingDone(returns), { userErrors });
}

/** What a type holds that cannot be null, when nothing was done: empty lists, counts of zero, and false. */
function nothingDone(type: GraphQLOutputType): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) return [];
  if (!isObjectType(inner)) return inner === GraphQLBoolean ? false : 0;
  return Object.fromEntries(
    Object.values(inner.getFields())
      .filter((field) => isNonNullType(field.type))
      .map((field) => [field.name, nothingDone(field.type)]),
  );
}

const refusalFor = (actor: Actor): Rejection =>
  reject(actor.roles.has('PUBLIC') ? 'UNAUTHENTICATED' : 'FORBIDDEN');
