import { type Decimal, decimalOfMicro } from '../../domain/decimal.ts';
import { PREDICATES } from '../../domain/evaluation/predicate.ts';
import type { Evaluation } from '../../domain/evaluation/result.ts';
import { unitPredicateOf } from '../../domain/evaluation/unit-assessment.ts';
import { guidanceText, roundingNote } from '../../domain/messages.ts';
import { isAnonymous } from '../../domain/rating/pool.ts';
import { formatPoints } from '../../domain/rounding.ts';
import { policyOfRun } from '../../usecases/result/policy-of-run.ts';
import { ranksOfResult } from '../../usecases/result/ranked-results.ts';
import { readFeedback } from '../../usecases/result/read-feedback.ts';
import { readProposal } from '../../usecases/result/read-proposal.ts';
import { readResult, resultOfStaff, resultsOfStaff } from '../../usecases/result/read-result.ts';
import { readUnitResult } from '../../usecases/result/read-unit-result.ts';
import { summarise } from '../../usecases/result/summarise.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

/** The same for a published result and for a proposal. */
const detail = {
  staff: ({ staffId }: Evaluation, _: object, context: GraphQLContext) => staffOf(context, staffId),
  unit: ({ unitId }: Evaluation, _: object, context: GraphQLContext) => unitOf(context, unitId),
  assessor: ({ assessorId }: Evaluation, _: object, context: GraphQLContext) => staffOf(context, assessorId),
  decision: ({ assessor }: Evaluation) => assessor,
  roundingNote: (_: Evaluation, __: object, { locale }: GraphQLContext) => roundingNote[locale],
};

const nameOfPoolsUnit = async (
  context: GraphQLContext,
  { behaviour: { poolsOfUnitId } }: Pick<Evaluation, 'behaviour'>,
): Promise<string | null> =>
  poolsOfUnitId === null ? null : ((await unitOf(context, poolsOfUnitId))?.name ?? poolsOfUnitId);

const wholeDecimal = (whole: number | string): Decimal => decimalOfMicro(BigInt(whole) * 1_000_000n);

export const resultResolvers: Resolvers = {
  Query: {
    result: (_, args, { deps, actor }) => readResult(deps, actor, args),
    proposal: async (_, args, { deps, actor }) => ({
      ...(await readProposal(deps, actor, args)),
      periodId: args.periodId,
    }),
    unitResult: (_, args, { deps, actor }) => readUnitResult(deps, actor, args),
  },
  Staff: {
    result: (staff, { periodId }, { deps, actor }) => resultOfStaff(deps, actor, staff, periodId),
    results: (staff, _, { deps, actor }) => resultsOfStaff(deps, actor, staff),
  },
  Unit: {
    result: ({ id }, { periodId }, { deps, actor }) => readUnitResult(deps, actor, { unitId: id, periodId }),
  },
  EvaluationDetail: {
    __resolveType: (evaluation) => ('run' in evaluation ? 'Result' : 'Proposal'),
  },
  Result: {
    ...detail,
    feedback: (result, _, { deps }) => readFeedback(deps, result),
    summary: async (result, _, context) =>
      summarise(
        result,
        await ranksOfResult(context.deps.store, result),
        context.locale,
        await nameOfPoolsUnit(context, result),
      ),
    ranks: (result, _, { deps }) => ranksOfResult(deps.store, result),
    policyNumber: async ({ periodId, run }, _, { deps: { store } }) => {
      const period = await store.periods.get(periodId);
      return (period && (await policyOfRun(store, period, run)))?.number ?? null;
    },
  },
  Proposal: {
    ...detail,
    summary: async (proposal, _, context) =>
      summarise(proposal, null, context.locale, await nameOfPoolsUnit(context, proposal)),
  },
  LeftOut: {
    decisionBy: ({ decisionBy }, _, context) => staffOf(context, decisionBy),
  },
  Figure: {
    exact: (micro) => decimalOfMicro(micro),
    shown: (micro) => formatPoints(micro),
  },
  Fraction: {
    numerator: ({ numerator }) => wholeDecimal(numerator),
    denominator: ({ denominator }) => wholeDecimal(denominator),
  },
  PoolExplanation: {
    raters: ({ groups, raters, notMeasured }) =>
      notMeasured === 'TOO_FEW_RATERS' || (isAnonymous(groups) && raters === 0) ? null : raters,
  },
  Behaviour: {
    poolsOfUnit: ({ poolsOfUnitId }, _, context) =>
      poolsOfUnitId === null ? null : unitOf(context, poolsOfUnitId),
  },
  UnitResult: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    predicate: unitPredicateOf,
    justification: ({ justification }) => justification?.text ?? null,
    distribution: ({ distribution }) =>
      PREDICATES.map((predicate) => ({ predicate, count: distribution[predicate] })),
  },
  GuidanceWarning: {
    message: (warning, _, { locale }) => guidanceText(warning, locale),
  },
};
