/** Requests made from the schema. */
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { typeDefs } from '../../../functions/graphql/generated/type-defs.ts';

export const schema = buildSchema(typeDefs);

export type Field = GraphQLField<unknown, unknown>;

export const fieldsOf = (root: 'Query' | 'Mutation'): Readonly<Record<string, Field>> => {
  const type = schema.getType(root);
  if (!isObjectType(type)) throw new Error(`no ${root}`);
  return type.getFields();
};

const mutation = (name: string): Field => {
  const field = fieldsOf('Mutation')[name];
  if (field === undefined) throw new Error(`no mutation ${name}`);
  return field;
};

/** The name of a mutation's input type. */
export const inputTypeOf = (name: string): string => {
  const type = mutation(name).args.find((argument) => argument.name === 'input')?.type;
  if (type === undefined) throw new Error(`${name} has no input`);
  return getNamedType(type).name;
};

/** A mutation that asks for its problems and whatever else its payload can tell. */
export function mutationOf(name: string): string {
  const payload = getNamedType(mutation(name).type) as GraphQLObjectType;
  const told = Object.values(payload.getFields())
    // What cannot be null says nothing by being there.
    .filter(
      ({ name: told, type }) => told !== 'userErrors' && (!isNonNullType(type) || !isObjectType(type.ofType)),
    )
    .map((field) => (isObjectType(getNamedType(field.type)) ? `${field.name} { __typename }` : field.name));
  return `mutation ($input: ${inputTypeOf(name)}!) { answer: ${name}(input: $input) { ${told.join(' ')} userErrors { code path } } }`;
}

/** Names of the fields of a mutation's input. */
export const inputFieldsOf = (name: string): readonly string[] => {
  const type = schema.getType(inputTypeOf(name));
  return isInputObjectType(type) ? Object.keys(type.getFields()) : [];
};
