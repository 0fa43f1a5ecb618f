import type { Actor } from '../../domain/access-policy.ts';
import type { Organisation, Unit } from '../../domain/organisation/organisation.ts';
import { homeOf, type Membership } from '../../domain/organisation/staff.ts';
import { approvedOf, drawPanel, type PeerRules } from '../../domain/peers/peer-panel.ts';
import type { Period } from '../../domain/period/period.ts';
import { problem, Rejection, reject } from '../../domain/problem.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { type ImportOutcome, type ImportTask, importRows, type PreparedRow } from '../import-rows.ts';
import { checkTakesRatings, ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { drawSeed, lotsOf } from './lots.ts';
import { toldOfTask } from './panel-place.ts';
import { drawCandidates, membersOn, peersAmong } from './peer-candidates.ts';
import { peerRulesOf } from './peer-rules.ts';

/** People whose peers one call draws; who calls again goes on with the others. */
export const MOST_DRAWN = 300;

/** Transactions under way at the same time. */
const WRITERS = 4;

/** Items of a transaction beside the raters: a panel and its audit entry. */
const ITEMS_A_PANEL = 2;
/** A rater's task, and the notice of it with its mail. */
const ITEMS_A_RATER = 3;

/**
 * Draws the peers of those of a unit who have none yet, at once: of who came after the schedule has drawn (draw-due-peers.ts).
 * @returns how many were drawn, and how many had peers already
 * @throws Rejection NOT_FOUND, PERIOD_NOT_OPEN, PERIOD_CLOSED, YEAR_FROM_PERIODS, PEERS_NOT_CHOSEN, FORBIDDEN
 */
export async function drawPeers(
  deps: Deps,
  actor: Actor,
  { periodId, unitId }: { readonly periodId: string; readonly unitId: string },
): Promise<ImportOutcome> {
  const as = await authorise(deps, actor, 'Mutation.drawPeers', { unitId });
  const { store } = deps;
  const [period, organisation, today] = await Promise.all([
    store.periods.get(periodId),
    store.organisation.load(),
    regionToday(deps),
  ]);
  const unit = organisation.units.get(unitId);
  const problems = await checkTakesRatings(deps, period, periodId);
  if (unit === undefined) problems.push(problem('NOT_FOUND', 'unitId', { id: unitId }));
  if (period === null || unit === undefined || problems.length > 0) throw new Rejection(problems);
  const rules = await peerRulesOf(deps, period);
  if (rules.choice !== 'DRAWN') throw reject('PEERS_NOT_CHOSEN', 'periodId', { period: periodId });
  const secret = await store.raterSecrets.ensure(periodId);
  if (secret === null) throw reject('PERIOD_FINAL', 'periodId', { period: periodId });
  const draw: Draw = { period, organisation, rules, secret, day: ratingDay(period, today) };
  return (await drawOfUnit(deps, { actor, as }, draw, unit)).outcome;
}

/** What a draw rests on. */
export interface Draw {
  readonly period: Pick<Period, 'id' | 'year'>;
  readonly organisation: Organisation;
  readonly rules: PeerRules;
  /** The period's: the lots follow from it and the person. */
  readonly secret: string;
  /** Whose staff and hierarchy count. */
  readonly day: IsoDate;
}

/**
 * Draws the peers of up to 300 people of a unit who have none yet: from the unit's staff, for its head from the heads of the
 * units beside it. The same draw comes to the same panels: the lots follow from the period, the person and the period's secret.
 * Who has a panel keeps it.
 * @returns what came of it, and how many are left for another call
 */
export async function drawOfUnit(
  deps: Pick<Deps, 'store' | 'now'>,
  by: Pick<ImportTask<Membership>, 'actor' | 'as'>,
  { period, organisation, rules, secret, day }: Draw,
  unit: Unit,
): Promise<{ readonly outcome: ImportOutcome; readonly left: number }> {
  const { store } = deps;
  const members = await membersOn(deps, unit, day);
  const addressOf = (membership: Membership): WorkAddress => ({
    collection: homeOf(membership, period.year),
    year: period.year,
  });
  const keyOf = (membership: Membership) => ({
    address: addressOf(membership),
    periodId: period.id,
    staffId: membership.staffId,
  });
  const known = await store.peers.panels(members.map(keyOf));
  const without = members.filter((_, at) => known[at] === null);
  const drawn = without.slice(0, MOST_DRAWN);
  const parties = drawn.length === 0 ? [] : await drawCandidates(deps, organisation, unit, members, day);
  const partyOf = new Map(parties.map((party) => [party.staffId, party]));
  const task: ImportTask<Membership> = {
    ...by,
    operation: 'drawPeers',
    rows: drawn.map((row, index) => ({ index, row })),
    rowsATransaction: Math.floor(99 / (ITEMS_A_PANEL + ITEMS_A_RATER * rules.maximum)),
    prepare: async (rows) => {
      const now = await store.peers.panels(rows.map(({ row }) => keyOf(row)));
      return rows.map(({ index, row }, at): PreparedRow => {
        const party = partyOf.get(row.staffId);
        if (now[at] !== null || party === undefined) return { index, unchanged: true };
        const seed = drawSeed(secret, row.staffId);
        const lots = lotsOf(seed, peersAmong(parties, party));
        const panel = drawPanel({ periodId: period.id, staffId: row.staffId }, seed, lots, rules);
        const told = toldOfTask(deps, panel, approvedOf(panel));
        return { index, write: store.peers.savePanel(addressOf(row), null, panel), told };
      });
    },
  };
  const share = Math.ceil(drawn.length / WRITERS);
  const outcomes = await Promise.all(
    Array.from({ length: WRITERS }, (_, at) =>
      importRows(deps, { ...task, rows: task.rows.slice(at * share, (at + 1) * share) }),
    ),
  );
  const sumOf = (count: 'imported' | 'unchanged'): number =>
    outcomes.reduce((sum, one) => sum + one[count], 0);
  return {
    outcome: {
      imported: sumOf('imported'),
      unchanged: sumOf('unchanged') + members.length - without.length,
      problems: outcomes.flatMap(({ problems }) => problems),
    },
    left: without.length - drawn.length,
  };
}
