import { createHash } from 'node:crypto';
import type { Lot } from '../../domain/peers/peer-panel.ts';
import { concealedDigest } from '../rating/rater-pseudonym.ts';

/**
 * The seed of a person's draw in a period. It follows from the period's secret, so that nobody can foresee whom it draws, and
 * is kept with the panel, so that everybody can draw again.
 */
export const drawSeed = (secret: string, staffId: string): string =>
  concealedDigest(secret, `DRAW\n${staffId}`);

/** The lot of each candidate: SHA-256 of seed and id. */
export const lotsOf = (seed: string, candidates: readonly string[]): Lot[] =>
  candidates.map((staffId) => ({
    staffId,
    lot: createHash('sha256').update(`${seed}\n${staffId}`).digest('hex'),
  }));
