import type { Actor } from '../../domain/access-policy.ts';
import { checkJointActivity, type JointActivity } from '../../domain/joint/joint-activity.ts';
import { reject, rejectIf } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { type ParticipantInput, readParticipants, requireActivity, tellOfJoint } from './joint-change.ts';

export interface ProposeJointActivityInput {
  readonly title: string;
  readonly purpose: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly leadUnitId: string;
  readonly leaderId: string;
  readonly participants: readonly ParticipantInput[];
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * The head of the leading unit, or a planner, proposes work across units with who takes part and as what; each participant's
 * assessor then decides.
 * @throws Rejection with all that checkJointActivity refuses; NOT_FOUND, FORBIDDEN
 */
export const proposeJointActivity = (
  deps: Deps,
  actor: Actor,
  input: ProposeJointActivityInput,
): Promise<Stored<JointActivity>> =>
  perform(
    deps,
    { actor, operation: 'proposeJointActivity', input },
    async () => {
      const { leadUnitId } = input;
      if (!(await deps.store.organisation.load()).units.has(leadUnitId))
        throw reject('NOT_FOUND', 'leadUnitId', { id: leadUnitId });
      return authorise(deps, actor, 'Mutation.proposeJointActivity', { unitId: leadUnitId });
    },
    async (as) => {
      const { participants, deciders, problems } = await readParticipants(deps, actor, input.participants);
      const activity: JointActivity = {
        id: deps.newId('ja'),
        title: tidy(input.title),
        purpose: tidy(input.purpose),
        from: input.from,
        to: input.to,
        leadUnitId: input.leadUnitId,
        leaderId: input.leaderId,
        participants,
        results: [],
        state: 'OPEN',
        reason: null,
        version: 0,
      };
      rejectIf([...problems, ...checkJointActivity(activity)]);
      const told = tellOfJoint(deps, actor, null, { after: activity, deciders });
      return { as, ref: activity.id, writes: [deps.store.jointActivities.save(null, activity), ...told] };
    },
    (id) => requireActivity(deps, id),
  );
