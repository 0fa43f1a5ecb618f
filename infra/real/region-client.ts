/** The operations of the real run beside the imports, each through the public API like any other client's. */
import * as z from 'zod/mini';
import { type GraphqlClient, GraphqlRefusal } from '../import/graphql-client.ts';
import { INSTRUMENT } from './convert-ratings.ts';

const userErrors = z.array(z.object({ code: z.string(), message: z.string(), path: z.array(z.string()) }));

/** Runs a mutation and returns what it answers in `field`. @throws GraphqlRefusal with all its userErrors */
const mutate = async <T>(
  client: GraphqlClient,
  { name, inputType, answer }: { readonly name: string; readonly inputType: string; readonly answer: string },
  input: Readonly<Record<string, unknown>>,
  schema: z.ZodMiniType<T>,
): Promise<T> => {
  const document = `mutation Run($input: ${inputType}!) { ${name}(input: $input) { answer: ${answer} userErrors { code message path } } }`;
  const payload = z.object({ answer: z.nullable(schema), userErrors });
  const data = await client.execute(document, { input }, z.object({ [name]: payload }));
  const result = data[name];
  if (result?.answer === null || result?.answer === undefined) {
    const problems = result?.userErrors ?? [];
    throw new GraphqlRefusal(
      problems[0]?.code ?? 'UNKNOWN',
      problems.map(({ code, message, path }) => `${name}: ${message} (${code} ${path.join('.')})`),
    );
  }
  return result.answer;
};

const versioned = z.object({ id: z.string(), version: z.int() });

const POLICY_RULES = `scheme achievementCap workResultBands { above meets } workResultShares { most few }
  behaviourScale { mean points } behaviourBands { above meets } raterPools { groups weight }
  unitRaterPools { unitId withSubunits raterPools { groups weight } } minimumRaters behaviourScore oneSidedScore
  unitBands { outstanding good needsImprovement poor } objection { deemedReceivedAfter fileWithin explainWithin decideWithin }
  allowance { weights { productivity discipline } minutesADay bases { positionClass amount } }
  followUp { id measure periods predicates inARow rank { scope atMost } trend { direction times } valueBelow after { measure outcome } }
  holidays utcOffsetMinutes`;

/** Puts the national defaults in force from a day on; returns them. */
export const activateDefaultPolicy = async (client: GraphqlClient, effectiveFrom: string): Promise<Rules> => {
  const drafted = await mutate(
    client,
    {
      name: 'draftPolicy',
      inputType: 'DraftPolicyInput',
      answer: `policy { id version rules { ${POLICY_RULES} } }`,
    },
    { effectiveFrom },
    z.object({ id: z.string(), version: z.int(), rules: z.record(z.string(), z.unknown()) }),
  );
  await activate(client, drafted);
  return drafted.rules;
};

export type Rules = Readonly<Record<string, unknown>>;

/** Puts rules in force from a day on. */
export const activatePolicy = async (
  client: GraphqlClient,
  effectiveFrom: string,
  rules: Rules,
): Promise<void> => {
  const draft = { name: 'draftPolicy', inputType: 'DraftPolicyInput', answer: 'policy { id version }' };
  await activate(client, await mutate(client, draft, { effectiveFrom, rules }, versioned));
};

/** The years of the data are past, and so are the first days of the policies. */
const REASON = 'Data of past years are evaluated';

const activate = async (client: GraphqlClient, { id, version }: z.infer<typeof versioned>): Promise<void> => {
  const activatePolicyField = {
    name: 'activatePolicy',
    inputType: 'ActivatePolicyInput',
    answer: 'policy { id version }',
  };
  await mutate(client, activatePolicyField, { id, version, reason: REASON }, versioned);
};

/** Adds the instrument of the ratings, one item on 1 to 5, unless the region has it. */
export const addInstrument = async (client: GraphqlClient): Promise<void> => {
  const known = z.object({ instruments: z.array(z.object({ id: z.string() })) });
  const { instruments } = await client.execute('query Instruments { instruments { id } }', {}, known);
  if (instruments.some(({ id }) => id === INSTRUMENT.id)) return;
  const field = {
    name: 'addInstrument',
    inputType: 'AddInstrumentInput',
    answer: 'instrument { id version }',
  };
  await mutate(client, field, INSTRUMENT, versioned);
};

/** Plans a period that is over, and opens it: its close is due at once. */
export const openPastPeriod = async (client: GraphqlClient, id: string): Promise<void> => {
  const plan = { name: 'planPeriod', inputType: 'PlanPeriodInput', answer: 'period { id version }' };
  const { version } = await mutate(client, plan, { id }, versioned);
  const open = { name: 'openPeriod', inputType: 'OpenPeriodInput', answer: 'period { id version }' };
  await mutate(client, open, { id, version }, versioned);
};

const figure = z.object({ exact: z.string(), shown: z.string() });

const unitResultSchema = z.object({
  unitResult: z.nullable(
    z.object({
      score: z.nullable(figure),
      notMeasured: z.nullable(z.string()),
      proposed: z.nullable(z.string()),
      lines: z.array(
        z.object({
          lineId: z.string(),
          kind: z.enum(['MAIN', 'ADDITIONAL']),
          indicatorName: z.string(),
          achievement: z.nullable(figure),
          notMeasured: z.nullable(z.string()),
          months: z.array(
            z.object({
              month: z.string(),
              target: z.nullable(z.object({ value: z.nullable(z.string()) })),
              realisation: z.nullable(z.string()),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type UnitResult = NonNullable<z.infer<typeof unitResultSchema>['unitResult']>;

/** The published result of a unit in a period. @throws GraphqlRefusal NOT_FOUND without one */
export const readUnitResult = async (
  client: GraphqlClient,
  unitCode: string,
  periodId: string,
): Promise<UnitResult> => {
  const { unit } = await client.execute(
    'query Unit($code: String!) { unit(code: $code) { id } }',
    { code: unitCode },
    z.object({ unit: z.nullable(z.object({ id: z.string() })) }),
  );
  const document = `query UnitResult($unitId: ID!, $periodId: ID!) { unitResult(unitId: $unitId, periodId: $periodId) {
    score { exact shown } notMeasured proposed
    lines { lineId kind indicatorName achievement { exact shown } notMeasured months { month target { value } realisation } } } }`;
  const { unitResult } = await client.execute(
    document,
    { unitId: unit?.id ?? '', periodId },
    unitResultSchema,
  );
  if (unitResult === null) throw new GraphqlRefusal('NOT_FOUND', [`no result of ${unitCode} in ${periodId}`]);
  return unitResult;
};

const rankingSchema = z.object({
  ranking: z.nullable(
    z.object({
      totalCount: z.int(),
      edges: z.array(
        z.object({
          node: z.object({
            rank: z.int(),
            score: figure,
            staff: z.nullable(z.object({ name: z.string() })),
            unit: z.nullable(z.object({ name: z.string() })),
          }),
        }),
      ),
    }),
  ),
});

export interface RankedStaff {
  readonly rank: number;
  /** Exact points. */
  readonly score: string;
  readonly shown: string;
  readonly name: string;
  readonly unit: string;
}

/** A stretch of the region's ranking, from a place on, and how many are ranked. */
export const readRanking = async (
  client: GraphqlClient,
  periodId: string,
  fromRank: number,
  first: number,
): Promise<{ readonly total: number; readonly entries: readonly RankedStaff[] }> => {
  const document = `query Ranking($periodId: ID!, $fromRank: Int!, $first: Int!) {
    ranking(periodId: $periodId, scope: { kind: REGION }, fromRank: $fromRank, first: $first) {
      totalCount edges { node { rank score { exact shown } staff { name } unit { name } } } } }`;
  const { ranking } = await client.execute(document, { periodId, fromRank, first }, rankingSchema);
  if (ranking === null) throw new GraphqlRefusal('NOT_FOUND', [`no ranking of ${periodId}`]);
  return {
    total: ranking.totalCount,
    entries: ranking.edges.map(({ node: { rank, score, staff, unit } }) => ({
      rank,
      score: score.exact,
      shown: score.shown,
      name: staff?.name ?? '',
      unit: unit?.name ?? '',
    })),
  };
};
