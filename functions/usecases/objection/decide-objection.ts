import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Result } from '../../domain/evaluation/result.ts';
import { adoptRealisation } from '../../domain/indicator/realisation.ts';
import { correctEvaluation, mergedRatings } from '../../domain/objection/correct-evaluation.ts';
import { localDay } from '../../domain/objection/deadlines.ts';
import { mayDecideForOffice } from '../../domain/objection/deciders.ts';
import { checkHeard, decideOn, OBJECTION_LIMITS, type Objection } from '../../domain/objection/objection.ts';
import type { Correction, FigureCorrection } from '../../domain/objection/verdict.ts';
import type { PolicyRules } from '../../domain/period/policy.ts';
import { runOf } from '../../domain/period/run.ts';
import { planIdOf } from '../../domain/plan/plan.ts';
import { type ProblemCode, reject } from '../../domain/problem.ts';
import type { ExpectationRating } from '../../domain/rating/rating.ts';
import type { Month } from '../../domain/time.ts';
import type { Stored, WorkAddress, Write } from '../../store/contract/stored.ts';
import { authorise, type Capacity } from '../authorise.ts';
import { checkInput, type InputCheck } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { officerToday } from '../interest.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { staffAddress } from '../work-address.ts';
import { serves } from './deciders.ts';
import { answerObjection, requireDisputed, requireObjection } from './objection-subject.ts';

export interface DecideObjection {
  readonly id: string;
  readonly version: number;
  readonly outcome: 'UPHELD' | 'CHANGED';
  readonly reason: string;
  readonly recommendation?: string | null | undefined;
  readonly correction?: CorrectionInput | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface CorrectionInput {
  readonly workResult?: ExpectationRating | null | undefined;
  readonly behaviour?: ExpectationRating | null | undefined;
  readonly innovation?: boolean | null | undefined;
  readonly figures?:
    | readonly { readonly lineId: string; readonly month: Month; readonly value: Decimal }[]
    | null
    | undefined;
}

/**
 * The assessor's superior upholds or changes a result (annex, objections, 5 to 7), when both sides have been heard or the time to
 * be heard is over. What may be changed are ratings and the figures of the person's own lines; what follows is worked out by the
 * rules, here to see that anything changes at all, and shown to readers by the correction run that the schedule makes of it.
 * The corrected figures and ratings are written in the same transaction to where a later close reads them.
 * @throws Rejection with all problems of the input; FORBIDDEN for anybody but who has to decide, NOT_HEARD, WRONG_STATE, NO_CHANGE,
 * PERIOD_CLOSED for a change while a period of the year is being closed (retry later), NOT_FOUND, CONFLICT
 */
export const decideObjection = (
  deps: Deps,
  actor: Actor,
  input: DecideObjection,
): Promise<Stored<Objection>> =>
  perform(
    deps,
    { actor, operation: 'decideObjection', input, reason: input.reason },
    async () => capacityToDecide(deps, actor, await requireObjection(deps, actor, input.id)),
    async (as) => {
      const { store } = deps;
      const before = await requireObjection(deps, actor, input.id);
      const { period, policy } = await requireDisputed(deps, before);
      expectVersion(before, input.version);
      const at = deps.now();
      const today = localDay(at, policy);
      const { staffId, assessorId, attempt } = before;
      const [result, staff, assessorServes] = await Promise.all([
        store.results.get(period.id, runOf(attempt), staffId),
        store.staff.get(staffId),
        assessorId === null ? false : serves(store, assessorId, today),
      ]);
      const address = staff && staffAddress(staff, period.year);
      if (result === null || address === null) throw reject('NOT_FOUND', 'id', { id: before.id });

      const check = checkInput();
      check.addAll(checkHeard(before, today, assessorServes));
      const reason = check.text('reason', input.reason, OBJECTION_LIMITS.text);
      const recommendation = check.optionalText(
        'recommendation',
        input.recommendation,
        OBJECTION_LIMITS.text,
      );
      const correction = checkCorrection(input, result, policy.rules, check);
      if (input.outcome === 'CHANGED' && recommendation === null) check.add('REQUIRED', 'recommendation');
      check.done();

      const after = decideOn(before, {
        outcome: input.outcome,
        at,
        deciderId: actor.staffId,
        reason,
        recommendation,
        correction,
      });
      const inputs =
        correction === null ? [] : await correctedInputs(deps, actor, before, address, correction);
      return {
        as,
        ref: before.id,
        writes: [
          store.objections.save(before, after),
          ...inputs,
          ...notify(deps, {
            kind: 'OBJECTION_DECIDED',
            to: [...person(staffId), ...person(assessorId)],
            refs: { periodId: period.id, staffId, subjectId: before.id },
          }),
        ],
      };
    },
    answerObjection(deps, actor),
  );

/**
 * Who has to decide it; where nobody is above the assessor, the personnel office for the official whom the law names
 * (`mayDecideForOffice`). @throws Rejection FORBIDDEN
 */
async function capacityToDecide(deps: Deps, actor: Actor, objection: Objection): Promise<Capacity> {
  const { deciderId } = objection;
  if (deciderId !== null) {
    if (actor.staffId !== deciderId) throw reject('FORBIDDEN');
    return 'ASSESSORS_SUPERIOR';
  }
  const as = await authorise(deps, actor, 'Mutation.decideObjection');
  const { organisation, officer, today } = await officerToday(deps, actor);
  if (!mayDecideForOffice(organisation, officer, objection, today)) throw reject('FORBIDDEN');
  return as;
}

/** What is to be changed; null where the result is upheld, or where problems were found. */
function checkCorrection(
  { outcome, correction }: DecideObjection,
  result: Result,
  rules: PolicyRules,
  check: InputCheck,
): Correction | null {
  if (outcome === 'UPHELD') {
    if (correction != null) check.add('INVALID_FORMAT', 'correction', { expected: 'null' });
    return null;
  }
  if (correction == null) {
    check.add('REQUIRED', 'correction');
    return null;
  }
  const figures = correction.figures ?? [];
  const found = checkFigures(figures, result);
  for (const [path, code] of found) check.add(code, path);
  const whole: Correction = {
    workResult: correction.workResult ?? null,
    behaviour: correction.behaviour ?? null,
    innovation: correction.innovation ?? null,
    figures,
  };
  if (found.length > 0) return null;
  const outcomeOf = (of: Correction): string => {
    const { verdict: _, ...evaluation } = correctEvaluation(result, of, rules);
    return canonicalJson(evaluation);
  };
  if (outcomeOf(whole) === outcomeOf(NOTHING)) check.add('NO_CHANGE', 'correction');
  return whole;
}

const NOTHING: Correction = { workResult: null, behaviour: null, innovation: null, figures: [] };

/**
 * Only lines of the person's own plan, in the months of the period, each figure once. A unit head's lines are the unit's
 * agreement, whose figures are everybody's: they are mended by opening the period again [D].
 */
function checkFigures(
  figures: readonly FigureCorrection[],
  { workResult }: Result,
): readonly (readonly [path: string, code: ProblemCode])[] {
  if (figures.length > OBJECTION_LIMITS.figures) return [['correction.figures', 'TOO_MANY']];
  const seen = new Set<string>();
  return figures.flatMap(({ lineId, month }, at): (readonly [string, ProblemCode])[] => {
    const path = `correction.figures.${at}`;
    const line = workResult.source === 'PLAN' && workResult.lines.find((one) => one.lineId === lineId);
    if (!line) return [[`${path}.lineId`, 'NOT_FOUND']];
    if (!line.months.some((one) => one.month === month)) return [[`${path}.month`, 'OUTSIDE_PERIOD']];
    const key = `${lineId} ${month}`;
    if (seen.has(key)) return [[path, 'DUPLICATE']];
    seen.add(key);
    return [];
  });
}

/** The decision as what a later close reads: the ratings beside the assessor's, and the figures as they really were. */
async function correctedInputs(
  { store, now }: Deps,
  actor: Actor,
  { periodId, staffId, id }: Objection,
  address: WorkAddress,
  correction: Correction,
): Promise<readonly Write[]> {
  const planId = planIdOf({ kind: 'STAFF', staffId }, address.year);
  const keys = correction.figures.map(({ lineId, month }) => ({ address, planId, lineId, month }));
  const [earlier, known] = await Promise.all([
    store.objections.verdict(address, periodId, staffId),
    store.realisations.getMany(keys),
  ]);
  const ratings = mergedRatings(earlier, correction);
  const verdict =
    ratings === null
      ? []
      : [
          store.objections.saveVerdict(address, earlier, {
            ...ratings,
            periodId,
            staffId,
            objectionId: id,
            version: earlier?.version ?? 0,
          }),
        ];
  const figures = correction.figures.map((figure, at) => {
    const before = known[at] ?? null;
    const report = { ...figure, evidence: before?.evidence ?? [], note: before?.note ?? null };
    const adopted = adoptRealisation(before, planId, report, before?.reportedBy ?? actor.id, now());
    return store.realisations.correct(address, before, { ...adopted, setRightBy: id });
  });
  return [...verdict, ...figures];
}
