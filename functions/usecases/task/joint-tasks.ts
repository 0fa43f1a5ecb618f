import { partsToDecide } from '../../domain/joint/joint-activity.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { Deps } from '../deps.ts';
import { type Me, type Task, taskOf } from './task.ts';

/**
 * Parts in work across units that people whom one assesses today are asked to take, in activities of this year or a later one. Reads
 * one list, of all that waits in the region; nothing for who assesses nobody.
 */
export async function jointTasks(
  { store }: Deps,
  { today }: Me,
  assessed: readonly Staff[],
): Promise<readonly Task[]> {
  if (assessed.length === 0) return [];
  const ids = new Set(assessed.map(({ id }) => id));
  const waiting = await store.jointActivities.waiting(`${today.slice(0, 4)}-01-01`);
  return waiting.flatMap((activity) =>
    partsToDecide(activity)
      .filter(({ staffId }) => ids.has(staffId))
      .map(({ staffId }) =>
        taskOf('DECIDE_JOINT_PART', `${activity.id}:${staffId}`, { staffId, jointActivityId: activity.id }),
      ),
  );
}
