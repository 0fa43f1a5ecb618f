import type { Actor } from '../../domain/access-policy.ts';
import { assessorOfStaffOn } from '../../domain/organisation/staff.ts';
import {
  type CascadeWarning,
  forgottenLines,
  linesServing,
  type PlanLink,
  type ServingLine,
  shareWarnings,
} from '../../domain/plan/cascade.ts';
import type { PlanLine } from '../../domain/plan/line.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';
import { readPlanId } from './plan-place.ts';
import { readServedPlans } from './served-plans.ts';

/** A warning with the line of the plan that it is about, by its place in the plan, and whether what it serves is meant. */
export interface PlacedWarning {
  readonly warning: CascadeWarning;
  readonly index: number;
  readonly about: 'SERVES' | 'LINE';
}

/**
 * What does not fit between the lines of a plan (those under discussion, else those in force) and the lines above that they
 * serve: shares are added with everybody else's that are in force, wherever these serve by now; what others discuss is
 * theirs. Lines above that the actor may neither serve nor read are passed over.
 */
export async function cascadeOf(deps: Deps, actor: Actor, plan: Plan): Promise<readonly PlacedWarning[]> {
  const lines = (plan.proposal ?? plan.agreed)?.lines ?? [];
  const planIds = [...new Set(lines.flatMap(({ serves }) => serves?.planId ?? []))];
  const [served, ofOthers] = await Promise.all([
    readServedPlans(deps, actor, plan.owner, planIds),
    notOfSuperior(deps, plan, planIds),
  ]);
  const links = new Map(
    await Promise.all(
      [...served.keys()].map(
        async (planId) => [planId, await deps.store.cascade.servingPlan(planId)] as const,
      ),
    ),
  );
  return lines.flatMap((line, index): PlacedWarning[] => {
    const { serves } = line;
    if (serves === null) return [];
    const place = (warning: CascadeWarning): PlacedWarning => ({ warning, index, about: 'SERVES' });
    const warnings: PlacedWarning[] = ofOthers.has(serves.planId)
      ? [place(noteOn('NOT_THE_SUPERIOR', serves.lineId, line))]
      : [];
    const above = served.get(serves.planId)?.agreed;
    if (above === undefined) return warnings;
    const target = above.lines.find(({ id }) => id === serves.lineId);
    if (target === undefined) return [...warnings, place(noteOn('SERVED_LINE_GONE', serves.lineId, line))];
    // Each line above is compared once, at the first line that carries a share of it.
    const first = lines.findIndex(
      (each) =>
        each.serves?.role === 'CARRIES' &&
        each.serves.planId === serves.planId &&
        each.serves.lineId === serves.lineId,
    );
    if (first !== index) return warnings;
    const others = servingLines(links.get(serves.planId) ?? [], serves.lineId, plan.id);
    const all = [...linesServing({ lines }, serves), ...others];
    return [...warnings, ...shareWarnings(target, all).map(place)];
  });
}

const noteOn = (code: CascadeWarning['code'], lineId: string, { id }: PlanLine): CascadeWarning => ({
  code,
  lineId,
  carriedBy: id,
  expected: lineId,
  actual: '',
});

/** Lines in force of other plans that serve a line. */
const servingLines = (links: readonly PlanLink[], lineId: string, except: string): ServingLine[] =>
  links.flatMap(({ target, planId, lines }) =>
    target.kind === 'LINE' && target.lineId === lineId && planId !== except ? lines : [],
  );

/** Of the plans that a person's lines serve, those of people who do not assess the person (any more). */
async function notOfSuperior(
  deps: Deps,
  { owner }: Plan,
  planIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const ofStaff = planIds.flatMap((planId) => {
    const above = readPlanId(planId)?.owner;
    return above?.kind === 'STAFF' ? [{ planId, staffId: above.staffId }] : [];
  });
  if (owner.kind !== 'STAFF' || ofStaff.length === 0) return new Set();
  const [organisation, staff, today] = await Promise.all([
    deps.store.organisation.load(),
    deps.store.staff.get(owner.staffId),
    regionToday(deps),
  ]);
  const assessor = staff && assessorOfStaffOn(organisation, staff, today).assessorId;
  return new Set(ofStaff.flatMap(({ planId, staffId }) => (staffId === assessor ? [] : planId)));
}

/**
 * What does not fit of a plan in both directions: `cascadeOf`, and of the lines in force whether the shares below add up
 * and which ones nobody serves although others are served. Null for those who do not read what is under discussion.
 */
export async function warningsOf(
  deps: Deps,
  actor: Actor,
  plan: Plan,
): Promise<readonly PlacedWarning[] | null> {
  const { owner, agreed } = plan;
  const staff = owner.kind === 'STAFF' ? await deps.store.staff.get(owner.staffId) : null;
  const subject = owner.kind === 'UNIT' ? { unitId: owner.unitId } : staff && { staff };
  if (subject === null || !(await permits(deps, actor, 'Plan.warnings', subject))) return null;
  const lines = agreed?.lines ?? [];
  const [above, links] = await Promise.all([
    cascadeOf(deps, actor, plan),
    lines.length === 0 ? [] : deps.store.cascade.servingPlan(plan.id),
  ]);
  const served = new Set(links.flatMap(({ target }) => (target.kind === 'LINE' ? target.lineId : [])));
  const below = [
    ...lines.flatMap((line) => shareWarnings(line, servingLines(links, line.id, plan.id))),
    ...forgottenLines(lines, served),
  ];
  return [
    ...above,
    ...below.map((warning): PlacedWarning => {
      const index = lines.findIndex(({ id }) => id === warning.lineId);
      return { warning, index, about: 'LINE' };
    }),
  ];
}
