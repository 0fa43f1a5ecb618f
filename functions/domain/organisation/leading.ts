import { addDays } from '../calendar.ts';
import type { IsoDate } from '../time.ts';
import { chainOf, headIdsOver, headOn, headsOver, isWithin, type Organisation } from './organisation.ts';
import {
  assessorOfStaffOn,
  assessorOn,
  assessorsSuperior,
  assignmentOn,
  type Membership,
  placeOn,
  type Staff,
} from './staff.ts';

/*
 * Who leads whom, and what that keeps from whom: nobody is assessed by somebody whom they lead, and nobody acts in an office's name in
 * a matter of their own or of who leads them.
 */

/** Whether somebody leads a person on a day: assesses them, or heads their unit or one above it (`headsOver`). */
export const isLedBy = (
  organisation: Organisation,
  staff: Staff,
  leaderId: string,
  date: IsoDate,
): boolean => {
  const placed = placeOn(staff, date);
  return (
    placed !== null &&
    leaderId !== placed.staffId &&
    (assessorOn(organisation, placed, date).assessorId === leaderId ||
      headsOver(organisation, placed, leaderId, date))
  );
};

/**
 * Whether a matter between people is also an officer's own: the officer is one of them, or is led by one of them on that day. Nobody
 * acts on it in an office's name [D].
 * @param officer null: an account of nobody on staff, whom nobody leads
 */
export const isInterested = (
  organisation: Organisation,
  officer: Staff | null,
  parties: readonly (string | null)[],
  date: IsoDate,
): boolean =>
  officer !== null &&
  parties.some(
    (party) => party !== null && (party === officer.id || isLedBy(organisation, officer, party, date)),
  );

/**
 * Whether a decision on a unit is one on an officer's own head: they serve in it or below it, or head it themselves.
 * @param officer null: an account of nobody on staff
 */
export const isOwnUnit = (
  organisation: Organisation,
  officer: Staff | null,
  unitId: string,
  date: IsoDate,
): boolean => {
  if (officer === null) return false;
  const unit = organisation.units.get(unitId);
  const served = chainOf(organisation, assignmentOn(officer, date)?.unitId ?? '');
  return served.some(({ id }) => id === unitId) || (unit !== undefined && headOn(unit, date) === officer.id);
};

/**
 * Whether a word on a unit is one on an officer's own work: they serve in it, below it or above it in its line, or head it or a unit
 * above. Units beside it, also of the same agency, are not its line [D].
 * @param officer null: an account of nobody on staff
 */
export const servesInLine = (
  organisation: Organisation,
  officer: Staff | null,
  unitId: string,
  date: IsoDate,
): boolean => {
  const served = officer && (assignmentOn(officer, date)?.unitId ?? null);
  const isAtOrAbove = (above: string, below: string): boolean =>
    chainOf(organisation, below).some(({ id }) => id === above);
  return (
    (served !== null && (isAtOrAbove(unitId, served) || isAtOrAbove(served, unitId))) ||
    (officer !== null && headIdsOver(organisation, unitId, date).includes(officer.id))
  );
};

/**
 * The same on any day from one on, as far as headships and the person's stays are known: such a leader's delegated assessor they
 * cannot be.
 */
export const isLedByFrom = (
  organisation: Organisation,
  staff: Staff,
  leaderId: string,
  from: IsoDate,
): boolean =>
  turningDays([organisation], [staff], from).some((day) => isLedBy(organisation, staff, leaderId, day));

/** Whether another organisation gives a person another assessor, or another superior of the assessor, on a day from one on. */
export const isAssessedOtherwise = (
  before: Organisation,
  after: Organisation,
  staff: Staff,
  from: IsoDate,
): boolean =>
  turningDays([before, after], [staff], from).some((day) => {
    const [was, is] = [assessorOfStaffOn(before, staff, day), assessorOfStaffOn(after, staff, day)];
    return (
      was.assessorId !== is.assessorId ||
      assessorsSuperior(before, staff.id, was, day) !== assessorsSuperior(after, staff.id, is, day)
    );
  });

/** Whether another organisation makes a person lead their delegated assessor on a day from one on, who did not before. */
export const comesToLeadAssessor = (
  before: Organisation,
  after: Organisation,
  { staff, assessor }: { readonly staff: Staff; readonly assessor: Staff },
  from: IsoDate,
): boolean =>
  turningDays([before, after], [staff, assessor], from).some(
    (day) =>
      placeOn(staff, day)?.assessorId === assessor.id &&
      isLedBy(after, assessor, staff.id, day) &&
      !isLedBy(before, assessor, staff.id, day),
  );

/** Whether a person serves in another unit than before on a day of a stay (of somebody else), from a day on. */
export const servesElsewhereIn = (
  stay: Pick<Membership, 'from' | 'to'>,
  before: Staff,
  after: Staff,
  from: IsoDate,
): boolean =>
  turningDays([], [before, after], from < stay.from ? stay.from : from).some(
    (day) => isWithin(stay, day) && assignmentOn(before, day)?.unitId !== assignmentOn(after, day)?.unitId,
  );

/** A day, and each later one on which a headship or a stay of these people begins or has just ended: between them nothing changes. */
const turningDays = (
  organisations: readonly Organisation[],
  people: readonly Staff[],
  from: IsoDate,
): readonly IsoDate[] => {
  const days = new Set([from]);
  const turn = (span: { readonly from: IsoDate; readonly to: IsoDate | null }): void => {
    if (span.from > from) days.add(span.from);
    if (span.to !== null && span.to >= from) days.add(addDays(span.to, 1));
  };
  for (const { units } of organisations) for (const { heads } of units.values()) heads.forEach(turn);
  for (const { assignments } of people) assignments.forEach(turn);
  return [...days];
};
