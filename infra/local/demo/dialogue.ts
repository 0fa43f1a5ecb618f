import * as z from 'zod/mini';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import { change, clientOf, found, staffIds } from './demo-client.ts';
import { DEMO_YEAR } from './demo-year.ts';
import { headOf, subordinatesOf } from './people.ts';
import { units } from './region.ts';
import { type DemoLine, planOf } from './work.ts';

/** Ids of the units by their code. */
export const unitIdsOf = async (admin: GraphqlClient): Promise<ReadonlyMap<string, string>> => {
  const row = z.object({ id: z.string(), code: z.string() });
  const { units: roots } = await admin.execute(
    'query UnitIds { units { id code subtree { id code } } }',
    {},
    z.object({ units: z.array(z.object({ ...row.shape, subtree: z.array(row) })) }),
  );
  return new Map(roots.flatMap((root) => [root, ...root.subtree]).map(({ id, code }) => [code, id]));
};

/** The line of the own unit's agreement that a line of somebody's plan supports: the one on the same indicator, if any. */
export const servesOf = (
  { indicator }: DemoLine,
  unitCode: string,
  year: number,
  unitIds: ReadonlyMap<string, string>,
): object | null => {
  const at = units.find(({ code }) => code === unitCode)?.agreement.indexOf(indicator.code) ?? -1;
  return at < 0
    ? null
    : { planId: `unit:${unitIds.get(unitCode)}:${year}`, lineId: `L${at + 1}`, role: 'SUPPORTS' };
};

/** The attachment of the annex's example, a midwife's plan (Anak Lampiran 3, table 12). */
const attachments = {
  resources: [
    {
      kind: 'PEOPLE',
      text: 'Dukungan tenaga administratif sehingga bidan fokus dalam memberikan pelayanan',
    },
    {
      kind: 'FACILITIES',
      text: 'Kendaraan operasional untuk bidan desa sehingga jangkauan pelayanan lebih luas',
    },
  ],
  accountability: [{ kind: 'REPORTING', text: 'Kinerja pelayanan bidan direviu setiap dua minggu' }],
  consequences: [
    {
      kind: 'POSITIVE',
      text: 'Bidan dengan pelayanan terbaik mendapat prioritas pelatihan di tingkat kabupaten',
    },
  ],
};

const expectations = {
  general: 'Setiap ibu hamil risiko tinggi terpantau sampai persalinan',
  values: [
    { value: 'COMPETENT', texts: ['Bersedia mengajarkan pengetahuan dan keterampilan kepada orang lain'] },
    { value: 'COLLABORATIVE', texts: ['Aktif berpartisipasi dan berkontribusi sesuai keahliannya'] },
  ],
};

/**
 * The head of a puskesmas states what is expected of a midwife in an amendment; they and the head of the agency discuss it, and
 * it waits for the midwife. A template for midwives is there for next year's plans.
 */
export const holdDialogue = async (runtime: Runtime, admin: GraphqlClient): Promise<void> => {
  const head = headOf('1.02.11');
  const midwife = found(subordinatesOf(head).find(({ jobGroup }) => jobGroup === 'bidan'));
  const people = await staffIds(admin, [midwife, head, headOf('1.02')]);
  const [asMidwife, asHead, asAgency] = await Promise.all(people.map((id) => clientOf(runtime, id, [])));
  const planId = `${people[0]}:${DEMO_YEAR}`;
  const { plan } = await found(asHead).execute(
    'query Plan($id: ID!, $year: Int!) { plan(staffId: $id, year: $year) { version agreed { lines { indicatorId title weight } } } }',
    { id: people[0], year: DEMO_YEAR },
    z.object({
      plan: z.object({
        version: z.int(),
        agreed: z.object({
          lines: z.array(z.object({ indicatorId: z.string(), title: z.string(), weight: z.int() })),
        }),
      }),
    }),
  );
  await change(found(asHead), 'amendPlan', 'AmendPlanInput', {
    planId,
    version: plan.version,
    reason: 'Penyesuaian ekspektasi dan dukungan sumber daya setelah umpan balik semester I',
    expectations,
    attachments,
  });
  const said = [
    [asMidwife, 'L1', 'Dua desa terjauh hanya terjangkau dengan kendaraan; mohon dipastikan jadwalnya'],
    [asHead, 'L1', 'Kendaraan tersedia Senin dan Kamis'],
    [asAgency, null, 'Selaras dengan target dinas untuk persalinan di fasilitas kesehatan'],
  ] as const;
  for (const [client, lineId, text] of said)
    await change(found(client), 'commentPlan', 'CommentPlanInput', { planId, lineId, text });

  await change(admin, 'createPlanTemplate', 'CreatePlanTemplateInput', {
    name: 'SKP Bidan Puskesmas',
    jobGroup: midwife.jobGroup,
    expectations,
    attachments,
    lines: plan.agreed.lines.map(({ indicatorId, title, weight }, at) => {
      const target = found(planOf(midwife)[at]).indicator.target;
      const value =
        typeof target === 'number'
          ? { value: String(target) }
          : { low: String(target[0]), high: String(target[1]) };
      return { indicatorId, title, weight, aspect: 'QUALITY', target: value };
    }),
  });
};
