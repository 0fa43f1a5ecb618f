import { canonicalJson } from '../canonical-json.ts';
import { type Decimal, sumDecimals } from '../decimal.ts';
import type { BuildUp } from '../indicator/indicator.ts';
import { annualTarget, type CascadeRole, type PlanLine, type Serves } from './line.ts';

/** What a line serves: a goal in a year, or a line of a superior's plan or a unit's agreement. */
export type ServedTarget =
  | { readonly kind: 'GOAL'; readonly goalId: string }
  | { readonly kind: 'LINE'; readonly planId: string; readonly lineId: string };

/** A line that serves something, as far as the one served needs to know it. */
export interface ServingLine {
  readonly lineId: string;
  /** Null for a goal. */
  readonly role: CascadeRole | null;
  readonly unitOfMeasure: string;
  readonly buildUp: BuildUp;
  /** What the line expects of the year; null for a range. */
  readonly share: Decimal | null;
}

/** All that one plan in force does for one goal or one line above: the cascade as it is asked from above. */
export interface PlanLink {
  readonly target: ServedTarget;
  readonly planId: string;
  readonly lines: readonly ServingLine[];
}

/**
 * Goals and lines above that one plan may serve, each counted once: what a change adds and gives up must fit, with the plan,
 * its revision and its gates, in one transaction of 100 items.
 */
export const MOST_LINKS = 35;

/** What the cascade needs of an agreed or proposed content. */
interface WithLines {
  readonly lines: readonly PlanLine[];
}

/** How many goals and other plans' lines these lines serve, each counted once. */
export const countServed = (lines: readonly Pick<PlanLine, 'goalId' | 'serves'>[]): number =>
  new Set(
    lines.flatMap(({ goalId, serves }) => [
      ...(goalId === null ? [] : [JSON.stringify([goalId])]),
      ...(serves === null ? [] : [JSON.stringify([serves.planId, serves.lineId])]),
    ]),
  ).size;

/** The links of a plan in force; none without one. */
export const linksOf = (planId: string, content: WithLines | null): readonly PlanLink[] => {
  const links = new Map<string, { target: ServedTarget; lines: ServingLine[] }>();
  const add = (target: ServedTarget, line: PlanLine, role: CascadeRole | null): void => {
    const key = JSON.stringify(target);
    const link = links.get(key) ?? { target, lines: [] };
    links.set(key, link);
    link.lines.push(servingLine(line, role));
  };
  for (const line of content?.lines ?? []) {
    const { goalId, serves } = line;
    if (goalId !== null) add({ kind: 'GOAL', goalId }, line, null);
    if (serves !== null)
      add({ kind: 'LINE', planId: serves.planId, lineId: serves.lineId }, line, serves.role);
  }
  return [...links.values()].map(({ target, lines }) => ({ target, planId, lines }));
};

/** What changes in the cascade when one content takes the place of another: links that are new or say something else, and gone ones. */
export const linkChanges = (
  planId: string,
  before: WithLines | null,
  after: WithLines | null,
): { readonly written: readonly PlanLink[]; readonly gone: readonly PlanLink[] } => {
  const earlier = new Map(linksOf(planId, before).map((link) => [canonicalJson(link.target), link]));
  const written = linksOf(planId, after).filter((link) => {
    const target = canonicalJson(link.target);
    const old = earlier.get(target);
    earlier.delete(target);
    return old === undefined || canonicalJson(old) !== canonicalJson(link);
  });
  return { written, gone: [...earlier.values()] };
};

const servingLine = (line: PlanLine, role: CascadeRole | null): ServingLine => {
  const target = annualTarget(line);
  return {
    lineId: line.id,
    role,
    unitOfMeasure: line.measure.unitOfMeasure,
    buildUp: line.measure.buildUp,
    share: target !== null && 'value' in target ? target.value : null,
  };
};

/** Something in the cascade that should be looked at. It warns; it blocks nothing. */
export interface CascadeWarning {
  readonly code:
    | 'SHARES_DO_NOT_ADD_UP'
    | 'UNIT_OF_MEASURE_DIFFERS'
    | 'BUILD_UP_DIFFERS'
    | 'SHARE_NOT_COMPARABLE'
    | 'SERVED_LINE_GONE'
    | 'NOT_THE_SUPERIOR'
    | 'NOBODY_SERVES';
  /** The line above, in its plan. */
  readonly lineId: string;
  /** The line below that is meant; null: all of them together. */
  readonly carriedBy: string | null;
  readonly expected: string;
  readonly actual: string;
}

/**
 * Compares a line with the lines that CARRY shares of it: the same unit of measure and build-up, and shares that add up to its
 * figure of the year. A range cannot be shared out, on either side. Lines that only SUPPORT have targets of their own.
 */
export const shareWarnings = (line: PlanLine, serving: readonly ServingLine[]): CascadeWarning[] => {
  const carriers = serving.filter(({ role }) => role === 'CARRIES');
  const annual = annualTarget(line);
  if (carriers.length === 0 || annual === null) return [];
  const expected = 'value' in annual ? annual.value : null;
  const warnings = carriers.flatMap((carrier): CascadeWarning[] => {
    const about = { lineId: line.id, carriedBy: carrier.lineId };
    if (carrier.unitOfMeasure !== line.measure.unitOfMeasure) {
      const [wanted, found] = [line.measure.unitOfMeasure, carrier.unitOfMeasure];
      return [{ code: 'UNIT_OF_MEASURE_DIFFERS', ...about, expected: wanted, actual: found }];
    }
    if (expected === null || carrier.share === null)
      return [{ code: 'SHARE_NOT_COMPARABLE', ...about, expected: line.id, actual: carrier.lineId }];
    return carrier.buildUp === line.measure.buildUp
      ? []
      : [{ code: 'BUILD_UP_DIFFERS', ...about, expected: line.measure.buildUp, actual: carrier.buildUp }];
  });
  if (warnings.length > 0 || expected === null) return warnings;
  const actual = sumDecimals(carriers.flatMap(({ share }) => share ?? []));
  return actual === expected
    ? []
    : [{ code: 'SHARES_DO_NOT_ADD_UP', lineId: line.id, carriedBy: null, expected, actual }];
};

/** The lines of a plan that serve a given line, as that line sees them. */
export const linesServing = (
  { lines }: WithLines,
  { planId, lineId }: Pick<Serves, 'planId' | 'lineId'>,
): ServingLine[] =>
  lines.flatMap((line) =>
    line.serves?.planId === planId && line.serves.lineId === lineId
      ? [servingLine(line, line.serves.role)]
      : [],
  );

/** Lines that nobody serves, in a plan of which others serve some: the rest was perhaps forgotten. */
export const forgottenLines = (lines: readonly PlanLine[], served: ReadonlySet<string>): CascadeWarning[] =>
  served.size === 0
    ? []
    : lines
        .filter(({ id, kind }) => kind === 'MAIN' && !served.has(id))
        .map(({ id }) => ({ code: 'NOBODY_SERVES', lineId: id, carriedBy: null, expected: id, actual: '' }));
