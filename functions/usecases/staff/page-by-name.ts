import { comparablePerson } from '../../domain/organisation/name.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';

/** One page, by name, of people that were read whole. */
export function pageByName(people: readonly Staff[], { first, after }: PageRequest): Page<Staff> {
  const left = people
    .map((value) => ({ value, position: `${comparablePerson(value.name)}\n${value.id}` }))
    .filter(({ position }) => after === null || position > after)
    .sort((a, b) => (a.position < b.position ? -1 : 1));
  return { items: left.slice(0, first), hasMore: left.length > first };
}
