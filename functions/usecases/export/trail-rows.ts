import { readTrail } from '../audit/read-trail.ts';
import { walkPages } from './export-scope.ts';
import type { RowsOf } from './rows-of.ts';
import { numberOf } from './value-cells.ts';

/** The trail of an entity, oldest first, with what it takes to recompute its chain. */
export const trailRows: RowsOf = async function* (deps, actor, request, limits) {
  const entity = request.entity ?? '';
  for await (const page of walkPages(limits, (wanted) => readTrail(deps, actor, entity, wanted)))
    yield page.map(({ sequence, at, actor: by, operation, reason, correlationId, after, ...hashes }) => [
      entity,
      numberOf(sequence),
      at,
      by.id,
      by.role,
      operation,
      reason,
      correlationId,
      after,
      hashes.previousHash,
      hashes.hash,
    ]);
};
