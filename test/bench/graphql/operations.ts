import { PERIOD_ID, staffIdOf, unitIdOf, YEAR } from '../bulk-region.ts';

/** The time of all requests, and a period that takes ratings then. */
export const NOW = '2026-11-20T03:00:00.000Z';
export const OPEN_PERIOD = { id: '2026-Q4', closesAt: '2027-01-05T17:00:00.000Z' };
const MONTH = '2026-10';
const SCORES = [4, 5, 3, 4, 4, 5, 4];
const ITEMS = ['SERVICE', 'ACCOUNTABLE', 'COMPETENT', 'HARMONIOUS', 'LOYAL', 'ADAPTIVE', 'COLLABORATIVE'];

export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** One of the operations that clients use most, for Kinerja and, of the same shape, for PostGraphile. */
export interface Operation {
  readonly name: string;
  readonly writes: boolean;
  /** Who asks; null: a personnel officer. */
  readonly staffId: (time: number) => string | null;
  readonly ours: (time: number) => Asked;
  readonly postgraphile: (time: number) => Asked;
}

/** So many people there are at least, in ten units of a hundred, of whom each has a head. */
export const PEOPLE = 1_000;
/** Times for which there is somebody who has not written yet. */
export const WRITERS = 990;
/** The units by turns: what a request reads depends on where in the region somebody works. */
export const UNITS = 10;
/** Another person each time, whom the head of their unit assesses: nothing that was read for one is of use for the next. */
const me = (time: number): string => staffIdOf(100 * (time % UNITS) + 1 + (Math.floor(time / UNITS) % 99));
const head = (): string => staffIdOf(0);
const officer = (): null => null;
const unit = (time: number): string => unitIdOf(time % UNITS);

const reading = (
  name: string,
  staffId: Operation['staffId'],
  [query, variables]: readonly [string, (time: number) => Asked['variables']],
  [itsQuery, itsVariables]: readonly [string, (time: number) => Asked['variables']],
): Operation => ({
  name,
  writes: false,
  staffId,
  ours: (time) => ({ query, variables: variables(time) }),
  postgraphile: (time) => ({ query: itsQuery, variables: itsVariables(time) }),
});

export const EXPLAINED = `summary predicate score { exact shown } scoreShares { workResult behaviour }
  ranks { unit { rank of } jobGroup { rank of } region { rank of } }
  workResult { score { exact } lines { lineId title target { value } realisation achievement { shown } weight effectiveWeight rating
    months { month realisation state } } }
  behaviour { score { exact } rawScore { exact } counts
    pools { groups raters mean { numerator denominator } points { shown } effectiveWeight } }
  roundingNote`;

export const OPERATIONS: readonly Operation[] = [
  reading(
    'viewer',
    me,
    ['{ viewer { id roles staff { name position unit { name } assessor { name } } } }', () => ({})],
    [
      'query ($me: String!) { personByRowId(rowId: $me) { rowId roles name position unitByUnitId { name } personByAssessorId { name } } }',
      (time) => ({ me: me(time) }),
    ],
  ),
  reading(
    'my result, explained',
    me,
    [
      `query ($period: ID!) { viewer { staff { name result(periodId: $period) { ${EXPLAINED} } } } }`,
      () => ({ period: PERIOD_ID }),
    ],
    [
      `query ($me: String!, $period: String!) { resultByStaffIdAndPeriodId(staffId: $me, periodId: $period) {
        personByStaffId { name } summary predicate scoreExact scoreShown workShare behaviourShare
        rankUnit ofUnit rankJobGroup ofJobGroup rankRegion ofRegion workScore behaviourScore rawScore counts roundingNote
        resultLinesByStaffIdAndPeriodId { nodes { title target realisation achievement weight effectiveWeight rating
          resultMonthsByStaffIdAndPeriodIdAndLineId { nodes { month realisation state } } } }
        resultPoolsByStaffIdAndPeriodId { nodes { groups raters numerator denominator points effectiveWeight } } } }`,
      (time) => ({ me: me(time), period: PERIOD_ID }),
    ],
  ),
  reading(
    'my plan',
    me,
    [
      'query ($year: Int!) { viewer { staff { plan(year: $year) { id version agreed { lines { id title indicatorName weight targets { month target { value } } } } } } } }',
      () => ({ year: YEAR }),
    ],
    [
      `query ($me: String!, $year: Int!) { planByStaffIdAndYear(staffId: $me, year: $year) { rowId version
        planLinesByPlanId { nodes { lineId title indicatorName weight targetsByPlanIdAndLineId { nodes { month value } } } } } }`,
      (time) => ({ me: me(time), year: YEAR }),
    ],
  ),
  reading(
    'my tasks',
    head,
    [
      '{ myTasks(first: 20) { totalCount nodes { kind staff { name } planId periodId group count deadline } } }',
      () => ({}),
    ],
    [
      `query ($me: String!) { myTasks(me: $me, first: 20) { totalCount
        nodes { kind personByStaffId { name } planId periodId raterGroup count deadline } } }`,
      () => ({ me: head() }),
    ],
  ),
  reading(
    'inbox',
    me,
    ['{ unreadNotices { count more } notices(first: 20) { nodes { kind title text at read } } }', () => ({})],
    [
      `query ($me: String!) { unread: allNotices(condition: { staffId: $me, read: false }) { totalCount }
        allNotices(condition: { staffId: $me }, orderBy: AT_DESC, first: 20) { nodes { kind title text at read } } }`,
      (time) => ({ me: me(time) }),
    ],
  ),
  reading(
    'unit page: 50 staff, plans, results',
    officer,
    [
      `query ($unit: ID!, $year: Int!, $period: ID!) { unit(id: $unit) { name staff(first: 50) { nodes {
        name plan(year: $year) { agreed { lines { title weight } } } result(periodId: $period) { predicate score { shown } } } } } }`,
      (time) => ({ unit: unit(time), year: YEAR, period: PERIOD_ID }),
    ],
    [
      `query ($unit: String!, $year: Int!, $period: String!) { unitByRowId(rowId: $unit) { name peopleByUnitId(first: 50, orderBy: NAME_ASC) { nodes {
        name plansByStaffId(condition: { year: $year }) { nodes { planLinesByPlanId { nodes { title weight } } } }
        resultsByStaffId(condition: { periodId: $period }) { nodes { predicate scoreShown } } } } } }`,
      (time) => ({ unit: unit(time), year: YEAR, period: PERIOD_ID }),
    ],
  ),
  reading(
    'ranking: top 100 of the region',
    officer,
    [
      `query ($period: ID!) { ranking(periodId: $period, scope: { kind: REGION }, top: 100) {
        totalCount nodes { rank score { shown } staff { name position } unit { name } } } }`,
      () => ({ period: PERIOD_ID }),
    ],
    [
      `query ($period: String!) { allResults(condition: { periodId: $period }, orderBy: RANK_REGION_ASC, first: 100) {
        totalCount nodes { rankRegion scoreShown personByStaffId { name position } unitByUnitId { name } } } }`,
      () => ({ period: PERIOD_ID }),
    ],
  ),
  reading(
    'units of the region, results',
    me,
    [
      `query ($period: ID!) { units { code name mission result(periodId: $period) { score { shown } predicate }
        children { code name result(periodId: $period) { score { shown } predicate } } } }`,
      () => ({ period: PERIOD_ID }),
    ],
    [
      `query ($period: String!) { allUnits(condition: { parentId: null }) { nodes { code name mission
        unitResultsByUnitId(condition: { periodId: $period }) { nodes { scoreShown predicate } }
        unitsByParentId { nodes { code name unitResultsByUnitId(condition: { periodId: $period }) { nodes { scoreShown predicate } } } } } } }`,
      () => ({ period: PERIOD_ID }),
    ],
  ),
  {
    name: 'submit a rating',
    writes: true,
    staffId: me,
    ours: (time) => ({
      query: `mutation ($input: SubmitRatingInput!) { submitRating(input: $input) { rating { periodId group version } userErrors { code } } }`,
      variables: {
        input: {
          periodId: OPEN_PERIOD.id,
          rateeId: me(time),
          group: 'SELF',
          instrumentId: 'berakhlak',
          scores: ITEMS.map((itemId, at) => ({ itemId, score: SCORES[at] })),
        },
      },
    }),
    postgraphile: (time) => ({
      query: `mutation ($rating: RatingInput!) { createRating(input: { rating: $rating }) { rating { periodId raterGroup version } } }`,
      variables: {
        rating: {
          periodId: OPEN_PERIOD.id,
          rateeId: me(time),
          raterId: me(time),
          raterGroup: 'SELF',
          instrumentId: 'berakhlak',
          scores: SCORES,
        },
      },
    }),
  },
  {
    name: 'report a realisation',
    writes: true,
    staffId: me,
    ours: (time) => ({
      query: `mutation ($input: ReportRealisationInput!) { reportRealisation(input: $input) { realisation { month value state version } userErrors { code } } }`,
      variables: {
        input: { planId: `${me(time)}:${YEAR}`, lineId: 'L1', month: MONTH, value: '41' },
      },
    }),
    postgraphile: (time) => ({
      query: `mutation ($realisation: RealisationInput!) { createRealisation(input: { realisation: $realisation }) { realisation { month value state version } } }`,
      variables: {
        realisation: { planId: `${me(time)}:${YEAR}`, lineId: 'L1', month: MONTH, value: '41' },
      },
    }),
  },
];
