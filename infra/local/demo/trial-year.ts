import * as z from 'zod/mini';
import { defaultPeerRules } from '../../../functions/domain/peers/peer-panel.ts';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import { administrator, atOnce, change, clientOf, found, importRows, staffIds } from './demo-client.ts';
import { DRAWN_QUARTER, TRIAL_MONTH, TRIAL_QUARTERS, TRIAL_YEAR, TRIAL_YEAR_ID } from './demo-year.ts';
import { importAgreed, importOrganisation, type YearWork } from './import-region.ts';
import { CORRECTED_LATE, SLIP } from './late-correction.ts';
import { type DemoPerson, headOf, subordinatesOf, superiorOf } from './people.ts';
import { openPeriod, rate, reportMonths } from './period.ts';
import { adoptPolicy, adoptRules, demoRules } from './policy.ts';
import { planTemplates } from './region/plan-templates.ts';
import type { DemoUnit } from './region/shapes.ts';
import { indicators, units } from './region.ts';
import { type DemoLine, type DemoRating, linesOf, scoresOf } from './work.ts';

const PUSKESMAS = '1.02.11';
const OVER_IT = ['1.00', '1.02'];
const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];

const isInTrial = ({ code }: DemoUnit): boolean => code === PUSKESMAS || OVER_IT.includes(code);
export const trialUnits = units.filter(isInTrial);
/** Who came to the system when the trial was over. */
export const laterUnits = units.filter((unit) => !isInTrial(unit));

const head = headOf(PUSKESMAS);
const staff = subordinatesOf(head);
const planned = staff.filter(({ jobGroup }) => jobGroup === 'perawat' || jobGroup === 'bidan');

/** What is measured in the trial: nothing of the units that are not in it. */
const trialLines = (codes: readonly string[]): readonly DemoLine[] => {
  const owners = new Set(trialUnits.map(({ code }) => code));
  const measured = new Set(indicators.filter(({ unit }) => owners.has(unit)).map(({ code }) => code));
  return linesOf(codes.filter((code) => measured.has(code)));
};

const work: YearWork = {
  year: TRIAL_YEAR,
  units: trialUnits.filter(({ code }) => code === PUSKESMAS),
  agreementOf: (unitCode) => trialLines(units.find(({ code }) => code === unitCode)?.agreement ?? []),
  people: planned,
  planOf: ({ jobGroup }) => trialLines(planTemplates[jobGroup] ?? []),
};

/**
 * The year before the demo's own, in which a puskesmas and the offices above it tried the system: three quarters brought in
 * afterwards, a fourth with peers by lot, December as a month of its own, and the year that builds on the quarters. When it was
 * final the objections of two nurses to the last quarter were decided, far too late; the year has followed for one of them.
 */
export const loadTrialYear = async (runtime: Runtime): Promise<void> => {
  runtime.setClock(new Date('2025-12-15T02:00:00Z'));
  const before = await administrator(runtime);
  await importOrganisation(before, trialUnits);
  await adoptRules(before, `${TRIAL_YEAR}-01-01`, {
    ...demoRules,
    peers: { ...defaultPeerRules, choice: 'DRAWN', maximum: 3 },
  });
  await adoptPolicy(before);
  await importAgreed(before, work);
  await atOnce(TRIAL_QUARTERS, (id) => openPeriod(before, id));
  await reportMonths(before, work, MONTHS);
  await reportSlips(before);
  await atOnce(TRIAL_QUARTERS, (id) => rate(before, id, bySuperior(id)));
  await runtime.runScheduleOnce();
  await rateAsDrawn(before);

  runtime.setClock(new Date('2026-01-05T02:00:00Z'));
  const after = await administrator(runtime);
  await atOnce([TRIAL_MONTH, TRIAL_YEAR_ID], (id) => openPeriod(after, id));
  await rate(after, TRIAL_MONTH, bySuperior(TRIAL_MONTH));
  await runtime.runScheduleOnce();
  await runtime.runScheduleOnce();

  runtime.setClock(new Date('2026-01-30T02:00:00Z'));
  const objecting = Object.values(CORRECTED_LATE);
  await atOnce(objecting, (person) => object(runtime, person));
  runtime.setClock(new Date('2026-02-11T02:00:00Z'));
  await runtime.runScheduleOnce();
  await atOnce(objecting, (person) => decide(runtime, person));
  await runtime.runScheduleOnce();
  await letYearFollow(runtime);
  await runtime.runScheduleOnce();
  await prepareForMore(runtime);
};

const bySuperior = (periodId: string): readonly DemoRating[] =>
  [head, ...planned].map((ratee) => {
    const rater = found(superiorOf(ratee) ?? undefined);
    return { ratee, rater, group: 'SUPERIOR', scores: scoresOf(ratee, rater, periodId) };
  });

const panelOf = z.object({
  peerPanel: z.object({ members: z.array(z.object({ staff: z.object({ nip: z.string() }) })) }),
});

/** Whom the schedule has drawn as somebody's peers, and nobody else, rates that person. */
const rateAsDrawn = async (admin: GraphqlClient): Promise<void> => {
  const ids = await staffIds(admin, planned);
  const ratings: DemoRating[] = [];
  await atOnce([...planned.entries()], async ([at, ratee]) => {
    const { peerPanel } = await admin.execute(
      'query Panel($periodId: ID!, $staffId: ID!) { peerPanel(periodId: $periodId, staffId: $staffId) { members { staff { nip } } } }',
      { periodId: DRAWN_QUARTER, staffId: ids[at] },
      panelOf,
    );
    for (const { staff: peer } of peerPanel.members) {
      const rater = found(staff.find(({ nip }) => nip === peer.nip));
      ratings.push({ ratee, rater, group: 'PEER', scores: scoresOf(ratee, rater, DRAWN_QUARTER) });
    }
  });
  await rate(admin, DRAWN_QUARTER, ratings);
};

const FIRST_LINE = 'L1';
const reportSlips = (admin: GraphqlClient): Promise<void> =>
  importRows(
    admin,
    'importRealisations',
    'ImportRealisationsInput',
    Object.values(CORRECTED_LATE).map(({ nip }) => ({
      ownerKind: 'STAFF',
      owner: nip,
      lineId: FIRST_LINE,
      month: TRIAL_MONTH,
      value: SLIP.copied,
    })),
  );

const object = async (runtime: Runtime, person: DemoPerson): Promise<void> => {
  const [id] = await staffIds(await administrator(runtime), [person]);
  await change(await clientOf(runtime, found(id), []), 'fileObjection', 'FileObjectionInput', {
    periodId: DRAWN_QUARTER,
    reasons: 'Angka Desember keliru disalin dari register: satu angka tertinggal.',
    points: [{ lineId: FIRST_LINE, text: `Register tindakan Desember berjumlah ${SLIP.right}` }],
  });
};

/** The agency's head has let the term pass; the next head decides. */
const decide = async (runtime: Runtime, person: DemoPerson): Promise<void> => {
  const [id, deciderId] = await staffIds(await administrator(runtime), [person, headOf('1.00')]);
  const decider = await clientOf(runtime, found(deciderId), []);
  const objectionId = `${DRAWN_QUARTER}:1:${id}`;
  const { objection } = await decider.execute(
    'query Objection($id: ID!) { objection(id: $id) { version } }',
    { id: objectionId },
    z.object({ objection: z.object({ version: z.int() }) }),
  );
  await change(decider, 'decideObjection', 'DecideObjectionInput', {
    id: objectionId,
    version: objection.version,
    outcome: 'CHANGED',
    reason: 'Register asli lengkap dan sah',
    recommendation: 'Rekap bulanan dicocokkan dengan register sebelum dilaporkan',
    correction: { figures: [{ lineId: FIRST_LINE, month: TRIAL_MONTH, value: SLIP.right }] },
  });
};

const letYearFollow = async (runtime: Runtime): Promise<void> => {
  const admin = await administrator(runtime);
  const [staffId] = await staffIds(admin, [CORRECTED_LATE.applied]);
  const { period } = await admin.execute(
    'query Year($id: ID!) { period(id: $id) { version } }',
    { id: TRIAL_YEAR_ID },
    z.object({ period: z.object({ version: z.int() }) }),
  );
  await change(admin, 'decideLateCorrection', 'DecideLateCorrectionInput', {
    id: TRIAL_YEAR_ID,
    version: period.version,
    sourcePeriodId: DRAWN_QUARTER,
    staffIds: [staffId],
    outcome: 'APPLY',
    reason: 'Keberatan diputus terlambat bukan karena pegawai; hasil tahunan mengikuti',
  });
};

/** Whom the rules propose for the succession pool after the year is taken into it. */
const prepareForMore = async (runtime: Runtime): Promise<void> => {
  const admin = await administrator(runtime);
  const { followUps } = await admin.execute(
    'query FollowUps($id: ID!) { followUps(periodId: $id, first: 100) { nodes { id measure version staff { id } } } }',
    { id: TRIAL_YEAR_ID },
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
  const {
    id,
    version,
    staff: best,
  } = found(followUps.nodes.find(({ measure }) => measure === 'SUCCESSION_POOL'));
  await change(admin, 'decideFollowUp', 'DecideFollowUpInput', {
    staffId: best.id,
    periodId: TRIAL_YEAR_ID,
    id,
    version,
    granted: true,
    reason: 'Peringkat pertama puskesmas sepanjang tahun; disiapkan menjadi koordinator pelayanan',
  });
};
