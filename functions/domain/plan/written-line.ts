import type { Aspect, Perspective, Target } from '../indicator/indicator.ts';
import type { PlanLine, Serves } from './line.ts';
import { normaliseWeights } from './weights.ts';

/** A line as somebody wrote it down, before it is measured against a year: in a draft or a template. */
export interface WrittenLine {
  /** The line of the plan that it replaces; null for a new one, and in a template. */
  readonly id: string | null;
  readonly kind: 'MAIN' | 'ADDITIONAL';
  readonly title: string;
  readonly aspect: Aspect;
  readonly perspective: Perspective | null;
  readonly goalId: string | null;
  readonly serves: Serves | null;
  readonly indicatorId: string;
  /** The indicator's definition that was in force when it was written; null: not kept. */
  readonly definition: number | null;
  /** Basis points; null: not decided yet. */
  readonly weight: number | null;
  /** Of the year; null where months have their own. */
  readonly target: Target | null;
  /** `01` to `12`. */
  readonly monthlyTargets: readonly { readonly month: string; readonly target: Target }[];
}

/** An agreed line written down anew, for another year: it keeps its words, its weight and its targets month by month. */
export const writtenFrom = (line: PlanLine): WrittenLine => ({
  id: null,
  kind: line.kind,
  title: line.title,
  aspect: line.aspect,
  perspective: line.perspective,
  goalId: line.goalId,
  serves: line.serves,
  indicatorId: line.indicatorId,
  definition: line.definition,
  weight: line.weight,
  target: null,
  monthlyTargets: Object.keys(line.targets)
    .sort()
    .flatMap((month) => {
      const target = line.targets[month];
      return target === undefined ? [] : [{ month, target }];
    }),
});

/** What a copy leaves behind or carries on in another form than it was. */
export type CopyWarning =
  | { readonly code: 'INDICATOR_RETIRED'; readonly name: string }
  | { readonly code: 'INDICATOR_REVISED'; readonly name: string; readonly from: number; readonly to: number }
  | { readonly code: 'GOAL_ENDED'; readonly name: string }
  | { readonly code: 'SERVED_LINE_NOT_IN_FORCE'; readonly name: string };

/** A warning with the line of the source that it is about, by its place there. */
export interface PlacedCopyWarning {
  readonly index: number;
  readonly warning: CopyWarning;
}

/** What a copy of lines into a year depends on. */
export interface CopyYear {
  /** The indicator with the number of the definition that the year freezes; null: unknown. */
  indicator(
    id: string,
  ): { readonly name: string; readonly retired: boolean; readonly definition: number } | null;
  /** Null: unknown. `inForce`: not retired, and of that year. */
  goal(id: string): { readonly code: string; readonly inForce: boolean } | null;
  /** Whether a line above is in force in the year and may be served. */
  serves(line: Serves): boolean;
}

/**
 * Lines copied into a year. A line whose indicator is retired is left out, and its weight goes to the other main lines in
 * proportion (largest remainder); a goal that has ended and a line above that is not in force are let go; a revised
 * indicator goes on with its new definition. Each is named in a warning.
 */
export const copyLines = (
  lines: readonly WrittenLine[],
  year: CopyYear,
): { readonly lines: readonly WrittenLine[]; readonly warnings: readonly PlacedCopyWarning[] } => {
  const warnings: PlacedCopyWarning[] = [];
  const kept = lines.flatMap((line, index): WrittenLine[] => {
    const warn = (warning: CopyWarning): void => {
      warnings.push({ index, warning });
    };
    const indicator = year.indicator(line.indicatorId);
    if (indicator === null || indicator.retired) {
      warn({ code: 'INDICATOR_RETIRED', name: indicator?.name ?? line.title });
      return [];
    }
    if (line.definition !== null && indicator.definition !== line.definition) {
      const { name, definition: to } = indicator;
      warn({ code: 'INDICATOR_REVISED', name, from: line.definition, to });
    }
    const goal = line.goalId === null ? null : year.goal(line.goalId);
    const hasGoal = goal?.inForce === true;
    if (line.goalId !== null && !hasGoal) warn({ code: 'GOAL_ENDED', name: goal?.code ?? line.goalId });
    const servesOn = line.serves !== null && year.serves(line.serves);
    if (line.serves !== null && !servesOn) warn({ code: 'SERVED_LINE_NOT_IN_FORCE', name: line.title });
    return [
      {
        ...line,
        goalId: hasGoal ? line.goalId : null,
        serves: servesOn ? line.serves : null,
        definition: indicator.definition,
      },
    ];
  });
  return { lines: kept.length < lines.length ? reweighed(kept) : kept, warnings };
};

const reweighed = (lines: readonly WrittenLine[]): WrittenLine[] => {
  const shares = normaliseWeights(lines.map(({ kind, weight }) => (kind === 'MAIN' ? (weight ?? 0) : 0)));
  return lines.map((line, at) => (line.kind === 'MAIN' ? { ...line, weight: shares[at] ?? 0 } : line));
};
