import {
  type Assignment,
  assessorOfStaffOn,
  assignmentOn,
  type Staff,
} from '../../domain/organisation/staff.ts';
import { permits } from '../../usecases/authorise.ts';
import { onRegionDay, regionToday } from '../../usecases/region-clock.ts';
import { createStaff } from '../../usecases/staff/create-staff.ts';
import { editStaff } from '../../usecases/staff/edit-staff.ts';
import { findStaff } from '../../usecases/staff/find-staff.ts';
import { importStaff } from '../../usecases/staff/import-staff.ts';
import { listAssessed } from '../../usecases/staff/list-assessed.ts';
import { listStaff } from '../../usecases/staff/list-staff.ts';
import { retireStaff } from '../../usecases/staff/retire-staff.ts';
import { transferStaff } from '../../usecases/staff/transfer-staff.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { importPayload } from '../import-payload.ts';
import { mutate } from '../mutate.ts';
import { connect, connectPartial } from '../pagination.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

const asStaff = <T>(staff: T) => ({ staff });

/** Uses where somebody serves today; null: nowhere. */
const withPresent = <R>(
  { deps }: GraphQLContext,
  staff: Staff,
  use: (present: Assignment | null) => R | Promise<R>,
) => onRegionDay(deps, (today) => use(assignmentOn(staff, today)));

export const staffResolvers: Resolvers = {
  Query: {
    staff: (_, args, { deps, actor }) => findStaff(deps, actor, args),
    staffMembers: (_, { filter, ...args }, { deps, actor }) =>
      connectPartial({ query: 'Query.staffMembers', scope: filter }, args, (page) =>
        listStaff(deps, actor, filter, page),
      ),
    assessedStaff: (_, args, { deps, actor }) =>
      connect({ query: 'Query.assessedStaff', scope: actor.id }, args, (page) =>
        listAssessed(deps, actor, page),
      ),
  },
  Mutation: {
    createStaff: (_, { input }, context) =>
      mutate(context, () => createStaff(context.deps, context.actor, input), asStaff),
    editStaff: (_, { input }, context) =>
      mutate(
        context,
        () => editStaff(context.deps, context.actor, input),
        asStaff,
        () => context.deps.store.staff.get(input.id),
      ),
    transferStaff: (_, { input }, context) =>
      mutate(
        context,
        () => transferStaff(context.deps, context.actor, input),
        asStaff,
        () => context.deps.store.staff.get(input.id),
      ),
    retireStaff: (_, { input }, context) =>
      mutate(
        context,
        () => retireStaff(context.deps, context.actor, input),
        asStaff,
        () => context.deps.store.staff.get(input.id),
      ),
    importStaff: (_, { input }, context) =>
      importPayload(context, () => importStaff(context.deps, context.actor, input.rows)),
  },
  Staff: {
    nip: async (staff, _, { deps, actor }) =>
      (await permits(deps, actor, 'Staff.nip', { staff })) ? staff.nip : null,
    grade: async (staff, _, { deps, actor }) =>
      (await permits(deps, actor, 'Staff.grade', { staff })) ? staff.grade : null,
    email: async (staff, _, { deps, actor }) =>
      (await permits(deps, actor, 'Staff.email', { staff })) ? staff.email : null,
    assignments: async (staff, _, { deps, actor }) =>
      (await permits(deps, actor, 'Staff.assignments', { staff })) ? staff.assignments : null,
    position: (staff, _, context) => withPresent(context, staff, (present) => present?.position ?? null),
    jobGroup: (staff, _, context) => withPresent(context, staff, (present) => present?.jobGroup ?? null),
    unit: (staff, _, context) => withPresent(context, staff, (present) => unitOf(context, present?.unitId)),
    assessor: async (staff, _, context) => {
      const { deps } = context;
      const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
      return staffOf(context, assessorOfStaffOn(organisation, staff, today).assessorId);
    },
  },
  Assignment: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    assessor: ({ assessorId }, _, context) => staffOf(context, assessorId),
  },
};
