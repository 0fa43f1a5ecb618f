import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { checkChoice, type DocumentChoice, type DocumentKind } from '../../domain/document/document.ts';
import type { Result } from '../../domain/evaluation/result.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import type { PlanContent } from '../../domain/plan/plan.ts';
import { reject } from '../../domain/problem.ts';
import { authorise, type Capacity } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { requireFollowUp } from '../follow-up/follow-up-change.ts';
import { placeOfStaffPlan } from '../plan/plan-place.ts';
import { wasAssessor } from '../result/read-result.ts';

/** A document of one person. */
export interface DocumentOfStaff extends DocumentChoice {
  readonly staffId: string;
  /** The run whose result is meant; null: the published one. */
  readonly run: string | null;
}

/** What a document is of, as it is stored. */
export type DocumentSubject = { readonly staff: Staff; readonly as: Capacity } & (
  | { readonly kind: 'PLAN'; readonly year: number; readonly planId: string; readonly content: PlanContent }
  | { readonly kind: 'EVALUATION'; readonly period: Period; readonly run: string; readonly result: Result }
  | { readonly kind: 'CERTIFICATE'; readonly period: Period; readonly followUp: FollowUp }
);

/**
 * Finds what a document is of, for who may read it: a plan in force as `Query.plan`, a published result as `Query.result`, a
 * granted certificate as `Staff.followUps`.
 * @throws Rejection REQUIRED or INVALID_FORMAT for a choice that does not fit its kind, NOT_FOUND, FORBIDDEN, NOT_MEMBER,
 * WRONG_STATE for a plan that nobody has agreed to, a period that has published nothing, and a certificate that was not granted
 */
export async function documentSubject(
  deps: Deps,
  actor: Actor,
  wanted: DocumentOfStaff,
): Promise<DocumentSubject> {
  checkChoice(wanted);
  const { staffId } = wanted;
  const staff = await deps.store.staff.get(staffId);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
  switch (wanted.kind) {
    case 'PLAN':
      return planSubject(deps, actor, staff, wanted.year ?? 0);
    case 'EVALUATION':
      return resultSubject(deps, actor, staff, wanted);
    case 'CERTIFICATE':
      return certificateSubject(deps, actor, staff, wanted);
  }
}

async function planSubject(deps: Deps, actor: Actor, staff: Staff, year: number): Promise<DocumentSubject> {
  const as = await authorise(deps, actor, 'Query.plan', { staff });
  const { address, planId } = await placeOfStaffPlan(deps, staff.id, year);
  const plan = await deps.store.plans.get(address, planId);
  if (plan === null) throw reject('NOT_FOUND', 'year', { id: planId });
  if (plan.agreed === null) throw reject('WRONG_STATE', 'year', { state: plan.proposalState ?? 'DRAFT' });
  return { kind: 'PLAN', staff, as, year, planId, content: plan.agreed };
}

async function requirePeriod(deps: Deps, periodId: string | null): Promise<Period> {
  const period = periodId === null ? null : await deps.store.periods.get(periodId);
  if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId ?? '' });
  return period;
}

async function resultSubject(
  deps: Deps,
  actor: Actor,
  staff: Staff,
  wanted: DocumentOfStaff,
): Promise<DocumentSubject> {
  const period = await requirePeriod(deps, wanted.periodId);
  const run = wanted.run ?? period.publishedRun;
  const result = run === null ? null : await deps.store.results.get(period.id, run, staff.id);
  const as: Capacity =
    result !== null && wasAssessor(actor, result)
      ? 'ASSESSOR'
      : await authorise(deps, actor, 'Query.result', { staff });
  if (run === null) throw reject('WRONG_STATE', 'periodId', { state: period.state });
  if (result === null) throw reject('NOT_FOUND', 'periodId', { id: period.id });
  return { kind: 'EVALUATION', staff, as, period, run, result };
}

async function certificateSubject(
  deps: Deps,
  actor: Actor,
  staff: Staff,
  { periodId, followUpId }: DocumentOfStaff,
): Promise<DocumentSubject> {
  const as = await authorise(deps, actor, 'Staff.followUps', { staff });
  const period = await requirePeriod(deps, periodId);
  const key = { staffId: staff.id, periodId: period.id, id: followUpId ?? '' };
  const followUp = await requireFollowUp(deps, key);
  if (followUp.measure !== 'CERTIFICATE' || followUp.state !== 'GRANTED')
    throw reject('WRONG_STATE', 'followUpId', { state: followUp.state });
  return { kind: 'CERTIFICATE', staff, as, period, followUp };
}

/** Which version of its data a document is of. */
export interface DocumentVersion {
  readonly kind: DocumentKind;
  readonly staffId: string;
  /** The run of the result or the revision of the plan, in words: `2026-Q1 r1`, `2026 revisi 2`. */
  readonly version: string;
  /** Policy of the result; null for the other kinds. */
  readonly policyId: string | null;
  /** SHA-256, 64 lower-case hexadecimal digits. */
  readonly digest: string;
}

/**
 * The version of a document with the digest of what it says: whose it is, lines, figures, ratings and predicate. It is the same
 * for every reader and holds nothing that a reader of the document does not see in it.
 */
export function versionOf(subject: DocumentSubject): DocumentVersion {
  const { kind, staff } = subject;
  const about = { kind, staffId: staff.id };
  switch (kind) {
    case 'PLAN': {
      const { planId, year, content } = subject;
      const { revision, lines, expectations, attachments } = content;
      const digest = digestOf({ ...about, planId, revision, lines, expectations, attachments });
      return { ...about, version: `${year} revisi ${revision}`, policyId: null, digest };
    }
    case 'EVALUATION': {
      const { result } = subject;
      // Of the run that last changed the person's result: corrections of others make no new version.
      const { periodId, run, policyId, workResult, workResultRating, behaviourRating, predicate } = result;
      const facts = {
        ...about,
        periodId,
        run,
        policyId,
        position: result.position,
        unitId: result.unitId,
        assessorId: result.assessorId,
        notes: result.assessor?.reason ?? null,
        lines: workResult.lines.map(({ lineId, title, target, realisation, achievement, rating }) => ({
          lineId,
          title,
          target,
          realisation,
          achievement,
          rating,
        })),
        workResultRating,
        behaviourRating,
        predicate,
      };
      return { ...about, version: `${periodId} ${run}`, policyId, digest: digestOf(facts) };
    }
    case 'CERTIFICATE': {
      const { id, periodId, decision } = subject.followUp;
      const digest = digestOf({ ...about, id, periodId, decision });
      return { ...about, version: `${periodId} ${id}`, policyId: null, digest };
    }
  }
}

const digestOf = (facts: object): string => createHash('sha256').update(canonicalJson(facts)).digest('hex');
