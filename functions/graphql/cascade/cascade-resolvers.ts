import { type Plan, withoutProposal } from '../../domain/plan/plan.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { chainUp } from '../../usecases/cascade/chain-up.ts';
import { goalsNotTakenUp } from '../../usecases/cascade/goals-not-taken-up.ts';
import {
  plansServingGoal,
  plansServingLine,
  type ServingPage,
} from '../../usecases/cascade/serving-plans.ts';
import { warningsOf } from '../../usecases/plan/cascade.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import {
  encodeCursor,
  type PageArguments,
  type PagedList,
  pageRequest,
  toConnection,
} from '../pagination.ts';
import { unitOf } from '../people-and-units.ts';
import { lineWithYear } from '../plan/plan-resolvers.ts';
import { warningOf } from '../warning.ts';

/** A page that may end before it is full: its cursor is where reading ended, not its last row. */
async function connectSparse<T>(
  list: PagedList,
  args: PageArguments,
  read: (page: PageRequest) => Promise<Page<T> & { readonly end: string | null }>,
) {
  const page = await read(pageRequest(list, args));
  const connection = toConnection(list, page);
  const endCursor = page.end === null ? null : encodeCursor(list, page.end);
  return { ...connection, pageInfo: { ...connection.pageInfo, endCursor } };
}

const servingPlans = (page: ServingPage) => ({
  ...page,
  items: page.items.map(({ value: { plan, lines }, position }) => ({
    value: { plan: asInForce(plan), lines: lines.map(lineWithYear(plan.year)) },
    position,
  })),
});

/** What is under discussion of an agreement is not for everybody; the cascade shows what is in force. */
const asInForce = (plan: Plan): Plan => (plan.owner.kind === 'UNIT' ? withoutProposal(plan) : plan);

export const cascadeResolvers: Resolvers = {
  Query: {
    goalsNotTakenUp: (_, { year, ...args }, { deps, actor }) =>
      connectSparse({ query: 'Query.goalsNotTakenUp', scope: year }, args, (page) =>
        goalsNotTakenUp(deps, actor, year, page),
      ),
  },
  Goal: {
    children: async ({ id }, _, { deps }) =>
      (await deps.store.goals.all()).filter(({ parentId }) => parentId === id),
    servedBy: (goal, { year, ...args }, { deps, actor }) =>
      connectSparse({ query: 'Goal.servedBy', scope: [goal.id, year] }, args, async (page) =>
        servingPlans(await plansServingGoal(deps, actor, goal, year, page)),
      ),
  },
  AgreedLine: {
    servedBy: ({ plan, line }, args, { deps, actor }) =>
      connectSparse({ query: 'AgreedLine.servedBy', scope: [plan.id, line.id] }, args, async (page) =>
        servingPlans(await plansServingLine(deps, actor, plan.id, line.id, page)),
      ),
  },
  PlanLine: {
    cascade: (line, _, { deps, actor }) => chainUp(deps, actor, line),
  },
  CascadeStep: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
  },
  Plan: {
    warnings: async (plan, _, context) => {
      const found = await warningsOf(context.deps, context.actor, plan);
      return found?.map((placed) => warningOf(placed, context)) ?? null;
    },
  },
};
