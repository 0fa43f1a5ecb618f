import type { Actor, Operation } from '../../domain/access-policy.ts';
import { exportColumns } from '../../domain/export/columns.ts';
import type { ExportTable, ExportTableName, Row } from '../../domain/export/table.ts';
import type { Locale } from '../../domain/messages.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { problem, reject, rejectIf } from '../../domain/problem.ts';
import { authorise, type Capacity, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { resultOfStaff, wasAssessor } from '../result/read-result.ts';
import { isMentor } from '../training/read-enrolments.ts';
import { activityRows } from './activity-rows.ts';
import { allowanceRows, attendanceRows } from './allowance-rows.ts';
import { careerRows } from './career-rows.ts';
import { goalRows, indicatorRows, unitRows } from './catalogue-rows.ts';
import { candidateRows, courseRows, effectRows, programmeRows } from './course-rows.ts';
import { creditRows } from './credit-rows.ts';
import type { ExportLimits } from './export-scope.ts';
import { followUpRows } from './follow-up-rows.ts';
import { announcementRows, publicAnnouncementRows, readerRows, topicRows } from './forum-rows.ts';
import { jointRows } from './joint-rows.ts';
import { objectionRows } from './objection-rows.ts';
import { goalNotTakenUpRows, goalServiceRows, lateCorrectionRows, periodRows } from './period-rows.ts';
import { agreementRows, planRows, realisationRows } from './plan-rows.ts';
import { progressRows, unitProgressRows } from './progress-rows.ts';
import { calibrationRows, completionRows, flagRows, panelRows, ratingChangeRows } from './rating-rows.ts';
import { dayOfRating } from './rating-scope.ts';
import { unacknowledgedRows } from './receipt-rows.ts';
import { rankingRows, resultRows, unitIndicatorRows, unitResultRows } from './result-rows.ts';
import { reviewRows } from './review-rows.ts';
import type { ExportRequest, RowsOf } from './rows-of.ts';
import { runningSurveyRows, suggestionRows, surveyRows } from './satisfaction-rows.ts';
import { absenceRows, staffRows } from './staff-rows.ts';
import { counsellingRows, feedbackRows, givenFeedbackRows, guidanceRows } from './talk-rows.ts';
import { templateRows } from './template-rows.ts';
import { trailRows } from './trail-rows.ts';
import { enrolmentRows, needRows, staffEnrolmentRows } from './training-rows.ts';

/** How a table is read, and what its request says. */
interface TableKind {
  readonly rows: RowsOf;
  /** Who may read the table as a whole; which of its rows is then decided one by one. */
  readonly reads: Operation;
  readonly needs: readonly (
    | 'periodId'
    | 'year'
    | 'month'
    | 'programmeId'
    | 'courseId'
    | 'announcementId'
    | 'campaignId'
    | 'entity'
  )[];
  /** Of one person: who may read it, too. The plan that a person mentors, or the result of whom they assessed then. */
  readonly alsoReads?: (deps: Deps, actor: Actor, staff: Staff, request: ExportRequest) => Promise<boolean>;
  /** Whether the relations of the period's day of rating count, in place of today's. */
  readonly onRatingDay?: true;
  /** What may narrow it. */
  readonly narrowed: readonly ('unitId' | 'jobGroup' | 'staffId')[];
}

const OF_UNITS = ['unitId'] as const;
const OF_PEOPLE = ['unitId', 'staffId'] as const;

const TABLES: Readonly<Record<ExportTableName, TableKind>> = {
  STAFF: { rows: staffRows, reads: 'Staff.assignments', needs: [], narrowed: OF_UNITS },
  ABSENCES: { rows: absenceRows, reads: 'Staff.absences', needs: [], narrowed: OF_PEOPLE },
  UNITS: { rows: unitRows, reads: 'Query.units', needs: [], narrowed: OF_UNITS },
  RESULTS: {
    rows: resultRows,
    reads: 'Query.result',
    needs: ['periodId'],
    narrowed: OF_PEOPLE,
    alsoReads: async (deps, actor, staff, { periodId }) => {
      const result = await resultOfStaff(deps, actor, staff, periodId ?? '');
      return result !== null && wasAssessor(actor, result);
    },
  },
  UNIT_RESULTS: { rows: unitResultRows, reads: 'Query.unitResult', needs: ['periodId'], narrowed: OF_UNITS },
  RANKING: {
    rows: rankingRows,
    reads: 'Query.ranking',
    needs: ['periodId'],
    narrowed: ['unitId', 'jobGroup'],
  },
  PLANS: { rows: planRows, reads: 'Query.plan', needs: ['year'], narrowed: OF_PEOPLE },
  AGREEMENTS: { rows: agreementRows, reads: 'Query.agreement', needs: ['year'], narrowed: OF_UNITS },
  REALISATIONS: { rows: realisationRows, reads: 'Query.plan', needs: ['year'], narrowed: OF_PEOPLE },
  ACTIVITIES: {
    rows: activityRows,
    reads: 'Query.activities',
    needs: ['month'],
    narrowed: OF_PEOPLE,
  },
  ALLOWANCES: { rows: allowanceRows, reads: 'Staff.allowance', needs: ['month'], narrowed: OF_PEOPLE },
  ATTENDANCE: { rows: attendanceRows, reads: 'Staff.allowance', needs: ['month'], narrowed: OF_PEOPLE },
  CREDITS: { rows: creditRows, reads: 'Staff.credits', needs: ['periodId'], narrowed: OF_PEOPLE },
  UNACKNOWLEDGED: {
    rows: unacknowledgedRows,
    reads: 'Query.unacknowledgedResults',
    needs: ['periodId'],
    narrowed: OF_UNITS,
  },
  OBJECTIONS: { rows: objectionRows, reads: 'Query.objections', needs: ['periodId'], narrowed: [] },
  FOLLOW_UPS: {
    rows: followUpRows,
    reads: 'Query.followUps',
    needs: ['periodId'],
    narrowed: OF_PEOPLE,
    alsoReads: (deps, actor, staff) => permits(deps, actor, 'Staff.followUps', { staff }),
  },
  ENROLMENTS: { rows: enrolmentRows, reads: 'Programme.enrolments', needs: ['programmeId'], narrowed: [] },
  COURSES: { rows: courseRows, reads: 'Query.courses', needs: [], narrowed: [] },
  PROGRAMMES: { rows: programmeRows, reads: 'Query.programmes', needs: [], narrowed: [] },
  TRAINING_CANDIDATES: {
    rows: candidateRows,
    reads: 'Course.candidates',
    needs: ['courseId', 'periodId'],
    narrowed: OF_UNITS,
  },
  CAREER_PLANS: {
    rows: careerRows,
    reads: 'Staff.careerPlan',
    needs: [],
    narrowed: OF_PEOPLE,
    alsoReads: async (deps, actor, staff) => {
      const plan = await deps.store.training.career(staff.id);
      return plan !== null && isMentor(actor, plan);
    },
  },
  STAFF_ENROLMENTS: { rows: staffEnrolmentRows, reads: 'Staff.enrolments', needs: [], narrowed: OF_PEOPLE },
  TRAINING_NEEDS: {
    rows: needRows,
    reads: 'Staff.trainingNeeds',
    needs: ['periodId'],
    narrowed: OF_PEOPLE,
  },
  RATING_COMPLETION: {
    rows: completionRows,
    reads: 'Query.ratingCompletion',
    needs: ['periodId'],
    narrowed: OF_UNITS,
  },
  RATING_FLAGS: { rows: flagRows, reads: 'Query.ratingFlags', needs: ['periodId'], narrowed: OF_UNITS },
  CALIBRATION: {
    rows: calibrationRows,
    reads: 'Query.calibration',
    needs: ['periodId'],
    onRatingDay: true,
    narrowed: OF_UNITS,
  },
  RATING_CHANGES: {
    rows: ratingChangeRows,
    reads: 'Query.ratingChanges',
    needs: ['periodId'],
    onRatingDay: true,
    narrowed: OF_PEOPLE,
  },
  PEER_PANELS: {
    rows: panelRows,
    reads: 'Query.peerPanel',
    needs: ['periodId'],
    onRatingDay: true,
    narrowed: OF_PEOPLE,
  },
  FEEDBACK: { rows: feedbackRows, reads: 'Query.feedback', needs: [], narrowed: OF_PEOPLE },
  GIVEN_FEEDBACK: { rows: givenFeedbackRows, reads: 'Query.givenFeedback', needs: [], narrowed: [] },
  GUIDANCE: { rows: guidanceRows, reads: 'Query.guidance', needs: [], narrowed: OF_PEOPLE },
  COUNSELLING: { rows: counsellingRows, reads: 'Query.counselling', needs: [], narrowed: OF_PEOPLE },
  JOINT_ACTIVITIES: { rows: jointRows, reads: 'Query.jointActivities', needs: [], narrowed: OF_PEOPLE },
  TOPICS: { rows: topicRows, reads: 'Query.topics', needs: [], narrowed: OF_UNITS },
  ANNOUNCEMENTS: { rows: announcementRows, reads: 'Query.announcements', needs: [], narrowed: [] },
  ANNOUNCEMENT_READERS: {
    rows: readerRows,
    reads: 'Query.announcementReaders',
    needs: ['announcementId'],
    narrowed: OF_UNITS,
  },
  AUDIT_TRAIL: { rows: trailRows, reads: 'Query.auditTrail', needs: ['entity'], narrowed: [] },
  PROGRESS: { rows: progressRows, reads: 'Query.unitProgress', needs: ['year'], narrowed: OF_UNITS },
  UNIT_PROGRESS: { rows: unitProgressRows, reads: 'Query.unitProgress', needs: ['year'], narrowed: OF_UNITS },
  PERIODS: { rows: periodRows, reads: 'Query.periods', needs: [], narrowed: [] },
  LATE_CORRECTIONS: {
    rows: lateCorrectionRows,
    reads: 'Query.lateCorrections',
    needs: ['periodId'],
    narrowed: [],
  },
  GOALS_NOT_TAKEN_UP: {
    rows: goalNotTakenUpRows,
    reads: 'Query.goalsNotTakenUp',
    needs: ['year'],
    narrowed: [],
  },
  INDICATOR_REVIEWS: {
    rows: reviewRows,
    reads: 'Query.indicatorReviews',
    needs: ['periodId'],
    narrowed: [],
  },
  SURVEYS: { rows: surveyRows, reads: 'Query.surveyCampaign', needs: ['year'], narrowed: OF_UNITS },
  GOALS: { rows: goalRows, reads: 'Query.goals', needs: [], narrowed: [] },
  INDICATORS: { rows: indicatorRows, reads: 'Query.indicators', needs: [], narrowed: OF_UNITS },
  UNIT_INDICATORS: {
    rows: unitIndicatorRows,
    reads: 'Query.unitResult',
    needs: ['periodId'],
    narrowed: OF_UNITS,
  },
  GOAL_SERVICE: { rows: goalServiceRows, reads: 'Query.goals', needs: ['year'], narrowed: [] },
  PLAN_TEMPLATES: { rows: templateRows, reads: 'Query.planTemplates', needs: [], narrowed: ['jobGroup'] },
  PROGRAMME_EFFECTS: { rows: effectRows, reads: 'Programme.effect', needs: [], narrowed: [] },
  RUNNING_SURVEYS: { rows: runningSurveyRows, reads: 'Query.surveyCampaigns', needs: [], narrowed: [] },
  SUGGESTIONS: {
    rows: suggestionRows,
    reads: 'Query.surveyCampaign',
    needs: ['campaignId'],
    narrowed: [],
  },
  PUBLIC_ANNOUNCEMENTS: {
    rows: publicAnnouncementRows,
    reads: 'Query.publicAnnouncements',
    needs: [],
    narrowed: [],
  },
};

/**
 * Whether an actor may export: by role the region, or who heads the unit or one above it, or of a person who may read what
 * that person did. The rows follow the rules of the queries that show the same.
 * @throws Rejection FORBIDDEN; REQUIRED for what the table needs, NOT_APPLICABLE for what it neither needs nor can be narrowed by, ONE_OF
 * for two things that narrow it, NOT_FOUND
 */
export async function authoriseExport(deps: Deps, actor: Actor, request: ExportRequest): Promise<Capacity> {
  const { table, unitId, staffId } = request;
  const { reads, onRatingDay, alsoReads } = TABLES[table];
  checkRequest(request);
  const on = onRatingDay && { on: await dayOfRating(deps, request.periodId ?? '') };
  if (staffId !== null) {
    const staff = await deps.store.staff.get(staffId);
    if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
    if (await alsoReads?.(deps, actor, staff, request)) return 'STAFF';
    return authorise(deps, actor, reads, { staff, ...on });
  }
  const { units } = await deps.store.organisation.load();
  if (unitId !== null && !units.has(unitId)) throw reject('NOT_FOUND', 'unitId', { id: unitId });
  return authorise(deps, actor, reads, unitId === null ? undefined : { unitId, ...on });
}

/** What is given is used, and one thing narrows a table at most: one that ignored the other would say more than was asked for. */
function checkRequest({ table, ...request }: ExportRequest): void {
  const { needs, narrowed } = TABLES[table];
  const given = (Object.keys(request) as (keyof typeof request)[]).filter((field) => request[field] !== null);
  const [narrowing, ...more] = given.filter((field) => isOneOf(narrowed, field));
  rejectIf([
    ...needs.filter((field) => request[field] === null).map((field) => problem('REQUIRED', field)),
    ...given
      .filter((field) => !isOneOf(needs, field) && !isOneOf(narrowed, field))
      .map((field) => problem('NOT_APPLICABLE', field, { to: 'TABLE' })),
    ...more.map((field) => problem('ONE_OF', field, { options: `${narrowing}, ${field}` })),
  ]);
}

const isOneOf = (names: readonly string[], name: string): boolean => names.includes(name);

/**
 * A table, whose rows are read while they are asked for. @throws Rejection as `authoriseExport`; its pages throw TOO_MANY beyond
 * the limits
 * @param before rows that were read before the place where it goes on
 */
export async function readTable(
  deps: Deps,
  actor: Actor,
  request: ExportRequest,
  limits: ExportLimits,
  locale: Locale,
  before = 0,
): Promise<ExportTable> {
  await authoriseExport(deps, actor, request);
  const pages = TABLES[request.table].rows(deps, actor, request, limits, locale);
  return { columns: exportColumns[request.table], pages: atMost(pages, limits.rows, before) };
}

async function* atMost(
  pages: AsyncIterable<readonly Row[]>,
  maximum: number,
  before: number,
): AsyncGenerator<readonly Row[]> {
  let count = before;
  for await (const rows of pages) {
    count += rows.length;
    if (count > maximum) throw reject('TOO_MANY', '', { maximum });
    if (rows.length > 0) yield rows;
  }
}
