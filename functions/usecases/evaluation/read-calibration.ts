import type { Actor } from '../../domain/access-policy.ts';
import { buildsOnPeriods, builtOn } from '../../domain/evaluation/basis.ts';
import {
  type DistributionBound,
  type DistributionWarning,
  distributionBounds,
  distributionGuidance,
  noCounts,
  type PredicateCounts,
} from '../../domain/evaluation/distribution.ts';
import { evaluate, unitAchievement } from '../../domain/evaluation/evaluation.ts';
import type { Predicate } from '../../domain/evaluation/predicate.ts';
import { presenceIn, servesFrom } from '../../domain/evaluation/presence.ts';
import type { Evaluation } from '../../domain/evaluation/result.ts';
import { unitPredicateOf } from '../../domain/evaluation/unit-assessment.ts';
import { headedUnitOn, type Organisation } from '../../domain/organisation/organisation.ts';
import { assessorOfStaffOn, assignmentOn, type Staff } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import { planIdOf } from '../../domain/plan/plan.ts';
import type { IsoDate } from '../../domain/time.ts';
import { authorise } from '../authorise.ts';
import { readCarriedResults } from '../carryover/read-carried-results.ts';
import type { Deps } from '../deps.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { policyNow } from '../result/policy-now.ts';
import { asProposal, proposalFrame } from '../result/proposal-frame.ts';
import { readAgreements, readProposalInputs } from './read-inputs-now.ts';
import { staffAssessedIn } from './staff-assessed-in.ts';
import {
  requireUnitAndPeriod,
  type UnitEvaluation,
  type UnitKey,
  unitEvaluationNow,
} from './unit-subject.ts';

/** One person in a calibration. */
export interface CalibrationEntry {
  readonly proposal: Evaluation & { readonly periodId: string };
  readonly name: string;
  /** Of the assessor's ratings, for the next change; null while none are set. */
  readonly ratingVersion: number | null;
}

/** By name, and by id where names are the same. */
export const positionOf = ({ name, proposal }: CalibrationEntry): string => `${name}\n${proposal.staffId}`;

/** Whether the assessor's decision differs from what is proposed now. */
export const differsFromProposal = ({ proposal: { assessor, workResult, behaviour } }: CalibrationEntry) =>
  assessor !== null &&
  (assessor.workResult !== workResult.proposed || assessor.behaviour !== behaviour.proposed);

/** Everybody whom a unit's head assesses, side by side, with what the guidance says of all of them together. */
export interface Calibration {
  readonly evaluation: UnitEvaluation;
  /** By name. */
  readonly entries: readonly CalibrationEntry[];
  readonly distribution: PredicateCounts;
  readonly notEvaluated: number;
  /** What the guidance allows and asks for, by the unit's predicate as it stands; empty without one. */
  readonly bounds: readonly DistributionBound[];
  readonly warnings: readonly DistributionWarning[];
}

/**
 * How the evaluations of a unit stand before the close, as the head sees them who has to compare (annex, chapter IV B 3: contributions
 * are compared between staff): proposals without what anonymous raters said, and the ratings that are set. Nobody finds
 * themselves in it, in no count either: what is left of a count would be the reader's own proposal.
 * @throws Rejection NOT_FOUND, FORBIDDEN
 */
export async function readCalibration(deps: Deps, actor: Actor, key: UnitKey): Promise<Calibration> {
  const { period, organisation } = await requireUnitAndPeriod(deps, key);
  const day = ratingDay(period, await regionToday(deps));
  await authorise(deps, actor, 'Query.calibration', { unitId: key.unitId, on: day });
  const assessed = await staffAssessedIn(deps, organisation, { unitId: key.unitId, day });
  const staff = assessed.filter(({ id }) => id !== actor.staffId);
  const [evaluation, entries] = await Promise.all([
    unitEvaluationNow(deps, period, key.unitId),
    evaluateAllNow(deps, period, { organisation, day, staff }),
  ]);
  const distribution: Record<Predicate, number> = { ...noCounts };
  let notEvaluated = 0;
  for (const { proposal } of entries) {
    if (proposal.predicate === null) notEvaluated += 1;
    else distribution[proposal.predicate] += 1;
  }
  const predicate = unitPredicateOf(evaluation);
  return {
    evaluation,
    entries: entries.sort((a, b) => (positionOf(a) < positionOf(b) ? -1 : 1)),
    distribution,
    notEvaluated,
    bounds: predicate === null ? [] : distributionBounds(predicate, entries.length - notEvaluated),
    warnings: distributionGuidance(predicate, distribution),
  };
}

/** The proposals of many people, by the same rules as of one (evaluateNow). */
async function evaluateAllNow(
  deps: Deps,
  period: Period,
  {
    organisation,
    day,
    staff,
  }: { readonly organisation: Organisation; readonly day: IsoDate; readonly staff: readonly Staff[] },
): Promise<CalibrationEntry[]> {
  const { store } = deps;
  const people = staff.flatMap((one) => {
    const assignment = assignmentOn(one, day);
    if (assignment === null) return [];
    const membership = { ...assignment, staffId: one.id };
    const assessor = assessorOfStaffOn(organisation, one, day);
    return [{ staff: one, membership, assessor, headed: headedUnitOn(organisation, membership, day) }];
  });
  const headed = [...new Set(people.flatMap((one) => one.headed?.id ?? []))];
  const [policy, instruments, inputsOf, agreementOf, assessments, periods] = await Promise.all([
    policyNow(deps, period),
    store.instruments.list(),
    readProposalInputs(
      store,
      period,
      people.map((one) => ({ staff: one.staff, assessorId: one.assessor.assessorId })),
    ),
    readAgreements(store, period, headed),
    store.unitAssessments.getMany(headed.map((unitId) => ({ periodId: period.id, unitId }))),
    period.kind === 'YEAR' ? store.periods.list() : [],
  ]);
  const runs = buildsOnPeriods(period, policy.rules) ? builtOn(period, policy.rules, periods) : null;
  const results = await store.results.getMany(
    people.flatMap((one) => (runs ?? []).map((run) => ({ ...run, staffId: one.staff.id }))),
  );
  const resultsOf = Map.groupBy(
    results.filter((result) => result !== null),
    ({ staffId }) => staffId,
  );
  const carried = await readCarriedResults(
    store,
    period,
    people.map((one) => inputsOf(one.staff.id).carryover),
  );
  const frame = proposalFrame(policy, period, instruments, organisation);
  const achievements = new Map(
    headed.map((unitId, at) => {
      const { plan, realisations } = agreementOf(planIdOf({ kind: 'UNIT', unitId }, period.year));
      return [unitId, unitAchievement(unitId, plan, realisations, frame, assessments[at] ?? null)];
    }),
  );
  return people.map(({ staff: one, membership, assessor, headed: unit }, at) => {
    const inputs = inputsOf(one.id);
    const evaluation = evaluate(
      {
        ...inputs,
        membership,
        assessor,
        headedUnit: unit && (achievements.get(unit.id) ?? null),
        carried: carried[at] ?? null,
        basis: runs && (resultsOf.get(one.id) ?? []),
        presence: presenceIn(
          { servesFrom: servesFrom(one.assignments, membership.from), absences: one.absences },
          period,
          policy.rules,
        ),
      },
      frame,
    );
    return {
      proposal: { ...asProposal(evaluation, policy, organisation), periodId: period.id },
      name: one.name,
      ratingVersion: inputs.assessorRating?.version ?? null,
    };
  });
}
