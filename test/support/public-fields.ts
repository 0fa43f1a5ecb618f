import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { ruleOf } from '../../functions/domain/access-policy.ts';

/** A field that somebody without a login may ask for, and the shortest way to it from the root. */
export interface PublicField {
  readonly name: string;
  readonly field: GraphQLField<unknown, unknown>;
  /** Fields from the root down to the one that answers with the type; the type that a fragment narrows to, where one must. */
  readonly way: readonly Step[];
}
export interface Step {
  readonly field: GraphQLField<unknown, unknown>;
  readonly on: GraphQLObjectType;
}

/**
 * Every field that PUBLIC may ask for, from the schema and the access policy alone: a field of Query or Mutation that the
 * policy gives to PUBLIC, and below it every field that the policy does not keep from PUBLIC.
 */
export function publicFields(schema: GraphQLSchema): readonly PublicField[] {
  const found: PublicField[] = [];
  const seen = new Set<string>();
  const queue: { readonly type: GraphQLObjectType; readonly way: readonly Step[] }[] = [];
  for (const root of [schema.getQueryType(), schema.getMutationType()])
    if (root) queue.push({ type: root, way: [] });
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { type, way } = next;
    if (seen.has(type.name)) continue;
    seen.add(type.name);
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`;
      if (!isOpen(name, way.length === 0)) continue;
      found.push({ name, field, way });
      for (const on of objectTypes(schema, getNamedType(field.type)))
        queue.push({ type: on, way: [...way, { field, on }] });
    }
  }
  return found;
}

function isOpen(name: string, atRoot: boolean): boolean {
  const rule = ruleOf(name);
  return rule === null ? !atRoot : rule.roles.includes('PUBLIC');
}

function objectTypes(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isInterfaceType(type) || isUnionType(type) ? schema.getPossibleTypes(type) : [];
}
