import type { Aspect, Perspective } from '../../domain/indicator/indicator.ts';
import {
  checkAttachments,
  checkExpectations,
  NO_ATTACHMENTS,
  NO_EXPECTATIONS,
  tidyAttachments,
  tidyExpectations,
} from '../../domain/plan/expectations.ts';
import { type PlanTemplate, TEMPLATE_LIMITS } from '../../domain/plan/template.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { buildPlanLines, definitionsInForce, type TargetInput } from '../plan/plan-lines.ts';
import { type TermsInput, termsOf } from '../plan/plan-terms.ts';
import { inputOf, writtenLines } from '../plan/written-lines.ts';
import { regionToday } from '../region-clock.ts';

export interface TemplateLineInput {
  readonly kind?: 'MAIN' | 'ADDITIONAL' | null | undefined;
  readonly title: string;
  readonly aspect: Aspect;
  readonly perspective?: Perspective | null | undefined;
  readonly goalId?: string | null | undefined;
  readonly indicatorId: string;
  readonly weight?: number | null | undefined;
  readonly target?: TargetInput | null | undefined;
  readonly monthlyTargets?:
    | readonly { readonly month: number; readonly target: TargetInput }[]
    | null
    | undefined;
}

/** What a template says, whole. */
export interface TemplateContent extends TermsInput {
  readonly name: string;
  readonly jobGroup: string;
  readonly lines: readonly TemplateLineInput[];
}

/**
 * A template from what came in: a plan of this year could be made from it.
 * @throws Rejection with everything that is wrong with it
 */
export async function templateOf(
  deps: Deps,
  input: TemplateContent,
): Promise<Omit<PlanTemplate, 'id' | 'retired' | 'version'>> {
  const check = checkInput();
  const today = await regionToday(deps);
  const year = Number(today.slice(0, 4));
  const name = check.line('name', input.name, TEMPLATE_LIMITS.name);
  const jobGroup = check.line('jobGroup', input.jobGroup, TEMPLATE_LIMITS.jobGroup);
  const inputs = input.lines.map((line, index) => ({
    ...line,
    monthlyTargets: (line.monthlyTargets ?? []).map(({ month, target }, at) => {
      check.integer(`lines.${index}.monthlyTargets.${at}.month`, month, 1, 12);
      return { month: `${year}-${String(month).padStart(2, '0')}`, target };
    }),
  }));
  const lines = writtenLines(inputs, check);
  const goalIds = [...new Set(lines.flatMap(({ goalId }) => goalId ?? []))];
  const goals = new Map(
    (await deps.store.goals.getMany(goalIds)).flatMap((goal) => (goal ? [[goal.id, goal]] : [])),
  );
  lines.forEach(({ goalId }, index) => {
    if (goalId === null) return;
    const goal = goals.get(goalId);
    if (goal === undefined) check.add('NOT_FOUND', `lines.${index}.goalId`, { id: goalId });
    else if (goal.retired) check.add('RETIRED', `lines.${index}.goalId`, { id: goal.code });
  });
  const definitions = await definitionsInForce(deps, inputs, year, today, new Set());
  const built = buildPlanLines(
    lines.map((line, at) => ({ ...inputOf(line, year), id: `L${at + 1}` })),
    year,
    definitions.definitionOf,
    false,
    { agreed: null, closed: new Map() },
  );
  check.addAll([...definitions.problems, ...built.problems]);
  const { expectations = NO_EXPECTATIONS, attachments = NO_ATTACHMENTS } = termsOf(input);
  check.addAll([...checkExpectations(expectations), ...checkAttachments(attachments)]);
  check.done();
  return {
    name,
    jobGroup,
    lines: lines.map((line) => ({
      ...line,
      definition: definitions.definitionOf(line.indicatorId)?.definition ?? null,
    })),
    expectations: tidyExpectations(expectations),
    attachments: tidyAttachments(attachments),
  };
}

/** @throws Rejection NOT_FOUND at `id` */
export async function requireTemplate({ store }: Deps, id: string): Promise<Stored<PlanTemplate>> {
  const template = await store.planTemplates.get(id);
  if (template === null) throw reject('NOT_FOUND', 'id', { id });
  return template;
}

export const readTemplate = (deps: Deps) => (id: string) => requireTemplate(deps, id);
