import type { Actor } from '../../domain/access-policy.ts';
import { asSeenByRatee, type PeerPanel } from '../../domain/peers/peer-panel.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { findPanel, findPanelSubject, type PanelKey } from './panel-place.ts';

/**
 * The chosen peers of a person; null when there are none. The person sees their own nominations and what became of them, not who
 * was added, drawn or has declined. @throws Rejection NOT_FOUND, FORBIDDEN
 */
export async function readPeerPanel(
  deps: Deps,
  actor: Actor,
  key: PanelKey,
): Promise<Stored<PeerPanel> | null> {
  const { period, staff } = await findPanelSubject(deps, key);
  const on = ratingDay(period, await regionToday(deps));
  await authorise(deps, actor, 'Query.peerPanel', { staff, on });
  return shownPanel(actor, await findPanel(deps, key));
}

/** A panel as the actor may see it: whoever it is about sees less, whatever else they are. */
export const shownPanel = (actor: Actor, panel: Stored<PeerPanel> | null): Stored<PeerPanel> | null =>
  panel !== null && panel.staffId === actor.staffId
    ? { ...asSeenByRatee(panel), auditHash: panel.auditHash }
    : panel;
