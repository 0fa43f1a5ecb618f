import * as keys from './keys.ts';

/** One way in which the table is read or kept right. Its keys are made by the builders that the stores use. */
export interface AccessPattern {
  readonly area: string;
  readonly name: string;
  readonly index: 'table' | keys.IndexName;
  readonly pk: string;
  readonly sk: string;
  /** `Get` includes BatchGet by many such keys; `Query` reads whole pages. */
  readonly how: 'Get' | 'Query' | 'Condition';
}

const work: keys.WorkPlace = { collection: { unitId: '<unit>', shard: '<shard>' }, year: '<year>' };
const collection = work.collection;
const ratingKey = {
  periodId: '<period>',
  rateeId: '<ratee>',
  group: '<group>',
  raterId: '<rater or pseudonym>',
} as const;
const lineMonth = { planId: '<plan>', lineId: '<line>', month: '<yy>-<mm>' };

const objectionPlace = { staffId: '<staff>', periodId: '<period>', attempt: '<attempt>' };

/** Stands for any name, to show how names are compared. */
const PERSON = 'Siti Nurhaliza';

/** Never printed: the ids above have the form that their builders read. */
const nothing: keys.Key = { pk: '', sk: '' };

type At = Pick<AccessPattern, 'index' | 'pk' | 'sk'>;
const item = ({ pk, sk }: keys.Key): At => ({ index: 'table', pk, sk });
const range = (pk: string, sk: string): At => ({ index: 'table', pk, sk });
const indexed = (index: keys.IndexName, pk: string, sk: string): At => ({ index, pk, sk });

const area =
  (name: string) =>
  (how: AccessPattern['how'], pattern: string, at: At): AccessPattern => ({
    area: name,
    name: pattern,
    how,
    ...at,
  });

const organisation = area('Organisation');
const staff = area('Staff');
const catalogue = area('Goals, indicators, instruments');
const review = area('Review of indicators');
const year = area('Work of a year');
const activity = area('Activities and evidence');
const cascade = area('Cascade');
const survey = area('Public satisfaction');
const dialogue = area('Dialogue on a plan');
const followUps = area('Follow-up');
const training = area('Training and careers');
const allowance = area('Allowance');
const time = area('Periods and policies');
const results = area('Results and rankings');
const objections = area('Objections and receipts');
const close = area('Working items of a close');
const talk = area('Feedback and guidance');
const standing = area('Progress in mid-year');
const joint = area('Work across units');
const talks = area('Forum and announcements');
const trail = area('Audit and repetition');
const notices = area('Notices and jobs');

/** Every access pattern of the table. */
export const accessPatterns: readonly AccessPattern[] = [
  organisation('Get', 'version of the organisation', item(keys.organisationVersionKey)),
  organisation('Query', 'all units', range(keys.organisationPartition, `${keys.unitPrefix}…`)),
  organisation('Get', 'unit by id', item(keys.unitKey('<unit>'))),
  organisation('Get', 'unit by code (and its uniqueness)', item(keys.unitCodeKey('<code>'))),

  staff('Get', 'staff member by id', item(keys.staffKey('<staff>'))),
  staff('Get', 'staff member by NIP (and its uniqueness)', item(keys.nipKey('<nip>'))),
  staff(
    'Query',
    'staff of the region by beginning of name',
    indexed('gsi2', keys.namePartition(PERSON), keys.nameSort(PERSON, '<staff>')),
  ),
  staff('Query', 'roster of a shard', item(keys.membershipKey(collection, '<staff>', '<from>'))),
  staff(
    'Condition',
    'has anybody joined the unit, or is it retired (and its Get)',
    item(keys.rosterVersionKey('<unit>')),
  ),
  staff(
    'Query',
    'staff of a unit on a day by name (over the roster)',
    indexed('gsi1', keys.staffOfUnitPartition('<unit>'), keys.membershipSort(PERSON, '<staff>', '<from>')),
  ),
  staff(
    'Query',
    'staff with a named assessor on a day by name (over the roster)',
    indexed(
      'gsi3',
      keys.staffOfAssessorPartition('<assessor>'),
      keys.membershipSort(PERSON, '<staff>', '<from>'),
    ),
  ),
  staff(
    'Query',
    'who has ever named this assessor',
    range(keys.delegationPartition('<assessor>'), `${keys.delegationPrefix}…`),
  ),
  staff(
    'Condition',
    'has anybody named the assessor, or have they retired (and its Get)',
    item(keys.delegationVersionKey('<assessor>')),
  ),

  catalogue('Get', 'goal by id', item(keys.goalKey('<goal>'))),
  catalogue('Get', 'goal by code (and its uniqueness in a unit)', item(keys.goalCodeKey('<unit>', '<code>'))),
  catalogue(
    'Query',
    'goals by code',
    indexed('gsi2', keys.goalsPartition, keys.codeSort('<code>', '<goal>')),
  ),
  catalogue('Get', 'indicator by id', item(keys.indicatorKey('<indicator>'))),
  catalogue(
    'Get',
    'indicator by code (and its uniqueness in a unit)',
    item(keys.indicatorCodeKey('<unit>', '<code>')),
  ),
  catalogue('Query', 'definitions of an indicator', item(keys.definitionKey('<indicator>', '<number>'))),
  catalogue(
    'Query',
    'indicators of a unit by code',
    indexed('gsi1', keys.indicatorsOfUnitPartition('<unit>'), keys.codeSort('<code>', '<indicator>')),
  ),
  catalogue(
    'Query',
    'indicators by code',
    indexed('gsi2', keys.indicatorsPartition, keys.codeSort('<code>', '<indicator>')),
  ),
  catalogue('Get', 'instrument by id and version', item(keys.instrumentKey('<instrument>', '<version>'))),
  catalogue('Query', 'all instruments', range(keys.instrumentsPartition, '…')),
  catalogue('Query', 'instruments that were retired', item(keys.retiredInstrumentKey('<instrument>'))),

  review(
    'Get',
    'figures of an indicator in a run',
    item(keys.indicatorFiguresKey({ indicatorId: '<indicator>', periodId: '<period>', run: '<run>' })),
  ),
  review(
    'Query',
    'figures of an indicator in all runs',
    range(keys.indicatorKey('<indicator>').pk, `${keys.figuresPrefix}…`),
  ),
  review(
    'Query',
    'what a run found fault with (and its Get)',
    item(keys.indicatorReviewKey({ indicatorId: '<indicator>', periodId: '<period>', run: '<run>' })),
  ),
  review(
    'Get',
    'decision on an indicator after a period',
    item(keys.reviewDecisionKey({ indicatorId: '<indicator>', periodId: '<period>' })),
  ),

  year('Get', 'plan by id', item(keys.planKey(work, '<plan>'))),
  year('Query', 'plans of a shard', range(keys.workPartition(work), `${keys.planPrefix}…`)),
  year('Query', 'agreed revisions of a plan', item(keys.revisionKey('<plan>', '<revision>'))),
  cascade(
    'Query',
    "plans that name a goal in a year (A: units' agreements, B: plans of staff)",
    range(keys.goalLinkKey('<goal>', '', 'UNIT', '').pk, `${keys.goalLinkPrefix('<year>')}…`),
  ),
  cascade(
    'Query',
    "units' agreements that name a goal in a year",
    item(keys.goalLinkKey('<goal>', '<year>', 'UNIT', '<plan>')),
  ),
  cascade('Query', 'plans that serve a line', item(keys.lineLinkKey('<plan>', '<line>', '<serving plan>'))),
  cascade(
    'Query',
    'all that serves a plan',
    range(keys.lineLinkKey('<plan>', '', '').pk, `${keys.lineLinkPrefix()}…`),
  ),

  dialogue('Get', 'draft of one side', item(keys.draftKey('<plan>', '<side>'))),
  catalogue('Get', 'template of plans by id', item(keys.templateKey('<template>'))),
  catalogue(
    'Query',
    'templates of plans by job group and name',
    indexed(
      'gsi2',
      keys.templatesPartition,
      keys.templateSort({ jobGroup: '<group>', name: PERSON, id: '<template>' }),
    ),
  ),
  dialogue(
    'Get',
    'comment on a plan or a line by id',
    item(keys.commentKey('<plan>', { lineId: '<line>', tail: '<comment>' })),
  ),
  dialogue(
    'Query',
    'comments on a line in the order of time (of the whole plan: without a line)',
    range(keys.revisionKey('<plan>', 0).pk, `${keys.commentPrefix('<line>')}…`),
  ),
  dialogue(
    'Query',
    'the whole discussion of a plan, thread by thread',
    range(keys.revisionKey('<plan>', 0).pk, `${keys.commentPrefix()}…`),
  ),

  year('Get', 'realisation by plan, line and month', item(keys.realisationKey(work, lineMonth))),
  year(
    'Query',
    'realisations of a plan in a month',
    range(keys.workPartition(work), `${keys.realisationPrefix(lineMonth.month, '<plan>')}…`),
  ),
  year(
    'Query',
    'realisations of a shard in a range of months',
    range(keys.workPartition(work), `${keys.realisationPrefix(lineMonth.month)}…`),
  ),
  year(
    'Get',
    'what was decided about a unit in a period',
    range(
      keys.workPartition({ ...work, collection: { ...collection, shard: 0 } }),
      keys.unitAssessmentKey('<period>', '<unit>').sk,
    ),
  ),
  year('Get', 'rating by ratee, group and rater', item(keys.ratingKey(work, ratingKey))),
  year(
    'Query',
    'ratings of a person in a period',
    range(keys.workPartition(work), `${keys.ratingPrefix('<period>', '<ratee>')}…`),
  ),
  year(
    'Query',
    'ratings of a shard in a period',
    range(keys.workPartition(work), `${keys.ratingPrefix('<period>')}…`),
  ),
  year(
    'Query',
    'who has rated whom of a shard in a period (not for PUBLIC)',
    item(keys.participationKey(work, ratingKey, '<staff>')),
  ),
  year(
    'Query',
    'whom a staff member has rated in a period (not for PUBLIC)',
    indexed('gsi1', keys.raterPartition('<staff>', '<period>'), keys.participationSort('<ratee>', '<group>')),
  ),
  year('Get', 'peers chosen for a person in a period', item(keys.panelKey(work, '<period>', '<ratee>'))),
  year(
    'Query',
    'chosen peers of a shard in a period',
    range(keys.workPartition(work), `${keys.panelPrefix('<period>')}…`),
  ),
  year(
    'Query',
    'whom a staff member is assigned to rate as a peer',
    indexed('gsi1', keys.raterPartition('<staff>', '<period>'), keys.peerSort('<ratee>')),
  ),
  year(
    'Get',
    'who declined to rate their superior',
    item(keys.declineKey(work, { ...ratingKey, raterId: '<staff>' })),
  ),
  year(
    'Query',
    'whom a staff member declined to rate',
    indexed('gsi1', keys.raterPartition('<staff>', '<period>'), keys.declinedSort('<ratee>')),
  ),
  year(
    'Get',
    "assessor's ratings of a person in a period",
    item(keys.assessorRatingKey(work, '<period>', '<staff>')),
  ),
  year(
    'Query',
    "assessors' ratings of a shard in a period",
    range(keys.workPartition(work), `${keys.assessorRatingPrefix('<period>')}…`),
  ),
  year(
    'Query',
    'agreements of a shard on the use of previous results in a period (and Get and Condition of one)',
    item(keys.carryoverKey(work, '<period>', '<staff>')),
  ),

  activity(
    'Get',
    'activity by id',
    item(keys.activityKey(work, { planId: '<plan>', day: '<day>', ownId: '<activity>' })),
  ),
  activity(
    'Query',
    'activities of a plan by day, also in a month',
    range(keys.workPartition(work), `${keys.activityPrefix('<plan>', '<day>')}…`),
  ),
  activity(
    'Query',
    'activities of a shard in a state by day',
    indexed(
      'gsi1',
      keys.activitiesInStatePartition(work, '<state>'),
      keys.activityDaySort({ planId: '<plan>', day: '<day>', ownId: '<activity>' }),
    ),
  ),
  activity('Get', 'ticket of an upload under way (one day)', item(keys.evidenceTicketKey('<evidence>'))),

  survey('Get', 'campaign by id', item(keys.campaignKey('<campaign>'))),
  survey(
    'Query',
    'campaigns of a unit by last day',
    indexed('gsi1', keys.campaignsOfUnitPartition('<unit>'), keys.campaignSort('<closes>', '<campaign>')),
  ),
  survey(
    'Query',
    'campaigns that are not closed, by last day',
    indexed('gsi2', keys.runningCampaignsPartition, keys.campaignSort('<closes>', '<campaign>')),
  ),
  survey(
    'Get',
    'gate and counters of a campaign (16; Condition of every answer)',
    item(keys.surveyCountKey('<campaign>', '<shard>')),
  ),
  survey('Condition', 'answers without a code in an hour', item(keys.surveyHourKey('<campaign>', '<hour>'))),
  survey(
    'Query',
    'answers of a shard of a campaign',
    item(keys.answerKey('<campaign>', '<shard>', '<answer>')),
  ),
  survey('Get', 'suggestion by id', item(keys.suggestionKey('<campaign>', '<suggestion>'))),
  survey(
    'Query',
    'suggestions of a campaign by state',
    indexed('gsi1', keys.suggestionsPartition('<campaign>', '<state>'), keys.suggestionSort('<suggestion>')),
  ),
  survey(
    'Query',
    'whom a code is to rate, other codes left out (Condition of its redemption)',
    item(keys.codeKey('<sha-256>')),
  ),
  survey('Get', 'hashes of the codes of a batch', item(keys.batchCodesKey('<batch>'))),
  survey('Get', 'batch of codes by id', item(keys.codeBatchKey('<batch>'))),
  survey(
    'Query',
    'batches of codes of a campaign',
    indexed(
      'gsi1',
      keys.batchesPartition({ kind: 'SURVEY', campaignId: '<campaign>' }),
      keys.batchSort('<batch>'),
    ),
  ),
  survey(
    'Query',
    'batches of codes to rate a person in a period',
    indexed(
      'gsi1',
      keys.batchesPartition({ kind: 'CONTACT', staffId: '<staff>', periodId: '<period>' }),
      keys.batchSort('<batch>'),
    ),
  ),
  followUps(
    'Get',
    'follow-up of a person after a period (and a Query of all)',
    item(keys.followUpKey({ staffId: '<staff>', periodId: '<period>', id: '<rule>' })),
  ),
  followUps(
    'Query',
    'follow-ups of a period, of a unit or of all',
    indexed(
      'gsi1',
      keys.followUpsOfPeriodPartition('<period>'),
      keys.followUpSort({ unitId: '<unit>', staffId: '<staff>', id: '<rule>' }),
    ),
  ),
  followUps(
    'Query',
    'measures that are being served, by their last day',
    indexed(
      'gsi2',
      keys.measuresServedPartition,
      keys.measureServedSort('<until>', { staffId: '<staff>', periodId: '<period>', id: '<rule>' }),
    ),
  ),
  followUps(
    'Query',
    'follow-ups that wait for the leaders of people of a unit, by the day from which on',
    indexed(
      'gsi3',
      keys.followUpsWaitingPartition('<unit>'),
      keys.followUpWaitingSort('<day>', { staffId: '<staff>', periodId: '<period>', id: '<rule>' }),
    ),
  ),
  followUps(
    'Query',
    'follow-ups that wait for the personnel office, by the day from which on',
    indexed(
      'gsi3',
      keys.followUpsWaitingPartition(null),
      keys.followUpWaitingSort('<day>', { staffId: '<staff>', periodId: '<period>', id: '<rule>' }),
    ),
  ),

  training('Get', 'course by code', item(keys.courseKey('<course>'))),
  training('Query', 'the catalogue by code', range(keys.coursesPartition, '…')),
  training('Get', 'programme by id', item(keys.programmeKey('<programme>'))),
  training('Condition', 'places and queue of a programme (and its Get)', item(keys.seatsKey('<programme>'))),
  training(
    'Query',
    'programmes by first day',
    indexed('gsi2', keys.programmesPartition, '<starts>#<programme>'),
  ),
  training('Get', 'enrolment of a person', item(keys.enrolmentKey('<programme>', '<staff>'))),
  training(
    'Query',
    'enrolments of a programme',
    range(keys.programmeKey('<programme>').pk, `${keys.enrolmentPrefix}…`),
  ),
  training(
    'Query',
    'enrolments of a person by first day',
    indexed('gsi1', keys.trainingOfStaffPartition('<staff>'), '<starts>#<programme>'),
  ),
  training('Get', 'career plan of a person', item(keys.careerKey('<staff>'))),

  allowance(
    'Get',
    'attendance of a person in a month',
    item(keys.attendanceKey({ staffId: '<staff>', month: '<yyyy>-<mm>' })),
  ),

  time('Get', 'period by id', item(keys.periodKey('<period>'))),
  time('Query', 'all periods', range(keys.periodsPartition, '…')),
  time(
    'Condition',
    `does a period still take what is written (${keys.GATE_COUNT} gates)`,
    item(keys.periodGateKey('<period>', '<gate>')),
  ),
  time(
    'Condition',
    `is a period of a year being closed (${keys.GATE_COUNT} gates)`,
    item(keys.yearsGateKey('<gate>')),
  ),
  time('Get', 'secret of the pseudonyms of a period', item(keys.raterSecretKey('<period>'))),
  time('Get', 'how far the draw of peers has come', item(keys.drawProgressKey('<period>'))),
  time('Get', 'policy by id', item(keys.policyKey('<policy>'))),
  time('Query', 'all policies', range(keys.policiesPartition, '…')),

  results('Get', 'result of a person', item(keys.resultKey('<staff>', '<period>', '<run>'))),
  results(
    'Query',
    'all results of a person',
    range(keys.resultKey('<staff>', '', '').pk, `${keys.resultPrefix}…`),
  ),
  results('Get', 'result of a unit', item(keys.unitResultKey('<unit>', '<period>', '<run>'))),
  results(
    'Get',
    'page of the ranking of the region',
    item(keys.rankingPageKey('<period>', '<run>', { kind: 'REGION' }, '<page>')),
  ),
  results(
    'Get',
    'page of the ranking of a unit',
    item(keys.rankingPageKey('<period>', '<run>', { kind: 'UNIT', unitId: '<unit>' }, '<page>')),
  ),
  results(
    'Get',
    'page of the ranking of a job group',
    item(keys.rankingPageKey('<period>', '<run>', { kind: 'JOB_GROUP', jobGroup: '<group>' }, '<page>')),
  ),

  objections('Query', 'objections of a person (and Get of one)', item(keys.objectionKey(objectionPlace))),
  objections(
    'Query',
    'objections of a period by state',
    indexed(
      'gsi1',
      keys.objectionsOfPeriodPartition('<period>'),
      keys.objectionStateSort('<state>', '<filed at>', objectionPlace),
    ),
  ),
  objections(
    'Query',
    'open objections that somebody has to decide',
    indexed('gsi2', keys.deciderPartition('<decider>'), keys.objectionSort('<decide by>', objectionPlace)),
  ),
  objections(
    'Query',
    'open objections that the personnel office has to decide',
    indexed('gsi2', keys.deciderPartition(null), keys.objectionSort('<decide by>', objectionPlace)),
  ),
  objections(
    'Query',
    'objections that wait for an explanation',
    indexed(
      'gsi3',
      keys.explainerPartition('<assessor>'),
      keys.objectionSort('<explain by>', objectionPlace),
    ),
  ),
  objections(
    'Get',
    'what is open, what waits for a run, and whether anything may be added (and its Condition)',
    item(keys.objectionRegisterKey('<period>', '<attempt>')),
  ),
  objections(
    'Query',
    'ratings set by decisions in a shard and a period (and Get of one)',
    item(keys.verdictKey(work, '<period>', '<staff>')),
  ),
  objections(
    'Query',
    'receipts of a shard (and Get of one)',
    item(
      keys.receiptKey(
        { periodId: '<period>', attempt: '<attempt>', unitId: '<unit>', shard: '<shard>' },
        '<staff>',
      ),
    ),
  ),

  close(
    'Get',
    'what was frozen: policy, and version and digest of the organisation',
    item(keys.frozenKey('<period>', '<run>')),
  ),
  close(
    'Query',
    'the organisation as frozen',
    item(keys.chunkKey(keys.runPartition('<period>', '<run>'), keys.snapshotOf('<digest>'), '<chunk>')),
  ),
  close(
    'Query',
    'scores of all shards, or of one',
    item(
      keys.chunkKey(keys.runPartition('<period>', '<run>'), keys.scoresOf('<unit>', '<shard>'), '<chunk>'),
    ),
  ),
  close(
    'Get',
    'places of everybody in a shard, of the run and of its base',
    item(keys.chunkKey(keys.runPartition('<period>', '<run>'), keys.ranksOf('<unit>', '<shard>'), '<chunk>')),
  ),

  close('Get', 'whose decisions a correction run holds', item(keys.decisionsKey('<period>', '<run>'))),
  talk('Get', 'feedback by id', item(keys.feedbackKey('<staff>:2026-03-10:<token>') ?? nothing)),
  talk(
    'Query',
    'feedback on a person, the latest day first (10 March 2026)',
    range(keys.feedbackPartition('<staff>'), `${keys.latestDayFirst('2026-03-10')}…`),
  ),
  talk(
    'Query',
    'what somebody wrote as feedback, the latest day first',
    indexed('gsi1', keys.feedbackByPartition('<author>'), `${keys.latestDayFirst('2026-03-10')}#<token>`),
  ),
  talk(
    'Get',
    'note of guidance or counselling by id',
    item(keys.guidanceKey('<staff>:GUIDANCE:2026-03-10:<token>') ?? nothing),
  ),
  talk(
    'Query',
    'notes of a kind on a person, the latest day first',
    range(keys.guidancePartition('<staff>'), `${keys.guidancePrefix('COUNSELLING')}…`),
  ),
  talk(
    'Query',
    'notes on people of a unit that nobody has looked at again, by the day on which to',
    indexed(
      'gsi1',
      keys.guidanceOpenPartition('<unit>'),
      keys.guidanceOpenSort('<day>', '<staff>:GUIDANCE:2026-03-10:<token>'),
    ),
  ),

  standing('Query', 'progress of all units in a year', range(keys.progressPartition('<year>'), '…')),
  standing('Get', 'progress of a unit', item(keys.unitProgressKey('<year>', '<unit>'))),
  standing('Get', "progress of a unit's own staff", item(keys.peopleProgressKey('<year>', '<unit>'))),

  joint('Get', 'activity across units by id', item(keys.jointActivityKey('<activity>'))),
  joint(
    'Query',
    'activities with people of a unit, the latest beginning first',
    range(keys.jointsOfUnitPartition('<unit>'), keys.jointSort({ from: '2026-03-10', id: '<activity>' })),
  ),
  joint(
    'Query',
    'activities with a person, the latest beginning first',
    range(keys.jointsOfStaffPartition('<staff>'), keys.jointSort({ from: '2026-03-10', id: '<activity>' })),
  ),

  joint(
    'Query',
    'activities in which a part waits for a decision, by first day',
    indexed('gsi2', keys.jointsWaitingPartition, keys.jointWaitingSort('<from>', '<activity>')),
  ),

  talks('Get', 'topic by id (and whether it still takes posts)', item(keys.topicKey('<topic>'))),
  talks(
    'Query',
    "topics of a unit's forum, the latest first",
    indexed('gsi1', keys.topicsPartition('<unit>'), keys.latestFirst('<order>', '<topic>')),
  ),
  talks('Get', 'post by id', item(keys.postKey('<topic>', '<post>'))),
  talks('Query', 'posts to a topic', range(keys.topicKey('<topic>').pk, `${keys.postPrefix}…`)),
  talks(
    'Get',
    'announcement by id (and whether it still stands)',
    item(keys.announcementKey('<announcement>')),
  ),
  talks(
    'Query',
    'announcements of the region, the latest first',
    indexed('gsi1', keys.announcementsPartition('REGION'), keys.latestFirst('<order>', '<announcement>')),
  ),
  talks(
    'Query',
    'announcements of a unit to an audience (UNIT, UNIT_AND_BELOW), the latest first',
    indexed(
      'gsi1',
      keys.announcementsPartition({ unitId: '<unit>', audience: '<audience>' }),
      keys.latestFirst('<order>', '<announcement>'),
    ),
  ),
  talks(
    'Query',
    'announcements to everybody, the latest first',
    indexed('gsi2', keys.publicAnnouncementsPartition, keys.latestFirst('<order>', '<announcement>')),
  ),
  talks('Get', 'has a person acknowledged', item(keys.acknowledgementKey('<announcement>', '<staff>'))),

  trail('Query', 'audit trail of an entity', item(keys.auditKey('<KIND>#<id>', '<sequence>'))),
  trail('Get', 'what an idempotency key wrote (7 days)', item(keys.idempotencyKey('<actor>', '<key>'))),

  trail('Get', 'how far the rolling check of trails has come', item(keys.auditCheckpointKey)),

  // Jobs
  notices('Get', 'job by id', item(keys.jobKey('<job>'))),
  notices(
    'Query',
    'jobs that an account asked for, newest first',
    indexed('gsi1', keys.jobsOfPartition('<account>'), '<time>#<job>'),
  ),
  notices(
    'Query',
    'jobs that have not ended, the oldest first',
    indexed('gsi2', keys.unfinishedJobsPartition, '<time>#<job>'),
  ),

  // Notices
  notices(
    'Query',
    'what one person is told, newest first (and a Get of one)',
    range(keys.inboxPartition('<staff>'), `${keys.noticePrefix}<time>#<notice>`),
  ),
  notices(
    'Query',
    'what everybody is told',
    range(keys.noticePartition({ kind: 'EVERYBODY' }), `${keys.noticePrefix}<time>#<notice>`),
  ),
  notices(
    'Query',
    'what a unit with those below it is told',
    range(keys.noticePartition({ kind: 'UNIT', unitId: '<unit>' }), `${keys.noticePrefix}<time>#<notice>`),
  ),
  notices(
    'Query',
    'what a unit alone is told',
    range(
      keys.noticePartition({ kind: 'UNIT_ALONE', unitId: '<unit>' }),
      `${keys.noticePrefix}<time>#<notice>`,
    ),
  ),
  notices(
    'Query',
    'what those with a role are told',
    range(keys.noticePartition({ kind: 'ROLE', role: 'HR_ADMIN' }), `${keys.noticePrefix}<time>#<notice>`),
  ),
  notices(
    'Get',
    'that a notice is to be mailed to a person',
    item(keys.mailKey('<staff>', '<time>#<notice>')),
  ),
  notices(
    'Query',
    `what is to be mailed, by time (${keys.MAIL_LISTS} lists)`,
    indexed('gsi1', keys.mailListPartition('<list>'), keys.mailSort('<due>', '<staff>', '<time>#<notice>')),
  ),
  notices(
    'Query',
    'what many are told and each is still to be mailed',
    indexed('gsi1', keys.mailingsPartition, '<time>#<notice>'),
  ),
  notices('Get', 'how a person wants mails', item(keys.noticePreferencesKey('<staff>'))),
  notices('Get', 'what a person has read of it', item(keys.noticeMarksKey('<staff>'))),
];

/** docs/keys.md. */
export function renderAccessPatterns(): string {
  const areas = Map.groupBy(accessPatterns, (pattern) => pattern.area);
  const tables = [...areas].map(([name, patterns]) =>
    [
      `## ${name}`,
      '',
      '| access pattern | how | index | partition key | sort key |',
      '|---|---|---|---|---|',
      ...patterns.map(
        ({ name, how, index, pk, sk }) => `| ${name} | ${how} | ${index} | \`${pk}\` | \`${sk}\` |`,
      ),
    ].join('\n'),
  );
  return [INTRODUCTION, ...tables].join('\n\n').concat('\n');
}

const INTRODUCTION = `# Keys of the table

Printed from \`functions/store/access-patterns.ts\`; \`UPDATE_DOCS=1 npx vitest run --project store keys\` writes this file anew.

One table, keys \`pk\` and \`sk\`, three indexes (\`gsi1pk\`/\`gsi1sk\` and so on, all attributes), expiry in \`expiresAt\`.
Names in angle brackets are ids; \`#\` and \`%\` in an id are written \`%23\` and \`%25\`, an id of more than 100 characters as
its SHA-256; versions, sequence numbers, pages and chunks are padded with zeros, so that their order as text is their order.
A sort key that ends in \`…\` is read as a range. Reads of the table are strongly consistent, those of an index are not.

An entity's item holds \`body\` (its canonical JSON, compressed from 1,200 characters on), \`version\`, and \`auditHash\`, the
head of its audit trail, whose last entry holds the same text.`;
