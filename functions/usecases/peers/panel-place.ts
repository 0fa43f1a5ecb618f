import type { Staff } from '../../domain/organisation/staff.ts';
import type { PeerPanel, PeerRefusal, PeerRules } from '../../domain/peers/peer-panel.ts';
import type { Period } from '../../domain/period/period.ts';
import { type Problem, problem, Rejection, reject, rejectIf } from '../../domain/problem.ts';
import type { Stored, WorkAddress, Write } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { notify, person } from '../notice/notify.ts';
import { checkTakesRatings, partyOn, ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { staffAddress } from '../work-address.ts';
import type { RateeOn } from './peer-candidates.ts';
import { isPeerOn, peerRulesOf } from './peer-rules.ts';

/** Whose panel, and when. */
export interface PanelKey {
  readonly periodId: string;
  readonly staffId: string;
}

/** The period and person of a panel. @throws Rejection NOT_FOUND of either, both at once */
export async function findPanelSubject(
  { store }: Deps,
  { periodId, staffId }: PanelKey,
): Promise<{ readonly period: Stored<Period>; readonly staff: Stored<Staff> }> {
  const [period, staff] = await Promise.all([store.periods.get(periodId), store.staff.get(staffId)]);
  const missing: Problem[] = [];
  if (period === null) missing.push(problem('NOT_FOUND', 'periodId', { id: periodId }));
  if (staff === null) missing.push(problem('NOT_FOUND', 'staffId', { id: staffId }));
  if (period === null || staff === null) throw new Rejection(missing);
  return { period, staff };
}

/** More people than that are not looked up for one change; the policy allows fewer. */
const MOST_NAMED = 100;

/** @throws Rejection TOO_MANY at `path` */
export function checkNamed(staffIds: readonly unknown[], path: string): void {
  if (staffIds.length > MOST_NAMED) throw reject('TOO_MANY', path, { maximum: MOST_NAMED });
}

/** What a change of a panel rests on: of the person as on the day of rating. */
export interface PanelPlace extends RateeOn {
  readonly address: WorkAddress;
  readonly before: Stored<PeerPanel> | null;
  readonly rules: PeerRules;
  /** Why one of `candidates` cannot be named as a peer of the person; null: they can. */
  readonly refusalOf: (staffId: string) => PeerRefusal | null;
}

/**
 * The place of a panel in an open period, with the candidates looked up.
 * @throws Rejection PERIOD_NOT_OPEN, PERIOD_CLOSED, YEAR_FROM_PERIODS; WRONG_STATE where the policy lets every peer rate; NOT_MEMBER
 */
export async function openPanel(
  deps: Deps,
  { period, staff }: { readonly period: Period; readonly staff: Staff },
  candidates: readonly string[],
): Promise<PanelPlace> {
  rejectIf(await checkTakesRatings(deps, period, period.id));
  const [rules, organisation, today, known] = await Promise.all([
    peerRulesOf(deps, period),
    deps.store.organisation.load(),
    regionToday(deps),
    deps.store.staff.getMany([...new Set(candidates)]),
  ]);
  if (rules.choice === 'OPEN') throw reject('PEERS_NOT_CHOSEN', 'periodId', { period: period.id });
  const day = ratingDay(period, today);
  const party = partyOn(organisation, staff, day);
  const address = staffAddress(staff, period.year);
  if (party === null || address === null) throw reject('NOT_MEMBER', 'staffId');
  const refusals = new Map<string, PeerRefusal | null>(
    known.flatMap((one) =>
      one === null ? [] : [[one.id, isPeerOn(organisation, one, party, day) ? null : 'NOT_A_PEER'] as const],
    ),
  );
  const refusalOf = (staffId: string): PeerRefusal | null => {
    const refusal = refusals.get(staffId);
    return refusal === undefined ? 'NOT_FOUND' : refusal;
  };
  const before = await deps.store.peers.panel({ address, periodId: period.id, staffId: staff.id });
  return { address, before, rules, organisation, day, party, refusalOf };
}

/** The panel as it is now. */
export async function findPanel(deps: Deps, key: PanelKey): Promise<Stored<PeerPanel> | null> {
  const { period, staff } = await findPanelSubject(deps, key);
  const address = staffAddress(staff, period.year);
  return address && deps.store.peers.panel({ address, ...key });
}

/** Tells peers that they are to rate somebody. @param panel the one that is replaced or, for the first, as it is written */
export const toldOfTask = (
  deps: Pick<Deps, 'store'>,
  { periodId, staffId, version }: Pick<PeerPanel, 'periodId' | 'staffId' | 'version'>,
  peerIds: readonly string[],
): readonly Write[] =>
  notify(deps, {
    kind: 'TASK_ASSIGNED',
    to: peerIds.flatMap(person),
    refs: { periodId, staffId },
    occasion: version + 1,
  });

export const refOfPanel = ({ periodId, staffId }: PanelKey): string => JSON.stringify([periodId, staffId]);

export const panelOfRef =
  (deps: Deps) =>
  async (ref: string): Promise<Stored<PeerPanel>> => {
    const [periodId, staffId] = JSON.parse(ref) as [string, string];
    const panel = await findPanel(deps, { periodId, staffId });
    if (panel === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
    return panel;
  };
