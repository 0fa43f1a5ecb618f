import { isMonth } from './calendar.ts';
import type { Decimal } from './decimal.ts';
import type { PlanContent } from './plan.ts';
import { type Problem, problem, reject } from './problem.ts';
import type { Instant, Month } from './time.ts';

export type RealisationState = 'REPORTED' | 'VERIFIED' | 'REJECTED';

/** What was reached in one month on one line (realisasi), with links to evidence (bukti dukung). */
export interface Realisation {
  readonly planId: string;
  readonly lineId: string;
  readonly month: Month;
  readonly value: Decimal;
  readonly evidence: readonly string[];
  readonly note: string | null;
  readonly state: RealisationState;
  /** Why it was rejected; null otherwise. */
  readonly rejection: string | null;
  readonly reportedAt: Instant;
  readonly version: number;
}

/** What somebody reports. */
export type RealisationReport = Pick<Realisation, 'lineId' | 'month' | 'value' | 'evidence' | 'note'>;

/** Limits of a report. */
export const REALISATION_LIMITS = { evidence: 20, link: 2_000, note: 2_000, rejection: 2_000 } as const;

/**
 * Checks a report against the plan in force: the line exists, the month lies in the plan's year, evidence is given as links,
 * and there is some for a RELEASED figure, which stands on its publication. A month without target may be reported: it is
 * kept and not compared.
 */
export const checkReport = (agreed: PlanContent, year: number, report: RealisationReport): Problem[] => {
  const problems: Problem[] = [];
  const line = agreed.lines.find(({ id }) => id === report.lineId);
  if (line === undefined) problems.push(problem('NOT_FOUND', 'lineId', { id: report.lineId }));
  if (!isMonth(report.month)) problems.push(problem('INVALID_FORMAT', 'month', { value: report.month }));
  else if (Number(report.month.slice(0, 4)) !== year) {
    problems.push(problem('OUTSIDE_PERIOD', 'month', { month: report.month, period: String(year) }));
  }
  const { evidence: most, link, note } = REALISATION_LIMITS;
  if (report.evidence.length > most) problems.push(problem('TOO_MANY', 'evidence', { maximum: most }));
  report.evidence.forEach((address, at) => {
    if (address.length > link) problems.push(problem('TOO_LONG', `evidence.${at}`, { maximum: link }));
    else if (!/^https?:\/\/\S+$/.test(address)) problems.push(problem('INVALID_FORMAT', `evidence.${at}`));
  });
  if (line?.measure.buildUp === 'RELEASED' && report.evidence.length === 0) {
    problems.push(problem('EVIDENCE_REQUIRED', 'evidence'));
  }
  if ((report.note ?? '').length > note) problems.push(problem('TOO_LONG', 'note', { maximum: note }));
  return problems;
};

/** A report in place of an earlier one or of none: it waits for the superior's look again. */
export const reportRealisation = (
  before: Realisation | null,
  planId: string,
  report: RealisationReport,
  now: Instant,
): Realisation => ({
  planId,
  lineId: report.lineId,
  month: report.month,
  value: report.value,
  evidence: report.evidence,
  note: report.note,
  state: 'REPORTED',
  rejection: null,
  reportedAt: now,
  version: before?.version ?? 0,
});

/** REPORTED or REJECTED → VERIFIED. @throws Rejection NO_CHANGE */
export const verifyRealisation = (realisation: Realisation): Realisation => {
  if (realisation.state === 'VERIFIED') throw reject('NO_CHANGE');
  return { ...realisation, state: 'VERIFIED', rejection: null };
};

/** → REJECTED, with what is wrong: it does not count until it is reported again. @throws Rejection REASON_REQUIRED, TOO_LONG */
export const rejectRealisation = (realisation: Realisation, reason: string): Realisation => {
  const rejection = reason.trim();
  const { rejection: most } = REALISATION_LIMITS;
  if (rejection === '') throw reject('REASON_REQUIRED', 'reason');
  if (rejection.length > most) throw reject('TOO_LONG', 'reason', { maximum: most });
  return { ...realisation, state: 'REJECTED', rejection };
};
