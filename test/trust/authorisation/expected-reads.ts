/** Who may read: queries, and fields of types that not everybody may see who may see what holds them. Words as in expected.ts. */

/** What a row is about: the person or unit that was asked about or that holds the field, or the region. */
export type Kind = 'person' | 'unit' | 'region';
export type ReadRow = readonly [kind: Kind, who: string];

/** Who leads the person in some way, and the person. */
const LINE = 'self assessor superior head';
const OF_PERSON: ReadRow = ['person', `${LINE} hr auditor`];
/** A published result: also of who was the assessor then. */
const PUBLISHED: ReadRow = ['person', `${LINE} then hr auditor`];
const OF_PLAN: ReadRow = ['person', `${LINE} hr planner auditor`];
/** Of a person's evaluation before it is published: not for the person, whatever office they have. */
const BEFORE: ReadRow = ['person', 'assessor superior head hr auditor !self'];
const OF_UNIT: ReadRow = ['unit', 'head hr auditor'];
const OF_UNIT_AND_PLANNERS: ReadRow = ['unit', 'head hr planner auditor'];
const EVERYONE: ReadRow = ['region', 'everyone'];
const SIGNED_IN: ReadRow = ['region', 'signed-in'];
const OFFICES: ReadRow = ['region', 'hr planner auditor'];

/** By query, and where an argument changes what it shows by `query argument`, as in QUERY_VARIANTS. */
export const QUERIES: Readonly<Record<string, ReadRow>> = {
  viewer: EVERYONE,
  region: EVERYONE,
  unit: EVERYONE,
  units: EVERYONE,
  agreement: EVERYONE,
  goal: EVERYONE,
  goals: EVERYONE,
  indicator: EVERYONE,
  indicators: EVERYONE,
  unitResult: EVERYONE,
  unitResults: EVERYONE,
  compareUnits: EVERYONE,
  regionOverview: EVERYONE,
  chart: EVERYONE,
  'chart STAFF_TREND': OF_PERSON,
  'chart RANKING': OF_UNIT,
  surveyCampaign: EVERYONE,
  surveyCampaigns: EVERYONE,
  contactForm: EVERYONE,
  surveyOfCode: EVERYONE,
  period: EVERYONE,
  periods: EVERYONE,
  publicAnnouncements: EVERYONE,

  staff: SIGNED_IN,
  staffMembers: SIGNED_IN,
  goalsNotTakenUp: SIGNED_IN,
  instruments: SIGNED_IN,
  retiredInstruments: SIGNED_IN,
  planTemplate: SIGNED_IN,
  planTemplates: SIGNED_IN,
  course: SIGNED_IN,
  courses: SIGNED_IN,
  programme: SIGNED_IN,
  programmes: SIGNED_IN,
  policies: SIGNED_IN,
  policy: SIGNED_IN,
  jointActivity: SIGNED_IN,
  jointActivities: SIGNED_IN,
  // One's own
  announcements: SIGNED_IN,
  myJobs: SIGNED_IN,
  myObjections: SIGNED_IN,
  myRating: SIGNED_IN,
  myTasks: SIGNED_IN,
  noticePreferences: SIGNED_IN,
  notices: SIGNED_IN,
  peerCandidates: SIGNED_IN,
  assessedStaff: SIGNED_IN,
  unreadNotices: SIGNED_IN,
  givenFeedback: SIGNED_IN,
  reportedActivities: SIGNED_IN,
  objectionsToDecide: SIGNED_IN,
  objectionsToExplain: SIGNED_IN,
  job: ['person', 'self'],
  planDraft: ['person', 'self'],

  activities: OF_PERSON,
  activity: OF_PERSON,
  realisationTrace: OF_PERSON,
  evidenceLink: OF_PLAN,
  plan: OF_PLAN,
  planById: OF_PLAN,
  progress: OF_PLAN,
  feedback: OF_PERSON,
  guidance: OF_PERSON,
  counselling: ['person', 'self assessor superior hr auditor'],
  result: PUBLISHED,
  resultVersions: PUBLISHED,
  document: OF_PERSON,
  objection: ['person', 'self assessor superior hr auditor'],
  carryover: OF_PERSON,
  proposal: BEFORE,
  contactCodeBatches: ['person', 'assessor head hr !self'],
  assessorRating: BEFORE,
  ratingChanges: BEFORE,
  peerPanel: ['person', 'self assessor hr auditor'],

  calibration: OF_UNIT,
  ratingCompletion: OF_UNIT,
  unitEvaluation: OF_UNIT_AND_PLANNERS,
  unitProgress: OF_UNIT_AND_PLANNERS,
  unacknowledgedResults: OF_UNIT,
  followUps: OF_UNIT,
  ranking: OF_UNIT,
  // Everybody else their own line.
  'ranking AROUND': ['person', 'self head hr auditor'],
  announcementReaders: OF_UNIT_AND_PLANNERS,
  topic: ['unit', 'member head hr planner auditor'],
  topics: ['unit', 'member head hr planner auditor'],

  'exportTable RESULTS': OF_UNIT,
  'exportTable STAFF': OF_UNIT_AND_PLANNERS,
  'exportTable PLANS': OF_UNIT_AND_PLANNERS,
  'exportTable REALISATIONS': OF_UNIT_AND_PLANNERS,
  'exportTable ACTIVITIES': OF_UNIT,
  'exportTable ALLOWANCES': OF_UNIT,
  'exportTable RANKING': OF_UNIT,
  'exportTable FOLLOW_UPS': OF_UNIT,
  'exportTable OBJECTIONS': ['region', 'hr auditor'],
  'exportTable ENROLMENTS': ['region', 'hr auditor'],
  'exportTable INDICATOR_REVIEWS': OFFICES,
  'exportTable UNIT_RESULTS': SIGNED_IN,
  'exportTable CAREER_PLANS': OF_UNIT,
  'exportTable RATING_COMPLETION': OF_UNIT,
  'exportTable RATING_FLAGS': ['region', 'hr auditor'],
  'exportTable PROGRESS': OF_UNIT_AND_PLANNERS,
  'exportTable UNIT_PROGRESS': OF_UNIT_AND_PLANNERS,
  'exportTable LATE_CORRECTIONS': ['region', 'hr auditor'],
  'exportTable COURSES': SIGNED_IN,
  'exportTable FEEDBACK': OF_UNIT,
  'exportTable GUIDANCE': OF_UNIT,
  'exportTable CALIBRATION': OF_UNIT,
  'exportTable COUNSELLING': ['region', 'hr auditor'],
  'exportTable PEER_PANELS': ['region', 'hr auditor'],
  'exportTable TOPICS': ['unit', 'member head hr planner auditor'],
  'exportTable JOINT_ACTIVITIES': SIGNED_IN,
  'exportTable STAFF_ENROLMENTS': OF_UNIT,
  'exportTable TRAINING_NEEDS': OF_UNIT,
  'exportTable UNIT_INDICATORS': SIGNED_IN,
  'exportTable GOAL_SERVICE': SIGNED_IN,
  'exportTable PLAN_TEMPLATES': SIGNED_IN,
  'exportTable PROGRAMME_EFFECTS': OFFICES,
  'exportTable RUNNING_SURVEYS': SIGNED_IN,
  'exportTable SUGGESTIONS': SIGNED_IN,
  'exportTable PUBLIC_ANNOUNCEMENTS': SIGNED_IN,

  objections: ['region', 'hr auditor'],
  lateCorrections: ['region', 'hr auditor'],
  ratingFlags: ['region', 'hr auditor'],
  indicatorReviews: OFFICES,
  regionProgress: OFFICES,
  auditTrail: ['region', 'auditor'],
};

const types = (row: ReadRow, names: string): readonly (readonly [string, ReadRow])[] =>
  names.split(' ').map((name) => [name, row] as const);

/**
 * Every object type, by who may hold one at all. What stands in agreements and units' results too is as open as those; in what is
 * a person's it is behind the query or the type that holds it.
 */
export const TYPES: Readonly<Record<string, ReadRow>> = Object.fromEntries([
  ...types(
    EVERYONE,
    'AccountabilityItem AgreedLine CascadeChain CascadeStep Chart ConsequenceItem ExplainedTakeover FieldChange Figure Fraction Goal HeadedUnitPredicate Indicator IndicatorDefinition IndicatorTrendPoint Instrument InstrumentItem LineDifference LineExplanation LocalisedText Measure MonthFigure MonthTarget NotMeasuredCount PageInfo Period PlanAttachments PlanContent PlanDifference PlanExpectations PlanLine PredicateCount Region RegionOverview ResourceItem Serves ServingPlan SurveyCampaign SurveyChoice SurveyElementFigure SurveyFigures SurveyQuestion SurveyResult Target TermsDifference TermsEntry Unit UnitDecision UnitPredicateCount UnitResult UnitTrendPoint UserError ValueExpectation Viewer Warning Announcement Suggestion',
  ),
  ...types(
    SIGNED_IN,
    'AllowanceBase AllowanceRules AllowanceWeights CodeBatch Course FollowUpAfter FollowUpRank FollowUpRule FollowUpTrend Headship Hidden ItemScore Job JobDownload JointActivity JointParticipant JointResult MonthOfYearTarget Notice NoticePreferences ObjectionDays PeerRules PlanTemplate Policy PolicyRules Post Programme RaterPool UnitRaterPools Rating RatingBands ScalePoint ScoreShares Seats SingleUseCode Staff Task Topic TopicAnswer UnitBands UnreadNotices WorkResultShares WrittenLine EvidenceUpload UploadField UnitPlanRow',
  ),
  ...types(
    OF_PERSON,
    'Absence Activity AgreedAction Allowance Attendance CareerPlan CareerStep Carryover ContinuousFeedback CorrectedFigure CreditAccount CreditSpan DocumentVersion Enrolment FollowUp FollowUpDecision FollowUpEnd FollowUpGrounds FollowUpProposal FollowUpRankFound GuidanceFollowUp GuidanceNote LevelCredit NeedReason ObjectionPoint ObjectionStatement PeerPanel PeerPanelMember PeriodCredit RealisationTrace ResultDifference ResultVersion StaffTrendPoint TrainingCandidate TrainingNeed',
  ),
  ...types(
    PUBLISHED,
    'AdjustedBehaviour AssessorDecision Behaviour CarriedOver Feedback LeftOut PeriodPart PoolExplanation Presence Rank Ranks Result ResultDelivery ValueScore VerdictRatings WorkResult',
  ),
  // Of everybody who was ranked in the unit then.
  ...types(['person', 'self head once hr auditor'], 'RankingEntry'),
  ...types(OF_PLAN, 'Assignment EvidenceFile EvidenceLink PlanComment PersonProgress Takeover'),
  ...types(['person', 'self assessor'], 'PlanDraft'),
  ...types(
    ['person', 'self assessor superior hr auditor'],
    'Objection ObjectionDecision ObjectionEscalation',
  ),
  ...types(BEFORE, 'AssessorRating Proposal RatingChange SetRatings'),
  // Whose it is the proposal in it says.
  ...types(OF_UNIT, 'CalibrationEntry'),
  ...types(
    OF_UNIT_AND_PLANNERS,
    'AnnouncementReader Calibration GroupCompletion GuidancePoint GuidanceWarning PaceCount RatingCompletion UnitEvaluation UnitProgress',
  ),
  ...types(['unit', 'head planner auditor'], 'SurveyCounts'),
  ...types(
    OFFICES,
    'IndicatorFigures IndicatorHistoryEntry IndicatorReview IndicatorReviewDecision ProgrammeChange ProgrammeEffect RegionProgress',
  ),
  ...types(['region', 'hr auditor'], 'LateCorrection LateCorrectionDecision RatingFlag'),
  ...types(['region', 'auditor'], 'AuditEntry AuditVerification'),
  // Of a person's plan and of a unit's agreement: what is the person's is behind the plan.
  ...types(SIGNED_IN, 'Realisation LineProgress PlanProgress ExportedTable'),
  ...types(EVERYONE, 'Plan'),
]);

/** Fields that fewer may see than the type that they are of. */
export const FIELDS: Readonly<Record<string, ReadRow>> = {
  'Staff.nip': OF_PERSON,
  'Staff.grade': OF_PERSON,
  'Staff.absences': OF_PERSON,
  'Staff.email': ['person', 'self hr'],
  'Staff.assignments': OF_PLAN,
  'Staff.plan': OF_PLAN,
  'Staff.result': PUBLISHED,
  'Staff.results': OF_PERSON,
  'Staff.trend': OF_PERSON,
  'Staff.followUps': OF_PERSON,
  'Staff.trainingNeeds': OF_PERSON,
  'Staff.enrolments': OF_PERSON,
  'Staff.careerPlan': OF_PERSON,
  'Staff.credits': OF_PERSON,
  'Staff.allowance': ['person', 'self head hr auditor'],
  'Unit.head': SIGNED_IN,
  'Unit.heads': SIGNED_IN,
  'Unit.staff': SIGNED_IN,
  'Unit.calibration': OF_UNIT,
  'UnitResult.warnings': OF_UNIT_AND_PLANNERS,
  'UnitResult.justification': OF_UNIT_AND_PLANNERS,
  'UnitDecision.reason': OF_UNIT_AND_PLANNERS,
  'UnitDecision.decidedBy': OF_UNIT_AND_PLANNERS,
  'Plan.staff': SIGNED_IN,
  'AgreedLine.realisations': SIGNED_IN,
  'CascadeStep.position': SIGNED_IN,
  'LineExplanation.takenOver': SIGNED_IN,
  'Period.policy': SIGNED_IN,
  'Period.failure': OFFICES,
  'Indicator.history': OFFICES,
  'Programme.enrolments': ['region', 'hr auditor'],
  'Programme.effect': OFFICES,
  'SurveyCampaign.counts': ['unit', 'head planner auditor'],
  'SurveyCampaign.codeBatches': ['unit', 'head planner'],
  'SurveyCampaign.suggestionsInState': ['unit', 'head planner hr auditor'],
  'JointParticipant.reason': OF_PLAN,
};
