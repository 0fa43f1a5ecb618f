/**
 * An assessor, two nurses and their patients through a quarter: from the plan that they agree on, over what is done and said in
 * three months, to a result that is recomputed here by hand, and what it earns.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPolicyRules } from '../../functions/domain/period/policy.ts';
import { figure, type Millionths, mean, onFive, percent, points, weighted } from './by-hand.ts';
import { type Stage, setStage, type Voice } from './stage.ts';

const QUARTER = '2026-Q1';
type Name =
  | 'Ani Wulandari'
  | 'Budi Santoso'
  | 'Citra Lestari'
  | 'Dewi Anggraini'
  | 'Eka Putri'
  | 'Fitri Handayani';
const nurse = {
  unit: 'MELATI',
  position: 'Perawat',
  jobGroup: 'nurse',
  functionalLevel: 'AHLI_PERTAMA',
  positionClass: 8,
};

let stage: Stage<Name>;
/** What the story makes on its way. */
let agreementId = '';
const id = (name: string): string => stage.id(name);
const as = (name: Name): Voice => stage.as(name);
const plan = (name: Name): string => stage.planOf(name, 2026);

beforeAll(async () => {
  stage = await setStage<Name>({
    table: 'e2e-nurse-quarter',
    day: '2026-01-05',
    units: {
      DINKES: { name: 'Dinas Kesehatan', kind: 'DINAS', head: 'Ani Wulandari' },
      MELATI: { name: 'Puskesmas Melati', kind: 'PUSKESMAS', parentCode: 'DINKES', head: 'Budi Santoso' },
    },
    cast: {
      'Ani Wulandari': { unit: 'DINKES', position: 'Kepala Dinas', jobGroup: 'leader' },
      'Budi Santoso': { unit: 'MELATI', position: 'Kepala Puskesmas', jobGroup: 'leader' },
      'Citra Lestari': nurse,
      'Dewi Anggraini': nurse,
      'Eka Putri': { unit: 'MELATI', position: 'Bidan', jobGroup: 'midwife' },
      'Fitri Handayani': { unit: 'MELATI', position: 'Apoteker', jobGroup: 'pharmacist' },
    },
    indicators: {
      KUNJUNGAN: { unitOfMeasure: 'pasien', polarity: 'MAXIMIZE', buildUp: 'SUM', realisedBy: 'ACTIVITY' },
      TUNGGU: { unitOfMeasure: 'menit', polarity: 'MINIMIZE', buildUp: 'LATEST' },
      IMUNISASI: { unitOfMeasure: 'persen', polarity: 'MAXIMIZE', buildUp: 'LATEST' },
    },
    rules: {
      ...defaultPolicyRules,
      // Patients are a pool of their own.
      raterPools: [
        { groups: ['SUPERIOR'], weight: 5_000 },
        { groups: ['PEER', 'SUBORDINATE'], weight: 3_000 },
        { groups: ['PUBLIC'], weight: 2_000 },
      ],
      peers: { choice: 'NOMINATED', minimum: 3, maximum: 4, drawAfterDays: 0 },
      allowance: { ...defaultPolicyRules.allowance, bases: [{ positionClass: 8, amount: 5_000_000 }] },
    },
  });
  const visits = {
    id: 'L1',
    title: 'Pasien dikunjungi di rumah',
    indicatorCode: 'KUNJUNGAN',
    weight: 6_000,
    target: { value: '120' },
  };
  const waiting = {
    id: 'L2',
    title: 'Waktu tunggu memendek',
    indicatorCode: 'TUNGGU',
    aspect: 'TIME',
    weight: 4_000,
    target: { value: '30' },
  };
  await stage.planner.do('importPlans', {
    rows: [{ nip: stage.nip('Citra Lestari'), year: 2025, lines: [visits, waiting] }],
  });
  await stage.office.do('planPeriod', { id: QUARTER, closesAt: '2026-04-05T17:00:00.000Z' });
});
afterAll(() => stage?.runtime.close());

interface PlanAnswer {
  readonly plan: { readonly version: number; readonly proposalState: string | null };
}
const STATE = 'plan { version proposalState }';

describe('January: what is agreed', () => {
  it('the puskesmas agrees on its indicator with the agency', async () => {
    const { agreement } = await as('Budi Santoso').do<{ agreement: { id: string; version: number } }>(
      'proposeAgreement',
      {
        unitId: id('MELATI'),
        year: 2026,
        equalWeights: true,
        lines: [
          {
            title: 'Imunisasi dasar lengkap',
            aspect: 'QUANTITY',
            indicatorId: id('IMUNISASI'),
            target: { value: '90' },
          },
        ],
      },
      'agreement { id version }',
    );
    await as('Ani Wulandari').do('agreeAgreement', { planId: agreement.id, version: agreement.version });
    agreementId = agreement.id;
  });

  it('Citra goes on from last year; Budi asks for more home visits, and says what he expects', async () => {
    const citra = as('Citra Lestari');
    const budi = as('Budi Santoso');
    const prepared = await citra.do<PlanAnswer>(
      'preparePlan',
      { staffId: id('Citra Lestari'), year: 2026, source: { lastYear: true } },
      STATE,
    );
    expect(prepared.plan.proposalState).toBe('PROPOSED');
    const planId = plan('Citra Lestari');
    const asked = await budi.do<PlanAnswer>(
      'requestPlanChanges',
      {
        planId,
        version: prepared.plan.version,
        lineId: 'L1',
        text: 'Dua desa lagi masuk wilayah kita; usulkan 144',
      },
      STATE,
    );
    expect(asked.plan.proposalState).toBe('CHANGES_REQUESTED');
    await citra.do('commentPlan', {
      planId,
      lineId: 'L1',
      text: 'Bisa, bila ada kendaraan dua hari seminggu',
    });
    await budi.do('commentPlan', { planId, lineId: 'L1', text: 'Kendaraan Selasa dan Kamis saya siapkan' });
    expect(
      await as('Dewi Anggraini').refused('commentPlan', { planId, lineId: 'L1', text: 'Saya ikut' }),
    ).toEqual(['FORBIDDEN']);
    const { plan: seen } = await citra.see<{
      plan: { comments: { nodes: readonly object[] }; proposal: { lines: readonly { id: string }[] } };
    }>(
      `query Thread($id: ID!) { plan(staffId: $id, year: 2026) {
        comments(thread: LINE, lineId: "L1") { nodes { side asksForChanges text } }
        proposal { lines { id title weight } } } }`,
      { id: id('Citra Lestari') },
    );
    expect(seen.comments.nodes).toMatchObject([
      { side: 'SUPERIOR', asksForChanges: true },
      { side: 'OWNER', asksForChanges: false },
      { side: 'SUPERIOR', text: 'Kendaraan Selasa dan Kamis saya siapkan' },
    ]);

    const lines = [
      {
        id: 'L1',
        title: 'Pasien dikunjungi di rumah',
        aspect: 'QUANTITY',
        indicatorId: id('KUNJUNGAN'),
        weight: 6_000,
        target: { value: '144' },
      },
      {
        id: 'L2',
        title: 'Waktu tunggu memendek',
        aspect: 'TIME',
        indicatorId: id('TUNGGU'),
        weight: 4_000,
        target: { value: '30' },
      },
    ];
    const anew = await citra.do<PlanAnswer>(
      'proposePlan',
      {
        staffId: id('Citra Lestari'),
        year: 2026,
        version: asked.plan.version,
        lines,
        attachments: { resources: [{ kind: 'EQUIPMENT', text: 'Kendaraan Selasa dan Kamis' }] },
      },
      STATE,
    );
    const expected = await budi.do<PlanAnswer>(
      'proposePlan',
      {
        staffId: id('Citra Lestari'),
        year: 2026,
        version: anew.plan.version,
        expectations: {
          general: 'Desa terjauh terjangkau',
          values: [{ value: 'SERVICE', texts: ['Ramah sampai pasien terakhir'] }],
        },
      },
      STATE,
    );
    await citra.do('agreePlan', { planId, version: expected.plan.version });
    const { plan: agreed } = await citra.see<{ plan: object }>(
      `query Agreed($id: ID!) { plan(staffId: $id, year: 2026) { agreed {
        lines { id weight targets { target { value } } } expectations { general values { value texts } }
        attachments { resources { kind text } } } } }`,
      { id: id('Citra Lestari') },
    );
    expect(agreed).toEqual({
      agreed: {
        lines: [
          { id: 'L1', weight: 6_000, targets: Array(12).fill({ target: { value: '12' } }) },
          { id: 'L2', weight: 4_000, targets: Array(12).fill({ target: { value: '30' } }) },
        ],
        expectations: {
          general: 'Desa terjauh terjangkau',
          values: [{ value: 'SERVICE', texts: ['Ramah sampai pasien terakhir'] }],
        },
        attachments: { resources: [{ kind: 'EQUIPMENT', text: 'Kendaraan Selasa dan Kamis' }] },
      },
    });
  });

  it('Dewi takes the template of nurses, and Budi agrees', async () => {
    const { template } = await stage.office.do<{ template: { id: string } }>(
      'createPlanTemplate',
      {
        name: 'SKP perawat',
        jobGroup: 'nurse',
        lines: [
          {
            title: 'Pasien dikunjungi di rumah',
            aspect: 'QUANTITY',
            indicatorId: id('KUNJUNGAN'),
            weight: 6_000,
            target: { value: '120' },
          },
          {
            title: 'Waktu tunggu memendek',
            aspect: 'TIME',
            indicatorId: id('TUNGGU'),
            weight: 4_000,
            target: { value: '30' },
          },
        ],
      },
      'template { id }',
    );
    const prepared = await as('Dewi Anggraini').do<PlanAnswer>(
      'preparePlan',
      { staffId: id('Dewi Anggraini'), year: 2026, source: { templateId: template.id } },
      STATE,
    );
    const planId = plan('Dewi Anggraini');
    expect(
      await as('Dewi Anggraini').refused('agreePlan', { planId, version: prepared.plan.version }),
    ).toEqual(['FORBIDDEN']);
    await as('Budi Santoso').do('agreePlan', { planId, version: prepared.plan.version });
  });

  it('the quarter opens by itself, and the nurses name their peers', async () => {
    await stage.hour();
    const { period } = await stage.citizen.see<{ period: object }>(`{ period(id: "${QUARTER}") { state } }`);
    expect(period).toEqual({ state: 'OPEN' });
    for (const [name, other] of [
      ['Citra Lestari', 'Dewi Anggraini'],
      ['Dewi Anggraini', 'Citra Lestari'],
    ] as const) {
      const panel = { periodId: QUARTER, staffId: id(name) };
      const peers = [other, 'Eka Putri', 'Fitri Handayani'].map(id);
      await as(name).do('nominatePeers', { ...panel, peerIds: peers });
      await as('Budi Santoso').do('decidePeers', { ...panel, version: 1, approve: peers });
    }
    // Nobody named Citra as a peer of Eka.
    const stray = {
      periodId: QUARTER,
      rateeId: id('Eka Putri'),
      group: 'PEER',
      instrumentId: 'berakhlak',
      scores: values(5),
    };
    expect(await as('Citra Lestari').refused('submitRating', stray)).toEqual(['NOT_A_RATER group']);
  });
});

const VALUES = ['SERVICE', 'ACCOUNTABLE', 'COMPETENT', 'HARMONIOUS', 'LOYAL', 'ADAPTIVE', 'COLLABORATIVE'];
/** Scores of the seven values: what is not given is like the last one. */
const sevenOf = (...given: readonly number[]) => VALUES.map((_, at) => given[at] ?? given.at(-1) ?? 3);
const values = (...given: readonly number[]) =>
  sevenOf(...given).map((score, at) => ({ itemId: VALUES[at], score }));

interface ActivityAnswer {
  readonly activity: { readonly id: string; readonly version: number; readonly state: string };
}
const ACTIVITY = 'activity { id version state }';
const visit = (name: Name, day: string, amount: number, title = 'Kunjungan rumah') =>
  as(name).do<ActivityAnswer>(
    'reportActivity',
    { planId: plan(name), lineId: 'L1', day, title, amount: String(amount) },
    ACTIVITY,
  );
const traceOf = async (name: Name, month: string) =>
  (
    await as(name).see<{ realisationTrace: object }>(
      `query Trace($planId: ID!, $month: Month!) { realisationTrace(planId: $planId, lineId: "L1", month: $month) {
        realisation { value state activities } activities { day amount } } }`,
      { planId: plan(name), month },
    )
  ).realisationTrace;

describe('the work of three months', () => {
  it('January is built from verified activities: one has evidence, one is returned and corrected', async () => {
    stage.on('2026-01-28');
    const budi = as('Budi Santoso');
    const citra = as('Citra Lestari');
    const { activity: first } = await visit(
      'Citra Lestari',
      '2026-01-13',
      4,
      'Kunjungan ibu hamil di Sukamaju',
    );
    const { activity: second } = await visit('Citra Lestari', '2026-01-15', 5);
    const { activity: third } = await visit('Citra Lestari', '2026-01-22', 3);

    const content = new TextEncoder().encode('%PDF-1.4\n% daftar kunjungan\n%%EOF\n');
    const target = { activityId: first.id };
    const { upload } = await citra.do<{
      upload: { evidenceId: string; url: string; fields: { name: string; value: string }[] };
    }>(
      'requestEvidenceUpload',
      {
        target,
        fileName: 'daftar-kunjungan.pdf',
        type: 'PDF',
        size: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      },
      'upload { evidenceId url fields { name value } }',
    );
    const form = new FormData();
    for (const { name, value } of upload.fields) form.set(name, value);
    form.set('file', new Blob([content]));
    expect((await fetch(upload.url, { method: 'POST', body: form })).ok).toBe(true);
    const { activity: evidenced } = await citra.do<ActivityAnswer>(
      'confirmEvidence',
      { target, evidenceId: upload.evidenceId },
      ACTIVITY,
    );
    const { evidenceLink } = await budi.see<{ evidenceLink: { url: string } }>(
      'query Link($target: EvidenceTargetInput!, $id: ID!) { evidenceLink(target: $target, evidenceId: $id) { url } }',
      { target, id: upload.evidenceId },
    );
    expect(await (await fetch(evidenceLink.url)).text()).toContain('daftar kunjungan');

    await budi.do('verifyActivity', { id: evidenced.id, version: evidenced.version });
    await budi.do('verifyActivity', { id: second.id, version: second.version });
    const { activity: returned } = await budi.do<ActivityAnswer>(
      'returnActivity',
      { id: third.id, version: third.version, reason: 'Satu pasien tercatat dua kali' },
      ACTIVITY,
    );
    expect(await traceOf('Citra Lestari', '2026-01')).toMatchObject({
      realisation: { value: '9', state: 'VERIFIED', activities: 2 },
    });
    const { activity: corrected } = await citra.do<ActivityAnswer>(
      'correctActivity',
      { id: third.id, version: returned.version, lineId: 'L1', title: 'Kunjungan rumah', amount: '2' },
      ACTIVITY,
    );
    await budi.do('verifyActivity', { id: third.id, version: corrected.version });
    expect(await traceOf('Citra Lestari', '2026-01')).toEqual({
      realisation: { value: '11', state: 'VERIFIED', activities: 3 },
      activities: [
        { day: '2026-01-13', amount: '4' },
        { day: '2026-01-15', amount: '5' },
        { day: '2026-01-22', amount: '2' },
      ],
    });
    // A figure that comes from activities is not typed in.
    expect(
      await citra.refused('reportRealisation', {
        planId: plan('Citra Lestari'),
        lineId: 'L1',
        month: '2026-01',
        value: '40',
      }),
    ).toEqual(['REALISED_BY_ACTIVITY lineId']);
  });

  it('a colleague and the leader say what they see while there is time; where it falls behind there is guidance', async () => {
    stage.on('2026-02-12');
    await as('Eka Putri').do('giveFeedback', {
      staffId: id('Citra Lestari'),
      value: 'COLLABORATIVE',
      text: 'Selalu mau menggantikan jaga',
    });
    await as('Budi Santoso').do('giveFeedback', {
      staffId: id('Dewi Anggraini'),
      planId: plan('Dewi Anggraini'),
      lineId: 'L2',
      progress: false,
      text: 'Antrean Senin masih panjang',
    });
    const { guidance } = await as('Budi Santoso').do<{ guidance: { id: string; version: number } }>(
      'recordGuidance',
      {
        staffId: id('Dewi Anggraini'),
        planId: plan('Dewi Anggraini'),
        lineId: 'L2',
        method: 'COACHING',
        heldOn: '2026-02-12',
        issue: 'Waktu tunggu belum turun',
        discussion: 'Alur pendaftaran dibahas bersama',
        actions: [{ text: 'Nomor antrean per jam', dueOn: '2026-03-02' }],
        followUpOn: '2026-03-16',
      },
      'guidance { id version }',
    );
    const { feedback } = await as('Dewi Anggraini').see<{
      feedback: { nodes: { id: string; version: number }[] };
    }>(
      'query Mine($id: ID!) { feedback(staffId: $id) { nodes { id version source author { name } text } } }',
      { id: id('Dewi Anggraini') },
    );
    expect(feedback.nodes).toMatchObject([{ source: 'LEADER', author: { name: 'Budi Santoso' } }]);
    await as('Dewi Anggraini').do('answerFeedback', {
      ...pick(feedback.nodes[0]),
      text: 'Saya coba nomor antrean per jam',
    });
    await as('Dewi Anggraini').do('acknowledgeGuidance', { ...guidance, response: 'Setuju' });
    const { feedback: unsigned } = await as('Citra Lestari').see<{ feedback: object }>(
      'query Mine($id: ID!) { feedback(staffId: $id) { nodes { source author { name } text } } }',
      { id: id('Citra Lestari') },
    );
    expect(unsigned).toEqual({
      nodes: [{ source: 'COLLEAGUE', author: null, text: 'Selalu mau menggantikan jaga' }],
    });
    stage.on('2026-03-16');
    await as('Budi Santoso').do('followUpGuidance', {
      id: guidance.id,
      version: guidance.version + 1,
      outcome: 'PARTLY_IMPROVED',
      note: 'Senin sudah lebih lancar',
    });
  });

  it('the figures of the quarter come in, and Budi verifies many at once', async () => {
    stage.on('2026-03-30');
    const done = [
      await visit('Citra Lestari', '2026-02-17', 10),
      await visit('Citra Lestari', '2026-03-17', 12),
      await visit('Dewi Anggraini', '2026-01-20', 8),
      await visit('Dewi Anggraini', '2026-02-19', 9),
      await visit('Dewi Anggraini', '2026-03-19', 10),
    ];
    await as('Budi Santoso').do('verifyActivities', {
      activities: done.map(({ activity: { id, version } }) => ({ id, version })),
    });
    for (const [name, minutes] of [
      ['Citra Lestari', '25'],
      ['Dewi Anggraini', '32'],
    ] as const) {
      const figures = { planId: plan(name), lineId: 'L2', month: '2026-03' };
      await as(name).do('reportRealisation', { ...figures, value: minutes });
      await as('Budi Santoso').do('verifyRealisation', { ...figures, version: 1 });
    }
    await as('Budi Santoso').do('reportRealisation', {
      planId: agreementId,
      lineId: 'L1',
      month: '2026-03',
      value: '99',
    });
    await as('Ani Wulandari').do('verifyRealisation', {
      planId: agreementId,
      lineId: 'L1',
      month: '2026-03',
      version: 1,
    });
  });
});

/** What was rated, as a human adds it up below. */
const SUPERIOR = { 'Citra Lestari': sevenOf(5, 4), 'Dewi Anggraini': sevenOf(4) } as const;
const PEERS = {
  'Citra Lestari': {
    'Dewi Anggraini': sevenOf(4),
    'Eka Putri': sevenOf(5),
    'Fitri Handayani': sevenOf(3, 4),
  },
  'Dewi Anggraini': {
    'Citra Lestari': sevenOf(4),
    'Eka Putri': sevenOf(3, 4),
    'Fitri Handayani': sevenOf(3),
  },
} as const;
/** On the patients' form: friendly, clear, quick, each 1 to 4. */
const PATIENTS = {
  'Citra Lestari': [
    [4, 4, 3],
    [4, 3, 3],
    [3, 4, 4],
  ],
  'Dewi Anggraini': [
    [2, 2, 1],
    [1, 2, 2],
  ],
} as const;
const FORM = ['RAMAH', 'JELAS', 'CEPAT'];
type Nurse = keyof typeof PATIENTS;
const NURSES = ['Citra Lestari', 'Dewi Anggraini'] as const satisfies readonly Nurse[];

describe('those who see the work rate it', () => {
  it('the leader rates both nurses at once, the peers whom they named, and each themselves', async () => {
    await as('Budi Santoso').do('rateStaff', {
      periodId: QUARTER,
      instrumentId: 'berakhlak',
      ratings: NURSES.map((name) => ({ rateeId: id(name), scores: values(...SUPERIOR[name]) })),
    });
    const submit = (rater: Name, rateeId: string, group: string, scores: readonly number[]) =>
      as(rater).do('submitRating', {
        periodId: QUARTER,
        rateeId,
        group,
        instrumentId: 'berakhlak',
        scores: values(...scores),
      });
    for (const name of NURSES) {
      for (const [rater, scores] of Object.entries(PEERS[name]))
        await submit(rater as Name, id(name), 'PEER', scores);
      await submit(name, id(name), 'SELF', sevenOf(5));
    }
  });

  it('patients rate who served them and answer the survey, each with a code for one answer', async () => {
    await stage.office.do('addInstrument', {
      id: 'pasien',
      name: { id: 'Formulir pasien', en: "Patient's form" },
      low: 1,
      high: 4,
      items: FORM.map((item) => ({ id: item, text: { id: item, en: item } })),
    });
    const { campaign } = await as('Budi Santoso').do<{ campaign: { id: string } }>(
      'createSurveyCampaign',
      {
        unitId: id('MELATI'),
        service: { id: 'Rawat jalan', en: 'Outpatient care' },
        opens: '2026-03-30',
        closes: '2026-03-31',
        minimumAnswers: 5,
      },
      'campaign { id }',
    );
    const issued = await as('Budi Santoso').do<{ codes: { code: string }[] }>(
      'issueSurveyCodes',
      { campaignId: campaign.id, count: 5 },
      'codes { code }',
    );
    const surveys = issued.codes.map(({ code }) => code);
    for (const name of NURSES) {
      const input = {
        staffId: id(name),
        periodId: QUARTER,
        instrumentId: 'pasien',
        count: PATIENTS[name].length,
      };
      expect(await as(name).refused('issueContactCodes', input)).toEqual(['FORBIDDEN']);
      const { codes } = await as('Budi Santoso').do<{ codes: { code: string }[] }>(
        'issueContactCodes',
        input,
        'codes { code }',
      );
      for (const [at, marks] of PATIENTS[name].entries()) {
        const code = codes[at]?.code;
        const { contactForm } = await stage.citizen.see<{
          contactForm: { items: readonly { id: string }[] };
        }>('query Form($code: String!) { contactForm(code: $code) { name low high items { id text } } }', {
          code,
        });
        expect(contactForm.items.map((item) => item.id)).toEqual(FORM);
        const rating = { code, scores: marks.map((score, item) => ({ itemId: FORM[item], score })) };
        await stage.citizen.do('rateContact', rating);
        expect(await stage.citizen.refused('rateContact', rating)).toEqual(['INVALID_CODE code']);
        // Long waits, kind people.
        await stage.citizen.do('answerSurvey', {
          campaignId: campaign.id,
          code: surveys.pop(),
          answers: ELEMENTS.map((element) => ({
            element,
            score: element === 'TIME' ? 2 : element === 'CONDUCT' ? 4 : 3,
          })),
        });
      }
    }
  });

  it('while the quarter runs nobody sees what the patients said, not even that there were two', async () => {
    const { proposal } = await as('Budi Santoso').see<{
      proposal: { behaviour: { pools: readonly object[] } };
    }>(
      `query Proposal($id: ID!) { proposal(staffId: $id, periodId: "${QUARTER}") { behaviour { pools { groups raters points { shown } notMeasured } } } }`,
      { id: id('Citra Lestari') },
    );
    expect(proposal.behaviour.pools).toMatchObject([
      { groups: ['SUPERIOR'], raters: 1 },
      { groups: ['PEER', 'SUBORDINATE'], raters: null, points: null },
      { groups: ['PUBLIC'], raters: null, points: null },
    ]);
  });
});

const ELEMENTS = [
  'REQUIREMENTS',
  'PROCEDURE',
  'TIME',
  'COST',
  'PRODUCT',
  'COMPETENCE',
  'CONDUCT',
  'COMPLAINT_HANDLING',
  'FACILITIES',
];
const pick = (node: { readonly id: string; readonly version: number } | undefined) => ({
  id: node?.id,
  version: node?.version,
});

describe('April: the evaluation in the order of the regulation', () => {
  it('Ani sets the predicate of the puskesmas on the proposal from its indicator', async () => {
    const set = { unitId: id('MELATI'), periodId: QUARTER, predicate: 'GOOD' };
    expect(await as('Ani Wulandari').refused('setUnitPredicate', set)).toEqual([
      'PERIOD_NOT_OVER periodId',
      'REASON_REQUIRED reason',
    ]);
    stage.on('2026-04-02');
    const { unitEvaluation } = await as('Ani Wulandari').see<{ unitEvaluation: object }>(
      'query Unit($unitId: ID!) { unitEvaluation(unitId: $unitId, periodId: "2026-Q1") { score { exact } proposed } }',
      { unitId: id('MELATI') },
    );
    // 99 of 90 percent immunised.
    expect(unitEvaluation).toEqual({ score: { exact: '110' }, proposed: 'OUTSTANDING' });
    expect(await as('Budi Santoso').refused('setUnitPredicate', set)).toEqual(['FORBIDDEN']);
    expect(await as('Ani Wulandari').refused('setUnitPredicate', set)).toEqual(['REASON_REQUIRED reason']);
    await as('Ani Wulandari').do('setUnitPredicate', { ...set, reason: 'Terbantu pekan imunisasi nasional' });
  });

  it('Budi sees everybody side by side, and gives a reason where he rates otherwise than proposed', async () => {
    const { calibration } = await as('Budi Santoso').see<{
      calibration: {
        evaluation: object;
        entries: { nodes: { differs: boolean; proposal: { staff: { name: string } } }[] };
      };
    }>(
      `query Calibration($unitId: ID!) { calibration(unitId: $unitId, periodId: "${QUARTER}") {
        evaluation { predicate } guidance { bound predicates allowed } warnings { message }
        entries { nodes { differs proposal { staff { name } workResultRating behaviourRating predicate } } } } }`,
      { unitId: id('MELATI') },
    );
    expect(calibration.evaluation).toEqual({ predicate: 'GOOD' });
    expect(calibration.entries.nodes.map(({ proposal }) => proposal.staff.name).sort()).toEqual([
      'Citra Lestari',
      'Dewi Anggraini',
      'Eka Putri',
      'Fitri Handayani',
    ]);
    const rating = {
      staffId: id('Citra Lestari'),
      periodId: QUARTER,
      workResult: 'ABOVE',
      behaviour: 'MEETS',
    };
    expect(await as('Budi Santoso').refused('setAssessorRating', rating)).toEqual(['REASON_REQUIRED reason']);
    await as('Budi Santoso').do('setAssessorRating', {
      ...rating,
      reason: 'Merintis rute kunjungan dua desa terjauh di luar rencana',
    });
    const { ratingChanges } = await stage.office.see<{ ratingChanges: object }>(
      `query Changes($id: ID!) { ratingChanges(staffId: $id, periodId: "${QUARTER}") { before { workResult } after { workResult reason } by { name } } }`,
      { id: id('Citra Lestari') },
    );
    expect(ratingChanges).toEqual([
      {
        before: null,
        after: { workResult: 'ABOVE', reason: 'Merintis rute kunjungan dua desa terjauh di luar rencana' },
        by: { name: 'Budi Santoso' },
      },
    ]);
  });

  it('the quarter closes by the schedule alone', async () => {
    stage.on('2026-04-06', '01:00');
    expect(await stage.hour()).toEqual(['SUCCEEDED']);
    const { period } = await stage.citizen.see<{ period: object }>(`{ period(id: "${QUARTER}") { state } }`);
    expect(period).toEqual({ state: 'PUBLISHED' });
  });
});

const RESULT = `query Result($id: ID!) { result(staffId: $id, periodId: "${QUARTER}") {
  workResult { score { exact shown } proposed lines { lineId weight effectiveWeight achievement { exact shown } rating } }
  behaviour { score { exact shown } rawScore { exact } pools { groups weight effectiveWeight raters points { exact shown } notMeasured } self { points { exact shown } effectiveWeight } }
  workResultRating behaviourRating predicate scoreShares { workResult behaviour } score { exact shown }
  decision { workResult reason } assessor { name } ranks { unit { rank of } jobGroup { rank of } } summary
  delivery { acknowledged receivedOn lastDayToObject } } }`;
interface Shown {
  readonly result: Readonly<Record<string, unknown>> & { readonly summary: readonly string[] };
}
const resultOf = async (reader: Name, of: Nurse) =>
  (await as(reader).see<Shown>(RESULT, { id: id(of) })).result;

/** A nurse's figures on paper; `visits` of the quarter against their target, minutes in March against 30. */
const onPaper = (name: Nurse, visits: number, target: number, minutes: number) => {
  const [home, waiting] = [percent(visits, target), percent(60 - minutes, 30)];
  const workResult = weighted([
    [home, 6_000],
    [waiting, 4_000],
  ]);
  const superior = points(onFive(SUPERIOR[name]));
  const peers = points(mean(Object.values(PEERS[name]).map((scores) => onFive(scores))));
  const patients = points(mean(PATIENTS[name].map((scores) => onFive(scores, 1, 4))));
  const counted: [Millionths, number][] = [
    [superior, 5_000],
    [peers, 3_000],
  ];
  if (PATIENTS[name].length >= 3) counted.push([patients, 2_000]);
  const behaviour = weighted(counted);
  const score = weighted([
    [workResult, 6_000],
    [behaviour, 4_000],
  ]);
  return { home, waiting, workResult, superior, peers, patients, behaviour, score };
};

describe('the results', () => {
  it('Citra’s can be recomputed on paper; three patients count', async () => {
    const paper = onPaper('Citra Lestari', 4 + 5 + 2 + 10 + 12, 36, 25);
    const result = await resultOf('Citra Lestari', 'Citra Lestari');
    expect(result).toMatchObject({
      workResult: {
        score: figure(paper.workResult),
        proposed: 'MEETS',
        lines: [
          {
            lineId: 'L1',
            weight: 6_000,
            effectiveWeight: 6_000,
            achievement: figure(paper.home),
            rating: 'MEETS',
          },
          {
            lineId: 'L2',
            weight: 4_000,
            effectiveWeight: 4_000,
            achievement: figure(paper.waiting),
            rating: 'ABOVE',
          },
        ],
      },
      behaviour: {
        score: figure(paper.behaviour),
        pools: [
          { groups: ['SUPERIOR'], effectiveWeight: 5_000, raters: 1, points: figure(paper.superior) },
          { groups: ['PEER', 'SUBORDINATE'], effectiveWeight: 3_000, raters: 3, points: figure(paper.peers) },
          {
            groups: ['PUBLIC'],
            effectiveWeight: 2_000,
            raters: 3,
            points: figure(paper.patients),
            notMeasured: null,
          },
        ],
        // One's own rating is shown and never counted.
        self: { points: { shown: '120.00' }, effectiveWeight: 0 },
      },
      workResultRating: 'ABOVE',
      behaviourRating: 'MEETS',
      predicate: 'GOOD',
      scoreShares: { workResult: 60, behaviour: 40 },
      score: figure(paper.score),
      decision: { workResult: 'ABOVE', reason: 'Merintis rute kunjungan dua desa terjauh di luar rencana' },
      assessor: { name: 'Budi Santoso' },
      ranks: { unit: { rank: 1 }, jobGroup: { rank: 1, of: 2 } },
    });
    // The same by a pocket calculator.
    expect(result).toMatchObject({
      workResult: { score: { shown: '101.67' } },
      behaviour: { score: { shown: '108.58' } },
      score: { shown: '104.43' },
    });
    expect(result.summary.join('\n')).toContain('104');
  });

  it('two patients do not: nobody sees that they were two or what they said, and their weight goes to the others', async () => {
    const paper = onPaper('Dewi Anggraini', 8 + 9 + 10, 30, 32);
    for (const reader of ['Dewi Anggraini', 'Budi Santoso'] as const)
      expect(await resultOf(reader, 'Dewi Anggraini')).toMatchObject({
        workResult: { score: figure(paper.workResult), proposed: 'MEETS' },
        behaviour: {
          score: figure(paper.behaviour),
          pools: [
            { effectiveWeight: 6_250, points: figure(paper.superior) },
            { effectiveWeight: 3_750, points: figure(paper.peers) },
            {
              groups: ['PUBLIC'],
              weight: 2_000,
              effectiveWeight: 0,
              raters: null,
              points: null,
              notMeasured: 'TOO_FEW_RATERS',
            },
          ],
        },
        predicate: 'GOOD',
        score: figure(paper.score),
      });
    // They were far from content, and with them the score would be another.
    const withThem = weighted([
      [paper.superior, 5_000],
      [paper.peers, 3_000],
      [paper.patients, 2_000],
    ]);
    expect(withThem).toBeLessThan(paper.behaviour - 5_000_000n);
    expect(await as('Citra Lestari').hidden(RESULT, { id: id('Dewi Anggraini') })).toEqual(['FORBIDDEN']);
  });

  it('the satisfaction of patients stands beside the result of the puskesmas, open to everybody', async () => {
    const { unitResult } = await stage.citizen.see<{ unitResult: object }>(
      `query Unit($unitId: ID!) { unitResult(unitId: $unitId, periodId: "${QUARTER}") {
        score { shown } predicate
        surveyCampaigns { service { id } result { withCode { answers index { exact shown } grade } } } } }`,
      { unitId: id('MELATI') },
    );
    // Seven elements with 3, one with 2 and one with 4: 27 / 9 × 25.
    expect(unitResult).toEqual({
      score: { shown: '110.00' },
      predicate: 'GOOD',
      surveyCampaigns: [
        {
          service: { id: 'Rawat jalan' },
          result: { withCode: { answers: 5, index: { exact: '75', shown: '75.00' }, grade: 'C' } },
        },
      ],
    });
  });

  it('the documents are delivered; Citra fetches and acknowledges hers, and Budi sees who has not', async () => {
    expect((await resultOf('Citra Lestari', 'Citra Lestari'))['delivery']).toMatchObject({
      acknowledged: false,
    });
    stage.on('2026-04-07');
    const { job } = await as('Citra Lestari').do<{ job: { id: string } }>(
      'requestDocument',
      { kind: 'EVALUATION', staffId: id('Citra Lestari'), periodId: QUARTER },
      'job { id }',
    );
    await stage.hour();
    const { job: done } = await as('Citra Lestari').see<{
      job: { state: string; download: { url: string } };
    }>('query Job($id: ID!) { job(id: $id) { state contentType download { url } } }', job);
    expect(done).toMatchObject({ state: 'DONE', contentType: 'application/pdf' });
    expect(await (await fetch(done.download.url)).text()).toMatch(/^%PDF-/);
    const { delivery } = await as('Citra Lestari').do<{ delivery: object }>(
      'acknowledgeResult',
      { periodId: QUARTER },
      'delivery { acknowledged receivedOn lastDayToObject }',
    );
    // 14 working days from 7 April 2026.
    expect(delivery).toEqual({ acknowledged: true, receivedOn: '2026-04-07', lastDayToObject: '2026-04-27' });
    const { unacknowledgedResults } = await as('Budi Santoso').see<{
      unacknowledgedResults: { nodes: { name: string }[] };
    }>(
      `query Open($unitId: ID!) { unacknowledgedResults(unitId: $unitId, periodId: "${QUARTER}") { nodes { name } } }`,
      { unitId: id('MELATI') },
    );
    const open = unacknowledgedResults.nodes.map(({ name }) => name);
    expect(open).toContain('Dewi Anggraini');
    expect(open).not.toContain('Citra Lestari');
  });

  it('the allowance of March and the credits of the quarter follow', async () => {
    await stage.office.do('importAttendance', {
      rows: [
        {
          nip: stage.nip('Dewi Anggraini'),
          month: '2026-03',
          workingDays: 20,
          absentDays: 1,
          lostMinutes: 0,
        },
      ],
    });
    const { staff } = await as('Dewi Anggraini').see<{ staff: object }>(
      `query Earned($id: ID!) { staff(id: $id) {
        allowance(month: "2026-03") { base productivity { exact } discipline { exact } amount gaps }
        credits { total { shown } periods { periodId predicate counts credit { shown } } } } }`,
      { id: id('Dewi Anggraini') },
    );
    const { workResult } = onPaper('Dewi Anggraini', 27, 30, 32);
    // 60 parts of productivity, 40 of discipline, which is 19 of 20 days.
    const parts = 60n * workResult + 40n * 95_000_000n;
    const amount = (5_000_000n * parts * 2n + 10_000_000_000n) / 20_000_000_000n;
    expect(staff).toEqual({
      allowance: {
        base: '5000000',
        productivity: { exact: figure(workResult).exact },
        discipline: { exact: '95' },
        amount: String(amount),
        gaps: [],
      },
      // Ahli Pertama earns 12.5 a year: 3 of 12 months at 100 % are 3.125.
      credits: {
        total: { shown: '3.13' },
        periods: [{ periodId: QUARTER, predicate: 'GOOD', counts: true, credit: { shown: '3.13' } }],
      },
    });
    expect(amount).toBe(4_640_000n);
  });
});
