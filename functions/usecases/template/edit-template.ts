import type { Actor } from '../../domain/access-policy.ts';
import type { PlanTemplate } from '../../domain/plan/template.ts';
import { reject } from '../../domain/problem.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { readTemplate, requireTemplate, type TemplateContent, templateOf } from './template-change.ts';

export interface EditPlanTemplate extends TemplateContent {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

/** Puts a new content in the place of a template's; plans made from it stay. @throws Rejection RETIRED, NOT_FOUND, CONFLICT, and all that is wrong with it */
export const editPlanTemplate = (deps: Deps, actor: Actor, input: EditPlanTemplate): Promise<PlanTemplate> =>
  perform(
    deps,
    { actor, operation: 'editPlanTemplate', input },
    () => authorise(deps, actor, 'Mutation.editPlanTemplate'),
    async (as) => {
      const before = await requireTemplate(deps, input.id);
      expectVersion(before, input.version);
      if (before.retired) throw reject('RETIRED', 'id', { id: before.name });
      const after: PlanTemplate = { ...before, ...(await templateOf(deps, input)) };
      return { as, ref: before.id, writes: [deps.store.planTemplates.save(before, after)] };
    },
    readTemplate(deps),
  );
