import type { Actor, Operation } from '../../domain/access-policy.ts';
import { handBack, TAKEOVER_LIMITS, takeOver } from '../../domain/feedback/takeover.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { reject } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { Month } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { closedMonthsOf } from '../plan/closed-months.ts';
import { findPlan } from '../plan/plan-place.ts';

interface TakeoverChange {
  readonly planId: string;
  readonly version: number;
  readonly lineId: string;
  readonly from: Month;
  readonly idempotencyKey?: string | null | undefined;
}

export interface TakeOverWorkResultInput extends TakeoverChange {
  readonly note: string;
}

/**
 * The assessor takes a work result over from a month on, with the note that the person cannot finish it (art. 20, 6 to 8). From
 * then on its targets are not the person's.
 * @throws Rejection with all that takeOver refuses; CONFLICT, FORBIDDEN
 */
export const takeOverWorkResult = (
  deps: Deps,
  actor: Actor,
  input: TakeOverWorkResultInput,
): Promise<Stored<Plan>> =>
  changeTakeovers(
    deps,
    actor,
    'Mutation.takeOverWorkResult',
    input,
    async (plan, staffId) => {
      const { lineId, from, note } = input;
      const takeover = {
        lineId,
        from,
        backFrom: null,
        note,
        byId: actor.staffId ?? actor.id,
        at: deps.now(),
      };
      const [closed, helped] = await Promise.all([
        closedMonthsOf(deps, plan.year),
        wasHelped(deps, plan, staffId),
      ]);
      return takeOver(plan, takeover, closed, helped);
    },
    tidy(input.note).slice(0, TAKEOVER_LIMITS.note) || null,
  );

export type HandBackWorkResultInput = TakeoverChange;

/** The assessor gives a work result back to the person from a month on. @throws Rejection with all that handBack refuses; CONFLICT, FORBIDDEN */
export const handBackWorkResult = (
  deps: Deps,
  actor: Actor,
  input: HandBackWorkResultInput,
): Promise<Stored<Plan>> =>
  changeTakeovers(deps, actor, 'Mutation.handBackWorkResult', input, async (plan) =>
    handBack(plan, input.lineId, input.from, await closedMonthsOf(deps, plan.year)),
  );

/** Whether expectations were adjusted (a later revision), or guidance or counselling was given in the plan's year. */
async function wasHelped(deps: Deps, { agreed, year }: Plan, staffId: string): Promise<boolean> {
  if (agreed !== null && agreed.revision > 1) return true;
  const latest = await Promise.all(
    (['GUIDANCE', 'COUNSELLING'] as const).map((kind) =>
      deps.store.guidance.ofStaff(staffId, kind, { first: 1, after: null }),
    ),
  );
  return latest.some(({ items: [note] }) => note !== undefined && note.value.heldOn >= `${year}-01-01`);
}

const changeTakeovers = (
  deps: Deps,
  actor: Actor,
  field: Operation & `Mutation.${string}`,
  input: TakeoverChange,
  transition: (plan: Plan, staffId: string) => Promise<Plan>,
  reason?: string | null,
): Promise<Stored<Plan>> =>
  perform(
    deps,
    { actor, operation: field.slice('Mutation.'.length), input, reason },
    async () => {
      const { place, plan } = await findPlan(deps, input.planId);
      // A unit's agreement is nobody's own work result.
      if (place.staff === undefined) throw reject('NOT_FOUND', 'planId', { id: input.planId });
      const { staff, address } = place;
      return { staff, address, plan, as: await authorise(deps, actor, field, { staff }) };
    },
    async ({ staff, address, plan, as }) => {
      expectVersion(plan, input.version);
      const after = await transition(plan, staff.id);
      return { as, ref: plan.id, writes: [deps.store.plans.save(address, plan, after)] };
    },
    async (planId) => (await findPlan(deps, planId)).plan,
  );
