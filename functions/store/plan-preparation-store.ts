import type { PlanDraft } from '../domain/plan/draft.ts';
import type { PlanTemplate } from '../domain/plan/template.ts';
import { problem } from '../domain/problem.ts';
import { entityCodec } from './codec.ts';
import { conflict } from './commit.ts';
import type { DraftStore, TemplateStore } from './contract/plan-preparation.ts';
import {
  auditName,
  draftKey,
  templateKey,
  templatePrefix,
  templateSort,
  templatesPartition,
} from './keys.ts';
import { planDraft, planTemplate } from './schemas/plan-preparation.ts';
import { getItem, queryList, type Table } from './table.ts';
import { prepare } from './write.ts';

const draftCodec = entityCodec<PlanDraft>('PLAN# / DRAFT#', planDraft);
const templateCodec = entityCodec<PlanTemplate>('TEMPLATE# / TEMPLATE', planTemplate);

export function draftStore(table: Table): DraftStore {
  return {
    get: async (planId, side) => {
      const item = await getItem(table, draftKey(planId, side));
      return item === undefined ? null : draftCodec.read(item);
    },
    save: (before, after) =>
      prepare({
        audit: auditName.planDraft(after.planId, after.side),
        key: draftKey(after.planId, after.side),
        ...draftCodec.change(before, after),
        attributes: {},
        ifPresent: conflict,
      }),
  };
}

export function templateStore(table: Table): TemplateStore {
  return {
    get: async (id) => {
      const item = await getItem(table, templateKey(id));
      return item === undefined ? null : templateCodec.read(item);
    },
    list: (jobGroup, page) =>
      queryList(
        table,
        {
          index: 'gsi2',
          pk: templatesPartition,
          ...(jobGroup !== null && { prefix: templatePrefix(jobGroup) }),
        },
        page,
        templateCodec.read,
      ),
    save: (before, after) =>
      prepare({
        audit: auditName.planTemplate(after.id),
        key: templateKey(after.id),
        ...templateCodec.change(before, after),
        attributes: { gsi2pk: templatesPartition, gsi2sk: templateSort(after) },
        ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
      }),
  };
}
