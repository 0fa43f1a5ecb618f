import type { EvidenceFile } from '../../domain/activity/evidence.ts';
import type { Instant } from '../../domain/time.ts';

/** Leave to upload one file for one target, which its uploader must confirm before it expires. */
export interface EvidenceTicket extends Omit<EvidenceFile, 'uploadedAt'> {
  /** What the file is for: the activity, or the month of a line. */
  readonly target: string;
  readonly expiresAt: Instant;
}

/** Tickets of uploads under way. They are working items: not audited, and gone some time after they expire. */
export interface EvidenceStore {
  putTicket(ticket: EvidenceTicket): Promise<void>;
  /** Null when there is none; one that has expired may still be there. */
  ticket(id: string): Promise<EvidenceTicket | null>;
}
