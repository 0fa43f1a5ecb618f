import { decimal } from '../../domain/decimal.ts';
import { importAttendance } from '../../usecases/allowance/import-attendance.ts';
import { allowanceOfStaff } from '../../usecases/allowance/read-allowance.ts';
import { creditsOfStaff } from '../../usecases/allowance/read-credits.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { importPayload } from '../import-payload.ts';

/** Rupiah outgrow GraphQL's Int. */
const rupiah = (amount: number | null) => (amount === null ? null : decimal(amount));

export const allowanceResolvers: Resolvers = {
  Mutation: {
    importAttendance: (_, { input }, context) =>
      importPayload(context, () => importAttendance(context.deps, context.actor, input.rows)),
  },
  Staff: {
    credits: (staff, _, { deps, actor }) => creditsOfStaff(deps, actor, staff),
    allowance: (staff, { month }, { deps, actor }) => allowanceOfStaff(deps, actor, staff, month),
  },
  Allowance: {
    base: ({ base }) => rupiah(base),
    amount: ({ amount }) => rupiah(amount),
  },
};
