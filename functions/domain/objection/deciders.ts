import { chainOf, headOn, type Organisation } from '../organisation/organisation.ts';
import type { AssessorOfRecord } from '../organisation/staff.ts';
import type { IsoDate } from '../time.ts';

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
 * Of the deciders those who come behind everybody who did not decide in time, or has left. One of them may be no decider any more,
 * whose successor in the same office then comes behind those before.
 */
export const decidersBehind = (deciders: readonly string[], before: ReadonlySet<string>): readonly string[] =>
  deciders.slice(deciders.findLastIndex((id) => before.has(id)) + 1);
