import type { Actor } from '../../domain/access-policy.ts';
import type { PlanTemplate } from '../../domain/plan/template.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { readTemplate, type TemplateContent, templateOf } from './template-change.ts';

export interface CreatePlanTemplate extends TemplateContent {
  readonly idempotencyKey?: string | null | undefined;
}

/** Adds a template of plans for a job group. @throws Rejection with everything that is wrong with it; FORBIDDEN */
export const createPlanTemplate = (
  deps: Deps,
  actor: Actor,
  input: CreatePlanTemplate,
): Promise<PlanTemplate> =>
  perform(
    deps,
    { actor, operation: 'createPlanTemplate', input },
    () => authorise(deps, actor, 'Mutation.createPlanTemplate'),
    async (as) => {
      const content = await templateOf(deps, input);
      const template: PlanTemplate = { ...content, id: deps.newId('t'), retired: false, version: 0 };
      return { as, ref: template.id, writes: [deps.store.planTemplates.save(null, template)] };
    },
    readTemplate(deps),
  );
