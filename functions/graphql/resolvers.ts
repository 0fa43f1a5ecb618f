import { defaultFieldResolver } from 'graphql';
import { once } from '../domain/once.ts';
import type { Resolvers } from './generated/resolvers.ts';
import type { FieldResolver, TypeResolver } from './outline.ts';

/**
 * The resolvers of all areas, in groups with the use cases behind them. A group is loaded when one of its fields is first asked
 * for: a process that starts answers a few of six hundred, and reading all the code would take it as long as its first answer.
 * The generated outline says which group answers a field.
 */
export const groups: Readonly<Record<string, () => Promise<Resolvers>>> = {
  people: once(async () => (await import('./groups/people.ts')).resolvers),
  work: once(async () => (await import('./groups/work.ts')).resolvers),
  evaluation: once(async () => (await import('./groups/evaluation.ts')).resolvers),
  office: once(async () => (await import('./groups/office.ts')).resolvers),
};

/** A field's resolver: where no group says, the parent's property of that name. */
export function resolverOf(type: string, field: string, group: string | undefined): FieldResolver {
  if (group === undefined) return defaultFieldResolver;
  let known: FieldResolver | null = null;
  return (parent, args, context, info) => {
    if (known !== null) return known(parent, args, context, info);
    return memberOf(group, type, field).then((resolve: FieldResolver) => {
      known = resolve;
      return resolve(parent, args, context, info);
    });
  };
}

/** What tells the type of an object of which an interface alone is known. */
export const typeResolverOf =
  (type: string, group: string): TypeResolver =>
  async (...asked) =>
    (await memberOf(group, type, '__resolveType'))(...asked);

async function memberOf(group: string, type: string, name: string) {
  const load = groups[group];
  if (load === undefined) throw new TypeError(`no group of resolvers is called ${group}`);
  return Reflect.get(Reflect.get(await load(), type), name);
}
