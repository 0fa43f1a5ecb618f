import { isInterested } from '../organisation/leading.ts';
import { chainOf, headOn, type Organisation } from '../organisation/organisation.ts';
import type { AssessorOfRecord, Staff } from '../organisation/staff.ts';
import type { IsoDate } from '../time.ts';
import { decidersSoFar, type Objection } from './objection.ts';

/**
 * Who comes after those who had to decide and did not in time, or have left, of everybody who may. It goes on up the hierarchy and
 * never back, also where somebody who had it holds no post any more.
 */
export const decidersAfter = (all: readonly string[], had: ReadonlySet<string>): readonly string[] =>
  all.slice(all.findLastIndex((id) => had.has(id)) + 1);

/**
 * Who may decide an objection, in the order of the hierarchy (annex, objections, 2: secara berjenjang): the heads above the
 * assessor and the person, from the nearest up, as they were on the day of rating; behind each whoever heads the same unit
 * today, because the office decides when its holder has left [D]. The first is the assessor's superior (`assessorsSuperior`). Empty
 * where nobody is above the assessor: then the personnel office decides for the official whom the law names [D].
 */
export const decidersOf = (
  organisation: Organisation,
  staffId: string,
  { assessorId, assessedInUnitId }: AssessorOfRecord,
  day: IsoDate,
  today: IsoDate,
): string[] => {
  if (assessorId === null || assessedInUnitId === null) return [];
  const chain = chainOf(organisation, assessedInUnitId);
  const parties: ReadonlySet<string | null> = new Set([staffId, assessorId]);
  const highest = chain.findLastIndex((unit) => parties.has(headOn(unit, day)));
  const heads = chain
    .slice(highest + 1)
    .flatMap((unit) => [headOn(unit, day), headOn(unit, today)])
    .filter((head) => head !== null && !parties.has(head));
  return [...new Set(heads)].filter((head) => head !== null);
};

/**
 * Whether an officer may decide an objection that is the personnel office's: neither of the two sides, nor led by one of them, and
 * nobody who had to decide it before [D].
 * @param officer null: an account of nobody on staff, for example of the official whom the law names
 */
export const mayDecideForOffice = (
  organisation: Organisation,
  officer: Staff | null,
  objection: Pick<Objection, 'staffId' | 'assessorId' | 'deciderId' | 'escalations'>,
  today: IsoDate,
): boolean =>
  officer === null ||
  (!isInterested(organisation, officer, [objection.staffId, objection.assessorId], today) &&
    !decidersSoFar(objection).has(officer.id));
