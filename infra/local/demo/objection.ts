import * as z from 'zod/mini';
import type { Runtime } from '../runtime.ts';
import { change, clientOf, found, staffIds } from './demo-client.ts';
import { CLOSED_QUARTER } from './demo-year.ts';
import { headOf, subordinatesOf } from './people.ts';

const target = z.nullable(z.object({ value: z.nullable(z.string()) }));
const answer = z.object({
  result: z.object({
    workResult: z.object({
      lines: z.array(
        z.object({
          lineId: z.string(),
          months: z.array(z.object({ month: z.string(), target, realisation: z.nullable(z.string()) })),
        }),
      ),
    }),
  }),
});
const RESULT = `query Result($staffId: ID!, $periodId: ID!) { result(staffId: $staffId, periodId: $periodId) {
  workResult { lines { lineId months { month target { value } realisation } } } } }`;

/**
 * After the first quarter: a nurse has acknowledged the document; another objected, was heard with the assessor, and was right, so
 * that the next look of the schedule publishes a corrected version; a third one's ratings were upheld.
 */
export const objectToResults = async (runtime: Runtime): Promise<void> => {
  const admin = await clientOf(runtime, 'demo-admin', ['hr_admin']);
  const assessor = headOf('1.02.11');
  const nurses = subordinatesOf(assessor).filter(({ jobGroup }) => jobGroup === 'perawat');
  const [assessorId, superiorId, first, second, third] = (
    await staffIds(admin, [assessor, headOf('1.02'), ...nurses.slice(0, 3)])
  ).map(found);
  const as = (id: string | undefined) => clientOf(runtime, found(id), []);
  const periodId = CLOSED_QUARTER;

  await change(await as(first), 'acknowledgeResult', 'AcknowledgeResultInput', { periodId });

  const nurse = await as(second);
  const { result } = await nurse.execute(RESULT, { staffId: second, periodId }, answer);
  const wrong = found(
    result.workResult.lines
      .flatMap(({ lineId, months }) => months.map((month) => ({ lineId, ...month })))
      .find((one) => one.target?.value != null && one.realisation !== one.target.value),
  );
  await change(nurse, 'fileObjection', 'FileObjectionInput', {
    periodId,
    reasons: 'Angka satu bulan keliru disalin dari register; register asli sudah dilampirkan.',
    points: [{ lineId: wrong.lineId, text: `Register ${wrong.month} menunjukkan target tercapai` }],
  });
  const id = `${periodId}:1:${second}`;
  await change(await as(assessorId), 'explainObjection', 'ExplainObjectionInput', {
    id,
    version: 1,
    text: 'Angka diambil dari rekap sementara; register yang dilampirkan memang lebih lengkap.',
  });
  await change(await as(superiorId), 'decideObjection', 'DecideObjectionInput', {
    id,
    version: 2,
    outcome: 'CHANGED',
    reason: 'Register asli sah dan mendahului rekap',
    recommendation: 'Rekap bulanan dicocokkan dengan register sebelum dilaporkan',
    correction: {
      figures: [{ lineId: wrong.lineId, month: wrong.month, value: wrong.target?.value }],
    },
  });

  await change(await as(third), 'fileObjection', 'FileObjectionInput', {
    periodId,
    reasons: 'Penilaian perilaku tidak sesuai dengan umpan balik rekan sejawat.',
    points: [{ value: 'COLLABORATIVE', text: 'Menjadi penghubung antarpoli sepanjang triwulan' }],
  });
  const upheld = `${periodId}:1:${third}`;
  await change(await as(assessorId), 'explainObjection', 'ExplainObjectionInput', {
    id: upheld,
    version: 1,
    text: 'Nilai kolaboratif mengikuti penilaian rekan; penghubung antarpoli dijalankan bergiliran.',
  });
  await change(await as(superiorId), 'decideObjection', 'DecideObjectionInput', {
    id: upheld,
    version: 2,
    outcome: 'UPHELD',
    reason: 'Penilaian rekan dan atasan sejalan; tidak ada bukti yang mengubahnya',
    recommendation: 'Peran penghubung antarpoli dicatat sebagai kegiatan supaya terlihat',
  });
};
