import type { Actor } from '../../domain/access-policy.ts';
import type { ExportTableName, Row } from '../../domain/export/table.ts';
import type { Locale } from '../../domain/messages.ts';
import type { Month } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import type { ExportLimits } from './export-scope.ts';

/** What to export. */
export interface ExportRequest {
  readonly table: ExportTableName;
  /** The unit with all below it; null: the region. */
  readonly unitId: string | null;
  readonly periodId: string | null;
  readonly year: number | null;
  readonly month: Month | null;
  /** Of enrolments. */
  readonly programmeId: string | null;
  /** Of the candidates for a course. */
  readonly courseId: string | null;
  /** Of who knows of an announcement. */
  readonly announcementId: string | null;
  /** Of citizens' suggestions. */
  readonly campaignId: string | null;
  /** Of a trail, `KIND#id`. */
  readonly entity: string | null;
  /** Of a ranking of a job group. */
  readonly jobGroup: string | null;
  /** What is of one person. */
  readonly staffId: string | null;
}

/** Reads the rows of one table, page by page, as far as the actor may read them. */
export type RowsOf = (
  deps: Deps,
  actor: Actor,
  request: ExportRequest,
  limits: ExportLimits,
  locale: Locale,
) => AsyncIterable<readonly Row[]>;
