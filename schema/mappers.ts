/**
 * Which domain value stands behind a GraphQL type, one line a type, by area: resolvers receive and return that value.
 * Paths are seen from functions/graphql/generated/. Types without a line are what the schema says they are.
 */
const shell = {
  Viewer: '../../domain/access-policy.ts#Actor as ActorModel',
};

const organisation = {
  Region: '../../usecases/region/read-region.ts#Region as RegionModel',
  Unit: '../../domain/organisation/organisation.ts#Unit as UnitModel',
  Headship: '../../domain/organisation/organisation.ts#Headship as HeadshipModel',
  Staff: '../../domain/organisation/staff.ts#Staff as StaffModel',
  Assignment: '../../domain/organisation/staff.ts#Assignment as AssignmentModel',
};

/** Scalars as resolvers see them. */
export const scalars = {
  ID: 'string',
  Decimal: '../../domain/decimal.ts#Decimal',
  Date: '../../domain/time.ts#IsoDate',
  Month: '../../domain/time.ts#Month',
  DateTime: '../../domain/time.ts#Instant',
};

const catalogue = {
  Goal: '../../domain/indicator/goal.ts#Goal as GoalModel',
  Indicator: '../../domain/indicator/indicator.ts#Indicator as IndicatorModel',
  IndicatorDefinition: '../../domain/indicator/indicator.ts#IndicatorDefinition as IndicatorDefinitionModel',
  Instrument: '../../domain/rating/rating.ts#Instrument as InstrumentModel',
  InstrumentItem: '../../domain/rating/rating.ts#InstrumentItem as InstrumentItemModel',
};

const time = {
  Period: '../../domain/period/period.ts#Period as PeriodModel',
  LateCorrection: '../../usecases/period/decide-late-correction.ts#LateCorrection as LateCorrectionModel',
  Policy: '../../domain/period/policy.ts#Policy as PolicyModel',
  AuditConnection: '../audit/audit-page.ts#AuditPage as AuditPageModel',
  AuditEntry: '../../domain/audit.ts#AuditEntry as AuditEntryModel',
};

const work = {
  Plan: '../../domain/plan/plan.ts#Plan as PlanModel',
  PlanContent: '../work-models.ts#PlanContentModel',
  PlanLine: '../work-models.ts#PlanLineModel',
  CascadeStep: '../../usecases/cascade/chain-up.ts#CascadeStep as CascadeStepModel',
  PlanTemplate: '../../domain/plan/template.ts#PlanTemplate as PlanTemplateModel',
  PlanDraft: '../../domain/plan/draft.ts#PlanDraft as PlanDraftModel',
  WrittenLine: '../../domain/plan/written-line.ts#WrittenLine as WrittenLineModel',
  MonthOfYearTarget: '../work-models.ts#MonthOfYearTargetModel',
  PlanComment: '../../domain/plan/discussion.ts#PlanComment as PlanCommentModel',
  PlanExpectations: '../../domain/plan/expectations.ts#PlanExpectations as PlanExpectationsModel',
  LineDifference: '../work-models.ts#LineDifferenceModel',
  AgreedLine: '../work-models.ts#AgreedLineModel',
  Target: '../../domain/indicator/indicator.ts#Target as TargetModel',
  Realisation: '../../domain/indicator/realisation.ts#Realisation as RealisationModel',
  Rating: '../work-models.ts#RatingModel',
  RatingCompletion: '../../usecases/rating/read-completion.ts#RatingCompletion as RatingCompletionModel',
  RatingFlag: '../../usecases/rating/read-rating-flags.ts#RatingFlag as RatingFlagModel',
  PeerPanel: '../../domain/peers/peer-panel.ts#PeerPanel as PeerPanelModel',
  PeerPanelMember: '../../domain/peers/peer-panel.ts#PanelMember as PeerPanelMemberModel',
  AssessorRating: '../../domain/rating/rating.ts#AssessorRating as AssessorRatingModel',
  Figure: '../../domain/rounding.ts#Micro as MicroModel',
  Fraction: '../work-models.ts#FractionModel',
  Result: '../../domain/evaluation/result.ts#Result as ResultModel',
  LeftOut: '../../domain/evaluation/result.ts#LeftOut as LeftOutModel',
  CarriedOver: '../../domain/evaluation/result.ts#CarriedOver as CarriedOverModel',
  Carryover: '../../domain/evaluation/carryover.ts#Carryover as CarryoverModel',
  Proposal: '../work-models.ts#ProposalModel',
  LineExplanation: '../../domain/evaluation/result.ts#LineExplanation as LineExplanationModel',
  Behaviour: '../../domain/evaluation/result.ts#Behaviour as BehaviourModel',
  PoolExplanation: '../../domain/evaluation/result.ts#PoolExplanation as PoolExplanationModel',
  UnitResult: '../../usecases/result/read-unit-result.ts#ShownUnitResult as UnitResultModel',
  HeadedUnitPredicate:
    '../../domain/evaluation/result.ts#UnitPredicateExplanation as HeadedUnitPredicateModel',
  UnitDecision: '../work-models.ts#UnitDecisionModel',
  Calibration: '../../usecases/evaluation/read-calibration.ts#Calibration as CalibrationModel',
  CalibrationEntry: '../../usecases/evaluation/read-calibration.ts#CalibrationEntry as CalibrationEntryModel',
  RatingChange: '../../usecases/evaluation/read-rating-changes.ts#RatingChange as RatingChangeModel',
  UnitEvaluation: '../../usecases/evaluation/unit-subject.ts#UnitEvaluation as UnitEvaluationModel',
  GuidanceWarning: '../../domain/evaluation/distribution.ts#DistributionWarning as GuidanceWarningModel',
  RankingEntry: '../../domain/evaluation/ranking.ts#RankingEntry as RankingEntryModel',
  Task: '../../usecases/task/task.ts#Task as TaskModel',
};

const publicSatisfaction = {
  SurveyCampaign: '../../domain/satisfaction/campaign.ts#Campaign as CampaignModel',
  SurveyQuestion: '../../domain/satisfaction/survey-questions.ts#SurveyQuestion as SurveyQuestionModel',
  SurveyFigures: '../../domain/satisfaction/survey-tally.ts#SurveyFigures as SurveyFiguresModel',
  CodeBatch: '../../domain/satisfaction/single-use-code.ts#CodeBatch as CodeBatchModel',
  Suggestion: '../../domain/satisfaction/suggestion.ts#Suggestion as SuggestionModel',
  IssuedCodesPayload: '../satisfaction/codes-payload.ts#CodesPayload as CodesPayloadModel',
  SingleUseCode: '../satisfaction/printed-code.ts#PrintedCode as PrintedCodeModel',
};

const feedback = {
  ContinuousFeedback: '../../usecases/feedback/read-feedback.ts#ShownFeedback as ContinuousFeedbackModel',
  GuidanceNote: '../../domain/feedback/guidance.ts#GuidanceNote as GuidanceNoteModel',
  GuidanceFollowUp: '../../domain/feedback/guidance.ts#FollowUp as GuidanceFollowUpModel',
  Takeover: '../../domain/plan/plan.ts#Takeover as TakeoverModel',
  PlanProgress: '../../usecases/progress/read-progress.ts#ShownProgress as PlanProgressModel',
  LineProgress: '../../domain/progress/progress.ts#LineProgress as LineProgressModel',
  UnitProgress: '../../domain/progress/unit-progress.ts#UnitProgress as UnitProgressModel',
  PersonProgress: '../../domain/progress/unit-progress.ts#PersonProgress as PersonProgressModel',
  RegionProgress: '../work-models.ts#RegionProgressModel',
  Topic: '../../usecases/forum/read-forum.ts#ShownTopic as TopicModel',
  TopicAnswer: '../../domain/forum/forum.ts#TopicAnswer as TopicAnswerModel',
  Hidden: '../../domain/forum/forum.ts#Hidden as HiddenModel',
  Post: '../../usecases/forum/read-forum.ts#ShownPost as PostModel',
  Announcement: '../../domain/forum/announcement.ts#Announcement as AnnouncementModel',
  JointActivity: '../../domain/joint/joint-activity.ts#JointActivity as JointActivityModel',
  JointParticipant: '../work-models.ts#JointParticipantModel',
  JointResult: '../../domain/joint/joint-activity.ts#JointResult as JointResultModel',
};

const objections = {
  Objection: '../../domain/objection/objection.ts#Objection as ObjectionModel',
  ObjectionPoint: '../../domain/objection/objection.ts#ObjectionPoint as ObjectionPointModel',
  ObjectionEscalation: '../../domain/objection/objection.ts#Escalation as EscalationModel',
  ObjectionDecision: '../../domain/objection/objection.ts#ObjectionDecision as ObjectionDecisionModel',
  ResultDelivery: '../../usecases/objection/delivery.ts#Delivery as DeliveryModel',
  ResultVersion: '../../usecases/result/read-versions.ts#ResultVersion as ResultVersionModel',
};

const allowance = {
  CreditAccount: '../../domain/allowance/credit-account.ts#CreditAccount as CreditAccountModel',
  Allowance: '../../usecases/allowance/read-allowance.ts#AllowanceOfPolicy as AllowanceModel',
};

const notices = {
  Notice: '../../usecases/notice/read-inbox.ts#InboxNotice as NoticeModel',
  NoticePreferences: '../../domain/notice/notice.ts#NoticePreferences as NoticePreferencesModel',
  UnitTrendPoint: '../../usecases/trend/read-trends.ts#UnitTrendPoint as UnitTrendPointModel',
  IndicatorTrendPoint: '../../usecases/trend/read-trends.ts#IndicatorTrendPoint as IndicatorTrendPointModel',
  StaffTrendPoint: '../../usecases/trend/read-trends.ts#StaffTrendPoint as StaffTrendPointModel',
  RegionOverview: '../../usecases/trend/read-trends.ts#RegionOverview as RegionOverviewModel',
  Chart: '../../domain/chart/chart.ts#ChartSpec as ChartModel',
  Job: '../../domain/job/job.ts#Job as JobModel',
};

const indicatorReview = {
  IndicatorFigures: '../../domain/indicator-review/figures.ts#IndicatorFigures as IndicatorFiguresModel',
  IndicatorReview:
    '../../usecases/indicator-review/read-reviews.ts#ReviewWithDecision as IndicatorReviewModel',
  IndicatorHistoryEntry:
    '../../usecases/indicator-review/read-history.ts#IndicatorHistoryEntry as IndicatorHistoryEntryModel',
  IndicatorReviewDecision: '../../domain/indicator-review/review.ts#ReviewDecision as ReviewDecisionModel',
};

const training = {
  Course: '../../domain/training/course.ts#Course as CourseModel',
  Programme: '../../domain/training/course.ts#Programme as ProgrammeModel',
  Enrolment: '../../domain/training/course.ts#Enrolment as EnrolmentModel',
  ProgrammeEffect: '../../domain/training/effect.ts#ProgrammeEffect as ProgrammeEffectModel',
  TrainingNeed: '../../domain/training/needs.ts#TrainingNeed as TrainingNeedModel',
  NeedReason: '../../domain/training/needs.ts#NeedReason as NeedReasonModel',
  TrainingCandidate: '../../usecases/training/read-needs.ts#Candidate as TrainingCandidateModel',
  CareerPlan: '../../domain/training/career.ts#CareerPlan as CareerPlanModel',
  CareerStep: '../../domain/training/career.ts#CareerStep as CareerStepModel',
};

const activities = {
  Activity: '../../domain/activity/activity.ts#Activity as ActivityModel',
  EvidenceFile: '../../domain/activity/evidence.ts#EvidenceFile as EvidenceFileModel',
};

const followUps = {
  FollowUp: '../../domain/follow-up/follow-up.ts#FollowUp as FollowUpModel',
  FollowUpProposal: '../../domain/follow-up/follow-up.ts#FollowUpProposal as FollowUpProposalModel',
};

export const mappers: Readonly<Record<string, string>> = {
  ...shell,
  ...organisation,
  ...catalogue,
  ...time,
  ...work,
  ...followUps,
  ...training,
  ...activities,
  ...indicatorReview,
  ...publicSatisfaction,
  ...feedback,
  ...objections,
  ...allowance,
  ...notices,
};
