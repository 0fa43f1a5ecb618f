import type { Activity } from '../../domain/activity/activity.ts';
import { findActivity } from '../../usecases/activity/activity-place.ts';
import { correctActivity } from '../../usecases/activity/correct-activity.ts';
import { listReportedActivities } from '../../usecases/activity/list-reported-activities.ts';
import { listActivities, readActivity } from '../../usecases/activity/read-activities.ts';
import { reportActivity } from '../../usecases/activity/report-activity.ts';
import { returnActivity } from '../../usecases/activity/return-activity.ts';
import { traceRealisation } from '../../usecases/activity/trace-realisation.ts';
import { verifyActivities } from '../../usecases/activity/verify-activities.ts';
import { verifyActivity } from '../../usecases/activity/verify-activity.ts';
import { withdrawActivity } from '../../usecases/activity/withdraw-activity.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { importPayload } from '../import-payload.ts';
import { mutate } from '../mutate.ts';
import { connectPartial } from '../pagination.ts';
import { staffOf } from '../people-and-units.ts';

const asActivity = (activity: Activity | null) => ({ activity });

const activityNow =
  ({ deps }: GraphQLContext, id: string) =>
  () =>
    findActivity(deps, id);

export const activityResolvers: Resolvers = {
  Query: {
    activity: (_, { id }, { deps, actor }) => readActivity(deps, actor, id),
    activities: (_, { filter, ...args }, { deps, actor }) =>
      connectPartial({ query: 'Query.activities', scope: filter }, args, (page) =>
        listActivities(deps, actor, filter, page),
      ),
    reportedActivities: (_, { filter, ...args }, { deps, actor }) =>
      connectPartial({ query: 'Query.reportedActivities', scope: [actor.id, filter] }, args, (page) =>
        listReportedActivities(deps, actor, filter, page),
      ),
    realisationTrace: (_, key, { deps, actor }) => traceRealisation(deps, actor, key),
  },
  Mutation: {
    reportActivity: (_, { input }, context) =>
      mutate(context, () => reportActivity(context.deps, context.actor, input), asActivity),
    correctActivity: (_, { input }, context) =>
      mutate(
        context,
        () => correctActivity(context.deps, context.actor, input),
        asActivity,
        activityNow(context, input.id),
      ),
    withdrawActivity: (_, { input }, context) =>
      mutate(
        context,
        () => withdrawActivity(context.deps, context.actor, input),
        asActivity,
        activityNow(context, input.id),
      ),
    verifyActivity: (_, { input }, context) =>
      mutate(
        context,
        () => verifyActivity(context.deps, context.actor, input),
        asActivity,
        activityNow(context, input.id),
      ),
    verifyActivities: (_, { input }, context) =>
      importPayload(context, () => verifyActivities(context.deps, context.actor, input)),
    returnActivity: (_, { input }, context) =>
      mutate(
        context,
        () => returnActivity(context.deps, context.actor, input),
        asActivity,
        activityNow(context, input.id),
      ),
  },
  Activity: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
  },
};
