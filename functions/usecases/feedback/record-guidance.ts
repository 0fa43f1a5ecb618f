import type { Actor, Operation } from '../../domain/access-policy.ts';
import { addDays, isDate } from '../../domain/calendar.ts';
import {
  checkGuidance,
  GUIDANCE_LIMITS,
  type GuidanceDraft,
  type GuidanceKind,
  type GuidanceNote,
  guidanceIdOf,
} from '../../domain/feedback/guidance.ts';
import { assignmentOn } from '../../domain/organisation/staff.ts';
import { problem, reject, rejectIf } from '../../domain/problem.ts';
import type { CoreValue } from '../../domain/rating/core-values.ts';
import { tidy } from '../../domain/text.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { checkLine, requireRecipient, timelessToken } from './feedback-change.ts';

export interface RecordGuidanceInput {
  readonly staffId: string;
  readonly method?: GuidanceNote['method'] | undefined;
  readonly heldOn: IsoDate;
  readonly planId?: string | null | undefined;
  readonly lineId?: string | null | undefined;
  readonly value?: CoreValue | null | undefined;
  readonly issue: string;
  readonly discussion: string;
  readonly actions: readonly { readonly text: string; readonly dueOn: IsoDate }[];
  readonly followUpOn: IsoDate;
  readonly idempotencyKey?: string | null | undefined;
}

/** The assessor notes guidance given to a person (bimbingan kinerja, art. 21). @throws Rejection with all that is wrong; NOT_FOUND, FORBIDDEN */
export const recordGuidance = (
  deps: Deps,
  actor: Actor,
  input: RecordGuidanceInput,
): Promise<Stored<GuidanceNote>> => record(deps, actor, 'GUIDANCE', 'Mutation.recordGuidance', input);

/**
 * The assessor, or a counsellor of the personnel office, notes counselling on a person's conduct (konseling kinerja, art. 21).
 * @throws Rejection with all that is wrong; NOT_FOUND, FORBIDDEN
 */
export const recordCounselling = (
  deps: Deps,
  actor: Actor,
  input: RecordGuidanceInput,
): Promise<Stored<GuidanceNote>> => record(deps, actor, 'COUNSELLING', 'Mutation.recordCounselling', input);

const record = (
  deps: Deps,
  actor: Actor,
  kind: GuidanceKind,
  field: Operation & `Mutation.${string}`,
  input: RecordGuidanceInput,
): Promise<Stored<GuidanceNote>> =>
  perform(
    deps,
    { actor, operation: field.slice('Mutation.'.length), input },
    async () => {
      const staff = await requireRecipient(deps, input.staffId);
      if (staff.id === actor.staffId) throw reject('FORBIDDEN', 'staffId');
      return { staff, as: await authorise(deps, actor, field, { staff }) };
    },
    async ({ staff, as }) => {
      const today = await regionToday(deps);
      const draft: GuidanceDraft = {
        kind,
        method: kind === 'GUIDANCE' ? (input.method ?? null) : null,
        heldOn: input.heldOn,
        issue: tidy(input.issue),
        discussion: tidy(input.discussion),
        actions: input.actions.map(({ text, dueOn }) => ({ text: tidy(text), dueOn })),
        followUpOn: input.followUpOn,
      };
      const latest = addDays(isDate(input.heldOn) ? input.heldOn : today, GUIDANCE_LIMITS.daysAhead);
      const { planId = null, lineId = null } = input;
      rejectIf([
        ...checkGuidance(draft, today, latest),
        ...((planId === null) === (lineId === null)
          ? []
          : [problem('REQUIRED', planId === null ? 'planId' : 'lineId')]),
        ...(planId === null || lineId === null ? [] : await checkLine(deps, staff.id, planId, lineId)),
      ]);
      const note: GuidanceNote = {
        ...draft,
        id: guidanceIdOf(staff.id, kind, draft.heldOn, timelessToken(deps)),
        staffId: staff.id,
        unitId: assignmentOn(staff, today)?.unitId ?? null,
        givenById: actor.staffId ?? actor.id,
        planId,
        lineId,
        value: input.value ?? null,
        acknowledged: null,
        followUp: null,
        version: 0,
      };
      const told = notify(deps, {
        kind: 'GUIDANCE_GIVEN',
        to: person(staff.id),
        refs: { subjectId: note.id },
      });
      return { as, ref: note.id, writes: [deps.store.guidance.save(null, note), ...told] };
    },
    (id) => requireNote(deps, id),
  );

/** @throws Rejection NOT_FOUND at `id` */
export async function requireNote({ store }: Pick<Deps, 'store'>, id: string): Promise<Stored<GuidanceNote>> {
  const note = await store.guidance.get(id);
  if (note === null) throw reject('NOT_FOUND', 'id', { id });
  return note;
}
