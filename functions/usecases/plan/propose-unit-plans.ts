import type { Actor } from '../../domain/access-policy.ts';
import { assignmentOn, type Staff } from '../../domain/organisation/staff.ts';
import type { PlanTemplate } from '../../domain/plan/template.ts';
import { type Problem, problem, Rejection, reject } from '../../domain/problem.ts';
import type { PageRequest } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';
import { staffAddress } from '../work-address.ts';
import { checkPlanYear } from './plan-place.ts';
import { type PreparedPlan, preparePlan } from './prepare-plan.ts';

/** People that one call proposes for: each is a transaction of its own. */
export const MOST_PEOPLE = 50;
const MOST_TEMPLATES = 10;

export interface ProposeUnitPlansInput {
  readonly unitId: string;
  readonly year: number;
  readonly templateIds?: readonly string[] | null | undefined;
  readonly lastYear?: boolean | null | undefined;
}

/** What became of one person: proposed, passed over (SKIPPED: has a plan already, or no template is for the job group), or refused. */
export interface UnitPlanRow {
  readonly staff: Staff;
  readonly result: 'PROPOSED' | 'SKIPPED' | 'REFUSED';
  readonly prepared: PreparedPlan | null;
  readonly problems: readonly Problem[];
}

export interface UnitPlansOutcome {
  readonly rows: readonly UnitPlanRow[];
  readonly hasMore: boolean;
  readonly end: string | null;
}

/**
 * The head of a unit proposes plans for those who serve in it, a page of them at a time: from the first template that is for
 * their job group, or from their plan of last year. Everybody's plan is written whole or not at all, and what is refused for
 * one holds back nobody else. Whoever has a plan or a proposal already keeps it, so a call can be repeated.
 * @throws Rejection FORBIDDEN, REQUIRED or DUPLICATE unless one kind of source is named, NOT_FOUND, RETIRED, TOO_MANY, OUT_OF_RANGE
 */
export async function proposeUnitPlans(
  deps: Deps,
  actor: Actor,
  { unitId, year, ...source }: ProposeUnitPlansInput,
  page: () => PageRequest,
): Promise<UnitPlansOutcome> {
  if (!(await deps.store.organisation.load()).units.has(unitId))
    throw reject('NOT_FOUND', 'unitId', { id: unitId });
  await authorise(deps, actor, 'Mutation.proposeUnitPlans', { unitId });
  const today = await regionToday(deps);
  checkPlanYear(year, today);
  const templates = await templatesOf(deps, source);
  const members = await deps.store.staff.ofUnit(unitId, page(), today);
  const people = members.items.map(({ value }) => value).filter(({ id }) => id !== actor.staffId);
  const placed = people.flatMap((staff) => {
    const address = staffAddress(staff, year);
    return address === null ? [] : [{ address, planId: `${staff.id}:${year}` }];
  });
  const existing = new Set((await deps.store.plans.getMany(placed)).flatMap((plan) => plan?.id ?? []));

  const rows: UnitPlanRow[] = [];
  for (const staff of people) {
    const skipped = (code: 'ALREADY_EXISTS' | 'NOT_FOUND', path: string): UnitPlanRow => ({
      staff,
      result: 'SKIPPED',
      prepared: null,
      problems: [problem(code, path)],
    });
    const jobGroup = assignmentOn(staff, today)?.jobGroup;
    const template = templates?.find((each) => each.jobGroup === jobGroup);
    if (existing.has(`${staff.id}:${year}`)) rows.push(skipped('ALREADY_EXISTS', 'plan'));
    else if (templates !== null && template === undefined) rows.push(skipped('NOT_FOUND', 'templateIds'));
    else rows.push(await proposeFor(deps, actor, staff, year, template ?? null));
  }
  return { rows, hasMore: members.hasMore, end: members.items.at(-1)?.position ?? null };
}

async function proposeFor(
  deps: Deps,
  actor: Actor,
  staff: Staff,
  year: number,
  template: PlanTemplate | null,
): Promise<UnitPlanRow> {
  const source = template === null ? { lastYear: true } : { templateId: template.id };
  try {
    const prepared = await preparePlan(deps, actor, { staffId: staff.id, year, source });
    return { staff, result: 'PROPOSED', prepared, problems: [] };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { staff, result: 'REFUSED', prepared: null, problems: error.problems };
  }
}

/** The templates by which is proposed; null: by last year's plans. */
async function templatesOf(
  { store }: Deps,
  { templateIds, lastYear }: Omit<ProposeUnitPlansInput, 'unitId' | 'year'>,
): Promise<readonly PlanTemplate[] | null> {
  const ids = templateIds ?? [];
  if (ids.length === 0 && lastYear !== true) throw reject('REQUIRED', 'templateIds');
  if (ids.length > 0 && lastYear === true) throw reject('DUPLICATE', 'lastYear');
  if (ids.length === 0) return null;
  if (ids.length > MOST_TEMPLATES) throw reject('TOO_MANY', 'templateIds', { maximum: MOST_TEMPLATES });
  const found = await Promise.all(ids.map((id) => store.planTemplates.get(id)));
  const problems = found.flatMap((template, at) => {
    if (template === null) return [problem('NOT_FOUND', `templateIds.${at}`, { id: ids[at] ?? '' })];
    return template.retired ? [problem('RETIRED', `templateIds.${at}`, { id: template.name })] : [];
  });
  if (problems.length > 0) throw new Rejection(problems);
  return found.flatMap((template) => template ?? []);
}
