import { PREDICATES } from '../../domain/evaluation/predicate.ts';
import { unitPredicateOf } from '../../domain/evaluation/unit-assessment.ts';
import { permits } from '../../usecases/authorise.ts';
import { justifyDistribution } from '../../usecases/evaluation/justify-distribution.ts';
import {
  differsFromProposal,
  positionOf,
  readCalibration,
} from '../../usecases/evaluation/read-calibration.ts';
import { readRatingChanges } from '../../usecases/evaluation/read-rating-changes.ts';
import { readUnitEvaluation } from '../../usecases/evaluation/read-unit-evaluation.ts';
import { setUnitPredicate } from '../../usecases/evaluation/set-unit-predicate.ts';
import type { UnitEvaluation } from '../../usecases/evaluation/unit-subject.ts';
import { nullWhenRejected } from '../../usecases/plan/plan-place.ts';
import { importAbsences } from '../../usecases/staff/import-absences.ts';
import { setAbsences } from '../../usecases/staff/set-absences.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { importPayload } from '../import-payload.ts';
import { mutate } from '../mutate.ts';
import { pageRequest, toConnection } from '../pagination.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

const payload = (evaluation: UnitEvaluation | null) => ({ evaluation });

export const evaluationResolvers: Resolvers = {
  Query: {
    calibration: (_, args, { deps, actor }) => readCalibration(deps, actor, args),
    ratingChanges: (_, args, { deps, actor }) => readRatingChanges(deps, actor, args),
    unitEvaluation: (_, args, { deps, actor }) => readUnitEvaluation(deps, actor, args),
  },
  Mutation: {
    setAbsences: (_, { input }, context) =>
      mutate(
        context,
        () => setAbsences(context.deps, context.actor, input),
        (staff) => ({ staff }),
        () => context.deps.store.staff.get(input.id),
      ),
    importAbsences: (_, { input }, context) =>
      importPayload(context, () => importAbsences(context.deps, context.actor, input.rows)),
    setUnitPredicate: (_, { input }, context) =>
      mutate(
        context,
        () => setUnitPredicate(context.deps, context.actor, input),
        payload,
        () => readUnitEvaluation(context.deps, context.actor, input),
      ),
    justifyDistribution: (_, { input }, context) =>
      mutate(
        context,
        () => justifyDistribution(context.deps, context.actor, input),
        payload,
        () => readUnitEvaluation(context.deps, context.actor, input),
      ),
  },
  Staff: {
    absences: async (staff, _, { deps, actor }) =>
      (await permits(deps, actor, 'Staff.absences', { staff })) ? staff.absences : null,
  },
  Unit: {
    calibration: ({ id }, { periodId }, { deps, actor }) =>
      readCalibration(deps, actor, { unitId: id, periodId }).catch(nullWhenRejected),
  },
  Calibration: {
    distribution: ({ distribution }) =>
      PREDICATES.map((predicate) => ({ predicate, count: distribution[predicate] })),
    guidance: ({ bounds }) => bounds,
    entries: ({ evaluation, entries }, args) => {
      const list = {
        query: 'Calibration.entries',
        scope: { unitId: evaluation.unitId, periodId: evaluation.periodId },
      };
      const { first, after } = pageRequest(list, args);
      // Whoever was last on the page before may have left since: the next by name follows.
      const rest = after === null ? entries : entries.filter((entry) => positionOf(entry) > after);
      const items = rest.slice(0, first).map((value) => ({ value, position: positionOf(value) }));
      return toConnection(list, { items, hasMore: rest.length > first });
    },
  },
  CalibrationEntry: {
    differs: differsFromProposal,
  },
  RatingChange: {
    by: ({ after }, _, context) => staffOf(context, after.assessorId),
  },
  UnitEvaluation: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    predicate: unitPredicateOf,
    justification: ({ justification }) => justification?.text ?? null,
  },
  UnitDecision: {
    decidedBy: ({ deciderId }, _, context) => staffOf(context, deciderId),
  },
  HeadedUnitPredicate: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    predicate: unitPredicateOf,
    setBy: ({ decision }) => decision?.as ?? null,
    reason: ({ decision }) => decision?.reason ?? null,
  },
};
