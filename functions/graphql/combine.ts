import type { Resolvers } from './generated/resolvers.ts';

/** The resolvers of several areas as one; they may add fields to the same type, none the same field twice. */
export function combine(areas: readonly Resolvers[]): Resolvers {
  const combined: Record<string, Record<string, unknown>> = {};
  for (const area of areas)
    for (const [type, fields] of Object.entries<object>(area)) {
      combined[type] ??= {};
      for (const [field, resolve] of Object.entries(fields)) {
        if (Object.hasOwn(combined[type], field)) throw new TypeError(`two resolvers of ${type}.${field}`);
        combined[type][field] = resolve;
      }
    }
  return combined;
}
