import type { Actor } from '../../domain/access-policy.ts';
import { addDays } from '../../domain/calendar.ts';
import { type Headship, type Unit, withHeadFrom } from '../../domain/organisation/organisation.ts';
import { assignmentOn, type Staff } from '../../domain/organisation/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { InputCheck } from '../check-input.ts';

/**
 * The heads of a unit with another one from a day on, and until the unit ends. The head before serves until the day before; one
 * who began on the same day is replaced, and headships still to come from that day on give way. Notes OUT_OF_RANGE for a day before
 * the present headship (history is not rewritten), on which the unit exists no more, or on which the new head does not serve yet;
 * RETIRED for a head who has retired or will; FORBIDDEN for whoever names themselves: it decides whom they assess, and who assesses them.
 * @param head null leaves the unit vacant
 */
export function nameHead(
  { heads, retiredFrom }: Pick<Unit, 'heads' | 'retiredFrom'>,
  {
    head,
    from,
    today,
    by,
  }: {
    readonly head: Staff | null;
    readonly from: IsoDate;
    readonly today: IsoDate;
    readonly by: Pick<Actor, 'staffId'>;
  },
  check: InputCheck,
  at: { readonly head: string; readonly from: string },
): readonly Headship[] {
  check.day(at.from, from, today);
  const last = heads.findLast((headship) => headship.from <= today);
  if (last !== undefined && from < last.from) check.add('OUT_OF_RANGE', at.from, { minimum: last.from });
  const lastDay = retiredFrom === null ? null : addDays(retiredFrom, -1);
  if (lastDay !== null && from > lastDay) check.add('OUT_OF_RANGE', at.from, { maximum: lastDay });
  if (head !== null) {
    if (head.id === by.staffId) check.add('FORBIDDEN', at.head);
    if (head.retiredFrom !== null) check.add('RETIRED', at.head, { id: head.id });
    else if (assignmentOn(head, from) === null) {
      const next = head.assignments.find((assignment) => assignment.from > from);
      check.add('OUT_OF_RANGE', at.from, next === undefined ? {} : { minimum: next.from });
    }
  }
  return withHeadFrom(heads, head?.id ?? null, from, addDays(from, -1)).map((headship) =>
    headship.to === null ? { ...headship, to: lastDay } : headship,
  );
}
