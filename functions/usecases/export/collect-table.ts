import type { Actor } from '../../domain/access-policy.ts';
import { exportColumns } from '../../domain/export/columns.ts';
import type { Cell, ExportTable, ExportTableName } from '../../domain/export/table.ts';
import type { Locale } from '../../domain/messages.ts';
import { reject } from '../../domain/problem.ts';
import { authorise, type Capacity } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import type { ExportLimits } from './export-scope.ts';
import { planRows, realisationRows } from './plan-rows.ts';
import { rankingRows, resultRows, unitResultRows } from './result-rows.ts';
import { staffRows } from './staff-rows.ts';

/** What to export. */
export interface ExportRequest {
  readonly table: ExportTableName;
  /** The unit with all below it; null: the region. */
  readonly unitId: string | null;
  /** Of results and rankings. */
  readonly periodId: string | null;
  /** Of plans and realisations. */
  readonly year: number | null;
  /** Of a ranking of a job group. */
  readonly jobGroup: string | null;
}

/** Makes the rows of one table, as far as the actor may read them. */
export type RowsOf = (
  deps: Deps,
  actor: Actor,
  request: ExportRequest,
  limits: ExportLimits,
  locale: Locale,
) => Promise<readonly (readonly Cell[])[]>;

const ROWS: Readonly<Record<ExportTableName, RowsOf>> = {
  STAFF: staffRows,
  RESULTS: resultRows,
  UNIT_RESULTS: unitResultRows,
  RANKING: rankingRows,
  PLANS: planRows,
  REALISATIONS: realisationRows,
};

/** Who may read the table as a whole; which of its rows is then decided one by one. */
const READS = {
  STAFF: 'Staff.assignments',
  RESULTS: 'Query.result',
  UNIT_RESULTS: 'Query.unitResult',
  RANKING: 'Query.ranking',
  PLANS: 'Query.plan',
  REALISATIONS: 'Query.plan',
} as const satisfies Readonly<Record<ExportTableName, string>>;

/**
 * Whether an actor may export: by role the region, or who heads the unit or one above it. The rows follow the rules of the
 * queries that show the same.
 * @throws Rejection FORBIDDEN, REQUIRED for what the table needs, NOT_FOUND
 */
export async function authoriseExport(deps: Deps, actor: Actor, request: ExportRequest): Promise<Capacity> {
  const { table, unitId } = request;
  checkRequest(request);
  const { units } = await deps.store.organisation.load();
  if (unitId !== null && !units.has(unitId)) throw reject('NOT_FOUND', 'unitId', { id: unitId });
  return authorise(deps, actor, READS[table], unitId === null ? undefined : { unitId });
}

function checkRequest({ table, periodId, year, unitId, jobGroup }: ExportRequest): void {
  const ofPeriod = table === 'RESULTS' || table === 'UNIT_RESULTS' || table === 'RANKING';
  if (ofPeriod && periodId === null) throw reject('REQUIRED', 'periodId');
  if ((table === 'PLANS' || table === 'REALISATIONS') && year === null) throw reject('REQUIRED', 'year');
  if (jobGroup !== null && (table !== 'RANKING' || unitId !== null))
    throw reject('INVALID_FORMAT', 'jobGroup');
}

/** Reads a table. @throws Rejection as `authoriseExport`; TOO_MANY beyond the limits */
export async function collectTable(
  deps: Deps,
  actor: Actor,
  request: ExportRequest,
  limits: ExportLimits,
  locale: Locale,
): Promise<ExportTable> {
  await authoriseExport(deps, actor, request);
  const rows = await ROWS[request.table](deps, actor, request, limits, locale);
  if (rows.length > limits.rows) throw reject('TOO_MANY', '', { maximum: limits.rows });
  return { columns: exportColumns[request.table], rows };
}
