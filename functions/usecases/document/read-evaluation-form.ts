import type { Actor } from '../../domain/access-policy.ts';
import {
  type DisputeForm,
  type EvaluatedLine,
  type EvaluationForm,
  type FormFeedback,
  formatOf,
} from '../../domain/document/document.ts';
import { periodTarget, realisationWords } from '../../domain/document/form-figures.ts';
import { raterWords, valueWords } from '../../domain/document/form-words.ts';
import type { LineExplanation, Result } from '../../domain/evaluation/result.ts';
import { unitPredicateOf } from '../../domain/evaluation/unit-assessment.ts';
import { localDay } from '../../domain/objection/deadlines.ts';
import type { Objection, ObjectionPoint } from '../../domain/objection/objection.ts';
import { assessorsSuperior, type Staff } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import type { Policy } from '../../domain/period/policy.ts';
import { baseRunOf } from '../../domain/period/run.ts';
import type { PlanLine } from '../../domain/plan/line.ts';
import { type PlanContent, planIdOf } from '../../domain/plan/plan.ts';
import { CORE_VALUES, type CoreValue } from '../../domain/rating/core-values.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { readFeedbackOfPeriod, type ShownFeedback } from '../feedback/read-feedback.ts';
import { deliveryOf } from '../objection/delivery.ts';
import { objectionToResult } from '../objection/read-objections.ts';
import { readFirst } from '../read-all.ts';
import { readFeedback } from '../result/read-feedback.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';
import { assessorParty, formLine, institutionOf, layoutOf, partyById, partyOf } from './form-parties.ts';
import { revisionOf } from './read-plan-form.ts';

/** Most that a form prints of continuous feedback. */
const MOST_FEEDBACK = 500;

export interface EvaluationSubject {
  readonly staff: Staff;
  readonly period: Period;
  readonly result: Result;
}

/** The form of a published result, for a reader who may read it; what the reader may not query is left out. */
export async function readEvaluationForm(
  deps: Deps,
  actor: Actor,
  { staff, period, result }: EvaluationSubject,
): Promise<EvaluationForm> {
  const { store } = deps;
  const day = period.end;
  const [organisation, delivery, evaluated, objection, feedback, comments, unitResult] = await Promise.all([
    store.organisation.load(),
    deliveryOf(deps, period, result),
    evaluatedContent(deps, actor, { staff, period, result }),
    objectionToResult(deps, actor, result),
    feedbackOf(deps, actor, { staff, period, result }),
    readFeedback(deps, result),
    result.assessedInUnitId === null || period.publishedRun === null
      ? null
      : store.results.unit(period.id, result.run, result.assessedInUnitId),
  ]);
  const dispute = disputeOf(period, result, objection, delivery.policy);
  const isFirst = dispute === null && result.run === baseRunOf(result.run);
  const [own, assessor, superior, lines] = await Promise.all([
    partyOf(deps, actor, staff, day),
    assessorParty(deps, actor, staff, result.assessorId, day),
    partyById(
      deps,
      actor,
      // Where nobody of the hierarchy was left to decide, whoever of the personnel office did is not the superior.
      (objection?.deciderId == null ? null : objection.decision?.deciderId) ??
        assessorsSuperior(organisation, staff.id, result, day),
      day,
    ),
    evaluatedLines(deps, actor, result, evaluated, feedback.onLine),
  ]);
  return {
    format: formatOf(dispute !== null, result.assessor?.as ?? null),
    layout: layoutOf(organisation, staff.id, result.unitId, day),
    institution: institutionOf(organisation, result.unitId),
    period,
    staff: { ...own, position: result.position, unit: organisation.units.get(result.unitId)?.name ?? null },
    assessor,
    superior,
    unitPredicate: unitResult && unitPredicateOf(unitResult),
    workResultRating: result.workResultRating,
    behaviourRating: result.behaviourRating,
    predicate: result.predicate,
    notes: result.assessor?.reason == null ? [] : [result.assessor.reason],
    lines,
    expectations: evaluated?.content.expectations.values ?? {},
    valueFeedback: Object.fromEntries(
      CORE_VALUES.flatMap((value) => {
        const said = feedback.onValue(value);
        return said.length === 0 ? [] : [[value, said]];
      }),
    ),
    comments: comments.flatMap(({ group, comments: texts }) =>
      texts.map((text) => ({ from: raterWords[group], text })),
    ),
    dispute,
    // What was published and received first did not say what was decided or corrected since.
    issuedOn: isFirst ? localDay(delivery.deliveredAt, delivery.policy) : null,
    receivedOn: isFirst ? (delivery.receipt?.receivedOn ?? null) : null,
  };
}

interface Evaluated {
  readonly planId: string;
  readonly content: PlanContent;
}

/**
 * The plan or agreement that the result was measured by; where it builds on other periods, the person's plan in force. Of a plan
 * nothing is told to who may not read it.
 */
async function evaluatedContent(
  deps: Deps,
  actor: Actor,
  { staff, period, result }: EvaluationSubject,
): Promise<Evaluated | null> {
  const { source, unit, planRevision } = result.workResult;
  const headed = source === 'UNIT_ACHIEVEMENT' ? (unit?.unitId ?? null) : null;
  const ownAddress = (await permits(deps, actor, 'Query.plan', { staff }))
    ? staffAddress(staff, period.year)
    : null;
  const ownId = planIdOf({ kind: 'STAFF', staffId: staff.id }, period.year);
  const address = headed === null ? ownAddress : agreementAddress(headed, period.year);
  const planId = headed === null ? ownId : planIdOf({ kind: 'UNIT', unitId: headed }, period.year);
  const [plan, own] = await Promise.all([
    address && deps.store.plans.get(address, planId),
    ownAddress && deps.store.plans.get(ownAddress, ownId),
  ]);
  if (plan === null) return null;
  const content = planRevision === null ? plan.agreed : await revisionOf(deps, plan, planRevision);
  if (content === null) return null;
  // What was expected of a head's conduct stands in the head's own plan, not in the unit's agreement.
  const expectations = (headed === null ? content : own?.agreed)?.expectations ?? content.expectations;
  return { planId, content: { ...content, expectations } };
}

async function evaluatedLines(
  deps: Deps,
  actor: Actor,
  { workResult }: Result,
  evaluated: Evaluated | null,
  onLine: (planId: string | undefined, lineId: string) => readonly FormFeedback[],
): Promise<readonly EvaluatedLine[]> {
  const planned = new Map((evaluated?.content.lines ?? []).map((line) => [line.id, line]));
  const feedbackOn = (lineId: string) => onLine(evaluated?.planId, lineId);
  const measured = workResult.lines.map(async (line): Promise<EvaluatedLine> => {
    const target = periodTarget(line);
    const planLine = planned.get(line.lineId);
    const form =
      planLine === undefined ? unplanned(line, target) : await formLine(deps, actor, planLine, target);
    return { ...form, realisation: realisationWords(line), feedback: feedbackOn(line.lineId) };
  });
  if (measured.length > 0) return Promise.all(measured);
  // Built on other periods: the results of those stand in the place of figures.
  const basis = (workResult.periods ?? []).map(({ periodId }) => periodId).join(', ');
  const realisation = basis === '' ? 'Tidak diukur' : `Lihat hasil evaluasi periode ${basis}`;
  return Promise.all(
    [...planned.values()].map(async (line: PlanLine) => ({
      ...(await formLine(deps, actor, line, '–')),
      realisation,
      feedback: feedbackOn(line.id),
    })),
  );
}

/** A line without its plan: what the result says of it. */
const unplanned = ({ kind, title, indicatorName }: LineExplanation, target: string) => ({
  kind,
  title,
  serves: null,
  aspect: null,
  perspective: null,
  indicator: indicatorName,
  target,
});

/** Continuous feedback of the period, by what it is on, oldest first; none for who may not read it. */
async function feedbackOf(deps: Deps, actor: Actor, { staff, period }: EvaluationSubject) {
  const key = { staffId: staff.id, periodId: period.id };
  const found = (await permits(deps, actor, 'Query.feedback', { staff }))
    ? await readFirst((page) => readFeedbackOfPeriod(deps, key, page), MOST_FEEDBACK)
    : [];
  const authors = await deps.store.staff.getMany([
    ...new Set(found.flatMap(({ authorId }) => authorId ?? [])),
  ]);
  const names = new Map(authors.flatMap((author) => (author === null ? [] : [[author.id, author.name]])));
  const said = found.toReversed();
  const shown = (feedback: ShownFeedback): FormFeedback => {
    const name = feedback.authorId === null ? undefined : names.get(feedback.authorId);
    const source = SOURCES[feedback.source];
    return { from: name === undefined ? source : `${source} (${name})`, text: feedback.text };
  };
  return {
    onLine: (planId: string | undefined, lineId: string) =>
      said
        .filter(({ topic }) => topic.kind === 'LINE' && topic.planId === planId && topic.lineId === lineId)
        .map(shown),
    onValue: (value: CoreValue) =>
      said.filter(({ topic }) => topic.kind === 'VALUE' && topic.value === value).map(shown),
  };
}

const SOURCES: Readonly<Record<ShownFeedback['source'], string>> = {
  LEADER: 'Pimpinan',
  COLLEAGUE: 'Pegawai',
  SERVED: 'Penerima layanan',
};

/**
 * What was decided on an objection that the reader may read. A change stands in the document of the version that it made and
 * in later ones, not in the one that was objected to.
 */
/** What of the result a point is about, as the form calls it. */
function aboutOf({ lineId, valueId }: ObjectionPoint, titleOf: ReadonlyMap<string, string>): string {
  if (lineId !== null) return titleOf.get(lineId) ?? lineId;
  const value = CORE_VALUES.find((each) => each === valueId);
  return value === undefined ? valueId : valueWords[value].name;
}

function disputeOf(
  { publications }: Period,
  { run, workResult }: Result,
  objection: Objection | null,
  policy: Policy,
): DisputeForm | null {
  if (objection?.decision == null) return null;
  const { decision, reasons, points, statements } = objection;
  const publishedAt = publications.find((publication) => publication.run === run)?.at;
  if (decision.outcome === 'CHANGED' && (publishedAt === undefined || publishedAt < decision.at)) return null;
  const outcome =
    decision.outcome === 'CHANGED'
      ? 'Hasil evaluasi kinerja Pegawai diubah'
      : 'Hasil evaluasi kinerja Pegawai dikuatkan';
  const titleOf = new Map(workResult.lines.map(({ lineId, title }) => [lineId, title]));
  return {
    reasons: [
      reasons,
      ...points.map((point) => `${aboutOf(point, titleOf)}: ${point.text}`),
      ...statements.filter(({ side }) => side === 'STAFF').map(({ text }) => text),
    ],
    explanations: statements.filter(({ side }) => side === 'ASSESSOR').map(({ text }) => text),
    decision: `${outcome}. ${decision.reason}`,
    recommendation: decision.recommendation,
    decidedOn: localDay(decision.at, policy),
  };
}
