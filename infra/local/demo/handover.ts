import * as z from 'zod/mini';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import { levelOf } from './allowance.ts';
import { change, clientOf, found, staffIds } from './demo-client.ts';
import { CLOSED_QUARTER, DEMO_YEAR, DUE_QUARTER } from './demo-year.ts';
import { type DemoPerson, headOf, people } from './people.ts';

const lastOf = (unit: string, jobGroup: string): DemoPerson =>
  found(people.filter((person) => person.unit === unit && person.jobGroup === jobGroup).at(-1));

/** A midwife whom the puskesmas 1.02.12 gave to 1.02.11 in the middle of the second quarter. */
export const TRANSFERRED = { person: lastOf('1.02.12', 'bidan'), to: '1.02.11' } as const;

/** A pharmacist whose assessor let the time pass. */
export const RATED_IN_PLACE = lastOf('1.02.12', 'tenaga-kesehatan-lain');

/** In the due quarter an assessor had set nothing in the last days before the close: the head above did (annex, chapter IV A 11). */
export const rateInPlace = async (runtime: Runtime, admin: GraphqlClient): Promise<void> => {
  const [superiorId, staffId] = await staffIds(admin, [headOf('1.02'), RATED_IN_PLACE]);
  await change(
    await clientOf(runtime, found(superiorId), []),
    'setAssessorRating',
    'SetAssessorRatingInput',
    {
      periodId: DUE_QUARTER,
      staffId,
      workResult: 'MEETS',
      behaviour: 'MEETS',
      reason:
        'Pejabat penilai bertugas di posko sampai penilaian ditutup; dinilai atas capaian dan catatan rekan',
    },
  );
};

/**
 * A midwife was transferred with two months of the quarter left; with her new assessor she agrees that the first quarter's result
 * counts once more (annex, chapter IV A 13 a).
 */
export const carryResultOver = async (runtime: Runtime, admin: GraphqlClient): Promise<void> => {
  const { person, to } = TRANSFERRED;
  const { staff, unit } = await admin.execute(
    'query Handover($nip: String!, $code: String!) { staff(nip: $nip) { id version } unit(code: $code) { id } }',
    { nip: person.nip, code: to },
    z.object({
      staff: z.object({ id: z.string(), version: z.int() }),
      unit: z.object({ id: z.string() }),
    }),
  );
  await change(admin, 'transferStaff', 'TransferStaffInput', {
    id: staff.id,
    version: staff.version,
    assignment: {
      unitId: unit.id,
      position: person.position,
      jobGroup: person.jobGroup,
      ...levelOf(person),
      from: `${DEMO_YEAR}-06-08`,
    },
  });
  const [assessorId] = await staffIds(admin, [headOf(to)]);
  const key = { periodId: DUE_QUARTER, staffId: staff.id };
  await change(await clientOf(runtime, found(assessorId), []), 'proposeCarryover', 'ProposeCarryoverInput', {
    ...key,
    sourcePeriodId: CLOSED_QUARTER,
    reason:
      'Baru tiga pekan di Puskesmas Melati; capaiannya di Puskesmas Kenanga lebih menggambarkan kinerjanya',
  });
  await change(await clientOf(runtime, staff.id, []), 'answerCarryover', 'AnswerCarryoverInput', {
    ...key,
    agree: true,
    version: 1,
  });
};
