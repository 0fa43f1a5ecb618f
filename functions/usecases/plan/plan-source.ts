import type { Actor } from '../../domain/access-policy.ts';
import type { Serves } from '../../domain/plan/line.ts';
import type { PlanContent, PlanTerms } from '../../domain/plan/plan.ts';
import type { PlanTemplate } from '../../domain/plan/template.ts';
import {
  copyLines,
  type PlacedCopyWarning,
  type WrittenLine,
  writtenFrom,
} from '../../domain/plan/written-line.ts';
import { reject } from '../../domain/problem.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';
import { definitionOn } from './plan-lines.ts';
import { nullWhenRejected, type PlanPlace, placeOfStaffPlan, readPlanId } from './plan-place.ts';
import { readServedPlans } from './served-plans.ts';

/** Where a plan is copied from; exactly one of the two. */
export interface PlanSourceInput {
  readonly templateId?: string | null | undefined;
  readonly lastYear?: boolean | null | undefined;
}

/** Lines and terms for a year, and what the copy left behind. */
export interface PlanCopy {
  readonly lines: readonly WrittenLine[];
  readonly terms: PlanTerms;
  readonly warnings: readonly PlacedCopyWarning[];
}

/**
 * The content of a template, or of the plan in force last year, for a plan of a staff member.
 * @throws Rejection REQUIRED or ONE_OF at `source` unless one source is named, NOT_FOUND, RETIRED
 */
export async function copyInto(
  deps: Deps,
  actor: Actor,
  place: PlanPlace,
  { templateId, lastYear }: PlanSourceInput,
): Promise<PlanCopy> {
  if (templateId == null && lastYear !== true) throw reject('REQUIRED', 'source');
  if (templateId != null && lastYear === true)
    throw reject('ONE_OF', 'source', { options: 'templateId, lastYear' });
  if (templateId != null) {
    const template = await deps.store.planTemplates.get(templateId);
    if (template === null) throw reject('NOT_FOUND', 'source.templateId', { id: templateId });
    return copyTemplate(deps, actor, place, template);
  }
  const last =
    place.staff && (await placeOfStaffPlan(deps, place.staff.id, place.year - 1).catch(nullWhenRejected));
  const plan = last && (await deps.store.plans.get(last.address, last.planId));
  if (!plan?.agreed) throw reject('NOT_FOUND', 'source.lastYear');
  return copyOf(deps, actor, place, plan.agreed, plan.agreed.lines.map(writtenFrom));
}

/** As `copyInto`, from a template at hand. @throws Rejection RETIRED at `source.templateId` */
export async function copyTemplate(
  deps: Deps,
  actor: Actor,
  place: PlanPlace,
  template: PlanTemplate,
): Promise<PlanCopy> {
  if (template.retired) throw reject('RETIRED', 'source.templateId', { id: template.name });
  return copyOf(deps, actor, place, template, template.lines);
}

async function copyOf(
  deps: Deps,
  actor: Actor,
  { owner, year }: PlanPlace,
  terms: Pick<PlanContent, 'expectations' | 'attachments'>,
  source: readonly WrittenLine[],
): Promise<PlanCopy> {
  // What a line served last year, in the plan of the same owner for this year.
  const lines = source.map((line) => ({ ...line, serves: line.serves && moved(line.serves, year) }));
  const goalIds = [...new Set(lines.flatMap(({ goalId }) => goalId ?? []))];
  const [today, indicators, goals, served] = await Promise.all([
    regionToday(deps),
    deps.store.indicators.getMany([...new Set(lines.map(({ indicatorId }) => indicatorId))]),
    deps.store.goals.getMany(goalIds),
    readServedPlans(
      deps,
      actor,
      owner,
      lines.flatMap(({ serves }) => serves?.planId ?? []),
    ),
  ]);
  const day = today > `${year}-01-01` ? today : `${year}-01-01`;
  const known = new Map(
    await Promise.all(
      indicators.flatMap((indicator) =>
        indicator === null
          ? []
          : [
              definitionOn(deps, indicator, day).then(
                ({ name, definition }) =>
                  [indicator.id, { name, definition, retired: indicator.retired }] as const,
              ),
            ],
      ),
    ),
  );
  const goalById = new Map(goals.flatMap((goal) => (goal === null ? [] : [[goal.id, goal] as const])));
  const copy = copyLines(lines, {
    indicator: (id) => known.get(id) ?? null,
    goal: (id) => {
      const goal = goalById.get(id);
      if (goal === undefined) return null;
      return { code: goal.code, inForce: !goal.retired && goal.fromYear <= year && year <= goal.toYear };
    },
    serves: ({ planId, lineId }) => served.get(planId)?.agreed.lines.some(({ id }) => id === lineId) ?? false,
  });
  const { expectations, attachments } = terms;
  return { ...copy, terms: { expectations, attachments } };
}

function moved(serves: Serves, year: number): Serves {
  const above = readPlanId(serves.planId);
  if (above === null) return serves;
  return { ...serves, planId: `${serves.planId.slice(0, -String(above.year).length)}${year}` };
}
