import * as z from 'zod/mini';
import type { PeerPanel, RatingDecline } from '../../domain/peers/peer-panel.ts';

const text = z.string();

export const peerPanel: z.ZodMiniType<PeerPanel> = z.object({
  periodId: text,
  staffId: text,
  assigned: z.boolean(),
  members: z.array(
    z.object({
      staffId: text,
      state: z.enum(['NOMINATED', 'APPROVED', 'REFUSED', 'DECLINED']),
      origin: z.enum(['RATEE', 'ASSESSOR', 'LOT']),
      reason: z.nullable(text),
    }),
  ),
  seed: z.nullable(text),
  version: z.int(),
});

export const ratingDecline: z.ZodMiniType<RatingDecline> = z.object({
  periodId: text,
  rateeId: text,
  raterId: text,
  reason: text,
  version: z.int(),
});
