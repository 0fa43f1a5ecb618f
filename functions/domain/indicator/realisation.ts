import type { EvidenceFile } from '../activity/evidence.ts';
import { isMonth } from '../calendar.ts';
import type { Decimal } from '../decimal.ts';
import type { PlanContent } from '../plan/plan.ts';
import { type Problem, problem, reject, rejectIf } from '../problem.ts';
import { checkText, tidy } from '../text.ts';
import type { Instant, Month } from '../time.ts';

export type RealisationState = 'REPORTED' | 'VERIFIED' | 'REJECTED';

/** What was reached in one month on one line (realisasi), with its evidence (bukti dukung). */
export interface Realisation {
  readonly planId: string;
  readonly lineId: string;
  readonly month: Month;
  readonly value: Decimal;
  readonly evidence: readonly string[];
  /** Files that were uploaded as evidence. */
  readonly files: readonly EvidenceFile[];
  readonly note: string | null;
  readonly state: RealisationState;
  /** Why it was rejected; null otherwise. */
  readonly rejection: string | null;
  /** How many verified activities the figure was built from; null for one that somebody reported. */
  readonly activities: number | null;
  /** The objection whose decision set it right; left out: none. What was decided is not built anew from activities. */
  readonly setRightBy?: string | undefined;
  /** The actor who reported it: somebody else verifies. Null: not known, or the activities made it. */
  readonly reportedBy: string | null;
  readonly reportedAt: Instant;
  readonly version: number;
}

/** What somebody reports. */
export type RealisationReport = Pick<Realisation, 'lineId' | 'month' | 'value' | 'evidence' | 'note'>;

/** Limits of a report. */
export const REALISATION_LIMITS = { evidence: 10, link: 2_000, note: 2_000, rejection: 2_000 } as const;

/**
 * Checks a report against the plan in force: the line exists, the month lies in the plan's year, evidence is given as https
 * links, and there is some for a RELEASED figure, which stands on its publication. A month without target may be reported: it is
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
    const found = checkText(address, `evidence.${at}`, link, 'LINE', 'INVALID_FORMAT');
    if (found.length === 0 && !/^https:\/\/\S+$/.test(address)) {
      found.push(problem('INVALID_FORMAT', `evidence.${at}`, { expected: 'https://…' }));
    }
    problems.push(...found);
  });
  if (line?.measure.buildUp === 'RELEASED' && report.evidence.length === 0) {
    problems.push(problem('EVIDENCE_REQUIRED', 'evidence'));
  }
  problems.push(...checkText(report.note ?? '', 'note', note, 'TEXT', null));
  return problems;
};

/** A report in place of an earlier one or of none: it waits for the superior's look again. */
export const reportRealisation = (
  before: Realisation | null,
  planId: string,
  report: RealisationReport,
  reportedBy: string,
  now: Instant,
): Realisation => ({
  planId,
  lineId: report.lineId,
  month: report.month,
  value: report.value,
  evidence: report.evidence,
  files: before?.files ?? [],
  note: report.note,
  state: 'REPORTED',
  rejection: null,
  activities: null,
  reportedBy,
  reportedAt: now,
  version: before?.version ?? 0,
});

/** A figure that was verified elsewhere, as an import brings it. */
export const adoptRealisation = (...report: Parameters<typeof reportRealisation>): Realisation => ({
  ...reportRealisation(...report),
  state: 'VERIFIED',
});

/**
 * REPORTED or REJECTED → VERIFIED, by somebody else than the one who reported.
 * @throws Rejection NO_CHANGE, FORBIDDEN for the reporter
 */
export const verifyRealisation = (realisation: Realisation, verifiedBy: string): Realisation => {
  if (realisation.state === 'VERIFIED') throw reject('NO_CHANGE');
  if (realisation.reportedBy === verifiedBy) throw reject('FORBIDDEN');
  return { ...realisation, state: 'VERIFIED', rejection: null };
};

/** A realisation that its owner may still change. @throws Rejection WRONG_STATE for one that is verified */
export const whileUnverified = (realisation: Realisation): Realisation => {
  if (realisation.state === 'VERIFIED') throw reject('WRONG_STATE', '', { state: realisation.state });
  return realisation;
};

/** → REJECTED, with what is wrong: it does not count until it is reported again. @throws Rejection REASON_REQUIRED, TOO_LONG */
export const rejectRealisation = (realisation: Realisation, reason: string): Realisation => {
  rejectIf(checkText(reason, 'reason', REALISATION_LIMITS.rejection, 'TEXT', 'REASON_REQUIRED'));
  return { ...realisation, state: 'REJECTED', rejection: tidy(reason) };
};
