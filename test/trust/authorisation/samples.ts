/** For each mutation an input that is right in the region of world.ts, so that only a missing right can be in its way. */
import type { PolicyRules } from '../../../functions/domain/period/policy.ts';
import { caller } from '../../api/endpoint-client.ts';
import { upload } from '../../support/files.ts';
import { write } from '../../workflow/region.ts';
import {
  CLOSED,
  definitionOf,
  firstCode,
  formOf,
  hr,
  INDICATOR,
  nipOf,
  OPEN,
  realisationTarget,
  TICKET,
  ticketOf,
  uploadOf,
  type World,
} from './world.ts';

/** An input, and what must have happened before; it is taken back afterwards. */
export interface Sample {
  readonly input: (world: World, prepared: string) => object | Promise<object>;
  /** @returns what the input needs of it */
  /** What those who may come to, where the region has nothing that it could be done to; done if left out. */
  readonly until?: string;
  readonly before?: (world: World) => Promise<string | undefined>;
}

const kapus = caller('kapus');
const kadis = caller('kadis');
const n1 = caller('n1');
const mv = caller('mv');

const target = { value: '50' };
const monthly = (value: string): object[] =>
  Array.from({ length: 12 }, (_, at) => ({
    month: `2026-${String(at + 1).padStart(2, '0')}`,
    target: { value },
  }));
/** The line in force with another title, and the same targets. */
const LINE = {
  id: 'L1',
  title: 'Judul baru',
  aspect: 'QUANTITY',
  indicatorId: INDICATOR,
  weight: 10_000,
  monthlyTargets: monthly('40'),
};
const ON_PLAN = { planId: 'n1:2026' };
const ON_TOP_PLAN = { planId: 'kadis:2026' };
const ON_AGREEMENT = { planId: 'unit:puskesmas:2026' };
const PROVEN = { ...ON_PLAN, lineId: 'L1', month: '2026-04' };
const scores = [
  'SERVICE',
  'ACCOUNTABLE',
  'COMPETENT',
  'HARMONIOUS',
  'LOYAL',
  'ADAPTIVE',
  'COLLABORATIVE',
].map((itemId) => ({ itemId, score: 4 }));
const assignment = { unitId: 'puskesmas2', position: 'Perawat', jobGroup: 'nurse', from: '2026-05-01' };
const note = {
  staffId: 'n1',
  heldOn: '2026-04-10',
  issue: 'x',
  discussion: 'x',
  actions: [{ text: 'x', dueOn: '2026-05-01' }],
  followUpOn: '2026-05-08',
};
const template = {
  name: 'Lain',
  jobGroup: 'nurse',
  lines: [{ title: 'Kunjungan', aspect: 'QUANTITY', indicatorId: INDICATOR, weight: 10_000, target }],
};

const stored = <T extends { readonly version: number }>(found: T | null): number => {
  if (found === null) throw new Error('not there');
  return found.version;
};
const versionOf = {
  plan: async ({ api }: World, staffId: string) =>
    stored(
      await api.deps.store.plans.get(
        { collection: { unitId: 'puskesmas', shard: 0 }, year: 2026 },
        `${staffId}:2026`,
      ),
    ),
  staff: async ({ api }: World, id: string) => stored(await api.deps.store.staff.get(id)),
  unit: async ({ api }: World, id: string) => stored(await api.deps.store.organisation.unit(id)),
  period: async ({ api }: World, id: string) => stored(await api.deps.store.periods.get(id)),
};

/** The policy in force asks for peers to be chosen. */
const chosenPeers =
  (choice: PolicyRules['peers']['choice']) =>
  async ({ api }: World) => {
    const { store } = api.deps;
    const policy = await store.policies.get('policy-1');
    if (policy === null) throw new Error('no policy');
    const rules = { ...policy.rules, peers: { ...policy.rules.peers, choice, minimum: 1, maximum: 3 } };
    await write(store, [store.policies.save(policy, { ...policy, rules })]);
    return undefined;
  };

const proposedBy = (who: typeof n1) => async (world: World) => {
  await world.made(who, 'amendPlan', {
    ...ON_PLAN,
    version: await versionOf.plan(world, 'n1'),
    reason: 'x',
    lines: [LINE],
  });
  return String(await versionOf.plan(world, 'n1'));
};
const amendedAgreement = (who: typeof n1) => async (world: World) => {
  await world.made(who, 'amendPlan', { ...ON_AGREEMENT, version: 1, reason: 'x', lines: [LINE] });
  return undefined;
};

/** The quarter is over and not yet closed. */
const afterTheQuarter = async ({ api }: World): Promise<undefined> => void api.at('2026-07-02T02:00:00.000Z');

export const SAMPLES: Readonly<Record<string, Sample>> = {
  acknowledgeAnnouncement: { input: ({ ids }) => ({ id: ids['announcement'] }) },
  acknowledgeGuidance: { input: ({ ids }) => ({ id: ids['guidance'], version: 1, response: 'x' }) },
  acknowledgeResult: { input: () => ({ periodId: CLOSED }) },
  activatePolicy: { input: ({ ids }) => ({ id: ids['policy'], version: 1 }) },
  addInstrument: {
    input: () => ({
      id: 'pasien',
      name: { id: 'x', en: 'x' },
      items: [{ id: 'OVERALL', text: { id: 'x', en: 'x' } }],
      low: 1,
      high: 5,
    }),
  },
  agreeAgreement: { before: amendedAgreement(kapus), input: () => ({ ...ON_AGREEMENT, version: 2 }) },
  agreeCareerPlan: { input: () => ({ staffId: 'n1', version: 1 }) },
  'agreePlan of the staff member': {
    before: proposedBy(n1),
    input: (_, version) => ({ ...ON_PLAN, version: Number(version) }),
  },
  'agreePlan of the assessor': {
    before: proposedBy(kapus),
    input: (_, version) => ({ ...ON_PLAN, version: Number(version) }),
  },
  'agreePlan at the top': {
    before: async (world) => {
      await world.made(kadis, 'amendPlan', { ...ON_TOP_PLAN, version: 1, reason: 'x', lines: [LINE] });
      return undefined;
    },
    input: () => ({ ...ON_TOP_PLAN, version: 2 }),
  },
  amendPlan: {
    input: async (world) => ({
      ...ON_PLAN,
      version: await versionOf.plan(world, 'n1'),
      reason: 'x',
      lines: [LINE],
    }),
  },
  'amendPlan of a unit': { input: () => ({ ...ON_AGREEMENT, version: 1, reason: 'x', lines: [LINE] }) },
  answerCarryover: { input: () => ({ periodId: OPEN, staffId: 'mv', agree: true, version: 1 }) },
  answerFeedback: { input: ({ ids }) => ({ id: ids['feedback'], version: 1, text: 'x' }) },
  answerSurvey: {
    input: ({ ids }) => ({
      campaignId: ids['campaign'],
      answers: ELEMENTS.map((element) => ({ element, score: 3 })),
    }),
  },
  answerTopic: { input: ({ ids }) => ({ topicId: ids['topic'], version: 1, text: 'x' }) },
  cancelProgramme: { input: ({ ids }) => ({ id: ids['programme'], version: 1, reason: 'x' }) },
  closeSurveyCampaign: { input: ({ ids }) => ({ id: ids['campaign'], version: 1, reason: 'x' }) },
  commentPlan: { input: () => ({ ...ON_PLAN, text: 'x' }) },
  'commentPlan of a unit': { input: () => ({ ...ON_AGREEMENT, text: 'x' }) },
  completeProgramme: {
    before: async ({ api }) => void api.at('2026-05-06T02:00:00.000Z'),
    input: ({ ids }) => ({
      id: ids['programme'],
      version: 1,
      participants: [{ staffId: 'n1', completed: true, hours: 8 }],
      last: true,
    }),
  },
  confirmEvidence: {
    before: async (world) => {
      const content = Buffer.from('%PDF-1.4 lain');
      const ticket = ticketOf(
        await world.made(n1, 'requestEvidenceUpload', uploadOf(realisationTarget('n1'), content), TICKET),
      );
      await upload(formOf(ticket), content);
      return ticket.evidenceId;
    },
    input: (_, evidenceId) => ({ target: realisationTarget('n1'), evidenceId }),
  },
  correctActivity: {
    input: ({ ids }) => ({ id: ids['activity'], version: 1, lineId: 'L1', title: 'x', amount: '2' }),
  },
  createCourse: {
    input: () => ({
      code: 'C2',
      title: 'x',
      description: 'x',
      competence: 'TECHNICAL',
      method: 'CLASS',
      hours: 8,
      values: ['SERVICE'],
      indicatorIds: [],
      jobGroups: [],
    }),
  },
  createGoal: { input: () => ({ code: 'G2', title: 'x', fromYear: 2026, toYear: 2029 }) },
  createIndicator: { input: () => ({ code: 'I2', definition: definitionOf('x') }) },
  createPlanTemplate: { input: () => template },
  createStaff: {
    input: () => ({
      nip: '198001012005011999',
      name: 'Baru',
      employment: 'PNS',
      assignment: { ...assignment, from: '2026-04-01' },
    }),
  },
  createSurveyCampaign: {
    input: () => ({
      unitId: 'puskesmas',
      service: { id: 'x', en: 'x' },
      opens: '2026-04-20',
      closes: '2026-05-31',
      minimumAnswers: 5,
      withoutCodePerHour: 0,
    }),
  },
  createUnit: { input: () => ({ code: 'X8', name: 'x', kind: 'SEKSI', parentId: 'puskesmas' }) },
  decideFollowUp: {
    input: ({ ids }) => ({
      staffId: 'n1',
      periodId: CLOSED,
      id: ids['followUp'],
      granted: false,
      reason: 'x',
      version: 1,
    }),
  },
  'decideFollowUp on a leader': {
    before: async (world) => {
      const proposal = { staffId: 'kapus', periodId: CLOSED, measure: 'CERTIFICATE', reason: 'x' };
      const made = await world.made(kadis, 'proposeFollowUp', proposal, 'followUp { id }');
      return made['followUp']?.id;
    },
    input: (_, id) => ({ staffId: 'kapus', periodId: CLOSED, id, granted: false, reason: 'x', version: 1 }),
  },
  decideIndicatorReview: {
    input: () => ({ periodId: CLOSED, indicatorId: INDICATOR, outcome: 'KEEP', reason: 'x', version: 1 }),
  },
  decideJointParticipation: {
    input: ({ ids }) => ({ id: ids['joint'], staffId: 'm1', approve: true, version: 1 }),
  },
  decideLateCorrection: {
    until: 'WRONG_STATE',
    input: async (world) => ({
      id: CLOSED,
      version: await versionOf.period(world, CLOSED),
      sourcePeriodId: CLOSED,
      staffIds: ['n1'],
      outcome: 'KEEP',
      reason: 'x',
    }),
  },
  decideObjection: {
    before: async (world) => {
      const id = world.ids['objection'];
      await world.made(n1, 'explainObjection', { id, version: 1, text: 'x' });
      await world.made(kapus, 'explainObjection', { id, version: 2, text: 'x' });
      return undefined;
    },
    input: ({ ids }) => ({ id: ids['objection'], outcome: 'UPHELD', reason: 'x', version: 3 }),
  },
  'decideObjection of the office': {
    before: async (world) => {
      const filing = { periodId: CLOSED, reasons: 'x' };
      const id = (await world.made(kapus, 'fileObjection', filing, 'objection { id }'))['objection']?.id;
      await world.made(kadis, 'explainObjection', { id, version: 1, text: 'x' });
      return id;
    },
    input: (_, id) => ({ id, outcome: 'UPHELD', reason: 'x', version: 2 }),
  },
  decidePeers: {
    before: async (world) => {
      await chosenPeers('NOMINATED')(world);
      await world.made(n1, 'nominatePeers', { periodId: OPEN, staffId: 'n1', peerIds: ['n2'] });
      return undefined;
    },
    input: () => ({ periodId: OPEN, staffId: 'n1', version: 1, approve: ['n2'], refuse: [], add: [] }),
  },
  'declineRating of a peer': {
    before: chosenPeersOf('n1', 'n2'),
    input: () => ({ periodId: OPEN, rateeId: 'n1', group: 'PEER', reason: 'x' }),
  },
  'declineRating of the leader': {
    input: () => ({ periodId: OPEN, rateeId: 'kapus', group: 'SUBORDINATE', reason: 'x' }),
  },
  discardPlanDraft: {
    before: async (world) => {
      await world.made(kapus, 'savePlanDraft', { ...ON_PLAN, lines: [] });
      return undefined;
    },
    input: () => ({ ...ON_PLAN, version: 1 }),
  },
  draftPolicy: { input: () => ({ effectiveFrom: '2028-01-01' }) },
  drawPeers: { before: chosenPeers('DRAWN'), input: () => ({ periodId: OPEN, unitId: 'puskesmas' }) },
  editCourse: {
    input: ({ ids }) => ({
      id: ids['course'],
      version: 1,
      title: 'y',
      description: 'x',
      competence: 'TECHNICAL',
      method: 'CLASS',
      hours: 8,
      values: ['SERVICE'],
      indicatorIds: [],
      jobGroups: [],
    }),
  },
  editGoal: { input: ({ ids }) => ({ id: ids['goal'], version: 1, title: 'y' }) },
  editPlanTemplate: { input: ({ ids }) => ({ ...template, id: ids['template'], version: 1 }) },
  editPolicyDraft: { input: ({ ids }) => ({ id: ids['policy'], version: 1, effectiveFrom: '2027-02-01' }) },
  editProgramme: {
    input: ({ ids }) => ({
      id: ids['programme'],
      version: 1,
      startsOn: '2026-05-04',
      endsOn: '2026-05-06',
      place: 'x',
      capacity: 6,
    }),
  },
  editStaff: {
    input: async (world) => ({ id: 'n1', version: await versionOf.staff(world, 'n1'), name: 'x' }),
  },
  editSurveyCampaign: { input: ({ ids }) => ({ id: ids['campaign'], version: 1, closes: '2026-06-15' }) },
  editUnit: {
    input: async (world) => ({
      id: 'puskesmas',
      version: await versionOf.unit(world, 'puskesmas'),
      name: 'x',
    }),
  },
  'editUnit of its head': {
    input: async (world) => ({
      id: 'puskesmas',
      version: await versionOf.unit(world, 'puskesmas'),
      head: { staffId: null, from: '2026-05-01' },
    }),
  },
  endFollowUp: {
    before: async (world) => {
      await world.made(kadis, 'decideFollowUp', {
        staffId: 'n1',
        periodId: CLOSED,
        id: world.ids['followUp'],
        granted: true,
        reason: 'x',
        from: '2026-04-13',
        until: '2026-10-13',
        version: 1,
      });
      return undefined;
    },
    input: ({ ids }) => ({
      staffId: 'n1',
      periodId: CLOSED,
      id: ids['followUp'],
      outcome: 'ACHIEVED',
      note: 'x',
      version: 2,
    }),
  },
  endJointActivity: {
    input: ({ ids }) => ({ id: ids['joint'], version: 1, state: 'CANCELLED', reason: 'x' }),
  },
  enrol: { input: ({ ids }) => ({ programmeId: ids['programme'], staffId: 'n2' }) },
  explainObjection: { input: ({ ids }) => ({ id: ids['objection'], version: 1, text: 'x' }) },
  'fileObjection of who serves no more': {
    input: () => ({ periodId: CLOSED, staffId: 'keluar', reasons: 'x' }),
  },
  fileObjection: { input: () => ({ periodId: CLOSED, staffId: 'n2', reasons: 'x' }) },
  followUpGuidance: {
    input: ({ ids }) => ({ id: ids['guidance'], version: 1, outcome: 'IMPROVED', note: 'x' }),
  },
  'followUpGuidance of counselling': {
    input: ({ ids }) => ({ id: ids['counselling'], version: 1, outcome: 'IMPROVED', note: 'x' }),
  },
  giveFeedback: { input: () => ({ staffId: 'n1', text: 'x', value: 'LOYAL', signed: true }) },
  handBackWorkResult: {
    before: async (world) => {
      await world.made(kapus, 'takeOverWorkResult', {
        ...ON_PLAN,
        lineId: 'L1',
        from: '2026-05',
        note: 'x',
        version: await versionOf.plan(world, 'n1'),
      });
      return String(await versionOf.plan(world, 'n1'));
    },
    input: (_, version) => ({ ...ON_PLAN, lineId: 'L1', from: '2026-07', version: Number(version) }),
  },
  importAbsences: {
    input: () => ({ rows: [{ nip: nipOf('n2'), kind: 'LEAVE', from: '2026-04-01', to: '2026-04-03' }] }),
  },
  importAgreements: { input: () => ({ rows: [{ unitCode: '04', year: 2026, lines: [importLine] }] }) },
  importAttendance: {
    input: () => ({
      rows: [{ nip: nipOf('n2'), month: '2026-03', workingDays: 20, absentDays: 1, lostMinutes: 0 }],
    }),
  },
  importGoals: { input: () => ({ rows: [{ code: 'G3', title: 'x', fromYear: 2026, toYear: 2029 }] }) },
  importIndicators: {
    input: () => ({
      rows: [
        {
          code: 'I3',
          name: 'x',
          unitOfMeasure: 'x',
          polarity: 'MAXIMIZE',
          buildUp: 'SUM',
          source: 'x',
          effectiveFrom: '2026-01-01',
        },
      ],
    }),
  },
  importPlans: { input: () => ({ rows: [{ nip: nipOf('n2'), year: 2027, lines: [importLine27] }] }) },
  'importPlans of the one who asks': {
    input: () => ({ rows: [{ nip: nipOf('n1'), year: 2027, lines: [importLine27] }] }),
  },
  importRatings: {
    input: () => ({
      rows: [
        {
          periodId: OPEN,
          rateeNip: nipOf('n2'),
          group: 'PEER',
          rater: nipOf('n3'),
          instrumentId: 'berakhlak',
          scores: [4, 4, 4, 4, 4, 4, 4],
        },
      ],
    }),
  },
  'importRatings of the one who asks': {
    input: () => ({
      rows: [
        {
          periodId: OPEN,
          rateeNip: nipOf('n1'),
          group: 'PEER',
          rater: nipOf('n3'),
          instrumentId: 'berakhlak',
          scores: [4, 4, 4, 4, 4, 4, 4],
        },
      ],
    }),
  },
  importRealisations: {
    input: () => ({
      rows: [
        { owner: nipOf('n2'), ownerKind: 'STAFF', lineId: 'L1', month: '2026-04', value: '3', evidence: [] },
      ],
    }),
  },
  'importRealisations of the one who asks': {
    input: () => ({
      rows: [
        { owner: nipOf('n1'), ownerKind: 'STAFF', lineId: 'L1', month: '2026-04', value: '3', evidence: [] },
      ],
    }),
  },
  importStaff: {
    input: () => ({
      rows: [
        {
          nip: '198001012005011998',
          name: 'x',
          employment: 'PNS',
          unitCode: '02',
          position: 'x',
          jobGroup: 'nurse',
          from: '2026-04-01',
        },
      ],
    }),
  },
  importUnits: { input: () => ({ rows: [{ code: 'X7', name: 'x', kind: 'SEKSI' }] }) },
  inviteToJointActivity: {
    input: ({ ids }) => ({ id: ids['joint'], version: 1, participants: [{ staffId: 'n2', role: 'x' }] }),
  },
  issueContactCodes: {
    input: () => ({ staffId: 'n1', periodId: OPEN, instrumentId: 'berakhlak', count: 2 }),
  },
  issueSurveyCodes: { input: ({ ids }) => ({ campaignId: ids['campaign'], count: 2 }) },
  justifyDistribution: { input: () => ({ unitId: 'puskesmas', periodId: OPEN, justification: 'x' }) },
  markAllNoticesRead: { input: () => ({}) },
  markNoticesRead: { input: () => ({ ids: [] }) },
  moderatePost: {
    input: ({ ids }) => ({ topicId: ids['topic'], postId: ids['post'], hide: true, reason: 'x', version: 1 }),
  },
  moderateSuggestion: {
    before: async (world) => {
      await world.made(null, 'answerSurvey', {
        campaignId: world.ids['campaign'],
        answers: ELEMENTS.map((element) => ({ element, score: 3 })),
        suggestion: 'Saran',
      });
      const suggestions = await world.api.deps.store.satisfaction.suggestions(
        world.ids['campaign'] ?? '',
        'SUBMITTED',
        { first: 5, after: null },
      );
      return suggestions.items[0]?.value.id;
    },
    input: ({ ids }, id) => ({ campaignId: ids['campaign'], id, publish: true, version: 1 }),
  },
  moderateTopic: { input: ({ ids }) => ({ topicId: ids['topic'], hide: true, reason: 'x', version: 1 }) },
  moveUnit: {
    input: async (world) => ({
      id: world.ids['spareUnit'],
      parentId: 'dinkes',
      version: await versionOf.unit(world, world.ids['spareUnit'] ?? ''),
    }),
  },
  'moveUnit of staff': {
    input: async (world) => ({
      id: 'puskesmas',
      parentId: 'dispar',
      version: await versionOf.unit(world, 'puskesmas'),
    }),
  },
  nominatePeers: {
    before: chosenPeers('NOMINATED'),
    input: () => ({ periodId: OPEN, staffId: 'n1', peerIds: ['n2'] }),
  },
  moveClose: {
    input: async (world) => ({
      id: OPEN,
      version: await versionOf.period(world, OPEN),
      closesAt: '2026-07-06T17:00:00.000Z',
      reason: 'x',
    }),
  },
  cancelPeriod: {
    input: async (world) => ({
      id: '2026-Q3',
      version: await versionOf.period(world, '2026-Q3'),
      reason: 'x',
    }),
  },
  openPeriod: {
    input: async (world) => ({ id: '2026-Q3', version: await versionOf.period(world, '2026-Q3') }),
  },
  openTopic: { input: () => ({ unitId: 'puskesmas', title: 'x', text: 'x', indicatorId: INDICATOR }) },
  planJointActivity: {
    before: async (world) => {
      await world.made(caller('kapus2'), 'decideJointParticipation', {
        id: world.ids['joint'],
        staffId: 'm1',
        approve: true,
        version: 1,
      });
      return undefined;
    },
    input: ({ ids }) => ({
      id: ids['joint'],
      staffId: 'm1',
      aspect: 'QUANTITY',
      indicatorId: INDICATOR,
      monthlyTargets: [{ month: '2026-05', target }],
      planVersion: 1,
      version: 2,
    }),
  },
  planPeriod: { input: () => ({ id: '2026-Q4' }) },
  planProgramme: {
    input: ({ ids }) => ({
      courseId: ids['course'],
      startsOn: '2026-06-04',
      endsOn: '2026-06-05',
      place: 'x',
      capacity: 5,
    }),
  },
  postToTopic: { input: ({ ids }) => ({ topicId: ids['topic'], text: 'x' }) },
  preparePlan: {
    input: ({ ids }) => ({ staffId: 'n1', year: 2027, source: { templateId: ids['template'] } }),
  },
  proposeAgreement: { input: () => ({ unitId: 'ustu', year: 2026, lines: [{ ...LINE, id: undefined }] }) },
  proposeCareerPlan: {
    input: () => ({
      staffId: 'n1',
      goal: 'x',
      steps: [{ id: 's2', text: 'x', dueOn: '2026-09-01' }],
      version: 1,
    }),
  },
  proposeCarryover: {
    before: async (world) => {
      await world.made(mv, 'withdrawCarryover', { periodId: OPEN, staffId: 'mv', version: 1 });
      return undefined;
    },
    input: () => ({ periodId: OPEN, staffId: 'mv', sourcePeriodId: CLOSED, reason: 'x', version: 2 }),
  },
  proposeFollowUp: { input: () => ({ staffId: 'n2', periodId: CLOSED, measure: 'GUIDANCE', reason: 'x' }) },
  proposeJointActivity: {
    input: () => ({
      leadUnitId: 'puskesmas',
      leaderId: 'n1',
      title: 'x',
      purpose: 'x',
      from: '2026-04-01',
      to: '2026-06-30',
      participants: [
        { staffId: 'n1', role: 'x' },
        { staffId: 'm1', role: 'x' },
      ],
    }),
  },
  proposePlan: { input: () => ({ staffId: 'n1', year: 2027, lines: [plan27Line] }) },
  'proposePlan at the top': { input: () => ({ staffId: 'kadis', year: 2027, lines: [plan27Line] }) },
  proposeUnitPlans: {
    input: ({ ids }) => ({ unitId: 'puskesmas', year: 2027, templateIds: [ids['template']] }),
  },
  publishAnnouncement: {
    input: () => ({ unitId: 'puskesmas', title: 'x', text: 'x', effectiveFrom: '2026-05-01' }),
  },
  'publishAnnouncement to the region': {
    input: () => ({ title: 'x', text: 'x', effectiveFrom: '2026-05-01', audience: 'REGION' }),
  },
  rateContact: {
    before: async (world) => {
      const { codes } = await world.made(
        kapus,
        'issueContactCodes',
        { staffId: 'n1', periodId: OPEN, instrumentId: 'berakhlak', count: 1 },
        'codes { code }',
      );
      return firstCode(codes);
    },
    input: (_, code) => ({ code, scores }),
  },
  rateStaff: {
    input: () => ({ periodId: OPEN, instrumentId: 'berakhlak', ratings: [{ rateeId: 'n1', scores }] }),
  },
  recordCareerStep: {
    before: async (world) => {
      await world.made(kapus, 'agreeCareerPlan', { staffId: 'n1', version: 1 });
      return undefined;
    },
    input: () => ({ staffId: 'n1', stepId: 's1', state: 'DONE', version: 2 }),
  },
  recordCounselling: { input: () => note },
  recordFeedback: { input: () => ({ staffId: 'n1', text: 'x', value: 'LOYAL', origin: 'Kotak saran' }) },
  recordGuidance: { input: () => ({ ...note, method: 'COACHING' }) },
  'recordReceipt of a leader': {
    input: () => ({ periodId: CLOSED, staffId: 'kapus', receivedOn: '2026-04-08', proof: 'x' }),
  },
  recordReceipt: { input: () => ({ periodId: CLOSED, staffId: 'n2', receivedOn: '2026-04-08', proof: 'x' }) },
  rejectRealisation: { input: () => ({ ...PROVEN, version: 2, reason: 'x' }) },
  removeEvidence: { input: ({ ids }) => ({ target: realisationTarget('n1'), evidenceId: ids['evidence'] }) },
  reopenPeriod: {
    input: async (world) => ({
      id: CLOSED,
      version: await versionOf.period(world, CLOSED),
      reason: 'x',
      closesAt: '2026-04-20T17:00:00.000Z',
    }),
  },
  reportActivity: { input: () => ({ ...ON_PLAN, lineId: 'L1', day: '2026-04-10', title: 'x', amount: '1' }) },
  reportJointResult: { input: ({ ids }) => ({ id: ids['joint'], version: 1, text: 'x' }) },
  reportRealisation: { input: () => ({ ...PROVEN, value: '14', evidence: [], version: 2 }) },
  requestDocument: { input: () => ({ kind: 'EVALUATION', staffId: 'n1', periodId: CLOSED }) },
  requestEvidenceUpload: { input: () => uploadOf(realisationTarget('n1'), Buffer.from('%PDF-1.4 x')) },
  requestExport: {
    input: () => ({ table: 'RESULTS', format: 'CSV', periodId: CLOSED, unitId: 'puskesmas' }),
  },
  requestPlanChanges: {
    before: proposedBy(n1),
    input: (_, version) => ({ ...ON_PLAN, version: Number(version), text: 'x' }),
  },
  requestUnitDocuments: { input: () => ({ kind: 'EVALUATION', unitId: 'puskesmas', periodId: CLOSED }) },
  resolvePlanComment: {
    input: ({ ids }) => ({ ...ON_PLAN, commentId: ids['comment'], resolved: true, version: 1 }),
  },
  retireCourse: { input: ({ ids }) => ({ id: ids['course'], version: 1 }) },
  retireGoal: { input: ({ ids }) => ({ id: ids['goal'], version: 1 }) },
  retireIndicator: { input: ({ ids }) => ({ id: ids['spareIndicator'], version: 1 }) },
  retireInstrument: {
    before: async (world) => {
      await world.made(hr, 'addInstrument', {
        id: 'pasien',
        name: { id: 'x', en: 'x' },
        items: [{ id: 'OVERALL', text: { id: 'x', en: 'x' } }],
        low: 1,
        high: 5,
      });
      return undefined;
    },
    input: () => ({ id: 'pasien', reason: 'x' }),
  },
  retirePlanTemplate: { input: ({ ids }) => ({ id: ids['template'], version: 1 }) },
  retireStaff: {
    input: async (world) => ({ id: 'n2', version: await versionOf.staff(world, 'n2'), from: '2026-05-01' }),
  },
  retireUnit: {
    input: async (world) => ({
      id: world.ids['spareUnit'],
      version: await versionOf.unit(world, world.ids['spareUnit'] ?? ''),
      from: '2026-05-01',
    }),
  },
  returnActivity: { input: ({ ids }) => ({ id: ids['activity'], version: 1, reason: 'x' }) },
  reviseIndicator: {
    input: ({ ids }) => ({
      id: ids['spareIndicator'],
      version: 1,
      definition: { ...definitionOf('y'), effectiveFrom: '2026-05-01' },
    }),
  },
  savePlanDraft: {
    before: async (world) => {
      await world.made(n1, 'discardPlanDraft', { ...ON_PLAN, version: 1 });
      return undefined;
    },
    input: () => ({ ...ON_PLAN, lines: [LINE] }),
  },
  setAbsences: {
    input: async (world) => ({
      id: 'n1',
      version: await versionOf.staff(world, 'n1'),
      absences: [{ kind: 'LEAVE', from: '2026-04-01', to: '2026-04-03' }],
    }),
  },
  setAssessorRating: {
    input: () => ({
      periodId: OPEN,
      staffId: 'n1',
      workResult: 'MEETS',
      behaviour: 'MEETS',
      reason: 'x',
      version: 1,
    }),
  },
  'setAssessorRating at the top': {
    input: () => ({
      periodId: OPEN,
      staffId: 'kadis',
      workResult: 'MEETS',
      behaviour: 'MEETS',
      reason: 'x',
    }),
  },
  'setAssessorRating in the last days': {
    before: afterTheQuarter,
    input: () => ({ periodId: OPEN, staffId: 'n2', workResult: 'MEETS', behaviour: 'MEETS', reason: 'x' }),
  },
  setNoticePreferences: { input: () => ({ mail: 'NONE', language: 'EN' }) },
  setUnitPredicate: {
    before: afterTheQuarter,
    input: () => ({ unitId: 'puskesmas', periodId: OPEN, predicate: 'GOOD', reason: 'x' }),
  },
  'setUnitPredicate at the top': {
    before: afterTheQuarter,
    input: () => ({ unitId: 'dinkes', periodId: OPEN, predicate: 'GOOD', reason: 'x' }),
  },
  'submitRating of a peer': {
    input: () => ({ periodId: OPEN, rateeId: 'n1', group: 'PEER', instrumentId: 'berakhlak', scores }),
  },
  'submitRating of a leader': {
    input: () => ({
      periodId: OPEN,
      rateeId: 'kapus',
      group: 'SUBORDINATE',
      instrumentId: 'berakhlak',
      scores,
    }),
  },
  'submitRating by the superior': {
    input: () => ({ periodId: OPEN, rateeId: 'n1', group: 'SUPERIOR', instrumentId: 'berakhlak', scores }),
  },
  'submitRating of oneself': {
    input: () => ({ periodId: OPEN, rateeId: 'n1', group: 'SELF', instrumentId: 'berakhlak', scores }),
  },
  takeOverWorkResult: {
    input: async (world) => ({
      ...ON_PLAN,
      lineId: 'L1',
      from: '2026-05',
      note: 'x',
      version: await versionOf.plan(world, 'n1'),
    }),
  },
  transferStaff: {
    input: async (world) => ({ id: 'n2', version: await versionOf.staff(world, 'n2'), assignment }),
  },
  verifyActivities: { input: ({ ids }) => ({ activities: [{ id: ids['activity'], version: 1 }] }) },
  verifyActivity: { input: ({ ids }) => ({ id: ids['activity'], version: 1 }) },
  verifyRealisation: { input: () => ({ ...PROVEN, version: 2 }) },
  verifyRealisations: { input: () => ({ realisations: [{ ...PROVEN, version: 2 }] }) },
  voidContactCodes: {
    before: async (world) => {
      const { batchId } = await world.made(
        kapus,
        'issueContactCodes',
        { staffId: 'n1', periodId: OPEN, instrumentId: 'berakhlak', count: 2 },
        'batchId',
      );
      return String(batchId);
    },
    input: (_, batchId) => ({ batchId, reason: 'x' }),
  },
  voidSurveyCodes: {
    before: async (world) => {
      const { batchId } = await world.made(
        kapus,
        'issueSurveyCodes',
        { campaignId: world.ids['campaign'], count: 2 },
        'batchId',
      );
      return String(batchId);
    },
    input: (_, batchId) => ({ batchId, reason: 'x' }),
  },
  withdrawActivity: { input: ({ ids }) => ({ id: ids['activity'], version: 1 }) },
  withdrawAnnouncement: { input: ({ ids }) => ({ id: ids['announcement'], version: 1, reason: 'x' }) },
  withdrawCarryover: { input: () => ({ periodId: OPEN, staffId: 'mv', version: 1 }) },
  withdrawEnrolment: { input: ({ ids }) => ({ programmeId: ids['programme'], staffId: 'n1' }) },
  withdrawObjection: { input: ({ ids }) => ({ id: ids['objection'], version: 1, reason: 'x' }) },
  withdrawPlanProposal: {
    before: proposedBy(n1),
    input: (_, version) => ({ ...ON_PLAN, version: Number(version) }),
  },
};

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
const importLine = {
  id: 'L1',
  indicatorCode: INDICATOR.toUpperCase(),
  title: 'x',
  aspect: 'QUANTITY',
  weight: 10_000,
  monthlyTargets: monthly('40'),
};
const months27 = Array.from({ length: 12 }, (_, at) => ({
  month: `2027-${String(at + 1).padStart(2, '0')}`,
  target,
}));
const importLine27 = { ...importLine, monthlyTargets: months27 };
const plan27Line = {
  title: 'x',
  aspect: 'QUANTITY',
  indicatorId: INDICATOR,
  weight: 10_000,
  monthlyTargets: months27,
};

/** A panel that the assessor has assigned. */
function chosenPeersOf(staffId: string, peer: string): (world: World) => Promise<undefined> {
  return async (world) => {
    await chosenPeers('NOMINATED')(world);
    await world.made(caller(staffId), 'nominatePeers', { periodId: OPEN, staffId, peerIds: [peer] });
    await world.made(kapus, 'decidePeers', {
      periodId: OPEN,
      staffId,
      version: 1,
      approve: [peer],
      refuse: [],
      add: [],
    });
    return undefined;
  };
}
