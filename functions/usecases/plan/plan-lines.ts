import type { Actor } from '../../domain/access-policy.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type {
  Aspect,
  Indicator,
  IndicatorDefinition,
  Perspective,
  Target,
} from '../../domain/indicator/indicator.ts';
import { monthsServed } from '../../domain/organisation/staff.ts';
import type { PlanLine, Serves } from '../../domain/plan/line.ts';
import {
  checkClosedLine,
  checkMeasured,
  checkOutlines,
  type LineOutline,
  measuredBefore,
  type Plan,
  type PlanContent,
  type PlanOwner,
  spreadTarget,
} from '../../domain/plan/plan.ts';
import { equalWeights } from '../../domain/plan/weights.ts';
import { type Problem, problem, rejectIf } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { IsoDate, Month } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';
import { closedMonthsOf } from './closed-months.ts';
import { readServedPlans } from './served-plans.ts';

/** A target as it comes in: one of the two forms, or something that is neither. */
export interface TargetInput {
  readonly value?: Decimal | null | undefined;
  readonly low?: Decimal | null | undefined;
  readonly high?: Decimal | null | undefined;
}

/** A line as it comes in, with its indicator named by `indicatorId`. */
export interface PlanLineInput {
  readonly id?: string | null | undefined;
  readonly kind?: 'MAIN' | 'ADDITIONAL' | null | undefined;
  readonly title: string;
  readonly aspect: Aspect;
  readonly perspective?: Perspective | null | undefined;
  readonly goalId?: string | null | undefined;
  readonly serves?: Serves | null | undefined;
  readonly indicatorId: string;
  readonly weight?: number | null | undefined;
  readonly target?: TargetInput | null | undefined;
  /** Months (`01` to `12`, in order) over which `target` is spread; left out: those in which the person serves, of a unit the whole year. */
  readonly spreadOver?: readonly string[] | undefined;
  readonly monthlyTargets?:
    | readonly { readonly month: Month; readonly target: TargetInput }[]
    | null
    | undefined;
}

/** Lines that could be made, and all that is wrong with the others. */
export interface BuiltLines {
  readonly lines: readonly PlanLine[];
  readonly problems: readonly Problem[];
}

/**
 * Makes the lines of a plan from an input whose lines all have their id: spreads yearly targets, divides equal weights,
 * freezes definitions (a line that was measured in a closed period keeps the one it has), and checks the whole. Paths of problems lead into the input.
 * @param definitionOf the definition in force of a line's indicator; null: unknown
 * @param before what is in force now, and the months whose targets stay as they are there (closedMonthsOf)
 */
export function buildPlanLines(
  inputs: readonly (PlanLineInput & { readonly id: string })[],
  year: number,
  definitionOf: (indicatorId: string) => IndicatorDefinition | null,
  divideEqually: boolean,
  before: { readonly agreed: PlanContent | null; readonly closed: ReadonlyMap<string, string> },
): BuiltLines {
  const outlines = outlinesOf(inputs, divideEqually);
  const problems: Problem[] = checkOutlines(outlines).map((found) =>
    isMissingWeight(found, inputs) ? problem('REQUIRED', found.path.join('.')) : found,
  );
  const lines: PlanLine[] = [];
  inputs.forEach((input, index) => {
    const path = `lines.${index}`;
    const frozen =
      measuredBefore(before.agreed, input.id, input.indicatorId, before.closed) ??
      frozenFrom(definitionOf(input.indicatorId));
    const targets = frozen && targetsOf(input, year, frozen, path, problems);
    const outline = outlines[index];
    if (frozen === null || targets === null || outline === undefined) return;
    const line: PlanLine = {
      ...outline,
      aspect: input.aspect,
      perspective: input.perspective ?? null,
      indicatorId: input.indicatorId,
      definition: frozen.definition,
      measure: frozen.measure,
      indicatorName: frozen.indicatorName,
      targets,
    };
    lines.push(line);
    const found = [
      ...checkMeasured(line, path),
      ...checkClosedLine(before.agreed, line, path, before.closed),
    ];
    problems.push(...found.map((each) => pathIntoInput(each, inputs)));
  });
  return { lines, problems: distinct(problems) };
}

/** What a line keeps of a definition. */
type Frozen = Pick<PlanLine, 'definition' | 'measure' | 'indicatorName'>;

const frozenFrom = (found: IndicatorDefinition | null): Frozen | null =>
  found && { definition: found.definition, measure: found.measure, indicatorName: found.name };

const outlinesOf = (
  inputs: readonly (PlanLineInput & { readonly id: string })[],
  divideEqually: boolean,
): LineOutline[] => {
  const weights = weightsOf(inputs, divideEqually);
  return inputs.map(({ id, kind, title, goalId, serves }, index) => ({
    id,
    kind: kind ?? 'MAIN',
    title: tidy(title),
    goalId: goalId ?? null,
    serves: serves ? { planId: serves.planId, lineId: serves.lineId, role: serves.role } : null,
    weight: weights[index] ?? 0,
  }));
};

/** Whether a weight is out of range because none was given. */
const isMissingWeight = (
  { code, path: [, index, field] }: Problem,
  inputs: readonly PlanLineInput[],
): boolean => code === 'OUT_OF_RANGE' && field === 'weight' && inputs[Number(index)]?.weight == null;

const weightsOf = (inputs: readonly PlanLineInput[], divideEqually: boolean): number[] => {
  if (!divideEqually) return inputs.map(({ weight }) => weight ?? 0);
  const main = inputs.filter(({ kind }) => (kind ?? 'MAIN') === 'MAIN').length;
  const shares = equalWeights(main);
  let next = 0;
  return inputs.map(({ kind }) => ((kind ?? 'MAIN') === 'MAIN' ? (shares[next++] ?? 0) : 0));
};

function targetsOf(
  { target, spreadOver, monthlyTargets }: PlanLineInput,
  year: number,
  { measure }: Pick<PlanLine, 'measure'>,
  path: string,
  problems: Problem[],
): Record<string, Target> | null {
  const found: Problem[] = [];
  let targets: Record<string, Target> = {};
  if (target && monthlyTargets && monthlyTargets.length > 0) {
    found.push(problem('DUPLICATE', `${path}.monthlyTargets`, { value: 'target' }));
  } else if (target) {
    const annual = targetOf(target);
    if (annual === null) found.push(problem('TARGET_SHAPE', `${path}.target`));
    else targets = spreadTarget(measure, annual, spreadOver);
  } else {
    (monthlyTargets ?? []).forEach(({ month, target: monthly }, at) => {
      const key = month.slice(5);
      const value = targetOf(monthly);
      if (month.slice(0, 4) !== String(year)) {
        found.push(
          problem('OUTSIDE_PERIOD', `${path}.monthlyTargets.${at}.month`, { month, period: String(year) }),
        );
      } else if (Object.hasOwn(targets, key)) {
        found.push(problem('DUPLICATE', `${path}.monthlyTargets.${at}.month`, { value: month }));
      } else if (value === null) {
        found.push(problem('TARGET_SHAPE', `${path}.monthlyTargets.${at}.target`));
      } else {
        targets[key] = value;
      }
    });
  }
  problems.push(...found);
  return found.length > 0 ? null : targets;
}

export const targetOf = ({ value, low, high }: TargetInput): Target | null => {
  if (value != null) return low == null && high == null ? { value } : null;
  return low == null || high == null ? null : { low, high };
};

/** The rules know a line's targets by month and no input; the client sent a target of the year or a list. */
function pathIntoInput(found: Problem, inputs: readonly PlanLineInput[]): Problem {
  const [lines, index, field, month] = found.path;
  if (lines !== 'lines' || typeof index !== 'number' || field !== 'targets') return found;
  const input = inputs[index];
  const monthly = input?.monthlyTargets ?? [];
  const at = monthly.findIndex((each) => Number(each.month.slice(5)) === Number(month));
  const place =
    at >= 0 ? ['monthlyTargets', at, 'target'] : [monthly.length > 0 ? 'monthlyTargets' : 'target'];
  return { ...found, path: ['lines', index, ...place] };
}

const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((found) => [`${found.code} ${found.path.join('.')}`, found])).values(),
];

/**
 * The definitions that lines of a year freeze: of each indicator the one in force today, or on 1 January of a year to come.
 * An indicator that is retired can only go on in lines that had it before.
 */
export async function definitionsInForce(
  deps: Deps,
  inputs: readonly PlanLineInput[],
  year: number,
  today: IsoDate,
  agreedIndicatorIds: ReadonlySet<string>,
): Promise<{
  readonly definitionOf: (indicatorId: string) => IndicatorDefinition | null;
  readonly problems: readonly Problem[];
}> {
  const ids = [...new Set(inputs.map(({ indicatorId }) => indicatorId))];
  const indicators = await deps.store.indicators.getMany(ids);
  const inForceOn = today > `${year}-01-01` ? today : `${year}-01-01`;
  const known = new Map<
    string,
    { readonly indicator: Indicator; readonly definition: IndicatorDefinition }
  >();
  for (const indicator of indicators) {
    if (indicator === null) continue;
    const definition = await definitionOn(deps, indicator, inForceOn);
    known.set(indicator.id, { indicator, definition });
  }
  const problems = inputs.flatMap(({ indicatorId }, index) => {
    const found = known.get(indicatorId);
    const path = `lines.${index}.indicatorId`;
    if (found === undefined) return [problem('NOT_FOUND', path, { id: indicatorId })];
    return found.indicator.retired && !agreedIndicatorIds.has(indicatorId)
      ? [problem('RETIRED', path, { id: found.indicator.code })]
      : [];
  });
  return { definitionOf: (indicatorId) => known.get(indicatorId)?.definition ?? null, problems };
}

/** The definition in force on a day; the oldest one for a day before all of them. */
export async function definitionOn(
  deps: Pick<Deps, 'store'>,
  indicator: Indicator,
  date: IsoDate,
): Promise<IndicatorDefinition> {
  if (indicator.current.effectiveFrom <= date || indicator.current.definition === 1) return indicator.current;
  const definitions = await deps.store.indicators.definitions(indicator.id);
  return (
    definitions.findLast(({ effectiveFrom }) => effectiveFrom <= date) ?? definitions[0] ?? indicator.current
  );
}

/**
 * Goals and superiors' lines that the inputs name and that do not exist, or are not for the owner's plan to serve. What a
 * line of `present` serves it may go on serving: the superior may be another by now, or have amended that line away.
 */
export async function checkReferences(
  deps: Deps,
  actor: Actor,
  owner: PlanOwner,
  inputs: readonly PlanLineInput[],
  present: readonly Pick<PlanLine, 'id' | 'serves' | 'goalId'>[],
): Promise<Problem[]> {
  const goesOn = ({ id, serves }: PlanLineInput): boolean =>
    present.some(
      (line) =>
        line.id === id && line.serves?.planId === serves?.planId && line.serves?.lineId === serves?.lineId,
    );
  const goalIds = [...new Set(inputs.flatMap(({ goalId }) => goalId ?? []))];
  const goals = new Map(
    (await deps.store.goals.getMany(goalIds)).flatMap((goal) =>
      goal === null ? [] : [[goal.id, goal] as const],
    ),
  );
  const served = await readServedPlans(
    deps,
    actor,
    owner,
    inputs.flatMap((input) => (goesOn(input) ? [] : (input.serves?.planId ?? []))),
  );
  return inputs.flatMap((input, index) => {
    const { goalId, serves } = input;
    const problems: Problem[] = [];
    const goal = goalId == null ? undefined : goals.get(goalId);
    if (goalId != null && goal === undefined) {
      problems.push(problem('NOT_FOUND', `lines.${index}.goalId`, { id: goalId }));
    }
    if (goal?.retired && !present.some((line) => line.id === input.id && line.goalId === goal.id)) {
      problems.push(problem('RETIRED', `lines.${index}.goalId`, { id: goal.code }));
    }
    if (serves == null || goesOn(input)) return problems;
    const agreed = served.get(serves.planId)?.agreed;
    if (agreed === undefined)
      problems.push(problem('NOT_FOUND', `lines.${index}.serves.planId`, { id: serves.planId }));
    else if (!agreed.lines.some(({ id }) => id === serves.lineId)) {
      problems.push(problem('NOT_FOUND', `lines.${index}.serves.lineId`, { id: serves.lineId }));
    }
    return problems;
  });
}

const NEW_LINE_ID = /^L(\d{1,6})$/;

/**
 * Gives ids to new lines: `L<n>` above every number that the plan has ever used, so that what was reported on a line that is
 * gone never counts for a new one. An id that comes in must be one of the plan's.
 */
function withLineIds(
  inputs: readonly PlanLineInput[],
  present: ReadonlySet<string>,
  everUsed: readonly string[],
): {
  readonly inputs: readonly (PlanLineInput & { readonly id: string })[];
  readonly problems: readonly Problem[];
} {
  let last = everUsed.reduce((most, id) => Math.max(most, Number(NEW_LINE_ID.exec(id)?.[1] ?? 0)), 0);
  const problems: Problem[] = [];
  const identified = inputs.map((input, index) => {
    if (input.id == null) {
      last += 1;
      return { ...input, id: `L${last}` };
    }
    if (!present.has(input.id)) problems.push(problem('NOT_FOUND', `lines.${index}.id`, { id: input.id }));
    return { ...input, id: input.id };
  });
  return { inputs: identified, problems };
}

/** A line's targets, as they come in. */
export const monthlyTargetsOf = (
  targets: PlanLine['targets'],
  year: number,
): NonNullable<PlanLineInput['monthlyTargets']> =>
  Object.entries(targets).map(([month, target]) => ({ month: `${year}-${month}`, target }));

/** What is left out of a line stays as it is in the one that it replaces; null takes it away. Only a weight is always given, or divided. */
const withWhatStays = (input: PlanLineInput, line: PlanLine | undefined, year: number): PlanLineInput =>
  line === undefined
    ? input
    : {
        ...input,
        kind: input.kind === undefined ? line.kind : input.kind,
        perspective: input.perspective === undefined ? line.perspective : input.perspective,
        goalId: input.goalId === undefined ? line.goalId : input.goalId,
        serves: input.serves === undefined ? line.serves : input.serves,
        monthlyTargets:
          input.target === undefined && input.monthlyTargets === undefined
            ? monthlyTargetsOf(line.targets, year)
            : input.monthlyTargets,
      };

/**
 * The lines of a proposal from what a client sent, against the plan as it is: a line with an id replaces that of the proposal, or else
 * the one in force.
 * @param beside what is wrong with the rest of the proposal, to be said along with the lines
 * @throws Rejection with everything that is wrong with them
 */
export async function linesOfProposal(
  deps: Deps,
  actor: Actor,
  plan: Plan,
  {
    lines: sent,
    equalWeights: divideEqually,
    untouched = 0,
  }: {
    readonly lines: readonly PlanLineInput[];
    readonly equalWeights?: boolean | null | undefined;
    /** So many of the first lines stay what they are, with the definitions that they have: of them alone nothing is said. */
    readonly untouched?: number;
  },
  beside: readonly Problem[] = [],
): Promise<readonly PlanLine[]> {
  const revisions = plan.agreed === null ? [] : await deps.store.plans.revisions(plan.id);
  const present = [...(plan.agreed?.lines ?? []), ...(plan.proposal?.lines ?? [])];
  const byId = new Map(present.map((line) => [line.id, line]));
  const lines = sent.map((input) => withWhatStays(input, byId.get(input.id ?? ''), plan.year));
  const everUsed = [...present, ...revisions.flatMap((revision) => revision.lines)];
  const identified = withLineIds(
    lines,
    new Set(present.map(({ id }) => id)),
    everUsed.map(({ id }) => id),
  );
  const agreed = new Set((plan.agreed?.lines ?? []).map(({ indicatorId }) => indicatorId));
  const [definitions, references, closed, staff] = await Promise.all([
    definitionsInForce(deps, lines, plan.year, await regionToday(deps), agreed),
    checkReferences(deps, actor, plan.owner, lines, present),
    closedMonthsOf(deps, plan.year),
    plan.owner.kind === 'STAFF' ? deps.store.staff.get(plan.owner.staffId) : null,
  ]);
  const spreadOver = staff === null ? undefined : monthsServed(staff, plan.year);
  const built = buildPlanLines(
    identified.inputs.map((input) => ({ ...input, spreadOver: input.spreadOver ?? spreadOver })),
    plan.year,
    definitions.definitionOf,
    divideEqually ?? false,
    { agreed: plan.agreed, closed },
  );
  const found = [...identified.problems, ...definitions.problems, ...references, ...built.problems];
  const isOfUntouched = ({ path: [lines, at] }: Problem): boolean =>
    lines === 'lines' && typeof at === 'number' && at < untouched;
  rejectIf([...beside, ...found.filter((each) => !isOfUntouched(each))]);
  return built.lines;
}
