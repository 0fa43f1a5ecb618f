import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { comesToLeadAssessor, isAssessedOtherwise } from '../../domain/organisation/leading.ts';
import { chainOf, type Organisation, type Unit } from '../../domain/organisation/organisation.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { InputCheck } from '../check-input.ts';
import type { Deps } from '../deps.ts';

/** A unit as it shall be, in the organisation as it is. */
export interface UnitChange {
  readonly organisation: Organisation;
  readonly unit: Unit;
  /** The first day of other heads; null: they stay. */
  readonly from: IsoDate | null;
  readonly today: IsoDate;
  readonly by: Pick<Actor, 'staffId'>;
}

/**
 * Checks what other heads of a unit, or another place of it, do to who assesses whom; notes at a path
 * - FORBIDDEN where it gives whoever decides another assessor, or another superior of the assessor: somebody else does it, of an office
 *   that it does not concern, or whose account belongs to no staff member;
 * - IN_USE, with the id of each person, where somebody comes to lead the assessor who was named for them: another is named first.
 */
export async function checkAssessors(
  { store }: Deps,
  { organisation, unit, from, today, by }: UnitChange,
  check: InputCheck,
  path: string,
): Promise<void> {
  const before = organisation.units.get(unit.id);
  const isMoved = before !== undefined && before.parentId !== unit.parentId;
  const hasOtherHeads = canonicalJson(before?.heads ?? []) !== canonicalJson(unit.heads);
  if (check.problems.length > 0 || !(isMoved || hasOtherHeads)) return;
  // A tree without history is that of every period that is still to be closed, too.
  const dates = [
    ...(isMoved ? [`${Number(today.slice(0, 4)) - 1}-01-01`] : []),
    ...(from === null ? [] : [from]),
  ];
  const first = dates.sort()[0] ?? today;
  const after: Organisation = {
    version: organisation.version,
    units: new Map(organisation.units).set(unit.id, unit),
  };
  const concerned = [organisation, after].flatMap((each) => {
    const chain = chainOf(each, unit.id);
    return isMoved ? chain : chain.slice(0, 1);
  });
  const [self, delegations] = await Promise.all([
    by.staffId === null ? null : store.staff.get(by.staffId),
    delegationsWith({ store }, headsFrom(concerned, first), first),
  ]);
  if (self !== null && isAssessedOtherwise(organisation, after, self, first)) check.add('FORBIDDEN', path);
  const led = delegations.filter((each) => comesToLeadAssessor(organisation, after, each, first));
  for (const id of new Set(led.map(({ staff }) => staff.id))) check.add('IN_USE', path, { id });
}

const headsFrom = (units: readonly Unit[], from: IsoDate): readonly string[] => {
  const headships = units.flatMap(({ heads }) => heads).filter(({ to }) => to === null || to >= from);
  return [...new Set(headships.map(({ staffId }) => staffId))];
};

/** Those whom one of these people assesses by delegation on a day or later, or who so assesses one of them. */
async function delegationsWith(
  { store }: Pick<Deps, 'store'>,
  ids: readonly string[],
  from: IsoDate,
): Promise<readonly { readonly staff: Staff; readonly assessor: Staff }[]> {
  const [people, assessed] = await Promise.all([
    store.staff.getMany(ids),
    Promise.all(ids.map((id) => store.staff.assessedFrom(id, from))),
  ]);
  const stays = [
    ...people.flatMap((staff) =>
      (staff?.assignments ?? []).map((stay) => ({ ...stay, staffId: staff?.id ?? '' })),
    ),
    ...assessed.flat(),
  ];
  const pairs = new Map(
    stays.flatMap(({ staffId, assessorId, to }) =>
      assessorId !== null && (to === null || to >= from)
        ? [[`${staffId} ${assessorId}`, [staffId, assessorId]] as const]
        : [],
    ),
  );
  const read = await store.staff.getMany([...new Set([...pairs.values()].flat())]);
  const byId = new Map(read.flatMap((staff) => (staff === null ? [] : [[staff.id, staff] as const])));
  return [...pairs.values()].flatMap(([staffId, assessorId]) => {
    const [staff, assessor] = [byId.get(staffId), byId.get(assessorId)];
    return staff === undefined || assessor === undefined ? [] : [{ staff, assessor }];
  });
}
