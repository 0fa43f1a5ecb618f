import * as z from 'zod/mini';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import { change } from './demo-client.ts';
import { CLOSED_QUARTER } from './demo-year.ts';

/** A planner looks at the first indicator that the closed quarter found fault with, and keeps it with a reason; the others wait. */
export const decideOneReview = async (admin: GraphqlClient): Promise<void> => {
  const { indicatorReviews } = await admin.execute(
    'query Reviews($periode: ID!) { indicatorReviews(periodId: $periode, first: 1) { nodes { indicator { id version } } } }',
    { periode: CLOSED_QUARTER },
    z.object({
      indicatorReviews: z.object({
        nodes: z.array(z.object({ indicator: z.object({ id: z.string(), version: z.int() }) })),
      }),
    }),
  );
  for (const { indicator } of indicatorReviews.nodes)
    await change(admin, 'decideIndicatorReview', 'DecideIndicatorReviewInput', {
      indicatorId: indicator.id,
      periodId: CLOSED_QUARTER,
      outcome: 'KEEP',
      version: indicator.version,
      reason: 'Baru satu triwulan; ditinjau lagi setelah data semester pertama',
    });
};
