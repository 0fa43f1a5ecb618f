import type { Actor } from '../../domain/access-policy.ts';
import { localDateOf } from '../../domain/calendar.ts';
import type { CertificateForm, OfficialDocument, PlanForm } from '../../domain/document/document.ts';
import { planIdOf } from '../../domain/plan/plan.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { regionOffset } from '../region-clock.ts';
import { wasAssessor } from '../result/read-result.ts';
import { staffAddress } from '../work-address.ts';
import {
  type DocumentOfStaff,
  type DocumentSubject,
  type DocumentVersion,
  documentSubject,
  versionOf,
} from './document-subject.ts';
import { institutionOf, partyOf } from './form-parties.ts';
import { type EvaluationSubject, readEvaluationForm } from './read-evaluation-form.ts';
import { readPlanForm, revisionOf } from './read-plan-form.ts';

/**
 * The version and digest that a document has now, so that a printed one can be checked. @throws Rejection as `documentSubject`
 */
export async function readDocumentVersion(
  deps: Deps,
  actor: Actor,
  wanted: DocumentOfStaff,
): Promise<DocumentVersion> {
  await authorise(deps, actor, 'Query.document');
  return versionOf(await documentSubject(deps, actor, wanted));
}

/**
 * Everything that a document says, as far as the actor may read it. @param madeOn its date, also the day whose posts a plan names
 * @throws Rejection as `documentSubject`
 */
export async function readDocument(
  deps: Deps,
  actor: Actor,
  wanted: DocumentOfStaff,
  madeOn: IsoDate,
): Promise<OfficialDocument> {
  const subject = await documentSubject(deps, actor, wanted);
  const { version, policyId, digest } = versionOf(subject);
  const stamp = { digest, version, policy: policyId, madeOn };
  switch (subject.kind) {
    case 'PLAN':
      return { kind: 'PLAN', stamp, plan: await readPlanForm(deps, actor, { ...subject, madeOn }) };
    case 'EVALUATION': {
      const [evaluation, plan] = await Promise.all([
        readEvaluationForm(deps, actor, subject),
        attachedPlan(deps, actor, subject),
      ]);
      return { kind: 'EVALUATION', stamp, evaluation, plan };
    }
    case 'CERTIFICATE':
      return { kind: 'CERTIFICATE', stamp, certificate: await certificateOf(deps, actor, subject, digest) };
  }
}

/**
 * The plan that goes with an evaluation (annex, chapter V A 2): the revision that was evaluated, else the one in force. Not for who
 * may read the result alone, as an assessor of then.
 */
async function attachedPlan(
  deps: Deps,
  actor: Actor,
  { staff, period, result }: EvaluationSubject,
): Promise<PlanForm | null> {
  const { year } = period;
  const address = staffAddress(staff, year);
  const readable = await permits(deps, actor, 'Query.plan', { staff });
  if (address === null || !readable) return null;
  const plan = await deps.store.plans.get(address, planIdOf({ kind: 'STAFF', staffId: staff.id }, year));
  if (plan === null) return null;
  const { source, planRevision } = result.workResult;
  const content =
    source === 'PLAN' && planRevision !== null ? await revisionOf(deps, plan, planRevision) : plan.agreed;
  return content && readPlanForm(deps, actor, { staff, year, content, madeOn: period.end });
}

async function certificateOf(
  deps: Deps,
  actor: Actor,
  { staff, period, followUp }: Extract<DocumentSubject, { readonly kind: 'CERTIFICATE' }>,
  digest: string,
): Promise<CertificateForm> {
  const { decision } = followUp;
  if (decision === null) throw new Error('a granted follow-up has a decision');
  const run = period.publishedRun;
  const [organisation, offset, party, result] = await Promise.all([
    deps.store.organisation.load(),
    regionOffset(deps),
    partyOf(deps, actor, staff, period.end),
    run === null ? null : deps.store.results.get(period.id, run, staff.id),
  ]);
  const mayReadResult =
    result !== null &&
    (wasAssessor(actor, result) || (await permits(deps, actor, 'Query.result', { staff })));
  return {
    institution: institutionOf(organisation, followUp.unitId),
    number: `${period.id}/${digest.slice(0, 12).toUpperCase()}`,
    staff: party,
    period,
    predicate: mayReadResult ? result.predicate : null,
    reason: decision.reason,
    grantedOn: localDateOf(decision.at, offset),
  };
}
