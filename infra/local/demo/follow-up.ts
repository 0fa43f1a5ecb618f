import * as z from 'zod/mini';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import { CLOSED_QUARTER, change, clientOf, found, staffIds } from './demo-client.ts';
import { headOf, subordinatesOf } from './people.ts';

/**
 * What a leader proposes after the closed quarter, before the rules do so when it has become final: guidance, which the
 * personnel office grants, and a certificate, which waits until the result is beyond dispute.
 */
export const followUpOnQuarter = async (runtime: Runtime, admin: GraphqlClient): Promise<void> => {
  const head = headOf('1.02.11');
  const nurses = subordinatesOf(head)
    .filter(({ jobGroup }) => jobGroup === 'perawat')
    .slice(0, 2);
  const [headId, best, other] = await staffIds(admin, [head, ...nurses]);
  const leader = await clientOf(runtime, found(headId), []);
  const proposals = [
    {
      staffId: found(best),
      measure: 'CERTIFICATE',
      reason: 'Memimpin posyandu lansia dengan kunjungan tertinggi',
    },
    {
      staffId: found(other),
      measure: 'GUIDANCE',
      reason: 'Catatan asuhan keperawatan masih sering terlambat',
    },
  ];
  for (const proposal of proposals)
    await change(leader, 'proposeFollowUp', 'ProposeFollowUpInput', {
      periodId: CLOSED_QUARTER,
      ...proposal,
    });
  const { followUps } = await admin.execute(
    'query FollowUps($periode: ID!) { followUps(periodId: $periode, first: 10) { nodes { id measure version staff { id } } } }',
    { periode: CLOSED_QUARTER },
    z.object({
      followUps: z.object({
        nodes: z.array(
          z.object({
            id: z.string(),
            measure: z.string(),
            version: z.int(),
            staff: z.object({ id: z.string() }),
          }),
        ),
      }),
    }),
  );
  const guidance = found(followUps.nodes.find(({ measure }) => measure === 'GUIDANCE'));
  await change(admin, 'decideFollowUp', 'DecideFollowUpInput', {
    staffId: guidance.staff.id,
    periodId: CLOSED_QUARTER,
    id: guidance.id,
    version: guidance.version,
    granted: true,
    reason: 'Sesuai usulan pejabat penilai dan hasil triwulan',
  });
};
