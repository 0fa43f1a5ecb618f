import type { Goal } from '../../domain/indicator/goal.ts';
import {
  checkMeasure,
  type Indicator,
  type IndicatorDefinition,
  type Measure,
} from '../../domain/indicator/indicator.ts';
import { reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { type InputCheck, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';

/** @throws Rejection NOT_FOUND at `id` */
export async function requireIndicator({ store }: Deps, id: string): Promise<Stored<Indicator>> {
  const indicator = await store.indicators.get(id);
  if (indicator === null) throw reject('NOT_FOUND', 'id', { id });
  return indicator;
}

export const readIndicator = (deps: Deps) => (id: string) => requireIndicator(deps, id);

export const withoutTrail = ({ auditHash: _, ...indicator }: Stored<Indicator>): Indicator => indicator;

export interface DefinitionInput {
  readonly name: string;
  readonly description: string;
  readonly formula: string;
  readonly source: string;
  readonly measure: {
    readonly unitOfMeasure: string;
    readonly polarity: Measure['polarity'];
    readonly aboveRange?: Measure['aboveRange'] | undefined;
    readonly buildUp: Measure['buildUp'];
    readonly realisedBy?: Measure['realisedBy'] | undefined;
  };
  readonly effectiveFrom: IsoDate;
}

/** Makes a definition of an input. @param path where the input stands, '' for the row of a file */
export function readDefinition(
  indicatorId: string,
  definition: number,
  input: DefinitionInput,
  check: InputCheck,
  path: 'definition' | '',
): IndicatorDefinition {
  const at = (field: string): string => (path === '' ? field : `${path}.${field}`);
  // A row of a file has the measure's fields beside the others.
  const ofMeasure = (field: string): string => (path === '' ? field : `${path}.measure.${field}`);
  const measure: Measure = {
    unitOfMeasure: check.line(ofMeasure('unitOfMeasure'), input.measure.unitOfMeasure, LENGTHS.kind),
    polarity: input.measure.polarity,
    aboveRange: input.measure.aboveRange ?? null,
    buildUp: input.measure.buildUp,
    realisedBy: input.measure.realisedBy ?? 'REPORT',
  };
  for (const { code, path: field, params } of checkMeasure(measure, ''))
    check.add(code, ofMeasure(field.join('.')), params);
  return {
    indicatorId,
    definition,
    name: check.line(at('name'), input.name, LENGTHS.name),
    description: check.text(at('description'), input.description, LENGTHS.long),
    formula: check.text(at('formula'), input.formula, LENGTHS.long),
    source: check.text(at('source'), input.source, LENGTHS.long),
    measure,
    effectiveFrom: input.effectiveFrom,
  };
}

export async function checkGoal({ store }: Deps, goalId: string | null, check: InputCheck): Promise<void> {
  if (goalId === null) return;
  const goal: Goal | null = await store.goals.get(goalId);
  if (goal === null) check.add('NOT_FOUND', 'goalId', { id: goalId });
  else if (goal.retired) check.add('RETIRED', 'goalId', { id: goal.code });
}
