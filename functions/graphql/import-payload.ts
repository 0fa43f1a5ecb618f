import { Rejection } from '../domain/problem.ts';
import type { ImportOutcome } from '../usecases/import-rows.ts';
import type { GraphQLContext } from './context.ts';
import { type UserError, userErrorOf } from './mutate.ts';

/** Runs a bulk import and makes its payload: rows that fitted are written even when others were refused. */
export async function importPayload(
  context: GraphQLContext,
  run: () => Promise<ImportOutcome>,
): Promise<{
  readonly imported: number;
  readonly unchanged: number;
  readonly userErrors: readonly UserError[];
}> {
  try {
    const { imported, unchanged, problems } = await run();
    return { imported, unchanged, userErrors: problems.map((found) => userErrorOf(found, context)) };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return {
      imported: 0,
      unchanged: 0,
      userErrors: error.problems.map((found) => userErrorOf(found, context)),
    };
  }
}
