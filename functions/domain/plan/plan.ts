import { bigMicroOf, type Decimal, decimalOfMicro } from '../decimal.ts';
import {
  checkMeasure,
  checkTarget,
  type IndicatorDefinition,
  type Measure,
  type Target,
} from '../indicator/indicator.ts';
import { type Problem, problem, type Rejection, reject, rejectIf } from '../problem.ts';
import { checkText, tidy } from '../text.ts';
import type { Instant, Month } from '../time.ts';
import { countServed, MOST_LINKS } from './cascade.ts';
import {
  checkAttachments,
  checkExpectations,
  NO_ATTACHMENTS,
  NO_EXPECTATIONS,
  type PlanAttachments,
  type PlanExpectations,
  tidyAttachments,
  tidyExpectations,
} from './expectations.ts';
import type { PlanLine } from './line.ts';
import { checkWeights } from './weights.ts';

/** Whose plan it is: a staff member's SKP, or a unit's performance agreement (perjanjian kinerja). Same lines, same rules. */
export type PlanOwner =
  | { readonly kind: 'STAFF'; readonly staffId: string }
  | { readonly kind: 'UNIT'; readonly unitId: string };

/** An agreed or proposed set of lines. */
export interface PlanContent {
  /** 1, 2, 3 …: agreed revisions and the proposal after them. */
  readonly revision: number;
  readonly lines: readonly PlanLine[];
  /** Why the plan was amended; null for the first revision. */
  readonly reason: string | null;
  /** Of the leader, on results and behaviour; those of an agreement are empty. */
  readonly expectations: PlanExpectations;
  /** Lampiran SKP; that of an agreement is empty. */
  readonly attachments: PlanAttachments;
  /** When it was agreed; null while it is under discussion. */
  readonly agreedAt: Instant | null;
}

/** What a side puts forward beside the lines; what is left out stays as it is. */
export interface PlanTerms {
  readonly expectations?: PlanExpectations | undefined;
  readonly attachments?: PlanAttachments | undefined;
}

/** A content of these lines alone. */
export const contentOf = (
  lines: readonly PlanLine[],
  revision = 1,
  reason: string | null = null,
): PlanContent => ({
  revision,
  lines,
  reason,
  expectations: NO_EXPECTATIONS,
  attachments: NO_ATTACHMENTS,
  agreedAt: null,
});

/** The two sides of the dialogue: whose plan it is (for a unit its head), and who assesses it (for a unit the level above). */
export type PlanSide = 'OWNER' | 'SUPERIOR';

/** Who acts in the dialogue: on which side, and who (`staffId`, or the account of somebody without one; null: nobody, an import). */
export interface PlanParty {
  readonly side: PlanSide;
  readonly personId: string | null;
}

export type ProposalState = 'DRAFT' | 'PROPOSED' | 'CHANGES_REQUESTED';

/** A plan of one year. `agreed` is in force; `proposal` is under discussion (dialog kinerja); one of them exists. */
export interface Plan {
  /** `<staffId>:<year>` or `unit:<unitId>:<year>`: one a year and owner. */
  readonly id: string;
  readonly owner: PlanOwner;
  readonly year: number;
  readonly agreed: PlanContent | null;
  readonly agreedAt: Instant | null;
  readonly proposal: PlanContent | null;
  readonly proposalState: ProposalState | null;
  /** The side that made the open proposal: the other one agrees to it. Null when there is none. */
  readonly proposedBy: PlanSide | null;
  /** Who made it: whoever has moved to the other side since does not agree to it. Null as above, and in plans of 0.1.0: the side counts alone. */
  readonly proposedById: string | null;
  /** Work results that the leader has taken over (art. 20), oldest first; left out: none. */
  readonly takeovers?: readonly Takeover[] | undefined;
  readonly version: number;
}

/** Limits of a plan; text in characters. */
export const PLAN_LIMITS = {
  lines: 100,
  lineId: 40,
  title: 500,
  reason: 2_000,
  comment: 2_000,
} as const;

export const planIdOf = (owner: PlanOwner, year: number): string =>
  owner.kind === 'STAFF' ? `${owner.staffId}:${year}` : `unit:${owner.unitId}:${year}`;

/** A plan that nothing has been written into yet: an empty first draft. */
export const newPlan = (owner: PlanOwner, year: number): Plan => ({
  id: planIdOf(owner, year),
  owner,
  year,
  agreed: null,
  agreedAt: null,
  proposal: contentOf([]),
  proposalState: 'DRAFT',
  proposedBy: null,
  proposedById: null,
  version: 0,
});

/**
 * A side puts a content up for agreement, in place of the proposal under discussion (DRAFT, CHANGES_REQUESTED or PROPOSED →
 * PROPOSED): also in answer to the other side's proposal. The leader alone says what the leader expects.
 * @param lines left out: those of the proposal as it stands
 * @throws Rejection WRONG_STATE when nothing is under discussion (amendPlan starts a revision), FORBIDDEN at `expectations` for
 * the OWNER, and all that is wrong with the content
 */
export const proposePlan = (
  plan: Plan,
  by: PlanParty,
  lines?: readonly PlanLine[],
  terms: PlanTerms = {},
): Plan => {
  const { proposal } = plan;
  if (proposal === null) throw reject('WRONG_STATE', '', { state: 'AGREED' });
  const content = withTerms({ ...proposal, lines: lines ?? proposal.lines }, terms);
  rejectIf([...checkBesideLines(plan, by.side, terms), ...checkPlanContent(content)]);
  return proposed(plan, content, by);
};

const proposed = (plan: Plan, proposal: PlanContent, { side, personId }: PlanParty): Plan => ({
  ...plan,
  proposal,
  proposalState: 'PROPOSED',
  proposedBy: side,
  proposedById: personId,
});

/** A plan as far as it is in force: nothing is under discussion. */
export const withoutProposal = (plan: Plan): Plan => ({
  ...plan,
  proposal: null,
  proposalState: null,
  proposedBy: null,
  proposedById: null,
});

/** Whether the open proposal is a party's own: made on its side, or by the same person on the other side. */
export const isOwnProposal = (
  { proposedBy, proposedById }: Pick<Plan, 'proposedBy' | 'proposedById'>,
  { side, personId }: PlanParty,
): boolean => proposedBy === side || (proposedById !== null && proposedById === personId);

const withTerms = (content: PlanContent, { expectations, attachments }: PlanTerms): PlanContent => ({
  ...content,
  ...(expectations && { expectations: tidyExpectations(expectations) }),
  ...(attachments && { attachments: tidyAttachments(attachments) }),
});

/**
 * What is wrong with a proposal beside its lines: the terms, and the reason of an amendment.
 * @param reason left out: it is no amendment
 */
export const checkBesideLines = (
  plan: Plan,
  side: PlanSide,
  terms: PlanTerms,
  reason?: string,
): Problem[] => {
  const before = plan.proposal ?? plan.agreed;
  return [
    ...(reason === undefined
      ? []
      : checkText(reason, 'reason', PLAN_LIMITS.reason, 'TEXT', 'REASON_REQUIRED')),
    ...(before === null ? [] : checkTerms(plan, side, before, terms)),
  ];
};

/** Only a staff member's plan has them (annex, SKP form), and only the leader says what is expected (art. 10 (4)). */
const checkTerms = (
  { owner }: Plan,
  side: PlanSide,
  before: PlanContent,
  { expectations, attachments }: PlanTerms,
): Problem[] => {
  const problems: Problem[] = [];
  if (owner.kind === 'UNIT') {
    if (expectations !== undefined) problems.push(problem('NOT_IN_AGREEMENT', 'expectations'));
    if (attachments !== undefined) problems.push(problem('NOT_IN_AGREEMENT', 'attachments'));
    return problems;
  }
  if (expectations !== undefined) {
    problems.push(...checkExpectations(expectations));
    if (side === 'OWNER' && !isSame(tidyExpectations(expectations), before.expectations))
      problems.push(problem('FORBIDDEN', 'expectations'));
  }
  return attachments === undefined ? problems : [...problems, ...checkAttachments(attachments)];
};

/** PROPOSED → CHANGES_REQUESTED by the other side. @throws Rejection WRONG_STATE, FORBIDDEN for the side and the person that proposed */
export const requestChanges = (plan: Plan, by: PlanParty): Plan => {
  if (plan.proposalState !== 'PROPOSED') throw wrongProposalState(plan);
  if (isOwnProposal(plan, by)) throw reject('FORBIDDEN');
  return { ...plan, proposalState: 'CHANGES_REQUESTED' };
};

/**
 * The side that made the open proposal takes it back. A plan in force goes on as it is; a first plan keeps what was
 * written, as a DRAFT that nobody can agree to.
 * @throws Rejection WRONG_STATE without an open proposal, FORBIDDEN for the other side
 */
export const withdrawProposal = (plan: Plan, side: PlanSide): Plan => {
  if (plan.proposalState !== 'PROPOSED' && plan.proposalState !== 'CHANGES_REQUESTED')
    throw wrongProposalState(plan);
  if (plan.proposedBy !== side) throw reject('FORBIDDEN');
  return plan.agreed === null ? { ...plan, proposalState: 'DRAFT' } : withoutProposal(plan);
};

/**
 * Puts the proposal in force.
 * @throws Rejection WRONG_STATE without a proposal, FORBIDDEN for the side that made it and for whoever made it, on whichever side they
 * stand by now: nobody agrees with themselves
 */
export const agreePlan = (plan: Plan, by: PlanParty, now: Instant): Plan => {
  if (plan.proposalState !== 'PROPOSED') throw wrongProposalState(plan);
  if (isOwnProposal(plan, by)) throw reject('FORBIDDEN');
  return inForce(plan, now);
};

const inForce = (plan: Plan, now: Instant): Plan => ({
  ...withoutProposal(plan),
  agreed: plan.proposal && { ...plan.proposal, agreedAt: now },
  agreedAt: now,
});

/**
 * Proposes the next revision of a plan in force (art. 14 (2), art. 20 (3): expectations and resources may be adjusted in the
 * course of the year).
 * @param lines left out: those in force
 * @throws Rejection WRONG_STATE without an agreed plan or with an open proposal, REASON_REQUIRED, NO_CHANGE, FORBIDDEN at
 * `expectations` for the OWNER, and all that is wrong with the content
 */
export const amendPlan = (
  plan: Plan,
  by: PlanParty,
  lines: readonly PlanLine[] | undefined,
  reason: string,
  terms: PlanTerms = {},
): Plan => {
  const { agreed } = plan;
  if (agreed === null || plan.proposal !== null) throw wrongProposalState(plan);
  const content = withTerms(
    {
      ...agreed,
      revision: agreed.revision + 1,
      lines: lines ?? agreed.lines,
      reason: tidy(reason),
      agreedAt: null,
    },
    terms,
  );
  rejectIf([
    ...checkBesideLines(plan, by.side, terms, reason),
    ...checkPlanContent(content),
    ...(isSame(substanceOf(agreed), substanceOf(content)) ? [problem('NO_CHANGE')] : []),
  ]);
  return proposed(plan, content, by);
};

const substanceOf = ({ lines, expectations, attachments }: PlanContent) => ({
  lines,
  expectations,
  attachments,
});

/**
 * Puts lines in force that were agreed elsewhere, as an import brings them: the first revision, or the next one.
 * @throws Rejection NO_CHANGE when they are in force already, WRONG_STATE while a proposal is under discussion, and all that
 * is wrong with the lines
 */
export const adoptPlan = (plan: Plan, lines: readonly PlanLine[], reason: string, now: Instant): Plan =>
  inForce(plan.agreed === null ? proposeUntouched(plan, lines) : amendPlan(plan, NOBODY, lines, reason), now);

const proposeUntouched = (plan: Plan, lines: readonly PlanLine[]): Plan => {
  if (plan.version > 0 && plan.proposalState !== 'DRAFT') throw wrongProposalState(plan);
  return proposePlan(plan, NOBODY, lines);
};

const NOBODY: PlanParty = { side: 'SUPERIOR', personId: null };

const wrongProposalState = (plan: Plan): Rejection =>
  reject('WRONG_STATE', '', { state: plan.proposalState ?? 'AGREED' });

/**
 * All that is wrong with a plan's lines: weights, repeated or missing ids, texts, months, and targets by polarity.
 * @param definitionOf when given, a line's indicator and definition must be known to it
 */
export const checkPlanContent = (
  { lines }: Pick<PlanContent, 'lines'>,
  definitionOf?: (indicatorId: string, definition: number) => IndicatorDefinition | null | undefined,
): Problem[] => {
  const problems = checkOutlines(lines);
  lines.forEach((line, index) => {
    problems.push(...checkMeasured(line, `lines.${index}`));
    if (definitionOf !== undefined && !definitionOf(line.indicatorId, line.definition)) {
      problems.push(problem('NOT_FOUND', `lines.${index}.indicatorId`, { id: line.indicatorId }));
    }
  });
  return problems;
};

/** What a line is before its indicator and targets are looked at. */
export type LineOutline = Pick<PlanLine, 'id' | 'kind' | 'title' | 'goalId' | 'serves' | 'weight'>;

/** What is wrong with lines whatever their indicators and targets: weights, repeated or missing ids, texts, how many. */
export const checkOutlines = (lines: readonly LineOutline[]): Problem[] => {
  const problems = checkWeights(lines);
  if (lines.length > PLAN_LIMITS.lines) {
    problems.push(problem('TOO_MANY', 'lines', { maximum: PLAN_LIMITS.lines }));
  }
  if (countServed(lines) > MOST_LINKS) {
    problems.push(problem('TOO_MANY', 'lines', { maximum: MOST_LINKS, counted: 'SERVED' }));
  }
  const seen = new Set<string>();
  lines.forEach(({ id, title }, index) => {
    const path = `lines.${index}`;
    problems.push(
      ...checkText(id, `${path}.id`, PLAN_LIMITS.lineId, 'LINE'),
      ...checkText(title, `${path}.title`, PLAN_LIMITS.title, 'LINE'),
    );
    if (seen.has(id)) problems.push(problem('DUPLICATE', `${path}.id`, { value: id }));
    seen.add(id);
  });
  return problems;
};

/** What is wrong with the measure of one line and with its targets by it. */
export const checkMeasured = (line: PlanLine, path: string): Problem[] => [
  ...checkMeasure(line.measure, `${path}.measure`),
  ...checkTargets(line, `${path}.targets`),
];

/**
 * An amendment changes what is still to come: lines that go on keep their targets in months that a closed period covers, and
 * new lines have none there, so that what was measured keeps the target it was measured by, and the indicator in the definition
 * that was agreed. Weights and lines that end are free.
 * The first plan of a year is free: nothing was measured by it.
 * @param closed the months (`01` to `12`), each with a period that closed it @returns PERIOD_CLOSED at `lines.<n>.targets.<month>`
 * and `lines.<n>.indicatorId`
 */
export const checkClosedMonths = (
  agreed: PlanContent | null,
  lines: readonly PlanLine[],
  closed: ReadonlyMap<string, string>,
): Problem[] => lines.flatMap((line, index) => checkClosedLine(agreed, line, `lines.${index}`, closed));

/** As `checkClosedMonths`, of one line. */
export const checkClosedLine = (
  agreed: PlanContent | null,
  { id, targets, indicatorId, definition }: PlanLine,
  path: string,
  closed: ReadonlyMap<string, string>,
): Problem[] => {
  if (agreed === null) return [];
  const before = agreed.lines.find((line) => line.id === id);
  const problems = [...closed].flatMap(([month, period]) =>
    isSame(before?.targets[month], targets[month])
      ? []
      : [problem('PERIOD_CLOSED', `${path}.targets.${month}`, { period })],
  );
  const period = before === undefined ? undefined : closedPeriodOf(before, closed);
  if (period !== undefined && (before?.indicatorId !== indicatorId || before.definition !== definition))
    problems.push(problem('PERIOD_CLOSED', `${path}.indicatorId`, { period }));
  return problems;
};

const closedPeriodOf = (
  { targets }: Pick<PlanLine, 'targets'>,
  closed: ReadonlyMap<string, string>,
): string | undefined => [...closed].find(([month]) => targets[month] !== undefined)?.[1];

/**
 * The line of a plan in force that goes on with the same indicator and was measured in a closed period: it keeps the definition
 * that was agreed, since a year's figure cannot be measured by two. Null: the definition of today counts.
 */
export const measuredBefore = (
  agreed: PlanContent | null,
  id: string,
  indicatorId: string,
  closed: ReadonlyMap<string, string>,
): PlanLine | null => {
  const before = agreed?.lines.find((line) => line.id === id && line.indicatorId === indicatorId);
  return before !== undefined && closedPeriodOf(before, closed) !== undefined ? before : null;
};

/** The months (`01` to `12`) in which lines that are in force expect something else than those before them did. */
export const changedMonths = (before: PlanContent, after: PlanContent): string[] => {
  const targetsOf = new Map(before.lines.map((line) => [line.id, line.targets]));
  return MONTHS.filter((month) =>
    after.lines.some(({ id, targets }) => !isSame(targetsOf.get(id)?.[month], targets[month])),
  );
};

const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];

const checkTargets = ({ measure, targets }: PlanLine, path: string): Problem[] => {
  const months = Object.entries(targets);
  if (months.length === 0) return [problem('TARGET_MISSING', path)];
  // An index is published once a year: with two months of release the one that is out would wait for the other.
  if (measure.buildUp === 'RELEASED' && months.length > 1) return [problem('TARGET_SHAPE', path)];
  return months.flatMap(([month, target]) =>
    MONTHS.includes(month)
      ? checkTarget(measure, target, `${path}.${month}`)
      : [problem('INVALID_FORMAT', path, { value: month })],
  );
};

/** Structural equality of plain data. */
const isSame = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
  );
};

/**
 * A year's target spread over months (`01` to `12`, in order).
 * SUM: equal parts that add up to it exactly, at its own number of decimals but at least two (six where a part would else be
 * zero); what does not divide goes to the first months, one unit of the last decimal each. LATEST: the same every month.
 * RELEASED: in the last of the months, the one of release.
 */
export const spreadTarget = (
  { buildUp }: Pick<Measure, 'buildUp'>,
  annual: Target,
  months: readonly string[] = MONTHS,
): Record<string, Target> => {
  if (months.length === 0) return {};
  if (buildUp === 'RELEASED') return { [months.at(-1) ?? '12']: annual };
  if (buildUp === 'LATEST') return Object.fromEntries(months.map((month) => [month, annual]));
  if ('value' in annual) {
    const parts = equalParts(annual.value, months.length);
    return Object.fromEntries(months.map((month, at) => [month, { value: parts[at] ?? annual.value }]));
  }
  const lows = equalParts(annual.low, months.length);
  const highs = equalParts(annual.high, months.length);
  return Object.fromEntries(
    months.map((month, at) => [month, { low: lows[at] ?? annual.low, high: highs[at] ?? annual.high }]),
  );
};

const equalParts = (whole: Decimal, n: number): Decimal[] => {
  const micro = bigMicroOf(whole);
  const size = micro < 0n ? -micro : micro;
  const point = whole.indexOf('.');
  const places = point < 0 ? 2 : Math.max(2, whole.length - point - 1);
  const unit = 10n ** BigInt(6 - places);
  const step = size / unit >= BigInt(n) ? unit : 1n;
  const units = size / step;
  const base = units / BigInt(n);
  const extra = Number(units % BigInt(n));
  return Array.from({ length: n }, (_, at) => {
    const part = (base + (at < extra ? 1n : 0n)) * step;
    return decimalOfMicro(micro < 0n ? -part : part);
  });
};

/** A work result that the leader has taken over from a month on (pengambilalihan rencana hasil kerja, art. 20). */
export interface Takeover {
  readonly lineId: string;
  /** The first month that does not count for the person. */
  readonly from: Month;
  /** The month from which it is the person's again; null: taken over to the end of the year. */
  readonly backFrom: Month | null;
  /** The leader's note that the person cannot finish the work result: the assessor considers it (art. 20, 7 and 8). */
  readonly note: string;
  readonly byId: string;
  readonly at: Instant;
}
