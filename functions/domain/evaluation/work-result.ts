import { covers } from '../feedback/takeover.ts';
import { achievement } from '../indicator/achievement.ts';
import { buildUp } from '../indicator/build-up.ts';
import type { Realisation } from '../indicator/realisation.ts';
import type { PolicyRules } from '../period/policy.ts';
import type { PlanLine } from '../plan/line.ts';
import type { Plan, PlanContent, Takeover } from '../plan/plan.ts';
import { normaliseWeights } from '../plan/weights.ts';
import type { ExpectationRating } from '../rating/rating.ts';
import type { Micro } from '../rounding.ts';
import { divideHalfUp, MICRO, WHOLE } from '../rounding.ts';
import type { EvaluationFrame } from './evaluation-frame.ts';
import type { LineExplanation, MonthFigure, NotMeasured, WorkResult } from './result.ts';

/** Lines with their figures, and the score that they come to. */
export interface ScoredLines {
  readonly lines: readonly LineExplanation[];
  readonly score: Micro | null;
  readonly notMeasured: NotMeasured | null;
}

/**
 * Every line of a plan in force over the frame's months, and the score: Σ(weight × achievement) / Σ(weight) over the MAIN
 * lines that could be measured, half-up to micro-points. The agreed weights are used, so that a line that is not measured
 * changes nothing between the others; `effectiveWeight` shows the same shares as basis points that sum to 10,000.
 * ADDITIONAL lines (hasil kerja tambahan, low priority) have no weight and are not in the score.
 * A month in which the leader had taken a line over expects nothing of the person [D]; what was reported in it is shown.
 * @param realisations of this plan or of any; those of other plans and months are passed over
 */
export const scoreLines = (
  planId: string,
  content: PlanContent | null,
  realisations: readonly Realisation[],
  frame: EvaluationFrame,
  takeovers: readonly Takeover[] = [],
): ScoredLines => {
  if (content === null) return { lines: [], score: null, notMeasured: 'NO_PLAN' };
  const reported = byLineAndMonth(planId, content.lines, realisations, frame);
  const width = frame.months.length;
  return total(content.lines.map((line, at) => explainLine(line, reported, at * width, frame, takeovers)));
};

/** The same lines with other figures in their months, scored anew by the same rules. */
export const rescoreLines = (lines: readonly LineExplanation[], rules: PolicyRules): ScoredLines =>
  total(lines.map((line) => measure(line, line.months, rules)));

const total = (lines: readonly Draft[]): ScoredLines => {
  let sum = 0;
  let weights = 0;
  const measured: number[] = [];
  for (const line of lines) {
    const counted = line.kind === 'MAIN' && line.achievement !== null ? line.weight : 0;
    measured.push(counted);
    sum += counted * (line.achievement ?? 0);
    weights += counted;
  }
  if (weights === 0) return { lines, score: null, notMeasured: 'NO_LINES_MEASURED' };
  const effective = normaliseWeights(measured);
  for (const [at, line] of lines.entries()) line.effectiveWeight = effective[at] ?? 0;
  return { lines, score: divideHalfUp(sum, weights), notMeasured: null };
};

type Draft = { -readonly [Key in keyof LineExplanation]: LineExplanation[Key] };

/** Realisations in a table of lines × months. Of two for the same month, which the store never has, the later one counts. */
const byLineAndMonth = (
  planId: string,
  lines: readonly PlanLine[],
  realisations: readonly Realisation[],
  frame: EvaluationFrame,
): readonly (Realisation | undefined)[] => {
  const width = frame.months.length;
  const table: (Realisation | undefined)[] = new Array(lines.length * width).fill(undefined);
  const rows = new Map<string, number>();
  for (const [at, { id }] of lines.entries()) rows.set(id, at * width);
  for (const realisation of realisations) {
    if (realisation.planId !== planId) continue;
    const row = rows.get(realisation.lineId);
    const column = frame.monthIndex.get(realisation.month);
    if (row === undefined || column === undefined) continue;
    const before = table[row + column];
    if (before === undefined || realisation.version > before.version) table[row + column] = realisation;
  }
  return table;
};

const explainLine = (
  line: PlanLine,
  reported: readonly (Realisation | undefined)[],
  row: number,
  frame: EvaluationFrame,
  takeovers: readonly Takeover[],
): Draft => {
  const taken = takeovers.length === 0 ? [] : takeoversOf(line, frame, takeovers);
  const months: MonthFigure[] = frame.months.map((month, at) => {
    const realisation = reported[row + at];
    return {
      month,
      target: taken.some((takeover) => covers(takeover, month))
        ? null
        : (line.targets[frame.monthKeys[at] ?? ''] ?? null),
      realisation: realisation?.value ?? null,
      state: realisation?.state ?? null,
    };
  });
  return measure({ ...line, lineId: line.id, ...explainTakeover(taken.at(-1)) }, months, frame.rules);
};

/** Takeovers of a line that take a target of these months from the person, oldest first. */
const takeoversOf = (
  line: PlanLine,
  { months, monthKeys }: EvaluationFrame,
  takeovers: readonly Takeover[],
): readonly Takeover[] =>
  takeovers.filter(
    (takeover) =>
      takeover.lineId === line.id &&
      months.some((month, at) => line.targets[monthKeys[at] ?? ''] !== undefined && covers(takeover, month)),
  );

const explainTakeover = (takeover: Takeover | undefined): Pick<LineExplanation, 'takenOver'> =>
  takeover === undefined
    ? {}
    : { takenOver: { from: takeover.from, backFrom: takeover.backFrom, note: takeover.note } };

/** What a line is, whatever was reached on it. */
type LineHead = Pick<
  LineExplanation,
  | 'lineId'
  | 'kind'
  | 'title'
  | 'indicatorId'
  | 'indicatorName'
  | 'definition'
  | 'measure'
  | 'weight'
  | 'takenOver'
>;

const measure = (line: LineHead, months: readonly MonthFigure[], rules: PolicyRules): Draft => {
  const found = buildUp(line.measure, months);
  const built = found === 'NO_TARGET' && line.takenOver !== undefined ? 'TAKEN_OVER' : found;
  const reached =
    typeof built === 'string'
      ? null
      : achievement(line.measure, built.target, built.realisation, rules.achievementCap);
  const micro = reached?.ok === true ? reached.micro : null;
  return {
    lineId: line.lineId,
    kind: line.kind,
    title: line.title,
    indicatorId: line.indicatorId,
    indicatorName: line.indicatorName,
    definition: line.definition,
    measure: line.measure,
    months,
    target: typeof built === 'string' ? null : built.target,
    realisation: typeof built === 'string' ? null : built.realisation,
    achievement: micro,
    notMeasured: typeof built === 'string' ? built : reached?.ok === false ? reached.reason : null,
    weight: line.weight,
    effectiveWeight: 0,
    rating: micro === null ? null : rateAchievement(micro, rules),
    ...(line.takenOver !== undefined && { takenOver: line.takenOver }),
  };
};

/** Rating of a line: above `above` percent ABOVE, from `meets` percent MEETS, else BELOW (practice: 100 and 90). */
export const rateAchievement = (
  micro: Micro,
  { workResultBands }: Pick<PolicyRules, 'workResultBands'>,
): ExpectationRating => {
  if (micro > workResultBands.above * MICRO) return 'ABOVE';
  return micro >= workResultBands.meets * MICRO ? 'MEETS' : 'BELOW';
};

/**
 * The rating that the lines propose (annex, evaluation, third step, 1.d), over the lines that could be measured:
 * - ABOVE: most lines, main and additional, are ABOVE, and no main line is BELOW;
 * - MEETS: most lines are MEETS or ABOVE, and only a few main lines are BELOW;
 * - BELOW otherwise. The annex names only "most are below"; what lies between "a few" and "most" is BELOW too [D], and the
 *   assessor, who sees the feedback as well, may set another rating with a reason.
 *
 * "Most" is more than `most` of all lines (default: more than half), "a few" at most `few` of the main lines (default: a third,
 * because one line of three is a few and one of two is not) [D]. Lines are counted, not weighed, as the annex does.
 * @returns null when no main line could be measured
 */
export const proposeWorkResultRating = (
  lines: readonly Pick<LineExplanation, 'kind' | 'rating'>[],
  { workResultShares }: Pick<PolicyRules, 'workResultShares'>,
): ExpectationRating | null => {
  let all = 0;
  let main = 0;
  let above = 0;
  let below = 0;
  let mainBelow = 0;
  for (const { kind, rating } of lines) {
    if (rating === null) continue;
    all++;
    if (rating === 'ABOVE') above++;
    if (rating === 'BELOW') below++;
    if (kind === 'MAIN') {
      main++;
      if (rating === 'BELOW') mainBelow++;
    }
  }
  if (main === 0) return null;
  const isMost = (count: number): boolean => count * WHOLE > workResultShares.most * all;
  if (isMost(above) && mainBelow === 0) return 'ABOVE';
  return isMost(all - below) && mainBelow * WHOLE <= workResultShares.few * main ? 'MEETS' : 'BELOW';
};

/** The work result from a person's own plan; NO_PLAN while none is agreed. */
export const scoreWorkResult = (
  plan: Plan | null,
  realisations: readonly Realisation[],
  frame: EvaluationFrame,
): WorkResult => {
  const content = plan?.agreed ?? null;
  const scored = scoreLines(plan?.id ?? '', content, realisations, frame, plan?.takeovers);
  return {
    source: 'PLAN',
    unit: null,
    periods: null,
    planRevision: content?.revision ?? null,
    lines: scored.lines,
    score: scored.score,
    notMeasured: scored.notMeasured,
    proposed: proposeWorkResultRating(scored.lines, frame.rules),
  };
};
