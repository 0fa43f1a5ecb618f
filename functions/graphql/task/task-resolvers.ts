import { myTasks } from '../../usecases/task/my-tasks.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { pageRequest, toConnection } from '../pagination.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

export const taskResolvers: Resolvers = {
  Query: {
    myTasks: async (_, args, { deps, actor }) => {
      const list = { query: 'myTasks', scope: actor.id };
      const { first, after } = pageRequest(list, args);
      const tasks = await myTasks(deps, actor);
      // A task that was done since the page before leaves no gap: the list goes on behind the place that it had.
      const keyOf = (task: (typeof tasks)[number]) => `${task.deadline ?? '9999'} ${task.id}`;
      const left = after === null ? tasks : tasks.filter((task) => keyOf(task) > after);
      const page = left.slice(0, first);
      return {
        ...toConnection(list, {
          items: page.map((task) => ({ value: task, position: keyOf(task) })),
          hasMore: left.length > page.length,
        }),
        totalCount: tasks.length,
      };
    },
  },
  Task: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    objectionId: ({ objectionId = null }) => objectionId,
  },
};
