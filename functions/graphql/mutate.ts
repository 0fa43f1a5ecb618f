import { messageOf } from '../domain/messages.ts';
import { type Problem, Rejection } from '../domain/problem.ts';
import { nullWhenRejected } from '../usecases/plan/plan-place.ts';
import type { GraphQLContext } from './context.ts';

/** A problem as the schema's `UserError`. */
export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

export const userErrorOf = (found: Problem, { locale }: Pick<GraphQLContext, 'locale'>): UserError => ({
  code: found.code,
  message: messageOf(found, locale),
  path: found.path.map(String),
});

/**
 * Runs a mutation and makes its payload: the entity, or everything that is wrong with the input. On a CONFLICT the payload
 * holds the entity as it is now, read by `current`; nothing where `current` refuses. Whatever else is thrown is unexpected, and masked further out.
 */
export async function mutate<Entity, Payload extends object>(
  context: GraphQLContext,
  run: () => Promise<Entity>,
  payload: (entity: Entity | null) => Payload,
  current: () => Promise<Entity | null> = async () => null,
): Promise<Payload & { readonly userErrors: readonly UserError[] }> {
  try {
    return { ...payload(await run()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    const conflict = error.problems.some(({ code }) => code === 'CONFLICT');
    return {
      ...payload(conflict ? await current().catch(nullWhenRejected) : null),
      userErrors: error.problems.map((found) => userErrorOf(found, context)),
    };
  }
}
