import * as z from 'zod/mini';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import { change, clientOf, found, staffIds } from './demo-client.ts';
import { CLOSED_QUARTER } from './demo-year.ts';
import { headOf, subordinatesOf } from './people.ts';

/**
 * After the first quarter, which is final: the rules have proposed a certificate for whoever leads a unit, a leader proposes
 * guidance for a nurse, and the personnel office grants both in one puskesmas.
 */
export const followUpOnQuarter = async (runtime: Runtime, admin: GraphqlClient): Promise<void> => {
  const head = headOf('1.02.11');
  const nurse = found(subordinatesOf(head).filter(({ jobGroup }) => jobGroup === 'perawat')[1]);
  const [headId, nurseId] = await staffIds(admin, [head, nurse]);
  await change(await clientOf(runtime, found(headId), []), 'proposeFollowUp', 'ProposeFollowUpInput', {
    periodId: CLOSED_QUARTER,
    staffId: found(nurseId),
    measure: 'GUIDANCE',
    reason: 'Catatan asuhan keperawatan masih sering terlambat',
  });
  const { followUps } = await admin.execute(
    `query FollowUps($periode: ID!) { followUps(periodId: $periode, first: 100) {
      nodes { id measure version staff { id unit { code } } } } }`,
    { periode: CLOSED_QUARTER },
    z.object({
      followUps: z.object({
        nodes: z.array(
          z.object({
            id: z.string(),
            measure: z.string(),
            version: z.int(),
            staff: z.object({ id: z.string(), unit: z.object({ code: z.string() }) }),
          }),
        ),
      }),
    }),
  );
  const inPuskesmas = followUps.nodes.filter(({ staff }) => staff.unit.code === '1.02.11');
  for (const [measure, reason] of [
    ['GUIDANCE', 'Sesuai usulan pejabat penilai dan hasil triwulan'],
    ['CERTIFICATE', 'Peringkat pertama di unitnya pada triwulan I; hasil sudah final'],
  ] as const) {
    const { id, staff, version } = found(inPuskesmas.find((one) => one.measure === measure));
    await change(admin, 'decideFollowUp', 'DecideFollowUpInput', {
      staffId: staff.id,
      periodId: CLOSED_QUARTER,
      id,
      version,
      granted: true,
      reason,
    });
  }
};
