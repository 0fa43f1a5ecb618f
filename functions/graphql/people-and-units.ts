import { withNoted } from '../domain/noted.ts';
import type { Unit } from '../domain/organisation/organisation.ts';
import type { Staff } from '../domain/organisation/staff.ts';
import type { GraphQLContext } from './context.ts';

type Id = string | null | undefined;

/** Whom an id names; null for none, and for an account that belongs to no staff member. */
export const staffOf = ({ deps }: GraphQLContext, id: Id): Promise<Staff | null> | null =>
  id == null ? null : deps.store.staff.get(id);

/** The unit that an id names; null for none, and for one that the organisation does not have. */
export const unitOf = ({ deps }: GraphQLContext, id: Id): Promise<Unit | null> | Unit | null =>
  id == null ? null : withNoted(deps.store.organisation.load(), ({ units }) => units.get(id) ?? null);
