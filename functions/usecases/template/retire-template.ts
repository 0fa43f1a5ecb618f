import type { Actor } from '../../domain/access-policy.ts';
import type { PlanTemplate } from '../../domain/plan/template.ts';
import { reject } from '../../domain/problem.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { readTemplate, requireTemplate } from './template-change.ts';

export interface RetirePlanTemplate {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** Retires a template: no more plans are made from it. @throws Rejection RETIRED, NOT_FOUND, CONFLICT, FORBIDDEN */
export const retirePlanTemplate = (
  deps: Deps,
  actor: Actor,
  input: RetirePlanTemplate,
): Promise<PlanTemplate> =>
  perform(
    deps,
    { actor, operation: 'retirePlanTemplate', input },
    () => authorise(deps, actor, 'Mutation.retirePlanTemplate'),
    async (as) => {
      const before = await requireTemplate(deps, input.id);
      expectVersion(before, input.version);
      if (before.retired) throw reject('RETIRED', 'id', { id: before.name });
      const after: PlanTemplate = { ...before, retired: true };
      return { as, ref: before.id, writes: [deps.store.planTemplates.save(before, after)] };
    },
    readTemplate(deps),
  );
