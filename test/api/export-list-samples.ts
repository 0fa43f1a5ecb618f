/** Tables beside the queries that show the same. */

import type { ExportTableName } from '../../functions/domain/export/table.ts';
import { exportWords } from '../../functions/domain/export/words.ts';
import { type Message, resultWords } from '../../functions/domain/messages.ts';
import { PERIOD } from '../usecases/work-region.ts';
import { NEXT } from './export-list-region.ts';

/** A part of an answer. */
export class Node {
  private readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  private of(path: string): unknown {
    let value = this.value;
    for (const name of path.split('.'))
      value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
    return value ?? null;
  }

  node(path: string): Node {
    return new Node(this.of(path));
  }

  list(path: string): readonly Node[] {
    const value = this.of(path);
    return Array.isArray(value) ? value.map((each) => new Node(each)) : [];
  }

  /** As a cell says it. */
  cell(path: string): string | null {
    const value = this.of(path);
    return value === null || value === '' ? null : String(value);
  }

  cells(...paths: readonly string[]): readonly (string | null)[] {
    return paths.map((path) => this.cell(path));
  }

  /** A code in words. */
  word(path: string, words: Readonly<Record<string, Message>>): string | null {
    const code = this.cell(path);
    return code === null ? null : (words[code]?.en ?? `no word for ${code}`);
  }

  words(path: string, words: Readonly<Record<string, Message>>): string {
    const value = this.of(path);
    return (Array.isArray(value) ? value : []).map((code) => words[String(code)]?.en).join('; ');
  }
}

type Cells = readonly (string | null)[];

/** A table beside the query that shows the same. */
export interface Sample {
  readonly table: ExportTableName;
  readonly input: object;
  readonly query: string;
  /** The rows that the answer makes. */
  readonly rows: (answer: Node) => readonly Cells[];
  /** Who is answered; the others are refused, by the query as by the table. */
  readonly allowed: readonly string[];
  /** Who has something to read; all of them if left out. */
  readonly few?: readonly string[];
  /** The query answers without a login, too. */
  readonly open?: true;
}

const SIGNED_IN = ['hrAdmin', 'auditor', 'planner', 'kadis', 'kapus', 'kadispar', 'n1'];
const HEADS = ['kadis', 'kapus'];
export const unit = { unitId: 'puskesmas' };
const PUSKESMAS = ['02', 'Unit puskesmas'];
const who = 'staff { nip name }';
const WHO = ['staff.nip', 'staff.name'];
const yesNo = { true: exportWords.yesNo.yes, false: exportWords.yesNo.no };

const looked = 'unit { code name } year at through agreementPace counts { count } lacking';
const ofLook = (one: Node): Cells => [
  ...one.cells('year', 'unit.code', 'unit.name', 'at', 'through'),
  one.word('agreementPace', exportWords.pace),
  ...one.list('counts').map((each) => each.cell('count')),
  one.cell('lacking'),
];

const feedbackCells = (one: Node): Cells => [
  one.cell('givenOn'),
  one.word('source', exportWords.feedbackSource),
  one.cell('author.name'),
  one.word('form', exportWords.feedbackForm),
  one.word('value', exportWords.value),
  one.cell('line.title'),
  one.word('progress', yesNo),
  ...one.cells('text', 'origin', 'answer', 'answeredAt'),
];
const saidFields =
  'staff { nip name } givenOn source author { name } form value line { title } progress text origin answer answeredAt';
const noteFields = `staff { nip name } heldOn method givenBy { name } line { title } value issue discussion actions { text dueOn } followUpOn acknowledgedAt response followUp { outcome note }`;
const noteCells = (one: Node): Cells => [
  ...one.cells(...WHO),
  ...PUSKESMAS,
  one.cell('heldOn'),
  one.word('method', exportWords.guidanceMethod),
  ...one.cells('givenBy.name', 'line.title'),
  one.word('value', exportWords.value),
  ...one.cells('issue', 'discussion'),
  one
    .list('actions')
    .map((action) => `${action.cell('text')} (${action.cell('dueOn')})`)
    .join('; '),
  ...one.cells('followUpOn', 'acknowledgedAt', 'response'),
  one.word('followUp.outcome', exportWords.guidanceOutcome),
  one.cell('followUp.note'),
];
const oneFeedback: Omit<Sample, 'input' | 'allowed'> = {
  table: 'FEEDBACK',
  query: `{ feedback(staffId: "n1") { nodes { ${saidFields} } } }`,
  rows: (answer) =>
    answer.list('feedback.nodes').map((one) => [...one.cells(...WHO), ...PUSKESMAS, ...feedbackCells(one)]),
};
const counselling: Omit<Sample, 'input' | 'allowed'> = {
  table: 'COUNSELLING',
  query: `{ counselling(staffId: "n1") { nodes { ${noteFields} } } }`,
  rows: (answer) => answer.list('counselling.nodes').map(noteCells),
};
const panel: Omit<Sample, 'input' | 'allowed'> = {
  table: 'PEER_PANELS',
  query: `{ peerPanel(periodId: "${NEXT}", staffId: "n1") { ${who} assigned members { ${who} state origin reason } } }`,
  rows: (answer) =>
    answer
      .list('peerPanel.members')
      .map((one) => [
        NEXT,
        ...answer.cells('peerPanel.staff.nip', 'peerPanel.staff.name'),
        ...PUSKESMAS,
        answer.word('peerPanel.assigned', yesNo),
        ...one.cells(...WHO),
        one.word('state', exportWords.panel),
        one.word('origin', exportWords.panelOrigin),
        one.cell('reason'),
      ]),
};
const changes: Omit<Sample, 'input' | 'allowed'> = {
  table: 'RATING_CHANGES',
  query: `{ ratingChanges(periodId: "${PERIOD}", staffId: "n1") { at by { name } before { workResult behaviour }
    after { workResult behaviour innovation reason } } staff(id: "n1") { nip name } }`,
  rows: (answer) =>
    answer
      .list('ratingChanges')
      .map((one) => [
        PERIOD,
        ...answer.cells(...WHO),
        ...PUSKESMAS,
        ...one.cells('at', 'by.name'),
        one.word('before.workResult', resultWords.rating),
        one.word('before.behaviour', resultWords.rating),
        one.word('after.workResult', resultWords.rating),
        one.word('after.behaviour', resultWords.rating),
        one.word('after.innovation', yesNo),
        one.cell('after.reason'),
      ]),
};

const targetOf = (target: Node): string | null =>
  target.cell('value') ?? (target.cell('low') && `${target.cell('low')}–${target.cell('high')}`);
const percentOf = (one: Node, path: string): string => String(Number(one.cell(path)) / 100);

const templateFields = `jobGroup name retired lines { title kind goalId indicatorId weight target { value low high }
  monthlyTargets { month target { value low high } } }`;
const templates: Omit<Sample, 'input' | 'query' | 'allowed'> = {
  table: 'PLAN_TEMPLATES',
  rows: (answer) =>
    answer.list('planTemplates.nodes').flatMap((one) =>
      one.list('lines').flatMap((line) => {
        const about = [
          ...one.cells('jobGroup', 'name'),
          one.word('retired', yesNo),
          line.cell('title'),
          line.word('kind', resultWords.line),
          line.cell('goalId') && 'S2',
          'VISITS',
          'Indikator visits',
          'patients',
          percentOf(line, 'weight'),
        ];
        const ofYear = targetOf(line.node('target'));
        return [
          ...(ofYear === null ? [] : [[...about, null, ofYear]]),
          ...line
            .list('monthlyTargets')
            .map((each) => [
              ...about,
              each.cell('month')?.padStart(2, '0') ?? null,
              targetOf(each.node('target')),
            ]),
        ];
      }),
    ),
};
const suggestions = (campaignId: string): Sample => ({
  table: 'SUGGESTIONS',
  input: { campaignId },
  query: `{ surveyCampaign(id: "${campaignId}") { unit { code name } service { en } opens closes PUBLISHED: suggestions { nodes { text } }
    SUBMITTED: suggestionsInState(state: SUBMITTED) { nodes { text } } WITHHELD: suggestionsInState(state: WITHHELD) { nodes { text } } } }`,
  rows: (answer) =>
    (['PUBLISHED', 'SUBMITTED', 'WITHHELD'] as const).flatMap((state) =>
      answer
        .list(`surveyCampaign.${state}.nodes`)
        .map((one) => [
          ...answer.cells('surveyCampaign.unit.code', 'surveyCampaign.unit.name'),
          ...answer.cells('surveyCampaign.service.en', 'surveyCampaign.opens', 'surveyCampaign.closes'),
          exportWords.suggestion[state].en,
          one.cell('text'),
        ]),
    ),
  allowed: SIGNED_IN,
  open: true,
});

export const samples: readonly Sample[] = [
  { ...oneFeedback, input: { staffId: 'n1' }, allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'] },
  { ...counselling, input: { staffId: 'n1' }, allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'] },
  { ...panel, input: { periodId: NEXT, staffId: 'n1' }, allowed: ['hrAdmin', 'auditor', 'kapus', 'n1'] },
  { ...changes, input: { periodId: PERIOD, staffId: 'n1' }, allowed: ['hrAdmin', 'auditor', ...HEADS] },
  {
    table: 'GIVEN_FEEDBACK',
    input: {},
    query: `{ givenFeedback { nodes { ${saidFields} } } }`,
    rows: (answer) =>
      answer.list('givenFeedback.nodes').map((one) => [...one.cells(...WHO), ...feedbackCells(one)]),
    allowed: SIGNED_IN,
    few: ['kapus'],
  },
  {
    table: 'GUIDANCE',
    input: { staffId: 'n1' },
    query: `{ guidance(staffId: "n1") { nodes { ${noteFields} } } }`,
    rows: (answer) => answer.list('guidance.nodes').map(noteCells),
    allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'],
  },
  {
    table: 'CALIBRATION',
    input: { ...unit, periodId: PERIOD },
    query: `{ calibration(unitId: "puskesmas", periodId: "${PERIOD}") { entries { nodes { differs proposal { ${who}
      workResult { score { shown } proposed } behaviour { score { shown } proposed }
      decision { workResult behaviour reason } predicate score { shown } } } } } }`,
    rows: (answer) =>
      answer
        .list('calibration.entries.nodes')
        .map((one) => [
          PERIOD,
          ...one.cells('proposal.staff.nip', 'proposal.staff.name'),
          ...PUSKESMAS,
          one.cell('proposal.workResult.score.shown'),
          one.word('proposal.workResult.proposed', resultWords.rating),
          one.cell('proposal.behaviour.score.shown'),
          one.word('proposal.behaviour.proposed', resultWords.rating),
          one.word('proposal.decision.workResult', resultWords.rating),
          one.word('proposal.decision.behaviour', resultWords.rating),
          one.cell('proposal.decision.reason'),
          one.word('differs', yesNo),
          one.word('proposal.predicate', resultWords.predicate),
          one.cell('proposal.score.shown'),
        ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS],
  },
  {
    table: 'JOINT_ACTIVITIES',
    input: { staffId: 'n1' },
    query: `{ jointActivities(staffId: "n1") { nodes { title purpose from to leadUnit { code name } leader { name } state reason
      results { on text } participants { ${who} unit { code name } role state reason } } } }`,
    rows: (answer) =>
      answer.list('jointActivities.nodes').flatMap((one) =>
        one.list('participants').map((each) => [
          ...one.cells('title', 'purpose', 'from', 'to', 'leadUnit.code', 'leadUnit.name', 'leader.name'),
          one.word('state', exportWords.joint),
          one.cell('reason'),
          one
            .list('results')
            .map((result) => `${result.cell('on')}: ${result.cell('text')}`)
            .join('; '),
          ...each.cells(...WHO, 'unit.code', 'unit.name', 'role'),
          each.word('state', exportWords.participation),
          each.cell('reason'),
        ]),
      ),
    allowed: SIGNED_IN,
  },
  {
    table: 'TOPICS',
    input: unit,
    query: `{ topics(unitId: "puskesmas") { nodes { kind indicator { code } title text author { name } at
      answer { text by { name } at } hidden { reason } } } }`,
    rows: (answer) =>
      answer
        .list('topics.nodes')
        .map((one) => [
          ...PUSKESMAS,
          one.word('kind', exportWords.topic),
          ...one.cells('indicator.code', 'title', 'text', 'author.name', 'at'),
          ...one.cells('answer.text', 'answer.by.name', 'answer.at', 'hidden.reason'),
        ]),
    allowed: ['hrAdmin', 'auditor', 'planner', ...HEADS, 'n1'],
  },
  {
    table: 'ANNOUNCEMENTS',
    input: {},
    query: `{ announcements { nodes { unit { code name } audience title text effectiveFrom isPublic publishedAt withdrawn acknowledge acknowledgedAt } } }`,
    rows: (answer) =>
      answer
        .list('announcements.nodes')
        .map((one) => [
          ...one.cells('unit.code', 'unit.name'),
          one.word('audience', exportWords.audience),
          ...one.cells('title', 'text', 'effectiveFrom'),
          one.word('isPublic', yesNo),
          ...one.cells('publishedAt', 'withdrawn'),
          one.word('acknowledge', yesNo),
          one.cell('acknowledgedAt'),
        ]),
    allowed: SIGNED_IN,
    few: [...HEADS, 'n1'],
  },
  {
    table: 'ANNOUNCEMENT_READERS',
    input: { ...unit, announcementId: 'a-1' },
    query: `{ announcementReaders(id: "a-1", unitId: "puskesmas") { nodes { ${who} acknowledgedAt } } }`,
    rows: (answer) =>
      answer
        .list('announcementReaders.nodes')
        .map((one) => [...one.cells(...WHO), ...PUSKESMAS, one.cell('acknowledgedAt')]),
    allowed: ['hrAdmin', 'auditor', 'planner', ...HEADS],
  },
  {
    table: 'AUDIT_TRAIL',
    input: { entity: `PERIOD#${PERIOD}` },
    query: `{ auditTrail(entity: "PERIOD#${PERIOD}") { nodes { entity sequence at actorId actorRole operation reason correlationId after previousHash hash } } }`,
    rows: (answer) =>
      answer
        .list('auditTrail.nodes')
        .map((one) => [
          ...one.cells('entity', 'sequence', 'at', 'actorId', 'actorRole', 'operation', 'reason'),
          ...one.cells('correlationId', 'after', 'previousHash', 'hash'),
        ]),
    allowed: ['auditor'],
  },
  {
    table: 'COURSES',
    input: {},
    query:
      '{ courses { nodes { id title description competence method hours values indicatorIds jobGroups retired } } }',
    rows: (answer) =>
      answer.list('courses.nodes').map((one) => [
        ...one.cells('id', 'title', 'description'),
        one.word('competence', exportWords.competence),
        one.word('method', exportWords.trainingMethod),
        one.cell('hours'),
        one.words('values', exportWords.value),
        // The catalogue of the test has its ids as codes.
        one.cell('indicatorIds')?.toUpperCase() ?? null,
        one.cell('jobGroups'),
        one.word('retired', yesNo),
      ]),
    allowed: SIGNED_IN,
  },
  {
    table: 'PROGRAMMES',
    input: {},
    query:
      '{ programmes(from: "2000-01-01") { nodes { course { id title } startsOn endsOn place seats { capacity taken waiting } state } } }',
    rows: (answer) =>
      answer
        .list('programmes.nodes')
        .map((one) => [
          ...one.cells('course.id', 'course.title', 'startsOn', 'endsOn', 'place'),
          ...one.cells('seats.capacity', 'seats.taken', 'seats.waiting'),
          one.word('state', exportWords.programme),
        ]),
    allowed: SIGNED_IN,
  },
  {
    table: 'TRAINING_CANDIDATES',
    input: { ...unit, periodId: PERIOD, courseId: 'PRIMA' },
    query: `{ course(id: "PRIMA") { title candidates(unitId: "puskesmas", periodId: "${PERIOD}", top: 100) {
      ${who} need { shown } reasons { value title } } } }`,
    rows: (answer) =>
      answer.list('course.candidates').map((one, index) => [
        answer.cell('course.title'),
        PERIOD,
        ...PUSKESMAS,
        String(index + 1),
        ...one.cells(...WHO),
        one.cell('need.shown'),
        one
          .list('reasons')
          .map((reason) => reason.word('value', exportWords.value) ?? reason.cell('title'))
          .join('; '),
      ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS],
  },
  {
    table: 'CAREER_PLANS',
    input: { staffId: 'n1' },
    query: `{ staff(id: "n1") { nip name unit { code name } careerPlan { goal mentor { name } state steps { text dueOn course { title } state note } } } }`,
    rows: (answer) =>
      answer
        .list('staff.careerPlan.steps')
        .map((step) => [
          ...answer.cells('staff.nip', 'staff.name', 'staff.unit.code', 'staff.unit.name'),
          ...answer.cells('staff.careerPlan.goal', 'staff.careerPlan.mentor.name'),
          answer.word('staff.careerPlan.state', exportWords.careerPlan),
          ...step.cells('text', 'dueOn', 'course.title'),
          step.word('state', exportWords.careerStep),
          step.cell('note'),
        ]),
    // The mentor heads neither the person nor the unit.
    allowed: ['hrAdmin', 'auditor', ...HEADS, 'kadispar', 'n1'],
  },
  {
    table: 'RATING_COMPLETION',
    input: { ...unit, periodId: PERIOD },
    query: `{ ratingCompletion(periodId: "${PERIOD}", unitId: "puskesmas") { staff groups { group due done } } }`,
    rows: (answer) =>
      answer
        .list('ratingCompletion.groups')
        .map((one) => [
          PERIOD,
          ...PUSKESMAS,
          answer.cell('ratingCompletion.staff'),
          one.word('group', resultWords.group),
          ...one.cells('due', 'done'),
        ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS],
  },
  {
    table: 'RATING_FLAGS',
    input: { ...unit, periodId: PERIOD },
    query: `{ ratingFlags(periodId: "${PERIOD}", unitId: "puskesmas") { kind ${who} caseId ratings mean others day } }`,
    rows: (answer) =>
      answer
        .list('ratingFlags')
        .map((one) => [
          PERIOD,
          ...PUSKESMAS,
          one.word('kind', exportWords.flag),
          ...one.cells(...WHO, 'caseId', 'ratings', 'mean', 'others', 'day'),
        ]),
    allowed: ['hrAdmin', 'auditor'],
  },
  {
    table: 'PROGRESS',
    input: { ...unit, year: 2026 },
    query: `{ unitProgress(unitId: "puskesmas", year: 2026) { at through people { nodes { ${who} pace missing } } } }`,
    rows: (answer) =>
      answer
        .list('unitProgress.people.nodes')
        .map((one) => [
          '2026',
          ...one.cells(...WHO),
          ...PUSKESMAS,
          ...answer.cells('unitProgress.at', 'unitProgress.through'),
          one.word('pace', exportWords.pace),
          one.cell('missing'),
        ]),
    allowed: ['hrAdmin', 'auditor', 'planner', ...HEADS],
  },
  {
    table: 'UNIT_PROGRESS',
    input: { year: 2026 },
    query: `{ regionProgress(year: 2026) { units { nodes { ${looked} } } } }`,
    rows: (answer) => answer.list('regionProgress.units.nodes').map(ofLook),
    allowed: ['hrAdmin', 'auditor', 'planner'],
  },
  {
    table: 'UNIT_PROGRESS',
    input: { unitId: 'dinkes', year: 2026 },
    query: `{ unitProgress(unitId: "dinkes", year: 2026) { ${looked} unitsBelow { nodes { ${looked} } } } }`,
    rows: (answer) =>
      [answer.node('unitProgress'), ...answer.list('unitProgress.unitsBelow.nodes')].map(ofLook),
    allowed: ['hrAdmin', 'auditor', 'planner', 'kadis'],
  },
  {
    table: 'PERIODS',
    input: {},
    query: '{ periods { id start end state closesAt attempt publishedAt finalAt failure } }',
    rows: (answer) =>
      answer
        .list('periods')
        .map((one) => [
          ...one.cells('id', 'start', 'end'),
          one.word('state', exportWords.period),
          ...one.cells('closesAt', 'attempt', 'publishedAt', 'finalAt', 'failure'),
        ]),
    allowed: SIGNED_IN,
    open: true,
  },
  {
    table: 'LATE_CORRECTIONS',
    input: { periodId: '2025' },
    query: `{ lateCorrections(periodId: "2025") { nodes { sourcePeriodId ${who} decision { outcome reason at } } } }`,
    rows: (answer) =>
      answer
        .list('lateCorrections.nodes')
        .map((one) => [
          '2025',
          ...one.cells('sourcePeriodId', ...WHO),
          one.word('decision.outcome', exportWords.late),
          ...one.cells('decision.reason', 'decision.at'),
        ]),
    allowed: ['hrAdmin', 'auditor'],
  },
  {
    table: 'GOALS_NOT_TAKEN_UP',
    input: { year: 2026 },
    query: '{ goalsNotTakenUp(year: 2026) { nodes { code title unit { code name } fromYear toYear } } }',
    rows: (answer) =>
      answer
        .list('goalsNotTakenUp.nodes')
        .map((one) => [
          '2026',
          ...one.cells('code', 'title', 'unit.code', 'unit.name', 'fromYear', 'toYear'),
        ]),
    allowed: SIGNED_IN,
  },
  {
    table: 'UNIT_INDICATORS',
    input: { ...unit, periodId: PERIOD },
    query: `{ unitResult(unitId: "puskesmas", periodId: "${PERIOD}") { lines { title kind indicatorName measure { unitOfMeasure }
      target { value low high } realisation achievement { shown } notMeasured weight effectiveWeight rating } } }`,
    rows: (answer) =>
      answer
        .list('unitResult.lines')
        .map((one) => [
          PERIOD,
          ...PUSKESMAS,
          one.cell('title'),
          one.word('kind', resultWords.line),
          ...one.cells('indicatorName', 'measure.unitOfMeasure'),
          targetOf(one.node('target')),
          ...one.cells('realisation', 'achievement.shown'),
          one.word('notMeasured', resultWords.notMeasured),
          percentOf(one, 'weight'),
          percentOf(one, 'effectiveWeight'),
          one.word('rating', resultWords.rating),
        ]),
    allowed: SIGNED_IN,
    open: true,
  },
  {
    table: 'GOAL_SERVICE',
    input: { year: 2026 },
    query: `{ goals(first: 5) { nodes { code title servedBy(year: 2026, first: 5) { nodes { plan { staff { nip name } unit { code name } }
      lines { title indicatorName measure { unitOfMeasure } } } } } } }`,
    rows: (answer) =>
      answer
        .list('goals.nodes')
        .flatMap((goal) =>
          goal
            .list('servedBy.nodes')
            .flatMap((one) =>
              one
                .list('lines')
                .map((line) => [
                  '2026',
                  ...goal.cells('code', 'title'),
                  ...one.cells('plan.staff.nip', 'plan.staff.name', 'plan.unit.code', 'plan.unit.name'),
                  ...line.cells('title', 'indicatorName', 'measure.unitOfMeasure'),
                ]),
            ),
        ),
    allowed: SIGNED_IN,
    open: true,
  },
  { ...templates, input: {}, query: `{ planTemplates { nodes { ${templateFields} } } }`, allowed: SIGNED_IN },
  {
    ...templates,
    input: { jobGroup: 'leader' },
    query: `{ planTemplates(jobGroup: "leader") { nodes { ${templateFields} } } }`,
    allowed: SIGNED_IN,
  },
  {
    table: 'PROGRAMME_EFFECTS',
    input: {},
    query: `{ programmes(from: "2000-01-01") { nodes { course { id title } startsOn endsOn
      effect { before after values { participants before { shown } after { shown } } lines { participants before { shown } after { shown } } } } } }`,
    rows: (answer) =>
      answer
        .list('programmes.nodes')
        .filter((one) => one.cell('effect.before') !== null)
        .map((one) => [
          ...one.cells('course.id', 'course.title', 'startsOn', 'endsOn', 'effect.before', 'effect.after'),
          ...['values', 'lines'].flatMap((figure) =>
            one.cells(
              `effect.${figure}.participants`,
              `effect.${figure}.before.shown`,
              `effect.${figure}.after.shown`,
            ),
          ),
        ]),
    allowed: ['hrAdmin', 'auditor', 'planner'],
  },
  {
    table: 'RUNNING_SURVEYS',
    input: {},
    query: `{ surveyCampaigns { nodes { unit { code name } service { en } opens closes phase withoutCodePerHour minimumAnswers
      counts { codesIssued withCode withoutCode } } } }`,
    rows: (answer) =>
      answer
        .list('surveyCampaigns.nodes')
        .map((one) => [
          ...one.cells('unit.code', 'unit.name', 'service.en', 'opens', 'closes'),
          one.word('phase', exportWords.surveyPhase),
          ...one.cells('withoutCodePerHour', 'minimumAnswers'),
          ...one.cells('counts.codesIssued', 'counts.withCode', 'counts.withoutCode'),
        ]),
    allowed: SIGNED_IN,
    open: true,
  },
  suggestions('skm-open'),
  suggestions('skm-shut'),
  {
    table: 'PUBLIC_ANNOUNCEMENTS',
    input: {},
    query:
      '{ publicAnnouncements { nodes { unit { code name } title text effectiveFrom publishedAt withdrawn } } }',
    rows: (answer) =>
      answer
        .list('publicAnnouncements.nodes')
        .map((one) =>
          one.cells('unit.code', 'unit.name', 'title', 'text', 'effectiveFrom', 'publishedAt', 'withdrawn'),
        ),
    allowed: SIGNED_IN,
    open: true,
  },
  {
    table: 'STAFF_ENROLMENTS',
    input: { staffId: 'n1' },
    query: `{ staff(id: "n1") { nip name enrolments { nodes { programme { course { title } startsOn endsOn } state requestedAt hours } } } }`,
    rows: (answer) =>
      answer
        .list('staff.enrolments.nodes')
        .map((one) => [
          ...answer.cells('staff.nip', 'staff.name'),
          ...PUSKESMAS,
          ...one.cells('programme.course.title', 'programme.startsOn', 'programme.endsOn'),
          one.word('state', exportWords.enrolment),
          ...one.cells('requestedAt', 'hours'),
        ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'],
  },
  {
    table: 'TRAINING_NEEDS',
    input: { staffId: 'n1', periodId: PERIOD },
    query: `{ staff(id: "n1") { nip name trainingNeeds(periodId: "${PERIOD}") { course { title } need { shown } reasons { value title } } } }`,
    rows: (answer) =>
      answer.list('staff.trainingNeeds').map((one, index) => [
        PERIOD,
        ...answer.cells('staff.nip', 'staff.name'),
        ...PUSKESMAS,
        String(index + 1),
        ...one.cells('course.title', 'need.shown'),
        one
          .list('reasons')
          .map((reason) => reason.word('value', exportWords.value) ?? reason.cell('title'))
          .join('; '),
      ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'],
  },
  {
    table: 'PLANS',
    input: { staffId: 'n1', year: 2026 },
    query: `{ plan(staffId: "n1", year: 2026) { staff { nip name } lines { line { title kind indicatorName
      measure { unitOfMeasure } weight targets { month target { value low high } } } } } }`,
    rows: (answer) =>
      answer
        .list('plan.lines')
        .flatMap((one) =>
          one
            .list('line.targets')
            .map((each) => [
              '2026',
              ...answer.cells('plan.staff.nip', 'plan.staff.name'),
              ...PUSKESMAS,
              one.cell('line.title'),
              one.word('line.kind', resultWords.line),
              ...one.cells('line.indicatorName', 'line.measure.unitOfMeasure'),
              percentOf(one, 'line.weight'),
              each.cell('month')?.slice(5) ?? null,
              targetOf(each.node('target')),
            ]),
        ),
    allowed: ['hrAdmin', 'auditor', 'planner', ...HEADS, 'n1'],
  },
  {
    table: 'FOLLOW_UPS',
    input: { staffId: 'n1', periodId: PERIOD },
    query: `{ staff(id: "n1") { nip name followUps { nodes { measure state proposal { reason } } } } }`,
    rows: (answer) =>
      answer
        .list('staff.followUps.nodes')
        .map((one) => [
          PERIOD,
          ...answer.cells('staff.nip', 'staff.name'),
          ...PUSKESMAS,
          one.word('measure', exportWords.measure),
          one.word('state', exportWords.followUp),
          exportWords.proposer.PERSON.en,
          one.cell('proposal.reason'),
          null,
          null,
          null,
          null,
          null,
        ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'],
  },
];
