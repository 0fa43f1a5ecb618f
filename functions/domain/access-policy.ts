export type Role = 'PUBLIC' | 'STAFF' | 'HR_ADMIN' | 'PLANNER' | 'AUDITOR' | 'SYSTEM';

/** Who asks. `staffId` is null for PUBLIC, SYSTEM and accounts that belong to no staff member. */
export interface Actor {
  readonly roles: ReadonlySet<Role>;
  readonly staffId: string | null;
  /** Stable id for audit and idempotency: the account name, `system`, or `public`. */
  readonly id: string;
}

/**
 * What the actor is to the person or unit that an operation is about, from the data and never from a token: today, or on the
 * day of rating of the period that it is about.
 * - SELF: the person;
 * - ASSESSOR: sets the person's ratings; ASSESSORS_SUPERIOR: decides the person's objections;
 * - UNIT_HEAD: heads the unit (of the person), or one above it; never towards themselves or whoever heads a unit further up;
 * - MEMBER: serves in the unit (of the person);
 * - PEER: may rate the person as a peer (rating.ts);
 * - SUBORDINATE: is assessed by the person;
 * - REGIONAL_HEAD: enters what the head of the region (kepala daerah) decides as assessor: a personnel officer, of whoever heads a unit
 *   and has nobody above but the head of the region, and does not lead the officer. The one relation that needs an office.
 */
export type Relation =
  | 'SELF'
  | 'ASSESSOR'
  | 'ASSESSORS_SUPERIOR'
  | 'UNIT_HEAD'
  | 'MEMBER'
  | 'PEER'
  | 'SUBORDINATE'
  | 'REGIONAL_HEAD';

/** SYSTEM is time and queues; no request ever has it, so no rule can name it. */
export type RequestRole = Exclude<Role, 'SYSTEM'>;

/** Any one of the roles, or any one of the relations, is enough. Nothing named: nobody. */
export interface Rule {
  readonly roles: readonly RequestRole[];
  readonly relations: readonly Relation[];
  /** Changes nothing but what is the account's own (an inbox, a file that one may read): auditors may too. */
  readonly own?: true;
  /** No office shows it of oneself: towards oneself a role is nothing, only a relation counts. */
  readonly notOfOneself?: true;
}

const EVERYONE: readonly RequestRole[] = ['PUBLIC', 'STAFF', 'HR_ADMIN', 'PLANNER', 'AUDITOR'];
const SIGNED_IN: readonly RequestRole[] = ['STAFF', 'HR_ADMIN', 'PLANNER', 'AUDITOR'];
/** Both sides of a plan. */
const BOTH_SIDES: readonly Relation[] = ['SELF', 'ASSESSOR', 'REGIONAL_HEAD'];
/** Whoever leads the person in some way, and the person. */
const OWN_LINE: readonly Relation[] = ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD'];

/** Whether somebody may enter for the head of the region; who inspects does not. */
export const isRegionalHeadsOffice = ({ roles }: Actor): boolean =>
  roles.has('HR_ADMIN') && !roles.has('AUDITOR');

const allow = (roles: readonly RequestRole[], relations: readonly Relation[] = []): Rule => ({
  roles,
  relations,
});

/** What the person may not see, as long as it is not published. */
const allowOfOthers = (roles: readonly RequestRole[], relations: readonly Relation[]): Rule => ({
  roles,
  relations,
  notOfOneself: true,
});

const allowOwn = (roles: readonly RequestRole[]): Rule => ({ roles, relations: [], own: true });

/**
 * The access policy: every field of Query and Mutation, and each field of a type that not everybody may see who may see
 * its parent. What is not here is refused. One block an area.
 */
export const rules = {
  // The actor
  'Query.viewer': allow(EVERYONE),
  'Viewer.staff': allow(SIGNED_IN),

  // The region
  'Query.region': allow(EVERYONE),

  // Units
  'Query.unit': allow(EVERYONE),
  'Query.units': allow(EVERYONE),
  'Unit.head': allow(SIGNED_IN),
  'Unit.heads': allow(SIGNED_IN),
  'Unit.staff': allow(SIGNED_IN),
  'Mutation.createUnit': allow(['HR_ADMIN']),
  'Mutation.editUnit': allow(['HR_ADMIN']),
  'Mutation.moveUnit': allow(['HR_ADMIN']),
  'Mutation.retireUnit': allow(['HR_ADMIN']),
  'Mutation.importUnits': allow(['HR_ADMIN']),

  // Staff
  'Query.staff': allow(SIGNED_IN),
  'Query.staffMembers': allow(SIGNED_IN),
  'Staff.nip': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Staff.grade': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Staff.email': allow(['HR_ADMIN'], ['SELF']),
  'Staff.assignments': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], OWN_LINE),
  'Staff.absences': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Mutation.createStaff': allow(['HR_ADMIN']),
  'Mutation.setAbsences': allow(['HR_ADMIN']),
  'Mutation.importAbsences': allow(['HR_ADMIN']),
  'Mutation.editStaff': allow(['HR_ADMIN']),
  'Mutation.transferStaff': allow(['HR_ADMIN']),
  'Mutation.retireStaff': allow(['HR_ADMIN']),
  'Mutation.importStaff': allow(['HR_ADMIN']),

  // Goals
  'Query.goal': allow(EVERYONE),
  'Query.goals': allow(EVERYONE),
  'Query.goalsNotTakenUp': allow(SIGNED_IN),
  'Mutation.createGoal': allow(['PLANNER']),
  'Mutation.editGoal': allow(['PLANNER']),
  'Mutation.retireGoal': allow(['PLANNER']),
  'Mutation.importGoals': allow(['PLANNER']),

  // Indicators
  'Query.indicator': allow(EVERYONE),
  'Query.indicators': allow(EVERYONE),
  'Mutation.createIndicator': allow(['PLANNER']),
  'Mutation.reviseIndicator': allow(['PLANNER']),
  'Mutation.retireIndicator': allow(['PLANNER']),
  'Mutation.importIndicators': allow(['PLANNER']),

  'Indicator.history': allow(['PLANNER', 'HR_ADMIN', 'AUDITOR']),
  'Query.indicatorReviews': allow(['PLANNER', 'HR_ADMIN', 'AUDITOR']),
  'Mutation.decideIndicatorReview': allow(['PLANNER']),

  // Instruments
  'Query.instruments': allow(SIGNED_IN),
  'Query.retiredInstruments': allow(SIGNED_IN),
  'Mutation.addInstrument': allow(['HR_ADMIN']),
  'Mutation.retireInstrument': allow(['HR_ADMIN']),

  // Plans and agreements: relations say which side of the dialogue one is on
  'Query.plan': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], OWN_LINE),
  'Staff.plan': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], OWN_LINE),
  'Query.agreement': allow(EVERYONE),
  // As `plan` or `agreement`, by what the id names (usecases/plan)
  'Query.planById': allow(EVERYONE),
  'Unit.agreement': allow(EVERYONE),
  'Plan.staff': allow(SIGNED_IN),
  'Plan.proposal': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], OWN_LINE),
  'AgreedLine.realisations': allow(SIGNED_IN),
  'Mutation.proposePlan': allow([], BOTH_SIDES),
  'Query.planDraft': allow(['PLANNER'], [...BOTH_SIDES, 'UNIT_HEAD']),
  'Mutation.savePlanDraft': allow(['PLANNER'], [...BOTH_SIDES, 'UNIT_HEAD']),
  'Mutation.discardPlanDraft': allow(['PLANNER'], [...BOTH_SIDES, 'UNIT_HEAD']),
  'Query.planTemplate': allow(SIGNED_IN),
  'Query.planTemplates': allow(SIGNED_IN),
  'Mutation.createPlanTemplate': allow(['HR_ADMIN', 'PLANNER']),
  'Mutation.editPlanTemplate': allow(['HR_ADMIN', 'PLANNER']),
  'Mutation.retirePlanTemplate': allow(['HR_ADMIN', 'PLANNER']),
  'Mutation.preparePlan': allow([], BOTH_SIDES),
  'Mutation.proposeUnitPlans': allow([], ['UNIT_HEAD']),
  'Plan.warnings': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], OWN_LINE),
  'Plan.comments': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], OWN_LINE),
  'Mutation.commentPlan': allow(['PLANNER'], [...OWN_LINE, 'REGIONAL_HEAD']),
  'Mutation.resolvePlanComment': allow(['PLANNER'], [...OWN_LINE, 'REGIONAL_HEAD']),
  'Mutation.requestPlanChanges': allow(['PLANNER'], [...BOTH_SIDES, 'UNIT_HEAD']),
  'Mutation.withdrawPlanProposal': allow(['PLANNER'], [...BOTH_SIDES, 'UNIT_HEAD']),
  'Mutation.agreePlan': allow([], BOTH_SIDES),
  'Mutation.amendPlan': allow(['PLANNER'], [...BOTH_SIDES, 'UNIT_HEAD']),
  'Mutation.proposeAgreement': allow(['PLANNER'], ['UNIT_HEAD']),
  'Mutation.agreeAgreement': allow(['PLANNER'], ['UNIT_HEAD']),
  'Mutation.importAgreements': allow(['PLANNER', 'HR_ADMIN']),
  'Mutation.importPlans': allow(['PLANNER', 'HR_ADMIN']),

  // Realisations
  'Mutation.reportRealisation': allow(['PLANNER'], ['SELF', 'UNIT_HEAD']),
  'Mutation.verifyRealisation': allow(['PLANNER'], ['ASSESSOR', 'REGIONAL_HEAD', 'UNIT_HEAD']),
  'Mutation.verifyRealisations': allow(['PLANNER'], ['ASSESSOR', 'REGIONAL_HEAD', 'UNIT_HEAD']),
  'Mutation.rejectRealisation': allow(['PLANNER'], ['ASSESSOR', 'REGIONAL_HEAD', 'UNIT_HEAD']),
  'Mutation.importRealisations': allow(['PLANNER', 'HR_ADMIN']),

  // Activities: a person's, for whoever leads them
  'Query.activity': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Query.activities': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Query.reportedActivities': allow(['STAFF']),
  'Query.realisationTrace': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Mutation.reportActivity': allow([], ['SELF']),
  'Mutation.correctActivity': allow([], ['SELF']),
  'Mutation.withdrawActivity': allow([], ['SELF']),
  'Mutation.verifyActivity': allow([], ['ASSESSOR', 'REGIONAL_HEAD']),
  'Mutation.verifyActivities': allow([], ['ASSESSOR', 'REGIONAL_HEAD']),
  'Mutation.returnActivity': allow([], ['ASSESSOR', 'REGIONAL_HEAD']),

  // Evidence: of an activity also as `Query.activity`
  'Query.evidenceLink': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], OWN_LINE),
  'Realisation.files': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], OWN_LINE),
  'Mutation.requestEvidenceUpload': allow(['PLANNER'], ['SELF', 'UNIT_HEAD']),
  'Mutation.confirmEvidence': allow(['PLANNER'], ['SELF', 'UNIT_HEAD']),
  'Mutation.removeEvidence': allow(['PLANNER'], ['SELF', 'UNIT_HEAD']),

  // Ratings: who may rate as what is the hierarchy's (domain/rating/rating.ts)
  'Query.myRating': allow(['STAFF']),
  'Query.assessorRating': allowOfOthers(
    ['HR_ADMIN', 'AUDITOR'],
    ['ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD'],
  ),
  'Mutation.submitRating': allow([], ['SELF', 'ASSESSOR', 'SUBORDINATE', 'PEER', 'MEMBER']),
  'Mutation.setAssessorRating': allow([], ['ASSESSOR', 'ASSESSORS_SUPERIOR', 'REGIONAL_HEAD']),
  // The use of a previous result: relations of the period's day of rating
  'Query.carryover': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Mutation.proposeCarryover': allow([], ['SELF', 'ASSESSOR']),
  'Mutation.answerCarryover': allow([], ['SELF', 'ASSESSOR']),
  'Mutation.withdrawCarryover': allow([], ['SELF', 'ASSESSOR']),
  'Mutation.importRatings': allow(['HR_ADMIN']),
  'Mutation.rateStaff': allow([], ['ASSESSOR']),
  'Query.ratingCompletion': allow(['HR_ADMIN', 'AUDITOR'], ['UNIT_HEAD']),
  // Not for the line: what they show is for whoever looks into it from outside
  'Query.ratingFlags': allow(['HR_ADMIN', 'AUDITOR']),
  // The assessor is the one on the period's day of rating
  'Query.peerCandidates': allow(SIGNED_IN),
  'Query.assessedStaff': allow(SIGNED_IN),
  'Query.peerPanel': allowOfOthers(['HR_ADMIN', 'AUDITOR'], ['SELF', 'ASSESSOR']),
  'Mutation.nominatePeers': allow([], ['SELF']),
  'Mutation.decidePeers': allow([], ['ASSESSOR']),
  'Mutation.drawPeers': allow(['HR_ADMIN'], ['UNIT_HEAD']),
  'Mutation.declineRating': allow([], ['PEER', 'SUBORDINATE']),

  // Results: a person's never in public, a unit's always
  'Query.result': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Staff.result': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Staff.results': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Query.proposal': allowOfOthers(['HR_ADMIN', 'AUDITOR'], ['ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']),
  'CascadeStep.position': allow(SIGNED_IN),
  'Query.unitResult': allow(EVERYONE),
  'Unit.result': allow(EVERYONE),
  'UnitResult.warnings': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], ['UNIT_HEAD']),
  'UnitResult.justification': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], ['UNIT_HEAD']),
  'UnitDecision.reason': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], ['UNIT_HEAD']),
  'UnitDecision.decidedBy': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], ['UNIT_HEAD']),

  // Public satisfaction: answers come without a login alone, so that they stay anonymous
  'Query.surveyCampaign': allow(EVERYONE),
  'Query.surveyCampaigns': allow(EVERYONE),
  'SurveyCampaign.counts': allow(['PLANNER', 'AUDITOR'], ['UNIT_HEAD']),
  'SurveyCampaign.suggestionsInState': allow(['PLANNER', 'HR_ADMIN', 'AUDITOR'], ['UNIT_HEAD']),
  'Mutation.createSurveyCampaign': allow(['PLANNER'], ['UNIT_HEAD']),
  'Mutation.editSurveyCampaign': allow(['PLANNER'], ['UNIT_HEAD']),
  'Mutation.closeSurveyCampaign': allow(['PLANNER'], ['UNIT_HEAD']),
  'SurveyCampaign.codeBatches': allow(['PLANNER'], ['UNIT_HEAD']),
  'Mutation.issueSurveyCodes': allow(['PLANNER'], ['UNIT_HEAD']),
  'Mutation.voidSurveyCodes': allow(['PLANNER'], ['UNIT_HEAD']),
  'Mutation.answerSurvey': allow(['PUBLIC']),
  // Nobody what is said about their own unit (usecases/satisfaction)
  'Mutation.moderateSuggestion': allow(['PLANNER', 'HR_ADMIN']),
  'Query.contactForm': allow(EVERYONE),
  'Query.surveyOfCode': allow(EVERYONE),
  'Query.contactCodeBatches': allowOfOthers(['HR_ADMIN'], ['ASSESSOR', 'UNIT_HEAD']),
  'Mutation.issueContactCodes': allow(['HR_ADMIN'], ['ASSESSOR', 'UNIT_HEAD']),
  'Mutation.voidContactCodes': allow(['HR_ADMIN'], ['ASSESSOR', 'UNIT_HEAD']),
  'Mutation.rateContact': allow(['PUBLIC']),
  // The evaluation's steps: a unit's predicate by the leader one level up, of a unit at the top by the planner; the guidance's
  // justification by the unit's head
  'Query.unitEvaluation': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], ['UNIT_HEAD']),
  'Query.calibration': allow(['HR_ADMIN', 'AUDITOR'], ['UNIT_HEAD']),
  'Unit.calibration': allow(['HR_ADMIN', 'AUDITOR'], ['UNIT_HEAD']),
  'Query.ratingChanges': allowOfOthers(
    ['HR_ADMIN', 'AUDITOR'],
    ['ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD'],
  ),
  'Mutation.setUnitPredicate': allow(['PLANNER'], ['UNIT_HEAD']),
  'Mutation.justifyDistribution': allow([], ['UNIT_HEAD']),

  // Objections and receipts: who is a party is told by the objection (usecases/objection)
  'Query.objection': allow(['HR_ADMIN', 'AUDITOR'], ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR']),
  'Query.myObjections': allow(['STAFF']),
  'Query.objectionsToDecide': allow(['STAFF']),
  'Query.objectionsToExplain': allow(['STAFF']),
  'Query.objections': allow(['HR_ADMIN', 'AUDITOR']),
  'Query.unacknowledgedResults': allow(['HR_ADMIN', 'AUDITOR'], ['UNIT_HEAD']),
  'Query.resultVersions': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Mutation.acknowledgeResult': allow([], ['SELF']),
  'Mutation.recordReceipt': allow(['HR_ADMIN']),
  'Mutation.fileObjection': allow(['HR_ADMIN'], ['SELF']),
  'Mutation.explainObjection': allow([], ['SELF', 'ASSESSOR']),
  'Mutation.decideObjection': allow(['HR_ADMIN'], ['ASSESSORS_SUPERIOR']),
  'Mutation.withdrawObjection': allow([], ['SELF']),

  // Rankings: heads those of their units; everybody else their own line
  'Query.ranking': allow(['HR_ADMIN', 'AUDITOR'], ['SELF', 'UNIT_HEAD']),

  // Tasks
  'Query.myTasks': allow(['STAFF']),

  // Follow-up: a leader decides only what is guidance or help (domain/follow-up)
  'Query.followUps': allow(['HR_ADMIN', 'AUDITOR'], ['UNIT_HEAD']),
  'Staff.followUps': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Mutation.proposeFollowUp': allow(['HR_ADMIN'], ['ASSESSOR', 'UNIT_HEAD']),
  'Mutation.decideFollowUp': allow(['HR_ADMIN'], ['ASSESSOR', 'UNIT_HEAD']),
  'Mutation.endFollowUp': allow(['HR_ADMIN'], ['ASSESSOR', 'UNIT_HEAD']),

  // Training and careers
  'Query.courses': allow(SIGNED_IN),
  'Query.course': allow(SIGNED_IN),
  'Query.programmes': allow(SIGNED_IN),
  'Query.programme': allow(SIGNED_IN),
  'Course.candidates': allow(['HR_ADMIN', 'AUDITOR'], ['UNIT_HEAD']),
  'Programme.enrolments': allow(['HR_ADMIN', 'AUDITOR']),
  'Programme.effect': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR']),
  'Staff.trainingNeeds': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Staff.enrolments': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Staff.careerPlan': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Mutation.createCourse': allow(['HR_ADMIN']),
  'Mutation.editCourse': allow(['HR_ADMIN']),
  'Mutation.retireCourse': allow(['HR_ADMIN']),
  'Mutation.planProgramme': allow(['HR_ADMIN']),
  'Mutation.editProgramme': allow(['HR_ADMIN']),
  'Mutation.cancelProgramme': allow(['HR_ADMIN']),
  'Mutation.completeProgramme': allow(['HR_ADMIN']),
  'Mutation.enrol': allow(['HR_ADMIN'], ['SELF', 'ASSESSOR', 'UNIT_HEAD']),
  'Mutation.withdrawEnrolment': allow(['HR_ADMIN'], ['SELF', 'ASSESSOR', 'UNIT_HEAD']),
  'Mutation.proposeCareerPlan': allow([], ['SELF']),
  'Mutation.agreeCareerPlan': allow(['HR_ADMIN'], ['ASSESSOR']),
  'Mutation.recordCareerStep': allow([], ['SELF', 'ASSESSOR']),

  // Credits and allowance
  'Staff.credits': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Staff.allowance': allow(['HR_ADMIN', 'AUDITOR'], ['SELF', 'UNIT_HEAD']),
  'Mutation.importAttendance': allow(['HR_ADMIN']),

  // Periods
  'Query.period': allow(EVERYONE),
  'Query.periods': allow(EVERYONE),
  'Period.policy': allow(SIGNED_IN),
  'Period.failure': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR']),
  'Mutation.planPeriod': allow(['HR_ADMIN', 'PLANNER']),
  'Mutation.openPeriod': allow(['HR_ADMIN', 'PLANNER']),
  'Mutation.moveClose': allow(['HR_ADMIN', 'PLANNER']),
  'Mutation.cancelPeriod': allow(['HR_ADMIN', 'PLANNER']),
  'Mutation.reopenPeriod': allow(['HR_ADMIN']),
  'Query.lateCorrections': allow(['HR_ADMIN', 'AUDITOR']),
  'Mutation.decideLateCorrection': allow(['HR_ADMIN']),

  // Policy
  'Query.policies': allow(SIGNED_IN),
  'Query.policy': allow(SIGNED_IN),
  'Mutation.draftPolicy': allow(['HR_ADMIN', 'PLANNER']),
  'Mutation.editPolicyDraft': allow(['HR_ADMIN', 'PLANNER']),
  'Mutation.activatePolicy': allow(['HR_ADMIN']),

  // Feedback, guidance and counselling: counselling is read by fewer
  'Query.feedback': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Query.givenFeedback': allow(SIGNED_IN),
  'Query.guidance': allow(['HR_ADMIN', 'AUDITOR'], OWN_LINE),
  'Query.counselling': allow(['HR_ADMIN', 'AUDITOR'], ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR']),
  'Mutation.giveFeedback': allow([], ['ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD', 'PEER', 'SUBORDINATE']),
  'Mutation.recordFeedback': allow(['HR_ADMIN', 'PLANNER']),
  'Mutation.answerFeedback': allow([], ['SELF']),
  'Mutation.recordGuidance': allow([], ['ASSESSOR']),
  'Mutation.recordCounselling': allow(['HR_ADMIN'], ['ASSESSOR']),
  'Mutation.acknowledgeGuidance': allow([], ['SELF']),
  'Mutation.followUpGuidance': allow(['HR_ADMIN'], ['ASSESSOR']),
  // Agreements and units' results are public and share these types; they have no takeovers.
  'Plan.takeovers': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], OWN_LINE),
  'LineExplanation.takenOver': allow(SIGNED_IN),
  'Mutation.takeOverWorkResult': allow([], ['ASSESSOR']),
  'Mutation.handBackWorkResult': allow([], ['ASSESSOR']),

  // Progress in mid-year
  'Query.progress': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], OWN_LINE),
  'Query.unitProgress': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], ['UNIT_HEAD']),
  'Query.regionProgress': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR']),

  // Work across units: who leads it, who leads each participant, and the leading unit
  'Query.jointActivity': allow(SIGNED_IN),
  'Query.jointActivities': allow(SIGNED_IN),
  'JointParticipant.reason': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], OWN_LINE),
  'Mutation.proposeJointActivity': allow(['PLANNER'], ['UNIT_HEAD']),
  'Mutation.inviteToJointActivity': allow(['PLANNER'], ['SELF', 'UNIT_HEAD']),
  'Mutation.decideJointParticipation': allow([], ['ASSESSOR']),
  'Mutation.planJointActivity': allow([], ['SELF', 'ASSESSOR']),
  'Mutation.reportJointResult': allow([], ['SELF']),
  'Mutation.endJointActivity': allow(['PLANNER'], ['UNIT_HEAD']),

  // Forum of a unit: its staff of all levels; nothing is deleted
  'Query.topics': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], ['MEMBER', 'UNIT_HEAD']),
  'Query.topic': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], ['MEMBER', 'UNIT_HEAD']),
  'Mutation.openTopic': allow([], ['MEMBER', 'UNIT_HEAD']),
  'Mutation.postToTopic': allow(['PLANNER'], ['MEMBER', 'UNIT_HEAD']),
  'Mutation.answerTopic': allow(['PLANNER'], ['UNIT_HEAD']),
  'Mutation.moderateTopic': allow(['HR_ADMIN'], ['UNIT_HEAD']),
  'Mutation.moderatePost': allow(['HR_ADMIN'], ['UNIT_HEAD']),

  // Announcements
  'Query.announcements': allow(['STAFF']),
  'Query.publicAnnouncements': allow(EVERYONE),
  'Query.announcementReaders': allow(['HR_ADMIN', 'PLANNER', 'AUDITOR'], ['UNIT_HEAD']),
  'Mutation.publishAnnouncement': allow(['HR_ADMIN', 'PLANNER'], ['UNIT_HEAD']),
  'Mutation.withdrawAnnouncement': allow(['HR_ADMIN', 'PLANNER'], ['UNIT_HEAD']),
  'Mutation.acknowledgeAnnouncement': allow([], ['SELF']),

  // Audit
  'Query.auditTrail': allow(['AUDITOR']),

  // Notices: everybody reads their own inbox
  'Query.notices': allow(SIGNED_IN),
  'Query.unreadNotices': allow(SIGNED_IN),
  'Mutation.markNoticesRead': allowOwn(SIGNED_IN),
  'Mutation.markAllNoticesRead': allowOwn(SIGNED_IN),

  'Query.noticePreferences': allow(SIGNED_IN),
  'Mutation.setNoticePreferences': allowOwn(SIGNED_IN),

  // Trends and charts: the figures follow the rules of the queries that show them
  'Query.compareUnits': allow(EVERYONE),
  'Query.unitResults': allow(EVERYONE),
  'Query.regionOverview': allow(EVERYONE),
  'Query.chart': allow(EVERYONE),

  // Jobs: everybody their own; a job reads what its requester may
  'Query.job': allow(SIGNED_IN),
  'Query.myJobs': allow(SIGNED_IN),

  // Exports: the rows are those that the requester may read
  'Mutation.requestExport': allowOwn(SIGNED_IN),
  'Query.exportTable': allow(SIGNED_IN),

  // Official documents: who may read what is in them (usecases/document)
  'Query.document': allow(SIGNED_IN),
  'Mutation.requestDocument': allowOwn(SIGNED_IN),
  'Mutation.requestUnitDocuments': allowOwn(SIGNED_IN),
} as const satisfies Readonly<Record<`${string}.${string}`, Rule>>;

/** A field that the policy names, as `Type.field`. */
export type Operation = keyof typeof rules;

/** Whether the operation is allowed, and as what: the role or relation that goes into the audit entry. */
export type Decision =
  | { readonly allowed: true; readonly as: RequestRole | Relation }
  | { readonly allowed: false };

const REFUSED: Decision = { allowed: false };

/** The rule of a field, or null: then it is refused (Query, Mutation) or as open as its parent (other types). */
export const ruleOf = (field: string): Rule | null =>
  Object.hasOwn(rules, field) ? rules[field as Operation] : null;

/**
 * Whether an actor's roles alone allow a field (ALLOWED), rule it out whatever the data say (REFUSED), or a relation could
 * still allow it (DEPENDS).
 */
export const decideByRole = (
  field: string,
  rule: Rule | null,
  actor: Actor,
):
  | { readonly verdict: 'ALLOWED'; readonly as: RequestRole }
  | { readonly verdict: 'DEPENDS' | 'REFUSED' } => {
  if (rule === null) return { verdict: 'REFUSED' };
  const role = rule.roles.find((candidate) => actor.roles.has(candidate));
  if (role !== undefined && (rule.own || !(isMutation(field) && actor.roles.has('AUDITOR'))))
    return { verdict: 'ALLOWED', as: role };
  const couldRelate =
    actor.staffId === null
      ? rule.relations.includes('REGIONAL_HEAD') && isRegionalHeadsOffice(actor)
      : rule.relations.length > 0;
  return { verdict: couldRelate ? 'DEPENDS' : 'REFUSED' };
};

/**
 * Decides an operation for an actor who stands in some relations to what it is about. Who inspects does not administer: an
 * AUDITOR changes nothing by role, whatever other roles the account has; what is one's own (a plan, a rating, an inbox) stays.
 */
export const decide = (operation: Operation, actor: Actor, relations: ReadonlySet<Relation>): Decision => {
  const rule: Rule = rules[operation];
  const byRole = decideByRole(operation, rule, actor);
  if (byRole.verdict === 'ALLOWED') return { allowed: true, as: byRole.as };
  if (byRole.verdict === 'REFUSED') return REFUSED;
  const relation = rule.relations.find((candidate) => relations.has(candidate));
  return relation === undefined ? REFUSED : { allowed: true, as: relation };
};

const isMutation = (field: string): boolean => field.startsWith('Mutation.');
