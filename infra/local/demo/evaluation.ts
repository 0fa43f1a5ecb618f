import * as z from 'zod/mini';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import { change, clientOf, found, staffIds } from './demo-client.ts';
import { DEMO_YEAR, DUE_QUARTER } from './demo-year.ts';
import { headOf, subordinatesOf } from './people.ts';

const AGENCY = '1.02';
const PUSKESMAS = '1.02.11';

/**
 * The order of the evaluation in the due quarter: the head of the health agency sets the predicate of a puskesmas, whose head
 * looks at everybody side by side and justifies the distribution; a midwife was on leave for a part of the quarter.
 */
export const evaluateOneUnit = async (runtime: Runtime, admin: GraphqlClient): Promise<void> => {
  const head = headOf(PUSKESMAS);
  const absent = found(subordinatesOf(head).at(-1));
  const [chiefId, headId, absentId] = await staffIds(admin, [headOf(AGENCY), head, absent]);
  const { unit } = await admin.execute(
    'query UnitId($code: String!) { unit(code: $code) { id } }',
    { code: PUSKESMAS },
    z.object({ unit: z.object({ id: z.string() }) }),
  );
  await change(await clientOf(runtime, found(chiefId), []), 'setUnitPredicate', 'SetUnitPredicateInput', {
    unitId: unit.id,
    periodId: DUE_QUARTER,
    predicate: 'GOOD',
    reason: 'Capaian imunisasi terbantu pekan imunisasi nasional; di luar itu sesuai target',
  });
  await change(
    await clientOf(runtime, found(headId), []),
    'justifyDistribution',
    'JustifyDistributionInput',
    {
      unitId: unit.id,
      periodId: DUE_QUARTER,
      justification:
        'Satu tim kecil menangani kejadian luar biasa selama dua pekan; tidak ada yang di bawah ekspektasi',
      version: 1,
    },
  );
  await change(admin, 'setAbsences', 'SetAbsencesInput', {
    id: found(absentId),
    version: 1,
    absences: [{ kind: 'LEAVE', from: `${DEMO_YEAR}-04-06`, to: `${DEMO_YEAR}-05-15` }],
  });
};
