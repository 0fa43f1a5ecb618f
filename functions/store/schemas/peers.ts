import * as z from 'zod/mini';
import type { PeerPanel, RatingDecline } from '../../domain/peers/peer-panel.ts';
import { type Shape, shape, text, textOrNull, whole } from './forms.ts';

export const peerPanel: Shape<PeerPanel> = shape(() =>
  z.object({
    periodId: text,
    staffId: text,
    assigned: z.boolean(),
    members: z.array(
      z.object({
        staffId: text,
        state: z.enum(['NOMINATED', 'APPROVED', 'REFUSED', 'DECLINED']),
        origin: z.enum(['RATEE', 'ASSESSOR', 'LOT']),
        reason: textOrNull,
      }),
    ),
    seed: textOrNull,
    version: whole,
  }),
);

export const ratingDecline: Shape<RatingDecline> = shape(() =>
  z.object({
    periodId: text,
    rateeId: text,
    raterId: text,
    reason: text,
    version: whole,
  }),
);
