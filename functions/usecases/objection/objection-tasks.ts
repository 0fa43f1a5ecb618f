import type { Actor } from '../../domain/access-policy.ts';
import { decideByRole, rules } from '../../domain/access-policy.ts';
import { mayDecideForOffice } from '../../domain/objection/deciders.ts';
import type { Objection } from '../../domain/objection/objection.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Deps } from '../deps.ts';
import { endOfRegionDay } from '../region-clock.ts';
import { type Me, type Task, type TaskKind, taskOf } from '../task/task.ts';

/** A hundred of each; what lies beyond turns up when these are done. */
const FIRST = { first: 100, after: null };

/** Objections that one has to explain or to decide, for HR also those of the personnel office that they may. Two or three reads. */
export async function objectionTasks(deps: Deps, actor: Actor, me: Me): Promise<readonly Task[]> {
  const { objections } = deps.store;
  const operation = 'Mutation.decideObjection';
  const isOffice = decideByRole(operation, rules[operation], actor).verdict === 'ALLOWED';
  const [explain, decide, office] = await Promise.all([
    objections.toExplain(me.staffId, FIRST),
    objections.toDecide(me.staffId, FIRST),
    isOffice ? objections.toDecide(null, FIRST) : null,
  ]);
  const task = async (kind: TaskKind, objection: Objection, by: IsoDate | null): Promise<Task> =>
    taskOf(kind, objection.id, {
      staffId: objection.staffId,
      periodId: objection.periodId,
      objectionId: objection.id,
      deadline: by && (await endOfRegionDay(deps, by)),
    });
  const ofOffice = (office?.items ?? []).filter(({ value }) =>
    mayDecideForOffice(me.organisation, me.self, value, me.today),
  );
  const toDecide = [...decide.items, ...ofOffice];
  return Promise.all([
    ...explain.items.map(({ value }) => task('EXPLAIN_OBJECTION', value, value.explainBy)),
    ...toDecide.map(({ value }) => task('DECIDE_OBJECTION', value, value.decideBy)),
  ]);
}
