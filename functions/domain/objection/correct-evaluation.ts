import { conclude, ledByUnit, withoutAbsent } from '../evaluation/evaluation.ts';
import type { Evaluation, LineExplanation, WorkResult } from '../evaluation/result.ts';
import { proposeWorkResultRating, rescoreLines } from '../evaluation/work-result.ts';
import type { PolicyRules } from '../period/policy.ts';
import type { Correction, FigureCorrection, VerdictRatings } from './verdict.ts';

/**
 * A published evaluation as a decision on an objection changes it: corrected figures of the person's own lines and other
 * ratings, and all that follows from them by the rules of the same policy. Also then a decision on the unit gives its head's
 * rating, and from the figures of somebody who was not there for long enough follows none. It starts from the figures that the
 * result itself explains, so that nothing else that has moved since the close (a plan amended, for example) gets in; closed
 * again with the same corrections in its inputs, the person comes to the same.
 */
export const correctEvaluation = (
  base: Evaluation,
  correction: Correction,
  rules: PolicyRules,
): Evaluation => {
  const { figures } = correction;
  const { workResult } = base;
  const isEvaluated = base.presence?.evaluated ?? true;
  return conclude(
    {
      ...base,
      workResult:
        figures.length === 0
          ? workResult
          : withoutAbsent(ledByUnit(withFigures(workResult, figures, rules), workResult.unit), isEvaluated),
      verdict: mergedRatings(base.verdict, correction),
    },
    { rules },
  );
};

/** Ratings of a decision over those of an earlier one, which a period that was opened again keeps; null: none is set. */
export const mergedRatings = (
  earlier: VerdictRatings | null,
  decided: VerdictRatings,
): VerdictRatings | null => {
  const workResult = decided.workResult ?? earlier?.workResult ?? null;
  const behaviour = decided.behaviour ?? earlier?.behaviour ?? null;
  const innovation = decided.innovation ?? earlier?.innovation ?? null;
  return workResult === null && behaviour === null && innovation === null
    ? null
    : { workResult, behaviour, innovation };
};

const withFigures = (
  workResult: WorkResult,
  figures: readonly FigureCorrection[],
  rules: PolicyRules,
): WorkResult => {
  const scored = rescoreLines(
    workResult.lines.map((line) => withFiguresOf(line, figures)),
    rules,
  );
  return {
    ...workResult,
    lines: scored.lines,
    score: scored.score,
    notMeasured: scored.notMeasured,
    proposed: proposeWorkResultRating(scored.lines, rules),
  };
};

/** A corrected figure has been looked at by the one who decided: it counts as verified. */
const withFiguresOf = (line: LineExplanation, figures: readonly FigureCorrection[]): LineExplanation => ({
  ...line,
  months: line.months.map((month) => {
    const figure = figures.find((one) => one.lineId === line.lineId && one.month === month.month);
    return figure === undefined ? month : { ...month, realisation: figure.value, state: 'VERIFIED' };
  }),
});
