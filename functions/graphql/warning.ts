import { cascadeText } from '../domain/messages.ts';
import type { PlacedWarning } from '../usecases/plan/cascade.ts';
import type { GraphQLContext } from './context.ts';

/** A mismatch in the cascade as the schema's `Warning`. */
export const warningOf = (
  { warning, index, about }: PlacedWarning,
  { locale }: Pick<GraphQLContext, 'locale'>,
) => ({
  code: warning.code,
  message: cascadeText(warning, locale),
  path: ['lines', String(index), ...(about === 'SERVES' ? ['serves'] : [])],
});
