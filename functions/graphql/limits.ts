import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getVariableValues,
  isCompositeType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity';
import { type Actor, decideByRole, ruleOf } from '../domain/access-policy.ts';
import type { GraphQLContext } from './context.ts';
import { MOST_ROWS } from './pagination.ts';

/** What one operation may ask for. Stable codes: QUERY_TOO_LARGE, QUERY_TOO_DEEP, QUERY_TOO_MANY_ALIASES, QUERY_TOO_COSTLY. */
export const limits = {
  /** Lexical tokens of the document. */
  tokens: 3_000,
  /** Fields inside of each other. */
  depth: 12,
  /** Fields under another name. */
  aliases: 30,
  /** Fields of Query or Mutation in one operation. */
  rootFields: 20,
  /** Estimated objects that are answered with, and reads of a list counted as fifty of them. */
  cost: 50_000,
  /** The same without a login. */
  publicCost: 5_000,
  /** Bytes of a request's body; an import of 50 rows has some 60,000. */
  bodyBytes: 1_000_000,
  /** Objects and lists inside of each other in a request's body. */
  nesting: 50,
  /** Keys of an object in a request's body; an input has some 40 at most. */
  keys: 200,
  /** Mistakes in the variables that are reported each by itself; GraphQL quotes the value in every one. */
  mistakes: 10,
  /** Characters of a message about the request, which may quote what was sent. */
  message: 1_000,
} as const;

/** A read of the table against an object made of what was read. */
const COST_OF_READ = 50;
/** Objects that a list without `first` may be taken to have; those that are known to be longer are named. */
const USUAL_LENGTH = 10;
const LENGTHS: Readonly<Record<string, number>> = {
  'UnitPlansPayload.rows': 50,
  'Query.units': 20,
  'Unit.children': 20,
  'Unit.subtree': 100,
  'AgreedLine.realisations': 12,
  'Programme.enrolments': 100,
};
/** Reads of the table that a field needs for each object that it is asked of, whatever else the operation reads. */
const READS: Readonly<Record<string, number>> = {
  'Query.activities': 7,
  'Query.reportedActivities': 20,
  'Query.realisationTrace': 2,
  'AuditConnection.verification': 10,
  'Indicator.definitions': 1,
  'Indicator.history': 4,
  'Plan.difference': 1,
  'Plan.warnings': 4,
  'PlanDraft.problems': 6,
  'Mutation.proposeUnitPlans': 500,
  'PlanLine.cascade': 4,
  'Query.goalsNotTakenUp': 60,
  'Plan.revisions': 1,
  'Query.calibration': 60,
  'Unit.calibration': 60,
  'Query.myTasks': 90,
  'Query.chart': 10,
  'Query.compareUnits': 3,
  'Query.exportTable': 60,
  'Query.document': 3,
  'Query.regionOverview': 10,
  'Staff.trend': 3,
  'Unit.indicatorTrend': 3,
  'Unit.trend': 3,
  'Query.notices': 10,
  'Query.carryover': 3,
  'Query.assessedStaff': 12,
  'Query.peerCandidates': 12,
  'Query.proposal': 12,
  'Query.ratingCompletion': 10,
  'Query.ratingFlags': 10,
  'Query.unreadNotices': 10,
  'Result.feedback': 1,
  // Objections: a unit of several shards is read shard by shard
  'Query.unacknowledgedResults': 4,
  'Query.lateCorrections': 12,
  'Query.resultVersions': 3,
  'Result.delivery': 1,
  'ResultDelivery.document': 1,
  'Result.objection': 1,
  'Objection.result': 2,
  'Staff.results': 2,
  'SurveyCampaign.counts': 1,
  'UnitResult.surveyCampaigns': 1,
  'ContinuousFeedback.line': 1,
  'Query.progress': 14,
  'Query.regionProgress': 2,
  'JointParticipant.line': 1,
  'Announcement.acknowledgedAt': 1,
  'Query.announcements': 8,
  'UnitProgress.agreement': 14,
  'UnitProgress.below': 2,
  'GuidanceNote.line': 1,
  'Staff.credits': 2,
  'Staff.careerPlan': 1,
  'Course.candidates': 12,
  'Programme.effect': 12,
  'Programme.enrolments': 1,
  'Programme.seats': 1,
};

/** What a field answers with, and the reads that it needs by itself. */
const estimate = (asked: ComplexityEstimatorArgs): number =>
  costOfObjects(asked) + (READS[`${asked.type.name}.${asked.field.name}`] ?? 0) * COST_OF_READ;

/** Scalars are free, an object is 1, a list its length times its objects, a connection `first` times them and a read. */
const costOfObjects = ({ type, field, args, childComplexity }: ComplexityEstimatorArgs): number => {
  if (!isCompositeType(getNamedType(field.type))) return 0;
  // The results of a trend are read with those of everybody else.
  const last: unknown = args['last'];
  if (typeof last === 'number') return Math.min(Math.max(last, 1), MOST_ROWS) * (1 + childComplexity);
  // A ranking's `top` takes the place of `first`.
  const first: unknown = args['top'] ?? args['first'];
  if (typeof first === 'number') {
    // edges, nodes and pageInfo inside multiply by `first` here, not once more by their own length.
    return COST_OF_READ + Math.min(Math.max(first, 1), MOST_ROWS) * (1 + childComplexity);
  }
  const ofPage = /(Connection|Edge)$/.test(type.name);
  if (isListType(getNullableType(field.type)) && !ofPage)
    return (LENGTHS[`${type.name}.${field.name}`] ?? USUAL_LENGTH) * (1 + childComplexity);
  return 1 + childComplexity;
};

/** Refuses an operation that asks for too much, after validation (no cycles any more) and before anything is resolved. */
export const limitsPlugin: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ request, document, schema, operation, contextValue }) => {
      if (operation === undefined) return;
      if (schema.getRootType(operation.operation) == null)
        throw new GraphQLError(`no ${operation.operation} in the contract`, {
          extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
        });
      // The schema asked for by itself (off in production) is a fixed size, whatever its nesting looks like.
      if (operation.selectionSet.selections.every(isIntrospection)) return;
      const shape = shapeOf(document, operation);
      if (shape.depth > limits.depth) throw tooMuch('QUERY_TOO_DEEP', shape.depth, limits.depth);
      if (shape.aliases > limits.aliases)
        throw tooMuch('QUERY_TOO_MANY_ALIASES', shape.aliases, limits.aliases);
      if (operation.selectionSet.selections.length > limits.rootFields)
        throw tooMuch('QUERY_TOO_COSTLY', operation.selectionSet.selections.length, limits.rootFields);
      const most = contextValue.actor.roles.has('PUBLIC') ? limits.publicCost : limits.cost;
      const { actor } = contextValue;
      const cost = costOf({ schema, document, operation, variables: request.variables ?? {}, actor });
      if (cost > most) throw tooMuch('QUERY_TOO_COSTLY', cost, most);
    },
  }),
};

/** An operation with what it is sent with, and who asks. */
interface Counted {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
}

/**
 * Estimated cost of the operation, estimated once for who asks and how much. @throws GraphQLError BAD_USER_INPUT for arguments
 * that cannot be read: nothing may run uncounted.
 */
function costOf(asked: Counted): number {
  const { schema, operation, variables, actor } = asked;
  const { errors, coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
    maxErrors: limits.mistakes,
  });
  // Execution reports a few, each with its place, and resolves nothing. Looking for all would take longer than the limit.
  if (errors !== undefined) {
    const [first] = errors;
    if (errors.length <= limits.mistakes || first === undefined) return 0;
    throw new GraphQLError(first.message, {
      originalError: first,
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    });
  }
  const known = estimatesOf(operation);
  const key = keyOfEstimate(operation, coerced, actor);
  const before = known.get(key);
  if (before !== undefined) return before;
  const cost = estimateCost(asked);
  if (known.size >= MOST_ESTIMATES) known.clear();
  known.set(key, cost);
  return cost;
}

/**
 * What an operation costs, by whose roles and by what of its variables counts. Goes when the parsed document does, which Apollo
 * keeps up to a size; of a document no more is kept than four keys, each of some characters a variable: far less than the document.
 */
const estimates = new WeakMap<OperationDefinitionNode, Map<string, number>>();
const MOST_ESTIMATES = 4;

function estimatesOf(operation: OperationDefinitionNode): Map<string, number> {
  const known = estimates.get(operation) ?? new Map<string, number>();
  estimates.set(operation, known);
  return known;
}

/** Only how long a list may be and what is included or skipped count, and what the actor is refused (access-gate.ts). */
function keyOfEstimate(
  { variableDefinitions = [] }: OperationDefinitionNode,
  coerced: Readonly<Record<string, unknown>>,
  actor: Actor,
): string {
  const counted = variableDefinitions
    .map(({ variable }) => coerced[variable.name.value])
    // Null is not the same as nothing, for which an argument's default stands.
    .map((value) => (typeof value === 'number' || typeof value === 'boolean' || value === null ? value : ''));
  return JSON.stringify([[...actor.roles].sort(), actor.staffId !== null, counted]);
}

function estimateCost({ schema, document, operation, variables, actor }: Counted): number {
  try {
    return getComplexity({
      schema,
      query: document,
      variables,
      ...(operation.name !== undefined && { operationName: operation.name.value }),
      // What the actor is refused is not resolved (access-gate.ts): it must say that, and not that it costs too much.
      estimators: [(asked) => (isRefused(asked, actor) ? 0 : estimate(asked))],
      maxQueryNodes: MOST_NODES,
    });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (error.message.includes('number of nodes')) throw tooMuch('QUERY_TOO_COSTLY', null, MOST_NODES);
    throw new GraphQLError(error.message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
  }
}

const isRefused = ({ type, field }: ComplexityEstimatorArgs, actor: Actor): boolean => {
  const name = `${type.name}.${field.name}`;
  return (
    /^(?:Query|Mutation)$/.test(type.name) && decideByRole(name, ruleOf(name), actor).verdict === 'REFUSED'
  );
};

/** Fields that are counted at most, fragments spread out. */
const MOST_NODES = 10_000;

/** The numbers go along for the client's language (errors.ts); `actual` is null when counting stopped at the limit. */
const tooMuch = (code: string, actual: number | null, most: number): GraphQLError =>
  new GraphQLError(actual === null ? `more than ${most}` : `${actual} (at most ${most})`, {
    extensions: { code, actual, most, http: { status: 400 } },
  });

const isIntrospection = (node: SelectionNode): boolean =>
  node.kind === Kind.FIELD && node.name.value.startsWith('__');

interface Shape {
  readonly depth: number;
  readonly aliases: number;
}

const shapes = new WeakMap<OperationDefinitionNode, Shape>();

/** Depth and number of aliases with fragments spread out, measured once for a parsed document. */
function shapeOf(document: DocumentNode, operation: OperationDefinitionNode): Shape {
  const known = shapes.get(operation);
  if (known !== undefined) return known;
  const shape = measure(document, operation.selectionSet);
  shapes.set(operation, shape);
  return shape;
}

/** Each fragment is measured once. */
function measure(document: DocumentNode, selections: SelectionSetNode): Shape {
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node.selectionSet]),
  );
  const measured = new Map<string, Shape>();

  const measureSet = (set: SelectionSetNode): Shape => {
    let depth = 0;
    let aliases = 0;
    for (const node of set.selections) {
      const inner =
        node.kind === Kind.FRAGMENT_SPREAD
          ? fragment(node.name.value)
          : node.selectionSet === undefined
            ? NOTHING
            : measureSet(node.selectionSet);
      const field = node.kind === Kind.FIELD;
      depth = Math.max(depth, inner.depth + (field ? 1 : 0));
      aliases += inner.aliases + (field && node.alias !== undefined ? 1 : 0);
    }
    return { depth, aliases };
  };
  const fragment = (name: string) => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    const set = fragments.get(name);
    const shape = set === undefined ? NOTHING : measureSet(set);
    measured.set(name, shape);
    return shape;
  };
  return measureSet(selections);
}

const NOTHING: Shape = { depth: 0, aliases: 0 };
