import type { Actor } from '../../domain/access-policy.ts';
import type { PlanDraft } from '../../domain/plan/draft.ts';
import type { PlanTerms } from '../../domain/plan/plan.ts';
import type { PlacedCopyWarning } from '../../domain/plan/written-line.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { regionToday } from '../region-clock.ts';
import { changeDraft, draftOf } from './plan-draft.ts';
import { checkPlanYear, placeOfStaffPlan, type Standing } from './plan-place.ts';
import { copyInto, type PlanCopy, type PlanSourceInput } from './plan-source.ts';
import { type PlanOutcome, proposeAt } from './propose-plan.ts';
import { inputOf } from './written-lines.ts';

export interface PreparePlanInput {
  readonly staffId: string;
  readonly year: number;
  readonly source: PlanSourceInput;
  readonly asDraft?: boolean | null | undefined;
  readonly version?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** A plan or a draft made from a source, with what the copy left behind. */
export interface PreparedPlan {
  readonly outcome: PlanOutcome | null;
  readonly draft: PlanDraft | null;
  readonly copied: readonly PlacedCopyWarning[];
}

/**
 * Proposes a plan made from a template or last year's plan, or begins one's draft with it. The staff member takes no
 * expectations from the source: those are the leader's to state.
 * @throws Rejection as proposePlan, savePlanDraft and copyInto
 */
export async function preparePlan(deps: Deps, actor: Actor, input: PreparePlanInput): Promise<PreparedPlan> {
  let copied: readonly PlacedCopyWarning[] = [];
  const keep = (copy: PlanCopy): PlanCopy => {
    copied = copy.warnings;
    return copy;
  };
  const findPlace = () => placeOfStaffPlan(deps, input.staffId, input.year);
  if (input.asDraft === true) {
    const planId = `${input.staffId}:${input.year}`;
    const field = 'Mutation.preparePlan';
    const draft = await changeDraft(deps, actor, field, { ...input, planId }, async ({ place, side, as }) => {
      checkPlanYear(place.year, await regionToday(deps));
      const before = await deps.store.planDrafts.get(planId, side);
      expectVersion(before?.open ? before : null, input.version);
      const { lines, terms } = keep(await copyInto(deps, actor, place, input.source));
      const bare = draftOf(deps, place, side, { lines: [] });
      const after: PlanDraft = {
        ...bare,
        lines,
        expectations: termsFor(side, terms).expectations ?? null,
        attachments: terms.attachments ?? null,
      };
      return { as, ref: planId, writes: [deps.store.planDrafts.save(before, after)] };
    });
    return { outcome: null, draft, copied };
  }
  const outcome = await proposeAt(
    deps,
    actor,
    'Mutation.preparePlan',
    input,
    findPlace,
    async (place, side) => {
      const { lines, terms } = keep(await copyInto(deps, actor, place, input.source));
      return { lines: lines.map((line) => inputOf(line, place.year)), terms: termsFor(side, terms) };
    },
  );
  return { outcome, draft: null, copied };
}

const termsFor = (side: Standing['side'], { expectations, attachments }: PlanTerms): PlanTerms =>
  side === 'SUPERIOR' ? { expectations, attachments } : { attachments };
