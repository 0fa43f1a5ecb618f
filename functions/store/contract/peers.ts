import type { DrawProgress, PeerPanel, RatingDecline } from '../../domain/peers/peer-panel.ts';
import type { Stored, WorkAddress, Write } from './stored.ts';

export interface PeerPanelKey {
  readonly address: WorkAddress;
  readonly periodId: string;
  readonly staffId: string;
}

/** Who rates whom in a period. */
export interface RaterPair {
  readonly periodId: string;
  readonly rateeId: string;
  readonly raterId: string;
}

/** Who rates whom as a peer, where the policy has peers chosen; and who declined to rate their superior. */
export interface PeerStore {
  panel(key: PeerPanelKey): Promise<Stored<PeerPanel> | null>;
  /** One request a 100, in order. */
  panels(keys: readonly PeerPanelKey[]): Promise<readonly (Stored<PeerPanel> | null)[]>;
  panelsOfCollection(address: WorkAddress, periodId: string): Promise<readonly Stored<PeerPanel>[]>;
  /** Whom a staff member is assigned to rate as a peer, by an index. */
  assignedTo(staffId: string, periodId: string): Promise<readonly string[]>;
  /** Refused with PERIOD_CLOSED when the period takes no ratings any more. */
  savePanel(address: WorkAddress, before: Stored<PeerPanel> | null, after: PeerPanel): Write;
  /** How far the draw of a period has come. */
  drawProgress(periodId: string): Promise<DrawProgress>;
  /** A note for whoever goes on; a draw that it misleads comes to the same panels. */
  saveDrawProgress(periodId: string, progress: DrawProgress): Promise<void>;
  /** Whom a staff member will not rate as a subordinate. */
  declinedBy(staffId: string, periodId: string): Promise<readonly string[]>;
  saveDecline(address: WorkAddress, after: RatingDecline): Write;
  /** Goes with a rating: refused with NOT_A_RATER when the chosen peer has declined meanwhile. */
  requireAssigned(address: WorkAddress, pair: RaterPair): Write;
  /** Goes with a subordinate's rating: refused with NOT_A_RATER once they have declined. */
  requireNotDeclined(address: WorkAddress, pair: RaterPair): Write;
}
