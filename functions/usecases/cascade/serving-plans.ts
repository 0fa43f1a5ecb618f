import type { Actor } from '../../domain/access-policy.ts';
import type { Goal } from '../../domain/indicator/goal.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { PlanLink } from '../../domain/plan/cascade.ts';
import type { PlanLine } from '../../domain/plan/line.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { Page, PageRequest, WorkAddress } from '../../store/contract/stored.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { checkYear, readPlanId } from '../plan/plan-place.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';

/** A plan or agreement in force with those of its lines that serve what was asked for. */
export interface ServingPlan {
  readonly plan: Plan;
  readonly lines: readonly PlanLine[];
}

/** A page that may hold fewer than asked for, and says where to read on. */
export interface ServingPage extends Page<ServingPlan> {
  readonly end: string | null;
}

/**
 * Which lines serve a goal in a year: those of units' agreements for everybody, then those of staff plans for those who may
 * read them; a page leaves out the others and may be short. Three requests a page.
 * @throws Rejection OUT_OF_RANGE for an impossible year
 */
export async function plansServingGoal(
  deps: Deps,
  actor: Actor,
  { id }: Goal,
  year: number,
  page: PageRequest,
): Promise<ServingPage> {
  checkYear(year);
  return readable(deps, actor, await deps.store.cascade.servingGoal(id, year, page, ownersFor(actor)));
}

/** Which plans' lines serve a line in force, for those who may read them; see `plansServingGoal`. */
export async function plansServingLine(
  deps: Deps,
  actor: Actor,
  planId: string,
  lineId: string,
  page: PageRequest,
): Promise<ServingPage> {
  return readable(deps, actor, await deps.store.cascade.servingLine(planId, lineId, page, ownersFor(actor)));
}

/** What is not shown is not read either where nobody is signed in: a cursor holds the id of a plan, and that of its owner. */
const ownersFor = (actor: Actor): 'UNITS' | 'ALL' => (actor.roles.has('PUBLIC') ? 'UNITS' : 'ALL');

async function readable(deps: Deps, actor: Actor, found: Page<PlanLink>): Promise<ServingPage> {
  const owners = found.items.map(({ value }) => readPlanId(value.planId));
  const staffIds = owners.flatMap((known) => (known?.owner.kind === 'STAFF' ? known.owner.staffId : []));
  const staff = new Map<string, Staff>(
    actor.roles.has('PUBLIC')
      ? []
      : (await deps.store.staff.getMany(staffIds)).flatMap((one) => (one === null ? [] : [[one.id, one]])),
  );
  const addresses = await Promise.all(
    owners.map(async (known): Promise<WorkAddress | null> => {
      if (known === null) return null;
      if (known.owner.kind === 'UNIT') return agreementAddress(known.owner.unitId, known.year);
      const person = staff.get(known.owner.staffId);
      if (person === undefined || !(await permits(deps, actor, 'Query.plan', { staff: person }))) return null;
      return staffAddress(person, known.year);
    }),
  );
  const shown = found.items.flatMap(({ value, position }, at) => {
    const address = addresses[at];
    return address == null ? [] : [{ link: value, position, address }];
  });
  const plans = await deps.store.plans.getMany(
    shown.map(({ link, address }) => ({ address, planId: link.planId })),
  );
  return {
    items: shown.flatMap(({ link, position }, at) => {
      const plan = plans[at];
      const ids = new Set(link.lines.map(({ lineId }) => lineId));
      const lines = plan?.agreed?.lines.filter((line) => ids.has(line.id)) ?? [];
      return plan == null || lines.length === 0 ? [] : [{ value: { plan, lines }, position }];
    }),
    hasMore: found.hasMore,
    end: found.items.at(-1)?.position ?? null,
  };
}
