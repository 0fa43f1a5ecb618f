import { describe, expect, test } from 'vitest';
import {
  type Actor,
  decide,
  type Operation,
  type Relation,
  type Role,
  rules,
} from '../../functions/domain/access-policy.ts';

const ROLES: readonly Role[] = ['PUBLIC', 'STAFF', 'HR_ADMIN', 'PLANNER', 'AUDITOR', 'SYSTEM'];

/** As a token makes them: whoever is signed in is STAFF too. */
const actorWith = (...roles: readonly Role[]): Actor => {
  const signedIn = roles.some((role) => role !== 'PUBLIC' && role !== 'SYSTEM');
  return {
    roles: new Set<Role>(signedIn ? ['STAFF', ...roles] : roles),
    staffId: signedIn ? 's-1' : null,
    id: signedIn ? 's-1' : 'public',
  };
};

const isAllowed = (
  operation: Operation,
  roles: readonly Role[],
  relations: readonly Relation[] = [],
): boolean => decide(operation, actorWith(...roles), new Set(relations)).allowed;

/** Roles that may, without any relation: P public, S staff, H personnel, L planning, A audit; and the relations that may. */
const TABLE: readonly (readonly [operation: Operation, roles: string, relations?: readonly Relation[]])[] = [
  ['Query.viewer', 'PSHLA'],
  ['Viewer.staff', 'SHLA'],
  ['Query.region', 'PSHLA'],
  ['Query.unit', 'PSHLA'],
  ['Query.units', 'PSHLA'],
  ['Unit.head', 'SHLA'],
  ['Unit.heads', 'SHLA'],
  ['Unit.staff', 'SHLA'],
  ['Mutation.createUnit', 'H'],
  ['Mutation.editUnit', 'H'],
  ['Mutation.moveUnit', 'H'],
  ['Mutation.retireUnit', 'H'],
  ['Mutation.importUnits', 'H'],
  ['Query.staff', 'SHLA'],
  ['Query.staffMembers', 'SHLA'],
  ['Staff.nip', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Staff.grade', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Staff.email', 'H', ['SELF']],
  ['Staff.assignments', 'HLA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Staff.absences', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Mutation.createStaff', 'H'],
  ['Mutation.setAbsences', 'H'],
  ['Mutation.editStaff', 'H'],
  ['Mutation.transferStaff', 'H'],
  ['Mutation.retireStaff', 'H'],
  ['Mutation.importStaff', 'H'],
  ['Query.goal', 'PSHLA'],
  ['Query.goals', 'PSHLA'],
  ['Query.goalsNotTakenUp', 'SHLA'],
  ['Mutation.createGoal', 'L'],
  ['Mutation.editGoal', 'L'],
  ['Mutation.retireGoal', 'L'],
  ['Mutation.importGoals', 'L'],
  ['Query.indicator', 'PSHLA'],
  ['Query.indicators', 'PSHLA'],
  ['Mutation.createIndicator', 'L'],
  ['Mutation.reviseIndicator', 'L'],
  ['Mutation.retireIndicator', 'L'],
  ['Mutation.importIndicators', 'L'],
  ['Indicator.history', 'HLA'],
  ['Query.indicatorReviews', 'HLA'],
  ['Mutation.decideIndicatorReview', 'L'],
  ['Query.instruments', 'SHLA'],
  ['Query.retiredInstruments', 'SHLA'],
  ['Mutation.addInstrument', 'H'],
  ['Mutation.retireInstrument', 'H'],
  ['Query.period', 'PSHLA'],
  ['Query.periods', 'PSHLA'],
  ['Period.policy', 'SHLA'],
  ['Period.failure', 'HLA'],
  ['Mutation.planPeriod', 'HL'],
  ['Mutation.openPeriod', 'HL'],
  ['Mutation.reopenPeriod', 'H'],
  ['Query.policies', 'SHLA'],
  ['Query.policy', 'SHLA'],
  ['Mutation.draftPolicy', 'HL'],
  ['Mutation.editPolicyDraft', 'HL'],
  ['Mutation.activatePolicy', 'H'],
  ['Staff.credits', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Staff.allowance', 'HA', ['SELF', 'UNIT_HEAD']],
  ['Mutation.importAttendance', 'H'],
  ['Query.plan', 'HLA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Staff.plan', 'HLA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Query.agreement', 'PSHLA'],
  ['Unit.agreement', 'PSHLA'],
  ['Plan.proposal', 'HLA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['AgreedLine.realisations', 'SHLA'],
  ['Mutation.proposePlan', '', ['SELF', 'ASSESSOR']],
  ['Query.planDraft', 'L', ['SELF', 'ASSESSOR', 'UNIT_HEAD']],
  ['Mutation.savePlanDraft', 'L', ['SELF', 'ASSESSOR', 'UNIT_HEAD']],
  ['Mutation.discardPlanDraft', 'L', ['SELF', 'ASSESSOR', 'UNIT_HEAD']],
  ['Query.planTemplate', 'SHLA'],
  ['Query.planTemplates', 'SHLA'],
  ['Mutation.createPlanTemplate', 'HL'],
  ['Mutation.editPlanTemplate', 'HL'],
  ['Mutation.retirePlanTemplate', 'HL'],
  ['Mutation.preparePlan', '', ['SELF', 'ASSESSOR']],
  ['Mutation.proposeUnitPlans', '', ['UNIT_HEAD']],
  ['Plan.warnings', 'HLA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Plan.comments', 'HLA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Mutation.commentPlan', 'L', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Mutation.resolvePlanComment', 'L', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Mutation.withdrawPlanProposal', 'L', ['SELF', 'ASSESSOR', 'UNIT_HEAD']],
  ['Mutation.requestPlanChanges', 'L', ['SELF', 'ASSESSOR', 'UNIT_HEAD']],
  ['Mutation.agreePlan', '', ['SELF', 'ASSESSOR']],
  ['Mutation.amendPlan', 'L', ['SELF', 'ASSESSOR', 'UNIT_HEAD']],
  ['Mutation.proposeAgreement', 'L', ['UNIT_HEAD']],
  ['Mutation.agreeAgreement', 'L', ['UNIT_HEAD']],
  ['Mutation.importAgreements', 'HL'],
  ['Mutation.importPlans', 'HL'],
  ['Mutation.reportRealisation', 'L', ['SELF', 'UNIT_HEAD']],
  ['Mutation.verifyRealisation', 'L', ['ASSESSOR', 'UNIT_HEAD']],
  ['Mutation.rejectRealisation', 'L', ['ASSESSOR', 'UNIT_HEAD']],
  ['Mutation.importRealisations', 'HL'],
  ['Query.activity', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Query.activities', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Query.reportedActivities', 'SHLA'],
  ['Query.realisationTrace', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Mutation.reportActivity', '', ['SELF']],
  ['Mutation.correctActivity', '', ['SELF']],
  ['Mutation.withdrawActivity', '', ['SELF']],
  ['Mutation.verifyActivity', '', ['ASSESSOR']],
  ['Mutation.returnActivity', '', ['ASSESSOR']],
  ['Query.evidenceLink', 'HLA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Realisation.files', 'HLA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Mutation.requestEvidenceUpload', 'L', ['SELF', 'UNIT_HEAD']],
  ['Mutation.confirmEvidence', 'L', ['SELF', 'UNIT_HEAD']],
  ['Mutation.removeEvidence', 'L', ['SELF', 'UNIT_HEAD']],
  ['Query.myRating', 'SHLA'],
  ['Query.assessorRating', 'HA', ['ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Mutation.submitRating', '', ['SELF', 'ASSESSOR', 'MEMBER', 'PEER', 'SUBORDINATE']],
  ['Mutation.setAssessorRating', '', ['ASSESSOR']],
  ['Mutation.importRatings', 'H'],
  ['Mutation.rateStaff', '', ['ASSESSOR']],
  ['Query.ratingCompletion', 'HA', ['UNIT_HEAD']],
  ['Query.ratingFlags', 'HA'],
  ['Query.peerPanel', 'HA', ['SELF', 'ASSESSOR']],
  ['Mutation.nominatePeers', '', ['SELF']],
  ['Mutation.decidePeers', '', ['ASSESSOR']],
  ['Mutation.drawPeers', 'H', ['UNIT_HEAD']],
  ['Mutation.declineRating', '', ['PEER', 'SUBORDINATE']],
  ['Query.feedback', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Query.givenFeedback', 'SHLA'],
  ['Query.guidance', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Query.counselling', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR']],
  ['Mutation.giveFeedback', '', ['ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD', 'PEER', 'SUBORDINATE']],
  ['Mutation.recordFeedback', 'HL'],
  ['Mutation.answerFeedback', '', ['SELF']],
  ['Mutation.recordGuidance', '', ['ASSESSOR']],
  ['Mutation.recordCounselling', 'H', ['ASSESSOR']],
  ['Mutation.acknowledgeGuidance', '', ['SELF']],
  ['Mutation.followUpGuidance', 'H', ['ASSESSOR']],
  ['Query.result', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Staff.result', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Staff.results', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Query.proposal', 'HA', ['ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['CascadeStep.position', 'SHLA'],
  ['Query.unitResult', 'PSHLA'],
  ['Unit.result', 'PSHLA'],
  ['UnitResult.warnings', 'HLA', ['UNIT_HEAD']],
  ['UnitResult.justification', 'HLA', ['UNIT_HEAD']],
  ['UnitDecision.reason', 'HLA', ['UNIT_HEAD']],
  ['UnitDecision.decidedBy', 'HLA', ['UNIT_HEAD']],
  ['Plan.staff', 'SHLA'],
  ['Query.surveyCampaign', 'PSHLA'],
  ['Query.surveyCampaigns', 'PSHLA'],
  ['SurveyCampaign.counts', 'LA', ['UNIT_HEAD']],
  ['SurveyCampaign.suggestionsInState', 'LA', ['UNIT_HEAD']],
  ['Mutation.createSurveyCampaign', 'L', ['UNIT_HEAD']],
  ['Mutation.editSurveyCampaign', 'L', ['UNIT_HEAD']],
  ['Mutation.closeSurveyCampaign', 'L', ['UNIT_HEAD']],
  ['Mutation.issueSurveyCodes', 'L', ['UNIT_HEAD']],
  ['Mutation.answerSurvey', 'P'],
  ['Mutation.moderateSuggestion', 'L'],
  ['Query.contactForm', 'PSHLA'],
  ['Mutation.issueContactCodes', 'H', ['ASSESSOR', 'UNIT_HEAD']],
  ['Mutation.rateContact', 'P'],
  ['Query.unitEvaluation', 'HLA', ['UNIT_HEAD']],
  ['Mutation.setUnitPredicate', 'L', ['UNIT_HEAD']],
  ['Mutation.justifyDistribution', '', ['UNIT_HEAD']],
  ['Query.objection', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR']],
  ['Query.myObjections', 'SHLA'],
  ['Query.objectionsToDecide', 'SHLA'],
  ['Query.objectionsToExplain', 'SHLA'],
  ['Query.objections', 'HA'],
  ['Query.unacknowledgedResults', 'HA', ['UNIT_HEAD']],
  ['Query.resultVersions', 'HA', ['SELF', 'ASSESSOR', 'ASSESSORS_SUPERIOR', 'UNIT_HEAD']],
  ['Mutation.acknowledgeResult', '', ['SELF']],
  ['Mutation.recordReceipt', 'H'],
  ['Mutation.fileObjection', 'H', ['SELF']],
  ['Mutation.explainObjection', '', ['SELF', 'ASSESSOR']],
  ['Mutation.decideObjection', 'H', ['ASSESSORS_SUPERIOR']],
  ['Mutation.withdrawObjection', '', ['SELF']],
  ['Query.ranking', 'HA', ['SELF', 'UNIT_HEAD']],
  ['Query.myTasks', 'SHLA'],
  ['Query.auditTrail', 'A'],
  ['Query.notices', 'SHLA'],
  ['Query.unreadNotices', 'SHLA'],
  ['Mutation.markNoticesRead', 'SHLA'],
  ['Mutation.markAllNoticesRead', 'SHLA'],
  ['Query.noticePreferences', 'SHLA'],
  ['Mutation.setNoticePreferences', 'SHLA'],
  ['Query.job', 'SHLA'],
  ['Query.myJobs', 'SHLA'],
  ['Mutation.requestExport', 'SHLA'],
  ['Query.exportTable', 'SHLA'],
];

const LETTERS: Readonly<Record<string, Role>> = {
  P: 'PUBLIC',
  S: 'STAFF',
  H: 'HR_ADMIN',
  L: 'PLANNER',
  A: 'AUDITOR',
};
const RELATIONS: readonly Relation[] = [
  'SELF',
  'ASSESSOR',
  'ASSESSORS_SUPERIOR',
  'UNIT_HEAD',
  'MEMBER',
  'PEER',
  'SUBORDINATE',
];

describe('who may do what', () => {
  const cases = TABLE.map(([operation, letters, relations = []]) => ({ operation, letters, relations }));

  test.each(cases)(
    '$operation: roles $letters, relations $relations',
    ({ operation, letters, relations }) => {
      const expected = ROLES.filter((role) => [...letters].some((letter) => LETTERS[letter] === role));
      const allowed = ROLES.filter((role) => isAllowed(operation, [role]));
      expect(allowed).toEqual(expected);

      const byRelation = RELATIONS.filter((relation) => isAllowed(operation, ['STAFF'], [relation]));
      expect(byRelation).toEqual(letters.includes('S') ? [...RELATIONS] : relations);
    },
  );

  test('nobody gets anything from a relation without being signed in', () => {
    for (const operation of Object.keys(rules) as Operation[])
      expect([operation, isAllowed(operation, ['PUBLIC'], RELATIONS)]).toEqual([
        operation,
        isAllowed(operation, ['PUBLIC']),
      ]);
  });

  test('the service itself is in no rule', () => {
    for (const operation of Object.keys(rules) as Operation[])
      expect([operation, isAllowed(operation, ['SYSTEM'], RELATIONS)]).toEqual([operation, false]);
  });

  test('who inspects changes nothing by role, whatever other roles the account has', () => {
    const everything: readonly Role[] = ['HR_ADMIN', 'PLANNER', 'AUDITOR'];
    const mutations = (Object.keys(rules) as Operation[]).filter((name) => name.startsWith('Mutation.'));
    // An inbox, and files of what one may read: nobody else's.
    const own: readonly Operation[] = [
      'Mutation.markNoticesRead',
      'Mutation.markAllNoticesRead',
      'Mutation.setNoticePreferences',
      'Mutation.requestExport',
    ];
    expect(mutations.filter((operation) => isAllowed(operation, everything))).toEqual(own);
  });
});
