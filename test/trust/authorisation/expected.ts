/**
 * Who may: the expectation that the endpoint is compared with, written from the rules of the field and docs/decisions.md and not
 * from the access policy. Each row says what it is about (a person or unit of world.ts, or the region) and who may, in words:
 *
 * - roles: `public` (nobody signed in), `signed-in`, `hr`, `planner`, `auditor`. By role an auditor changes nothing, whatever
 *   other roles the account has, except where a row says `auditor` or `signed-in`;
 * - relations: `self`, `assessor`, `superior` (the assessor's), `head` (of the unit or one above), `above` (only above), `peer`,
 *   `subordinate`, `member`; `@name` for a single person;
 * - `!self` and the like: not even with a role that may. Whoever stands in no word of the row is refused.
 */
import type { About } from './world.ts';

export type Row = readonly [about: About, who: string];

/** By sample (samples.ts): a mutation, and where it has several sides, which. */
export const MUTATIONS: Readonly<Record<string, Row>> = {
  // The organisation is the personnel office's.
  createUnit: ['region', 'hr'],
  editUnit: ['puskesmas', 'hr'],
  // Not by whom it gives another assessor; its head goes on being assessed by the same.
  'editUnit of its head': ['puskesmas', 'hr !led'],
  moveUnit: ['region', 'hr'],
  'moveUnit of staff': ['puskesmas', 'hr !member'],
  retireUnit: ['region', 'hr'],
  importUnits: ['region', 'hr'],
  createStaff: ['region', 'hr'],
  editStaff: ['n1', 'hr'],
  setAbsences: ['n1', 'hr !self'],
  transferStaff: ['n2', 'hr !self'],
  retireStaff: ['n2', 'hr !self'],
  importStaff: ['region', 'hr'],
  importAbsences: ['region', 'hr'],
  importAttendance: ['region', 'hr'],

  // What is measured is the planners'.
  createGoal: ['region', 'planner'],
  editGoal: ['region', 'planner'],
  retireGoal: ['region', 'planner'],
  importGoals: ['region', 'planner'],
  createIndicator: ['region', 'planner'],
  reviseIndicator: ['region', 'planner'],
  retireIndicator: ['region', 'planner'],
  importIndicators: ['region', 'planner'],
  decideIndicatorReview: ['region', 'planner'],
  addInstrument: ['region', 'hr'],
  retireInstrument: ['region', 'hr'],
  createPlanTemplate: ['region', 'hr planner'],
  editPlanTemplate: ['region', 'hr planner'],
  retirePlanTemplate: ['region', 'hr planner'],

  // A plan is between the person and the assessor; an agreement between the unit's head and who leads above. Four eyes.
  proposePlan: ['n1', 'self assessor'],
  preparePlan: ['n1', 'self assessor'],
  amendPlan: ['n1', 'self assessor'],
  // A draft is one side's own.
  savePlanDraft: ['n1', 'self assessor'],
  discardPlanDraft: ['n1', 'self assessor'],
  'agreePlan of the staff member': ['n1', 'assessor'],
  'agreePlan of the assessor': ['n1', 'self'],
  // Of whom only the head of the region assesses: the personnel office in that official's name.
  'agreePlan at the top': ['kadis', 'hr !led'],
  'proposePlan at the top': ['kadis', 'self hr !led'],
  requestPlanChanges: ['n1', 'assessor'],
  withdrawPlanProposal: ['n1', 'self'],
  commentPlan: ['n1', 'self assessor superior head'],
  resolvePlanComment: ['n1', 'assessor'],
  'amendPlan of a unit': ['puskesmas', 'head planner !led'],
  'commentPlan of a unit': ['puskesmas', 'head planner !led'],
  // Of a unit below the puskesmas: its head and the next above, not those further up.
  proposeAgreement: ['ustu', '@plt @kapus planner'],
  agreeAgreement: ['puskesmas', 'above planner !led'],
  proposeUnitPlans: ['puskesmas', 'head'],
  importAgreements: ['region', 'hr planner'],
  importPlans: ['n2', 'hr planner'],
  'importPlans of the one who asks': ['n1', 'hr planner !self'],

  // Work is reported by who does it and verified by who assesses it.
  reportRealisation: ['n1', 'self'],
  verifyRealisation: ['n1', 'assessor'],
  verifyRealisations: ['n1', 'assessor'],
  rejectRealisation: ['n1', 'assessor'],
  importRealisations: ['n2', 'hr planner'],
  'importRealisations of the one who asks': ['n1', 'hr planner !self'],
  reportActivity: ['n1', 'self'],
  correctActivity: ['n1', 'self'],
  withdrawActivity: ['n1', 'self'],
  verifyActivity: ['n1', 'assessor'],
  verifyActivities: ['n1', 'assessor'],
  returnActivity: ['n1', 'assessor'],
  requestEvidenceUpload: ['n1', 'self'],
  confirmEvidence: ['n1', 'self'],
  removeEvidence: ['n1', 'self'],

  // Ratings: each as what one is to the person.
  'submitRating of oneself': ['n1', 'self'],
  'submitRating by the superior': ['n1', 'assessor'],
  'submitRating of a peer': ['n1', 'peer @n3'],
  'submitRating of a leader': ['kapus', 'subordinate'],
  rateStaff: ['n1', 'assessor'],
  setAssessorRating: ['n1', 'assessor'],
  'setAssessorRating in the last days': ['n2', 'assessor superior'],
  'setAssessorRating at the top': ['kadis', 'hr !led'],
  importRatings: ['n2', 'hr'],
  'importRatings of the one who asks': ['n1', 'hr !self'],
  nominatePeers: ['n1', 'self'],
  decidePeers: ['n1', 'assessor'],
  drawPeers: ['puskesmas', 'hr head'],
  'declineRating of a peer': ['n1', '@n2'],
  'declineRating of the leader': ['kapus', 'subordinate'],
  proposeCarryover: ['mv', 'self assessor'],
  // Mv proposed it, the other side answers.
  answerCarryover: ['mv', 'assessor'],
  withdrawCarryover: ['mv', 'self'],
  issueContactCodes: ['n1', 'hr assessor head !self'],
  voidContactCodes: ['n1', 'hr assessor head !self'],
  rateContact: ['n1', 'public'],

  // Evaluation: a unit's predicate by the leader one level up, at the top by planners; the reasons by the unit's head.
  setUnitPredicate: ['puskesmas', 'above'],
  'setUnitPredicate at the top': ['dinkes', 'planner !led'],
  justifyDistribution: ['puskesmas', '@kapus'],

  // The result and the objection to it.
  acknowledgeResult: [
    'region',
    '@n1 @n2 @ank @kapus @kadis @kapus2 @m1 @plt @mv @u1 @kadispar @t1 @dulu @keluar',
  ],
  recordReceipt: ['n2', 'hr !self !assessor'],
  'recordReceipt of a leader': ['kapus', 'hr !self !subordinate'],
  fileObjection: ['n2', 'self'],
  'fileObjection of who serves no more': ['keluar', 'self hr'],
  explainObjection: ['n1', 'self assessor'],
  decideObjection: ['n1', 'superior'],
  // Nobody is above the head of the agency, who assessed kapus.
  'decideObjection of the office': ['kapus', 'hr !self !assessor !subordinate'],
  decideLateCorrection: ['n1', 'hr !self'],
  withdrawObjection: ['n1', 'self'],

  // What follows. Kapus proposed the guidance, and nobody decides on their own proposal or on themselves.
  proposeFollowUp: ['n2', 'hr assessor head'],
  decideFollowUp: ['n1', 'hr head !assessor !self'],
  // What no leader decides; the head of the agency proposed it.
  'decideFollowUp on a leader': ['kapus', 'hr !self !assessor !subordinate'],
  endFollowUp: ['n1', 'hr assessor head !self'],
  createCourse: ['region', 'hr'],
  editCourse: ['region', 'hr'],
  retireCourse: ['region', 'hr'],
  planProgramme: ['region', 'hr'],
  editProgramme: ['region', 'hr'],
  cancelProgramme: ['region', 'hr'],
  completeProgramme: ['n1', 'hr !self'],
  enrol: ['n2', 'hr self assessor head'],
  withdrawEnrolment: ['n1', 'hr self assessor head'],
  proposeCareerPlan: ['n1', 'self'],
  agreeCareerPlan: ['n1', 'assessor'],
  recordCareerStep: ['n1', 'self assessor'],

  // Feedback and guidance
  giveFeedback: ['n1', 'assessor superior head peer subordinate'],
  recordFeedback: ['n1', 'hr planner !self'],
  answerFeedback: ['n1', 'self'],
  recordGuidance: ['n1', 'assessor'],
  recordCounselling: ['n1', 'assessor hr !self'],
  acknowledgeGuidance: ['n1', 'self'],
  followUpGuidance: ['n1', 'assessor'],
  'followUpGuidance of counselling': ['n1', 'assessor hr !self'],
  takeOverWorkResult: ['n1', 'assessor'],
  handBackWorkResult: ['n1', 'assessor'],

  // Public satisfaction
  createSurveyCampaign: ['puskesmas', 'planner head'],
  editSurveyCampaign: ['puskesmas', 'planner head'],
  closeSurveyCampaign: ['puskesmas', 'planner head'],
  issueSurveyCodes: ['puskesmas', 'planner head'],
  voidSurveyCodes: ['puskesmas', 'planner head'],
  answerSurvey: ['region', 'public'],
  moderateSuggestion: ['puskesmas', 'planner hr !member !head'],

  // Work across units, forum, announcements
  proposeJointActivity: ['puskesmas', 'planner head'],
  inviteToJointActivity: ['puskesmas', 'planner head @n1'],
  decideJointParticipation: ['m1', 'assessor'],
  planJointActivity: ['m1', 'self assessor'],
  // Who leads it; m1's part is not yet approved.
  reportJointResult: ['puskesmas', '@n1'],
  endJointActivity: ['puskesmas', 'planner head'],
  openTopic: ['puskesmas', 'member head'],
  postToTopic: ['puskesmas', 'member head planner'],
  answerTopic: ['puskesmas', 'head planner'],
  moderateTopic: ['puskesmas', 'head hr'],
  moderatePost: ['puskesmas', 'head hr'],
  publishAnnouncement: ['puskesmas', 'head hr planner'],
  'publishAnnouncement to the region': ['region', 'hr planner'],
  // What a unit's head made known is that unit's leaders'.
  withdrawAnnouncement: ['puskesmas', 'head hr planner'],
  acknowledgeAnnouncement: ['puskesmas', 'member'],

  // Periods and policy
  planPeriod: ['region', 'hr planner'],
  openPeriod: ['region', 'hr planner'],
  moveClose: ['region', 'hr planner'],
  cancelPeriod: ['region', 'hr planner'],
  reopenPeriod: ['region', 'hr'],
  draftPolicy: ['region', 'hr planner'],
  editPolicyDraft: ['region', 'hr planner'],
  activatePolicy: ['region', 'hr'],

  // What is one's own
  markNoticesRead: ['region', 'signed-in'],
  markAllNoticesRead: ['region', 'signed-in'],
  setNoticePreferences: ['region', 'signed-in'],
  requestExport: ['puskesmas', 'hr auditor head'],
  requestDocument: ['n1', 'self assessor superior head hr auditor'],
  requestUnitDocuments: ['puskesmas', 'hr auditor head'],
};
