import type { Actor, Operation } from '../../domain/access-policy.ts';
import {
  acknowledge,
  type FollowUpOutcome,
  followUp,
  type GuidanceNote,
} from '../../domain/feedback/guidance.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { requireRecipient } from './feedback-change.ts';
import { requireNote } from './record-guidance.ts';

interface NoteChange {
  readonly id: string;
  readonly version: number;
  readonly idempotencyKey?: string | null | undefined;
}

export interface AcknowledgeGuidanceInput extends NoteChange {
  readonly response?: string | null | undefined;
}

/** The person has read a note on themselves, of either kind. @throws Rejection WRONG_STATE the second time; NOT_FOUND, FORBIDDEN, CONFLICT, TOO_LONG */
export const acknowledgeGuidance = (
  deps: Deps,
  actor: Actor,
  input: AcknowledgeGuidanceInput,
): Promise<Stored<GuidanceNote>> =>
  change(
    deps,
    actor,
    input,
    'acknowledgeGuidance',
    () => 'Mutation.acknowledgeGuidance',
    (note) => acknowledge(note, input.response ?? null, deps.now()),
  );

export interface FollowUpGuidanceInput extends NoteChange {
  readonly outcome: FollowUpOutcome;
  readonly note: string;
}

/**
 * What came of a note, by whoever may write one of its kind today: after a transfer the new assessor.
 * @throws Rejection WRONG_STATE the second time; FORBIDDEN for the person themselves; NOT_FOUND, CONFLICT, REQUIRED, TOO_LONG
 */
export const followUpGuidance = (
  deps: Deps,
  actor: Actor,
  input: FollowUpGuidanceInput,
): Promise<Stored<GuidanceNote>> =>
  change(
    deps,
    actor,
    input,
    'followUpGuidance',
    ({ kind, staffId }) => {
      if (staffId === actor.staffId) throw reject('FORBIDDEN', 'id');
      return kind === 'GUIDANCE' ? 'Mutation.recordGuidance' : 'Mutation.recordCounselling';
    },
    async (note) => {
      const today = await regionToday(deps);
      if (today < note.heldOn) throw reject('OUT_OF_RANGE', '', { minimum: note.heldOn });
      return followUp(note, {
        outcome: input.outcome,
        note: input.note,
        byId: actor.staffId ?? actor.id,
        at: deps.now(),
      });
    },
  );

const change = (
  deps: Deps,
  actor: Actor,
  input: NoteChange,
  operation: string,
  right: (note: GuidanceNote) => Operation,
  transition: (note: GuidanceNote) => GuidanceNote | Promise<GuidanceNote>,
): Promise<Stored<GuidanceNote>> =>
  perform(
    deps,
    { actor, operation, input },
    async () => {
      const note = await requireNote(deps, input.id);
      return authorise(deps, actor, right(note), { staff: await requireRecipient(deps, note.staffId) });
    },
    async (as) => {
      const before = await requireNote(deps, input.id);
      expectVersion(before, input.version);
      return {
        as,
        ref: before.id,
        writes: [deps.store.guidance.save(before, await transition(before))],
      };
    },
    (id) => requireNote(deps, id),
  );
