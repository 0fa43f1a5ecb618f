import type { StateName } from './state-words.ts';

/**
 * What is wrong with an input, as data. A use case collects every problem it finds and rejects with all of them
 * at once; the API turns each into a `userErrors` entry in the reader's language (messages.ts).
 */
export type ProblemCode =
  // shape of input
  | 'REQUIRED'
  | 'INVALID_FORMAT'
  | 'OUT_OF_RANGE'
  | 'TOO_LONG'
  | 'TOO_MANY'
  | 'DUPLICATE'
  | 'ONE_OF'
  | 'NOT_APPLICABLE'
  | 'INVALID_NIP'
  | 'INVALID_CURSOR'
  // references
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'IN_USE'
  | 'RETIRED'
  // access
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  // concurrency
  | 'CONFLICT'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'BUSY'
  // organisation
  | 'UNIT_CYCLE'
  | 'UNIT_NOT_EMPTY'
  | 'NOT_MEMBER'
  // plans, agreements, indicators
  | 'WEIGHTS_DO_NOT_SUM'
  | 'TARGET_SIGN'
  | 'TARGET_MISSING'
  | 'TARGET_SHAPE'
  | 'WRONG_STATE'
  | 'NO_CHANGE'
  | 'REASON_REQUIRED'
  | 'NOT_IN_AGREEMENT'
  | 'GOAL_LEVEL'
  // realisations
  | 'OUTSIDE_PERIOD'
  | 'EVIDENCE_REQUIRED'
  // activities and evidence
  | 'REALISED_BY_ACTIVITY'
  | 'FILE_MISSING'
  // ratings
  | 'NOT_A_RATER'
  | 'SELF_AS_OTHER'
  | 'ITEMS_INCOMPLETE'
  | 'NOT_A_PEER'
  | 'TOO_FEW_PEERS'
  | 'PEERS_NOT_CHOSEN'
  | 'ALREADY_RATED'
  | 'YEAR_FROM_PERIODS'
  | 'NO_PREVIOUS_RESULT'
  | 'CARRIED_OVER'
  // feedback
  | 'TOO_FEW_COLLEAGUES'
  | 'FOLLOW_UP_FIRST'
  | 'RESULT_FIRST'
  | 'ONE_UNIT_ONLY'
  // periods and policy
  | 'PERIOD_CLOSED'
  | 'PERIOD_NOT_OPEN'
  | 'PERIOD_FINAL'
  | 'PERIOD_NOT_FINAL'
  | 'PERIOD_NOT_OVER'
  | 'NOT_YET'
  | 'POLICY_INVALID'
  // objections
  | 'OBJECTION_TOO_LATE'
  | 'RESULT_FINAL'
  | 'NOT_HEARD'
  // public satisfaction
  | 'INVALID_CODE'
  | 'CODE_REQUIRED'
  | 'CAMPAIGN_NOT_OPEN'
  | 'CAMPAIGN_CLOSED'
  | 'RATE_LIMITED'
  // files
  | 'WRONG_COLUMNS'
  | 'INVALID_ENCODING';

/** Values shown in the message; never personal data of somebody else than the one who sent the input. */
export type ProblemParams = Readonly<Record<string, string | number>>;

/** The values of a code: a state is one that has words (state-words.ts). */
export type ParamsOf<Code extends ProblemCode> = Code extends 'WRONG_STATE' | 'PERIOD_NOT_OPEN'
  ? ProblemParams & { readonly state?: StateName }
  : ProblemParams;

/** One problem: a stable code, where in the input it is (empty path: the whole), and what the message names. */
export interface Problem {
  readonly code: ProblemCode;
  readonly path: readonly (string | number)[];
  readonly params: ProblemParams;
}

/** Builds a problem; `path` in dots, as `lines.2.weight`, or '' for the whole input. */
export const problem = <Code extends ProblemCode>(
  code: Code,
  path = '',
  params?: ParamsOf<Code>,
): Problem => ({
  code,
  path: path === '' ? [] : path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
  params: params ?? {},
});

/** An expected failure: nothing was changed, and `problems` says all that is wrong. */
export class Rejection extends Error {
  override readonly name = 'Rejection';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(({ code, path }) => `${code} ${path.join('.')}`.trim()).join(', '), options);
    this.problems = problems;
  }
}

/** Throws a Rejection when there is at least one problem. */
export const rejectIf = (problems: readonly Problem[]): void => {
  if (problems.length > 0) throw new Rejection(problems);
};

/**
 * One of several names that stand for each other must be given.
 * @throws Rejection REQUIRED at the first where none is, ONE_OF at the second given where more are
 */
export const requireOneOf = (given: Readonly<Record<string, unknown>>): void => {
  const names = Object.keys(given);
  const [first, second] = names.filter((name) => given[name] != null);
  if (first === undefined) throw reject('REQUIRED', names[0]);
  if (second !== undefined) throw reject('ONE_OF', second, { options: names.join(', ') });
};

/** A Rejection with one problem. */
export const reject = <Code extends ProblemCode>(code: Code, path = '', params?: ParamsOf<Code>): Rejection =>
  new Rejection([problem(code, path, params)]);
