import { canonicalJson } from '../domain/canonical-json.ts';
import { linkChanges, type PlanLink } from '../domain/plan/cascade.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { pack, readBody } from './codec.ts';
import type { CascadeStore } from './contract/cascade.ts';
import { goalLinkKey, goalLinkPrefix, type Key, lineLinkKey, lineLinkPrefix } from './keys.ts';
import { planLink } from './schemas/cascade.ts';
import { type Item, queryAll, queryList, queryPages, type Table } from './table.ts';
import type { Action } from './write.ts';

const PATTERN = 'SERVED#';
/** How ids of units' agreements begin, and no other plan's (planIdOf). */
const UNIT_PLANS = 'unit:';
const read = (item: Item): PlanLink => readBody(PATTERN, planLink, item['body']);

export function cascadeStore(table: Table): CascadeStore {
  const ofGoal = (goalId: string) => goalLinkKey(goalId, 0, 'UNIT', '').pk;
  const ofPlan = (planId: string) => lineLinkKey(planId, '', '').pk;
  return {
    servingGoal: (goalId, year, page, owners) =>
      queryList(
        table,
        { pk: ofGoal(goalId), prefix: goalLinkPrefix(year, owners === 'UNITS' ? 'UNIT' : undefined) },
        page,
        read,
      ),
    isGoalServed: async (goalId, year) => {
      for await (const found of queryPages(table, { pk: ofGoal(goalId), prefix: goalLinkPrefix(year) }, 1))
        return found.length > 0;
      return false;
    },
    servingLine: (planId, lineId, page, owners) =>
      queryList(
        table,
        { pk: ofPlan(planId), prefix: lineLinkPrefix(lineId) + (owners === 'UNITS' ? UNIT_PLANS : '') },
        page,
        read,
      ),
    servingPlan: async (planId) =>
      (await queryAll(table, { pk: ofPlan(planId), prefix: lineLinkPrefix() })).map(read),
  };
}

const keyOf = ({ target, planId }: PlanLink, { year, owner }: Plan): Key =>
  target.kind === 'GOAL'
    ? goalLinkKey(target.goalId, year, owner.kind, planId)
    : lineLinkKey(target.planId, target.lineId, planId);

/** What a plan that comes into force adds to the cascade, changes in it and gives up. */
export function linkActions(table: Table, before: Plan | null, after: Plan): Action[] {
  const { written, gone } = linkChanges(after.id, before?.agreed ?? null, after.agreed);
  return [
    ...written.map((link): Action => {
      const key = keyOf(link, after);
      const item = { ...key, body: pack(canonicalJson(link)) };
      return { key, item: { Put: { TableName: table.name, Item: item } }, refusal: () => null };
    }),
    ...gone.map((link): Action => {
      const key = keyOf(link, after);
      return { key, item: { Delete: { TableName: table.name, Key: key } }, refusal: () => null };
    }),
  ];
}
